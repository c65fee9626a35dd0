"""Inspection rounds: planned, started, scored and published; what is found in them (docs/rounds.md)."""

from datetime import date
from typing import Any

from core.actions.action import Action
from core.model import RoundKind


class PlanYear(Action, frozen=True, kw_only=True):
    """The rounds of a year that are not planned yet."""

    year: int


class PlanRound(Action, frozen=True, kw_only=True):
    """One round more. What is left empty is all of it."""

    kind: RoundKind
    plan_on: date
    name: str = ""
    zones: tuple[int, ...] = ()
    categories: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    members: str = ""
    counts: bool | None = None
    """None for what its kind usually does."""


class RoundAction(Action, frozen=True, kw_only=True):
    """A step of one round."""

    round: int


class EditRound(RoundAction, frozen=True, kw_only=True):
    """Another day, scope or team, until it is scored."""

    fields: dict[str, Any]


class StartRound(RoundAction, frozen=True, kw_only=True):
    """开始: scheme and weights are taken as they are."""


class VisitZone(RoundAction, frozen=True, kw_only=True):
    """A zone was seen, or not, with the reason; `na` are the categories that do not apply there."""

    zone: int
    seen: bool = True
    why: str = ""
    na: tuple[str, ...] | None = None
    """None leaves it as it is, or as it was in the last round."""
    by: str = ""
    """Login of the inspector, where a clerk enters it."""


class AddFind(RoundAction, frozen=True, kw_only=True):
    """A find: about an open item, about one reported with it, or about none."""

    zone: int
    category: str = ""
    subcategory: str = ""
    item: int | None = None
    itemless: bool = False
    """Slight, or put right at once: nothing is reported."""
    location: str = ""
    text: str = ""
    severity: str = ""
    source: str = ""
    """Where it came from, if not from the round itself."""
    photos: tuple[str, ...] = ()
    deduct: int | None = None
    """Hundredths of a point for one place; None by the rule of its 小类."""
    count: int = 1
    factor: int | None = None
    """Hundredths; None as it is proposed."""
    factor_why: str = ""
    twin: int | None = None
    by: str = ""
    waived_why: str = ""
    """免扣 at once, and why."""


class EditFind(Action, frozen=True, kw_only=True):
    """What a find takes off, how many places, how often."""

    find: int
    fields: dict[str, Any]


class WaiveFind(Action, frozen=True, kw_only=True):
    """免扣: it takes nothing off, and stays told."""

    find: int
    reason: str = ""


class DropFind(Action, frozen=True, kw_only=True):
    """It was entered by mistake; its item stays what it is."""

    find: int
    reason: str = ""


class MarkUnit(RoundAction, frozen=True, kw_only=True):
    """资料得分 of a unit, in hundredths of 10.00 points."""

    unit: int
    points: int


class ScoreRound(RoundAction, frozen=True, kw_only=True):
    """打完分: every zone was seen, or not seen with a reason."""


class PublishRound(RoundAction, frozen=True, kw_only=True):
    """公示: open to objections for some working days."""


class FinaliseRound(RoundAction, frozen=True, kw_only=True):
    """定稿: the sheet does not move any more."""


class ReopenRound(RoundAction, frozen=True, kw_only=True):
    """Back to work: a worse score needs a new publication."""

    reason: str = ""


class CancelRound(RoundAction, frozen=True, kw_only=True):
    """未开展: its finds take nothing off."""

    reason: str = ""


class SetScheme(Action, frozen=True, kw_only=True):
    """Keys of a 考核办法 from a month on; what is not named stays as it was."""

    since: str
    fields: dict[str, Any]
