"""时限规则 and 路由规则: what a kind of problem asks for, and who it goes to."""

from core.model.base import Record

SUSPEND = "suspend"
"""The kind of a rule whose problems are planned rather than given a deadline."""


class Rule(Record, frozen=True, kw_only=True):
    """What a 小类 asks for: how long, when it counts as done, how grave, what it costs."""

    category: str
    subcategory: str
    condition: str = ""
    """When it holds, in words; of several the one without a condition is suggested."""
    kind: str = "work_days"
    """A `core.calendar.working_days.Kind`, or `suspend` for what cannot be done at once."""
    value: int = 0
    """Days or hours, by kind; for `suspend` the days within which it is planned."""
    close_standard: str = ""
    severity: str = ""
    deduct: float = 0
    """Points taken off a zone for each find."""
    evidence: str = ""
    chapter: int | None = None
    """Chapter 1 to 7 of the national standard."""
    active: bool = True

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is for; of several with the same only one is in use."""
        return (self.category, self.subcategory, self.condition)


class Route(Record, frozen=True, kw_only=True):
    """Who a problem goes to; the more a route names, the more it weighs."""

    category: str = ""
    subcategory: str = ""
    zone: int | None = None
    zone_kind: str = ""
    lead: int
    co: tuple[int, ...] = ()
    note: str = ""
    active: bool = True

    @property
    def key(self) -> tuple[str, str, int | None, str]:
        """What it is for; of several with the same only one is in use."""
        return (self.category, self.subcategory, self.zone, self.zone_kind)
