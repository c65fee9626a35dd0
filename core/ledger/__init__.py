"""Incoming ledger rows against the town: what each would do, what is matched, what is in doubt.

An ordinary import reports, accepts, assigns and submits as far as a row carries what each step
needs; it never closes anything (docs/domain.md 8).
"""

from core.ledger.desk import Desk, Line, remembering
from core.ledger.outcome import (
    Choice,
    Choices,
    Entry,
    Filing,
    Incoming,
    Intake,
    Picture,
    Place,
    Skipped,
    filled,
    is_unconfirmed,
)
from core.ledger.reader import Reader, known_origins, origin_of
from core.ledger.returning import outdated
from core.ledger.row import plain

__all__ = [
    "Choice",
    "Choices",
    "Desk",
    "Entry",
    "Filing",
    "Incoming",
    "Intake",
    "Line",
    "Picture",
    "Place",
    "Reader",
    "Skipped",
    "filled",
    "is_unconfirmed",
    "known_origins",
    "origin_of",
    "outdated",
    "plain",
    "remembering",
]
