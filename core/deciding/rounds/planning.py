"""Rounds that are planned: a year's at once, one more, another scope (docs/rounds.md 2)."""

from datetime import date
from typing import Any

from core.actions.rounds import EditRound, PlanRound, PlanYear
from core.calendar.spans import Span
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import edited
from core.deciding.rounds.states import check_scope, known
from core.errors import Clash, DoneBefore, RuleError
from core.model import UNCOUNTED, Find, Role, Round, RoundState, Visit
from core.roles import ROUNDS
from core.rounds.year_plan import number_of, span_of_kind, year_plan
from core.stats.scoring.scores import scheme_of

R = RoundState
EDITABLE = ("plan_on", "name", "zones", "categories", "team", "members", "counts")
"""What `edit` may change, of a round that is not scored yet."""


@decides
def plan_year(draft: Draft, action: PlanYear) -> None:
    """Twelve a year; run again it adds what is missing."""
    role = draft.require(ROUNDS)
    if not 2000 <= action.year < 2100:
        raise RuleError("bad_period", value=str(action.year))
    scheme = scheme_of(draft.town, Span.month_of(date(action.year, 1, 1)))
    held = list(draft.all(Round))
    missing = list(year_plan(action.year, scheme, draft.now.calendar, held))
    if not missing:
        raise DoneBefore("year_planned", value=str(action.year))
    for each in missing:
        _planned(draft, PlanRound(kind=each.kind, plan_on=each.plan_on), role)


@decides
def plan_round(draft: Draft, action: PlanRound) -> Round:
    """One round more."""
    return _planned(draft, action, draft.require(ROUNDS))


def _planned(draft: Draft, action: PlanRound, role: Role) -> Round:
    check_scope(draft, action.zones, action.categories)
    span = span_of_kind(action.kind, action.plan_on)
    counts = action.kind not in UNCOUNTED if action.counts is None else action.counts
    held = Round(
        id=draft.new_id("rounds"),
        number=number_of(action.kind, span, {r.number for r in draft.all(Round)}),
        kind=action.kind,
        period=span.code,
        plan_on=action.plan_on,
        name=action.name,
        zones=action.zones,
        categories=action.categories,
        team=action.team,
        members=action.members,
        counts=counts,
    )
    draft.put("rounds", held)
    draft.note(held, "plan_round", role, table="rounds", note=action.note)
    return held


@decides
def edit_round(draft: Draft, action: EditRound) -> None:
    """Another day, scope or team, until it is scored."""
    role = draft.require(ROUNDS)
    held = known(draft, action.round, R.PLANNED, R.UNDERWAY)
    fields: dict[str, Any] = {k: v for k, v in action.fields.items() if k in EDITABLE}
    check_scope(draft, fields.get("zones", ()), fields.get("categories", ()))
    if held.state == R.UNDERWAY:
        if "plan_on" in fields:
            raise Clash("round_is", number=held.number, state=held.state)
        _keeps_what_was_seen(draft, held, fields)
        if "categories" in fields:
            scheme = scheme_of(draft.town, Span.month_of(held.held_on))
            fields["weights"] = {
                c: scheme.weights[c] for c in fields["categories"] if c in scheme.weights
            }
    edited(draft, "rounds", held.id, fields, "edit_round", role)


def _keeps_what_was_seen(draft: Draft, held: Round, fields: dict[str, Any]) -> None:
    """Refuse a scope that leaves out what was seen or found."""
    for find in draft.all(Find):
        if find.active and find.round == held.id:
            gone = "zones" in fields and find.zone not in fields["zones"]
            lost = "categories" in fields and find.category not in fields["categories"]
            if gone or lost:
                raise Clash("round_has_finds", value=held.number)
    for visit in draft.all(Visit):
        seen = visit.active and visit.round == held.id
        if seen and "zones" in fields and visit.zone not in fields["zones"]:
            raise Clash("round_has_finds", value=held.number)
