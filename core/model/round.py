"""检查: one inspection of the town, from its plan to its final sheet (docs/rounds.md 2)."""

from datetime import date
from enum import StrEnum

from core.model.base import Record


class RoundKind(StrEnum):
    """What a round is."""

    MONTH = "month"
    """月小查."""
    QUARTER = "quarter"
    """季普查."""
    HALF = "half"
    """半年大查."""
    YEAR = "year"
    """年终大查."""
    SPECIAL = "special"
    """专项."""
    COVERT = "covert"
    """暗访."""
    WEEKEND = "weekend"
    """周末检查."""


ROUND_KINDS: dict[RoundKind, str] = {
    RoundKind.MONTH: "月小查",
    RoundKind.QUARTER: "季普查",
    RoundKind.HALF: "半年大查",
    RoundKind.YEAR: "年终大查",
    RoundKind.SPECIAL: "专项",
    RoundKind.COVERT: "暗访",
    RoundKind.WEEKEND: "周末检查",
}
"""Each by the word that stands in numbers, and in the source of what is found."""

UNCOUNTED = frozenset({RoundKind.SPECIAL, RoundKind.WEEKEND})
"""Kinds that count in no score unless somebody says so."""


class RoundState(StrEnum):
    """How far a round has come."""

    PLANNED = "planned"
    UNDERWAY = "underway"
    SCORED = "scored"
    PUBLISHED = "published"
    FINAL = "final"
    CANCELLED = "cancelled"
    """未开展; what was found stays found and takes nothing off."""


HELD = frozenset({RoundState.SCORED, RoundState.PUBLISHED, RoundState.FINAL})
"""States in which every zone has its score."""


class Round(Record, frozen=True, kw_only=True):
    """One round. Weights are hundredths of a point."""

    number: str
    """检查编号, such as 2026-11-月小查: set when it is planned and never changed."""
    kind: RoundKind
    period: str
    """2026-11, 2026Q4, 2026H2 or 2026."""
    plan_on: date
    name: str = ""
    zones: tuple[int, ...] = ()
    """Which are inspected; all in use where it names none, until it starts."""
    categories: tuple[str, ...] = ()
    """Which are scored; all nine where it names none, until it starts."""
    team: tuple[str, ...] = ()
    """Logins of who inspects."""
    members: str = ""
    """Posts of guests who go along."""
    counts: bool = True
    """Whether it counts in the month's scores."""
    state: RoundState = RoundState.PLANNED
    started_on: date | None = None
    weights: dict[str, int] = {}
    """By category, as they were when it started."""
    scheme: int = 0
    """The scheme it started under; 0 is the program's own."""
    scored_on: date | None = None
    published_on: date | None = None
    objections_until: date | None = None
    provisional: bool = False
    """Whether that day rests on a year whose holidays are not published yet (暂定)."""
    final_on: date | None = None
    sheet: str = ""
    """The sheet as it was when the round became final, as canonical JSON."""
    digest: str = ""
    """SHA-256 of the sheet."""
    why: str = ""
    """Why it was cancelled, or opened again."""
    active: bool = True

    @property
    def held_on(self) -> date:
        """The day that decides which month it belongs to."""
        return self.started_on or self.plan_on

    @property
    def label(self) -> str:
        """What people call it."""
        return self.number
