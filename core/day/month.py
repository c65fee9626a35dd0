"""What a month asks of the office: rounds that are due, publications whose window has ended, circulars to draft,
appeals that wait (docs/rounds.md 6)."""

from datetime import date, timedelta

from msgspec import Struct

from core.calendar.spans import Length, Span
from core.model import (
    Document,
    DocumentState,
    Request,
    RequestKind,
    RequestState,
    Round,
    RoundState,
    Variant,
)
from core.rounds.windows import window_runs
from core.sight.whose import OWN_PLACES
from core.stats.recorded import span_of
from core.town.town import Town
from core.year.waiting import due_today

SOON = timedelta(days=7)
"""How long before its day a round is told of."""
_MOVING = (RoundState.UNDERWAY, RoundState.SCORED)


def rounds_waiting(town: Town, today: date) -> list[Round]:
    """Rounds that are due within a week, underway, scored, or whose window has ended; the earliest first."""
    found = [held for held in town.rounds.values() if held.active and _waits(held, today)]
    return sorted(found, key=lambda held: (held.held_on, held.id))


def _waits(held: Round, today: date) -> bool:
    if held.state == RoundState.PLANNED:
        return held.plan_on <= today + SOON
    if held.state == RoundState.PUBLISHED:
        return not window_runs(held, today)
    return held.state in _MOVING


def circulars_waiting(town: Town, today: date) -> list[Document]:
    """Circulars that are drafted, or published and past their window."""
    return [
        paper
        for paper in town.documents.values()
        if paper.active and paper.variant is not None and _goes_on(paper, today)
    ]


def _goes_on(paper: Document, today: date) -> bool:
    if paper.state == DocumentState.PUBLISHED:
        return not window_runs(paper, today)
    return paper.state == DocumentState.DRAFTED


def undrafted(town: Town, today: date) -> list[Span]:
    """Months that are over without a circular, since the first one there was; of the last three."""
    circulars = [p for p in town.documents.values() if p.active and p.variant == Variant.MONTH]
    last = Span.around(today, Length.MONTH).before
    begun = min((span_of(paper) for paper in circulars), default=last)
    held = any(each.active and each.started_on is not None for each in town.rounds.values())
    if not circulars and not held:
        return []
    there = {span_of(p) for p in circulars if p.state != DocumentState.WITHDRAWN}
    found = [Span(at) for at in range(max(begun.at, last.at - 2), last.at + 1)]
    return [month for month in found if month not in there]


def appeals_waiting(town: Town) -> list[Request]:
    """Appeals that wait for the leader, the oldest first."""
    waiting = town.pending()
    return [r for r in waiting if r.kind == RequestKind.APPEAL and r.state == RequestState.ASKED]


class Asking(Struct, frozen=True):
    """Something the month asks for: what it is, its names, and the place where it is done."""

    code: str
    names: tuple[str, ...]
    place: str
    """rounds or circulars."""

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self.names)


def asked_of_month(town: Town, today: date) -> list[Asking]:
    """Rounds due, publications whose window has ended, months without a circular, appeals; none that is empty."""
    rounds, papers = rounds_waiting(town, today), circulars_waiting(town, today)
    ended = [h.number for h in rounds if h.state == RoundState.PUBLISHED]
    ended += [p.period for p in papers if p.state == DocumentState.PUBLISHED]
    moving = [h.number for h in rounds if h.state != RoundState.PUBLISHED]
    months = [span.code for span in undrafted(town, today)]
    found = (
        Asking("rounds_due", tuple(moving), "rounds"),
        Asking("windows_ended", tuple(ended), "circulars"),
        Asking("circulars_undrafted", tuple(months), "circulars"),
        Asking("appeals", tuple(_matter(town, r) for r in appeals_waiting(town)), "circulars"),
    )
    return [each for each in found if each.names]


def asked_of_the_year(town: Town, today: date) -> list[Asking]:
    """Duties missed and due, campaigns of the season, reports that are late, shops, pledges; none that is empty."""
    return [Asking(code, names, place) for code, names, place in due_today(town, today).named]


def asked_today(town: Town, today: date, *, own: bool) -> list[Asking]:
    """What month and year ask for; `own` keeps what a liaison sees truly who sees only their unit's."""
    of_year = asked_of_the_year(town, today)
    if own:
        return [each for each in of_year if each.place in OWN_PLACES]
    return asked_of_month(town, today) + of_year


def _matter(town: Town, request: Request) -> str:
    item = town.held(request.item) if request.item else None
    return item.label if item is not None else f"#{request.asked.find or request.asked.points}"
