"""Suggestions with their reasons, rules and routes, the holiday notice, samples, provisional days."""

from datetime import date
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace
from tests_support import CLERK, FOUNDER, LEADER, NOW, TODAY, Office

from core.actions.loop.correcting import Correct
from core.actions.loop.handover import Extend
from core.actions.loop.road import Accept, Assign
from core.actions.registers import Add, AssignZone, Edit, Recount, SetHolidays
from core.actions.wish import Wish
from core.calendar.holiday_notice import merged, read_notice
from core.calendar.holidays import TABLE, Year
from core.calendar.working_days import OFFICIAL, Deadline, Kind
from core.day.lookback_sample import sample
from core.day.routing import suggest, word_of
from core.errors import RuleError
from core.model import Assignment, Channel, Item, Proposed, State
from core.registers.defaults import default_rules
from core.town.facts import Facts
from core.town.town import Moment
from core.words.categories import CATEGORIES
from core.words.dates import Period
from core.words.deadlines import deadline_of


def refused(office: Office, action: Any) -> str:
    with pytest.raises(RuleError) as caught:
        office.do(action)
    return caught.value.refusal.code


def test_every_kind_of_problem_has_a_rule() -> None:
    rules = default_rules()
    kinds = {(rule.category, rule.subcategory) for rule in rules}
    assert kinds == {(c, s) for c, subs in CATEGORIES.items() for s in subs}
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(rule.close_standard and rule.severity and rule.chapter for rule in rules)


@pytest.mark.parametrize(
    "deadline",
    [
        Deadline(Kind.SAME_DAY),
        Deadline(Kind.HOURS, 24),
        Deadline(Kind.WORK_DAYS, 3),
        Deadline(Kind.NATURAL_DAYS, 15),
    ],
)
def test_a_rule_is_worded_so_that_it_reads_back(deadline: Deadline) -> None:
    assert deadline_of(word_of(deadline), TODAY, Period(TODAY)).value == deadline


def test_the_deadline_comes_from_the_rule_and_the_unit_from_the_zone(office: Office) -> None:
    key = office.reported(category="市容环境", subcategory="乱贴乱画")
    found = suggest(office.town, office.item(key), TODAY)
    assert (found.deadline, found.due) == ("2个工作日", date(2026, 4, 2))
    assert found.due_why is not None and found.due_why.code == "rule"
    assert found.lead == 1
    assert found.lead_why is not None and found.lead_why.code == "zone"
    assert found.requirement


def test_routes_stand_before_the_zone_and_the_narrower_before_the_wider(office: Office) -> None:
    key = office.reported(category="市容环境", subcategory="乱贴乱画")
    seen = []
    for fields in (
        {"category": "市容环境", "lead": 2},
        {"category": "市容环境", "lead": 3, "zone": 1},
        {"category": "市容环境", "subcategory": "乱贴乱画", "lead": 2, "co": (1,)},
        {"category": "市容环境", "subcategory": "乱贴乱画", "lead": 3, "zone": 1},
    ):
        office.do(Add(table="routes", fields=fields))
        found = suggest(office.town, office.item(key), TODAY)
        seen.append((found.lead, found.co, found.lead_why and found.lead_why.code))
    assert seen == [(2, (), "route"), (3, (), "route"), (2, (1,), "route"), (3, (), "route")]
    office.left_so("units", replace(office.town.units[3], active=False))
    assert suggest(office.town, office.item(key), TODAY).lead == 2


def test_what_a_ledger_said_stands_first_and_the_past_last(office: Office) -> None:
    key = office.reported(proposed=Proposed(lead=3))
    assert suggest(office.town, office.item(key), TODAY).lead == 3
    before = office.accepted(zone=2)
    office.do(Assign(item=before, lead=3, due=TODAY))
    again = office.reported(zone=2, category="市容环境", subcategory="暴露垃圾")
    found = suggest(office.town, office.item(again), TODAY)
    assert found.lead == 3
    assert found.lead_why is not None and found.lead_why.code == "last"
    office.do(AssignZone(zone=2, unit=2, since=TODAY))
    assert suggest(office.town, office.item(again), TODAY).lead == 2


def test_the_category_is_told_by_the_text(office: Office) -> None:
    for text, kind in (
        ("人行道上有3处流动摊贩", "流动摊贩"),
        ("路灯不亮2盏", "路灯不亮"),
        ("消防通道被占用停车", "占用消防通道"),
        ("说不清的事情", ""),
    ):
        found = suggest(office.town, Item(id=9, description=text), TODAY)
        assert found.subcategory == kind
        assert (found.category_why is None) == (not kind)


def test_works_are_planned_not_given_a_deadline(office: Office) -> None:
    key = office.reported(category="基础设施", subcategory="排水管网")
    found = suggest(office.town, office.item(key), TODAY)
    assert (found.deadline, found.due, found.suspend_days) == ("", None, 240)


def test_a_changed_rule_moves_no_issued_deadline(office: Office) -> None:
    key = office.issued()
    rule = next(r for r in office.town.rules.values() if r.subcategory == "暴露垃圾")
    before = office.item(key)
    office.do(Edit(table="rules", record=rule.id, fields={"kind": "work_days", "value": 9}))
    assert office.item(key) == before
    other = office.reported(category="市容环境", subcategory="暴露垃圾")
    assert suggest(office.town, office.item(other), TODAY).deadline == "9个工作日"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"category": "市容环境", "subcategory": "没有", "value": 1}, "unknown_subcategory"),
        ({"category": "宣传", "subcategory": "其他", "kind": "weeks", "value": 1}, "unknown_word"),
        ({"category": "宣传", "subcategory": "其他", "value": 0}, "missing"),
        ({"category": "宣传", "subcategory": "其他", "value": 1, "chapter": 9}, "not_between"),
        ({"category": "宣传", "subcategory": "其他", "value": 1, "deduct": -3}, "not_between"),
        ({"category": "宣传", "subcategory": "资料档案", "value": 1}, "taken"),
    ],
)
def test_what_a_rule_must_be(office: Office, fields: dict[str, Any], code: str) -> None:
    assert refused(office, Add(table="rules", fields=fields)) == code


def test_a_route_must_lead_to_a_unit_in_use(office: Office) -> None:
    assert refused(office, Add(table="routes", fields={"lead": 99})) == "no_unit"
    office.do(Add(table="routes", fields={"lead": 1, "zone_kind": "村"}))
    assert refused(office, Add(table="routes", fields={"lead": 2, "zone_kind": "村"})) == "taken"


# The calendar


def test_an_issue_on_the_thirteenth_of_february(office: Office) -> None:
    """D11.2."""
    three = Deadline(Kind.WORK_DAYS, 3)
    assert OFFICIAL.due_on(three, date(2026, 2, 13)) == date(2026, 2, 25)
    assert not OFFICIAL.provisional(three, date(2026, 2, 13))
    assert OFFICIAL.provisional(Deadline(Kind.WORK_DAYS, 5), date(2026, 12, 28))
    assert not OFFICIAL.provisional(Deadline(Kind.SAME_DAY), date(2027, 3, 1))


NOTICE = """2027年部分节假日安排如下：
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日放假，共3天。"""


def told(text: str) -> tuple[int, Any]:
    notice = read_notice(text)
    return notice.year, notice.table


def december(office: Office) -> tuple[int, Any]:
    """An item issued on 28 December 2026 with five working days."""
    now = NOW.replace(month=12, day=28)
    key = office.accepted()
    wish = Wish(Assign(item=key, lead=2, due=date(2027, 1, 4), deadline="5个工作日"))
    office.repository.commit([wish], CLERK, now)
    return key, now


def test_a_deadline_without_a_table_is_provisional_and_counted_again(office: Office) -> None:
    key, now = december(office)
    facts = Facts(office.town, date(2026, 12, 28))
    assert facts.provisional(office.item(key))
    assert "provisional" in facts.flags(office.item(key))
    with pytest.raises(RuleError) as caught:
        office.repository.commit([Wish(Recount(item=key))], LEADER, now)
    assert caught.value.refusal.code == "not_provisional"
    year, table = told(NOTICE)
    set_ = Wish(SetHolidays(year=year, rest=table.rest, work=table.work, source="国办发明电"))
    office.repository.commit([set_], CLERK, now)
    assert not office.town.calendar.is_workday(date(2027, 2, 8))
    with pytest.raises(RuleError):
        office.repository.commit([Wish(Recount(item=key))], CLERK, now)
    office.repository.commit([Wish(Recount(item=key))], LEADER, now)
    assignment = office.item(key).assignment
    assert (assignment.due, assignment.provisional) == (date(2027, 1, 5), False)
    office.repository.write_snapshot()
    from tests_support import open_again

    again = open_again(office)
    assert again.town.calendar.official(2027)
    assert Moment.of(now, again.town).calendar.official(2027)
    again.close()


def test_the_notice_is_read() -> None:
    year, table = told(NOTICE)
    assert year == 2027
    assert table.rest == ("0101-0103", "0205-0211", "0403-0405")
    assert table.work == ("0131", "0220")
    one = "1月1日（周四）至3日放假调休，共3天。1月4日（周日）上班。"
    assert read_notice(one, 2026).table.rest == TABLE[2026].rest[:1]
    assert read_notice(one, 2026).table.work == TABLE[2026].work[:1]


@pytest.mark.parametrize(
    ("text", "rest", "work"),
    [
        ("1月1日（周四）至3日放假调休，共3天，1月4日（周日）上班。", "0101-0103", ("0104",)),
        ("1月1日（周四）\n至3日（周六）放假调休，共3天。", "0101-0103", ()),
        ("2026年1月1日（周四）–3日（周六）放假，共3天。", "0101-0103", ()),
        ("12月30日至2027年1月2日放假，共4天。", "1230-1231", ()),
    ],
)
def test_a_notice_as_mail_programs_and_offices_write_it(
    text: str, rest: str, work: tuple[str, ...]
) -> None:
    table = read_notice(text, 2026).table
    assert (table.rest, table.work) == ((rest,), work)


@pytest.mark.parametrize(
    ("text", "year", "code"),
    [
        ("1月1日（周四）放假", None, "no_year"),
        ("1月1日（周四）至3日放假", 2027, "wrong_weekday"),
        ("1月1日至3日放假，共4天", 2026, "bad_notice"),
        ("2月30日放假", 2026, "bad_notice"),
        ("没有日期", 2026, "bad_notice"),
    ],
)
def test_a_notice_that_does_not_fit_is_refused(text: str, year: int | None, code: str) -> None:
    with pytest.raises(RuleError) as caught:
        read_notice(text, year)
    assert caught.value.refusal.code == code


# Samples


def test_a_sample_is_seeded_stratified_and_holds_all_that_was_supervised() -> None:
    items = [
        Item(id=n, state=State.CLOSED, zone=n % 3, assignments=(Assignment(lead=1 + n % 4),))
        for n in range(1, 81)
    ] + [Item(id=200 + n, state=State.CLOSED, level_max=2) for n in range(3)]
    first = sample(items, 0.15, Random(7))
    assert first == sample(reversed(items), 0.15, Random(7))
    assert first != sample(items, 0.15, Random(8))
    assert {200, 201, 202} <= {item.id for item in first}
    for lead in range(1, 5):
        assert sum(bool(i.assignment) and i.assignment.lead == lead for i in first) == 3
    assert [i.zone or 0 for i in first] == sorted(i.zone or 0 for i in first)
    assert sample(items[:1], 0.1, Random(1)) == items[:1]


def test_accepting_takes_severity_and_standard_from_the_rule(office: Office) -> None:
    key = office.reported()
    office.do(Accept(item=key, category="市容环境", subcategory="暴露垃圾"))
    rule = next(r for r in office.town.rules.values() if r.subcategory == "暴露垃圾")
    item = office.item(key)
    assert (item.severity, item.close_standard) == (rule.severity, rule.close_standard)
    office.do(Correct(item=key, fields={"severity": "严重"}))
    assert office.item(key).severity == "严重"


def test_an_extension_into_a_year_without_a_table_is_counted_from_the_old_deadline(
    office: Office,
) -> None:
    now = NOW.replace(month=12, day=28)
    key = office.accepted()
    issue = Wish(Assign(item=key, lead=2, due=date(2026, 12, 31), deadline="3个工作日"))
    office.repository.commit([issue], CLERK, now)
    assert not office.item(key).assignment.provisional
    later = Extend(
        item=key,
        due=date(2027, 1, 4),
        deadline="2个工作日",
        reason="雪",
        channel=Channel.PHONE,
    )
    office.repository.commit([Wish(later)], FOUNDER, now)
    assert office.item(key).assignment.provisional
    year, table = told(NOTICE)
    set_ = Wish(SetHolidays(year=year, rest=table.rest, work=table.work))
    for wish in (set_, Wish(Recount(item=key))):
        office.repository.commit([wish], FOUNDER, now)
    assert office.item(key).assignment.due == date(2027, 1, 5)


WHOLE_2024 = """国务院办公厅关于2024年部分节假日安排的通知
国办发明电〔2023〕7号
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。"""


def test_what_a_notice_only_hopes_for_is_no_day_off() -> None:
    notice = read_notice(WHOLE_2024)
    assert notice.whole
    assert notice.table == TABLE[2024]
    joined = WHOLE_2024.replace("上班。鼓励", "上班，鼓励")
    assert read_notice(joined).table == TABLE[2024]


def test_a_notice_about_one_stretch_leaves_the_rest() -> None:
    text = """国务院办公厅关于调整2026年劳动节假期安排的通知
2026年5月1日至6日放假调休，共6天。5月9日（星期六）、5月10日（星期日）上班。"""
    notice = read_notice(text)
    assert not notice.whole
    new, gone = merged(TABLE[2026], notice)
    others = [span for span in TABLE[2026].rest if not span.startswith("05")]
    assert new.rest == tuple(sorted([*others, "0501-0506"]))
    assert {"0509", "0510"} <= set(new.work)
    assert all(day.month in (4, 5) for day in gone)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("将2020年春节假期延长至2月2日（星期日），2月3日（星期一）起正常上班。", "0124", "0202"),
        ("2020年1月24日至30日的春节假期延长至2月2日。", "0124", "0202"),
    ],
)
def test_a_holiday_is_prolonged(text: str, first: str, last: str) -> None:
    before = Year(rest=("0101", "0124-0130", "0404-0406"), work=("0119",))
    new, _gone = merged(before, read_notice(text))
    assert f"{first}-{last}" in new.rest
    assert "0404-0406" in new.rest
    assert new.work == ("0119",)


def test_a_stretch_is_moved_and_the_days_that_go_are_named() -> None:
    text = "2026年清明节放假时间由4月4日至6日调整为4月3日至5日。"
    new, gone = merged(TABLE[2026], read_notice(text))
    assert "0403-0405" in new.rest
    assert date(2026, 4, 6) in gone


def test_regional_days_come_on_top() -> None:
    text = "自治区人民政府关于2026年“三月三”放假的通知：4月18日至22日放假，共5天。"
    notice = read_notice(text)
    assert notice.adds
    new, gone = merged(TABLE[2026], notice)
    assert set(TABLE[2026].rest) < set(new.rest)
    assert not gone
