"""Words that came back from a file, as what they change of a summary (docs/year.md 5)."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from core.actions.papers import EditSummary
from core.model import Document
from core.year.clauses import BLANK, HOLE
from core.year.stretch_numbers import Numbers

NEW = "自拟"
"""What keys of a clerk's own paragraphs begin with."""

_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


class Returned(Protocol):
    """A paragraph as it came back."""

    @property
    def key(self) -> str:
        """Which one; empty for one's own."""

    @property
    def part(self) -> str:
        """Where it stands."""

    @property
    def text(self) -> str:
        """Its words, with holes."""

    @property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """Measures and numbers as they stand in the file."""


class Noticed(Struct, frozen=True):
    """Something that is told of a paragraph: number, typed, gone, own or edited."""

    what: str
    key: str
    name: str = ""
    was: str = ""
    now: str = ""


def changes_of(
    paper: Document, came: Sequence[Returned], numbers: Numbers, *, keep_typed: bool = False
) -> tuple[EditSummary | None, list[Noticed]]:
    """What paragraphs that came back change, and what is told of it."""
    held = {each.key: each for each in paper.body}
    texts: dict[str, str] = {}
    parts: dict[str, str] = {}
    told: list[Noticed] = []
    free = _free(set(held))
    seen: set[str] = set()
    own = {each.text for each in paper.body if each.own}
    office = numbers.asked.town.settings.office
    for each in came:
        text = each.text
        for name, number in each.numbers:
            was = numbers(name).text
            if number in (was, BLANK):
                continue
            if keep_typed:
                text = text.replace(f"{{{name}}}", number, 1)
                told.append(Noticed("typed", each.key, name, was, number))
            else:
                told.append(Noticed("number", each.key, name, was, number))
        if each.key in held and each.key not in seen:
            seen.add(each.key)
            if text != held[each.key].text:
                texts[each.key] = text
                told.append(Noticed("edited", each.key))
        elif text and text not in own and not HOLE.fullmatch(text) and not _closing(text, office):
            key = next(free)
            texts[key], parts[key] = text, each.part
            told.append(Noticed("own", key, now=text))
    off = {key: True for key, paragraph in held.items() if key not in seen and not paragraph.off}
    off = {
        key: True for key in off if not (held[key].own and held[key].text in {c.text for c in came})
    }
    told += [Noticed("gone", key) for key in off]
    if not texts and not off:
        return None, told
    return EditSummary(document=paper.id, texts=texts, parts=parts, off=off), told


def _closing(text: str, office: str) -> bool:
    """Whether a line is the office or the day below a paper."""
    return text == office or bool(_DAY.fullmatch(text))


def _free(used: set[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if f"{NEW}{number}" not in used:
            yield f"{NEW}{number}"
