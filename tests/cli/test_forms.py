"""Forms of somebody else's: filled below their header and in their cells, every other part as it was."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cli_support import Zg
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.datavalidation import DataValidation


def ok(result: object) -> str:
    assert result.code == 0, result.err  # type: ignore[attr-defined]
    return str(result.out)  # type: ignore[attr-defined]


def saved(book: openpyxl.Workbook, path: str) -> None:
    other = book.create_sheet("填表说明")
    other["A1"] = "一、本表每月5日前报送。"
    book.save(path)


EDGE = Border(*(Side(style="thin"),) * 4)


def county(path: str) -> None:
    """A title over all columns, one row of headers, six rows that bear numbers, a total, a signature."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "月报"
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "XX县创卫问题整改情况统计表"
    sheet["A1"].font = Font(size=18, bold=True)
    for at, name in enumerate(
        ("序号", "具体点位", "存在的问题", "发现日期", "责任部门", "整改期限", "得分"), 1
    ):
        sheet.cell(2, at, name).border = EDGE
    for row in range(3, 9):
        sheet.row_dimensions[row].height = 31
        sheet.cell(row, 1, row - 2)
        for at in range(1, 8):
            sheet.cell(row, at).border = EDGE
            sheet.cell(row, at).alignment = Alignment(wrap_text=True)
        sheet.cell(row, 4).number_format = "yyyy/m/d"
    sheet["A9"] = "合计"
    sheet["G9"] = "=SUM(G3:G8)"
    sheet.merge_cells("A11:G11")
    sheet["A11"] = "填报人：　　　　审核人：　　　　日期："
    rule = DataValidation(type="list", formula1='"是,否"')
    rule.add("G3:G8")
    sheet.add_data_validation(rule)
    sheet.column_dimensions["C"].width = 44
    sheet.print_area = "A1:G11"
    saved(book, path)


def province(path: str) -> None:
    """Headers over two rows, the upper ones merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "附件2"
    sheet.merge_cells("A1:F1")
    sheet["A1"] = "重点问题清单"
    sheet["A2"], sheet["B2"], sheet["C2"], sheet["E2"] = "序号", "问题描述", "责任落实", "整改时限"
    for ref in ("A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"):
        sheet.merge_cells(ref)
    sheet["C3"], sheet["D3"], sheet["F2"] = "责任单位", "责任人", "备注"
    saved(book, path)


def figures(path: str) -> None:
    """A fixed table whose cells say what they want."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "数据表"
    sheet["A1"] = "2026年3月统计"
    sheet["A2"], sheet["B2"] = "发现问题数", "{{问题.发现@2026-03}}"
    sheet["A3"], sheet["B3"] = "说明", "三月共发现{{问题.发现@2026-03}}件"
    sheet["B2"].font = Font(color="FF0000")
    saved(book, path)


@pytest.fixture
def office(empty: Zg) -> Zg:
    """Nine problems of one unit."""
    ok(empty("unit", "add", "环卫所"))
    ok(empty("zone", "add", "Z01", "第一段", "--kind", "街道段"))
    for at in range(1, 10):
        ok(empty("add", f"第一段 街口{at} 垃圾", "--on", "2026-03-01"))
        ok(empty("accept", f"R-000{at}", "--category", "环境卫生", "--on", "2026-03-01"))
        given = ("--unit", "环卫所", "--due", "2026-03-09", "--on", "2026-03-01")
        ok(empty("assign", f"CW-2026-000{at}", *given))
    return empty


def parts(path: str) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def values(path: str, row: int, count: int) -> list[Any]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [sheet.cell(row, at).value for at in range(1, count + 1)]


def test_rows_are_filled_and_what_stands_below_moves_down(office: Zg) -> None:
    county("市月报.xlsx")
    told = office("form", "add", "市月报.xlsx")
    assert told.code == 0, told.err
    ok(office("export", "--form", "市月报", "-o", "out.xlsx"))
    before, after = parts("市月报.xlsx"), parts("out.xlsx")
    assert {n for n in before if before[n] != after.get(n)} <= {
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
    }
    book = openpyxl.load_workbook("out.xlsx")
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "XX县创卫问题整改情况统计表" and sheet["A1"].font.b
    first = values("out.xlsx", 3, 7)
    assert first[0] == 1 and first[1] == "街口1" and first[4] == "环卫所"
    assert str(first[3])[:10] == "2026-03-01" and sheet["D3"].number_format == "yyyy/m/d"
    assert values("out.xlsx", 11, 2) == [9, "街口9"]
    assert sheet.row_dimensions[11].height == 31 and sheet["C11"].border.left.style == "thin"
    assert sheet["A12"].value == "合计" and sheet["G12"].value == "=SUM(G3:G11)"
    assert str(sheet["A14"].value).startswith("填报人") and "A14:G14" in map(
        str, sheet.merged_cells.ranges
    )
    assert str(sheet.data_validations.dataValidation[0].sqref) == "G3:G11"
    assert sheet.column_dimensions["C"].width == 44
    assert book.worksheets[1]["A1"].value == "一、本表每月5日前报送。"
    assert re.search(r"\$G\$14", str(sheet.print_area))


def test_fewer_rows_leave_the_others_empty(office: Zg) -> None:
    county("市月报.xlsx")
    ok(office("form", "add", "市月报.xlsx"))
    ok(office("export", "街口3", "--form", "市月报", "-o", "out.xlsx"))
    sheet = openpyxl.load_workbook("out.xlsx").worksheets[0]
    assert sheet["B3"].value == "街口3" and sheet["B4"].value is None
    assert sheet["A9"].value == "合计" and sheet["G9"].value == "=SUM(G3:G8)"


def test_headers_over_two_rows(office: Zg) -> None:
    province("附件.xlsx")
    ok(office("form", "add", "附件.xlsx", "--name", "省里"))
    assert "省里" in ok(office("form", "list"))
    ok(office("export", "--form", "省里", "-o", "out.xlsx"))
    assert values("out.xlsx", 4, 6)[:3] == [1, "垃圾", "环卫所"]
    assert str(values("out.xlsx", 4, 6)[4])[:10] == "2026-03-09"
    assert values("out.xlsx", 12, 2) == [9, "垃圾"]


def test_cells_that_hold_a_measure(office: Zg) -> None:
    figures("数据.xlsx")
    ok(office("form", "add", "数据.xlsx"))
    ok(office("export", "--form", "数据", "-o", "out.xlsx"))
    sheet = openpyxl.load_workbook("out.xlsx").worksheets[0]
    assert sheet["B2"].value == 9 and sheet["B2"].font.color.rgb == "00FF0000"
    assert sheet["B3"].value == "三月共发现9件"
    book = openpyxl.load_workbook("数据.xlsx")
    book.worksheets[0]["B2"] = "{{没有的指标}}"
    book.save("坏.xlsx")
    ok(office("form", "add", "坏.xlsx"))
    assert "没有的指标" in office("export", "--form", "坏", "-o", "b.xlsx").err
    assert not Path("b.xlsx").exists()


def test_a_number_that_is_not_exact_goes_out_as_it_reads(office: Zg) -> None:
    ok(office("indicator", "import", "--default"))
    ok(office("log", "add", "2026-03-05", "大扫除", "环卫所", "垃圾12余吨", "--yes"))
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "清理垃圾", "{{A01@2026-03}}"
    book.save("数.xlsx")
    ok(office("form", "add", "数.xlsx"))
    ok(office("export", "--form", "数", "-o", "out.xlsx"))
    assert openpyxl.load_workbook("out.xlsx").worksheets[0]["B1"].value == "12余"
    assert "数=" in ok(office("history")) and "{'" not in ok(office("history"))


def test_a_header_nobody_knows_is_told_once(office: Zg) -> None:
    book = openpyxl.Workbook()
    for at, name in enumerate(("问题描述", "责任单位", "落实单位领导"), 1):
        book.active.cell(1, at, name)
    book.save("表.xlsx")
    told = office("form", "add", "表.xlsx", "--map", "落实单位领导=责任人")
    assert told.code == 0, told.err
    assert "责任人" in office("form", "show", "表", lang="zh").err
    ok(office("form", "remove", "表"))
    assert office("export", "--form", "表", "-o", "x.xlsx").code != 0


def test_macros_and_links_are_one_sentence(office: Zg) -> None:
    county("好.xlsx")
    for part, name in (("xl/vbaProject.bin", "宏.xlsx"), ("xl/externalLinks/l.xml", "链.xlsx")):
        out = io.BytesIO()
        with zipfile.ZipFile("好.xlsx") as old, zipfile.ZipFile(out, "w") as new:
            for each in old.namelist():
                new.writestr(each, old.read(each))
            new.writestr(part, b"x")
        Path(name).write_bytes(out.getvalue())
        told = office("form", "add", name)
        assert told.code != 0 and name in told.err and "Traceback" not in told.err
    Path("旧.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)
    assert office("form", "add", "旧.xlsx").code != 0
