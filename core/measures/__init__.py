"""Numbers of the year, each with the lines it is made of: one table for screens, papers and commands."""

from core.measures.counted import NONE, Asked, By, Counted, Left, Line, Named
from core.measures.measure import MEASURES, Meant, Measure
from core.measures.table import measure, of_indicator

__all__ = [
    "MEASURES",
    "NONE",
    "Asked",
    "By",
    "Counted",
    "Left",
    "Line",
    "Meant",
    "Measure",
    "Named",
    "measure",
    "of_indicator",
]
