"""One cell of a sheet on its way in."""

import re
from typing import Any

from core.errors import Doubt
from core.words.cells import plain
from core.words.text import clean, removed, without_folders
from store.ledgers.headers import MARK

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
