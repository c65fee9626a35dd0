"""The cells of a sheet on their way in."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from core.errors import Doubt
from core.words.cells import plain
from core.words.claims import claim_of
from core.words.text import TICKS, clean, removed, without_folders
from store.ledgers.coming_in.tables.columns import BOTH
from store.ledgers.coming_in.tables.holds import with_unit
from store.ledgers.headers import MARK

_EXACT = 10**15
"""From here on a spreadsheet has lost the last digits of a number."""
_REPEATED = 20
"""Characters of a text that may stand in many cells."""
_BY_HEADER = frozenset({"state", "due_on"})
_CLOSING = re.compile(r"销[号案账]")
_CLOSED_ON = re.compile(
    r"(?P<word>[^\d（(\s]+)\s*[（(]?(?P<day>(?:20\d\d[年./-])?\d{1,2}[月./-]\d{1,2}日?)?[)）]?"
)
_YES = re.compile(
    rf"是|[{TICKS}]|已|已销|清零|(?:已?整改)?(?:已?销[号账案])|同意(?:销号)?|可以?(?:销号)?|准予?(?:销号)?"
)
"""Words by which such a column says so."""
_LONGEST_COUNT = 4
_MARK = re.compile(r"[A-Za-z0-9-]{1,30}\|[0-9]{1,12}")


def aside(header: str, value: Any) -> str:
    """A cell nothing here is called by, as the note keeps it; of a file its name only."""
    text = "、".join(map(str, value)) if isinstance(value, list | tuple) else plain(value)
    return f"{header}：{without_folders(text)}"


def tidied(cell: Any, key: str, doubts: list[Doubt]) -> Any:
    """A cell without hostile characters; what was taken out is doubted aloud."""
    if not isinstance(cell, str):
        return cell
    doubts.extend(Doubt("removed", char, key) for char in removed(cell))
    return clean(cell)


def is_worded(cell: Any) -> bool:
    """Whether words stand where rows are only counted: they are kept."""
    return type(cell) is str and len(cell) > _LONGEST_COUNT and not cell.isascii()


def mark_of(cells: dict[str, Any], extra: list[str]) -> str:
    """The mark of a row that was handed out, taken out of its cells; what is none goes with the rest."""
    mark = str(cells.pop("mark", "")).strip()
    if mark and not _MARK.fullmatch(mark):
        extra.append(f"{MARK}：{mark}")
        return ""
    return mark


def _is_tick(value: str) -> bool:
    return value.strip() in {*TICKS, "●", "是"}


_AS_ABOVE = frozenset({"同上", "同前", "〃"})
"""What people write instead of what stands above."""


def as_above(
    cells: dict[int, Any], above: Mapping[int, Any], columns: Mapping[int, str]
) -> list[Doubt]:
    """Have cells that say 同上 hold what the row above holds there; each is told.

    Not of a row that went out of a store: in it they are what is meant.
    """
    doubts: list[Doubt] = []
    if _AS_ABOVE.isdisjoint(cells.values()):
        return doubts
    for at, cell in list(cells.items()):
        if cell not in _AS_ABOVE:
            continue
        field = columns.get(at) or ""
        if at in above:
            cells[at] = above[at]
            doubts.append(Doubt("as_above", str(cells[at])[:60], field))
        else:
            del cells[at]
            doubts.append(Doubt("nothing_above", str(cell), field))
    return doubts


class Values:
    """The cells of rows by the fields of their columns."""

    def __init__(self, counts: Collection[int]) -> None:
        """`counts` are columns in which rows are only counted."""
        self._counts = counts
        self._known: dict[Any, Any] = {}
        """Days and names that stood in a cell: what stands again is the same object, and is sent once."""

    def of(
        self,
        row: Mapping[int, Any],
        columns: Mapping[int, str],
        names: Mapping[int, str],
        doubts: list[Doubt],
    ) -> tuple[dict[str, Any], list[str]]:
        """The cells of a row by field, and what goes into the note; `names` are those of the columns."""
        cells: dict[str, Any] = {}
        extra: list[str] = []
        again = self._known.get
        for at, cell in row.items():
            key = columns.get(at)
            kind = type(cell)
            value = again(cell) if kind is str or kind is date else None
            if value is None:
                value = self._taken(cell, key or "", doubts)
            if key in _BY_HEADER and kind is not date:
                value = self._by_header(key, names.get(at, ""), value)
            if key and key not in cells:
                if key == BOTH:
                    cells.setdefault("requirement", value)
                    cells.setdefault("measure", value)
                else:
                    cells[key] = value
            elif key is None and kind is str and _is_tick(value) and claim_of(names.get(at, "")):
                cells.setdefault("progress", names[at])
            elif (
                (key and value != cells[key])
                or key is None
                or (at in self._counts and is_worded(cell))
            ):
                if at not in names:
                    doubts.append(Doubt("unheaded", str(at + 1)))
                extra.append(aside(names.get(at) or f"第{at + 1}列", value))
        return cells, extra

    def _taken(self, cell: Any, key: str, doubts: list[Doubt]) -> Any:
        """A cell as it is taken; of a day or a name that may stand again, kept."""
        kind = type(cell)
        if kind is str and not (cell.isprintable() and cell[0] != " " != cell[-1]):
            return tidied(cell, key, doubts)
        if kind is float and cell >= _EXACT:
            doubts.append(Doubt("long_number", str(int(cell)), key))
        if kind is date or (kind is str and len(cell) <= _REPEATED):
            self._known[cell] = cell
        return cell

    def _by_header(self, key: str, header: str, value: Any) -> Any:
        """What stands in a column whose header says how it is meant: 是 below 是否销号, 3 below 整改时限（天）."""
        if key == "due_on":
            return with_unit(header, value)
        said = _CLOSED_ON.fullmatch(str(value).strip()) if _CLOSING.search(header) else None
        return f"已销号{said['day'] or ''}" if said and _YES.fullmatch(said["word"]) else value
