"""Ledgers in and out: formats, headers, the messy sample, export and moving in."""

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
from ledger_support import DATA, HEAD, ROW, incoming, text, xlsx
from tests_support import FOUNDER, NOW

from core.ledger.outcome import Incoming, Intake
from core.ledger.row_reader import Reader
from core.ledger.rows.splitting import problems_in
from store.errors import FileRefused
from store.history.repository import Repository
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.coming_in.innards import innards
from store.ledgers.coming_in.reading import read_ledger
from store.ledgers.zipped import Archive
from store.samples import DemoSize, build_demo


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
