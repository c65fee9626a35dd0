"""What a ledger row comes to."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from tests_support import FOUNDER, INSPECTOR, NOW, TODAY, Office, open_again

from core.actions.loop.correcting import Correct
from core.actions.loop.feedback import Submit
from core.actions.loop.road import Accept
from core.errors import Doubt, RuleError
from core.ledger.moving_in import Mover
from core.ledger.outcome import Entry, Incoming, Intake, RowChoice, Skipped
from core.ledger.record import Projector
from core.ledger.row_reader import Reader
from core.model import Channel, Item, State
from core.roles import Actor

FULL = {
    "found_on": "2026-03-20",
    "source": "月度小查",
    "zone": "Z01",
    "location": "桂花街1号",
    "description": "占道摆摊",
    "category": "占道经营",
    "lead_unit": "城管队",
    "due_on": "3个工作日",
}


def read(office: Office, *rows: dict[str, Any], actor: Actor = FOUNDER) -> Intake:
    reader = Reader(office.town, actor, TODAY)
    return reader.read([Incoming(n, row, "表") for n, row in enumerate(rows, start=2)])


def saved(office: Office, *rows: dict[str, Any]) -> list[Item]:
    intake = read(office, *rows)
    changes = office.repository.commit(intake.wishes, FOUNDER, NOW, op="import")
    return [office.item(c.id) for c in changes.of("items")]


def doubts(entry: Entry) -> set[tuple[str, str]]:
    return {(d.code, d.field) for d in entry.doubts}


def test_a_row_goes_as_far_as_it_carries(office: Office) -> None:
    bare, accepted, issued, claimed = saved(
        office,
        {"location": "桂花街", "description": "一"},
        {**FULL, "lead_unit": "", "description": "二"},
        {**FULL, "description": "三"},
        {
            **FULL,
            "description": "四",
            "progress": "已整改",
            "measure": "清了",
            "feedback_on": "3月22日",
        },
    )
    assert [i.state for i in (bare, accepted, issued, claimed)] == [
        State.REPORTED,
        State.ACCEPTED,
        State.RECTIFYING,
        State.AWAITING,
    ]
    assert issued.assignment.due == date(2026, 3, 25)
    assert issued.assignment.issued_on == date(2026, 3, 20)
    assert issued.assignment.deadline == "3个工作日"
    assert (issued.severity, issued.subcategory) == ("一般", "其他")
    assert claimed.assignment.feedback.on == date(2026, 3, 22)
    assert accepted.proposed.deadline == "3个工作日"
    assert accepted.proposed.due == date(2026, 3, 25)


def test_steps_bear_the_day_of_the_row(office: Office) -> None:
    (item,) = saved(office, FULL)
    assert {e.on for e in office.repository.history(item.id)} == {date(2026, 3, 20)}
    assert item.number.startswith("CW-2026-")


def test_a_claim_is_never_a_closing(office: Office) -> None:
    (item,) = saved(office, {**FULL, "state": "已销号", "closed_on": "2026-03-25"})
    assert item.state == State.AWAITING
    entry = read(office, {**FULL, "description": "另", "closed_on": "2026-03-25"}).entries[0]
    assert ("not_taken", "closed_on") in doubts(entry)


def test_a_claim_on_a_row_that_was_not_assigned_is_kept(office: Office) -> None:
    (item,) = saved(office, {"location": "桂花街", "description": "一", "progress": "是"})
    assert item.state == State.REPORTED
    assert item.proposed.claim == "done"


def test_missing_proof_of_a_claim_is_doubted(office: Office) -> None:
    entry = read(office, {**FULL, "progress": "是"}).entries[0]
    assert {
        ("claim_without", "measure"),
        ("claim_without", "feedback_on"),
        ("claim_without", "photos_after"),
    } <= doubts(entry)


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"lead_unit": "环卫队"}, "lead_unit", "unknown"),
        ({"zone": "Z99"}, "zone", "unknown"),
        ({"category": "卫生"}, "category", "unknown"),
        ({"severity": "很严重"}, "severity", "unknown"),
        ({"found_on": "2026-02-30"}, "found_on", "bad_date"),
        ({"found_on": "2026-04-30"}, "found_on", "future"),
        ({"due_on": "长期"}, "due_on", "long_term"),
        ({"due_on": 3.1}, "due_on", "lost_zero"),
        ({"source": ""}, "source", "no_source"),
        ({"found_on": ""}, "found_on", "no_found_on"),
        ({"feedback_on": "2026-03-01", "progress": "是"}, "feedback_on", "before_issue"),
    ],
)
def test_what_cannot_be_known_is_null_and_doubted(
    office: Office, cells: dict[str, Any], field: str, code: str
) -> None:
    entry = read(office, {**FULL, **cells}).entries[0]
    assert (code, field) in doubts(entry)
    assert entry.record[field] is None
    assert entry.action == "new"


def test_rows_without_what_makes_a_record_are_rejected(office: Office) -> None:
    intake = read(
        office, {"location": "桂花街"}, {"description": "一"}, {**FULL, "location": "x" * 301}
    )
    assert [s.why.code for s in intake.rejected] == ["no_description", "no_place", "too_long"]
    assert not intake.entries


def test_the_same_file_twice_adds_nothing(office: Office) -> None:
    rows = (FULL, {"location": "桂花街", "description": "一"}, FULL)
    saved(office, *rows)
    again = read(office, *rows)
    assert [e.action for e in again.entries] == ["same", "same", "same"]
    assert [e.action for e in read(office, *rows, FULL).entries][-1] == "new"


def test_a_row_is_known_again_after_its_item_was_completed(office: Office) -> None:
    row = {"location": "桂花街", "description": "一"}
    (item,) = saved(office, row)
    office.do(Accept(item=item.id, category="宣传", subcategory="其他", zone=1, found_on=TODAY))
    assert read(office, row).entries[0].action == "same"


def test_an_undone_import_matches_nothing(office: Office) -> None:
    saved(office, FULL)
    office.undo()
    assert read(office, FULL).entries[0].action == "new"


def test_spacing_and_punctuation_do_not_make_another_row(office: Office) -> None:
    saved(office, FULL)
    assert read(office, {**FULL, "description": "占道 摆摊。"}).entries[0].action == "same"


def test_a_number_that_resolves_is_the_same_or_a_conflict(office: Office) -> None:
    (item,) = saved(office, FULL)
    same = {"number": item.number, "location": "桂花街1号", "description": "占道摆摊"}
    assert read(office, same).entries[0].action == "same"
    other = read(office, {**same, "description": "别的"})
    assert other.conflicts[0].differs == ("description",)
    assert not other.wishes


def test_any_other_number_is_external(office: Office) -> None:
    (item,) = saved(office, {**FULL, "number": "12"})
    assert item.external_no == "12"
    (kept,) = saved(office, {**FULL, "description": "另", "number": "13", "external_no": "A-1"})
    assert kept.external_no == "A-1"


def test_derived_fields_are_null(office: Office) -> None:
    record = read(office, {**FULL, "level": "2", "state": "已销号"}).entries[0].record
    assert [record[k] for k in ("state", "level", "reworks", "overdue", "revision")] == [None] * 5


def test_who_may_not_accept_only_reports(office: Office) -> None:
    entry = read(office, FULL, actor=INSPECTOR).entries[0]
    assert entry.wish is not None
    assert entry.wish.action.accept is None


def test_skipped_rows_pass_through(office: Office) -> None:
    skip = Skipped(3, Doubt("total"))
    assert Reader(office.town, FOUNDER, TODAY).read([skip]).skipped == (skip,)


def test_a_second_file_knows_the_rows_of_the_first(office: Office) -> None:
    reader = Reader(office.town, FOUNDER, TODAY)
    rows = [Incoming(2, FULL)]
    assert [reader.read(rows).entries[0].action for _ in range(3)] == ["new", "same", "same"]


def test_rows_somebody_else_brought_in_meanwhile_are_refused(office: Office) -> None:
    other = open_again(office)
    mine = read(office, FULL).wishes
    theirs = Reader(other.town, FOUNDER, TODAY).read([Incoming(2, FULL)]).wishes
    other.commit(theirs, FOUNDER, NOW, op="import")
    with pytest.raises(RuleError) as caught:
        office.repository.commit(mine, FOUNDER, NOW, op="import")
    assert caught.value.refusal.code == "imported_meanwhile"
    other.close()


def test_a_row_that_is_only_reported_says_why(office: Office) -> None:
    entry = read(office, {**FULL, "zone": ""}).entries[0]
    assert ("stays_reported", "zone") in doubts(entry)


def test_a_row_of_a_retired_unit_is_still_the_same(office: Office) -> None:
    key = office.issued()
    record = Projector(office.town, TODAY).record(office.item(key))
    office.left_so("units", replace(office.town.units[2], active=False))
    assert read(office, record).entries[0].action == "same"
    moved = Mover(office.town, FOUNDER, TODAY, "x").read(
        [Incoming(2, {**record, "number": "CW-2025-0001"})]
    )
    assert not moved.skipped


def test_moving_in_takes_issued_items_without_a_unit(office: Office) -> None:
    row = {"description": "一", "location": "街", "state": "整改中", "number": "CW-2020-0007"}
    intake = Mover(office.town, FOUNDER, TODAY, "x").read([Incoming(2, row)])
    changes = office.repository.commit(intake.wishes, FOUNDER, NOW)
    key = changes.of("items")[0].id
    office.do(Submit(item=key, measure="清", channel=Channel.PAPER))
    assert office.item(key).state == State.AWAITING


@pytest.mark.parametrize("cells", [{"number": "A-²"}, {"number": "CW-2026-99999999999999"}])
def test_strange_numbers_are_no_fault(office: Office, cells: dict[str, Any]) -> None:
    row = {"description": "一", "location": "街", "state": "待交办", **cells}
    intake = Mover(office.town, FOUNDER, TODAY, "x").read([Incoming(2, row)])
    office.repository.commit(intake.wishes, FOUNDER, NOW)
    office.do(Accept(item=office.reported(), category="宣传", subcategory="其他"))


def returned(office: Office, key: int, **cells: object) -> Entry:
    """An issued item as its ledger has it, with what a unit has filled in."""
    record = Projector(office.town, TODAY).record(office.item(key))
    plain = {k: v for k, v in record.items() if v not in (None, [], "") and k != "revision"}
    return read(office, {**plain, **cells}).entries[0]


def test_a_ledger_that_comes_back_is_the_units_answer(office: Office) -> None:
    key = office.issued(due=date(2026, 4, 10))
    assert returned(office, key).action == "same"
    entry = returned(
        office,
        key,
        measure="已清理",
        progress="已整改",
        feedback_on="2026-03-31",
        responsible="所长",
    )
    assert entry.action == "update"
    assert entry.wish is not None
    office.repository.commit([entry.wish], FOUNDER, NOW, op="import")
    item = office.item(key)
    assert item.state == State.AWAITING
    assert item.assignment is not None
    claim = item.assignment.claim
    assert claim is not None
    assert (claim.measure, claim.on) == ("已清理", date(2026, 3, 31))
    assert claim.channel == Channel.LEDGER
    assert item.assignment.responsible == "所长"
    assert returned(office, key).action == "same"


def test_what_comes_back_otherwise_changes_nothing(office: Office) -> None:
    key = office.issued(due=date(2026, 4, 10))
    told = returned(office, key, measure="正在清理", progress="整改中")
    assert told.action == "update"
    assert told.wish is not None
    office.repository.commit([told.wish], FOUNDER, NOW, op="import")
    assert office.item(key).state == State.RECTIFYING
    record = Projector(office.town, TODAY).record(office.item(key))
    assert (record["measure"], record["progress"]) == ("正在清理", "整改中")
    assert returned(office, key, measure="正在清理", progress="整改中").action == "same"
    other = returned(office, key, measure="已清理", progress="已整改", location="别处")
    assert (other.action, other.wish) == ("conflict", None)
    entry = returned(office, key, measure="已清理", progress="已整改")
    assert entry.wish is not None
    office.do(Correct(item=key, fields={"note": "别人改过"}))
    office.repository.commit([entry.wish], FOUNDER, NOW)  # another field: still the same answer
    assert office.item(key).state == State.AWAITING


def test_moving_in_twice_adds_nothing_also_without_numbers(office: Office) -> None:
    rows = [
        Incoming(
            n,
            {"found_on": "2026-3-2", "location": "桥头", "description": "垃圾", "state": "待立案"},
        )
        for n in (2, 3)
    ]
    for actions in (["new", "new"], ["same", "same"]):
        intake = Mover(office.town, FOUNDER, TODAY, "a").read(rows)
        assert [entry.action for entry in intake.entries] == actions
        if intake.wishes:
            office.repository.commit(intake.wishes, FOUNDER, NOW)
    assert len(office.town.items) == 2


@pytest.mark.parametrize(
    "progress",
    ["已清理", "已清运", "已修复", "整改完毕", "已整改 3.30", "昨天已清理", "全部清理干净了"],
)
def test_every_word_of_being_done_is_a_claim(office: Office, progress: str) -> None:
    key = office.issued(due=date(2026, 4, 10))
    entry = returned(office, key, progress=progress)
    assert (entry.action, entry.claim) == ("update", "done")
    if "3.30" in progress:
        assert entry.record["feedback_on"] == date(2026, 3, 30)


def test_a_unit_that_says_it_is_not_theirs_is_heard(office: Office) -> None:
    key = office.issued(due=date(2026, 4, 10))
    entry = returned(office, key, progress="不是我们的，应由市场所处理")
    assert entry.action == "update"
    assert "not_ours" in {doubt.code for doubt in entry.doubts}
    assert entry.wish is not None
    office.repository.commit([entry.wish], FOUNDER, NOW, op="import")
    assignment = office.item(key).assignment
    assert assignment is not None
    assert assignment.progress == "不是我们的，应由市场所处理"


def test_what_holds_of_a_row_and_what_its_unit_says_are_both_kept(office: Office) -> None:
    key = office.issued(due=date(2026, 4, 10))
    record = Projector(office.town, TODAY).record(office.item(key))
    plain = {k: v for k, v in record.items() if v not in (None, [], "") and k != "revision"}
    row = Incoming(2, {**plain, "location": "别处", "progress": "正在联系施工队"})
    reader = Reader(office.town, FOUNDER, TODAY)
    (entry,) = reader.read([row], {(None, 2): RowChoice.THEIRS}).entries
    office.repository.commit(list(entry.wishes), FOUNDER, NOW, op="import")
    item = office.item(key)
    assert item.location == "别处"
    assert item.assignment is not None
    assert item.assignment.progress == "正在联系施工队"
