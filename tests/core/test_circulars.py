"""The circular: one a period, published, objected to, signed once and for all, adjusted later."""

import json
from datetime import date
from typing import Any

from msgspec.structs import replace
from rounds_support import code, do, found, refusal, scores, seen, started
from tests_support import CLERK, FOUNDER, INSPECTOR, LEADER, LIAISON, Office

from core.actions.appeals import Appeal
from core.actions.loop.correcting import Correct
from core.actions.loop.decisions import Approve, Refuse
from core.actions.loop.feedback import Submit
from core.actions.loop.inspection import Pass
from core.actions.loop.leaving import Void
from core.actions.loop.road import Accept, Assign, Report
from core.actions.papers import (
    DraftCircular,
    DraftPaper,
    EditCircular,
    PublishCircular,
    ServePaper,
    SignCircular,
    SignPaper,
    WithdrawPaper,
)
from core.actions.registers import Add
from core.actions.rounds import FinaliseRound, ScoreRound, SetScheme
from core.calendar.spans import read_span
from core.model import (
    Channel,
    Document,
    DocumentKind,
    DocumentState,
    Role,
    RoundState,
    VoidKind,
)
from core.papers.adjustments import adjustments
from core.papers.made_from import said
from core.roles import Actor
from core.sight.seen import seen_by
from core.stats.tally import tally

APRIL = date(2026, 4, 7)
"""A working day on which March is over."""
SIGNING = date(2026, 4, 13)
MARCH = read_span("2026-03", APRIL)


def closed_late(office: Office, due: date = date(2026, 3, 12)) -> int:
    """An item of zone 1 issued to unit 2 in March, put right and struck off after its day."""
    key = (
        do(
            office,
            Report(zone=1, location="桥头", description="垃圾", category="市容环境"),
            on=date(2026, 3, 10),
        )
        .of("items")[0]
        .id
    )
    ten = date(2026, 3, 10)
    do(office, Accept(item=key, subcategory="暴露垃圾", found_on=ten), on=ten)
    do(office, Assign(item=key, lead=2, due=due), on=ten)
    told = Submit(item=key, measure="已清", channel=Channel.PHONE)
    do(office, told, on=date(2026, 3, 16), actor=CLERK)
    do(office, Pass(item=key), on=date(2026, 3, 17), actor=INSPECTOR)
    return key


def published(office: Office, period: str = "2026-03", on: date = APRIL) -> int:
    key = do(office, DraftCircular(period=period), on=on, actor=CLERK).of("documents")[0].id
    do(office, PublishCircular(document=key), on=on, actor=LEADER)
    return key


def signed(office: Office, period: str = "2026-03", on: date = SIGNING) -> Document:
    key = published(office, period, on=APRIL if period == "2026-03" else on)
    day = on if period == "2026-03" else date(on.year, on.month, on.day + 7)
    do(office, SignCircular(document=key), on=day, actor=LEADER)
    return office.town.documents[key]


def evidence(paper: Document) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(paper.evidence)
    return found


# The road


def test_one_live_of_a_period(office: Office) -> None:
    key = published(office)
    again = DraftCircular(period="2026年3月")
    assert code(office, again, on=APRIL) == "circular_there"
    do(office, DraftCircular(period="2026-Q1"), on=APRIL)  # another variant
    do(office, WithdrawPaper(document=key, reason="漏了一项"), on=APRIL)
    do(office, again, on=APRIL)


def test_a_running_month_is_drafted_and_not_published(office: Office) -> None:
    key = do(office, DraftCircular(period="2026-04"), on=APRIL).of("documents")[0].id
    assert code(office, PublishCircular(document=key), on=date(2026, 4, 30)) == "period_runs"
    do(office, PublishCircular(document=key), on=date(2026, 5, 6))
    assert code(office, DraftCircular(period="2026-06"), on=APRIL) == "bad_period"


def test_signing_names_every_reason_against_it(office: Office) -> None:
    held = started(office)
    late = closed_late(office)
    key = published(office)
    ask = Appeal(item=late, reason="停水")
    do(office, ask, on=APRIL, actor=LIAISON)
    no = refusal(office, SignCircular(document=key), on=APRIL)
    assert no.refusal.code == "not_to_sign"
    told = [each.code for each in no.refusal.fields["reasons"]]
    assert told == ["objections_run", "appeals_undecided", "round_unscored"]
    do(office, Approve(request=1), on=APRIL, actor=LEADER)
    seen(office, held)
    do(office, ScoreRound(round=held), on=APRIL)
    assert code(office, SignCircular(document=key), on=date(2026, 4, 10)) == "objections_run"
    do(office, SignCircular(document=key), on=SIGNING, actor=LEADER)
    assert office.town.rounds[held].state == RoundState.FINAL


def test_publishing_publishes_and_signing_finalises_its_rounds(office: Office) -> None:
    held = started(office)
    found(office, held)
    seen(office, held)
    do(office, ScoreRound(round=held))
    key = published(office)
    assert office.town.rounds[held].state == RoundState.PUBLISHED
    do(office, SignCircular(document=key), on=SIGNING)
    assert office.town.rounds[held].state == RoundState.FINAL
    sheet = evidence(office.town.documents[key])["sheets"][0]
    assert sheet["round"] == "2026-03-月小查"
    undo = office.repository.undoing(office.repository.transactions()[-1].seq)
    do(office, undo, on=SIGNING)
    paper = office.town.documents[key]
    assert (paper.state, paper.number) == (DocumentState.WITHDRAWN, "创卫办通〔2026〕1号")
    assert office.town.rounds[held].state == RoundState.PUBLISHED


def test_a_final_round_of_a_signed_circular_stays_final(office: Office) -> None:
    held = started(office)
    seen(office, held)
    do(office, ScoreRound(round=held))
    key = published(office)
    final = do(office, FinaliseRound(round=held), on=date(2026, 4, 13))
    do(office, SignCircular(document=key), on=date(2026, 4, 14))
    wish = office.repository.undoing(final.seq)
    assert code(office, wish, on=date(2026, 4, 15)) == "round_in_circular"


def test_circulars_and_notices_of_criticism_share_numbers(office: Office) -> None:
    first = signed(office)
    item = office.issued(due=date(2026, 3, 30))
    draft = DraftPaper(kind=DocumentKind.CIRCULAR, items=(item,), reference="镇政府同意")
    office.left_so("items", office.item(item).__class__(**_level(office.item(item), 2)))
    paper = do(office, draft, on=date(2026, 4, 20)).of("documents")[0].id
    do(office, SignPaper(document=paper), on=date(2026, 4, 20))
    assert office.town.documents[paper].number == "创卫办通〔2026〕2号"
    taken = SignCircular(document=published(office, "2026-04", date(2026, 5, 6)), number="2")
    assert code(office, taken, on=date(2026, 5, 20)) == "number_taken"
    assert first.seq == 1


def _level(item: Any, level: int) -> dict[str, Any]:
    import msgspec

    return msgspec.structs.asdict(item) | {"level": level, "level_max": level}


def test_the_clerks_words_until_it_is_signed(office: Office) -> None:
    key = published(office)
    do(office, EditCircular(document=key, texts={"next": "再加力"}), on=APRIL, actor=CLERK)
    do(office, SignCircular(document=key), on=SIGNING)
    assert evidence(office.town.documents[key])["texts"] == {"next": "再加力"}
    late = EditCircular(document=key, texts={"next": "改"})
    assert code(office, late, on=SIGNING) == "document_is"
    do(office, ServePaper(document=key), on=SIGNING)


# What is signed


def test_nothing_signed_changes_whatever_follows(office: Office) -> None:
    late, _other = closed_late(office), closed_late(office)
    paper = signed(office)
    frozen = paper.evidence
    do(office, Appeal(item=late, reason="停电"), on=date(2026, 4, 20))
    do(office, Correct(item=office.issued(), fields={"location": "别处"}), on=date(2026, 4, 20))
    assert office.town.documents[paper.id].evidence == frozen
    assert evidence(paper)["total"]["ontime"] == "0"
    live = tally(office.town, MARCH, date(2026, 4, 21)).total
    assert (live.count("closed"), live.count("ontime")) == (2, 1)
    told, later = adjustments(office.town, read_span("2026-04", APRIL), date(2026, 5, 6))
    assert (told["kind"], told["why"], told["said"]) == ("rejudged", "appeal", "停电")
    assert later["kind"] == "recorded"  # issued on a day of March, entered behind its signing


def test_each_difference_is_told_once(office: Office) -> None:
    late = closed_late(office)
    signed(office)
    do(office, Appeal(item=late, reason="停电"), on=date(2026, 4, 20))
    second = signed(office, "2026-04", date(2026, 5, 6))
    assert [each["kind"] for each in evidence(second)["adjustments"]] == ["rejudged"]
    assert adjustments(office.town, read_span("2026-05", APRIL), date(2026, 6, 3)) == []


def test_what_is_closed_behind_a_signed_month_counts_in_the_next(office: Office) -> None:
    """A look of the 31st that a leader confirms after the signing."""
    key = (
        do(
            office,
            Report(zone=1, location="桥", description="垃圾", category="市容环境"),
            on=date(2026, 3, 25),
        )
        .of("items")[0]
        .id
    )
    day = date(2026, 3, 25)
    do(
        office,
        Accept(item=key, found_on=day),
        Assign(item=key, lead=2, due=date(2026, 4, 2)),
        on=day,
    )
    signed(office)
    submit = Submit(item=key, measure="清", channel=Channel.PHONE, on=date(2026, 3, 30))
    do(office, submit, on=date(2026, 4, 20), actor=CLERK)
    do(office, Pass(item=key, on=date(2026, 3, 31)), on=date(2026, 4, 20), actor=INSPECTOR)
    march = tally(office.town, MARCH, date(2026, 4, 21)).total
    april = tally(office.town, MARCH.after, date(2026, 4, 21)).total
    assert (march.count("closed"), april.count("closed")) == (0, 1)
    assert april.cells["late_recorded"].listed == april.cells["closed"].listed
    year = tally(office.town, read_span("2026", APRIL), date(2026, 4, 21)).total
    assert year.count("closed") == 1


def test_a_withdrawn_circular_is_as_never_signed(office: Office) -> None:
    closed_late(office)
    paper = signed(office)
    do(office, WithdrawPaper(document=paper.id, reason="笔误"), on=date(2026, 4, 20))
    assert adjustments(office.town, read_span("2026-04", APRIL), date(2026, 5, 6)) == []
    again = do(office, DraftCircular(period="2026-03"), on=date(2026, 4, 20)).of("documents")[0]
    assert again.new.number == ""


def test_what_moved_between_posting_and_signing_is_told(office: Office) -> None:
    late = closed_late(office)
    key = published(office)
    do(office, Appeal(item=late, reason="停水"), on=APRIL, actor=LEADER)
    do(office, SignCircular(document=key), on=SIGNING)
    moved = evidence(office.town.documents[key])["since_published"]
    assert {(each["list"], each["change"], each["why"]) for each in moved if each["name"]} == {
        ("ontime", "in", "appeal")
    }


def test_a_quarter_takes_the_mean_of_signed_months(office: Office) -> None:
    held = started(office)
    found(office, held)
    seen(office, held)
    do(office, ScoreRound(round=held))
    closed_late(office)
    month = signed(office)
    scored = {u["id"]: u["score"] for u in evidence(month)["units"]}
    key = published(office, "2026-Q1")
    do(office, SignCircular(document=key), on=date(2026, 4, 20))
    quarter = evidence(office.town.documents[key])
    assert quarter["missing"] == ["2026-01", "2026-02"]
    assert {u["id"]: u["score"] for u in quarter["units"] if u["score"]} == {
        k: v for k, v in scored.items() if v
    }


def test_points_and_schemes_do_not_reach_back(office: Office) -> None:
    signed(office)
    fields = {"unit": 2, "month": "2026-03", "kind": "praise", "why": "x"}
    assert code(office, Add(table="points", fields=fields), on=SIGNING) == "month_signed"
    scheme = SetScheme(since="2026-03", fields={"small_n": 3})
    assert code(office, scheme, on=SIGNING) == "month_signed"
    do(office, SetScheme(since="2026-04", fields={"small_n": 3}), on=SIGNING)
    assert (
        code(office, SetScheme(since="2026-04", fields={"ties": "x"}), on=SIGNING) == "unknown_word"
    )


# Appeals


def test_a_liaison_appeals_while_the_window_runs(office: Office) -> None:
    late = closed_late(office)
    ask = Appeal(item=late, reason="停水")
    assert code(office, ask, on=date(2026, 4, 2), actor=LIAISON) == "not_published"
    published(office)
    too_late = refusal(office, ask, on=date(2026, 4, 14), actor=LIAISON)
    assert (too_late.refusal.code, too_late.refusal.kind.value) == (
        "appeal_too_late",
        "not allowed",
    )
    do(office, ask, on=date(2026, 4, 10), actor=LIAISON)
    assert office.item(late).assignments[0].exempt_on is None
    do(office, Approve(request=1), on=date(2026, 4, 10), actor=LEADER)
    assert office.item(late).assignments[0].exempt_why == "停水"
    assert tally(office.town, MARCH, SIGNING).total.count("ontime") == 1
    assert tally(office.town, MARCH, SIGNING).total.count("exempted") == 1


def test_once_a_matter_and_a_refusal_is_final(office: Office) -> None:
    late = closed_late(office)
    published(office)
    do(office, Appeal(item=late, reason="停水"), on=APRIL, actor=LIAISON)
    do(office, Refuse(request=1, reason="有水"), on=APRIL, actor=LEADER)
    for actor in (LIAISON, LEADER):
        no = code(office, Appeal(item=late, reason="再诉"), on=APRIL, actor=actor)
        assert no == "appealed_before"


def test_only_what_is_counted_late(office: Office) -> None:
    timely = closed_late(office, due=date(2026, 3, 20))
    published(office)
    assert code(office, Appeal(item=timely, reason="x"), on=APRIL) == "not_late"
    opened = office.issued()
    assert code(office, Appeal(item=opened, reason="x"), on=APRIL) == "wrong_state"


def test_finds_and_points_are_appealed_against(office: Office) -> None:
    held = started(office)
    mine = found(office, held, zone=2, itemless=True)
    entry = (
        do(
            office,
            Add(
                table="points", fields={"unit": 2, "month": "2026-03", "kind": "shirk", "why": "推"}
            ),
        )
        .of("points")[0]
        .id
    )
    seen(office, held)
    do(office, ScoreRound(round=held))
    published(office)
    assert scores(office, held)["Z02"] != "100.00"
    do(office, Appeal(find=mine, reason="不属本区"), on=APRIL, actor=LEADER)
    assert scores(office, held)["Z02"] == "100.00"
    do(office, Appeal(points=entry, reason="有函"), on=APRIL, actor=CLERK)
    assert office.town.tables["points"][entry].active
    waiting = [r for r in office.town.requests.values() if r.state == "asked"]
    do(office, Approve(request=waiting[0].id), on=APRIL, actor=LEADER)
    assert not office.town.tables["points"][entry].active


def test_gone_from_a_signed_month(office: Office) -> None:
    closed_late(office)
    opened = (
        do(
            office,
            Report(zone=1, location="桥", description="堆物", category="市容环境"),
            on=date(2026, 3, 20),
        )
        .of("items")[0]
        .id
    )
    day = date(2026, 3, 20)
    do(
        office,
        Accept(item=opened, found_on=day),
        Assign(item=opened, lead=2, due=date(2026, 3, 24)),
        on=day,
    )
    paper = signed(office)
    assert len(evidence(paper)["lists"]["overdue_open"]) == 1
    do(office, Void(item=opened, reason=VoidKind.FALSE_ALARM, note="不是"), on=date(2026, 4, 20))
    (told,) = adjustments(office.town, read_span("2026-04", APRIL), date(2026, 5, 6))
    assert (told["kind"], told["why"], told["said"]) == ("gone", "void", "不是")


def test_a_liaison_reads_a_published_circular_as_it_was_published(office: Office) -> None:
    do(office, Add(table="units", fields={"name": "园林所"}), on=date(2026, 3, 2), actor=FOUNDER)
    closed_late(office)
    key = published(office)
    other = office.town.unit_named("园林所")
    assert other is not None
    told = Actor("park", (Role.LIAISON,), unit=other.id, key="abc")
    seen = seen_by(office.town, told).town
    assert not seen.items
    assert said(seen.documents[key], seen, APRIL) == json.loads(
        office.town.documents[key].published
    )


def test_an_appeal_about_what_is_hidden_is_about_nothing(office: Office) -> None:
    fields = {"month": "2026-03", "unit": 1, "kind": "praise", "points": 100, "why": "好"}
    held = do(office, Add(table="points", fields=fields), on=date(2026, 3, 20), actor=LEADER)
    (mark,) = held.of("points")
    through = replace(LIAISON, key="abc")
    for reason in ("", "不对"):
        said_of = [
            refusal(office, Appeal(points=key, reason=reason), on=date(2026, 3, 21), actor=through)
            for key in (mark.id, 99)
        ]
        assert [r.refusal.code for r in said_of] == ["no_record", "no_record"]
