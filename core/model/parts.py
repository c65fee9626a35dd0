"""A problem for several units: what its parts have from it, and where it stands by them (docs/domain.md 3)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from core.model.item import Item, Suspension
from core.model.state import LEFT_STATES, State

FEWEST, MOST = 2, 20
"""How many parts a problem has at the least and at the most."""
ADVANCING = (
    State.REPORTED,
    State.ACCEPTED,
    State.RECTIFYING,
    State.SUSPENDED,
    State.AWAITING,
    State.CLOSED,
)
"""From the least to the most advanced."""
SHARED = ("category", "subcategory", "severity", "source", "external_no", "found_on", "zone")
"""What a part has from its whole, and what is set right there only."""
FOLLOWED = frozenset(
    {"state", "former", "closed_on", "suspension", "plan_on", "level", "level_max", "zone"}
    | {"merged_into", "void_kind", "void_note"}
)
"""What a whole has from its parts."""


def standing(whole: Item, parts: Sequence[Item]) -> Item:
    """The whole as its parts make it: at the least advanced of those that are in the book, closed when all of
    them are, merged or void when no other is left.

    What was struck off before the whole was merged stays so, and the whole is merged all the same.
    """
    live = [part for part in parts if part.state not in LEFT_STATES]
    merged = any(part.state == State.MERGED for part in parts)
    if merged and all(part.state == State.CLOSED for part in live):
        live = []
    values: dict[str, Any] = dict.fromkeys(("former", "closed_on", "suspension", "plan_on"))
    values |= {"merged_into": None, "void_kind": "", "void_note": ""}
    values["level"] = max((part.level for part in live), default=0)
    values["level_max"] = max((part.level_max for part in parts), default=0)
    values |= _live(whole, live) if live else _gone(parts)
    return replace(whole, **values)


def _live(whole: Item, parts: Sequence[Item]) -> dict[str, Any]:
    least = min(parts, key=lambda part: ADVANCING.index(part.state))
    values: dict[str, Any] = {"state": least.state}
    if least.state == State.CLOSED:
        values["closed_on"] = max((p.closed_on for p in parts if p.closed_on), default=None)
    else:
        values["zone"] = least.zone
    if least.state == State.SUSPENDED:
        held = [part for part in parts if part.state == State.SUSPENDED]
        told = [part.suspension for part in held if part.suspension is not None]
        still = whole.suspension if whole.state == State.SUSPENDED else None
        values["suspension"] = still or max(told, key=_since, default=None)
        values["plan_on"] = min((p.plan_on for p in held if p.plan_on), default=None)
    return values


def _since(suspension: Suspension) -> date:
    return suspension.since


def _gone(parts: Sequence[Item]) -> dict[str, Any]:
    last = next((p for p in parts if p.state == State.MERGED), parts[-1])
    names = ("state", "former", "merged_into", "void_kind", "void_note")
    return {name: getattr(last, name) for name in names}


def worked_on(items: Iterable[Item]) -> list[Item]:
    """Of items that changed together what somebody works on; the wholes where there is nothing else."""
    found = list(items)
    return [item for item in found if not item.parts] or found


def problems_in(items: Iterable[Item]) -> int:
    """How many problems some items are: parts of one are one."""
    return len({item.part_of or item.id for item in items})


def brought_down(whole: Item, was: Item, part: Item) -> Item:
    """A part with what was set right of its whole: what both share, and the place and words it had from it."""
    values = {
        name: getattr(whole, name) for name in SHARED if getattr(was, name) != getattr(whole, name)
    }
    for name in ("location", "description", "close_standard"):
        if getattr(part, name) == getattr(was, name):
            values[name] = getattr(whole, name)
    return replace(part, **values)
