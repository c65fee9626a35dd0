"""Numbers of the year, each with the lines it is made of: one table for screens, papers and commands."""

from core.measures.all_measures import measure, of_indicator
from core.measures.counted import NONE, Counted, Joined, LeftOut, Question, Spoken, TraceLine
from core.measures.measure import MEASURES, Meant, Measure

__all__ = [
    "MEASURES",
    "NONE",
    "Counted",
    "Joined",
    "LeftOut",
    "Meant",
    "Measure",
    "Question",
    "Spoken",
    "TraceLine",
    "measure",
    "of_indicator",
]
