"""申诉 T25: once a matter, while the window runs, decided by the leader (docs/circular.md 2).

A lateness upheld does not count, a find takes nothing off, points are taken back. For what is overdue and open the
remedy is a leader's correction of the day, for "not ours" reassigning or voiding.
"""

from datetime import date

from msgspec.structs import replace

from core.actions.appeals import Appeal
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.decisions import carry_out
from core.deciding.rounds.finds import waive
from core.errors import Clash, Incomplete, NotAllowed, NotFound, RuleError
from core.model import (
    About,
    Asked,
    Assignment,
    Document,
    DocumentState,
    End,
    Find,
    Item,
    Points,
    Request,
    RequestKind,
    RequestState,
    Role,
    Round,
    RoundState,
    Variant,
)
from core.registers.requests import matter_of
from core.roles import acting_role
from core.rounds.windows import window_runs
from core.sight.whose import sees_own
from core.stats.standing import Given, given_of

ASKERS = (Role.CLERK, Role.LIAISON, Role.LEADER)


@decides
def appeal(draft: Draft, action: Appeal) -> None:
    """T25: asked by a liaison for their unit or by a clerk for it; a leader decides at once."""
    if action.find is not None:
        _about_find(draft, action)
    elif action.points is not None:
        _about_points(draft, action)
    else:
        _about_lateness(draft, action)


def _about_lateness(draft: Draft, action: Appeal) -> None:
    item, role = draft.begin(action.item, "appeal")
    draft.needs("appeal", item, reason=action.reason)
    given = _late(draft, item, action.no)
    _within_window(draft, role, _paper_with(draft, given.name))
    request = _asked(draft, action, role, Asked(about=About.LATE), item.id, given.it.no)
    _maybe_decide(draft, item, request)


def _late(draft: Draft, item: Item, no: int | None) -> Given:
    """The assignment that is counted late. Raises `Clash("not_late")`."""
    closed = [
        g for g in given_of(item, draft.overlaid()) if g.end == End.CLOSED and no in (None, g.no)
    ]
    if not closed or closed[-1].in_time:
        raise Clash("not_late", number=item.label)
    return closed[-1]


def _about_find(draft: Draft, action: Appeal) -> None:
    find = draft.get("finds", action.find or 0)
    absent = NotFound("no_find", value=str(action.find))
    if not isinstance(find, Find) or not find.active:
        raise absent
    held = draft.get("rounds", find.round)
    assert isinstance(held, Round)
    role = _for_unit(draft, action, _lead_of(draft, find), absent)
    if find.waived_on is not None:
        raise RuleError("nothing_changed", number=held.number)
    _within_window(draft, role, held if held.published_on else None)
    asked = Asked(about=About.FIND, find=find.id)
    item = draft.get("items", find.item or 0)
    request = _asked(draft, action, role, asked, find.item or 0, None)
    _maybe_decide(draft, item if isinstance(item, Item) else None, request)


def _lead_of(draft: Draft, find: Find) -> int | None:
    lead = draft.town.lead_of(find.zone, find.on)
    return lead.id if lead is not None else None


def _about_points(draft: Draft, action: Appeal) -> None:
    entry = draft.get("points", action.points or 0)
    absent = NotFound("no_record", table="points", value=str(action.points))
    if not isinstance(entry, Points) or not entry.active:
        raise absent
    role = _for_unit(draft, action, entry.unit, absent)
    paper = next((p for p in _circulars(draft) if p.period == entry.month), None)
    _within_window(draft, role, paper)
    asked = Asked(about=About.POINTS, points=entry.id)
    request = _asked(draft, action, role, asked, 0, None)
    _maybe_decide(draft, None, request)


def _for_unit(draft: Draft, action: Appeal, unit: int | None, absent: NotFound) -> Role:
    """The role; a liaison speaks for their own unit, and what they may not see is not there (`absent`)."""
    role = draft.require(ASKERS)
    if draft.actor.unit != unit and sees_own(draft.town, draft.actor):
        raise absent
    if not action.reason:
        raise Incomplete("missing", verb="appeal", number="", fields=("reason",))
    if role == Role.LIAISON and draft.actor.unit != unit:
        raise NotAllowed("not_your_unit", number="")
    return role


def _circulars(draft: Draft) -> list[Document]:
    """Circulars of a month that are published and hold, the latest first."""
    held = [
        paper
        for paper in draft.all(Document)
        if paper.variant == Variant.MONTH
        and paper.active
        and paper.published_on is not None
        and paper.state != DocumentState.WITHDRAWN
    ]
    return sorted(held, key=lambda p: (p.period, p.id), reverse=True)


def _paper_with(draft: Draft, name: str) -> Document | None:
    """The published circular that counts an assignment."""
    quoted = f'"{name}"'
    return next((paper for paper in _circulars(draft) if quoted in paper.published), None)


def _within_window(draft: Draft, role: Role, paper: Document | Round | None) -> None:
    """Refuse an appeal that comes too early or too late; a leader may always."""
    if acting_role(draft.actor, (Role.LEADER,)) is not None or role == Role.LEADER:
        return
    if paper is None:
        raise Clash("not_published")
    if not window_runs(paper, draft.now.today):
        raise NotAllowed("appeal_too_late", number=paper.label, until=paper.objections_until)


def _asked(
    draft: Draft, action: Appeal, role: Role, asked: Asked, item: int, no: int | None
) -> Request:
    """The request, where nobody has appealed about the matter before."""
    day = draft.day(action.on)
    request = Request(
        id=draft.new_id("requests"),
        item=item,
        kind=RequestKind.APPEAL,
        by=draft.actor.login,
        role=role,
        assignment=no,
        on_behalf_of=action.on_behalf_of,
        channel=action.channel,
        asked_on=day,
        reason=action.reason,
        note=action.note,
        asked=asked,
    )
    _once(draft, request)
    draft.put("requests", request)
    target = draft.item(item) if item else request
    draft.note(
        target,
        "ask",
        role,
        table="items" if item else "requests",
        on=day,
        reason=action.reason,
        note=action.note,
        request=request.id,
        reference=RequestKind.APPEAL,
        assignment=no,
        on_behalf_of=action.on_behalf_of,
        channel=action.channel,
    )
    return request


def _once(draft: Draft, request: Request) -> None:
    """Refuse a second appeal about a matter."""
    for other in draft.all(Request):
        if other.kind != RequestKind.APPEAL or matter_of(other) != matter_of(request):
            continue
        if other.state in (RequestState.ASKED, RequestState.APPROVED, RequestState.REFUSED):
            raise Clash("appealed_before", state=other.state)


def _maybe_decide(draft: Draft, item: Item | None, request: Request) -> None:
    decider = acting_role(draft.actor, (Role.LEADER,))
    if decider is not None:
        carry_out(draft, item, request, decider, upheld, "")


def upheld(draft: Draft, item: Item | None, request: Request, role: Role) -> None:
    """A leader agreed: it does not count."""
    asked, day = request.asked, draft.now.today
    match asked.about:
        case About.FIND:
            find = draft.get("finds", asked.find or 0)
            held = draft.get("rounds", find.round) if isinstance(find, Find) else None
            if isinstance(find, Find) and isinstance(held, Round):
                if held.state == RoundState.FINAL:
                    draft.put("finds", replace(find, waived_on=day, waived_why=request.reason))
                else:
                    waive(draft, find, held, request.reason, day, role)
        case About.POINTS:
            entry = draft.get("points", asked.points or 0)
            if isinstance(entry, Points):
                draft.put("points", replace(entry, active=False))
                draft.note(entry, "edit_points", role, table="points", reason=request.reason)
        case _:
            assert item is not None
            _exempted(draft, item, request, role, day)


def _exempted(draft: Draft, item: Item, request: Request, role: Role, day: date) -> None:
    item = draft.item(item.id)
    assignments = tuple(_exempt(a, request, day) for a in item.assignments)
    item = replace(item, assignments=assignments)
    draft.put("items", item)
    draft.note(
        item,
        "appeal",
        role,
        assignment=request.assignment,
        reason=request.reason,
        request=request.id,
    )


def _exempt(assignment: Assignment, request: Request, day: date) -> Assignment:
    if assignment.no != request.assignment:
        return assignment
    return replace(assignment, exempt_on=day, exempt_why=request.reason)
