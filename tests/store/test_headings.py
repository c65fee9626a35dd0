"""Headers of ledgers: two rows of them, merged or not, and what only looks like one."""

import io
from typing import Any

import pytest
import xlsxwriter

from core.ledger.outcome import Incoming
from store.ledgers.coming_in.reading import read_ledger
from store.ledgers.coming_in.tables.holds import Known

Rows = list[list[Any]]


def book(rows: Rows, merged: list[str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet("台账")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for span in merged:
            first = xlsxwriter.utility.xl_cell_to_rowcol(span.split(":")[0])
            sheet.merge_range(span, rows[first[0]][first[1]])
    return out.getvalue()


def cells(data: bytes, name: str = "a.xlsx") -> list[dict[str, Any]]:
    rows = read_ledger(data, name).rows
    assert all(isinstance(row, Incoming) for row in rows), rows
    return [row.cells for row in rows if isinstance(row, Incoming)]


PAIRED: Rows = [
    ["序号", "检查", "", "点位", "存在问题", "责任", "", "整改情况", "", "", "复查", ""],
    ["", "时间", "单位", "", "", "单位", "人", "是否整改", "时间", "照片", "时间", "情况"],
    ["1", "3.5", "镇创卫办", "桥头", "垃圾", "环卫所", "岗长", "是", "3.8", "有", "3.9", "合格"],
]
ANSWER = {
    "found_on": "3.5",
    "location": "桥头",
    "description": "垃圾",
    "lead_unit": "环卫所",
    "responsible": "岗长",
    "progress": "是",
    "photos_after": "有",
    "inspected_on": "3.9",
    "inspection": "合格",
    "feedback_on": "3.8",
    "note": "检查单位：镇创卫办",
}


@pytest.mark.parametrize(
    "merged",
    [
        ["B1:C1", "F1:G1", "H1:J1", "K1:L1"],
        ["A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:G1", "H1:J1", "K1:L1"],
        [],
    ],
    ids=["across", "across and down", "not merged"],
)
def test_a_column_is_headed_by_two_cells(merged: list[str]) -> None:
    assert cells(book(PAIRED, merged)) == [ANSWER]


def test_two_rows_of_headers_in_csv() -> None:
    text = "\n".join(",".join(map(str, row)) for row in PAIRED)
    assert cells(text.encode(), "a.csv") == [ANSWER]


def test_a_heading_whose_parts_are_unknown_keeps_its_first_part() -> None:
    rows: Rows = [["点位", "存在问题", ""], ["", "具体内容", "甲乙丙"], ["桥头", "垃圾", "重"]]
    found = cells(book(rows, ["A1:A2", "B1:C1"]))
    assert found == [{"location": "桥头", "description": "垃圾", "note": "存在问题甲乙丙：重"}]


def test_a_title_or_a_sender_over_the_header_joins_nothing() -> None:
    rows: Rows = [
        ["一季度问题台账", "", "", ""],
        ["填报单位：环卫所", "", "填报时间：3月", ""],
        ["时间", "地点", "问题", "单位"],
        ["3.5", "桥头", "垃圾", "环卫所"],
    ]
    (found,) = cells(book(rows, ["A1:D1", "A2:B2", "C2:D2"]))
    assert (found["found_on"], found["lead_unit"]) == ("3.5", "环卫所")


def test_a_title_over_part_of_the_columns_is_a_title() -> None:
    rows: Rows = [
        ["三月台账", "", "", "", ""],
        ["时间", "地点", "问题", "单位", "备注"],
        ["3.5", "桥头", "垃圾", "环卫所", ""],
    ]
    (found,) = cells(book(rows, ["A1:D1"]))
    assert (found["found_on"], found["lead_unit"]) == ("3.5", "环卫所")


def test_cells_merged_across_in_header_and_rows_alike_are_one_column() -> None:
    rows: Rows = [["地点", "问题", "", "单位"], ["桥头", "垃圾", "", "环卫所"]]
    (found,) = cells(book(rows, ["B1:C1", "B2:C2"]))
    assert found["description"] == "垃圾"
    assert found["lead_unit"] == "环卫所"


def test_a_header_of_two_rows_repeated_in_mid_sheet_is_skipped() -> None:
    rows = [*PAIRED, PAIRED[0], PAIRED[1], PAIRED[2]]
    found = read_ledger(book(rows, ["B1:C1"]), "a.xlsx").rows
    assert [type(row).__name__ for row in found] == ["Incoming", "Skipped", "Skipped", "Incoming"]


def test_a_long_header_repeated_in_mid_sheet_is_skipped() -> None:
    told = "存 在 的 问 题 （ 请 逐 条 写 清 ）"
    rows: Rows = [["序号", "点位", "问题描述"], ["1", "桥头", "垃圾"]]
    long = [["序号", "点位", told], ["1", "桥头", "垃圾满溢"]]
    book_of = book([*rows, ["序号", "点位", "问题描述"], ["2", "巷尾", "油污"]], [])
    assert [type(r).__name__ for r in read_ledger(book_of, "a.xlsx").rows] == [
        "Incoming",
        "Skipped",
        "Incoming",
    ]
    known = Known({"": {"存在的问题请逐条写清": "description"}})
    again = book([*long, *long], [])
    found = read_ledger(again, "a.xlsx", known=known).rows
    assert [type(r).__name__ for r in found] == ["Incoming", "Skipped", "Incoming"]
