"""What real offices send: headers in their own words, feet, headings, notes beside cells, odd values."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from front_door import (
    HEAD,
    PLAIN,
    TODAY,
    Rows,
    codes,
    data_of,
    ledger,
    move,
    moved,
    office,
    read,
    sheet_of,
)
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests_support import FOUNDER, NOW

from core.ledger.moving_in import Mover
from core.ledger.outcome import RowChoice
from core.ledger.row_reader import Reader
from core.model import Item, State
from store.care.check import check
from store.history.repository import Repository
from store.ledgers.headers import HEADERS


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Repository]:
    yield from office(tmp_path)


# Values


def test_blanks_and_breaks_inside_names_do_not_matter(town: Repository) -> None:
    rows = [
        HEAD,
        [1, "占道 经营", "2026.5.20", "文化路", "摊点占道", "城 管队", "当天", ""],
        [
            2,
            "占道\n经营",
            "2026.5.20",
            "文化路",
            "摊点占道2",
            "城管\n中队、环卫 所",
            "3 个工作日",
            "",
        ],
    ]
    first, second = read(town, rows).entries
    assert {first.record["category"], second.record["category"]} == {"占道经营"}
    assert {first.record["lead_unit"], second.record["lead_unit"]} == {"城管中队"}
    assert second.record["co_units"] == ["环卫所"]


def test_numbers_of_csv_and_of_1904(town: Repository) -> None:
    text = "序号,检查时间,点位,存在问题,责任单位,整改时限\n1,46162,文化路,摊点占道,城管队,46165\n"
    (entry,) = read(town, text.encode(), "a.csv").entries
    assert (entry.record["found_on"], entry.record["due_on"]) == (
        date(2026, 5, 20),
        date(2026, 5, 23),
    )
    book = sheet_of([HEAD, [1, "占道经营", "2026-5-20", "文化路", "摊点", "城管队", 5.26, ""]])
    book.epoch = CALENDAR_MAC_1904
    (entry,) = read(town, data_of(book)).entries
    assert entry.record["due_on"] == date(2026, 5, 26)


def test_a_csv_that_guards_its_texts(town: Repository) -> None:
    text = '点位,问题描述,责任单位,检查时间\n="桂花街1号",="沟盖板""缺失",城管中队,="2026-11-20"\n'
    (entry,) = read(town, text.encode(), "a.csv").entries
    assert (entry.record["location"], entry.record["description"]) == ("桂花街1号", '沟盖板"缺失')
    assert entry.record["found_on"] == date(2026, 11, 20)


def test_a_text_as_long_as_a_cell_is_kept_whole(town: Repository) -> None:
    text = "路面积水；" * 6_000
    (entry,) = read(town, [["点位", "存在问题"], ["文化路", text]]).entries
    assert entry.record["description"] == text


def test_a_number_that_lost_its_last_figures_is_doubted(town: Repository) -> None:
    rows = [["来件编号", "点位", "问题描述"], [20261120001234567, "桥头", "垃圾"]]
    (entry,) = read(town, rows).entries
    assert ("long_number", "external_no") in codes(entry)


def test_who_filled_it_in_leads_where_only_helpers_are_named(town: Repository) -> None:
    rows = [
        ["填报单位：镇城管", "", "", "", "填报时间：2026.5.12", ""],
        ["序号", "检查时间", "点位", "存在问题", "配合单位", "整改时限"],
        [1, "2026.5.6", "文化路", "井盖破损", "", "3个工作日"],
        [2, "2026.5.6", "文化路", "井盖缺失", "小学", "3个工作日"],
    ]
    for entry in read(town, rows).entries:
        assert entry.record["lead_unit"] == "城管中队"


def test_what_stands_beside_cells_is_told(town: Repository) -> None:
    book = sheet_of([["点位", "问题描述", "责任单位"], PLAIN[:3], ["桥头", "垃圾", "环卫所"]])
    sheet = book.active
    sheet["B2"].comment = Comment("领导批示：本周内办结", "甲")
    sheet["A3"].font = Font(strike=True)
    sheet.column_dimensions["C"].hidden = True
    data = data_of(book)
    first, second = read(town, data).entries
    assert "领导批示：本周内办结" in first.record["note"]
    assert ("comment", "description") in codes(first)
    assert ("struck", "") in codes(second)
    assert [(c.header, c.why) for c in ledger(town, data).columns] == [("责任单位", "hidden")]


# Moving in

MOVED = [
    "序号",
    "检查日期",
    "责任区",
    "点位",
    "存在问题",
    "责任单位",
    "整改时限",
    "完成日期",
    "整改状态",
]


def test_a_year_moves_in_by_its_title_and_its_words(town: Repository) -> None:
    rows = [
        ["2025年创卫问题整改台账", *[""] * 8],
        ["填报单位：镇创卫办", "", "", "填报日期：2025年12月31日", *[""] * 5],
        MOVED,
        [1, "4月2日", "Z01", "3号门前", "乱堆杂物", "城管队", "2025-04-05", "4月5日", "已销号"],
        [2, "12月21日", "Z01", "5号门前", "乱堆杂物", "城管队", "12月25日", "2025-12-25", "销号"],
        [3, "2025-06-03", "Z01", "6号门前", "乱堆", "城管队", "3日内", "2025-06-05", "已整改"],
        [4, "2025-06-03", "Z01", "7号门前", "乱堆", "城管队", "长期", "", "整改中"],
        [5, "2025-06-03", "Z01", "8号门前", "乱堆", "没听过的队", "3天", "", "未整改"],
        [6, "2025-06-03", "Z01", "9号门前", "乱堆", "城管队", "3天", "", "已销号"],
    ]
    items = moved(town, rows)
    assert [item.number for item in items] == [f"CW-2025-000{n}" for n in range(1, 7)]
    assert [item.state for item in items] == [
        State.CLOSED,
        State.CLOSED,
        State.AWAITING,
        State.RECTIFYING,
        State.RECTIFYING,
        State.CLOSED,
    ]
    assert [item.found_on for item in items[:2]] == [date(2025, 4, 2), date(2025, 12, 21)]
    assert [item.closed_on for item in items[:2]] == [date(2025, 4, 5), date(2025, 12, 25)]
    assert items[2].assignment is not None
    assert items[2].assignment.due == date(2025, 6, 6)
    assert "责任单位：没听过的队" in items[4].note
    assert items[5].closed_on is None
    report = check(town.path)
    assert not [f for f in report.findings if f.grave or f.unsound]
    assert {entry.action for entry in move(town, rows).entries} == {"same"}


def test_a_find_without_a_year_is_of_the_year_its_row_goes_on_in(town: Repository) -> None:
    rows = [
        MOVED[1:],
        ["4月2日", "Z01", "门口", "乱堆", "城管队", "2025-04-05", "2025-04-05", "已销号"],
    ]
    intake = move(town, rows)
    (entry,) = intake.entries
    assert entry.record["found_on"] == date(2025, 4, 2)
    assert ("year_of_row", "found_on") in codes(entry)


def test_a_word_can_be_told_to_close_and_a_category_to_be_one_of_the_nine(
    town: Repository,
) -> None:
    rows = [
        ["检查日期", "点位", "存在问题", "问题类别", "责任单位", "完成日期", "整改状态"],
        ["2025-6-3", "桥头", "乱堆", "环境卫生", "城管队", "2025-6-5", "已整改"],
    ]
    (entry,) = move(town, rows).entries
    assert ("unknown", "category") in codes(entry)
    (item,) = moved(town, rows, words={"已整改": "closed", "环境卫生": "市容环境"})
    assert (item.state, item.category) == (State.CLOSED, "市容环境")


def test_a_row_is_turned_away_only_with_neither_text_nor_place(town: Repository) -> None:
    rows = [
        ["序号", "检查日期", "点位", "存在问题", "责任单位", "状态"],
        [1, "2025-6-3", "", "乱堆", "城管队", "已销号"],
        [2, "2025-6-3", "桥头", "", "城管队", "已销号"],
        [3, "2025-6-3", "", "", "城管队", "已销号"],
    ]
    intake = move(town, rows)
    assert [entry.row for entry in intake.entries] == [2, 3]
    assert [(s.row, s.why.code) for s in intake.rejected] == [(4, "nothing_told")]


# The same problem is one item

ORDERED = ["来件编号", "点位", "问题描述", "责任单位", "检查时间", "整改时限"]


def ordered(at: int, text: str = "沟盖板缺失") -> list[str]:
    return [f"A00{at}", f"桂花街{at}号", f"{text}{at}处", "城管中队", "2026-11-20", "2026-12-10"]


def test_a_total_and_its_parts_are_one(town: Repository) -> None:
    book = sheet_of([ORDERED, ordered(1), ordered(2), ordered(3)], name="总台账")
    for name, rows in {"未完成": [2], "城管中队": [1, 2, 3]}.items():
        sheet = book.create_sheet(name)
        for row in [ORDERED, *map(ordered, rows)]:
            sheet.append(row)
    intake = read(town, data_of(book))
    assert [entry.row for entry in intake.entries] == [2, 3, 4]
    assert [(s.sheet, s.row, s.why.code, s.why.value) for s in intake.skipped] == [
        ("未完成", 2, "copy", "总台账 3"),
        ("城管中队", 2, "copy", "总台账 2"),
        ("城管中队", 3, "copy", "总台账 3"),
        ("城管中队", 4, "copy", "总台账 4"),
    ]
    other = [ORDERED, [*ordered(1)[:1], *ordered(2)[1:]]]  # another number: another problem
    sheet = book.create_sheet("热线")
    for row in other:
        sheet.append(row)
    assert len(read(town, data_of(book)).entries) == 4


def commit(town: Repository, rows: Rows) -> None:
    intake = read(town, rows)
    town.commit(intake.wishes, FOUNDER, NOW.replace(month=11, day=26), op="import")


def test_a_senders_number_that_is_here_is_a_doubt_and_may_be_added(town: Repository) -> None:
    commit(town, [ORDERED, ["20261120001", *ordered(1)[1:]]])
    (item,) = [i for i in town.town.items.values() if i.external_no == "20261120001"]
    rows = [
        ORDERED,
        ["20261120001", "桂花街1号", "反映又缺了（再次来电催办）", "", "2026-11-22", ""],
    ]
    found = ledger(town, data_of(sheet_of(rows)))
    (entry,) = Reader(town.town, FOUNDER, TODAY).read(found.rows).entries
    assert entry.action == "new"
    assert [(d.code, d.value) for d in entry.doubts if d.field == "external_no"] == [
        ("order_known", item.label)
    ]
    chosen = {(entry.sheet, entry.row): RowChoice.SURE}
    (entry,) = Reader(town.town, FOUNDER, TODAY).read(found.rows, chosen).entries
    assert (entry.action, entry.item) == ("update", item.id)
    before = len(town.town.items)
    town.commit(list(entry.wishes), FOUNDER, NOW.replace(month=11, day=26), op="import")
    assert len(town.town.items) == before
    assert "反映又缺了" in town.town.item(item.id).note


def test_an_edited_row_is_proposed_as_its_item(town: Repository) -> None:
    commit(town, [ORDERED, ordered(1, "沟盖板缺失严重影响行人通行")])
    before = len(town.town.items)
    intake = read(town, [ORDERED, ordered(1, "沟盖板缺失，影响行人通行，共")])
    (entry,) = intake.entries
    assert entry.action == "conflict"
    assert ("edited", "description") in codes(entry)
    both = [
        ORDERED,
        ordered(1, "沟盖板缺失严重影响行人通行"),
        ordered(1, "沟盖板缺失，影响行人通行，共"),
    ]
    assert [e.action for e in read(town, both).entries] == ["same", "new"]
    assert len(town.town.items) == before


def test_what_was_here_before_is_told(town: Repository) -> None:
    commit(
        town, [ORDERED, ["", "桂花街1号", "沟盖板缺失影响行人通行", "城管中队", "2026-11-20", ""]]
    )
    rows = [ORDERED, ["", "桂花街1号", "沟盖板缺失影响行人", "城管中队", "2026-11-25", ""]]
    (entry,) = read(town, rows).entries
    assert entry.action == "new"
    assert ("came_before", "description") in codes(entry)


def test_a_year_nobody_wrote_is_said_to_be_assumed(town: Repository) -> None:
    rows = [MOVED[1:], ["4月2日", "Z01", "门口", "乱堆", "城管队", "3天", "4月5日", "已销号"]]
    (entry,) = move(town, rows).entries
    assert ("year_assumed", "found_on") in codes(entry)
    (entry,) = move(town, rows, year=2025).entries
    assert entry.record["found_on"] == date(2025, 4, 2)
    assert ("year_assumed", "found_on") not in codes(entry)


# What a stranger's nasty sheets taught

PLAIN_HEAD = ["地点", "存在问题", "责任单位", "检查日期"]
PLAIN_ROW = ["第一段", "乱摆摊", "城管队", "2026-11-20"]


def test_a_part_adds_to_the_total_and_what_differs_is_doubted(town: Repository) -> None:
    book = sheet_of([[*PLAIN_HEAD, "整改期限"], [*PLAIN_ROW, "2026-11-25"]], name="总表")
    part = book.create_sheet("城区")
    part.append([*PLAIN_HEAD, "整改期限", "整改情况"])
    part.append([*PLAIN_ROW, "2026-11-28", "已整改"])
    (entry,) = read(town, data_of(book)).entries
    assert (entry.claim, entry.record["progress"]) == ("done", "已整改")
    assert entry.record["due_on"] == date(2026, 11, 25)
    assert ("copy_differs", "due_on") in codes(entry)


def test_a_second_header_with_a_word_nobody_knows_turns_the_columns(town: Repository) -> None:
    rows = [
        [*PLAIN_HEAD, "整改期限"],
        [*PLAIN_ROW, "3天"],
        ["责任单位", "整改期限", "地点", "存在问题", "甲乙丙", "检查日期"],
        ["派出所", "2026-11-22", "第七段", "犬只无绳", "丁", "2026-11-18"],
    ]
    _first, second = read(town, rows).entries
    assert second.record["location"] == "第七段"
    assert second.record["due_on"] == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["农贸市场片区负责人：", "赵某", "", "2026-11-26"], "note"),
        (["检查人", "陈某", "记录人", "孙某"], "note"),
        (["以上属实", "王某（签字）", "", ""], "note"),
        (["平均", 2.5, "", ""], "total"),
        (["五、其他", "无", "/", "/"], "section"),
        (["第三段", "未发现问题", "小学", "2026-11-20"], "no_problem"),
    ],
)
def test_a_row_that_is_no_problem_is_skipped_and_says_why(
    town: Repository, row: list[Any], why: str
) -> None:
    intake = read(town, [PLAIN_HEAD, PLAIN_ROW, row])
    assert len(intake.entries) == 1
    assert [s.why.code for s in intake.skipped] == [why]


@pytest.mark.parametrize(
    ("due", "day"),
    [("三日内（11月30日）", date(2026, 11, 30)), ("11月25日（延至12月2日）", date(2026, 12, 2))],
)
def test_the_day_named_in_brackets_holds(town: Repository, due: str, day: date) -> None:
    (entry,) = read(town, [[*PLAIN_HEAD, "整改期限"], [*PLAIN_ROW, due]]).entries
    assert entry.record["due_on"] == day


@pytest.mark.parametrize("progress", ["已整改，后又反弹", "12月5日完成", "拟于12月5日完成"])
def test_what_came_back_or_is_to_come_is_no_claim(town: Repository, progress: str) -> None:
    (entry,) = read(town, [[*PLAIN_HEAD, "整改情况"], [*PLAIN_ROW, progress]]).entries
    assert entry.claim != "done"


def test_words_are_no_photos_and_whole_numbers_have_no_point(town: Repository) -> None:
    head = [*PLAIN_HEAD, "整改后照片", "联系电话"]
    rows = [
        head,
        [*PLAIN_ROW, "见微信群", 13912345678],
        ["第二段", "烟头", "城管队", "2026-11-20", "a.jpg", 5],
    ]
    first, second = read(town, rows).entries
    assert first.record["photos_after"] == []
    assert ("no_photo", "photos_after") in codes(first)
    assert first.record["note"] == "联系电话：13912345678"
    assert second.record["photos_after"] == ["a.jpg"]


def test_the_same_as_above_where_nothing_stands_is_nothing(town: Repository) -> None:
    rows = [[*PLAIN_HEAD, "整改情况"], [*PLAIN_ROW, ""], ["第二段", "烟头", "同上", "〃", "同上"]]
    _first, second = read(town, rows).entries
    assert second.record["lead_unit"] == "城管中队"
    assert second.record["progress"] is None
    assert ("nothing_above", "progress") in codes(second)


def test_parts_of_a_year_that_moves_in_are_one_as_well(town: Repository) -> None:
    head = ["检查日期", "点位", "存在问题", "责任单位", "整改状态"]
    row = ["2025-6-3", "桥头", "乱堆", "城管队", "整改中"]
    book = sheet_of([head, row, ["2025-6-4", "桥尾", "油污", "城管队", "整改中"]], name="总表")
    part = book.create_sheet("城管")
    for line in (head, ["2025.6.3", "桥头", "乱堆", "城管队", "已销号"]):
        part.append(line)
    found = ledger(town, data_of(book))
    intake = Mover(town.town, FOUNDER, TODAY, "a", headers=HEADERS).read(found.rows)
    assert [entry.row for entry in intake.entries] == [2, 3]
    assert [s.why.code for s in intake.skipped] == ["copy"]
    assert ("copy_differs", "state") in codes(intake.entries[0])


def test_a_deadline_without_a_year_is_of_the_year_the_sheet_names(town: Repository) -> None:
    rows = [
        ["2025年问题台账", "", "", ""],
        ["点位", "存在问题", "责任单位", "整改时限"],
        ["桥头", "乱堆", "城管队", "6月5日"],
    ]
    (entry,) = read(town, rows).entries
    assert entry.record["due_on"] == date(2025, 6, 5)


def test_what_was_struck_off_of_late_is_told_and_may_be_said_to_have_come_back(
    town: Repository,
) -> None:
    (item,) = moved(
        town,
        [
            ["检查日期", "责任区", "点位", "存在问题", "责任单位", "销号日期", "状态"],
            [
                "2026-11-1",
                "Z01",
                "桂花街1号",
                "沟盖板缺失影响行人",
                "城管队",
                "2026-11-10",
                "已销号",
            ],
        ],
    )
    again = [
        ["检查时间", "责任区", "点位", "问题描述"],
        ["2026-11-20", "Z01", "桂花街1号", "沟盖板又缺失影响行人"],
    ]
    found = ledger(town, data_of(sheet_of(again)))
    (entry,) = Reader(town.town, FOUNDER, TODAY).read(found.rows).entries
    assert ("closed_before", "description") in codes(entry)
    chosen = {(entry.sheet, entry.row): RowChoice.SURE}
    (entry,) = Reader(town.town, FOUNDER, TODAY).read(found.rows, chosen).entries
    assert entry.action == "new"
    assert ("closed_before", "description") not in codes(entry)
    changes = town.commit(list(entry.wishes), FOUNDER, NOW.replace(month=11, day=26), op="import")
    (made,) = [c.new for c in changes.of("items") if isinstance(c.new, Item)]
    assert made.recurrence_of == item.id
