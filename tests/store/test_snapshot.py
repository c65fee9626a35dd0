"""The snapshot: a head start, in TinyDB's own layout, never trusted unread."""

from collections.abc import Iterable
from contextlib import closing
from typing import Any

import pytest
from msgspec import Struct
from tests_support import FOUNDER, INSPECTOR, NOW, Office, open_again
from tinydb import TinyDB, where

from core.actions.loop.correcting import Correct
from core.actions.loop.inspection import Pass
from core.actions.registers import Add, Edit
from core.model import PaperHead, State
from store.database import Database, search_events
from store.errors import NotSaved, StoreError
from store.history.head_start.snapshot import Snapshot, verify
from store.history.journals import journal
from store.history.journals.format import FORMAT
from store.history.journals.seal import META_LENGTH
from tui.session.sight import mirror


class Named(Struct):
    """What is asked of a unit here."""

    id: int
    name: str


def closed(office: Office) -> int:
    key = office.fed_back()
    office.do(Pass(item=key, finding="好"), actor=INSPECTOR)
    return key


def test_opening_reads_what_is_open_and_the_rest_when_asked(office: Office) -> None:
    done, todo = closed(office), office.reported()
    office.repository.write_snapshot()
    again = open_again(office)
    assert set(again.town.items) == {todo}
    assert not again.town.complete
    again.load_closed()
    assert again.town == office.town
    assert again.town.item(done).state == State.CLOSED
    again.close()


def test_a_table_is_read_when_it_is_asked_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.repository.write_snapshot()
    read: list[str] = []
    decoded = Snapshot._decoded

    def noted(self: Snapshot, table: str, data: bytearray, kind: Any) -> Iterable[Any]:
        read.append(table)
        return decoded(self, table, data, kind)

    monkeypatch.setattr(Snapshot, "_decoded", noted)
    again = open_again(office)
    assert "units" not in read
    assert "zones" not in read
    assert set(again.town.units) == set(office.town.units)
    assert read.count("units") == 1
    again.close()
    assert again.town.zones == office.town.zones  # also behind the end
    assert again.town == office.town
    assert read.count("units") == 1


def test_a_long_table_that_is_damaged_is_taken_from_the_journals(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.history.opening.LONG_TABLE", 0)
    office.repository.write_snapshot()
    path = office.path / "snapshot.json"
    snapshot = Snapshot(path)
    (part,) = snapshot.parts("units")
    snapshot.close()
    data = bytearray(path.read_bytes())
    data[part.at + part.length // 2] ^= 1
    path.write_bytes(data)
    again = open_again(office)
    assert again.warnings == []
    heads = again.town.tables.brief("units", Named)
    assert {head.id for head in heads} == set(office.town.units)
    assert set(again.warnings) == {"snapshot_damaged"}
    assert again.town.units == office.town.units
    again.close()


def test_a_damaged_table_is_no_newer_than_the_town(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.history.opening.LONG_TABLE", 0)
    office.repository.write_snapshot()
    again = open_again(office)
    key = office.do(Add(table="units", fields={"name": "后来站"})).of("units")[0].id
    office.do(Edit(table="units", record=key, fields={"name": "再后来站"}))
    (office.path / "snapshot.json").write_bytes(b"")
    assert key not in again.town.units
    said = [change for changes in again.catch_up() for change in changes if change.table == "units"]
    assert [(change.old and change.old.name, change.new.name) for change in said] == [
        (None, "后来站"),
        ("后来站", "再后来站"),
    ]
    assert again.town == office.town
    again.close()


def test_an_unknown_table_is_none(office: Office) -> None:
    assert office.town.tables.get("nonesuch", 0) == 0
    assert "nonesuch" not in office.town.tables


def test_a_head_start_that_goes_while_a_store_is_open_is_not_missed(office: Office) -> None:
    office.repository.write_snapshot()
    again = open_again(office)
    twin = mirror(again.town)
    (office.path / "snapshot.json").write_bytes(b"")
    assert twin.units == office.town.units
    assert again.town.zones == office.town.zones
    assert list(again.town.tables.brief("documents", PaperHead)) == []
    again.close()


def test_the_heads_of_a_table_are_read_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.repository.write_snapshot()
    again = open_again(office)
    first = again.town.tables.brief("units", Named)
    monkeypatch.setattr(Snapshot, "_decoded", None)
    assert again.town.tables.brief("units", Named) == first
    again.close()


def test_a_mirror_counts_on_where_its_town_does(office: Office) -> None:
    office.repository.write_snapshot()
    again = open_again(office)
    ids = {k: v for k, v in mirror(again.town).next_ids.items() if k != "events"}
    assert ids == {k: v for k, v in again.town.next_ids.items() if k != "events"}
    assert ids["units"] > 1
    again.close()


def test_what_was_saved_behind_it_goes_on_top_of_a_table_put_off(office: Office) -> None:
    office.repository.write_snapshot()
    again = open_again(office)
    changes = office.do(Add(table="units", fields={"name": "新设站"}))
    again.refresh()
    assert again.town.units == office.town.units
    assert changes.of("units")[0].id in again.town.units
    again.close()


def test_changes_behind_the_snapshot_are_read_on_top(office: Office) -> None:
    done, todo = closed(office), office.reported()
    office.repository.write_snapshot()
    office.do(Correct(item=todo, fields={"note": "记"}))
    office.undo()
    office.undo(INSPECTOR)
    assert office.item(done).state == State.AWAITING
    again = open_again(office)
    again.load_closed()
    assert again.town == office.town
    again.close()


def test_ids_are_never_given_out_twice(office: Office) -> None:
    office.reported()
    office.repository.write_snapshot()
    again = open_again(office)
    assert again.town.next_ids == office.town.next_ids
    again.close()


def test_stock_tinydb_opens_it(office: Office) -> None:
    key = closed(office)
    office.repository.write_snapshot()
    with TinyDB(office.path / "snapshot.json", access_mode="r") as db:
        (item,) = db.table("items").search(where("state") == "closed")
        assert item.doc_id == key
        assert item["number"] == office.item(key).number
        assert len(db.table("events")) == len(office.repository.history())
        assert db.table("_meta").get(doc_id=1)["format"] == FORMAT


def test_a_second_snapshot_keeps_the_events_of_the_first(office: Office) -> None:
    for _ in range(3):
        closed(office)
        office.repository.write_snapshot()
    again = open_again(office)
    assert again.history() == office.repository.history()
    assert len(again.history(1)) == 5
    snapshot = Snapshot(office.path / "snapshot.json")
    verify(snapshot)
    snapshot.close()
    again.close()


def test_every_flipped_byte_is_found(office: Office) -> None:
    closed(office)
    office.reported()
    office.repository.write_snapshot()
    path = office.path / "snapshot.json"
    whole = path.read_bytes()
    for at in range(0, len(whole), 53):
        if whole[at : at + 1] in b" " and at < META_LENGTH:
            continue
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 2]) + whole[at + 1 :])
        try:
            with closing(open_again(office)) as again:
                again.load_closed()
                damaged = bool(again.warnings)
                same = again.town == office.town
                if not damaged:
                    with closing(Snapshot(path)) as snapshot:
                        verify(snapshot)
                    again.history()
        except StoreError:
            continue
        assert same
        assert damaged


def test_a_damaged_head_start_is_left_aside(office: Office) -> None:
    office.reported()
    (office.path / "snapshot.json").write_bytes(b"{}")
    again = open_again(office)
    assert again.warnings == ["snapshot_damaged"]
    assert again.town == office.town
    again.close()


def test_a_head_start_of_another_store_is_left_aside(office: Office, tmp_path: object) -> None:
    other = Office(tmp_path / "other")  # type: ignore[operator]
    other.repository.write_snapshot()
    (office.path / "snapshot.json").write_bytes((other.path / "snapshot.json").read_bytes())
    again = open_again(office)
    assert again.warnings == ["snapshot_foreign"]
    assert again.town == office.town
    again.close()
    other.close()


def test_a_newer_format_says_so(office: Office) -> None:
    path = journal.path_of(office.path, 1)
    first, *rest = path.read_bytes().splitlines(keepends=True)
    line, _ = journal.frame("", first[17:-1].replace(b'"format":%d' % FORMAT, b'"format":99'))
    path.write_bytes(line + b"".join(rest))
    with pytest.raises(StoreError) as caught:
        open_again(office)
    assert caught.value.code == "newer_format"


def test_the_store_as_a_tinydb(office: Office) -> None:
    key = closed(office)
    db = Database(office.repository)
    assert db.tables() >= {"items", "events", "zones"}
    (item,) = db.table("items").search(where("location") == "桂花街12号")
    assert item.doc_id == key
    item["location"] = "mine"
    assert db.table("items").get(doc_id=key)["location"] == "桂花街12号"
    assert db.table("units").count(where("name").one_of(["环卫所"])) == 1
    office.reported()
    assert len(db.table("items")) == 2
    with pytest.raises(NotSaved):
        db.table("items").insert({"location": "x"})
    with pytest.raises(NotSaved):
        db.table("items").update({"location": "x"})
    assert len(db.table("items")) == 2


def test_events_by_person_item_and_day(office: Office) -> None:
    key = closed(office)
    repository = office.repository
    assert {e.actor for e in search_events(repository, by="inspector")} == {"inspector"}
    assert len(search_events(repository, about=[("items", key)])) == 5
    assert search_events(repository, span=(NOW.replace(year=2020), NOW.replace(year=2021))) == []
    assert search_events(repository) == repository.history()
    assert FOUNDER.login in {e.actor for e in search_events(repository, about=[("items", key)])}


@pytest.mark.parametrize("part", ["open", "closed"])
def test_a_damaged_part_is_read_from_the_journals(office: Office, part: str) -> None:
    closed(office)
    office.reported()
    office.repository.write_snapshot()
    path = office.path / "snapshot.json"
    snapshot = Snapshot(path)
    at = next(p.at for p in snapshot.parts("items") if p.part == part) + 20
    snapshot.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 2]) + whole[at + 1 :])
    again = open_again(office)
    again.load_closed()
    assert again.warnings == ["snapshot_damaged"]
    assert again.town == office.town
    assert again.history() == office.repository.history()
    again.close()


def test_a_snapshot_that_cannot_be_written_fails_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.history.head_start.writing.write_all", full)
    assert office.repository.write_snapshot() is False
    assert office.repository.warnings == ["housekeeping"]
    assert not (office.path / "snapshot.json.tmp").exists()
