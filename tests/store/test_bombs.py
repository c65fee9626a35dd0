"""Files of a few kilobytes that would take the machine: each ends in one sentence, and nothing else ends."""

import io
import resource
import struct
import time
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
import xlsxwriter
import xlwt

from core.actions.loop.road import Report
from store.disk import fence
from store.disk.fence import fenced
from store.errors import FileRefused
from store.ledgers.coming_in.reading import read_ledger
from tui.words.texts import say

HEAD = ("检查时间", "点位", "问题描述")


def book(rows: int = 2) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("台账")
        for row in range(rows):
            sheet.write_row(row, 0, HEAD if not row else ("2026-03-02", "桥头", "垃圾满溢"))
    return out.getvalue()


def with_part(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, change(member, old.read(member)))
    return out.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    def change(member: str, content: bytes) -> bytes:
        return content.replace(old, new, 1) if member.endswith("sheet1.xml") else content

    return with_part(book(), change)


def many_sheets() -> bytes:
    def change(member: str, content: bytes) -> bytes:
        if member != "xl/workbook.xml":
            return content
        sheets = b"".join(
            b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, 5001)
        )
        begin, end = content.index(b"<sheets>"), content.index(b"</sheets>")
        return content[: begin + 8] + sheets + content[end:]

    return with_part(book(2000), change)


def wide_word() -> bytes:
    made = docx.Document()
    table = made.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        cell.text = text
    out = io.BytesIO()
    made.save(out)

    def change(member: str, content: bytes) -> bytes:
        if member != "word/document.xml":
            return content
        cell = b'<w:tc><w:tcPr><w:gridSpan w:val="1000"/></w:tcPr><w:p/></w:tc>' * 100_000
        return content.replace(b"</w:tr></w:tbl>", cell + b"</w:tr></w:tbl>", 1)

    return with_part(out.getvalue(), change)


def ods(repeats: str) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{repeats}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", "<manifest/>")
        made.writestr("content.xml", content)
    return out.getvalue()


def small_xls() -> bytes:
    """An old workbook whose stream is said to lie in the small sectors, and to be a giant."""
    made = xlwt.Workbook()
    sheet = made.add_sheet("a")
    for column, text in enumerate(HEAD):
        sheet.write(0, column, text)
    out = io.BytesIO()
    made.save(out)
    data = bytearray(out.getvalue())
    at = data.index("Workbook".encode("utf-16-le"))
    struct.pack_into("<Q", data, at + 120, 4000)
    struct.pack_into("<H", data, at + 64 + 2, 0x0502)
    return bytes(data)


CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


def shared_text() -> bytes:
    def change(member: str, content: bytes) -> bytes:
        if member == "xl/sharedStrings.xml":
            return content.replace(b"<si>", b"<si><t>" + b"x" * 100_000 + b"</t></si><si>", 1)
        if not member.endswith("sheet1.xml"):
            return content
        row = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"
        return content.replace(b"</sheetData>", row * 200 + b"</sheetData>")

    return with_part(book(), change)


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "lower case": ("a.xlsx", lambda: in_sheet(b'r="C2"', b'r="zzz1048576"')),
    "blank in a reference": ("a.xlsx", lambda: in_sheet(b'r="C2"', b'r=" XFD1048576"')),
    "blank before it": ("a.xlsx", lambda: in_sheet(b'r="C2"', b'r ="XFD1048576"')),
    "no r": (
        "a.xlsx",
        lambda: in_sheet(
            b"<sheetData>", b"<sheetData>" + b'<row><c t="str"><v>x</v></c></row>' * 99_000
        ),
    ),
    "sheets of one part": ("a.xlsx", many_sheets),
    "grid spans": ("a.docx", wide_word),
    "small sectors": ("a.xls", small_xls),
    "ods rows": (
        "a.ods",
        lambda: ods(
            f'<table:table-row table:number-rows-repeated="99999999">{CELL}</table:table-row>' * 99
        ),
    ),
    "ods columns": (
        "a.ods",
        lambda: ods(
            "<table:table-row>"
            + CELL.replace(
                "<table:table-cell", '<table:table-cell table:number-columns-repeated="99999999"'
            )
            + "</table:table-row>"
        ),
    ),
    "colspan": (
        "a.xls",
        lambda: (
            "<html><table><tr>"
            + "<td colspan=1000 rowspan=1000>x</td>" * 50_000
            + "</tr></table></html>"
        ).encode(),
    ),
    "nested tables": (
        "a.xls",
        lambda: ("<html>" + "<table><tr><td>a</td><td>b</td><td>c" * 20_000).encode(),
    ),
    "one text in every cell": ("a.xlsx", shared_text),
    "rows that only count themselves": (
        "a.xlsx",
        lambda: in_sheet(
            b"</sheetData>", b"<row><c><v>1</v></c></row>" * 500_000 + b"</sheetData>"
        ),
    ),
    "counted blanks": (
        "a.ods",
        lambda: ods(
            "<table:table-row>"
            + CELL.replace("</text:p>", '<text:s text:c="2000000000"/></text:p>')
            + "</table:table-row>"
        ),
    ),
    "a quote that stays open": ("a.csv", lambda: '点位,问题描述\n"'.encode() + b"x,\n" * 5_000_000),
    "lines of json": ("a.jsonl", lambda: b'{"a":1}\n' * 3_000_000),
    "commas": ("a.csv", lambda: b"," * (40 << 20)),
    "lines of commas": ("a.csv", lambda: (b"," * 15_000 + b"\n") * 2000),
    "wide json": (
        "a.json",
        lambda: ("[{" + ",".join(f'"k{n}":1' for n in range(2_000_000)) + "}]").encode(),
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_at_little_cost(kind: str) -> None:
    name, make = BOMBS[kind]
    data = make()
    begun = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    with pytest.raises(FileRefused) as caught:
        read_ledger(data, name)
    spent = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - begun
    assert name in say(caught.value)
    assert "limit}" not in say(caught.value)
    assert spent < 10, f"{spent:.1f} s of processor time"  # 5 s, on a machine shared with others


def test_a_child_that_dies_is_one_refusal() -> None:
    import os
    import signal

    def ended(job: Callable[[], Any]) -> str:
        with pytest.raises(FileRefused) as caught:
            fenced(job, "a.xlsx")
        return caught.value.code

    assert ended(lambda: os.kill(os.getpid(), signal.SIGSEGV)) == "too_much"
    assert ended(os.abort) == "too_much"
    assert ended(lambda: bytearray(4 << 30)) == "too_much"
    assert ended(lambda: [0] * (1 << 29)) == "too_much"
    assert ended(lambda: os._exit(0)) == "too_much"
    with pytest.raises(ValueError, match="ours"):
        fenced(lambda: (_ for _ in ()).throw(ValueError("ours")), "a")
    assert fenced(lambda: [Report(zone=1, location="x", description="y")], "a")[0].zone == 1


def test_a_child_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def turns() -> None:
        while True:
            pass

    monkeypatch.setattr(fence, "SECONDS", 1)
    with pytest.raises(FileRefused, match="too_much"):
        fenced(turns, "a.xlsx")
    monkeypatch.setattr(fence, "PATIENCE", 0.5)
    with pytest.raises(FileRefused, match="too_much"):
        fenced(lambda: time.sleep(30), "a.xlsx")  # a child that waits for ever
