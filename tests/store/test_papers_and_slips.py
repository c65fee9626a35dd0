"""What papers say over and behind their tables, headers with a slip in them, sheets named as zones, rows that say more."""

import io
from datetime import date
from typing import Any

import docx
import pytest
import xlsxwriter
from rows_support import HEAD, ROW, read, said
from tests_support import Office

from core.ledger.outcome import Entry, Intake
from core.ledger.rows.days import due_inside
from core.model import State

COLUMNS = ["序号", "检查时间", "点位", "存在问题", "责任单位"]


def book(**sheets: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return out.getvalue()


def fields(intake: Intake, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(entry.record[key] for key in keys) for entry in intake.entries]


def told(entry: Entry, code: str, field: str) -> str:
    return next((d.value for d in entry.doubts if (d.code, d.field) == (code, field)), "")


def test_a_heading_nobody_knows_ends_the_one_before_it(office: Office) -> None:
    lines = ["第一段,,,,", "1,3.2,桥头,油污,环卫所", "集贸广场,,,,", "1,3.2,桥尾,油污,环卫所"]
    text = ",".join(COLUMNS) + "\n" + "\n".join(lines) + "\n"
    assert fields(read(office, text), "zone") == [("Z01",), (None,)]
    merged = io.BytesIO()
    with xlsxwriter.Workbook(merged, {"in_memory": True}) as made:
        sheet = made.add_worksheet("t")
        sheet.write_row(0, 0, COLUMNS)
        for at, line in enumerate(lines, 1):
            cells = line.split(",")
            if cells[1]:
                sheet.write_row(at, 0, cells)
            else:
                sheet.merge_range(at, 0, at, 4, cells[0])
    assert fields(read(office, merged.getvalue(), "a.xlsx"), "zone") == [("Z01",), (None,)]


@pytest.mark.parametrize(
    "name", ["第一段责任区", "第一段片区", "第一段辖区（2处）", "责任区：第一段"]
)
def test_a_zone_is_known_with_what_it_is(office: Office, name: str) -> None:
    text = f"{','.join(COLUMNS)}\n{name},,,,\n1,3.2,桥头,油污,环卫所\n"
    assert fields(read(office, text), "zone") == [("Z01",)]


def test_a_sheet_named_as_a_zone_is_about_it_and_no_row_is_doubled(office: Office) -> None:
    row = ["2026-03-20", "桥头", "油污", "环卫所"]
    data = book(
        总表=[["责任区", *COLUMNS[1:]], ["第一段", *row]],
        第一段责任区=[COLUMNS, [1, *row], [2, "2026-03-20", "桥尾", "积水", "环卫所"]],
    )
    intake = read(office, data, "a.xlsx")
    assert fields(intake, "zone", "location") == [("Z01", "桥头"), ("Z01", "桥尾")]
    assert [s.why.code for s in intake.skipped if s.why.code != "header"] == ["copy"]
    assert told(intake.entries[1], "unit_of_sheet", "zone") == "第一段"


def test_a_header_of_two_rows_whose_lower_words_come_again_is_no_two_tables(
    office: Office,
) -> None:
    upper = [*COLUMNS, "责任领导", "", "责任人", "", "整改情况"]
    lower = ["", "", "", "", "", "姓名", "电话", "姓名", "电话", ""]
    rows = [
        [n, "2026-03-20", place, "油污", "环卫所", "某镇长", "1", "某人", "2", "已整改"]
        for n, place in enumerate(("桥头", "桥尾"), 1)
    ]
    for count in (1, 2):
        intake = read(office, book(t=[upper, lower, *rows[:count]]), "a.xlsx")
        assert [entry.claim for entry in intake.entries] == ["done"] * count


def paper(*parts: str | list[list[str]]) -> bytes:
    made = docx.Document()
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        table = made.add_table(len(part), len(part[0]))
        for at, row in enumerate(part):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_paper_says_over_its_table_to_whom_it_goes_and_by_when(office: Office) -> None:
    head = ["序号", "点位", "存在问题", "整改要求"]
    data = paper(
        "交办单",
        "环卫所：",
        "3月20日检查发现下列问题，请于4月6日前完成整改，并于4月8日前报我办。",
        [head, ["1", "桥头", "垃圾堆放", "清理到位"], ["2", "桥尾", "积水", "4月3日前疏通"]],
    )
    intake = read(office, data, "a.docx")
    assert fields(intake, "lead_unit", "due_on") == [
        ("环卫所", date(2026, 4, 6)),
        ("环卫所", date(2026, 4, 3)),
    ]
    assert told(intake.entries[0], "found_above", "due_on") == "4月6日"
    assert ("due_inside", "due_on") in said(intake.entries[1])


def test_problems_behind_the_tables_of_a_paper_are_read(office: Office) -> None:
    data = paper(
        "通报",
        [["点位", "存在问题", "责任单位"], ["桥头", "油污", "环卫所"]],
        "三、其他问题",
        "1.老街路口柴堆未清（责任单位：环卫所，整改时限：4月6日）；",
        "2.路口线缆垂落，由环卫所、城管中队4月7日前整改。",
    )
    intake = read(office, data, "a.docx")
    found = [(r["description"], r["lead_unit"], r["due_on"]) for r in map(_record, intake.entries)]
    assert found == [
        ("油污", "环卫所", None),
        ("老街路口柴堆未清", "环卫所", date(2026, 4, 6)),
        ("路口线缆垂落", "环卫所", date(2026, 4, 7)),
    ]


def _record(entry: Entry) -> Any:
    return entry.record


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("清理到位，3月26日下班前", "3月26日下班前"),
        ("规范经营，4月10日", "4月10日"),
        ("当日清洗", "当日"),
        ("摆放整齐，3月27日前完成", "3月27日前"),
        ("对照1月5日检查的问题整改", ""),
    ],
)
def test_a_deadline_within_a_requirement(text: str, due: str) -> None:
    assert due_inside(text) == due


def test_a_header_with_one_character_wrong_is_taken_and_told(office: Office) -> None:
    text = "序号,检察时间,点位,存在问题,责任单味\n1,2026-03-20,桥头,油污,环卫所\n"
    assert fields(read(office, text), "found_on", "lead_unit") == [(date(2026, 3, 20), "环卫所")]


def test_a_small_kind_says_its_category_where_no_other_does(office: Office) -> None:
    text = "序号,点位,存在问题,小类\n1,桥头,垃圾,暴露垃圾\n2,桥尾,垃圾,没有的小类\n"
    intake = read(office, text)
    assert fields(intake, "category") == [("市容环境",), (None,)]
    assert told(intake.entries[0], "category_as", "category") == "暴露垃圾→市容环境"
    assert not told(intake.entries[1], "unknown", "category")


def test_persons_in_brackets_behind_a_unit_are_no_units(office: Office) -> None:
    text = "序号,点位,存在问题,责任单位\n1,桥头,油污,环卫所（责任人：某队，13900000001）\n"
    assert fields(read(office, text), "lead_unit") == [("环卫所",)]


def imported(office: Office, progress: str, unit: str = "环卫所") -> Intake:
    row = ROW.replace("环卫所", unit)
    return read(office, f"{HEAD},整改情况\n{row},{progress}\n")


def test_a_file_brought_in_twice_changes_nothing_the_second_time(office: Office) -> None:
    first = imported(office, "正在整改，已清一半")
    assert first.entries[0].wish is not None
    office.do(first.entries[0].wish.action)
    item = office.item(1)
    assert item.state == State.RECTIFYING
    assert item.assignment is not None
    assert item.assignment.progress == "正在整改，已清一半"
    assert imported(office, "正在整改，已清一半").entries[0].action == "same"
    assert imported(office, "正在整改，已清大半").entries[0].action == "update"


def test_another_unit_in_a_row_that_is_here_is_told(office: Office) -> None:
    first = imported(office, "未整改")
    assert first.entries[0].wish is not None
    office.do(first.entries[0].wish.action)
    again = imported(office, "未整改", "城管中队").entries[0]
    assert told(again, "same_says", "lead_unit").endswith("城管中队")
    assert not told(imported(office, "未整改").entries[0], "same_says", "lead_unit")


def test_what_is_said_of_one_that_waits_for_a_look_is_told(office: Office) -> None:
    first = imported(office, "已整改到位")
    assert first.entries[0].wish is not None
    office.do(first.entries[0].wish.action)
    assert office.item(1).state == State.AWAITING
    again = imported(office, "反弹，正在返工").entries[0]
    assert told(again, "same_says", "progress").endswith("反弹，正在返工")
