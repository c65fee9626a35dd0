"""A line of what was measured."""

from typing import NamedTuple


class Row(NamedTuple):
    """What was measured, as a ratio to a floor of the same run where there is one."""

    what: str
    value: float
    unit: str
    ratio: float | None
    budget: str


def line(row: Row) -> str:
    ratio = "" if row.ratio is None else f"{row.ratio:6.2f}x"
    return f"{row.what:<42}{row.value:>12.3f} {row.unit:<4}{ratio:>9}   {row.budget}"
