"""The road of a round: planned, underway, scored, published, final; or cancelled (docs/rounds.md 2)."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from core.actions.rounds import (
    CancelRound,
    FinaliseRound,
    PublishRound,
    ReopenRound,
    ScoreRound,
    StartRound,
)
from core.calendar.spans import Span
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.errors import Clash, Incomplete, NotAllowed, NotFound, RuleError
from core.model import (
    About,
    Document,
    Find,
    Request,
    RequestKind,
    RequestState,
    Role,
    Round,
    RoundState,
    Variant,
    Visit,
)
from core.roles import ON_SITE, ROUNDS
from core.rounds.windows import window_runs
from core.stats.scoring.round_sheet import frozen_sheet, sheet_of
from core.stats.scoring.scores import scheme_of
from core.words.categories import CATEGORIES

R = RoundState


def known(draft: Draft, key: int, *states: RoundState) -> Round:
    """A round in one of some states. Raises `NotFound`, `Clash("round_is")`."""
    held = draft.get("rounds", key)
    if not isinstance(held, Round) or not held.active:
        raise NotFound("no_round", value=str(key))
    if states and held.state not in states:
        code = "frozen" if held.state == R.FINAL else "round_is"
        raise Clash(code, number=held.number, state=held.state)
    return held


def not_before(number: str, day: date, before: date | None) -> None:
    """Refuse a day that lies before the step behind it. Raises `RuleError("before_step")`."""
    if before is not None and day < before:
        raise RuleError("before_step", number=number, on=day, before=before)


def check_scope(draft: Draft, zones: Iterable[int], categories: Iterable[str]) -> None:
    """Refuse zones out of use and unknown categories."""
    for key in zones:
        zone = draft.get("zones", key)
        if zone is None or not getattr(zone, "active", True):
            raise RuleError("no_zone", value=str(getattr(zone, "code", key)))
    for category in categories:
        if category not in CATEGORIES:
            raise RuleError("unknown_category", value=category)


@decides
def start_round(draft: Draft, action: StartRound) -> None:
    """开始: scope, scheme and weights are taken as they are that day."""
    role = draft.require(ON_SITE)
    held = known(draft, action.round, R.PLANNED)
    day = draft.day(action.on)
    not_signed(draft, day.isoformat()[:7])
    zones = held.zones or tuple(
        zone.id for zone in sorted(draft.town.zones.values(), key=lambda z: z.code) if zone.active
    )
    if not zones:
        raise Incomplete("missing", verb="start_round", number=held.number, fields=("zones",))
    check_scope(draft, zones, held.categories)
    scheme = scheme_of(draft.town, Span.month_of(day))
    wanted = held.categories or tuple(scheme.weights)
    weights = {c: scheme.weights.get(c, 0) for c in wanted}
    after = replace(
        held,
        state=R.UNDERWAY,
        started_on=day,
        zones=zones,
        categories=wanted,
        weights=weights,
        scheme=scheme.id,
    )
    _moved(draft, held, after, "start_round", role, day)


@decides
def score_round(draft: Draft, action: ScoreRound) -> None:
    """打完分."""
    role = draft.require(ON_SITE)
    held = known(draft, action.round, R.UNDERWAY)
    seen = {v.zone: v.on for v in draft.all(Visit) if v.active and v.round == held.id}
    left = [key for key in held.zones if key not in seen]
    if left:
        codes = tuple(sorted(draft.town.zones[key].code for key in left))
        raise Incomplete("zones_unseen", number=held.number, zones=codes)
    day = draft.day(action.on)
    not_before(held.number, day, max(seen.values(), default=held.started_on))
    after = replace(held, state=R.SCORED, scored_on=day)
    _moved(draft, held, after, "score_round", role, day)


@decides
def publish_round(draft: Draft, action: PublishRound) -> None:
    """公示, by a leader."""
    role = draft.require((Role.LEADER,))
    held = known(draft, action.round, R.SCORED)
    publish(draft, held, draft.day(action.on), role)


def publish(draft: Draft, held: Round, day: date, role: Role) -> None:
    """Open a scored round to objections; a scheme without any leaves no day."""
    not_before(held.number, day, held.scored_on)
    until, provisional = window(draft, day, Span.month_of(held.held_on))
    after = replace(
        held,
        state=R.PUBLISHED,
        published_on=day,
        objections_until=until,
        provisional=provisional,
    )
    _moved(draft, held, after, "publish_round", role, day)


def window(draft: Draft, day: date, month: Span) -> tuple[date | None, bool]:
    """The last day for objections, the day of publishing itself not counted; and whether it is provisional."""
    days = scheme_of(draft.town, month).objection_days
    if days <= 0:
        return None, False
    until = draft.now.calendar.add_workdays(day, days)
    return until, not draft.now.calendar.official(until.year)


@decides
def finalise_round(draft: Draft, action: FinaliseRound) -> None:
    """定稿, by a leader, once nobody can object any more."""
    role = draft.require((Role.LEADER,))
    held = known(draft, action.round, R.PUBLISHED)
    day = draft.day(action.on)
    if window_runs(held, day):
        raise NotAllowed("objections_run", number=held.number, until=held.objections_until)
    undecided = appeals_about(draft, held)
    if undecided:
        raise Clash("appeals_undecided", number=held.number, count=len(undecided))
    finalise(draft, held, day, role)


def finalise(draft: Draft, held: Round, day: date, role: Role) -> None:
    """Freeze the sheet as it stands."""
    text, digest = frozen_sheet(sheet_of(draft.overlaid(), held))
    after = replace(held, state=R.FINAL, final_on=day, sheet=text, digest=digest)
    _moved(draft, held, after, "finalise_round", role, day)


def appeals_about(draft: Draft, held: Round) -> list[Request]:
    """Appeals about the finds of a round that wait for a decision."""
    finds = {find.id for find in draft.all(Find) if find.round == held.id}
    return [
        request
        for request in draft.all(Request)
        if request.kind == RequestKind.APPEAL
        and request.state == RequestState.ASKED
        and request.asked.about == About.FIND
        and request.asked.find in finds
    ]


@decides
def reopen_round(draft: Draft, action: ReopenRound) -> None:
    """Back to work, from published by a leader; what was published is withdrawn."""
    held = known(draft, action.round, R.SCORED, R.PUBLISHED)
    role = draft.require((Role.LEADER,) if held.state == R.PUBLISHED else ROUNDS)
    _reasoned(held, "reopen_round", action.reason)
    after = replace(
        held,
        state=R.UNDERWAY,
        scored_on=None,
        published_on=None,
        objections_until=None,
        provisional=False,
        why=action.reason,
    )
    _moved(draft, held, after, "reopen_round", role, draft.day(action.on), action.reason)


@decides
def cancel_round(draft: Draft, action: CancelRound) -> None:
    """未开展, by a leader; its items stay items."""
    role = draft.require((Role.LEADER,))
    held = known(draft, action.round, R.PLANNED, R.UNDERWAY)
    _reasoned(held, "cancel_round", action.reason)
    after = replace(held, state=R.CANCELLED, why=action.reason)
    _moved(draft, held, after, "cancel_round", role, draft.day(action.on), action.reason)


def _reasoned(held: Round, verb: str, reason: str) -> None:
    if not reason:
        raise Incomplete("missing", verb=verb, number=held.number, fields=("reason",))


def not_signed(draft: Draft, month: str, *, or_later: bool = False) -> None:
    """Refuse what would come under a circular that is signed, of a month or of one behind it.

    Raises `Clash("month_signed")`.
    """
    for paper in draft.all(Document):
        signed = paper.variant == Variant.MONTH and paper.holds
        if signed and (paper.period == month or (or_later and paper.period > month)):
            raise Clash("month_signed", value=paper.period, number=paper.number)


def _moved(
    draft: Draft,
    before: Round,
    after: Round,
    verb: str,
    role: Role,
    day: date,
    reason: str = "",
) -> None:
    draft.put("rounds", after)
    draft.note(
        after,
        verb,
        role,
        table="rounds",
        on=day,
        from_state=before.state,
        to_state=after.state,
        reason=reason,
    )
