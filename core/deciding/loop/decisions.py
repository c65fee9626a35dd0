"""Requests: asked by one, decided by another, and taking effect only then (docs/domain.md 3).

Whoever holds the deciding role and asks decides in the same transaction; the approval names it.
What is asked for is checked when it is asked, and again when it takes effect.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec.structs import replace

from core.actions.loop.decisions import Recall, Refuse
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.errors import Clash, NotAllowed, NotFound
from core.model import Asked, Channel, Item, Request, RequestKind, RequestState, Role
from core.roles import acting_role
from core.workflow import TABLE, approvers

Effect = Callable[[Draft, Any, Request, Role], None]


def ask(
    draft: Draft,
    item: Item,
    kind: RequestKind,
    role: Role,
    asked: Asked,
    effect: Effect,
    *,
    day: date,
    reason: str = "",
    note: str = "",
    on_behalf_of: int | None = None,
    channel: Channel | None = None,
) -> None:
    """Leave a request waiting, or carry it out at once where the person may decide it."""
    if any(r.kind == kind for r in draft.pending(item.id)):
        raise Clash("already_asked", number=item.label, verb=kind)
    request = Request(
        id=draft.new_id("requests"),
        item=item.id,
        kind=kind,
        by=draft.actor.login,
        role=role,
        assignment=item.assignment.no if item.assignment else None,
        on_behalf_of=on_behalf_of,
        channel=channel,
        asked_on=day,
        reason=reason,
        note=note,
        asked=asked,
    )
    draft.put("requests", request)
    draft.note(
        item,
        "ask",
        role,
        on=day,
        reason=reason,
        note=note,
        request=request.id,
        reference=kind,
        on_behalf_of=on_behalf_of,
        channel=channel,
    )
    decider = acting_role(draft.actor, approvers(item, kind))
    if decider is not None:
        carry_out(draft, item, request, decider, effect, "")


def carry_out(
    draft: Draft, item: Item | None, request: Request, role: Role, effect: Effect, decision: str
) -> None:
    """A request that is agreed to takes effect."""
    _decided(draft, item, request, RequestState.APPROVED, role, decision)
    effect(draft, item, request, role)


def _decided(
    draft: Draft,
    item: Item | None,
    request: Request,
    state: RequestState,
    role: Role,
    decision: str,
) -> None:
    decided = replace(
        request,
        state=state,
        decided_by=draft.actor.login,
        decided_role=role,
        decided_on=draft.now.today,
        decision=decision,
    )
    draft.put("requests", decided)
    verb = {
        RequestState.APPROVED: "approve",
        RequestState.REFUSED: "refuse",
        RequestState.RECALLED: "recall",
    }[state]
    table = "items" if item is not None else "requests"
    draft.note(
        item or decided,
        verb,
        role,
        table=table,
        reason=decision,
        request=request.id,
        reference=request.kind,
    )


def waiting(draft: Draft, key: int) -> tuple[Request, Item | None]:
    request = draft.get("requests", key)
    if not isinstance(request, Request):
        raise NotFound("no_record", table="requests", value=str(key))
    item = draft.item(request.item) if request.item else None
    if request.state != RequestState.ASKED:
        who = draft.town.person(request.decided_by)
        raise Clash("decided", number=_label(item), verb=request.kind, who=who)
    return request, item


def _label(item: Item | None) -> str:
    return item.label if item is not None else ""


@decides
def refuse(draft: Draft, action: Refuse) -> None:
    """不同意, with the reason."""
    request, item = waiting(draft, action.request)
    role = draft.require(approvers(item, request.kind) or TABLE[request.kind].roles)
    draft.needs("refuse", item, reason=action.reason)
    _decided(draft, item, request, RequestState.REFUSED, role, action.reason)


@decides
def recall(draft: Draft, action: Recall) -> None:
    """撤回申请: by whoever asked, or by a clerk for a unit."""
    request, item = waiting(draft, action.request)
    mine = request.by == draft.actor.login
    theirs = request.on_behalf_of is not None and Role.CLERK in draft.actor.roles
    if not mine and not theirs:
        raise NotAllowed("not_asked_by_you", number=_label(item))
    role = draft.require((Role(request.role),) if mine else (Role.CLERK,))
    _decided(draft, item, request, RequestState.RECALLED, role, action.note)
