"""One row being read: its cells as text, days and lists, and what is in doubt."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from core.errors import Doubt
from core.ledger.outcome import Incoming
from core.ledger.record import KEYS
from core.words.cells import plain
from core.words.claims import claim_of, sounds_done
from core.words.dates import FIRST_YEAR, LAST_YEAR, Period, day_of_sheet, read_date, read_later
from core.words.numbers import is_ours
from core.words.text import file_name

_FILE = re.compile(
    r"\.[A-Za-z0-9]{2,5}$|^https?://|^[A-Z]{1,3}\d+(?:-\d+)?$|^(?:IMG|DSC|MVI|图|照片|P)[\s_-]*\d+",
    re.I,
)
"""How a photo is named: a file, a link, the cell a picture stands in, or a camera's number."""
_NONE = re.compile(r"无|没有|暂无|/|-+|—+|否")


_EMPTY = dict.fromkeys(KEYS, "")


class _Texts(dict[str, str]):
    """Cells as text, worked out where they are asked for."""

    def __init__(self, cells: Mapping[str, Any]) -> None:
        super().__init__(_EMPTY)
        for key, raw in cells.items():
            if type(raw) is str:
                self[key] = raw.strip()
            elif raw is not None:
                self.pop(key, None)
        self._cells = cells

    def __missing__(self, key: str) -> str:
        found = self[key] = plain(self._cells.get(key))
        return found


class Row:
    """One row being read; collects its doubts."""

    def __init__(self, incoming: Incoming, period: Period) -> None:
        self.incoming = incoming
        self.cells = incoming.cells
        self.doubts: list[Doubt] = list(incoming.doubts)
        self.period = period
        self.texts = _Texts(incoming.cells)
        self.text: Callable[[str], str] = self.texts.__getitem__
        """The cell of a key as text; empty where there is none."""
        if type(incoming.cells.get("photos_after")) is str:
            self._work_told_as_a_photo()

    def _work_told_as_a_photo(self) -> None:
        """What a unit wrote of its work where photos of it are asked for is how it goes."""
        said = self.texts["photos_after"]
        if self.texts["progress"] or not (claim_of(said) or sounds_done(said)):
            return
        self.cells = {k: v for k, v in self.cells.items() if k != "photos_after"}
        self.cells["progress"] = self.texts["progress"] = said
        self.texts["photos_after"] = ""
        self.doubt("told_as_photo", "progress", said)

    def doubt(self, code: str, field: str = "", value: str = "", near: str = "") -> None:
        self.doubts.append(Doubt(code, value, field, near))

    def doubts_about(self, field: str) -> bool:
        """Whether something of a field is in doubt already."""
        return any(doubt.field == field for doubt in self.doubts)

    def day(self, key: str, start: date | None = None) -> date | None:
        """The day a cell names; without a year, the next from `start` on where that is known."""
        raw = self.cells.get(key)
        if raw is None or (type(raw) is date and FIRST_YEAR <= raw.year <= LAST_YEAR):
            return raw
        if (of_sheet := day_of_sheet(raw, self.period)) is not None:
            self.doubt("month_of_sheet", key, of_sheet.isoformat())
            return of_sheet
        read = read_later(raw, start, self.period) if start else read_date(raw, self.period)
        if read.doubt is not None:
            self.doubt(read.doubt.code, key, read.doubt.value)
        return read.value

    def past(self, key: str, today: date, start: date | None = None) -> date | None:
        """A day that has been; a later one is no value and a doubt."""
        day = self.day(key, start)
        if day is not None and day > today:
            self.doubt("future", key, day.isoformat())
            return None
        return day

    def words(self, key: str) -> tuple[str, ...]:
        raw = self.cells.get(key)
        if not raw:
            return ()
        parts = raw if isinstance(raw, list | tuple) else self.text(key).split("、")
        return tuple(p for p in (plain(part) for part in parts) if p)

    def files(self, key: str) -> tuple[str, ...]:
        """Photos that are named, without the folders somebody had them in."""
        return tuple(file_name(name) for name in self.words(key))

    def photos(self, key: str) -> tuple[str, ...]:
        """Files that are named as photos; a word that is no file is none, and told.

        In a row that went out of a store every word is a file.
        """
        if not isinstance(self.cells.get(key), str) or is_ours(self.text("number")):
            return self.files(key)
        found = []
        for name in self.files(key):
            if _FILE.search(name):
                found.append(name)
            elif not _NONE.fullmatch(name):
                self.doubt("no_photo", key, name)
        return tuple(found)

    def one_of(self, key: str, known: Collection[str]) -> str:
        value = self.text(key)
        if value and value not in known:
            near = get_close_matches(value, known, 1)
            self.doubt("unknown", key, value, near[0] if near else "")
            return ""
        return value

    def count(self, key: str) -> int:
        """A whole number; what is none is 0 and a doubt."""
        text = self.text(key)
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            self.doubt("bad_number", key, text)
            return 0
        return int(text)
