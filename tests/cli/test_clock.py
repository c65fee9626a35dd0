"""A server whose clock stands before the last change."""

from datetime import UTC, datetime, timedelta

import pytest
from cli_support import Zg
from tests_support import Office

from core.changes import Changes, stamp


def saved_at(office: Office, moment: datetime) -> None:
    office.repository.save(Changes(at=stamp(moment), who="founder", op="note"))


@pytest.mark.parametrize(("behind", "said"), [(25, True), (23, False)])
def test_it_is_told_before_a_number_is_given(
    office: Office, zg: Zg, monkeypatch: pytest.MonkeyPatch, behind: int, said: bool
) -> None:
    monkeypatch.setattr("tui.whereabouts.login", lambda: "founder")
    saved_at(office, datetime.now(UTC) + timedelta(hours=behind))
    done = zg("add", "Z01 桂花街12号 垃圾桶满溢", "--store", str(office.path))
    assert done.code == 0
    assert ("clock" in done.err) == said


def test_nothing_is_said_by_what_gives_no_number(office: Office, zg: Zg) -> None:
    saved_at(office, datetime.now(UTC) + timedelta(days=9))
    assert "clock" not in zg("list", "--store", str(office.path)).err
