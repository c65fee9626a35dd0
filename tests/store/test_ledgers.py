"""Ledgers in and out: formats, headers, the messy sample, export and moving in."""

import csv
import io
import json
import os
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from tests_support import FOUNDER, NOW, TODAY, Office

from core.ledger.moving_in import Mover
from core.ledger.outcome import Incoming, Intake
from core.ledger.reader import Reader
from core.ledger.record import FIELDS, KEYS, Projector
from core.ledger.rows.splitting import problems_in
from core.model import State
from store.errors import FileRefused
from store.history.repository import Repository
from store.ledgers.coming_in.archive import Archive
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.coming_in.innards import innards
from store.ledgers.coming_in.reading import read_ledger
from store.ledgers.formats import Format, format_of
from store.ledgers.formulas import guarded, unquoted
from store.ledgers.going_out.standard import safe_name, standard_ledger
from store.ledgers.going_out.writing import save, write_records
from store.ledgers.headers import HEADERS
from store.samples import DemoSize, build_demo

DATA = Path(__file__).parent.parent / "data"
HEAD = ["点位", "存在问题", "责任单位", "整改时限"]
ROW = ["桂花街1号", "占道摆摊", "环卫站", "2026-04-02"]


def incoming(data: bytes, name: str = "a.csv", **options: Any) -> list[Incoming]:
    return [r for r in read_ledger(data, name, **options).rows if isinstance(r, Incoming)]


def text(*rows: list[str], encoding: str = "utf-8", mark: str = ",") -> bytes:
    return "\r\n".join(mark.join(row) for row in rows).encode(encoding)


def xlsx(rows: list[list[Any]], title: str = "台账") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        text(HEAD, ROW),
        text(HEAD, ROW, encoding="utf-8-sig"),
        text(HEAD, ROW, encoding="gb18030"),
        text(HEAD, ROW, encoding="utf-16"),
        text(HEAD, ROW, mark="\t"),
        text(HEAD, ROW, mark=";"),
        text(["整改台账", "", "", ""], ["填报单位：城管", "", "", ""], HEAD, ROW),
        text(["点 位", "存在\u3000问题", "责任单位", "整改时限"], ROW),
        xlsx([HEAD, ROW]),
        xlsx([["整改台账"], [], HEAD, ROW]),
    ],
)
def test_one_row_in_many_dresses(data: bytes) -> None:
    (row,) = incoming(data)
    assert [row.cells[key] for key in ("location", "description", "lead_unit", "due_on")] == ROW


def test_xls_and_ods() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    for r, row in enumerate([HEAD, ROW]):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    (row,) = incoming(out.getvalue(), "a.xls")
    assert row.cells["location"] == "桂花街1号"
    assert row.sheet == "一"
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="二")
    for values in (HEAD, ROW):
        line = TableRow()
        for value in values:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.write(out)
    (row,) = incoming(out.getvalue(), "a.et")
    assert (row.cells["description"], row.sheet) == ("占道摆摊", "二")


def test_json_in_both_shapes() -> None:
    record = {"location": "桂花街", "description": "一", "co_units": ["环卫所"]}
    for data in (
        json.dumps([record]),
        json.dumps(record),
        json.dumps(record) + "\n" + json.dumps(record),
    ):
        row = incoming(data.encode(), "a.json")[0]
        assert row.cells["co_units"] == ["环卫所"]
    assert (
        incoming(json.dumps([{"点位": "桂花街", "问题描述": "一"}]).encode(), "a.json")[0].cells[
            "location"
        ]
        == "桂花街"
    )


def test_rows_that_are_no_records_are_listed() -> None:
    data = text(
        HEAD,
        ["一、市容环境类", "", "", ""],
        ROW,
        ["", "", "", ""],
        HEAD,
        ["合计", "1个", "", ""],
        ["注：照片发群里", "", "", ""],
    )
    ledger = read_ledger(data, "a.csv")
    assert [(r.row, r.why.code) for r in ledger.rows if not isinstance(r, Incoming)] == [
        (2, "section"),
        (4, "blank"),
        (5, "header"),
        (6, "total"),
        (7, "note"),
    ]
    assert incoming(data)[0].cells["category"] == "市容环境"


def test_merged_cells_fill_their_range_only() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["问题类别", *HEAD], ["市容环境", *ROW], [None, *ROW], [None, *ROW]]:
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    rows = incoming(out.getvalue(), "a.xlsx")
    assert [r.cells.get("category") for r in rows] == ["市容环境", "市容环境", None]


def test_unknown_columns_are_kept_as_a_note() -> None:
    (row,) = incoming(text([*HEAD, "天气"], [*ROW, "晴"]))
    assert row.cells["note"] == "天气：晴"


def test_hostile_characters_are_taken_out_and_named() -> None:
    (row,) = incoming(text(HEAD, ["a\x1b]52;c;eA==\x07b", "倒\u202e了", "", ""]))
    assert row.cells["location"] == "a]52;c;eA==b"
    assert {(d.code, d.value) for d in row.doubts} == {
        ("removed", "U+001B"),
        ("removed", "U+0007"),
        ("removed", "U+202E"),
    }


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf  \n", "empty_file"),
        (b"PK\x03\x04 cut", "cut_short"),
        (b"\x89PNG\r\n", "not_a_ledger"),
        (b"%PDF-1.4", "not_a_ledger"),
        (b"<html><table></table>", "no_header"),
        (b"a,b\n1,2\n", "no_header"),
        (text(HEAD, ROW).replace("占".encode(), b"\xff\xfe\xff"), "not_text"),
        (text(HEAD, ['"open', "", "", ""]), "bad_csv"),
        (b"[1, 2", "bad_json"),
        (b"[NaN]", "bad_json"),
        (b"[" * 200_000, "bad_json"),
        (zipped(word__document_dot_xml=b"x"), "cut_short"),
        (zipped(x=b"y"), "not_a_ledger"),
        (zipped(xl__workbook_dot_xml=b"0" * (201 << 20)), "bomb"),
        (text(["点位"] * 201, ["x"] * 201), "too_many_columns"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read_ledger(data, "a.csv")
    assert caught.value.code == code


def test_too_many_rows() -> None:
    with pytest.raises(FileRefused) as caught:
        read_ledger(text(HEAD, *[ROW] * 25_001), "a.csv")
    assert caught.value.code == "too_many_rows"


def test_a_sheet_by_name() -> None:
    data = xlsx([HEAD, ROW], "三月")
    assert len(incoming(data, "a.xlsx", sheet="三月")) == 1
    with pytest.raises(FileRefused) as caught:
        read_ledger(data, "a.xlsx", sheet="四月")
    assert caught.value.fields["expected"] == ("三月",)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path / "no.xlsx", "no_file"),
        (tmp_path, "not_regular"),
        (Path("/dev/zero"), "not_regular"),
    ):
        with pytest.raises(FileRefused) as caught:
            read_bytes(path)
        assert caught.value.code == code


# The messy sample


@pytest.fixture
def sample_town(tmp_path: Path) -> Any:
    repository = build_demo(tmp_path / "town", "founder", date(2026, 3, 31), DemoSize(0), 1)
    yield repository
    repository.close()


def messy(repository: Repository, name: str) -> Intake:
    data = read_bytes(DATA / name)
    return Reader(repository.town, FOUNDER, date(2026, 3, 31)).read(read_ledger(data, name).rows)


def test_the_messy_workbook(sample_town: Repository) -> None:
    expected = json.loads((DATA / "messy_expected.json").read_text("utf-8"))
    intake = messy(sample_town, "messy_ledger.xlsx")
    claims = {"已整改": "done", "整改中": "in_progress", "未整改": "not_done", "未填": None}
    for entry, wanted in zip(intake.entries, expected["xlsx"], strict=True):
        record = entry.record
        assert entry.row == wanted["row"]
        assert record["category"] == wanted["category"]
        assert record["found_on"].isoformat() == wanted["found"]
        assert record["location"] == wanted["location"]
        assert record["description"] == wanted["description"]
        assert record["lead_unit"] == wanted["lead"]
        assert record["co_units"] == wanted["co"]
        assert (record["due_on"] and record["due_on"].isoformat()) == wanted["due"]
        assert entry.claim == claims[wanted["status"]]
        assert bool(record["photos_after"]) == wanted.get("photo", False)
        doubts = {d.code: d.value for d in entry.doubts}
        warned = " ".join(wanted.get("warn", ()))
        assert ("hidden_row" in doubts) == ("隐藏" in warned)
        assert doubts.get("several_problems", "1") in (warned if "子问题" in warned else "1")
        assert ("short_date" in doubts) == ("短日期" in warned)
        assert ("lost_zero" in doubts) == ("3月1日或3月10日" in warned)
        assert ("long_term" in doubts) == ("长期" in warned)
    assert [(s.row, s.why.code) for s in intake.skipped] == [
        (8, "blank"),
        (12, "total"),
        (13, "note"),
    ]
    assert not intake.rejected


def test_the_messy_csv(sample_town: Repository) -> None:
    expected = json.loads((DATA / "messy_expected.json").read_text("utf-8"))
    intake = messy(sample_town, "messy_ledger_gb18030.csv")
    for entry, wanted in zip(intake.entries, expected["csv"], strict=True):
        assert entry.record["location"] == wanted["location"]
        assert entry.record["lead_unit"] == wanted["lead"]
        assert entry.record["co_units"] == wanted.get("co", [])
        assert (entry.record["due_on"] and entry.record["due_on"].isoformat()) == wanted["due"]
    assert [s.why.code for s in intake.skipped] == ["total"]


def test_importing_the_messy_sheet_twice_adds_nothing(sample_town: Repository) -> None:
    for name in ("messy_ledger.xlsx", "messy_ledger_gb18030.csv"):
        intake = messy(sample_town, name)
        sample_town.commit(intake.wishes, FOUNDER, NOW, op="import")
        assert {e.action for e in messy(sample_town, name).entries} == {"same"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.流动摊贩8个占道；2.油污未清。", ["流动摊贩8个占道", "油污未清"]),
        ("①垃圾满溢②污水横流", ["垃圾满溢", "污水横流"]),
        ("一是无台账；二是无标识。", ["无台账", "无标识"]),
        ("（1）墙面破损（2）线缆杂乱（3）积水", ["墙面破损", "线缆杂乱", "积水"]),
        ("围挡高2.5米，破损1.2米", ["围挡高2.5米，破损1.2米"]),
        ("3.5米处积水，4.5米处堆物", ["3.5米处积水，4.5米处堆物"]),
        ("积水2处", ["积水2处"]),
    ],
)
def test_problems_numbered_in_one_cell_are_told_apart(text: str, parts: list[str]) -> None:
    assert problems_in(text) == parts


def test_what_calamine_does_not_tell_is_read_from_the_file(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in ("第一组 & 二组", "空表"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["地点", "存在问题", "整改后照片", "责任单位"])
    sheet = book.get_worksheet_by_name("第一组 & 二组")
    for row in range(1, 5):
        sheet.write_row(row, 0, [f"{row}号门市", "占道"])
        sheet.write(row, 3, "城管中队")
    sheet.write_formula(2, 2, '=DISPIMG("ID_1",1)')
    sheet.set_row(3, None, None, {"hidden": True})
    book.close()
    rows = [r for r in read_ledger(out.getvalue(), "a.xlsx").rows if isinstance(r, Incoming)]
    assert [[d.code for d in r.doubts] for r in rows] == [[], [], ["hidden_row"], []]
    assert [r.cells.get("photos_after") for r in rows] == [None, "C3", None, None]


def test_rows_of_a_hidden_stretch_of_an_ods_are_told() -> None:
    xml = (
        '<table:table table:name="表 &amp; 1"><table:table-row table:number-rows-repeated="2">'
        '</table:table-row><table:table-row table:visibility="collapse" '
        'table:number-rows-repeated="3"/><table:table-row/></table:table>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", xml)
    inside = innards(Archive(out.getvalue(), "a.ods"), "a.ods")
    assert inside.sheets["表 & 1"].hidden == {2, 3, 4}


def test_whoever_sent_a_sheet_is_its_unit_where_rows_name_none() -> None:
    text = "环境整治台账\n填报单位：环卫所,,\n地点,存在问题,备注\n桥头,垃圾,\n"
    (row,) = (r for r in read_ledger(text.encode(), "a.csv").rows if isinstance(r, Incoming))
    assert (row.sender, row.sender_leads) == ("环卫所", True)
    named = text.replace("备注", "责任单位").replace("垃圾,", "垃圾,城管中队")
    (row,) = (r for r in read_ledger(named.encode(), "a.csv").rows if isinstance(r, Incoming))
    assert (row.sender, row.sender_leads) == ("环卫所", False)
    assert row.cells["lead_unit"] == "城管中队"


# Out, and in again


def exported(repository: Repository, form: Format, encoding: str = "") -> bytes:
    repository.load_closed()
    projector = Projector(repository.town, TODAY)
    items = sorted(repository.town.items.values(), key=lambda i: i.label)
    return write_records([projector.record(i) for i in items], form, encoding=encoding)


FORMS = [
    (Format.JSON, ""),
    (Format.JSONL, ""),
    (Format.CSV, ""),
    (Format.CSV, "gb18030"),
    (Format.XLSX, ""),
]


@pytest.mark.parametrize(("form", "encoding"), FORMS)
def test_export_move_in_export_is_identical(tmp_path: Path, form: Format, encoding: str) -> None:
    first = build_demo(tmp_path / "a", "ann", TODAY, DemoSize(150, rework=0.4), 5)
    second = build_demo(tmp_path / "b", "ann", TODAY, DemoSize(0), 5)
    data = exported(first, form, encoding)
    intake = Mover(second.town, FOUNDER, TODAY, "a").read(read_ledger(data, f"a.{form}").rows)
    assert not intake.skipped
    second.commit(intake.wishes, FOUNDER, NOW, op="move_in")
    again = exported(second, form, encoding)
    assert blind(again, form) == blind(data, form)
    first.close()
    second.close()


def blind(data: bytes, form: Format) -> Any:
    """Rows without the revision."""
    if form == Format.XLSX:
        rows = [list(r) for r in openpyxl.load_workbook(io.BytesIO(data)).active.values]
        return [row[:-1] for row in rows]
    if form == Format.CSV:
        content = data.decode("gb18030" if not data.startswith(b"\xef\xbb\xbf") else "utf-8-sig")
        return [row[:-1] for row in csv.reader(io.StringIO(content))]
    rows = json.loads(data) if form == Format.JSON else [json.loads(x) for x in data.splitlines()]
    return [{k: v for k, v in row.items() if k != "revision"} for row in rows]


def test_a_workbook_has_real_dates_and_a_frozen_header(office: Office) -> None:
    office.issued()
    sheet = openpyxl.load_workbook(io.BytesIO(exported(office.repository, Format.XLSX))).active
    header = [cell.value for cell in sheet[1]]
    assert header == list(HEADERS.values())
    found = sheet.cell(2, header.index("检查时间") + 1)
    assert found.value.date() == date(2026, 3, 27)
    assert found.is_date
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref
    assert sheet.column_dimensions["H"].width >= len("垃圾桶满溢") * 2


@pytest.mark.parametrize("form", list(Format))
def test_no_export_holds_a_formula(office: Office, form: Format) -> None:
    office.reported(description='=HYPERLINK("http://x","y")', location="@SUM(A1)", note="-5 度")
    office.reported(description="+1 555", location="'=1", note="=cmd|' /C calc'!A0")
    data = exported(office.repository, form)
    if form == Format.XLSX:
        for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    if form == Format.CSV:
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    if form != Format.MD:
        rows = incoming(data, f"a.{form}")
        assert rows[0].cells["description"] == '=HYPERLINK("http://x","y")'
        assert rows[1].cells["location"] == "'=1"


@given(st.text())
@settings(max_examples=300)
def test_guarding_a_cell_loses_nothing(cell: str) -> None:
    assert unquoted(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_markdown_keeps_its_columns(office: Office) -> None:
    office.reported(description="a|b\n第二行")
    lines = exported(office.repository, Format.MD).decode().splitlines()
    assert len(lines) == 3
    assert "a\\|b<br>第二行" in lines[2]


def test_what_cannot_be_written_in_an_encoding(office: Office) -> None:
    office.reported(description="🀄")
    with pytest.raises(FileRefused) as caught:
        exported(office.repository, Format.CSV, "gb2312")
    assert caught.value.code == "not_in_encoding"


def test_an_export_is_never_written_over_or_through(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    save(b"one", target, force=False)
    with pytest.raises(FileRefused) as caught:
        save(b"two", target, force=False)
    assert caught.value.code == "exists"
    save(b"two", target, force=True)
    assert target.read_bytes() == b"two"
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    with pytest.raises(FileRefused):
        save(b"three", link, force=True)
    assert target.read_bytes() == b"two"
    with pytest.raises(FileRefused):
        save(b"x", tmp_path / "no" / "a.csv", force=False)
    assert target.stat().st_mode & 0o077 == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.csv", "link.csv"]


def test_formats_by_suffix() -> None:
    assert format_of("台账.XLSX") == Format.XLSX
    assert format_of("a.md") == Format.MD
    with pytest.raises(FileRefused):
        format_of("a.pdf")


def test_every_field_has_a_header() -> None:
    assert tuple(HEADERS) == KEYS == tuple(f.key for f in FIELDS)
    assert len(set(HEADERS.values())) == len(HEADERS)


def test_no_cell_is_lost() -> None:
    data = text(
        ["点位", "问题", "是否整改", "整改情况", ""],
        ["桂花街", "累计堆放垃圾约3吨", "是", "已清理3车垃圾", "多余"],
        ["小计", "", "", "", ""],
    )
    (row,) = incoming(data)
    assert row.cells["progress"] == "是"
    assert row.cells["note"] == "整改情况：已清理3车垃圾；第5列：多余"
    assert incoming(text(["点位", "问题"], ["累计堆放垃圾处", "三吨"]))


def test_json_keeps_what_is_hostile_without_sending_it(office: Office) -> None:
    from core.changes import Change, Changes
    from core.model import Item

    bad = Item(id=99, report_no="R-0099", description="a\x9b31mb\u202ec", location="x")
    office.repository.save(Changes(changes=(Change("items", None, bad),), op="report"))
    for form in (Format.JSON, Format.JSONL):
        data = exported(office.repository, form)
        assert not any(char in data.decode() for char in "\x9b\u202e")
        assert b"\\u009b" in data


# The standard ledger, out to a unit and back


def filled(data: bytes, row: int, **cells: object) -> bytes:
    """A workbook as a unit sends it back."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[2]}
    for name, value in cells.items():
        assert not sheet.cell(row, heads[name]).protection.locked
        sheet.cell(row, heads[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_standard_ledger_comes_back_as_the_units_answer(office: Office) -> None:
    office.issued(due=date(2026, 4, 10))
    key = office.issued(due=date(2026, 4, 12), location="钟楼", description="=1+1 积水")
    projector = Projector(office.town, TODAY)
    items = [i for i in office.town.items.values() if i.state == State.RECTIFYING]
    data = standard_ledger([projector.record(i) for i in items], "示例镇问题整改台账")
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    assert sheet["A1"].value == "示例镇问题整改台账"
    assert sheet.protection.sheet
    assert sheet.cell(3, 2).protection.locked
    assert sheet.freeze_panes == "C3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$2"
    choices = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert '"已整改,整改中,未整改"' in choices.values()

    def come_back(data: bytes) -> Intake:
        return Reader(office.town, FOUNDER, TODAY).read(read_ledger(data, "a.xlsx").rows)

    assert {e.action for e in come_back(data).entries} == {"same"}
    row = 3 + [i.id for i in items].index(key)
    answer = filled(data, row, 整改措施="已清理", 整改情况="已整改", 完成日期=date(2026, 3, 31))
    intake = come_back(answer)
    assert sorted(e.action for e in intake.entries) == ["same", "update"]
    office.repository.commit(intake.wishes, FOUNDER, NOW, op="import")
    item = office.item(key)
    assert item.state == State.AWAITING
    assert item.description == "=1+1 积水"
    assert {e.action for e in come_back(answer).entries} == {"same"}


def test_a_number_that_was_rubbed_out_is_known_by_its_mark(office: Office) -> None:
    key = office.issued(due=date(2026, 4, 10))
    record = Projector(office.town, TODAY).record(office.item(key))
    book = openpyxl.load_workbook(io.BytesIO(standard_ledger([record], "台账")))
    book.active["B3"].value = None
    out = io.BytesIO()
    book.save(out)
    rows = read_ledger(out.getvalue(), "a.xlsx").rows
    (entry,) = Reader(office.town, FOUNDER, TODAY).read(rows).entries
    assert entry.item == key


@pytest.mark.parametrize(
    ("name", "safe"),
    [("城管中队", "城管中队"), ("a/b\\c", "a_b_c"), ("..", "_"), ("x\x00y:z ", "x_y_z"), ("", "_")],
)
def test_names_of_files_are_safe_anywhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def old_workbook(row: int = 1, column: int = 1) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for at, header in enumerate(("点位", "问题描述")):
        sheet.write(0, at, header)
    sheet.write(1, 0, "桥头")
    sheet.write(1, 1, "垃圾")
    if (row, column) != (1, 1):
        sheet.write(row, column, "远处")
    for filler in range(2, 400):
        sheet.write(filler, 0, f"第{filler}处")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_chain_of_sectors_that_bites_its_tail_is_refused() -> None:
    data = bytearray(old_workbook())
    assert len(incoming(bytes(data), "a.xls")) > 300
    fat = (int.from_bytes(data[76:80], "little") + 1) * 512
    first = int.from_bytes(data[fat : fat + 4], "little")
    assert first == 1  # the workbook lies in the sectors from 0 on
    data[fat + 40 : fat + 44] = (0).to_bytes(4, "little")
    with pytest.raises(FileRefused, match="cut_short"):
        read_ledger(bytes(data), "a.xls")


@pytest.mark.parametrize(
    ("row", "column", "code"), [(65_000, 1, "too_many_rows"), (1, 250, "too_many_columns")]
)
def test_an_old_workbook_with_a_cell_far_away_is_refused(row: int, column: int, code: str) -> None:
    with pytest.raises(FileRefused, match=code):
        read_ledger(old_workbook(row, column), "a.xls")


def test_a_damaged_workbook_says_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    data = old_workbook()
    for cut in range(512, len(data), 700):
        with suppress(FileRefused):
            read_ledger(data[:cut], "a.xls")
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_written_to_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("点位,问题描述\n")
    real = os.fstat
    looks = []

    def fstat(descriptor: int) -> os.stat_result:
        looks.append(descriptor)
        if len(looks) == 2:
            with path.open("a") as more:
                more.write("桥头,垃圾\n")
        return real(descriptor)

    monkeypatch.setattr("store.ledgers.coming_in.grids.os.fstat", fstat)
    with pytest.raises(FileRefused, match="changing"):
        read_bytes(path)
    assert read_bytes(path)
