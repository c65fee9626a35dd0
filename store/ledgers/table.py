"""One table of a ledger: which rows of it are records, and what stands in each."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from core.categories import CATEGORIES
from core.errors import Doubt
from core.intake import Incoming, Picture, Skipped
from core.naming import NEAR
from core.record import TYPES, FieldType
from core.text import clean, key_of, removed, without_folders
from store.ledgers.grids import Grid
from store.ledgers.headers import HEADERS, MARK
from store.ledgers.heading import HEADER_WITHIN, Heading, full, heading_of, keys_in
from store.ledgers.innards import address

LATER_1904 = 1462
"""Days by which serials that count from 1904 lag behind the usual ones."""
_TOTAL = re.compile(r"(小计|合计|总计|共计|累计)[:：]?(\d+[个件条处项起]?)?")
_TOTALS = frozenset("小合总共累")
_NOTE = re.compile(
    r"(注|说明|备注|填报人|填报单位|填表人?|填报时间|填报日期|审核人|审核|制表人?|经办人|签字|负责人"
    r"|联系人|联系电话|电话|分管领导)[（(]?(?:签字|签章|盖章)?[)）]?[:：]"
)
_BLANKS = re.compile(r"\s+")
_MARK = re.compile(r"[A-Za-z0-9-]{1,30}\|[0-9]{1,12}")
_LONGEST_HEADER = 12
"""Characters of a header in mid-sheet."""
_AS_ABOVE = frozenset({"同上", "同前", "〃"})
"""What people write instead of what stands above."""
_SECTION = re.compile(r"[（(]?[一二三四五六七八九十]+[)）、.．]")


Known = Mapping[str, Mapping[str, str]]
"""Fields by header as `key_of` compares it, by sender."""
NOTHING_KNOWN: Known = {}


class Column(Struct, frozen=True):
    """A column whose header is not known, or is there twice; what it holds goes into the note."""

    sheet: str | None
    header: str
    twice: bool = False
    near: str = ""
    """A known header written much like it."""


class Table:
    """A grid whose header is known."""

    def __init__(
        self,
        grid: Grid,
        rows: list[list[Any]],
        heading: Heading,
        sender: str,
        headers: Mapping[str, str],
    ) -> None:
        self._grid = grid
        self._rows = rows
        self._first = first = heading.first
        self._columns = columns = heading.columns
        self._names = heading.names
        self._repeated = heading.repeated
        self._heads = {text for row in heading.repeated for text in row.values()}
        self._sender = sender
        self._headers = dict(headers)
        self._above: dict[int, Any] = {}
        """Cells of the record before."""
        at_unit = [at for at, key in columns.items() if key in ("lead_unit", "co_units")]
        self._names_units = any(
            at < len(row) and full(row[at]) for row in rows[first:] for at in at_unit
        )
        self._pictured: dict[int, list[int]] = {}
        for row, at in sorted(grid.inside.pictures):
            self._pictured.setdefault(row, []).append(at)
        self._described = [at for at, key in columns.items() if key == "description"]

    @classmethod
    def of(
        cls, grid: Grid, headers: dict[str, str], needed: frozenset[str], known: Known
    ) -> "Table | None":
        """The table of a grid, or None where no row among the first reads as a header."""
        rows = grid.filled()
        heading = heading_of(grid, rows, headers)
        first = heading.first if heading else HEADER_WITHIN
        sender = _sender([[line] for line in grid.above] + grid.rows[:first])
        own = known.get(key_of(sender)) if sender else None
        if own:
            headers = {**headers, **own}
            heading = heading_of(grid, rows, headers)
        if heading is None or not needed <= set(heading.columns.values()):
            return None
        return cls(grid, rows, heading, sender, headers)

    def rows(self) -> Iterator[Incoming | Skipped]:
        """Every row behind the header."""
        section = ""
        for index in range(self._first, len(self._rows)):
            cells = {
                at: cell
                for at, cell in enumerate(self._rows[index])
                if cell != "" and cell is not None and (type(cell) is not str or not cell.isspace())
            }
            number = self._grid.number(index)
            why = self._no_record(cells)
            if why is None:
                doubts = self._as_above(cells)
                yield self._incoming(cells, index, section, doubts)
                self._above = cells
                continue
            if why == "header":
                self._turn_to(cells)
            if why == "section":
                section = _category_in(cells)
            yield Skipped(number, Doubt(why), self._grid.sheet)

    def unread(self, headers: Mapping[str, str]) -> Iterator[Column]:
        """Columns that hold something no field takes."""
        seen: set[str] = set()
        for at, name in self._names.items():
            key = self._columns.get(at)
            twice = bool(key) and key in seen
            seen.add(key or "")
            if (key is None or twice) and any(
                at < len(row) and full(row[at]) for row in self._rows[self._first :]
            ):
                taken = set(self._columns.values())
                free = [header for header, field in headers.items() if field not in taken]
                near = "" if twice else _near(key_of(name), free)
                known = HEADERS.get(headers[near], "") if near else ""
                yield Column(self._grid.sheet, name, twice, known)

    def _no_record(self, cells: dict[int, Any]) -> str | None:
        """Why a row is none: blank, header, total, note or section."""
        if not cells:
            return "blank"
        if self._is_plain(cells):
            return None
        if self._repeats_header(cells) or self._is_header(cells):
            return "header"
        first = str(next(iter(cells.values()))).strip()
        if first[0] in _TOTALS and _TOTAL.fullmatch(_BLANKS.sub("", first)):
            return "total"
        if not any(at in cells for at in self._described) or all(
            str(cell).strip() == first for cell in cells.values()
        ):
            if _SECTION.match(first) and _category_in(cells):
                return "section"
            if _NOTE.match(first):
                return "note"
        return None

    def _is_plain(self, cells: dict[int, Any]) -> bool:
        """Whether a row is a record at the first look: its problem is longer than any header, and
        what it begins with is something else and no total."""
        told = next((cells[at] for at in self._described if at in cells), "")
        first = next(iter(cells.values()))
        if type(told) is not str or len(told) <= _LONGEST_HEADER or first == told:
            return False
        if told.strip() in self._heads:
            return False
        return type(first) is not str or first.lstrip()[:1] not in _TOTALS

    def _as_above(self, cells: dict[int, Any]) -> list[Doubt]:
        """Cells that say 同上 hold what the row above holds there, and are told.

        A row with a number went out of a store: what it says is meant.
        """
        if _AS_ABOVE.isdisjoint(cells.values()):
            return []
        doubts: list[Doubt] = []
        if any(self._columns.get(at) == "number" for at in cells):
            return doubts
        for at, cell in cells.items():
            if cell in _AS_ABOVE and at in self._above:
                cells[at] = self._above[at]
                doubts.append(Doubt("as_above", str(cells[at])[:60], self._columns.get(at) or ""))
        return doubts

    def _is_header(self, cells: dict[int, Any]) -> bool:
        """Whether a row heads other columns than those above: every cell of it is a header."""
        for cell in cells.values():
            if type(cell) is not str or len(cell) > _LONGEST_HEADER:
                return False
        keys = keys_in(list(cells.values()), self._headers)
        fields = set(keys.values()) - {""}
        return len(fields) > 1 and len(keys) == len(cells) and "description" in fields

    def _turn_to(self, cells: dict[int, Any]) -> None:
        """Another header: the rows below it have its columns."""
        if not self._repeats_header(cells):
            texts = {at: str(cell).strip() for at, cell in cells.items()}
            self._columns = {at: self._headers[key_of(text)] for at, text in texts.items()}
            self._names, self._repeated, self._above = texts, (texts,), {}
            self._heads = set(texts.values())
            self._described = [at for at, key in self._columns.items() if key == "description"]

    def _repeats_header(self, cells: dict[int, Any]) -> bool:
        """Whether at least two cells, and no other, say what the header says there."""
        for row in self._repeated:
            for at, cell in cells.items():
                if row.get(at) != str(cell).strip():
                    break
            else:
                return len(cells) >= 2
        return False

    def _incoming(
        self, row: dict[int, Any], index: int, section: str, doubts: list[Doubt]
    ) -> Incoming:
        cells: dict[str, Any] = {}
        extra: list[str] = []
        columns = self._columns
        for at, cell in row.items():
            key = columns.get(at)
            value = cell
            if type(cell) is str and not (cell.isprintable() and cell[0] != " " != cell[-1]):
                value = tidied(cell, key or "", doubts)
            if key and key not in cells:
                cells[key] = value
            elif key != "":
                if at not in self._names:
                    doubts.append(Doubt("unheaded", str(at + 1)))
                extra.append(aside(self._names.get(at) or f"第{at + 1}列", value))
        mark = str(cells.pop("mark", "")).strip()
        if mark and not _MARK.fullmatch(mark):
            extra.append(f"{MARK}：{mark}")
            mark = ""
        if extra:
            cells["note"] = "；".join([*([str(cells["note"])] if "note" in cells else []), *extra])
        if section and "category" not in self._columns.values():
            cells["category"] = section
        pictures = self._look_inside(index, cells, doubts)
        number = self._grid.number(index)
        return Incoming(
            number,
            cells,
            self._grid.sheet,
            tuple(doubts),
            pictures,
            mark=mark,
            sender=self._sender,
            sender_leads=not self._names_units,
        )

    def _look_inside(
        self, index: int, cells: dict[str, Any], doubts: list[Doubt]
    ) -> tuple[Picture, ...]:
        """What the file says of a row beyond its values: hidden, computed, faulty, pictured."""
        inside = self._grid.inside
        if index in inside.hidden:
            doubts.append(Doubt("hidden_row"))
        for code, marked in (("formula", inside.formulas), ("fault", inside.faults)):
            if marked:
                for at, key in self._columns.items():
                    if key and (index, at) in marked:
                        doubts.append(Doubt(code, address(index, at), key))
        if self._grid.since_1904:
            for key, value in cells.items():
                if isinstance(value, float) and TYPES.get(key) == FieldType.DATE:
                    cells[key] = value + LATER_1904
        found = []
        for at in self._pictured.get(index, ()):
            column = self._columns.get(at)
            side = "photos_before" if column == "photos_before" else "photos_after"
            paths = inside.pictures[index, at]
            for nth, path in enumerate(paths, 1):
                name = address(index, at) + (f"-{nth}" if len(paths) > 1 else "")
                found.append(Picture(side, name, path))
        for side in {picture.side for picture in found}:
            named = [str(cells[side])] if side in cells else []
            cells[side] = "、".join([*named, *(p.name for p in found if p.side == side)])
        return tuple(found)


def _near(name: str, headers: list[str]) -> str:
    """The header a name ends with, else the one written most alike; empty where there is none."""
    ends = max((h for h in headers if h and name.endswith(h)), key=len, default="")
    return ends or next(iter(get_close_matches(name, headers, 1, NEAR)), "")


def aside(header: str, value: Any) -> str:
    """A cell nothing here is called by, as the note keeps it; of a file its name only."""
    text = "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"{header}：{without_folders(text)}"


def tidied(cell: Any, key: str, doubts: list[Doubt]) -> Any:
    """A cell without hostile characters; what was taken out is doubted aloud."""
    if not isinstance(cell, str):
        return cell
    doubts.extend(Doubt("removed", char, key) for char in removed(cell))
    return clean(cell)


def _category_in(cells: dict[int, Any]) -> str:
    text = str(next(iter(cells.values())))
    return next((category for category in CATEGORIES if category in text), "")


_SENDER = re.compile(r"填报单位[:：]\s*([^\s:：]+)(?![^\s]*[:：])")
_SEAL = re.compile(r"[（(](?:盖章|公章|章|签章)[)）]|[（(][)）]|盖章$")


def _sender(rows: list[list[Any]]) -> str:
    """The unit that says above the header who filled the sheet in."""
    for row in rows:
        for at, cell in enumerate(row):
            if not isinstance(cell, str) or "填报单位" not in cell:
                continue
            found = _SENDER.search(cell)
            if found:
                return _SEAL.sub("", found.group(1)).strip()
            beside = next((c for c in row[at + 1 :] if full(c)), "")
            named = isinstance(beside, str) and ":" not in beside and "：" not in beside
            if _SEAL.sub("", cell).strip(" :：") == "填报单位" and named:
                return _SEAL.sub("", beside).strip()
    return ""
