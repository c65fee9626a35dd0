"""Ledgers going out, and what comes back of them."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_support import incoming, text
from tests_support import FOUNDER, NOW, TODAY, Office

from core.ledger.moving_in import Mover
from core.ledger.outcome import Intake
from core.ledger.record import FIELDS, KEYS, Projector
from core.ledger.row_reader import Reader
from core.model import State
from store.errors import FileRefused
from store.history.repository import Repository
from store.ledgers.coming_in.reading import read_ledger
from store.ledgers.formats import Format, format_of
from store.ledgers.formulas import guarded, unquoted
from store.ledgers.going_out.standard import safe_name, standard_ledger
from store.ledgers.going_out.writing import save, write_records
from store.ledgers.headers import HEADERS
from store.samples import DemoSize, build_demo

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
