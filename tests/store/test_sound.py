"""After a demo, everything that can be done, and taking each of it back: sound."""

from pathlib import Path

from everything import fill
from tests_support import FOUNDER, Office

from core.errors import RuleError
from core.registers import unsound_tables
from store.care.check import check
from store.history.past import last_saved


def is_sound(path: Path) -> bool:
    report = check(path)
    return report.sound and not [f for f in report.findings if f.unsound]


def test_everything_done_and_each_taken_back(office: Office) -> None:
    fill(office)
    assert is_sound(office.path)
    back = refused = 0
    for change in reversed(office.repository.transactions()):
        try:
            office.do(office.repository.undoing(change.seq), actor=FOUNDER)
            back += 1
        except RuleError:
            refused += 1
        today = office.town.settings.local(last_saved(office.repository.reader.path)).date()
        assert not list(unsound_tables(office.town.tables, today)), change.op
    assert back > 20 and refused
    assert is_sound(office.path)
