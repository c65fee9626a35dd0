"""资料得分: how a unit's papers were found in a round."""

from core.model.base import Record


class Mark(Record, frozen=True, kw_only=True):
    """Hundredths of 10.00 points."""

    round: int
    unit: int
    points: int
    note: str = ""
    active: bool = True
