"""记账月: the month an issue or a closing counts in (docs/statistics.md 3.1).

That of its date; where the circular of that month was signed without it, the first month not signed yet. Else a
look of the 30th that a leader confirms after the signing would be in no month.
"""

from datetime import date

import msgspec
from msgspec import Struct

from core.calendar.spans import Span, read_span
from core.model import Document, Variant
from core.town.town import Town


class Lists(Struct, frozen=True):
    """What a signed circular counted."""

    issued: frozenset[str]
    closed: frozenset[str]


class _Evidence(Struct, frozen=True):
    lists: dict[str, list[str]] = {}


def signed_circulars(town: Town, variant: Variant = Variant.MONTH) -> dict[Span, Document]:
    """The signed circulars that hold, by what they are about."""
    found: dict[Span, Document] = {}
    for paper in town.documents.values():
        if paper.variant == variant and paper.holds:
            found[span_of(paper)] = paper
    return found


def span_of(paper: Document) -> Span:
    """What a circular is about."""
    return read_span(paper.period, date.min)


class Recorded:
    """The months that things count in."""

    def __init__(self, town: Town) -> None:
        self._signed = {span: _lists(paper) for span, paper in signed_circulars(town).items()}

    def month(self, kind: str, day: date, name: str) -> Span:
        """The month in which an issue or a closing of a day counts; `name` as signed lists have it."""
        at = Span.month_of(day)
        while (lists := self._signed.get(at)) is not None and name not in getattr(lists, kind):
            at = at.after
        return at


def _lists(paper: Document) -> Lists:
    lists = msgspec.json.decode(paper.evidence, type=_Evidence).lists if paper.evidence else {}
    return Lists(frozenset(lists.get("issued", ())), frozenset(lists.get("closed", ())))
