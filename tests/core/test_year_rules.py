"""Who may do what in the year's registers, what is refused, and what undo takes back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests_support import CLERK, FOUNDER, INSPECTOR, LEADER, LIAISON, TODAY, Office

from core.actions.action import Action
from core.actions.papers import DraftSummary, EditSummary, SignSummary
from core.actions.registers import Add, Edit, MergeUnits, MergeZones
from core.actions.year import (
    AddLog,
    CheckShop,
    CloseCampaign,
    CloseShop,
    CorrectLog,
    CountTraces,
    CoverZone,
    LayDrug,
    OpenCampaign,
    PlateShops,
    SetTarget,
    SetTerms,
    SignPledge,
    SignShops,
    SplitZone,
    TellFacts,
    Tick,
    TransferShop,
    VoidLog,
)
from core.errors import RuleError
from core.measures.subjects.campaigns import owing
from core.model import DocumentState, Indicator, Log, Shop
from core.roles import Actor
from core.town.town import Town

JAN, FEB = date(2026, 1, 10), date(2026, 2, 10)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A town with a shop, a duty, a campaign and a line of each kind."""
    made = Office(tmp_path / "store")
    made.do(Add(table="shops", fields={"name": "利民店", "zone": 1, "opened_on": JAN}))
    terms = ({"since": date(2026, 1, 1), "cycle": "month", "day": "20"},)
    made.do(Add(table="duties", fields={"name": "维保", "kind": "维修保养", "terms": terms}))
    made.do(OpenCampaign(first=date(2026, 3, 1), last=date(2026, 4, 10)))
    figures = [{"indicator": "A01", "text": "30余"}]
    made.do(AddLog(kind="大扫除", on=FEB, fields={"unit": 2, "figures": figures}))
    return made


def code_of(tell: Callable[[], object]) -> str:
    with pytest.raises(RuleError) as caught:
        tell()
    return caught.value.refusal.code


def indicator(town: Town, code: str) -> int:
    return next(i.id for i in town.all(Indicator) if i.code == code)


MAY: tuple[tuple[str, Callable[[Office], Action], str], ...] = (
    ("sign", lambda o: SignShops(shops=(1,)), "clerk"),
    ("plate", lambda o: PlateShops(shops=(1,)), "clerk"),
    ("check", lambda o: CheckShop(shop=1, score=9000), "clerk inspector"),
    ("close", lambda o: CloseShop(shop=1), "clerk"),
    ("terms", lambda o: SetTerms(duty=1, cycle="week", day="7"), "clerk"),
    ("tick", lambda o: Tick(campaign=1, name="用药"), "clerk"),
    ("cover", lambda o: CoverZone(campaign=1, zone=1, fields={"rooms_plan": 9}), "clerk"),
    (
        "density",
        lambda o: CountTraces(campaign=1, vector="鼠", when="前", found=1, checked=9),
        "clerk inspector",
    ),
    ("line", lambda o: AddLog(kind="会议", fields={"title": "例会"}), "clerk"),
    (
        "own line",
        lambda o: AddLog(kind="会议", fields={"title": "例会", "unit": 2}),
        "clerk liaison",
    ),
    (
        "duty done",
        lambda o: AddLog(kind="维修保养", fields={"duty": 1}),
        "clerk inspector",
    ),
    (
        "target",
        lambda o: SetTarget(indicator=indicator(o.town, "A01"), year=2026, value="9"),
        "leader",
    ),
    ("pledge", lambda o: SignPledge(unit=2, year=2026, lines={"A01": "8"}), "clerk"),
    ("facts", lambda o: TellFacts(zone=1, facts={"面积": 9}), "clerk"),
    ("summary", lambda o: DraftSummary(period="2026-02"), "clerk leader"),
    ("gaps", lambda o: CloseCampaign(campaign=1, reason="余下补做"), "leader"),
)
ACTORS = {"clerk": CLERK, "inspector": INSPECTOR, "leader": LEADER, "liaison": LIAISON}


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("row", MAY, ids=lambda row: row[0])
def test_each_may_do_what_is_theirs(
    office: Office, row: tuple[str, Callable[[Office], Action], str], who: str
) -> None:
    _name, make, allowed = row
    before = office.town.seq
    if who in allowed.split():
        office.do(make(office), actor=ACTORS[who])
        assert office.town.seq == before + 1
        office.undo(ACTORS[who])
    else:
        code = code_of(lambda: office.do(make(office), actor=ACTORS[who]))
        assert code in ("role", "not_own_unit")
        assert office.town.seq == before


def test_a_line_of_ones_own_cannot_be_made_anothers(office: Office) -> None:
    key = office.do(AddLog(kind="会议", fields={"unit": 2}), actor=LIAISON).of("logs")[0].id
    wish = CorrectLog(log=key, fields={"unit": 1}, reason="记错")
    assert code_of(lambda: office.do(wish, actor=LIAISON)) == "not_own_unit"
    office.do(wish, actor=CLERK)
    again = CorrectLog(log=key, fields={"title": "例会"}, reason="补名称")
    assert code_of(lambda: office.do(again, actor=LIAISON)) == "not_own_unit"


def log(fields: dict[str, Any], kind: str = "大扫除", on: date = FEB) -> AddLog:
    return AddLog(kind=kind, on=on, fields=fields)


def figure(text: str, code: str = "A01", **more: Any) -> dict[str, Any]:
    return {"figures": [{"indicator": code, "text": text}], "unit": 2, **more}


MONTH = {"until": date(2026, 2, 28)}
REFUSED: tuple[tuple[str, Action], ...] = (
    ("other_dimension", log(figure("5处"), on=JAN)),
    ("counted_indicator", log(figure("5", "D01"))),
    ("no_indicator", log(figure("5", "Z99"))),
    ("figure_twice", log({"figures": [{"indicator": "A03", "text": "5"}] * 2})),
    ("span_needed", log(figure("5"), kind="填报", on=JAN)),
    ("people_here", log({"people": 60})),
    ("unknown_word", log({}, kind="开会")),
    ("future_date", log({}, on=date(2027, 1, 1))),
    ("bad_period", log({"until": JAN})),
    ("late_key", log({"duty": 1, "key": "2026-01"}, kind="维修保养", on=date(2026, 3, 20))),
    ("no_instance", log({"duty": 1, "key": "2026-W07"}, kind="维修保养")),
    ("missing", VoidLog(log=1)),
    ("missing", CorrectLog(log=1, fields={"title": "x"})),
    ("nothing_changed", CorrectLog(log=1, fields={"unit": 2}, reason="x")),
    ("no_record", CorrectLog(log=99, fields={"unit": 2}, reason="x")),
    ("bad_credit_no", Edit(table="shops", record=1, fields={"credit_no": "91110108MA01ABCD1X"})),
    ("before_step", SignShops(shops=(1,), on=FEB, until=JAN)),
    ("more_than_plan", CoverZone(campaign=1, zone=1, fields={"rooms_plan": 5, "rooms_done": 6})),
    ("bad_cycle_day", SetTerms(duty=1, cycle="week", day="9")),
    ("unknown_word", Tick(campaign=1, name="口号")),
    ("missing", LayDrug(campaign=1, name="", kg="5")),
    ("ends_early", OpenCampaign(first=FEB, last=JAN)),
    ("one_part", SplitZone(zone=1, parts=({"code": "Z01A", "name": "一段东"},))),
    ("no_zone", TellFacts(zone=99, facts={"面积": 9})),
    ("bad_period", DraftSummary(period="2027")),
)


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: f"{row[0]} {type(row[1]).__name__}")
def test_what_is_wrong_is_refused_and_changes_nothing(
    office: Office, row: tuple[str, Action]
) -> None:
    code, action = row
    before = office.town.seq
    found = code_of(lambda: office.do(action))
    assert found == code
    assert office.town.seq == before


def test_spans_that_cross_are_refused_at_every_door(office: Office) -> None:
    office.do(log(figure("40", **MONTH), kind="填报", on=date(2026, 2, 1)))
    crossing = log(figure("9", until=date(2026, 3, 5)), kind="填报", on=date(2026, 2, 20))
    assert code_of(lambda: office.do(crossing)) == "overlap"
    made = office.do(log(figure("9", until=date(2026, 3, 15)), kind="填报", on=date(2026, 3, 1)))
    wish = CorrectLog(log=made.of("logs")[0].id, fields={"on": date(2026, 2, 20)}, reason="记错")
    assert code_of(lambda: office.do(wish)) == "overlap"
    void = office.do(VoidLog(log=made.of("logs")[0].id, reason="作废"))
    office.do(log(figure("9", until=date(2026, 3, 20)), kind="填报", on=date(2026, 3, 10)))
    assert void
    other = {**figure("7", **MONTH), "unit": 1}
    office.do(log(other, kind="填报", on=date(2026, 2, 1)))
    assert code_of(lambda: office.do(MergeUnits(unit=2, into=1))) in ("same_span", "overlap")


def test_merged_zones_tell_a_figure_once(office: Office) -> None:
    for zone in (1, 2):
        told = {**figure("9", "A03", **MONTH), "zone": zone}
        office.do(log(told, kind="填报", on=date(2026, 2, 1)))
    again = log({**figure("9", "A03", **MONTH), "zone": 1}, kind="填报", on=date(2026, 2, 1))
    assert code_of(lambda: office.do(again)) == "same_span"
    assert code_of(lambda: office.do(MergeZones(zone=2, into=1))) == "same_span"


def test_a_shop_under_another_keeper_and_its_undo(office: Office) -> None:
    office.do(SignShops(shops=(1,), on=JAN))
    before = office.town.tables["shops"][1]
    office.do(TransferShop(shop=1, on=FEB, fields={"name": "新利民"}))
    shop = office.town.tables["shops"][1]
    assert isinstance(shop, Shop)
    assert shop.name == "新利民" and shop.former == ("利民店",)
    assert shop.agreements[0].until == date(2026, 2, 9)
    office.undo()
    undone = office.town.tables["shops"][1]
    assert (undone.name, undone.agreements) == (before.name, before.agreements)
    office.do(CloseShop(shop=1, on=FEB))
    assert code_of(lambda: office.do(SignShops(shops=(1,)))) == "shop_closed"


def test_a_zone_is_split_in_one_step(office: Office) -> None:
    item = office.issued(zone=1)
    moved = office.issued(zone=1)
    parts = ({"code": "Z01A", "name": "一段东"}, {"code": "Z01B", "name": "一段西"})
    office.do(CoverZone(campaign=1, zone=1, fields={"rooms_plan": 4, "rooms_done": 4}))
    owed = owing(office.town, office.town.tables["campaigns"][1])
    office.do(SplitZone(zone=1, parts=parts, moves={moved: 1}, shops={1: 1}))
    # What the whole has told, its parts need not tell again.
    assert owing(office.town, office.town.tables["campaigns"][1]) == owed
    zones = {z.code: z for z in office.town.zones.values()}
    assert not zones["Z01"].active
    assert office.item(item).zone == zones["Z01A"].id
    assert office.item(moved).zone == zones["Z01B"].id
    assert office.town.tables["shops"][1].zone == zones["Z01B"].id
    for code in ("Z01A", "Z01B"):
        assert zones[code].split_from == zones["Z01"].id
        assert office.town.lead_of(zones[code].id, TODAY).id == 1
    office.undo()
    assert office.town.zones[1].active and office.item(moved).zone == 1
    assert office.town.tables["shops"][1].zone == 1


def test_words_of_a_clerk_survive_ten_drafts_and_a_signature_freezes(office: Office) -> None:
    key = office.do(DraftSummary(period="2026-02"), actor=CLERK).of("documents")[0].id

    def paper() -> Any:
        return office.town.documents[key]

    changed = paper().body[-1]
    office.do(
        EditSummary(
            document=key,
            texts={changed.key: changed.text + "成效明显。", "自拟1": "补记一段{A01}吨。"},
            parts={"自拟1": "存在问题"},
        ),
        actor=CLERK,
    )
    for day in range(1, 11):
        on = date(2026, 2, 10 + day)
        office.do(log({**figure("1", "A03"), "title": f"{day}"}, on=on), actor=CLERK)
        office.do(DraftSummary(period="2026-02"), actor=CLERK)
    texts = {p.key: p.text for p in paper().body}
    assert texts[changed.key].endswith("成效明显。") and texts["自拟1"] == "补记一段{A01}吨。"
    assert code_of(lambda: office.do(SignSummary(document=key), actor=CLERK)) == "role"
    office.do(SignSummary(document=key), actor=LEADER)
    frozen = paper().evidence
    office.do(log(figure("500", "A03"), on=date(2026, 2, 25)))
    assert paper().evidence == frozen and paper().state == DocumentState.SIGNED
    edit = EditSummary(document=key, texts={changed.key: "x"})
    assert code_of(lambda: office.do(edit, actor=CLERK)) == "document_is"


def test_every_step_is_taken_back(office: Office) -> None:
    steps: tuple[tuple[Action, Actor], ...] = (
        (SignShops(shops=(1,)), FOUNDER),
        (
            CheckShop(
                shop=1,
                score=5000,
                finding="门前堆物",
                report=True,
                category="市容环境",
                subcategory="暴露垃圾",
            ),
            FOUNDER,
        ),
        (Tick(campaign=1, name="用药"), FOUNDER),
        (LayDrug(campaign=1, name="毒饵", kg="5公斤"), FOUNDER),
        (VoidLog(log=1, reason="重复"), FOUNDER),
        (SetTarget(indicator=indicator(office.town, "A01"), year=2026, value="9"), FOUNDER),
        (SignPledge(unit=2, year=2026, lines={"A01": "8"}), FOUNDER),
        (TellFacts(zone=1, facts={"面积": 9, "党员": 3}), FOUNDER),
        (DraftSummary(period="2026-02"), FOUNDER),
    )
    tables = ("shops", "campaigns", "logs", "indicators", "pledges", "zones", "items", "documents")

    def state() -> dict[str, Any]:
        found: dict[str, Any] = {}
        for table in tables:
            rows = office.town.tables[table].values()
            found[table] = [
                {k: getattr(r, k) for k in r.__struct_fields__ if k != "revision"}
                for r in rows
                if getattr(r, "active", True)
            ]
        return found

    for action, actor in steps:
        before = state()
        office.do(action, actor=actor)
        assert state() != before, action
        office.undo(actor)
        after = state()
        kept = {t: after[t] for t in tables if t not in ("items", "documents")}
        assert kept == {t: before[t] for t in kept}, action
    assert isinstance(office.town.tables["logs"][1], Log)
