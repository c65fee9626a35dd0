"""A list as people paste it out of a chat: 1.地点：问题, a line a problem."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from core.errors import Doubt
from core.ledger.line_words import HELPING, role_of
from core.ledger.outcome import Incoming, Skipped, told_of
from core.words.dates import Period
from core.words.deadlines import deadline_of, without_work
from core.words.text import clean, key_of, removed
from store.ledgers.coming_in.tables.sections import Sections, category_in

_NUMBERING = re.compile(
    r"^\s*(?:[-*•·●▪]\s+|\d{1,3}(?:\s*(?:[、)）]|[.．](?!\d))\s*|\s+)|[（(]\d{1,3}[)）]\s*|[①-⑳]\s*)"
)
_DOTTED = re.compile(r"^\s*(\d{1,3})[.．](?=\d)")
_COUNT = re.compile(r"\d{1,3}")
_PART = re.compile(r"(?:牵头|负责|配合|协办|协助|主办)$")
_LABEL = re.compile(r"^(?:责任|牵头|整改)?(?:单位|部门|时限|期限)[:：]|^限")
_ROUND = re.compile(r"^.{0,12}(?:巡查|检查|督查|暗访|排查|抽查)(?:情况|问题|通报|发现)?[:：】]?$")
"""A line over what was found on some day."""
_BELOW = re.compile(r"(?:以下|如下)(?:问题|事项|点位)?[:：]?$")
_PLACE = re.compile(r"^([^：:，,。；;]{1,40})(?:[：:]|[，,](?=[^：:]*$))\s*(\S.*)$", re.DOTALL)
_BEHIND = re.compile(r"[（(]([^（()）]{1,30})[)）]\s*[。；;]?$")
"""Who and by when, in brackets behind a problem."""
_COMMAS = re.compile(r"[，,；;]")
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
    place, text = _parts(line[numbered.end() :].strip())
    return (place, text) if place else None


def _parts(text: str) -> tuple[str, str]:
    """The place and the problem of a line; no place where none is named."""
    found = _PLACE.match(text)
    return (found.group(1).strip(), found.group(2).strip()) if found else ("", text)


def _told_behind(text: str, units: Collection[str]) -> tuple[str, dict[str, str]]:
    """A problem, and who and by when in brackets behind it: （环卫所，3日内）; what is nothing known stays in the text."""
    found = _BEHIND.search(text)
    told: dict[str, str] = {}
    whole = found is not None
    for part in _APART.split(found.group(1)) if found else ():
        part = _LABEL.sub("", part)
        if key_of(_PART.sub("", part)) in units:  # who leads of several is read as in any cell
            told["lead_unit"] = "、".join(filter(None, (told.get("lead_unit"), part)))
        elif deadline_of(part, _ANY_DAY, Period(_ANY_DAY)).value is not None:
            told["due_on"] = part
        else:
            whole = False
    return (text[: found.start()].strip() if found and whole else text), told


def _told_at_end(text: str, units: Collection[str]) -> tuple[str, dict[str, str]]:
    """A line, and who and by when behind its commas: 快递堆人行道，执法队牵头，东门社区配合，明天完成."""
    told: dict[str, str] = {}
    text = text.rstrip("，,；; ")
    for comma in reversed(list(_COMMAS.finditer(text))):
        last = text[comma.end() :].strip()
        name, role = role_of(last.rstrip("。.").removeprefix("请"))
        by = without_work(last.rstrip("。."))
        if key_of(name) in units:
            key = "co_units" if role in HELPING else "lead_unit"
            told[key] = "、".join(filter(None, (name, told.get(key))))
        elif "due_on" not in told and deadline_of(by, _ANY_DAY, Period(_ANY_DAY)).value is not None:
            told["due_on"] = by
        else:
            break
        text = text[: comma.start()].rstrip("，,；; ")
    return text, told


def _numbered(line: str, last: int) -> re.Match[str] | None:
    """The number of a line; where its dot stands straight before a figure (2.12号楼), the next of its list."""
    found = _NUMBERING.match(line)
    if found is not None:
        return found
    found = _DOTTED.match(line)
    return found if found is not None and int(found.group(1)) == last + 1 else None


def read_list(
    lines: list[str], sections: Sections, sheet: str | None = None, units: Collection[str] = ()
) -> list[Incoming | Skipped]:
    """Every line as a row or as skipped, with its number from 1.

    A line of its own stands over those below: before a colon a unit, else as in a sheet; `units` are names as
    `key_of` compares them.
    """
    rows: list[Incoming | Skipped] = []
    last = 0
    for number, raw in enumerate(lines, 1):
        line = clean(raw)
        doubts = [Doubt("removed", char) for char in removed(raw)]
        numbered, named = _numbered(line, last), _HEADING.match(line)
        if not line:
            rows.append(Skipped(number, Doubt("blank"), sheet))
        elif numbered is not None and not named:
            count = _COUNT.search(numbered.group())
            last = int(count.group()) if count else last + 1
            bare, behind = _told_at_end(line[numbered.end() :].strip(), units)
            place, text = _parts(bare)
            text, cells = _told_behind(text, units)
            cells |= behind
            found: dict[str, Any] = {"description": text, **cells}
            if place:
                found["location"] = place
            sections.fill(found, doubts)
            rows.append(Incoming(number, found, sheet, tuple(doubts)))
        else:
            heads = _heads(line, sections)
            why = "section" if heads and category_in(line) else "note"
            rows.append(Skipped(number, Doubt(why), sheet, text=told_of([line])))
            last = 0 if heads else last
    return rows


def _heads(line: str, sections: Sections) -> bool:
    """Whether a line stands over those below, which then have what it says."""
    day = _FOUND_ON.search(line)
    if day is not None or _ROUND.search(line):
        sections.say("found_on", day.group(1) if day else None)
        return True
    named = _HEADING.match(line)
    if sections.heads(line) or (named and not _NO_UNIT.search(line)) or _BELOW.search(line):
        sections.turn_to(line)
        if named and not sections.heads(line):
            sections.hold("lead_unit", named.group(1).strip())
        return True
    return False
