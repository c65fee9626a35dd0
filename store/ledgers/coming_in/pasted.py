"""A list as people paste it out of a chat: 1.地点：问题, a line a problem."""

import re

from core.errors import Doubt
from core.ledger.outcome import Incoming, Skipped
from core.words.categories import CATEGORIES
from core.words.text import clean, removed

_NUMBERING = re.compile(
    r"^\s*(?:\d{1,3}(?:\s*(?:[、)）]|[.．](?!\d))\s*|\s+)|[（(]\d{1,3}[)）]\s*|[①-⑳]\s*)"
)
_PLACE = re.compile(r"^([^：:，,。；;]{1,40})[：:]\s*(\S.*)$", re.DOTALL)
_HEADING = re.compile(r"^([^：:，,。；;]{2,15})[：:]$")
_NO_UNIT = re.compile(r"问题|情况|如下|通报|清单|台账|今日|今天|昨日|巡查|检查|督查|各|大家|同志")
FEWEST = 1


def reads_as_list(lines: list[str]) -> bool:
    """Whether at least one line is numbered and names a place before its problem."""
    return sum(bool(_split(line)) for line in lines) >= FEWEST


def _split(line: str) -> tuple[str, str] | None:
    numbered = _NUMBERING.match(line)
    if numbered is None:
        return None
    found = _PLACE.match(line[numbered.end() :].strip())
    return (found.group(1).strip(), found.group(2).strip()) if found else None


def read_list(lines: list[str], sheet: str | None = None) -> list[Incoming | Skipped]:
    """Every line as a row or as skipped, with its number from 1.

    A line of its own before a colon is a unit or a category, for the lines below it.
    """
    rows: list[Incoming | Skipped] = []
    heading: dict[str, str] = {}
    for number, raw in enumerate(lines, 1):
        line = clean(raw)
        doubts = tuple(Doubt("removed", char) for char in removed(raw))
        numbered = _NUMBERING.match(line)
        named = _HEADING.match(line)
        if not line:
            rows.append(Skipped(number, Doubt("blank"), sheet))
        elif numbered is not None and not named:
            cells: dict[str, object] = dict(heading)
            split = _split(line)
            if split:
                cells["location"], cells["description"] = split
            else:
                cells["description"] = line[numbered.end() :].strip()
            rows.append(Incoming(number, cells, sheet, doubts))
        else:
            category = next((c for c in CATEGORIES if c in line), "") if len(line) < 15 else ""
            if category:
                heading = {"category": category}
            elif named and not _NO_UNIT.search(line):
                heading = {"lead_unit": named.group(1).strip()}
            rows.append(Skipped(number, Doubt("section" if category else "note"), sheet))
    return rows
