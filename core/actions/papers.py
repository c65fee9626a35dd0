"""What is done with a paper: drafted, signed, served, its receipt taken, withdrawn."""

from datetime import date

from core.actions.road import Action
from core.model import DocumentKind


class DraftPaper(Action, frozen=True, kw_only=True):
    """A paper to be signed; it has no number yet."""

    kind: DocumentKind
    unit: int | None = None
    items: tuple[int, ...] = ()
    work_until: date | None = None
    reason: str = ""
    reference: str = ""
    text: str = ""


class SignPaper(Action, frozen=True, kw_only=True):
    """签发: the number is taken, what it says is frozen, its items rise to its level."""

    document: int = 0
    """0 is the one that was drafted in the same step."""
    number: str = ""
    """Given by hand, from before this program; the next one follows it. Empty takes the next."""
    reference: str = ""
    """The approval a circular rests on, where the draft had none yet."""


class ServePaper(Action, frozen=True, kw_only=True):
    """送达: it has reached its unit."""

    document: int


class ReceivePaper(Action, frozen=True, kw_only=True):
    """回执: the unit has sent its slip back."""

    document: int
    by: str = ""


class WithdrawPaper(Action, frozen=True, kw_only=True):
    """作废: it does not hold any more; its number stays taken."""

    document: int
    reason: str = ""
