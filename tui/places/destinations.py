"""The places of the `g` menu: a letter, a name, how much there is, and the key of the board that opens it."""

from collections.abc import Callable
from typing import NamedTuple

from core.day.chase import chases_for
from core.day.month import asked_of_the_year, circulars_waiting, rounds_waiting
from core.day.today import queues
from core.papers.due import candidates
from core.registers import Register, by_hand
from core.sight.whose import OWN_PLACES, sees_own
from core.town.town import Town
from tui.session.session import Session
from tui.words.declared import noun_of
from tui.words.i18n import N_, _

FIRST = "edge(-1)"
"""To the first card or line of where one is; nothing is left for it."""


class Destination(NamedTuple):
    """One line of the menu."""

    letter: str
    action: str
    """Of the board, or of where one is."""
    label: str
    number: str = ""


def _today(session: Session) -> int:
    return sum(queue.count for queue in queues(session.town, session.moment.today))


def _chased(session: Session) -> int:
    return len(chases_for(session.town, session.actor, session.moment.today))


def _papers(session: Session) -> int:
    own = sees_own(session.town, session.actor)
    return 0 if own else len(candidates(session.town, session.moment.today))


def _rounds(session: Session) -> int:
    return len(rounds_waiting(session.town, session.moment.today))


def _circulars(session: Session) -> int:
    return (
        0
        if sees_own(session.town, session.actor)
        else len(circulars_waiting(session.town, session.moment.today))
    )


def _year(session: Session) -> int:
    waits = asked_of_the_year(session.town, session.moment.today)
    return sum(each.count for each in waits)


_OFFICE: tuple[tuple[str, str, str, Callable[[Session], int] | None], ...] = (
    ("t", "today", N_("Today"), _today),
    ("c", "chase", N_("Chase"), _chased),
    ("q", "papers", N_("Papers: lists, notices, circulars"), _papers),
    ("i", "incoming", N_("Bring a ledger in"), None),
    ("r", "rounds", N_("Inspection rounds"), _rounds),
    ("s", "statistics", N_("Statistics"), None),
    ("o", "overview", N_("Overview"), None),
    ("k", "circulars", N_("Appraisal circulars"), _circulars),
    ("a", "hub", N_("The year's archive"), _year),
    ("e", "campaigns", N_("Pest campaigns"), None),
    ("l", "logs", N_("Log"), None),
    ("b", "pledges", N_("Pledges"), None),
    ("y", "summary", N_("Work summary"), None),
    ("j", "archive", N_("Archive for the visit"), None),
)
_NAMED = {"views": "facets"}
"""Registers whose place has another name than their table."""


def destinations(session: Session) -> list[Destination]:
    """Every place that the person may go to, in the order of the menu."""
    own = sees_own(session.town, session.actor)
    found = [
        Destination(letter, opening(name), _(label), str(count(session)) if count else "")
        for letter, name, label, count in _OFFICE
        if not own or is_of_liaisons(name)
    ]
    registers = (
        _of_register(each, session.town)
        for each in by_hand()
        if not own or is_of_liaisons(_place(each))
    )
    return [Destination("g", FIRST, _("First card or line")), *found, *registers]


def opening(name: str, year: str = "") -> str:
    """The action of the board that opens a place, over a year where one is said."""
    return f"open('{name}', '{year}')" if year else f"open('{name}')"


def is_of_liaisons(name: str) -> bool:
    """Whether a place shows a liaison who sees only their unit's something true."""
    return name in OWN_PLACES


def _place(register: Register) -> str:
    return _NAMED.get(register.table, register.table)


def _of_register(register: Register, town: Town) -> Destination:
    live = sum(getattr(r, "active", True) for r in town.tables[register.table].values())
    name = noun_of(register, several=True)
    action = opening(_place(register))
    return Destination(register.letter, action, name[:1].upper() + name[1:], str(live))
