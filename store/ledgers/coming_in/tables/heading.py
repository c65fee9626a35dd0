"""The header of a grid: which rows it takes, and which field each column is.

The row among the first fifteen that names most fields is the header. Where cells of it are merged across, or down
out of the row above, a second row belongs to it, and each column is headed by two cells, one above the other:
复查 over 时间 is 复查时间 (docs/domain.md 8).
"""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from core.words.text import key_of
from store.ledgers.coming_in.grids import Grid
from store.ledgers.wording import PAIR, Meaning, Vocabulary, folded

HEADER_WITHIN = 15
"""The header is looked for in this many first rows."""
FEWEST = 2
"""Fields a row must name to be a header."""
_LONGEST = 10
"""Characters of a heading over or under others."""
_CONTENT = re.compile(r"(情况|信息|内容|清单)$")
_VAGUE = frozenset(
    map(
        key_of,
        ("时间", "日期", "单位", "情况", "结果", "类型", "编号", "要求", "电话", "姓名", "职务"),
    )
)
"""Headers that mean little by themselves: under another heading they are not what they are alone."""


class Heading(Struct, frozen=True):
    """Where rows begin, and what each column is."""

    first: int
    """The row behind the header, from 0."""
    columns: dict[int, Meaning]
    """What columns may be."""
    names: dict[int, str]
    """What columns are called, the unknown ones too."""
    repeated: tuple[dict[int, str], ...]
    """What its rows say, by column, where they are repeated in mid-sheet."""
    widened: frozenset[int] = frozenset()
    """Columns that are one with the column before them: their header is merged over both."""


def full(cell: Any) -> bool:
    """Whether a cell holds anything."""
    return cell is not None and cell != "" and not (isinstance(cell, str) and cell.isspace())


def keys_in(row: list[Any], words: Vocabulary) -> dict[int, Meaning]:
    """What the cells of a row that read as headers mean, by column."""
    found = {at: words.meaning(cell) for at, cell in enumerate(row) if full(cell)}
    return {at: meaning for at, meaning in found.items() if meaning is not None}


_COUNTS = re.compile(
    r"(?:总|件|个)?数量?$|率(?:[（(]?%?[)）]?)?$|^排名$|^名次$|占比$|^已(?:整改|完成|销号|办结)$|^未(?:整改|完成|销号|办结)$"
)
FEWEST_COUNTS = 3


def counts(heading: Heading) -> bool:
    """Whether a table counts problems and lists none: 问题总数, 已整改, 未整改, 整改率, and neither day nor place."""
    named = {meaning.field for meaning in heading.columns.values()}
    if named & {"found_on", "location", "zone", "zone_name", "due_on", "external_no", "number"}:
        return False
    return sum(bool(_COUNTS.search(name)) for name in heading.names.values()) >= FEWEST_COUNTS


def heading_of(
    grid: Grid, rows: Sequence[list[Any]], words: Vocabulary, enough: str = ""
) -> Heading | None:
    """The header of a grid whose merged ranges are filled; None where no row reads as one.

    A row that names the field `enough` needs to name no other.
    """
    best = max(
        range(min(HEADER_WITHIN, len(rows))),
        key=lambda index: (_named(rows[index], words), -index),
        default=None,
    )
    if best is None:
        return None
    best = _first_like(rows, best, words)
    sure = {meaning.field for meaning in keys_in(rows[best], words).values() if meaning.sure}
    if _fields(rows[best], words) < FEWEST and (not enough or enough not in sure):
        return None
    top, bottom = best, best
    if best > 0 and _stands_over(grid, rows, best - 1):
        top = best - 1
    elif best + 1 < len(rows) and _goes_on(rows, best, words):
        bottom = best + 1
    over = [None if PAIR.search(str(cell)) else cell for cell in _spread(rows[top], rows[bottom])]
    columns = _joined(over, rows[bottom], words) if top < bottom else keys_in(rows[top], words)
    named = {at: _name(over, rows[bottom], at) for at in range(len(rows[bottom]))}
    repeated = tuple(_texts(rows[index]) for index in range(top, bottom + 1))
    widened = frozenset(
        at
        for (first, left), (last, right) in grid.merged
        if first <= bottom <= last
        for at in range(left + 1, right + 1)
    )
    names = {at: name for at, name in named.items() if name}
    return Heading(bottom + 1, columns, names, repeated, widened)


LONGEST_AGAIN = 12
"""Characters of a header in mid-sheet."""
FEWEST_AGAIN = 4
"""Fields a row in mid-sheet names at least to head other columns where one word of it is unknown."""


def heads_again(cells: Sequence[Any], words: Vocabulary) -> bool:
    """Whether the cells of a row head columns wherever it stands: every one of them is a header."""
    if not all(type(cell) is str and len(cell) <= LONGEST_AGAIN for cell in cells):
        return False
    means = keys_in(list(cells), words)
    fields = {meaning.field for meaning in means.values()} - {"", None}
    whole = len(means) == len(cells) and "description" in fields
    nearly = len(fields) >= FEWEST_AGAIN and len(means) >= len(cells) - 1
    return len(fields) > 1 and (whole or nearly)


def _first_like(rows: Sequence[list[Any]], best: int, words: Vocabulary) -> int:
    """The first of several headers with rows between them: the others are met on the way down."""
    found = [
        index
        for index in (*range(best - 1), best)
        if heads_again(list(filter(full, rows[index])), words)
    ]
    return found[0] if found and found[-1] == best else best


def _fields(row: list[Any], words: Vocabulary) -> int:
    """How many fields a row names."""
    return len({meaning.fields for meaning in keys_in(row, words).values()} - {("",)})


def _named(row: list[Any], words: Vocabulary) -> int:
    """How well a row reads as a header: fields it names, those it is sure of twice."""
    found = {m.fields: m.sure for m in keys_in(row, words).values() if m.fields != ("",)}
    return sum(2 if sure else 1 for fields, sure in found.items() if len(fields) == 1)


def _stands_over(grid: Grid, rows: Sequence[list[Any]], index: int) -> bool:
    """Whether cells of a row stand over some of the next, or reach down into it; no title does."""
    width = sum(map(full, rows[index + 1]))
    if len({_text(rows[index], at) for at in range(len(rows[index]))} - {""}) < FEWEST:
        return False  # a title, however wide it is
    for (top, first), (bottom, last) in grid.merged:
        if top != index or bottom > index + 1 or first >= len(rows[index]):
            continue
        text = str(rows[index][first] or "").strip()
        heads = text and len(text) <= _LONGEST and not PAIR.search(text)
        if heads and (bottom == index + 1 or 0 < last - first < width - 1):
            return True
    return False


def _goes_on(rows: Sequence[list[Any]], index: int, words: Vocabulary) -> bool:
    """Whether the next row goes on with the header: it repeats it, names fields, or divides a cell."""
    row = rows[index + 1]
    above = _spread(rows[index], row)
    over = [_text(above, at) for at in range(len(row))]
    named = divided = False
    for at in range(len(row)):
        under = _text(row, at)
        if not under or key_of(under) == key_of(over[at]):
            continue
        if not folded(under) and sum(map(full, row)) == 1:  # a line over rows: 【蔬菜区】
            return False
        if _meaning(over[at], under, words) is not None:
            named = True
        elif over[at] and over.count(over[at]) > 1 and len(under) <= _LONGEST:
            parts = [_text(row, c) for c in range(len(row)) if over[c] == over[at]]
            known = words.meaning(over[at]) is not None
            divided = divided or (known and len(set(parts)) == len(parts))
        else:
            return False
    return named or divided


def _spread(top: list[Any], bottom: list[Any]) -> list[Any]:
    """The upper row with each of its cells also over what stands below the blanks behind it."""
    spread = list(top)
    for at in range(1, min(len(top), len(bottom))):
        if not full(top[at]) and full(bottom[at]) and full(bottom[at - 1]):
            spread[at] = spread[at - 1]
    return spread


def _joined(top: list[Any], bottom: list[Any], words: Vocabulary) -> dict[int, Meaning]:
    """What columns headed by two cells may be."""
    columns: dict[int, Meaning] = {}
    alone: dict[str, list[int]] = {}
    for at in range(len(bottom)):
        over, under = _text(top, at), _text(bottom, at)
        meaning = _meaning(over, under, words)
        if meaning is not None:
            columns[at] = meaning
        elif under and words.meaning(over) is not None:
            alone.setdefault(over, []).append(at)
    taken = {meaning.fields for meaning in columns.values()}
    for over, places in alone.items():
        meaning = words.meaning(over)
        if meaning is not None and meaning.fields not in taken:
            columns[places[0]] = meaning
    return columns


def _meaning(over: str, under: str, words: Vocabulary) -> Meaning | None:
    """What two cells name together, else the lower one by itself; None where neither does."""
    if not under or key_of(under) == key_of(over):
        return words.meaning(over)
    if not over or PAIR.search(over):
        return words.meaning(under)
    alone = None if key_of(under) in _VAGUE else words.meaning(under)
    for parent in (over, _CONTENT.sub("", over)):
        found = words.meaning(parent + under)
        # Where the lower cell is the name of another field, together they must be sure of theirs.
        if found is not None and (found.sure or alone is None or not alone.sure):
            return found
    return alone


def _text(row: list[Any], at: int) -> str:
    return str(row[at]).strip() if at < len(row) and full(row[at]) else ""


def _texts(row: list[Any]) -> dict[int, str]:
    return {at: _text(row, at) for at in range(len(row)) if _text(row, at)}


def _name(top: list[Any], bottom: list[Any], at: int) -> str:
    over, under = _text(top, at), _text(bottom, at)
    return over + under if over and under and over != under else under or over
