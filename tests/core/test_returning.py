"""Ledgers that come back: three-way, by number or mark, and where neither is left."""

from datetime import date

import pytest
from tests_support import FOUNDER, TODAY, Office

from core.actions.loop.correcting import Correct
from core.actions.loop.handover import Extend
from core.ledger.outcome import Choices, Entry, Incoming, Intake, RowChoice
from core.ledger.record import Projector
from core.ledger.row_reader import Reader
from core.ledger.rows.borne import outdated
from core.model import Channel

DUE = date(2026, 4, 10)


def handed_out(office: Office, key: int, row: int = 3, **changed: object) -> Incoming:
    """An item's row as it is handed out now, with what was changed of it."""
    item = office.item(key)
    record = Projector(office.town, TODAY).record(item)
    cells = {k: v for k, v in record.items() if v not in (None, [], "") and k != "revision"}
    return Incoming(row, {**cells, **changed}, "台账", mark=f"{item.label}|{item.revision}")


def without(incoming: Incoming, *keys: str) -> Incoming:
    cells = {k: v for k, v in incoming.cells.items() if k not in keys}
    return Incoming(incoming.row, cells, incoming.sheet)


def came_back(office: Office, *rows: Incoming, chosen: Choices | None = None) -> Intake:
    handed = office.repository.as_of(outdated(rows, office.town))
    return Reader(office.town, FOUNDER, TODAY, handed=handed).read(rows, chosen)


def one(intake: Intake) -> Entry:
    (entry,) = intake.entries
    return entry


DONE = {"measure": "已清运", "progress": "已整改", "feedback_on": "2026-03-30"}


def test_what_only_the_office_changed_meanwhile_is_no_conflict(office: Office) -> None:
    key = office.issued(due=DUE)
    row = handed_out(office, key, **DONE)
    office.do(Correct(item=key, fields={"source": "集中督查", "note": "补"}, reason="补录"))
    office.do(Extend(item=key, due=date(2026, 4, 20), reason="雨天", channel=Channel.WECHAT))
    entry = one(came_back(office, row))
    assert entry.action == "update"
    assert set(entry.differs) == {"measure", "progress", "feedback_on"}


def test_what_both_sides_changed_is_a_conflict(office: Office) -> None:
    key = office.issued(due=DUE)
    row = handed_out(office, key, source="专项检查", **DONE)
    office.do(Correct(item=key, fields={"source": "集中督查"}, reason="补录"))
    entry = one(came_back(office, row))
    assert (entry.action, entry.wish) == ("conflict", None)
    assert entry.here["source"] == "集中督查"
    assert entry.record["source"] == "专项检查"


def test_the_mark_stands_for_a_number_rubbed_out(office: Office) -> None:
    key = office.issued(due=DUE)
    row = handed_out(office, key, **DONE)
    for number in ("", "CW-26"):
        damaged = Incoming(3, {**row.cells, "number": number}, row.sheet, mark=row.mark)
        assert one(came_back(office, damaged)).action == "update"


def test_a_number_and_a_mark_that_disagree_are_asked_about(office: Office) -> None:
    first, second = office.issued(due=DUE), office.issued(due=DUE, location="别处")
    row = handed_out(office, first, number=office.item(second).label, **DONE)
    entry = one(came_back(office, row))
    assert entry.action == "conflict"
    assert {d.code for d in entry.doubts} >= {"perhaps"}


def test_rows_without_number_are_known_by_place_and_text_once_confirmed(office: Office) -> None:
    kept = office.issued(due=DUE)
    lost = office.issued(due=DUE, location="桂花街东口", description="占道经营3处,影响通行")
    rows = (
        handed_out(office, kept, row=3),
        without(
            handed_out(office, lost, row=4, description="占道经营3处，影响通行。", **DONE), "number"
        ),
    )
    proposed = came_back(office, *rows).entries[1]
    assert (proposed.action, proposed.item, proposed.wish) == ("conflict", lost, None)
    assert {d.value for d in proposed.doubts if d.code == "perhaps"} == {office.item(lost).label}
    confirmed = came_back(office, *rows, chosen={("台账", 4): RowChoice.SURE}).entries[1]
    assert (confirmed.action, confirmed.item) == ("update", lost)
    assert confirmed.wish is not None


def test_a_row_the_unit_added_is_new(office: Office) -> None:
    key = office.issued(due=DUE)
    added = Incoming(4, {"location": "河边", "description": "护栏缺失两处", "zone": "Z02"}, "台账")
    entries = came_back(office, handed_out(office, key, row=3), added).entries
    assert [entry.action for entry in entries] == ["same", "new"]


def test_an_ordinary_ledger_is_matched_by_nothing_but_the_same_row(office: Office) -> None:
    key = office.issued(due=DUE)
    row = without(handed_out(office, key, description="垃圾桶满溢了", **DONE), "number")
    assert one(came_back(office, row)).action == "new"


def test_an_item_as_it_was(office: Office) -> None:
    key = office.issued(due=DUE)
    then = office.item(key)
    office.do(Correct(item=key, fields={"location": "新处", "external_no": "X1"}, reason="补录"))
    office.do(Extend(item=key, due=date(2026, 4, 20), reason="雨天", channel=Channel.WECHAT))
    assert office.repository.as_of({key: then.revision}) == {key: then}
    assert office.repository.as_of({key: 1}) == {}


@pytest.mark.parametrize(
    "number",
    [
        "CW-206-0001",
        "CW-2062-0001",
        "CV-2026-0001",
        "CW-2026-00011",
        "CW-20260-001",
        "CW-2O26-0001",
    ],
)
def test_a_number_one_stroke_off_asks_and_makes_no_new_item(office: Office, number: str) -> None:
    key = office.issued(due=DUE)
    row = Incoming(3, handed_out(office, key, number=number, **DONE).cells, "别处的表")
    entry = one(came_back(office, row))
    assert (entry.action, entry.item) == ("conflict", key)
    assert any(d.code == "number_slip" for d in entry.doubts)


def test_last_digits_are_a_number_where_the_row_is_like_the_item(office: Office) -> None:
    key = office.issued(due=DUE)
    row = Incoming(3, handed_out(office, key, number="第1号", **DONE).cells, "别处的表")
    entry = one(came_back(office, row))
    assert (entry.action, entry.item, entry.claim) == ("update", key, "done")
    other = {"number": "1", "zone": "Z02", "location": "滨河路", "description": "水面漂浮物"}
    assert one(came_back(office, Incoming(3, other, "别处的表"))).action == "new"
