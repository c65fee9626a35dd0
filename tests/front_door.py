"""Ledgers of an office read into its town, for tests."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from tests_support import FOUNDER, NOW

from core.ledger.moving_in import Mover
from core.ledger.outcome import Entry, Intake
from core.ledger.row_reader import Reader
from core.model import Item
from store.history.repository import Repository
from store.ledgers.coming_in.reading import Ledger, read_ledger
from store.ledgers.headers import HEADERS
from store.samples.building import DemoSize, build_demo
from tui.ledger.incoming_file import known_in

TODAY = date(2026, 11, 26)
Rows = Sequence[Sequence[Any]]
WORDINGS = Path(__file__).parent / "data" / "headers.txt"

HEAD = ["序号", "问题类别", "检查时间", "点位", "存在问题", "责任单位", "整改时限", "整改情况"]
PLAIN = ["桂花街1号", "沟盖板缺失", "城管中队", "2026-11-20", "2026-12-10"]


def office(tmp_path: Path) -> Iterator[Repository]:
    repository = build_demo(tmp_path / "town", "founder", TODAY, DemoSize(0), 1)
    yield repository
    repository.close()


def sheet_of(rows: Rows, *merged: str, name: str = "台账") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for span in merged:
        sheet.merge_cells(span)
    return book


def data_of(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ledger(town: Repository, data: bytes, name: str = "a.xlsx", **options: Any) -> Ledger:
    return read_ledger(data, name, known=known_in(town.town, {}), **options)


def read(town: Repository, data: bytes | Rows, name: str = "a.xlsx", *merged: str) -> Intake:
    data = data if isinstance(data, bytes) else data_of(sheet_of(data, *merged))
    return Reader(town.town, FOUNDER, TODAY).read(ledger(town, data, name).rows)


def move(town: Repository, rows: Rows, name: str = "a.xlsx", **options: Any) -> Intake:
    found = ledger(town, data_of(sheet_of(rows)), name)
    mover = Mover(town.town, FOUNDER, TODAY, "a", headers=HEADERS, **options)
    return mover.read(found.rows)


def moved(town: Repository, rows: Rows, name: str = "a.xlsx", **options: Any) -> list[Item]:
    intake = move(town, rows, name, **options)
    assert not intake.rejected
    changes = town.commit(intake.wishes, FOUNDER, NOW.replace(month=11, day=26), op="move_in")
    return [c.new for c in changes.of("items") if isinstance(c.new, Item)]


def codes(entry: Entry) -> set[tuple[str, str]]:
    return {(doubt.code, doubt.field) for doubt in entry.doubts}
