"""Undo: the inverse of an earlier transaction, refused where someone built on it."""

from typing import Any

import msgspec
from msgspec.structs import replace

from core.actions.wish import Undo
from core.changes import Change, Changes
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.errors import Clash, NotAllowed, NotFound
from core.model import (
    Counter,
    Document,
    DocumentState,
    Event,
    Item,
    Record,
    Request,
    RequestState,
    Responsibility,
    Role,
    Side,
    State,
    VoidKind,
)
from core.model.parts import FOLLOWED, SHARED
from core.town.town import Town
from core.town.trail import FOLLOWS

UNSIGNED = "撤销签发"
"""Why a paper is withdrawn whose signing was undone."""
OTHERS = (Role.LEADER, Role.ADMIN)
"""Who may take back what somebody else did, in roles they hold themselves."""

KEPT = frozenset({"id", "revision", "number", "report_no"}) | FOLLOWS
"""What undo never takes back: identity, revision, numbers; what follows from the steps follows from undoing, too."""


_BEFORE_PARTS = frozenset(SHARED) | FOLLOWED | {"accepted_on", "assignments"}
"""What no step of a problem in parts changes without changing parts of it."""


def _allowed(draft: Draft, earlier: Changes) -> tuple[Role, dict[tuple[str, int], str]]:
    """The role in which a transaction is taken back, and those in which each of its records was touched.

    Raises `NotAllowed`: who takes it back must have every role it was done in.
    """
    if earlier.who != draft.actor.login:
        draft.require(OTHERS)
    mine = draft.require(tuple(Role))
    roles = {(e.table, e.record): e.role for e in earlier.events}
    for role in set(roles.values()) - {"", Role.VIEWER.value}:
        if Role(role) not in draft.actor.roles:
            raise NotAllowed("role", roles=(Role(role),))
    return mine, roles


@decides
def undo(draft: Draft, action: Undo) -> None:
    """Restore what an earlier transaction changed; events, numbers and records stay."""
    earlier = action.earlier
    draft.undoes = earlier.seq
    mine, roles = _allowed(draft, earlier)
    touched = 0
    told: set[tuple[str, int]] = set()
    for change in earlier:
        if isinstance(change.new, Event | Counter):
            continue
        now = draft.get(change.table, change.id)
        if now is None:
            raise NotFound("no_record", table=change.table, value=str(change.id))
        restored = (
            _unmade(change, now, draft.town)
            if change.old is None
            else _restored(change, now, draft.town, earlier)
        )
        draft.put(change.table, restored)
        touched += 1
        role = roles.get((change.table, change.id)) or mine
        if isinstance(now, Responsibility):
            if ("zones", now.zone) not in told:
                told.add(("zones", now.zone))
                draft.note(
                    draft.get("zones", now.zone) or now,
                    "undo",
                    mine,
                    table="zones",
                    undoes=draft.undoes,
                )
        elif (change.table, change.id) not in told:
            told.add((change.table, change.id))
            _note(draft, change, now, restored, role)
    if not touched:
        raise NotFound("nothing_to_undo")


def _note(draft: Draft, change: Change, now: Record, restored: Record, role: str) -> None:
    states = ("", "")
    if isinstance(now, Item) and isinstance(restored, Item):
        states = (now.state, restored.state)
    event = Event(
        id=draft.new_id("events"),
        table=change.table,
        record=change.id,
        action="undo",
        at=draft.now.at,
        actor=draft.actor.login,
        role=role,
        via=draft.actor.via,
        undoes=draft.undoes,
        from_state=states[0],
        to_state=states[1],
    )
    draft.put("events", event)


def _differing(old: Record, new: Record) -> dict[str, Any]:
    """Fields in which two states of a record differ, with the old value."""
    return {
        name: value
        for name, value in msgspec.structs.asdict(old).items()
        if name not in KEPT and getattr(new, name) != value
    }


def _restored(change: Change, now: Record, town: Town, earlier: Changes) -> Record:
    """`now` with the fields of `change` set back, where they still are what it made them."""
    assert change.old is not None
    back = _differing(change.old, change.new)
    if isinstance(now, Item) and now.parts and "parts" not in back:
        with_parts = any(c.table == "items" and c.id in now.parts for c in earlier)
        if not with_parts and back.keys() & _BEFORE_PARTS:  # it was given to several units since
            raise _built_on(change, now, town, "parts")
        back = {name: old for name, old in back.items() if name not in FOLLOWED}
    for name in back:
        if getattr(now, name) != getattr(change.new, name):
            raise _built_on(change, now, town, name)
    if isinstance(now, Document) and "seq" in back:
        # The number was taken: the paper stays in the register, and holds no more.
        return replace(
            now,
            state=DocumentState.WITHDRAWN,
            withdrawn_on=now.signed_on,
            withdrawn_why=UNSIGNED,
        )
    return replace(now, **back)


def _built_on(change: Change, now: Record, town: Town, field: str) -> Clash:
    number = label_of(now, town)
    known = {"table": change.table, "record": change.id, "number": number}
    return Clash("built_on", **known, field=field, revision=now.revision)


def _unmade(change: Change, now: Record, town: Town) -> Record:
    """A creation taken back: the record stays, out of use."""
    since = _differing(change.new, now)
    if since:
        raise _built_on(change, now, town, next(iter(since)))
    if isinstance(now, Item):
        return replace(now, state=State.VOID, void_kind=VoidKind.UNREPORTED)
    if isinstance(now, Responsibility):
        return replace(now, until=now.since)
    if isinstance(now, Side):
        return replace(now, removed=True)
    if isinstance(now, Request):
        return replace(now, state=RequestState.RECALLED)
    if hasattr(now, "active"):
        return replace(now, active=False)
    return now


def label_of(record: Record, town: Town) -> str:
    """What people call a record; of a request, the item it is about."""
    if isinstance(record, Request):
        item = town.held(record.item)
        return item.label if item else ""
    return str(getattr(record, "label", "") or getattr(record, "name", "") or record.id)
