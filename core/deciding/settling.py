"""What follows from the steps of a transaction before it is done: requests lapse, a problem in parts stands where
its parts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from core.model import Event, Item, Request, RequestKind, RequestState, State
from core.model.parts import standing
from core.workflow import TABLE

if TYPE_CHECKING:
    from core.deciding.draft import Draft

REQUEST_SOURCES: dict[str, tuple[State, ...]] = {
    kind: (State.AWAITING,) if kind == RequestKind.CONFIRM else TABLE[kind].sources
    for kind in RequestKind
}
"""States of an item in which a request about it may still be decided."""
_OF_ASSIGNMENT = (
    RequestKind.RETURN,
    RequestKind.REASSIGN,
    RequestKind.EXTEND,
    RequestKind.SUPERVISE,
)
"""Requests that end with the assignment they were about."""


def settle(draft: Draft) -> None:
    """Do what nobody asked for and what must be."""
    _wholes_follow(draft)
    _requests_lapse(draft)


def _wholes_follow(draft: Draft) -> None:
    """A problem in parts goes where its parts have gone, on the day they went."""
    touched = draft.touched_items()
    keys = {item.id for item in touched if item.parts}
    keys |= {item.part_of for item in touched if item.part_of is not None}
    for key in sorted(keys):
        whole = draft.item(key)
        parts = [draft.item(each) for each in whole.parts]
        if not parts:
            continue
        now = standing(whole, parts)
        if now == whole:
            continue
        days = [
            event.on
            for event in draft.told()
            if isinstance(event, Event) and event.table == "items" and event.record in whole.parts
        ]
        moved = (
            {"from_state": whole.state, "to_state": now.state} if now.state != whole.state else {}
        )
        draft.put("items", now)
        draft.note(now, "follow", "", on=next((d for d in reversed(days) if d), None), **moved)


def _requests_lapse(draft: Draft) -> None:
    """Close requests about items that have gone another way."""
    for item in draft.touched_items():
        for request in draft.pending(item.id):
            if _still_stands(request, item):
                continue
            lapsed = replace(
                request,
                state=RequestState.LAPSED,
                decided_by=draft.actor.login,
                decided_on=draft.now.today,
            )
            draft.put("requests", lapsed)
            draft.note(item, "lapse", "", request=request.id, reference=request.kind)


def _still_stands(request: Request, item: Item) -> bool:
    """Whether a request can still be decided on the item as it is now."""
    if item.parts or item.state not in REQUEST_SOURCES[request.kind]:
        return False  # of what stands in parts each part is asked about
    if request.kind not in _OF_ASSIGNMENT or request.assignment is None:
        return True
    return item.assignment is not None and item.assignment.no == request.assignment
