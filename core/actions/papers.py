"""What is done with a paper: drafted, signed, served, its receipt taken, withdrawn."""

from datetime import date

from core.actions.action import Action
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


class DraftCircular(Action, frozen=True, kw_only=True):
    """考核通报 of a month, quarter, half or year, to be published; one of each at a time."""

    period: str
    """2026-03, 2026Q1, 2026H1 or 2026."""
    texts: dict[str, str] = {}
    """What the clerk writes, by its part: good (工作较好的), next (下步要求)."""


class EditCircular(Action, frozen=True, kw_only=True):
    """Other words of the clerk."""

    document: int
    texts: dict[str, str]


class PublishCircular(Action, frozen=True, kw_only=True):
    """公示: what it says is kept as posted, its scored rounds are published with it."""

    document: int


class DraftSummary(Action, frozen=True, kw_only=True):
    """工作总结 of a stretch: drafted, or drafted anew with the clerk's words kept."""

    period: str


class EditSummary(Action, frozen=True, kw_only=True):
    """Words of the clerk, paragraphs left out or taken back, gaps that may stay."""

    document: int
    texts: dict[str, str] = {}
    """By the key of a paragraph; a new key makes one of the clerk's own, an empty text gives the program's back."""
    parts: dict[str, str] = {}
    """The part each new paragraph belongs to."""
    off: dict[str, bool] = {}
    accepted: dict[str, str] = {}
    """Why a gap may stay, by `paragraph|mark`."""


class SignSummary(SignPaper, frozen=True, kw_only=True):
    """签发: text, numbers and their lines are frozen."""


class SignCircular(SignPaper, frozen=True, kw_only=True):
    """签发: the number is taken, what it says is frozen, its rounds are final."""
