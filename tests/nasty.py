"""A dozen ledgers as units send them, each mess of docs/domain.md 8 in one of them, and the answers.

What a cell is written as and what it must come to stand side by side in the tables below; the files only
dress the same rows differently. The day of import is 2026-03-31; zones and units are the sample town's.
"""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import openpyxl
import xlsxwriter
import xlwt
from nasty_rows import (
    CATEGORY,
    DATES,
    FAULTS,
    FOUND,
    HEAD,
    NUMBERS,
    PLACES,
    Answer,
    File,
    line,
    rows,
    saved,
)
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def banner_and_two_headers() -> File:
    """xlsx: title, sender, two header rows merged, category merged downwards, totals, hidden rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    sheet = book.add_worksheet("3月台账")
    day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    sheet.merge_range(0, 0, 0, 9, "示例镇创卫问题整改台账")
    sheet.write_row(1, 0, ["填报单位：", "城管中队", "", "", "", "", "填报时间：2026年3月31日"])
    for at, text in enumerate(
        ["序号", "问 题\n类 别", "检查\n时间", "点 位", "存在问题", "责任\n单位", "整改时限"]
    ):
        sheet.merge_range(2, at, 3, at, text)
    sheet.merge_range(2, 7, 2, 9, "整改情况")
    sheet.write_row(3, 7, ["是否整改", "整改措施", "整改后照片"])
    made: dict[tuple[str | None, int], Answer] = {}
    skipped: dict[tuple[str | None, int], str] = {}
    at = 4
    for number, (w, answer) in enumerate(rows(0, 24, DATES[:13] + NUMBERS), 1):
        if number in (9, 17):
            sheet.write_row(at, 0, ["小计", "", "", "", f"{number - 1}个"])
            skipped["3月台账", at + 1] = "total"
            at += 1
        sheet.write(at, 0, "１２" if number == 12 else number)
        if isinstance(w.found, date):
            sheet.write_datetime(at, 2, w.found, day)
        else:
            sheet.write(at, 2, w.found)
        sheet.write_row(at, 3, [w.place, w.fault, w.unit])
        sheet.write(at, 6, w.due)
        sheet.write(at, 7, w.done)
        doubts = set(answer.doubts)
        if number % 6 == 0:
            sheet.write_formula(at, 9, '=DISPIMG("ID_0A1B",1)', None, '=DISPIMG("ID_0A1B",1)')
        if number in (5, 20):
            sheet.set_row(at, None, None, {"hidden": True})
            doubts.add("hidden_row")
        if number == 7:
            sheet.write_formula(at, 8, '="已清"&"运"', None, "已清运")
            doubts.add("formula")
        category = CATEGORY if number <= 8 else None if number == 24 else "占道经营"
        made["3月台账", at + 1] = answer._replace(doubts=frozenset(doubts), category=category)
        at += 1
    sheet.merge_range(4, 1, 11, 1, "市容环境")
    sheet.merge_range(13, 1, 28, 1, "占道经营")
    sheet.write_row(at, 0, ["合计", "", "", "", "24个"])
    skipped["3月台账", at + 1] = "total"
    sheet.write(at + 1, 0, "填报人：            审核人：")
    skipped["3月台账", at + 2] = "note"
    book.add_worksheet("Sheet2")
    book.close()
    # the merged category covers the second subtotal, and ends one row before the last
    return File("01 台账(2)最终版.xlsx", out.getvalue(), made, skipped)


def old_excel(name: str, begin: int, order: list[int]) -> File:
    """xls, or .et of the old kind: columns in another order, one nobody knows."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    style = xlwt.easyxf(num_format_str="YYYY/M/D")
    head = [*HEAD, "天气"]
    for column, source in enumerate(order):
        sheet.write(0, column, head[source])
    made: dict[tuple[str | None, int], Answer] = {}
    for at, (w, answer) in enumerate(rows(begin, 22, DATES + NUMBERS), 1):
        cells = [*line(str(at), w), "晴"]
        for column, source in enumerate(order):
            value = cells[source]
            if isinstance(value, date):
                sheet.write(at, column, value, style)
            elif value != "":
                sheet.write(at, column, value)
        made["Sheet1", at + 1] = answer
    out = io.BytesIO()
    book.save(out)
    return File(name, out.getvalue(), made, {})


def open_document() -> File:
    """ods: hidden rows, a merged category, sections of blank rows."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="台账 & 清单")
    made: dict[tuple[str | None, int], Answer] = {}
    skipped: dict[tuple[str | None, int], str] = {}

    def put(cells: list[Any], **options: Any) -> None:
        row = TableRow(**options)
        for value in cells:
            if isinstance(value, date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            elif isinstance(value, int | float):
                cell = TableCell(valuetype="float", value=value)
            else:
                cell = TableCell(valuetype="string")
            if value != "":
                for piece in str(value).split("\n"):
                    cell.addElement(P(text=piece))
                row.addElement(cell)
            else:
                row.addElement(TableCell())
        table.addElement(row)

    put(HEAD)
    at = 1
    for number, (w, answer) in enumerate(rows(31, 22, DATES + NUMBERS), 1):
        if number == 11:
            table.addElement(TableRow(numberrowsrepeated=2))
            skipped["台账 & 清单", at + 1] = skipped["台账 & 清单", at + 2] = "blank"
            at += 2
        hidden = number in (4, 5)
        put(line(number, w), **({"visibility": "collapse"} if hidden else {}))
        at += 1
        doubts = answer.doubts | ({"hidden_row"} if hidden else set())
        made["台账 & 清单", at] = answer._replace(doubts=frozenset(doubts))
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    return File("04.ods", out.getvalue(), made, skipped)


def separated(name: str, begin: int, encoding: str, mark: str, end: str) -> File:
    """csv or tsv: quotes, sections with a category in place of a column, a header again."""
    head = [h for h in HEAD if h != "问题类别"]
    made: dict[tuple[str | None, int], Answer] = {}
    skipped: dict[tuple[str | None, int], str] = {}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, lineterminator=end)
    writer.writerow(["问题清单", *[""] * (len(head) - 1)])
    writer.writerow(head)
    writer.writerow(["一、市容环境类"])
    skipped[None, 3] = "section"
    at = 3
    for number, (w, answer) in enumerate(rows(begin, 22, DATES), 1):
        if number == 9:
            writer.writerow(["（二）占道经营"])
            writer.writerow(head)
            skipped[None, at + 1], skipped[None, at + 2] = "section", "header"
            at += 2
        cells = line(number, w)
        writer.writerow([*cells[:4], *cells[5:]])
        at += 1
        category = CATEGORY if number < 9 else "占道经营"
        made[None, at] = answer._replace(category=category)
    writer.writerow(["注：照片已发群里"])
    skipped[None, at + 1] = "note"
    return File(name, out.getvalue().encode(encoding), made, skipped)


def wrapped_json() -> File:
    """JSON as a system sends it: wrapped, Chinese keys, nulls."""
    made: dict[tuple[str | None, int], Answer] = {}
    found = []
    for at, (w, answer) in enumerate(rows(7, 22, DATES + NUMBERS[:4]), 1):
        cells = dict(zip(HEAD, line(at, w), strict=True))
        cells["负责处室"] = None
        found.append({key: value if value != "" else None for key, value in cells.items()})
        made[None, at] = answer
    whole = {"state": 200, "msg": "ok", "data": {"total": len(found), "rows": found}}
    return File("08.json", json.dumps(whole, ensure_ascii=False, indent=1).encode(), made, {})


def word_table() -> File:
    """docx: the sender stands above the table, categories are rows across it."""
    document = docx.Document()
    document.add_heading("创卫问题整改台账")
    document.add_paragraph("填报单位：环卫所　　填报时间：3月31日")
    head = [h for h in HEAD if h not in ("问题类别", "责任单位")]
    table = document.add_table(rows=1, cols=len(head))
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    made: dict[tuple[str | None, int], Answer] = {}
    skipped: dict[tuple[str | None, int], str] = {}
    at = 1
    for number, (w, answer) in enumerate(rows(19, 22, DATES), 1):
        if number in (1, 12):
            across = table.add_row().cells
            across[0].merge(across[-1]).text = "一、市容环境类" if number == 1 else "二、交通秩序类"
            at += 1
            skipped["表1", at] = "section"
        cells = line(number, w)
        for cell, value in zip(
            table.add_row().cells, [*cells[:4], cells[6], cells[7]], strict=True
        ):
            cell.text = str(value)
        at += 1
        made["表1", at] = answer._replace(
            lead="环卫所",
            co=[],
            doubts=answer.doubts - {"unknown"},
            category=CATEGORY if number < 12 else "交通秩序",
        )
    out = io.BytesIO()
    document.save(out)
    return File("09.docx", out.getvalue(), made, skipped)


def web_page() -> File:
    """An HTML table that calls itself .xls, in GB2312, with spanned cells."""
    made: dict[tuple[str | None, int], Answer] = {}
    lines = ["<tr>" + "".join(f"<th>{h}</th>" for h in HEAD) + "</tr>"]
    for at, (w, answer) in enumerate(rows(43, 22, DATES), 1):
        cells = [str(c).replace("\n", "<br>") for c in line(at, w)]
        kind = ""
        if at % 11 == 1:
            kind = "<td rowspan=11>市容环境</td>"
        tds = [f"<td>{c}&nbsp;</td>" for c in cells]
        lines.append("<tr>" + "".join([*tds[:4], kind, *tds[5:]]) + "</tr>")
        made["表1", at + 2] = answer
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
        "<body><table border=1><tr><td colspan=8>问题清单</td></tr>"
        + "\n".join(lines)
        + "</table></body></html>"
    )
    return File("10.xls", page.encode("gb18030"), made, {})


def pasted() -> File:
    """A list out of a chat, by unit."""
    made: dict[tuple[str | None, int], Answer] = {}
    skipped: dict[tuple[str | None, int], str] = {}
    lines = ["今日巡查发现问题如下："]
    skipped[None, 1] = "note"
    blocks = (("城管队：", "城管中队"), ("保洁公司：", "环卫所"), ("河长办：", None))
    for block, (heading, lead) in enumerate(blocks):
        lines.append(heading)
        skipped[None, len(lines)] = "note"
        for number in range(1, 8):
            place = f"{PLACES[number % 4]}{block}{number}号"
            fault = FAULTS[(number + block) % 4]
            lines.append(
                (f"{number}.", f"{number}、", f"（{number}）")[block] + f"{place}：{fault}"
            )
            doubts = {"no_found_on"} | (set() if lead else {"unknown"})
            made[None, len(lines)] = Answer(
                place, fault, None, None, lead, [], None, frozenset(doubts), None
            )
    lines += ["", "请各单位抓紧整改"]
    skipped[None, len(lines) - 1], skipped[None, len(lines)] = "blank", "note"
    return File("11.txt", "\n".join(lines).encode(), made, skipped)


def sheet_a_unit() -> File:
    """xlsx: a sheet a unit, instructions, an empty one, a hidden one; 序号 begins anew in each."""
    book = openpyxl.Workbook()
    book.active.title = "填表说明"
    book.active["A1"] = "请各单位于每周五前报送，责任单位一栏不用填。"
    made: dict[tuple[str | None, int], Answer] = {}
    skipped: dict[tuple[str | None, int], str] = {}
    head = [h for h in HEAD if h != "责任单位"]
    for begin, (title, sender, lead) in enumerate(
        (
            ("城管", "城管办", "城管中队"),
            ("市监", "市监所", "市场监管所"),
            ("石塘", "石塘村", "石塘村委会"),
        )
    ):
        sheet = book.create_sheet(title)
        sheet.append([f"填报单位：{sender}"])
        sheet.append([])
        sheet.append(head)
        for number, (w, answer) in enumerate(rows(begin * 9 + 3, 9, DATES[:12] + NUMBERS), 1):
            cells = line(number, w)
            sheet.append([*cells[:5], *cells[6:]])
            made[title, number + 3] = answer._replace(
                lead=lead, co=[], doubts=answer.doubts - {"unknown"}
            )
    book.create_sheet("Sheet3")
    hidden = book.create_sheet("旧数据")
    hidden.append(HEAD)
    hidden.append(line(1, next(rows(0, 1, DATES))[0]))
    hidden.sheet_state = "hidden"
    return File("12.xlsx", saved(book), made, skipped)


def of_1904() -> File:
    """xlsx made on an old Mac: serial numbers count from 1904."""
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "台账"
    sheet.append(HEAD)
    made: dict[tuple[str | None, int], Answer] = {}
    numbers = [(44624, FOUND, ""), (FOUND, FOUND, ""), ("3月5日", FOUND, "")]
    for at, (w, answer) in enumerate(rows(2, 21, numbers), 2):
        sheet.append(line(at - 1, w))
        made["台账", at] = answer
    return File("13.xlsx", saved(book), made, {})


COLLECTION: list[Callable[[], File]] = [
    banner_and_two_headers,
    lambda: old_excel("02.xls", 5, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    lambda: old_excel("03.et", 16, [8, 7, 3, 2, 6, 5, 4, 1, 0]),
    open_document,
    lambda: separated("05.csv", 0, "utf-8-sig", ",", "\r\n"),
    lambda: separated("06.csv", 10, "gb18030", ",", "\n"),
    lambda: separated("07.txt", 20, "utf-16", "\t", "\r\n"),
    wrapped_json,
    word_table,
    web_page,
    pasted,
    sheet_a_unit,
    of_1904,
]
