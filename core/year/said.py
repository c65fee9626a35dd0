"""A line of the log as it is typed: 3月7日 大扫除 环卫所 死角30余处 垃圾11余吨 60人次 (docs/year.md 7)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from core.errors import NotFound, RuleError
from core.measures.indicators import indicator, indicators
from core.measures.subjects.logs import chapters
from core.model import ATTENDED, Indicator, Log
from core.town.town import Town
from core.words.amounts import is_dimension, read_amount
from core.words.dates import DAYS_AGO, Period, read_date
from core.words.directory import Directory
from core.words.placing import Gazetteer
from core.words.text import key_of

_FIGURE = re.compile(
    r"(?P<name>[^\d\s约近=＝]{1,12}?)[=＝:：]?(?P<text>(?:约|近)?\d[\d.,，/]*[余多]?[万亿]?\S{0,6})"
)
_CODE = re.compile(r"(?P<name>[A-Za-z]\d{2})[=＝:：]?(?P<text>\S+)")
_PEOPLE = re.compile(r"(?P<text>(?:约|近)?\d[\d,，]*[余多]?)\s*(?:人次|人|名群众)")
_SPAN = re.compile(r"(?P<first>\S+?)(?:至|到|\.\.|~|—|-{2})(?P<last>\S+)")


class TypedLine(Struct, frozen=True, kw_only=True):
    """What a typed line says."""

    on: date
    until: date | None = None
    kind: str = ""
    unit: int | None = None
    zone: int | None = None
    people: str = ""
    figures: tuple[dict[str, Any], ...] = ()
    title: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """As attributes of a line."""
        found: dict[str, Any] = {"title": self.title, "figures": list(self.figures)}
        for name in ("until", "unit", "zone"):
            if getattr(self, name) is not None:
                found[name] = getattr(self, name)
        if self.people:
            found["people"] = self.people
        return found


def read_line(text: str, town: Town, today: date) -> TypedLine:
    """What a typed line says: words are taken as a day, a kind, a unit, a zone, people or figures; the rest is its
    title. Raises `RuleError`.
    """
    kinds, units = chapters(town), Directory(town.units.values())
    zones = Gazetteer(list(town.zones.values()))
    found: dict[str, Any] = {"on": today}
    figures: list[dict[str, Any]] = []
    title: list[str] = []
    for word in _words(text, town):
        if "dated" not in found and (days := _days(word, town, today)):
            found["dated"] = True
            found["on"], found["until"] = days
        elif "kind" not in found and word in kinds:
            found["kind"] = word
        elif "unit" not in found and (unit := units.find(word)) is not None:
            found["unit"] = unit.id
        elif "zone" not in found and (zone := zones.find(word)) is not None:
            found["zone"] = zone
        elif (figure := read_figure(word, town, found.get("kind", ""))) is not None:
            if "people" in figure:
                found["people"] = figure["people"]
            else:
                figures.append(figure)
        else:
            title.append(word)
    found.pop("dated", None)
    return TypedLine(**found, figures=tuple(figures), title=" ".join(title))


_YEARS = {"今年": 0, "去年": -1, "前年": -2}
_STOPS = re.compile("[，、；]|,(?!\\d)")


def _words(text: str, town: Town) -> Iterator[str]:
    """Words of a line; one whose parts between commas are figures is these parts."""
    for word in text.split():
        parts = [part for part in _STOPS.split(word) if part]
        told = len(parts) > 1 and any(_told(part, town) for part in parts)
        yield from parts if told else [word]


def _told(word: str, town: Town) -> bool:
    try:
        return read_figure(word, town, "") is not None
    except RuleError:
        return False


_NUMBER = re.compile(r"\d|[二两三四五六七八九十百千]+[余多]?[处个人户吨车只块条次]")
"""In digits, or counted in Chinese: 死角三十处."""


def uncounted(title: str) -> list[str]:
    """Words of a title that hold a number: nothing counts them."""
    return [word for word in re.split(r"[\s，、；]+", title) if _NUMBER.search(word)]


def _days(word: str, town: Town, today: date) -> tuple[date, date | None] | None:
    period = Period(today, calendar=town.calendar)
    if word in DAYS_AGO:
        return today - timedelta(days=DAYS_AGO[word]), None
    if word[:2] in _YEARS:
        period = Period(today, today.year + _YEARS[word[:2]], town.calendar)
        word = word[2:]
    span = _SPAN.fullmatch(word)
    if span is not None:
        first = read_date(span["first"], period).value
        last = read_date(span["last"], period).value
        if first and last and first <= last:
            return first, last
    day = read_date(word, period).value
    return (day, None) if day is not None and not word.isdigit() else None


def read_figure(word: str, town: Town, kind: str) -> dict[str, Any] | None:
    """A figure of one word: 死角30余处, A01=11吨, 60人次; None where it is none. Raises `RuleError`."""
    people = _PEOPLE.fullmatch(word)
    if people is not None:
        if chapters(town).get(kind) in ATTENDED:
            return {"people": people["text"]}
        return (
            {"indicator": "A19", "text": f"{people['text']}人次"}
            if indicator(town, "A19")
            else None
        )
    for pattern in (_CODE, _FIGURE):
        match = pattern.fullmatch(word)
        if match is None:
            continue
        held = meant(match["name"], match["text"], town)
        if held is not None:
            read_amount(match["text"], held.unit)
            return {"indicator": held.code, "text": match["text"]}
    return None


def meant(name: str, text: str, town: Town) -> Indicator | None:
    """The indicator a word and its amount mean: by code, by name, or by a part of its name that fits its unit."""
    held = indicator(town, name)
    if held is not None and held.active:
        return held
    wanted = key_of(name)
    near = [i for i in indicators(town) if not i.counts and wanted and _named_so(i, wanted)]
    exact = [i for i in near if key_of(i.name) == wanted] or near
    fitting = [i for i in exact if i.unit and text.endswith(i.unit)] or [
        i for i in exact if _fits(text, i)
    ]
    return fitting[0] if fitting else None


def alike(name: str, town: Town, most: int = 3) -> list[Indicator]:
    """Indicators whose names share two signs in a row with a word, the closest first."""
    wanted = key_of(name)
    pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)}

    def shared(held: Indicator) -> int:
        return sum(pair in key_of(held.name) for pair in pairs)

    found = [i for i in indicators(town) if not i.counts and shared(i)]
    return sorted(found, key=lambda i: (-shared(i), i.code))[:most]


_DOING = re.compile(
    "^(?:清理|清除|清扫|取缔|拆除|修复|更换|整治|整理|粉刷|出动|投入|新建|新增|硬化|栽植|查处|免费开放|督促淘汰整改)"
)
"""What is done, before what it is done to."""


def _named_so(held: Indicator, wanted: str) -> bool:
    """Whether a word ends its name, or begins what is done something to."""
    name = key_of(held.name)
    return name.endswith(wanted) or (len(wanted) > 1 and _DOING.sub("", name).startswith(wanted))


def _fits(text: str, held: Indicator) -> bool:
    """Whether an amount may be of it: a bare number, or one in a unit that converts."""
    unit = _UNIT_OF.sub("", text)
    if unit and unit != held.unit and not is_dimension(unit):
        return False
    try:
        read_amount(text, held.unit)
    except RuleError:
        return False
    return True


_UNIT_OF = re.compile(r"^(?:约|近)?[\d.,，/]+[余多]?[万亿]?[余多]?")


def read_figures(words: Any, town: Town) -> list[dict[str, Any]]:
    """Figures of words, every one of which must be one. Raises `NotFound("no_indicator")`."""
    found = []
    for word in words:
        figure = read_figure(word, town, "")
        if figure is None or "people" in figure:
            raise NotFound("no_indicator", value=word)
        found.append(figure)
    return found


def same_line(town: Town, made: Log) -> Log | None:
    """A line of the same day, kind and unit that says the same."""
    key = (made.kind, made.on, made.until, made.unit, made.zone, made.people, made.title)
    figures = [(f.indicator, f.value, f.zone) for f in made.figures]
    for log in town.all(Log):
        told = (log.kind, log.on, log.until, log.unit, log.zone, log.people, log.title)
        same = log.stands and told == key and log.duty == made.duty
        if same and [(f.indicator, f.value, f.zone) for f in log.figures] == figures:
            return log
    return None
