"""No way of changing a town leaves what does not hold: not adding, not undo, not undoing an undo."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests_support import CLERK, FOUNDER, LEADER, NOW, TODAY, Office

from core.actions.loop.decisions import Recall
from core.actions.loop.feedback import Submit
from core.actions.loop.handover import Extend, Reassign
from core.actions.loop.inspection import Pass
from core.actions.loop.leaving import Merge
from core.actions.loop.lookback import Reopen
from core.actions.loop.road import Accept, Assign, Report
from core.actions.registers import Add, AddZone, AssignZone, Edit, MergeUnits, MergeZones, Remember
from core.actions.wish import Undo, Wish
from core.changes import Changes
from core.deciding import decide
from core.errors import RuleError
from core.model import Channel, Part, Responsibility, Role, Route, Settings, Staff, Unit, Zone
from core.registers import unsound_tables
from core.roles import ALL_HANDS, Actor
from core.soundness import record_faults
from core.town.town import Moment, Town
from store.care.check import check

DUE = date(2026, 4, 2)


def refused(office: Office, seq: int) -> RuleError:
    with pytest.raises(RuleError) as caught:
        office.do(office.repository.undoing(seq))
    assert check(office.path).sound
    return caught.value


def last(office: Office) -> int:
    return int(office.town.seq)


def test_undoing_a_retire_makes_no_second_of_a_key(office: Office) -> None:
    for table, fields in (
        ("routes", {"category": "市容环境", "lead": 2}),
        (
            "rules",
            {"category": "市容环境", "subcategory": "其他", "condition": "雨天", "value": 3},
        ),
        ("views", {"name": "雨天", "query": "overdue", "key": 9}),
    ):
        key = office.do(Add(table=table, fields=fields)).of(table)[0].id
        office.do(Edit(table=table, record=key, fields={"active": False}))
        retired = last(office)
        office.do(Add(table=table, fields=fields))
        assert refused(office, retired).refusal.code in ("taken", "key_taken")


def test_undoing_an_edit_makes_no_second_of_a_key(office: Office) -> None:
    key = (
        office.do(Add(table="routes", fields={"category": "市容环境", "lead": 2}))
        .of("routes")[0]
        .id
    )
    office.do(Edit(table="routes", record=key, fields={"category": "宣传"}))
    edited = last(office)
    office.do(Add(table="routes", fields={"category": "市容环境", "lead": 3}))
    assert refused(office, edited).refusal.code == "taken"


def test_a_unit_is_not_taken_back_under_its_work(office: Office) -> None:
    new = office.do(Add(table="units", fields={"name": "园林所"})).of("units")[0].id
    added = last(office)
    key = office.accepted()
    office.do(Assign(item=key, lead=new, due=DUE))
    error = refused(office, added)
    assert error.refusal.code == "rests_on"
    assert error.refusal.fields["rests"] == {"items": ("CW-2026-0001",)}


def test_undoing_what_freed_a_retired_unit_is_refused(office: Office) -> None:
    route = (
        office.do(Add(table="routes", fields={"category": "宣传", "lead": 3})).of("routes")[0].id
    )
    office.do(Edit(table="routes", record=route, fields={"lead": 2}))
    freed = last(office)
    office.do(Edit(table="units", record=3, fields={"active": False}))
    error = refused(office, freed)
    assert error.refusal.fields["rests"] == {"routes": ("宣传",)}


def test_undoing_a_close_does_not_open_an_item_of_a_retired_zone(office: Office) -> None:
    zone = office.do(AddZone(fields={"code": "Z09", "name": "九段"})).of("zones")[0].id
    key = office.fed_back(zone=zone)
    office.do(Pass(item=key, finding="合格", on=TODAY), actor=LEADER)
    closed = last(office)
    office.do(Edit(table="zones", record=zone, fields={"active": False}))
    assert refused(office, closed).refusal.code == "rests_on"


def test_a_zone_never_has_two_leads_or_a_retired_one(office: Office) -> None:
    zone = office.do(AddZone(fields={"code": "Z09", "name": "九段"})).of("zones")[0].id
    office.do(AssignZone(zone=zone, unit=3, since=date(2026, 3, 1)))
    given = last(office)
    office.do(AssignZone(zone=zone, unit=2, since=date(2026, 3, 10)))
    moved = last(office)
    office.do(Edit(table="units", record=3, fields={"active": False}))
    assert refused(office, moved).refusal.code == "rests_on"
    assert refused(office, given).refusal.code == "built_on"


def test_a_request_is_not_brought_back_beside_another(office: Office) -> None:
    key = office.issued()
    asked = office.do(
        Extend(item=key, due=date(2026, 4, 3), reason="雨", channel=Channel.PAPER), actor=CLERK
    )
    office.do(Recall(request=asked.of("requests")[0].id), actor=CLERK)
    recalled = last(office)
    office.do(
        Extend(item=key, due=date(2026, 4, 3), reason="又雨", channel=Channel.PAPER), actor=CLERK
    )
    error = refused(office, recalled)
    assert error.refusal.code == "already_asked"


def test_a_main_item_is_not_taken_back_from_under_what_was_merged_into_it(office: Office) -> None:
    main, other = office.accepted(), office.accepted()
    reported = next(c.seq for c in office.repository.transactions() if c.op == "report")
    office.do(Merge(item=other, main=main))
    with pytest.raises(RuleError):
        office.do(office.repository.undoing(reported))
    assert check(office.path).sound


# What an older program left so


def test_what_was_left_so_is_told_and_hinders_only_what_touches_it(office: Office) -> None:
    office.left_so(
        "routes",
        Route(id=1, category="宣传", lead=2),
        Route(id=2, category="宣传", lead=3),
    )
    report = check(office.path)
    assert report.sound
    assert [f.code for f in report.findings if f.unsound] == ["unsound_taken"]
    office.reported()
    office.do(Add(table="routes", fields={"category": "市容环境", "lead": 2}))
    with pytest.raises(RuleError):
        office.do(Edit(table="routes", record=2, fields={"note": "x"}))
    office.do(Edit(table="routes", record=2, fields={"active": False}))
    assert not [f for f in check(office.path).findings if f.unsound]


def test_work_on_an_item_of_a_unit_that_was_left_retired_goes_on(office: Office) -> None:
    key = office.issued()
    office.left_so("units", replace(office.town.units[2], active=False))
    (finding,) = [f for f in check(office.path).findings if f.unsound]
    assert finding.fields["rests"]["items"] == ("CW-2026-0001",)
    office.do(Submit(item=key, measure="清", channel=Channel.PAPER))
    office.do(Pass(item=key, finding="合格", on=TODAY), actor=LEADER)


# Any town, any undo


def town_of() -> Town:
    town = Town()
    town.put("settings", Settings(id=1))
    town.put("staff", Staff(id=1, login="founder", roles=ALL_HANDS))
    for key, name in enumerate(("城管中队", "环卫所", "村建办"), start=1):
        town.put("units", Unit(id=key, name=name))
        town.put("zones", Zone(id=key, code=f"Z0{key}", name=f"第{key}段"))
        held = Responsibility(id=key, zone=key, unit=key, part=Part.LEAD, since=date(2026, 1, 1))
        town.put("responsibilities", held)
    return town


few = st.integers(1, 4)
names = st.sampled_from(["城管中队", "环卫所", "园林所", "第1段", "新段"])
days = st.dates(TODAY - timedelta(days=9), TODAY)
flags = st.fixed_dictionaries({"active": st.booleans()})
routes = st.fixed_dictionaries(
    {"category": st.sampled_from(["宣传", "市容环境"]), "lead": few},
    optional={"co": st.tuples(few), "zone": few},
)
rules = st.fixed_dictionaries(
    {
        "category": st.just("宣传"),
        "subcategory": st.just("其他"),
        "condition": st.sampled_from(["", "雨"]),
        "value": st.just(3),
    }
)
actions = st.one_of(
    st.builds(Report, zone=few, description=st.just("x"), found_on=days),
    st.builds(
        Accept, item=few, category=st.just("宣传"), subcategory=st.just("其他"), found_on=days
    ),
    st.builds(Assign, item=few, lead=few, due=st.just(DUE)),
    st.builds(Submit, item=few, measure=st.just("清"), channel=st.just(Channel.PAPER)),
    st.builds(Pass, item=few, finding=st.just("好")),
    st.builds(Reopen, item=few, lead=few, due=st.just(DUE), photos=st.just(("a.jpg",))),
    st.builds(Merge, item=few, main=few),
    st.builds(Reassign, item=few, lead=few, due=st.just(DUE), reason=st.just("r")),
    st.builds(
        Extend,
        item=few,
        due=st.just(DUE + timedelta(days=1)),
        reason=st.just("r"),
        channel=st.just(Channel.PAPER),
    ),
    st.builds(Recall, request=few),
    st.builds(Add, table=st.just("units"), fields=st.fixed_dictionaries({"name": names})),
    st.builds(Edit, table=st.just("units"), record=few, fields=flags),
    st.builds(
        Edit, table=st.just("units"), record=few, fields=st.fixed_dictionaries({"name": names})
    ),
    st.builds(MergeUnits, unit=few, into=few),
    st.builds(
        AddZone,
        fields=st.fixed_dictionaries({"code": st.sampled_from(["Z01", "Z09"]), "name": names}),
    ),
    st.builds(Edit, table=st.just("zones"), record=few, fields=flags),
    st.builds(
        Edit,
        table=st.just("zones"),
        record=few,
        fields=st.fixed_dictionaries({"parent": st.none() | few}),
    ),
    st.builds(MergeZones, zone=few, into=few),
    st.builds(AssignZone, zone=few, unit=few, since=days),
    st.builds(Add, table=st.just("routes"), fields=routes),
    st.builds(Edit, table=st.just("routes"), record=few, fields=flags | routes),
    st.builds(Add, table=st.just("rules"), fields=rules),
    st.builds(Edit, table=st.just("rules"), record=few, fields=flags),
    st.builds(
        Add,
        table=st.just("staff"),
        fields=st.fixed_dictionaries(
            {
                "login": st.sampled_from(["li", "wang"]),
                "roles": st.just((Role.LIAISON,)),
                "unit": few,
            }
        ),
    ),
    st.builds(Edit, table=st.just("staff"), record=few, fields=flags),
    st.builds(
        Add,
        table=st.just("views"),
        fields=st.fixed_dictionaries({"name": names, "query": st.just("overdue"), "key": few}),
    ),
    st.builds(Edit, table=st.just("views"), record=few, fields=flags),
    st.builds(Remember, sender=names, units=st.dictionaries(names, few, max_size=1)),
)
HANDS = (FOUNDER, CLERK, LEADER, Actor("founder", ALL_HANDS))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_undo_of_any_change_leaves_a_sound_town_or_is_refused(data: Any) -> None:
    town = town_of()
    done: list[Changes] = []

    def take(action: Any, actor: Actor) -> None:
        try:
            changes = decide(town, Wish(action), actor, Moment(NOW, TODAY))
        except RuleError as error:
            if error.refusal.code == "rests_on":
                assert error.refusal.fields["rests"]
            return
        changes = changes.numbered(town.seq + 1)
        town.apply(changes)
        done.append(changes)
        assert unsound_tables(town.tables, TODAY) == []
        assert [f.code for f in record_faults(town.tables)] == []

    for _ in range(data.draw(st.integers(5, 40))):
        if done and data.draw(st.integers(0, 3)) == 0:
            take(Undo(earlier=data.draw(st.sampled_from(done))), HANDS[0])
        else:
            take(data.draw(actions), data.draw(st.sampled_from(HANDS)))
