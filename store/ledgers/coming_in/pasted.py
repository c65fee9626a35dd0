"""A list as people paste it out of a chat: 1.地点：问题, a line a problem."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from core.errors import Doubt
from core.ledger.line_words import HELPING, LABEL, LEADING, cut_off, look_of, role_of, who_and_when
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
_BELOW = re.compile(r"(?:以下|如下)(?:问题|事项|点位)?[:：]?$")
_PLACE = re.compile(r"^([^：:，,。；;]{1,40})(?:[：:]|[，,](?=[^：:]*$))\s*(\S.*)$", re.DOTALL)
_UNITS = re.compile("[、/]")
_OF_UNIT = re.compile("(?:责任|牵头|主办|承办)(?:单位|部门)[:：]")
_ANY_DAY = date(2024, 1, 1)
_HEADING = re.compile(r"^([^：:，,。；;]{2,15})[：:]$")
_NO_UNIT = re.compile(r"问题|情况|如下|通报|清单|台账|今日|今天|昨日|巡查|检查|督查|各|大家|同志")


def list_in(
    lines: list[str], sections: Sections, units: Collection[str], sheet: str | None, *, paper: bool
) -> list[Incoming | Skipped] | None:
    """The list some lines are: one at least is numbered and names a place before its problem, or behind it who and
    by when; None where none is. In a `paper` only the latter are problems, where there are any; beside its tables,
    which give them the name of a `sheet`, in any case."""
    told = any(is_told(line, units) for line in lines)
    if not told and (sheet or not reads_as_list(lines)):
        return None
    return read_list(lines, sections, sheet, units, among_prose=paper and told)


def reads_as_list(lines: list[str]) -> bool:
    """Whether at least one line is numbered and names a place before its problem."""
    return any(map(_split, lines))


def is_told(line: str, units: Collection[str]) -> bool:
    """Whether a line is numbered and ends with who is to do something, or by when."""
    numbered = _NUMBERING.match(line)
    return numbered is not None and bool(_told(line[numbered.end() :].strip(), units)[1])


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


def _told(text: str, units: Collection[str]) -> tuple[str, dict[str, str]]:
    """A line, and who and by when at its end, behind commas, blanks or in brackets: …，执法队牵头，东门社区配合，明天完成."""

    def words_of(piece: str) -> list[str]:
        bare = LABEL.sub("", piece.strip("。. ").removeprefix("请").lstrip("@"))
        name, _role = role_of(bare)
        if bare and _OF_UNIT.match(piece.strip()):
            return [bare]  # also one nobody here knows: it is told
        if all(key_of(each) in units for each in _UNITS.split(name)) or is_due(without_work(bare)):
            return [bare]
        return who_and_when(piece, lambda name: key_of(name) in units, is_due)

    def is_due(word: str) -> bool:
        return deadline_of(word, _ANY_DAY, Period(_ANY_DAY)).value is not None

    bare, words = cut_off(text.rstrip("；; "), words_of)
    told: dict[str, str] = {}
    for word in words:
        name, role = role_of(word)
        day = without_work(word)
        if is_due(day):  # of several the reader of cells decides
            key, mark, said = "due_on", "，", day
        else:
            key = "co_units" if role in HELPING else "lead_unit"
            mark, said = "、", word if role in LEADING else name
        told[key] = mark.join(filter(None, (told.get(key), said)))
    return bare, told


def _numbered(line: str, last: int) -> re.Match[str] | None:
    """The number of a line; where its dot stands straight before a figure (2.12号楼), the next of its list."""
    found = _NUMBERING.match(line)
    if found is not None:
        return found
    found = _DOTTED.match(line)
    return found if found is not None and int(found.group(1)) == last + 1 else None


def read_list(
    lines: list[str],
    sections: Sections,
    sheet: str | None = None,
    units: Collection[str] = (),
    *,
    among_prose: bool = False,
) -> list[Incoming | Skipped]:
    """Every line as a row or as skipped, with its number from 1.

    A line of its own stands over those below: before a colon a unit, else as in a sheet; `units` are names as
    `key_of` compares them. Among the prose of a paper only lines are rows that say who or by when.
    """
    rows: list[Incoming | Skipped] = []
    last = 0
    for number, raw in enumerate(lines, 1):
        line = clean(raw)
        doubts = [Doubt("removed", char) for char in removed(raw)]
        numbered, named = _numbered(line, last), _HEADING.match(line)
        if not line:
            rows.append(Skipped(number, Doubt("blank"), sheet))
        elif numbered is not None and not named and not (among_prose and not is_told(line, units)):
            count = _COUNT.search(numbered.group())
            last = int(count.group()) if count else last + 1
            bare, cells = _told(line[numbered.end() :].strip(), units)
            place, text = _parts(bare)
            found: dict[str, Any] = {"description": text, **cells}
            if place:
                found["location"] = place
            sections.fill(found, doubts)
            rows.append(Incoming(number, found, sheet, tuple(doubts)))
        else:
            sections.look_above([line])
            heads = _heads(line, sections)
            why = "section" if heads and category_in(line) else "note"
            rows.append(Skipped(number, Doubt(why), sheet, text=told_of([line])))
            last = 0 if heads else last
    return rows


def _heads(line: str, sections: Sections) -> bool:
    """Whether a line stands over those below, which then have what it says."""
    look = look_of(line)
    if look is not None:
        sections.say("found_on", look or None)
        return True
    named = _HEADING.match(line)
    if sections.heads(line) or (named and not _NO_UNIT.search(line)) or _BELOW.search(line):
        sections.turn_to(line)
        if named and not sections.heads(line):
            sections.hold("lead_unit", named.group(1).strip())
        return True
    return False
