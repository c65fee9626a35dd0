"""A line of the log as it is typed: 3月7日 大扫除 环卫所 死角30余处 垃圾11余吨 60人次 (docs/year.md 7)."""

import re
from datetime import date
from typing import Any

from msgspec import Struct

from core.errors import NotFound, RuleError
from core.measures.indicators import indicator, indicators
from core.measures.subjects.logs import chapters
from core.model import ATTENDED, Indicator, Log
from core.town.town import Town
from core.words.amounts import read_amount
from core.words.dates import Period, read_date
from core.words.names import Directory, Gazetteer
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
    for word in text.split():
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


def _days(word: str, town: Town, today: date) -> tuple[date, date | None] | None:
    period = Period(today, calendar=town.calendar)
    relative = {"今天": today, "今日": today}
    if word in relative:
        return relative[word], None
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
    near = [i for i in indicators(town) if not i.counts and wanted and wanted in key_of(i.name)]
    exact = [i for i in near if key_of(i.name) == wanted] or near
    fitting = [i for i in exact if i.unit and text.endswith(i.unit)] or [
        i for i in exact if _fits(text, i)
    ]
    return fitting[0] if fitting else None


def _fits(text: str, held: Indicator) -> bool:
    try:
        read_amount(text, held.unit)
    except RuleError:
        return False
    return True


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
