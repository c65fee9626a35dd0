"""Sentences of clauses: one that lacks its number goes, and the mark behind it stays if it is the stronger."""

import re
from collections.abc import Callable

from msgspec import Struct

from core.measures import NONE, Counted

HOLE = re.compile(r"\{([^{}=]+)(?:=[^{}]*)?\}")
"""A number in a text, by its measure: {问题.发现}, or with what it was, {问题.发现=10}."""
BLANK = "____"
"""What stands where a clerk's sentence has a measure without a number."""
KEEP = "⁰"
_MARKS = "、，；：。"
"""From the weakest to the strongest."""
_CLAUSE = re.compile(rf"([^{_MARKS}]*(?:\{{[^{{}}]*\}}[^{_MARKS}]*)*)([{_MARKS}])")

Value = Callable[[str], Counted]
"""What a measure comes to, by its name."""


class Filled(Struct, frozen=True):
    """A sentence with the clauses that have numbers, and the measures without any."""

    text: str
    """With its holes, not their numbers."""
    lacking: tuple[str, ...] = ()


def names_in(text: str) -> list[str]:
    """The measures a text names, each once."""
    return list(dict.fromkeys(found[1] for found in HOLE.finditer(text)))


def standing(text: str, value: Value) -> Filled:
    """A standard sentence without the clauses that lack a number or tell a nought; empty where none is left."""
    kept: list[list[str]] = []
    lacking: list[str] = []
    told = False
    for found in _CLAUSE.finditer(text):
        clause, mark = found[1], found[2]
        stays = clause.endswith(KEEP)
        clause = clause.removesuffix(KEEP)
        names = names_in(clause)
        numbers = [value(name) for name in names]
        missing = [n for n, c in zip(names, numbers, strict=True) if c.value is None]
        lacking += missing
        nought = bool(names) and not stays and not any(c.value for c in numbers)
        if missing or nought:
            if kept and _MARKS.index(mark) > _MARKS.index(kept[-1][1]):
                kept[-1][1] = mark
            continue
        told = told or bool(names)
        kept.append([clause, mark])
    if not told:
        return Filled("", tuple(lacking))
    return Filled("".join(c + m for c, m in kept), tuple(lacking))


def filled(text: str, value: Value) -> str:
    """A text with the numbers in its holes; a blank where there is none."""

    def number(found: re.Match[str]) -> str:
        counted = value(found[1])
        return BLANK if counted.value is None and counted.text == NONE else counted.text

    return HOLE.sub(number, text)
