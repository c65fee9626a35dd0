"""What is seen in a round: zones looked at or not, what does not apply there, and marks for papers."""

from datetime import date

from msgspec.structs import replace

from core.actions.rounds import MarkUnit, VisitZone
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.rounds.states import known
from core.deciding.tidying import between
from core.errors import Incomplete, NotAllowed, NotFound, RuleError
from core.model import Find, Mark, Role, Round, RoundState, Unit, Visit
from core.roles import ON_SITE
from core.stats.scoring.round_sheet import last_na

FULL_MARK = 10_00
"""Hundredths of a mark."""


def begin(draft: Draft, key: int, zone: int) -> tuple[Round, Role]:
    """A round underway and a zone of its scope, seen by somebody who does not answer for it."""
    role = draft.require(ON_SITE)
    held = known(draft, key, RoundState.UNDERWAY)
    if zone not in held.zones:
        raise NotFound("zone_not_in_round", number=held.number, value=code_of(draft, zone))
    lead = draft.town.lead_of(zone, draft.now.today)
    if lead is not None and lead.id == draft.actor.unit:
        raise NotAllowed("own_zone", value=code_of(draft, zone))
    return held, role


def code_of(draft: Draft, zone: int) -> str:
    """The code of a zone."""
    known_zone = draft.get("zones", zone)
    return str(getattr(known_zone, "code", zone))


def visit_of(draft: Draft, held: Round, zone: int) -> Visit | None:
    return next((v for v in draft.all(Visit) if (v.round, v.zone) == (held.id, zone)), None)


@decides
def visit_zone(draft: Draft, action: VisitZone) -> None:
    """Seen, or not seen with the reason; which categories do not apply is taken from the zone's last round."""
    held, role = begin(draft, action.round, action.zone)
    if not action.seen and not action.why:
        raise Incomplete("missing", verb="visit_zone", number=held.number, fields=("why",))
    for category in action.na or ():
        if category not in held.weights:
            raise RuleError("not_scored", number=held.number, value=category)
    day = draft.day(action.on)
    before = visit_of(draft, held, action.zone)
    if not action.seen and any(
        f.active and (f.round, f.zone) == (held.id, action.zone) for f in draft.all(Find)
    ):
        raise RuleError("seen_with_finds", number=held.number, value=code_of(draft, action.zone))
    na = action.na
    if na is None:
        na = before.na if before is not None else last_na(draft.all(Visit), held, action.zone)
    visit = Visit(
        id=before.id if before else draft.new_id("visits"),
        round=held.id,
        zone=action.zone,
        on=day if before is None or action.on is not None else before.on,
        by=action.by or draft.actor.login,
        seen=action.seen,
        why="" if action.seen else action.why,
        na=tuple(c for c in held.weights if c in na),
    )
    if before is not None and replace(before, revision=0) == visit:
        raise RuleError("nothing_changed", number=code_of(draft, action.zone))
    draft.put("visits", visit)
    draft.note(
        held,
        "visit_zone",
        role,
        table="rounds",
        on=day,
        reference=code_of(draft, action.zone),
        reason=action.why,
        note="、".join(visit.na),
    )


def was_seen(draft: Draft, held: Round, zone: int, day: date, by: str) -> None:
    """A zone in which something was found was seen."""
    before = visit_of(draft, held, zone)
    if before is None:
        visit = Visit(
            id=draft.new_id("visits"),
            round=held.id,
            zone=zone,
            on=day,
            by=by,
            na=tuple(c for c in held.weights if c in last_na(draft.all(Visit), held, zone)),
        )
    else:
        visit = replace(before, seen=True, why="", active=True)
    if before is None or not before.seen or not before.active:
        draft.put("visits", visit)


@decides
def mark_unit(draft: Draft, action: MarkUnit) -> None:
    """资料得分; a second one replaces the first."""
    role = draft.require(ON_SITE)
    held = known(draft, action.round, RoundState.UNDERWAY)
    unit = draft.get("units", action.unit)
    if not isinstance(unit, Unit) or not unit.active:
        raise RuleError("no_unit", value=str(action.unit))
    if draft.actor.unit == unit.id:
        raise NotAllowed("own_zone", value=unit.name)
    between(action.points / 100, 0, FULL_MARK // 100, "points")
    before = next((m for m in draft.all(Mark) if (m.round, m.unit) == (held.id, unit.id)), None)
    mark = Mark(
        id=before.id if before else draft.new_id("marks"),
        round=held.id,
        unit=unit.id,
        points=action.points,
        note=action.note,
    )
    draft.put("marks", mark)
    draft.note(
        held,
        "mark_unit",
        role,
        table="rounds",
        unit_after=unit.id,
        note=f"{action.points / 100:g}",
    )
