"""考核办法: how rounds are scored and units compared, from a month on (docs/rounds.md 8)."""

from msgspec import field

from core.model.base import Record

WEIGHTS = {
    "市容环境": 2500,
    "占道经营": 1000,
    "集贸市场": 1500,
    "交通秩序": 1000,
    "饮食卫生": 1000,
    "基础设施": 500,
    "病媒生物": 1000,
    "环境保护": 500,
    "宣传": 1000,
}
KINDS = {"praise": 200, "leader": -200, "fake": -500, "shirk": -100, "adjust": 0, "other": 0}
"""Points of each kind of 加减分 where nobody says how many."""

CHOICES: dict[str, tuple[str, ...]] = {
    "list_by": ("close", "ontime", "score"),
    "rank_by": ("score", "close", "ontime"),
    "rank_within": ("all", "kind", "group"),
    "ties": ("skip", "dense"),
}
"""Settings that say one of some words."""
WHOLE: dict[str, tuple[int, int]] = {
    "round_day": (1, 31),
    "objection_days": (0, 30),
    "repeat_days": (1, 366),
    "small_n": (0, 100),
    "talk_last": (1, 12),
    "report_last": (1, 12),
}
"""Settings that are whole numbers, and between what; the other numbers are hundredths."""


class Scheme(Record, frozen=True, kw_only=True):
    """One scheme. All points, shares, factors and rates are hundredths."""

    since: str = ""
    """The first month it is in force, 2026-03; the latest one counts."""
    name: str = ""
    reference: str = ""
    """文号."""
    weights: dict[str, int] = field(default_factory=lambda: dict(WEIGHTS))
    zones: int = 6000
    ontime: int = 1500
    close: int = 1000
    first: int = 500
    files: int = 1000
    bonus_cap: int = 500
    coverage: int = 4000
    small_n: int = 5
    repeat_factor: int = 200
    outside_factor: int = 200
    within_factor: int = 0
    max_factor: int = 200
    repeat_days: int = 90
    double_sources: tuple[str, ...] = ("上级暗访", "媒体曝光")
    red: int = 9000
    black: int = 8500
    list_by: str = "close"
    talk_rate: int = 6000
    talk_last: int = 2
    report_last: int = 3
    rank_by: str = "score"
    rank_within: str = "all"
    ties: str = "skip"
    objection_days: int = 3
    round_day: int = 20
    stack_rounds: bool = False
    points: dict[str, int] = field(default_factory=lambda: dict(KINDS))
    active: bool = True
