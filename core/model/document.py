"""文书: a paper the office sends out, from its draft to its receipt (docs/domain.md 10)."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.model.base import Nested, Record


class DocumentKind(StrEnum):
    """What a paper is; each kind has numbers of its own."""

    ASSIGNMENT = "assignment"
    """交办单: what one unit was given in one batch."""
    SUPERVISION = "supervision"
    """《整改督办通知书》, level 2."""
    CIRCULAR = "circular"
    """通报批评, level 3."""
    TALK = "talk"
    """约谈记录, level 4."""
    EXPOSURE = "exposure"
    """曝光台."""
    BRIEF = "brief"
    """简报."""
    APPRAISAL = "appraisal"
    """考核通报 of a month, quarter, half or year; one series of numbers with 通报批评."""
    SUMMARY = "summary"
    """工作总结 of a stretch (docs/year.md 5)."""


IN_SHORT = {
    "督办": DocumentKind.SUPERVISION,
    "交办": DocumentKind.ASSIGNMENT,
    "通报": DocumentKind.CIRCULAR,
    "约谈": DocumentKind.TALK,
    "曝光": DocumentKind.EXPOSURE,
    "简报": DocumentKind.BRIEF,
}
"""Kinds as offices call them in a word: in commands, in names of measures."""
TO_A_UNIT = frozenset({DocumentKind.ASSIGNMENT, DocumentKind.SUPERVISION, DocumentKind.TALK})
"""Kinds that go to one unit each, and are about what it has in hand."""


OF_A_PERIOD = (DocumentKind.APPRAISAL, DocumentKind.SUMMARY)
"""Kinds that follow from their period."""
NOTICES = tuple(kind for kind in DocumentKind if kind not in OF_A_PERIOD)
"""Kinds that are about items somebody chooses, or a text."""


class DocumentState(StrEnum):
    """How far a paper has come; that a receipt is late follows from the days."""

    DRAFTED = "drafted"
    PUBLISHED = "published"
    """公示: a circular that is open to objections."""
    SIGNED = "signed"
    SERVED = "served"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    """作废: it keeps its number and its place in the register."""


SIGNED = (DocumentState.SIGNED, DocumentState.SERVED, DocumentState.RECEIVED)
"""States of a paper that was signed and holds."""


class Variant(StrEnum):
    """How long a stretch a circular is about."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Paragraph(Nested, frozen=True, kw_only=True):
    """One paragraph of a summary's draft, with its numbers as holes: {问题.发现}."""

    key: str
    part: str
    text: str = ""
    own: bool = False
    """Whether the clerk wrote it; else the program did."""
    edited: bool = False
    """Whether a clerk's words took the place of the program's."""
    off: bool = False
    new: bool = False
    """Whether the last re-draft brought it."""


class PaperHead(Struct, frozen=True, kw_only=True):
    """What is asked of every paper all the time: a `Document` without what makes it long."""

    id: int
    kind: DocumentKind
    state: DocumentState = DocumentState.DRAFTED
    items: tuple[int, ...] = ()
    number: str = ""
    seq: int = 0
    signed_on: date | None = None
    active: bool = True


class Document(Record, frozen=True, kw_only=True):
    """One paper. Its number is taken when it is signed, and never given out again."""

    kind: DocumentKind
    state: DocumentState = DocumentState.DRAFTED
    unit: int | None = None
    """Whom it goes to; None where it goes to everybody."""
    items: tuple[int, ...] = ()
    work_until: date | None = None
    """By when what it is about must be done, or the receipt be in."""
    reason: str = ""
    reference: str = ""
    """The approval it rests on (T21), or what it answers."""
    text: str = ""
    """What the clerk writes into it: the record of a talk, the news of a brief."""
    number: str = ""
    """As it stands on the paper, such as 创卫办督〔2026〕12号."""
    year: int = 0
    seq: int = 0
    drafted_on: date | None = None
    signed_on: date | None = None
    served_on: date | None = None
    received_on: date | None = None
    received_by: str = ""
    withdrawn_on: date | None = None
    withdrawn_why: str = ""
    evidence: str = ""
    """What was true when it was signed, as canonical JSON; the paper is made from nothing else."""
    digest: str = ""
    """SHA-256 of the evidence."""
    period: str = ""
    """What a circular is about: 2026-03, 2026Q1, 2026H1, 2026."""
    variant: Variant | None = None
    published_on: date | None = None
    objections_until: date | None = None
    """The last day on which a unit may appeal."""
    published: str = ""
    """What was true when it was published, as `evidence`."""
    texts: dict[str, str] = {}
    """What the clerk writes into a circular, by its part."""
    body: tuple[Paragraph, ...] = ()
    """The paragraphs of a summary."""
    numbers: str = ""
    """What its numbers were when it was last drafted, with their lines, as canonical JSON."""
    accepted: dict[str, str] = {}
    """Why a gap may stay, by paragraph and mark."""
    active: bool = True

    @property
    def holds(self) -> bool:
        """Whether it was signed, and is neither withdrawn nor taken back."""
        return self.active and self.state in SIGNED

    @property
    def label(self) -> str:
        """The number people use: that of the paper, of a draft D and its identity."""
        return self.number or f"D{self.id}"
