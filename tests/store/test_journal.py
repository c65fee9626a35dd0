"""The journal: a line a transaction, each chained to the one before."""

import json
import os
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests_support import CLERK, FOUNDER, LIAISON, NOW, Office, open_again

from core.actions.coming_in import TakeIn
from core.actions.loop.correcting import Correct
from core.actions.loop.road import Accept, Report
from core.actions.registers import ChangeSettings
from core.actions.wish import Wish
from core.changes import Changes
from core.errors import RuleError
from core.model import State
from store.care.found import create
from store.errors import Damaged, NoStore, NotSaved, StoreError
from store.history.follower import RELOADED
from store.history.journals import journal
from store.history.journals.journal import Made
from store.history.journals.lock import Lock
from store.history.repository import Repository


def lines(office: Office) -> list[bytes]:
    return journal.path_of(office.path, 1).read_bytes().splitlines()


def test_each_line_is_chained_to_the_one_before(office: Office) -> None:
    office.reported()
    before = ""
    for number, line in enumerate(lines(office)):
        head, payload = line[:16].decode(), line[17:]
        assert head == sha256(before.encode() + b"\n" + payload).hexdigest()[:16]
        assert json.loads(payload)["seq" if number == 0 else "s"] == max(0, number)
        before = head


def test_a_line_holds_what_changed_and_what_was(office: Office) -> None:
    key = office.reported()
    office.do(Correct(item=key, fields={"location": "别处", "note": "记"}))
    office.do(Correct(item=key, fields={"note": ""}))
    changed, emptied = (json.loads(line[17:])["d"][0] for line in lines(office)[-2:])
    assert changed["put"] == {"location": "别处", "note": "记"}
    assert changed["was"] == {"location": "桂花街12号"}
    assert (emptied["put"], emptied["was"]) == ({}, {"note": "记"})
    again = open_again(office)
    assert again.town.item(key).note == ""
    again.close()


def test_reading_again_gives_the_same_town(office: Office) -> None:
    office.fed_back()
    office.undo(LIAISON)
    again = open_again(office)
    assert again.town == office.town
    again.close()


def test_two_processes_follow_each_other(office: Office) -> None:
    other = open_again(office)
    key = office.reported()
    assert other.fresh()
    (changes,) = other.catch_up()
    assert changes.op == "report"
    assert other.town.item(key) == office.item(key)
    assert not other.fresh()
    other.commit([Wish(Accept(item=key, category="宣传", subcategory="其他"))], FOUNDER, NOW)
    assert [c.op for c in office.repository.catch_up()] == ["accept"]
    assert office.town == other.town
    other.close()


def test_numbers_are_taken_under_the_lock(office: Office) -> None:
    others = [open_again(office) for _ in range(3)]
    for number in range(12):
        others[number % 3].commit([Wish(Report(zone=1, description=f"第{number}"))], CLERK, NOW)
    office.repository.catch_up()
    assert [i.report_no for i in office.town.items.values()] == [f"R-{n:04d}" for n in range(1, 13)]
    for other in others:
        other.close()


def test_what_was_seen_and_has_changed_is_refused(office: Office) -> None:
    key = office.reported()
    seen = office.item(key)
    office.do(Correct(item=key, fields={"location": "别处"}), actor=CLERK)
    wish = Wish(
        Correct(item=key, fields={"note": "记"}), seen.revision, {"location": seen.location}
    )
    with pytest.raises(RuleError) as caught:
        office.repository.commit([wish], FOUNDER, NOW)
    assert caught.value.refusal.code == "conflict"


def test_a_torn_last_line_is_put_aside(office: Office) -> None:
    office.reported()
    path = journal.path_of(office.path, 1)
    with path.open("ab") as file:
        file.write(b'0123456789abcdef {"s":99,"t":"half')
    again = open_again(office)
    assert again.town.seq == office.town.seq
    again.commit([Wish(Report(zone=1, description="后"))], CLERK, NOW)
    assert len(list((office.path / "torn").iterdir())) == 1
    third = open_again(office)
    assert third.town == again.town
    again.close()
    third.close()


def test_a_torn_line_that_was_acknowledged_is_damage(office: Office) -> None:
    office.reported()
    path = journal.path_of(office.path, 1)
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(Damaged):
        open_again(office)


def test_an_older_copy_is_noticed(office: Office) -> None:
    path = journal.path_of(office.path, 1)
    older = path.read_bytes()
    office.reported()
    path.write_bytes(older)
    with pytest.raises(Damaged) as caught:
        open_again(office)
    assert caught.value.code == "older_copy"


def test_every_flipped_byte_is_found(office: Office) -> None:
    office.reported()
    path = journal.path_of(office.path, 1)
    whole = path.read_bytes()
    for at in range(0, len(whole) - 1, 37):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(StoreError):
            open_again(office).close()
    path.write_bytes(whole)
    open_again(office).close()


def test_a_line_out_of_place_is_found(office: Office) -> None:
    office.reported()
    path = journal.path_of(office.path, 1)
    first, *rest = path.read_bytes().splitlines(keepends=True)
    for mangled in (
        [first, *rest[1:]],
        [first, rest[1], rest[0], *rest[2:]],
        [first, rest[0], rest[0], *rest[1:]],
    ):
        path.write_bytes(b"".join(mangled))
        with pytest.raises(Damaged):
            open_again(office)


def test_losing_the_lock_file_is_no_harm(office: Office) -> None:
    office.reported()
    (office.path / "lock").unlink()
    again = open_again(office)
    assert again.town == office.town
    again.close()


def test_a_new_journal_is_begun_and_followed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.history.repository.ROTATE", 3000)
    other = open_again(office)
    for _ in range(12):
        office.reported()
    assert len(journal.generations(office.path)) > 2
    other.catch_up()
    assert other.town == office.town
    other.close()
    again = open_again(office)
    assert again.town == office.town
    again.close()


def test_a_missing_journal_is_damage(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.history.repository.ROTATE", 3000)
    for _ in range(8):
        office.reported()
    journal.path_of(office.path, 1).unlink()
    with pytest.raises(Damaged):
        open_again(office)


def test_there_is_no_store_where_there_is_none(tmp_path: Path) -> None:
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(NoStore):
            Repository(path)
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_never_made_over_another(office: Office) -> None:
    with pytest.raises(NoStore) as caught:
        create(office.path, office.town.settings, (), FOUNDER, NOW)
    assert caught.value.code == "store_there"
    for path in journal.generations(office.path):
        journal.path_of(office.path, path).unlink()
    with pytest.raises(NoStore) as caught:
        open_again(office)
    assert caught.value.code == "remains"


def test_files_are_ours_alone(office: Office) -> None:
    office.reported()
    office.repository.write_snapshot()
    for path in office.path.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path
    assert office.path.stat().st_mode & 0o777 == 0o700


def test_a_symlink_is_refused(office: Office, tmp_path: Path) -> None:
    lock = office.path / "lock"
    lock.rename(tmp_path / "lock")
    lock.symlink_to(tmp_path / "lock")
    with pytest.raises(NoStore):
        open_again(office)


def test_an_error_while_writing_changes_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.reported()
    before = journal.path_of(office.path, 1).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", full)
        with pytest.raises(NotSaved):
            office.reported()
    assert journal.path_of(office.path, 1).read_bytes() == before
    assert len(list(office.town.in_state(office.item(1).state))) == 1
    with pytest.raises(NotSaved):
        office.reported()


def test_a_short_failure_is_forgotten(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("store.history.repository.write_all", full)
        with pytest.raises(NotSaved) as caught:
            office.reported()
        assert caught.value.code == "no_space"
    office.reported()
    again = open_again(office)
    assert again.town == office.town
    again.close()


def test_a_busy_lock_names_its_holder(office: Office) -> None:
    from store.errors import Busy

    other = open_again(office)
    with office.repository._lock.held(), pytest.raises(Busy) as caught:
        other.commit([Wish(Report(zone=1, description="x"))], CLERK, NOW, wait=0.02)
    assert caught.value.fields["pid"] == os.getpid()
    other.close()


def test_history_and_transactions_go_back_to_the_first_day(office: Office) -> None:
    key = office.fed_back()
    office.repository.write_snapshot()
    office.undo(LIAISON)
    assert [e.action for e in office.repository.history(key)] == [
        "report",
        "accept",
        "assign",
        "submit",
        "undo",
    ]
    assert [t.seq for t in office.repository.transactions()] == list(range(1, office.town.seq + 1))
    again = open_again(office)
    assert again.history() == office.repository.history()
    again.close()


def test_a_line_that_was_withdrawn_and_replaced_is_noticed(office: Office) -> None:
    """Read by one, withdrawn after a failed sync, and another put in its place."""
    path = journal.path_of(office.path, 1)
    before = path.read_bytes()
    office.reported(description="withdrawn")
    reader = open_again(office)
    path.write_bytes(before)
    (office.path / "lock").unlink()
    writer = open_again(office)
    writer.commit([Wish(Report(zone=1, description="another, and a longer one"))], CLERK, NOW)
    reader._lock = Lock(office.path / "lock")
    reader.commit([Wish(Report(zone=1, description="third"))], CLERK, NOW)
    final = open_again(office)
    assert [i.description for i in final.town.items.values()] == [
        "another, and a longer one",
        "third",
    ]
    for one in (reader, writer, final):
        one.close()


def test_a_store_that_went_away_is_damage_and_no_fault(office: Office) -> None:
    for path in office.path.iterdir():
        path.unlink()
    with pytest.raises(StoreError):
        office.repository.catch_up()


def test_a_new_journal_is_no_reason_to_read_everything_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Repository(office.path)) as other:
        monkeypatch.setattr("store.history.repository.ROTATE", 1)
        office.do(Report(zone=1, location="桂花街", description="占道", found_on=NOW.date()))
        assert len(journal.generations(office.path)) > 1
        other.commit([Wish(Report(zone=1, description="积水"))], FOUNDER, NOW)
        assert [changes.op for changes in other.missed()] == ["report"]


@pytest.fixture
def every_line_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("follower", "repository"):
        monkeypatch.setattr(f"store.history.{name}.LONG", 0)
    monkeypatch.setattr("random.uniform", lambda low, high: low)


def test_items_of_a_long_line_may_wait_for_the_next_look(
    office: Office, every_line_is_long: None
) -> None:
    with closing(Repository(office.path)) as other:
        first = office.do(
            Report(zone=1, location="桂花街", description="占道", found_on=NOW.date())
        )
        made = other.commit([Wish(Report(zone=1, description="积水"))], FOUNDER, NOW)
        assert first.of("items")[0].id not in other.town.items
        assert made.of("items")[0].id == first.of("items")[0].id + 1
        assert other.fresh()
        assert [c.of("items") for c in other.catch_up()] == [first.of("items")]
        office.repository.refresh()
        assert other.town == office.town


def test_what_was_put_off_is_there_for_whoever_is_about_it(
    office: Office, every_line_is_long: None
) -> None:
    with closing(Repository(office.path)) as other:
        first = office.do(
            Report(zone=1, location="桂花街", description="占道", found_on=NOW.date())
        )
        item = first.of("items")[0].id
        accept = Accept(item=item, category="市容环境", subcategory="其他")
        other.commit([Wish(accept)], FOUNDER, NOW)
        assert other.town.item(item).state == State.ACCEPTED
        assert [c.of("items") for c in other.missed()] == [first.of("items")]


def test_the_same_ledger_brought_in_meanwhile_is_noticed_though_put_off(
    office: Office, every_line_is_long: None
) -> None:
    report = Report(zone=1, location="桂花街", description="占道", origin="a1")
    row = TakeIn(report=report)
    with closing(Repository(office.path)) as other:
        prepared = other.preview([Wish(row)], FOUNDER, NOW)
        office.do(row)
        with pytest.raises(RuleError) as caught:
            other.commit([Wish(row)], FOUNDER, NOW, prepared=prepared)
        assert caught.value.refusal.code == "imported_meanwhile"


def test_what_was_put_off_is_told_though_later_lines_touch_it(
    office: Office, every_line_is_long: None
) -> None:
    with closing(Repository(office.path)) as other:
        first = office.do(Report(zone=1, location="桂花街", description="占道", origin="a1"))
        item = first.of("items")[0].id
        office.do(Correct(item=item, fields={"note": "x"}))
        other.commit([Wish(Report(zone=1, description="积水"))], FOUNDER, NOW)
        assert [c.of("items")[0].new.note for c in other.missed()] == ["", "x"]
        assert other.town.item(item).note == "x"


@pytest.mark.parametrize("lie", ["line", "count", "series"])
def test_a_line_gone_past_that_is_not_what_was_said_of_it_is_damage(
    office: Office, every_line_is_long: None, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    made_by = journal.made_by

    def lying(changes: Changes) -> Made | None:
        made = made_by(changes)
        assert made is not None
        if lie == "count":
            return replace(made, ids=made.ids | {"items": made.ids["items"] - 1})
        return replace(made, counters=()) if lie == "series" else made

    with closing(Repository(office.path)) as other:
        before = journal.generations(office.path)[-1]
        with monkeypatch.context() as patched:
            patched.setattr("store.history.journals.journal.made_by", lying)
            office.do(Report(zone=1, location="桂花街", description="占道"))
        if lie == "line":
            path = journal.path_of(office.path, before)
            path.chmod(0o600)
            data = path.read_bytes()
            path.write_bytes(data.replace("桂花街".encode(), "梧桐街".encode()))
        other.commit([Wish(Report(zone=1, description="积水"))], FOUNDER, NOW)
        if lie == "line":
            with pytest.raises(Damaged):
                other.missed()
            assert not other.write_snapshot()
            with pytest.raises(Damaged):
                other.catch_up()
        else:  # the journals are whole: everything is read anew
            assert [c.op for c in other.missed()] == [RELOADED]


def test_a_long_line_that_is_being_written_is_left_alone_for_a_little_while(
    office: Office, every_line_is_long: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("store.history.follower.time.monotonic", lambda: now[0])
    monkeypatch.setattr("store.history.repository.begin_next", lambda reader, made: None)
    with closing(Repository(office.path)) as other:
        first = office.do(Report(zone=1, location="桂花街", description="占道"))
        assert other.follow() == []
        now[0] += 1
        assert [c.of("items") for c in other.follow()] == [first.of("items")]


def test_boards_take_in_a_very_long_line_each_at_a_moment_of_its_own(
    office: Office, every_line_is_long: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("store.history.follower.time.monotonic", lambda: now[0])
    monkeypatch.setattr("random.uniform", lambda low, high: high)
    with closing(Repository(office.path)) as other:
        before = office.do(ChangeSettings(fields={"office": "镇创卫办"}))
        first = office.do(Report(zone=1, location="桂花街", description="占道"))
        assert [c.seq for c in other.follow()] == [before.seq]
        second = office.do(ChangeSettings(fields={"office": "县创卫办"}))
        assert other.follow() == []
        assert other.fresh()
        now[0] += 5
        assert [c.seq for c in other.follow()] == [first.seq, second.seq]
        assert other.town.items.keys() == office.town.items.keys()
        assert not other.fresh()
