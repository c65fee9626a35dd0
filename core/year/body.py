"""The paragraphs of a summary: the program's, the clerk's, and what still stands in the way of signing."""

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from core.measures import Counted
from core.model import Document, Paragraph
from core.words.amounts import MEASURED
from core.words.canonical import frozen
from core.year.clauses import BLANK, HOLE, filled, names_in
from core.year.drafting import Drawn
from core.year.stretch_numbers import Numbers
from core.year.usual_sentences import PARTS

_MARK = re.compile(rf"{BLANK}|【(?:缺|核|未报)[^】]*】")
"""What somebody must look at before a summary is signed."""
_WORDS = "|".join(sorted(map(re.escape, MEASURED), key=len, reverse=True))
_TYPED = re.compile(rf"(\d[\d,]*(?:\.\d+)?)\s*(万|余)?\s*({_WORDS})")
"""Digits before a measure word."""


def merged(body: tuple[Paragraph, ...], drawn: Drawn) -> tuple[Paragraph, ...]:
    """A body drafted anew: numbers follow, words of the clerk stay, what is new comes last in its part."""
    fresh = {each.key: each for each in drawn.paragraphs}
    kept: list[Paragraph] = []
    for held in body:
        standard = fresh.pop(held.key, None)
        if held.own or held.edited:
            kept.append(replace(held, new=False))
        elif standard is not None:
            kept.append(replace(held, text=standard.text, new=False))
    for each in fresh.values():
        new = Paragraph(key=each.key, part=each.part, text=each.text, new=bool(body))
        kept.append(new)
    return tuple(sorted(kept, key=lambda p: order_of(p.part)))


def order_of(part: str) -> int:
    """Where a part stands; what is of none comes last."""
    return next((at for at, each in enumerate(PARTS) if each.key == part), len(PARTS))


class Rendered(Struct, frozen=True):
    """A paragraph with its numbers in place."""

    paragraph: Paragraph
    text: str

    @property
    def marks(self) -> list[str]:
        """What somebody must look at."""
        return _MARK.findall(self.text)


def said(paper: Document, numbers: Numbers) -> list[Rendered]:
    """The paragraphs that are in, with their numbers."""
    return [Rendered(each, filled(each.text, numbers)) for each in paper.body if not each.off]


class OpenMark(Struct, frozen=True):
    """A mark in a paragraph, and why it may stay."""

    key: str
    mark: str
    accepted: str = ""

    @property
    def name(self) -> str:
        """As it is accepted by."""
        return f"{self.key}|{self.mark}"


def gaps_of(paper: Document, numbers: Numbers) -> list[OpenMark]:
    """Everything that blocks signing unless it is accepted."""
    found = []
    for each in said(paper, numbers):
        for mark in dict.fromkeys(each.marks):
            gap = OpenMark(each.paragraph.key, mark)
            found.append(replace(gap, accepted=paper.accepted.get(gap.name, "")))
    return found


class Typed(Struct, frozen=True):
    """手写数: digits a clerk typed, and the measures that come to the same."""

    key: str
    text: str
    measures: tuple[str, ...] = ()


def typed_in(paper: Document, numbers: Numbers) -> Iterator[Typed]:
    """Digits before a measure word in the clerk's words."""
    by_value: dict[str, list[str]] = {}
    for each in paper.body:
        for name in names_in(each.text):
            by_value.setdefault(numbers(name).text, []).append(name)
    for each in paper.body:
        if each.off or not (each.own or each.edited):
            continue
        bare = HOLE.sub("□", each.text)
        for found in _TYPED.finditer(bare):
            number = (found[1] + (found[2] or "")).replace(",", "")
            same = by_value.get(number, by_value.get(found[1], []))
            yield Typed(each.key, found[0], tuple(dict.fromkeys(same)))


def as_drawn(paper: Document, numbers: Numbers) -> str:
    """The numbers of a body with their lines, to be compared later (canonical JSON)."""
    names = [n for each in paper.body if not each.off for n in names_in(each.text)]
    return frozen({name: trace(name, numbers) for name in dict.fromkeys(names)})


def trace(name: str, numbers: Numbers) -> dict[str, Any]:
    """A number with its lines, as data."""
    counted = numbers(name)
    return {"measure": numbers.code(name), **counted_record(counted)}


def counted_record(counted: Counted) -> dict[str, Any]:
    """What a measure came to, as data; lines as (number, value)."""
    return {
        "value": counted.printed_value,
        "text": counted.text,
        "lines": [[line.ref, line.value] for line in counted.lines],
    }


class Moved(Struct, frozen=True, kw_only=True):
    """A number that is another one now, and by which lines."""

    name: str
    measure: str
    before: str
    now: str
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def moved(drawn: str, numbers: Numbers) -> list[Moved]:
    """What has moved since numbers were drawn."""
    told: dict[str, Any] = json.loads(drawn) if drawn else {}
    found = []
    for name, was in told.items():
        now = trace(name, numbers)
        if (was["text"], was["lines"]) == (now["text"], now["lines"]):
            continue
        before, after = _by_ref(was["lines"]), _by_ref(now["lines"])
        found.append(
            Moved(
                name=name,
                measure=str(was["measure"]),
                before=str(was["text"]),
                now=str(now["text"]),
                came=tuple(ref for ref in after if ref not in before),
                gone=tuple(ref for ref in before if ref not in after),
                changed=tuple(ref for ref in after if ref in before and before[ref] != after[ref]),
            )
        )
    return found


def _by_ref(lines: list[list[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for ref, value in lines:
        found[ref] = (*found.get(ref, ()), value)
    return found
