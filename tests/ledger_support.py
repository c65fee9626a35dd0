"""Files of a few rows, for tests of ledgers."""

import io
from pathlib import Path
from typing import Any

import openpyxl

from core.ledger.outcome import Incoming
from store.ledgers.coming_in.reading import read_ledger

DATA = Path(__file__).parent / "data"
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
