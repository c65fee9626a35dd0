"""Lines that stand over rows in mid-sheet: what they say holds for the rows below, where those leave it empty."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from core.errors import Doubt
from core.ledger.rows.days import due_inside
from core.words.categories import CATEGORIES
from core.words.dates import Period, read_date
from core.words.placing import bare_area
from core.words.text import key_of
from store.ledgers.coming_in.tables.filing import asked_above
from store.ledgers.coming_in.tables.holds import Known
from store.ledgers.wording import Vocabulary

_BLANKS = re.compile(r"\s+")
_LEVELS = (
    r"第?[一二三四五六七八九十]+[、.．）)]|第?[一二三四五六七八九十]+(?:类|部分|组|批|片区?|标段)|第\d+(?:类|部分|组|批|片区?|标段)",
    r"[（(][一二三四五六七八九十]+[)）]",
)
"""How headings are counted, the outer ones first: 一、 over （一）."""
_COUNTED = re.compile("|".join((*_LEVELS, "[★☆◆◇■●▲]", "【[^】]{1,20}】$")))
_MARKS = tuple(map(re.compile, _LEVELS))
_NUMBERED = re.compile(r"^\d{1,2}[.、．)）]\s*")
_COUNT = re.compile(
    r"(?:[（(]共?\s*\d+\s*[个件条处项户家](?:[，,、；;][^（()）]{0,20})?[)）]|[:：]共?\s*\d+\s*[个件条处项户家])$"
)
"""How many a heading stands over: （共3处，已整改2处）."""
_IN_BRACKETS = re.compile(r"[（(]([^（()）]{1,12}[:：][^（()）]{1,20})[)）]$")
"""What a heading says behind itself of the rows below: （检查时间：11月25日）."""
_DAY_BEHIND = re.compile(r"[（(](?:20\d\d年)?\d{1,2}(?:月(?:\d{1,2}日?)?|[./]\d{1,2})[)）]$")
_ENDS = re.compile(r"(?:类|问题)(?:[（(]共?\s*\d*\s*[个件条处项]?[)）])?$")
_PAIR = re.compile(r"([^:：]{2,12})[:：]\s*(.+)", re.DOTALL)
_SAID = frozenset(
    {"found_on", "issued_on", "due_on", "lead_unit", "zone", "source", "inspector", "reporter"}
)
"""Fields that a line of a name and a value may fill for the rows below it."""
_OF_HEADINGS = frozenset({"lead_unit", "zone"})
"""Those of them that end with the next heading."""
_LONGEST = 30
_LONGEST_KIND = 12
"""Characters of a line that names a category and is no problem."""
_APART = re.compile(r"\s{2,}|[\t\n；;]")
"""What stands between several such pairs in one cell."""
_FILED = re.compile(r"填报|报送|制表|填表|上报|打印")
_LOOKED_ON = re.compile(
    r"((?:20\d\d年)?\d{1,2}月\d{1,2}日)(?!之?前|以前|止|起|至|印发|发)[，,]?(?:(?!印发|下发|报送|通报)[^。；;]){0,20}?"
    r"(?:巡查|检查|督查|暗访|排查|抽查|督导|调研)"
)
"""The day of a look, in what is said above its table: 2026年11月10日，省爱卫办暗访组…."""
_DAY_OF_SHEET = re.compile(r"^(20\d\d年\d{1,2}月\d{1,2}日)[（(]?\s*(?:星期|周)[一二三四五六日天]")
"""The day of a log: 2026年11月23日 星期一."""
_BARE_DAY = re.compile(r"(?:时间|日期)[:：]")
"""A day beside who filled it in: when, and of no row."""
_CUT_OFF = re.compile(r"(?:数据|统计|信息|资料)?截[止至](?:时间|日期|日)?[:：]")
"""Up to when a sheet goes: no deadline of anything in it."""
_JOINED = re.compile(r"[、，,/和与及同]|\s+")
_PART = re.compile(r"[（(](?:牵头|主办|主责|配合|协办|协助)[^）)]{0,4}[)）]")
_ANY_DAY = date(2024, 1, 1)


def is_section(text: str) -> bool:
    """Whether a row that holds one text heads those below it: it is counted, or says how many it heads."""
    plain = _IN_BRACKETS.sub("", _BLANKS.sub("", text))
    bare = _COUNT.sub("", plain)
    if len(bare) > _LONGEST or ":" in bare or "：" in bare:
        return False
    return bool(_COUNTED.match(plain) or _ENDS.search(plain) or bare != plain)


def category_in(text: str) -> str:
    """The one of the nine a heading names; empty where it names none."""
    plain = key_of(text)
    return next((category for category in CATEGORIES if key_of(category) in plain), "")


_PLACED = frozenset({"location", "zone", "zone_name", "lead_unit", "co_units"})
_SPOKEN = re.compile(r"\d|[，,。；;]|[未不没无]")
"""What a line that only heads others does not have."""


class _Heading(NamedTuple):
    """A heading that holds, with those it stands under."""

    level: int
    text: str
    holds: dict[str, str]
    """What it says of the rows below, by field."""


OUTERMOST, INNERMOST = 0, 9
"""Levels of headings that bear no number: over those that do, or under them."""


class Sections:
    """What the lines above a row say, as the table is gone through."""

    def __init__(self, words: Vocabulary, known: Known) -> None:
        self._words = words
        self._units = known.units
        self._zones = known.zones
        self._headings: list[_Heading] = []
        self._unnumbered: int | None = None
        """The level of headings without a number: the outermost where such a one came first."""
        self._looked_on = ""
        """The day of the look, where only prose above the table names it."""
        self._over: dict[str, str] = {}
        """Whom the paper above a table is addressed to, and by when it wants all of it done."""
        self._of_sheet = ""
        """The zone a sheet is named after."""
        self._said: dict[str, str] = {}
        """What lines of a name and a value say of days and sources."""

    def heads(self, text: str) -> bool:
        """Whether a row of one text stands over others: a heading, a unit or a zone that is known, or 检查时间：a day."""
        return is_section(text) or bool(self._named(text) or self._pairs(text))

    def stands_over(self, text: str, fields: Collection[str], *, numbered: bool) -> bool:
        """Whether the one text of a row stands over those below.

        `fields` are those of its columns; it is `numbered` where it stands where rows are counted.
        """
        if not _PLACED.isdisjoint(fields):
            return is_section(text)  # else it is a record that lacks its problem
        if "description" in fields:
            return self.names(text)  # else a problem by itself
        bare = _NUMBERED.sub("", text) if numbered else text
        short = len(bare) <= _LONGEST_KIND and not _SPOKEN.search(bare)
        return self.heads(bare) or (numbered and short)

    def names(self, text: str) -> bool:
        """Whether a text names what stands below it: a category, a unit, a zone, how many."""
        plain = _BLANKS.sub("", text)
        told = category_in(text) and len(plain) <= _LONGEST_KIND
        return bool(told or self._named(text) or _ENDS.search(plain) or _COUNT.search(plain))

    def turn_to(self, text: str) -> None:
        """Another line: from here on it holds, until one of its level or over it."""
        if pairs := self._pairs(text):
            self._said |= {f: value for f, value in pairs.items() if f not in _OF_HEADINGS}
            if held := {f: value for f, value in pairs.items() if f in _OF_HEADINGS}:
                self._put(_Heading(INNERMOST, text, held))
            return
        inside = _IN_BRACKETS.search(_BLANKS.sub("", text))
        said = self._pair(inside[1]) if inside else {}
        text = _IN_BRACKETS.sub("", text)
        category = category_in(text)
        holds = said | self._named(text) | ({"category": category} if category else {})
        numbered = next((n for n, mark in enumerate(_MARKS, 1) if mark.match(text.strip())), None)
        if numbered is None and self._unnumbered is None:
            self._unnumbered = INNERMOST if self._headings else OUTERMOST
        if numbered is not None and not holds and not _ENDS.search(_BLANKS.sub("", text)):
            self._end_names()
        bare = (self._unnumbered or OUTERMOST) if holds else OUTERMOST
        self._put(_Heading(bare if numbered is None else numbered, text, holds))

    def hold(self, field: str, value: str) -> None:
        """What the last line says beside what it is known by."""
        self._headings[-1].holds[field] = value

    def say(self, field: str, value: str | None) -> None:
        """What holds of a field from here on; nothing more where there is no value."""
        self._said.pop(field, None)
        if field == "found_on":
            self._looked_on = ""
        if value is not None:
            self._said[field] = value

    def after(self, before: "Sections") -> None:
        """What stood above an earlier table of the same text holds here too, where nothing else is said."""
        said = {f: value for f, value in before._said.items() if f not in _OF_HEADINGS}
        self._said = said | self._said
        self._looked_on = self._looked_on or before._looked_on

    def look_over(
        self, sheet: str | None, above: Iterable[str], lines: Iterable[Iterable[Any]]
    ) -> None:
        """What stands over the header: the name of the sheet, which may be that of a zone, texts above the table, and
        the lines of the table itself."""
        self._of_sheet = self._zone_in(sheet or "")
        texts = list(above)
        for line in (*([text] for text in texts), *lines):
            self.look_above(line)
        self._over = asked_above(texts, self._units)
        for text in texts:
            self.stand_above(text)

    def look_above(self, line: Iterable[Any]) -> None:
        """What a line above the header says for every row: 督查日期：a day; when it was filled in is none of it."""
        cells = [cell.strip() for cell in line if isinstance(cell, str)]
        texts = [part for cell in cells for part in _APART.split(cell)]
        filed = any(map(_FILED.match, texts))
        looks = [*map(_DAY_OF_SHEET.match, cells), *map(_LOOKED_ON.search, texts)]
        self._looked_on = next((d[1] for d in looks if d and not filed), self._looked_on)
        for text in texts:
            if not _FILED.match(text) and not (filed and _BARE_DAY.match(text)):
                self._said |= self._pair(text)

    def stand_above(self, text: str) -> None:
        """A line of text above a table: a counted heading holds for its rows."""
        plain = _BLANKS.sub("", text)
        counted = len(plain) <= _LONGEST and _COUNTED.match(plain)
        if counted and (self._named(text) or category_in(text) or _COUNT.search(plain)):
            self.turn_to(text)

    def fill(self, cells: dict[str, Any], doubts: list[Doubt]) -> None:
        """Put into a row what stands above it and is empty in it; a heading that says nothing known is told."""
        self._fill_from_paper(cells, doubts)
        if not (self._headings or self._said or self._looked_on or self._of_sheet):
            return
        held = dict(self._said)
        for heading in self._headings:
            held |= heading.holds
        placed = "zone_name" in cells or key_of(str(cells.get("location", ""))) in self._zones
        for field, value in held.items():
            if field not in cells and not (field == "zone" and placed):
                cells[field] = value
        if self._of_sheet and "zone" not in cells and not placed:
            cells["zone"] = self._of_sheet
            doubts.append(Doubt("unit_of_sheet", self._of_sheet, "zone"))
        if self._looked_on and "found_on" not in cells:
            cells["found_on"] = self._looked_on
            doubts.append(Doubt("found_above", self._looked_on, "found_on"))
        last = self._headings[-1] if self._headings else None
        if last is not None and not last.holds:
            if "category" not in cells:
                doubts.append(Doubt("other_section", last.text[:60], "category"))
            elif "lead_unit" not in cells:
                doubts.append(Doubt("nobody_of_section", last.text[:60], "lead_unit"))

    def _fill_from_paper(self, cells: dict[str, Any], doubts: list[Doubt]) -> None:
        """What the paper above says to whom all of it goes, where a row says nothing of its own."""
        for field, value in self._over.items():
            own = field in cells or (
                field == "due_on" and due_inside(str(cells.get("requirement", "")))
            )
            if not own:
                cells[field] = value
                doubts.append(Doubt("found_above", value, field))

    def _end_names(self) -> None:
        """A counted heading that says nothing known: a name without a number no longer holds either."""
        self._headings = [
            each
            for each in self._headings
            if each.level not in (OUTERMOST, INNERMOST) or not _OF_HEADINGS & each.holds.keys()
        ]

    def _put(self, heading: _Heading) -> None:
        self._headings = [each for each in self._headings if each.level < heading.level]
        self._headings.append(heading)

    def _named(self, text: str) -> dict[str, str]:
        """The unit and the zone a heading names."""
        bare = _DAY_BEHIND.sub("", _COUNTED.sub("", _NUMBERED.sub("", text)).strip())
        bare = _COUNT.sub("", bare).strip().rstrip(":：")
        plain = key_of(bare)
        named = {"lead_unit": _BLANKS.sub("", bare)} if plain in self._units else {}
        if zone := self._zone_in(bare):
            named["zone"] = zone
        parts = [key_of(part) for part in _JOINED.split(_PART.sub("", bare))]
        several = len(parts) > 1 or _PART.search(bare)
        if not named and several and any(part in self._units for part in parts):
            return {"lead_unit": bare}  # several, or one and its part in it: read like a cell
        return named

    def _zone_in(self, text: str) -> str:
        """The zone a text is the name of, as it is called here or with what it is: 东街责任区; empty where it is none."""
        names = (_BLANKS.sub("", name) for name in (text, bare_area(text)))
        return next((name for name in names if key_of(name) in self._zones), "")

    def _pairs(self, text: str) -> dict[str, str]:
        """What a line of nothing but pairs says, such as 检查人：甲  检查时间：11月22日."""
        found: dict[str, str] = {}
        parts = [part for part in _APART.split(text.strip()) if part.strip()]
        for part in parts:
            if not _PAIR.fullmatch(part.strip()):
                return {}
            found |= self._pair(part)
        return found

    def _pair(self, text: str) -> dict[str, str]:
        """What a line such as 检查时间：2026年11月20日 says, where it names a field of the rows."""
        found = None if _CUT_OFF.match(text.strip()) else _PAIR.fullmatch(text.strip())
        meaning = self._words.meaning(found.group(1).strip()) if found else None
        field = meaning.field if meaning is not None else None
        if found is None or field not in _SAID:
            return {}
        value = found.group(2).strip()
        if field == "found_on" and read_date(value, Period(_ANY_DAY)).value is None:
            return {}
        return {str(field): value}
