"""A measure 口径: a number the program can count, and prove by its lines (docs/year.md 4)."""

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from core.errors import NotFound
from core.measures.counted import Counted, Joined, Question
from core.town.town import Town

_CALLED = re.compile(r"([A-Za-z]\w*(?:\.\w+)?)(?:[(（](.+)[)）])?")


def _always(_asked: Question) -> bool:
    return True


def _any(_town: Town) -> Iterable[str]:
    return ()


class Measure(Struct, frozen=True, kw_only=True):
    """One measure."""

    code: str
    """items.found."""
    chinese: str
    """问题.发现; {} stands where what it is asked of goes, else that goes behind."""
    unit: str = ""
    by: Joined = Joined.COUNT
    function: Callable[..., Counted]
    there: Callable[..., bool] = _always
    """Whether its register has anything by the day; else there is no number."""
    of: Callable[[Town], Iterable[str]] = _any
    """What it may be asked of."""
    needs: bool = False
    """Whether it must be asked of something."""
    free: bool = False
    """Whether it may be asked of any word."""
    by_kind: bool = False
    """Whether `there` asks of the same word."""

    def name(self, of: str = "") -> str:
        """What it is called in Chinese."""
        if "{}" in self.chinese:
            return self.chinese.format(of)
        return f"{self.chinese}.{of}" if of else self.chinese

    def count(self, asked: Question, of: str = "") -> Counted:
        """Its number, of a stretch."""
        if not (self.there(asked, of) if self.by_kind else self.there(asked)):
            return Counted()
        takes = self.needs or self.free or self.of is not _any
        return self.function(asked, of) if takes else self.function(asked)


OF_PROBLEMS = "问题."
"""What measures of problems are called by first."""
MEASURES: dict[str, Measure] = {}
"""Every measure but those that are an indicator's, by its code."""


class Meant(Struct, frozen=True):
    """A measure, or the code of an indicator, and what it is asked of."""

    measure: Measure
    of: str = ""

    @property
    def code(self) -> str:
        """items.found(市容环境)."""
        return f"{self.measure.code}({self.of})" if self.of else self.measure.code

    def count(self, asked: Question) -> Counted:
        """Its number, of a stretch."""
        return self.measure.count(asked, self.of)


def find(town: Town, said: str) -> Meant:
    """The measure meant by items.found(市容环境), items.found.市容环境 or 问题.发现.市容环境.

    What is counted of problems is meant without that word too: 销号率. Raises `NotFound("no_measure")`.
    """
    text = said.strip()
    found = _CALLED.fullmatch(text)
    if found is not None and found[1] in MEASURES:
        return _allowed(town, MEASURES[found[1]], found[2] or "", said)
    code, _dot, of = text.rpartition(".")
    if code in MEASURES:
        return _allowed(town, MEASURES[code], of, said)
    meant = _in_chinese(town, text, said) or _in_chinese(town, f"{OF_PROBLEMS}{text}", said)
    if meant is None:
        raise NotFound("no_measure", value=said)
    return meant


def _in_chinese(town: Town, text: str, said: str) -> Meant | None:
    for measure in MEASURES.values():
        head, hole, tail = measure.chinese.partition("{}")
        if hole:
            fits = text.startswith(head) and text.endswith(tail) and len(text) > len(head + tail)
            of = text[len(head) : len(text) - len(tail)] if fits else ""
            if of and "." not in of and _known(town, measure, of):
                return Meant(measure, of)
        elif text == head:
            return _allowed(town, measure, "", said)
        elif text.startswith(f"{head}.") and _known(town, measure, text[len(head) + 1 :]):
            return Meant(measure, text[len(head) + 1 :])
    return None


def _known(town: Town, measure: Measure, of: str) -> bool:
    return measure.free or of in measure.of(town)


def _allowed(town: Town, measure: Measure, of: str, said: str) -> Meant:
    if (of and not _known(town, measure, of)) or (measure.needs and not of):
        raise NotFound("no_measure", value=said)
    return Meant(measure, of)
