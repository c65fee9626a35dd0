"""Lines that stand over rows in mid-sheet: what they say holds for the rows below, where those leave it empty."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from core.errors import Doubt
from core.words.categories import CATEGORIES
from core.words.dates import Period, read_date
from core.words.text import key_of
from store.ledgers.wording import Vocabulary

_BLANKS = re.compile(r"\s+")
_COUNTED = re.compile(
    r"(?:第?[（(]?[一二三四五六七八九十]+[)）、.．]|第[一二三四五六七八九十\d]+(?:类|部分|组|批|片区?|标段))"
)
_COUNT = re.compile(r"[（(]共?\s*\d+\s*[个件条处项][)）]$")
_ENDS = re.compile(r"(?:类|问题)(?:[（(]共?\s*\d*\s*[个件条处项]?[)）])?$")
_PAIR = re.compile(r"([^:：]{2,12})[:：]\s*(.+)", re.DOTALL)
_SAID = frozenset({"found_on", "due_on", "lead_unit", "zone", "source", "inspector", "reporter"})
"""Fields that a line of a name and a value may fill for the rows below it."""
_LONGEST = 30
_APART = re.compile(r"\s{2,}|[\t\n；;]")
"""What stands between several such pairs in one cell."""
_FILED = re.compile(r"填报|报送|制表|填表|上报|打印")
_ANY_DAY = date(2024, 1, 1)


def is_section(text: str) -> bool:
    """Whether a row that holds one text heads those below it: it is counted, or says how many it heads."""
    plain = _BLANKS.sub("", text)
    if len(plain) > _LONGEST or ":" in plain or "：" in plain:
        return False
    return bool(_COUNTED.match(plain) or _ENDS.search(plain) or _COUNT.search(plain))


def category_in(text: str) -> str:
    """The one of the nine a heading names; empty where it names none."""
    plain = key_of(text)
    return next((category for category in CATEGORIES if key_of(category) in plain), "")


class Sections:
    """What the lines above a row say, as the table is gone through."""

    def __init__(self, words: Vocabulary, units: Collection[str], zones: Collection[str]) -> None:
        """`units` and `zones` are names as `key_of` compares them."""
        self._words = words
        self._units = units
        self._zones = zones
        self._heading = ""
        self._holds: dict[str, str] = {}
        """What the heading says, by field."""
        self._said: dict[str, str] = {}
        """What lines of a name and a value say."""

    def heads(self, text: str) -> bool:
        """Whether a row of one text stands over others: a heading, a unit or a zone that is known, or 检查时间：a day."""
        return is_section(text) or bool(self._named(text) or self._pair(text))

    def turn_to(self, text: str) -> None:
        """Another line: from here on it holds."""
        if pair := self._pair(text):
            self._said |= pair
            return
        self._heading = text
        category = category_in(text)
        self._holds = self._named(text) | ({"category": category} if category else {})

    def look_above(self, line: Iterable[Any]) -> None:
        """What a line above the header says for every row: 督查日期：a day; when it was filled in is none of it."""
        for text in (part for cell in line if isinstance(cell, str) for part in _APART.split(cell)):
            if not _FILED.match(text):
                self._said |= self._pair(text)

    def fill(self, cells: dict[str, Any], doubts: list[Doubt]) -> None:
        """Put into a row what stands above it and is empty in it; a heading that says nothing known is told."""
        for field, value in (self._said | self._holds).items():
            if field not in cells and not (field == "zone" and "zone_name" in cells):
                cells[field] = value
        if self._heading and not self._holds and "category" not in cells:
            doubts.append(Doubt("other_section", self._heading[:60], "category"))

    def _named(self, text: str) -> dict[str, str]:
        """The unit or the zone a heading names."""
        bare = _COUNT.sub("", _COUNTED.sub("", _BLANKS.sub("", text))).rstrip(":：")
        if key_of(bare) in self._units:
            return {"lead_unit": bare}
        return {"zone": bare} if key_of(bare) in self._zones else {}

    def _pair(self, text: str) -> dict[str, str]:
        """What a line such as 检查时间：2026年11月20日 says, where it names a field of the rows."""
        found = _PAIR.fullmatch(text.strip())
        meaning = self._words.meaning(found.group(1).strip()) if found else None
        field = meaning.field if meaning is not None else None
        if found is None or field not in _SAID:
            return {}
        value = found.group(2).strip()
        if field == "found_on" and read_date(value, Period(_ANY_DAY)).value is None:
            return {}
        return {str(field): value}
