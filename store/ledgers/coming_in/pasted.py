"""A list as people paste it out of a chat: 1.地点：问题, a line a problem."""

import re
from collections.abc import Collection
from datetime import date

from core.errors import Doubt
from core.ledger.outcome import Incoming, Skipped
from core.words.categories import CATEGORIES
from core.words.dates import Period
from core.words.deadlines import deadline_of
from core.words.text import clean, key_of, removed

_NUMBERING = re.compile(
    r"^\s*(?:[-*•·●▪]\s+|\d{1,3}(?:\s*(?:[、)）]|[.．](?!\d))\s*|\s+)|[（(]\d{1,3}[)）]\s*|[①-⑳]\s*)"
)
_PLACE = re.compile(r"^([^：:，,。；;]{1,40})(?:[：:]|[，,](?=[^：:]*$))\s*(\S.*)$", re.DOTALL)
_BEHIND = re.compile(r"[（(]([^（()）]{1,30})[)）]\s*[。；;]?$")
"""Who and by when, in brackets behind a problem."""
_APART = re.compile(r"[，,、；;\s]+")
_ANY_DAY = date(2024, 1, 1)
_HEADING = re.compile(r"^([^：:，,。；;]{2,15})[：:]$")
_NO_UNIT = re.compile(r"问题|情况|如下|通报|清单|台账|今日|今天|昨日|巡查|检查|督查|各|大家|同志")
_FOUND_ON = re.compile(r"((?:\d{4}年)?\d{1,2}月\d{1,2}日).{0,6}?(?:巡查|检查|督查|暗访|排查|抽查)")
"""The day of what is listed below: 11月26日巡查情况."""
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


def _told_behind(text: str, units: Collection[str]) -> tuple[str, dict[str, str]]:
    """A problem without what stands behind it in brackets, where that is a unit and a deadline: （环卫所，3日内）."""
    found = _BEHIND.search(text)
    told: dict[str, str] = {}
    for part in _APART.split(found.group(1)) if found else ():
        if key_of(part) in units:
            told["lead_unit"] = "、".join(filter(None, (told.get("lead_unit"), part)))
        elif deadline_of(part, _ANY_DAY, Period(_ANY_DAY)).value is not None:
            told["due_on"] = part
        else:
            return text, {}
    return (text[: found.start()].strip(), told) if found else (text, {})


def read_list(
    lines: list[str], sheet: str | None = None, units: Collection[str] = ()
) -> list[Incoming | Skipped]:
    """Every line as a row or as skipped, with its number from 1.

    A line of its own before a colon is a unit or a category, for the lines below it; `units` are names as
    `key_of` compares them.
    """
    rows: list[Incoming | Skipped] = []
    heading: dict[str, str] = {}
    day: dict[str, str] = {}
    for number, raw in enumerate(lines, 1):
        line = clean(raw)
        doubts = tuple(Doubt("removed", char) for char in removed(raw))
        numbered = _NUMBERING.match(line)
        named = _HEADING.match(line)
        if not line:
            rows.append(Skipped(number, Doubt("blank"), sheet))
        elif numbered is not None and not named:
            cells: dict[str, object] = {**day, **heading}
            split = _split(line)
            if split:
                cells["location"], cells["description"] = split
            else:
                cells["description"] = line[numbered.end() :].strip()
            cells["description"], told = _told_behind(str(cells["description"]), units)
            rows.append(Incoming(number, cells | told, sheet, doubts))
        else:
            if found := _FOUND_ON.search(line):
                day = {"found_on": found.group(1)}
            category = next((c for c in CATEGORIES if c in line), "") if len(line) < 15 else ""
            if category:
                heading = {"category": category}
            elif named and not _NO_UNIT.search(line):
                heading = {"lead_unit": named.group(1).strip()}
            rows.append(Skipped(number, Doubt("section" if category else "note"), sheet))
    return rows
