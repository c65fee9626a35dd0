"""What each verb asks, said once: commands and forms are made from it, and deciding refuses what is missing of it."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from core.model import REJECTED_AS, VOIDED_AS, Severity, Trigger, VoidKind
from core.words.categories import OTHER

TODAY = "today"
"""The default of a day."""


class AskKind(StrEnum):
    """What is said where something is asked."""

    TEXT = "text"
    DAY = "day"
    DUE = "due"
    """A deadline: a day, or in words."""
    UNIT = "unit"
    UNITS = "units"
    ZONE = "zone"
    CATEGORY = "category"
    """A category, or a 小类 within one."""
    SEVERITY = "severity"
    WORD = "word"
    """One of a closed list."""
    CHANNEL = "channel"
    FILES = "files"
    ITEM = "item"
    COUNT = "count"
    OWN = "own"
    """What only the verb's own command and form know how to ask."""


class Ask(Struct, frozen=True):
    """One thing a verb asks."""

    name: str
    """The field of the wish."""
    kind: AskKind = AskKind.TEXT
    option: str = ""
    """What commands call it, where that is not its name."""
    required: bool = False
    """Whether it is refused when missing, having no default."""
    default: str = ""
    """What stands where nobody says it: a value, or `TODAY`. What is known before comes first."""
    when: str = ""
    """When it is needed, where that is at times only: somebody speaks for the unit (for_unit), it is no row of a
    ledger (not_by_ledger), the feedback has no day (undated), the look did not pass (not_passed), no unit had been
    told (not_issued), what is corrected counts in figures (weighty)."""
    either: str = ""
    """The need it fills, where another thing would do as well."""
    told: str = ""
    """What it is called where it is missing, where that is not its name."""
    words: tuple[StrEnum, ...] = ()
    """What it may be, of a WORD."""
    usual: str = ""
    """What is filled in before somebody says it."""
    board: bool = True
    """Whether the form asks it; what it does not ask is seldom said, or known by then."""
    command: bool = True
    """Whether the command has an option for it."""

    @property
    def needed(self) -> bool:
        """Whether the verb must know it, of itself or by default."""
        return self.required or bool(self.default)

    @property
    def need(self) -> str:
        """What it is called where it is missing."""
        return self.either or self.told or self.name

    @property
    def called(self) -> str:
        """What commands call it."""
        return self.option or self.name


def needs_of(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    """Of what is asked, what must be known; of several that fill one need the first."""
    return tuple({ask.need: ask for ask in reversed(tuple(asks)) if ask.needed}.values())[::-1]


K = AskKind
REQUIREMENT = "按标准整改到位"
SOURCE = "日常巡查"
"""How a problem came up where nobody says."""
NOTICE_DEADLINE = "3个工作日"
"""How long a unit gets by a supervision notice where nothing is said."""
HELD = "保持"
"""What is found where a problem has not come back."""
REWORK_DUE = "2个工作日"
"""How long a unit gets for rework where nothing is said."""
REASON = Ask("reason", required=True)
NOTE = Ask("note", required=True)
DUE = Ask("due", K.DUE, required=True)
UNTIL = Ask("work_until", K.DUE, option="due", required=True)
REWORK = replace(UNTIL, usual=REWORK_DUE)
LEAD = Ask("lead", K.UNIT, option="unit", required=True)
ON = Ask("on", K.DAY, default=TODAY, board=False)
ON_TOO = Ask("on", K.DAY, default=TODAY)
"""The day, where the form asks it too."""
SPOKEN_FOR = Ask("on_behalf_of", K.UNIT, option="for", board=False)
CHANNEL = Ask("channel", K.CHANNEL, required=True, when="for_unit", usual="微信")
FOR_UNIT = (SPOKEN_FOR, CHANNEL)
"""For whom a clerk speaks, and how it arrived."""
PHOTOS = Ask("photos", K.FILES, option="photo")
PROOF = replace(PHOTOS, required=True, told="photo")
REFERENCE = Ask("reference")

ASKS: dict[str, tuple[Ask, ...]] = {
    "report": (
        Ask("zone", K.ZONE, required=True, either="place"),
        Ask("location", required=True, either="place"),
        Ask("description", required=True, command=False),
        Ask("category", K.CATEGORY),
        Ask("severity", K.SEVERITY),
        Ask("source", usual=SOURCE),
        Ask("found_on", K.DAY, option="found"),
        Ask("external_no", board=False),
        replace(PHOTOS, board=False),
        Ask("lead", K.UNIT, command=False),
        Ask("due", K.DUE, command=False),
        ON,
    ),
    "accept": (
        Ask("category", K.CATEGORY, required=True),
        Ask("subcategory", K.OWN, default=OTHER),
        Ask("severity", K.SEVERITY, default=Severity.MINOR.value, board=False),
        Ask("zone", K.ZONE, required=True),
        Ask("found_on", K.DAY, option="found", required=True),
        Ask("close_standard", option="standard", board=False),
        ON,
    ),
    "reject": (
        Ask(
            "reason",
            K.WORD,
            words=REJECTED_AS,
            default=VoidKind.NOT_ACCEPTED.value,
            usual=VoidKind.NOT_ACCEPTED.value,
        ),
        NOTE,
        ON,
    ),
    "fix": (
        Ask("measure", required=True, either="measure_or_photo"),
        replace(PHOTOS, required=True, either="measure_or_photo"),
        ON,
    ),
    "assign": (
        LEAD,
        DUE,
        Ask("co", K.UNITS, board=False),
        Ask("requirement", default=REQUIREMENT),
        Ask("responsible", board=False),
        ON_TOO,
        Ask("note"),
    ),
    "split": (
        Ask("parts", K.OWN, required=True),
        Ask("due", K.DUE, board=False),
        Ask("requirement", default=REQUIREMENT),
        ON,
    ),
    "receive": (ON_TOO, *FOR_UNIT),
    "return": (REASON, Ask("unit", K.UNIT), *FOR_UNIT, replace(ON, board=True)),
    "reassign": (LEAD, DUE, REASON, Ask("requirement", board=False), ON),
    "submit": (
        Ask("measure", required=True, when="not_by_ledger"),
        Ask("progress", board=False),
        Ask("on", K.DAY, default=TODAY, when="not_by_ledger"),
        PHOTOS,
        *FOR_UNIT,
    ),
    "withdraw": (REASON, *FOR_UNIT, ON),
    "note": (
        Ask("line", required=True, command=False),
        ON_TOO,
        replace(SPOKEN_FOR, board=True),
        CHANNEL,
    ),
    "pass": (
        Ask("finding"),
        Ask("feedback_on", K.DAY, option="done", required=True, when="undated"),
        ON,
    ),
    "fail": (REASON, REWORK, ON),
    "inspect": (
        Ask("passed", K.OWN),
        Ask("finding", required=True, when="not_passed"),
        replace(REWORK, when="not_passed"),
        ON,
    ),
    "extend": (DUE, REASON, *FOR_UNIT, replace(ON, board=True)),
    "suspend": (
        REASON,
        Ask("measure", required=True),
        Ask("plan_on", K.DUE, option="plan", required=True),
        REFERENCE,
        ON,
    ),
    "resume": (
        DUE,
        replace(LEAD, when="not_issued"),
        Ask("requirement", default=REQUIREMENT, when="not_issued", board=False),
        ON,
    ),
    "merge": (Ask("main", K.ITEM, option="into", required=True), ON),
    "void": (Ask("reason", K.WORD, words=VOIDED_AS, required=True), NOTE, ON),
    "revive": (REASON, ON),
    "remind": (ON,),
    "supervise": (
        Ask("reason", K.WORD, words=tuple(Trigger), required=True),
        replace(UNTIL, usual=NOTICE_DEADLINE),
        REFERENCE,
        ON,
    ),
    "criticise": (replace(REFERENCE, required=True), ON),
    "summon": (Ask("record", required=True), replace(UNTIL, required=False), ON),
    "recheck": (Ask("finding", usual=HELD), PROOF, ON),
    "reopen": (
        REASON,
        PROOF,
        LEAD,
        DUE,
        Ask("requirement", default=REQUIREMENT, board=False, command=False),
        ON,
    ),
    "appeal": (
        REASON,
        Ask("no", K.COUNT, board=False),
        Ask("find", K.COUNT, board=False),
        Ask("points", K.COUNT, board=False),
        SPOKEN_FOR,
        ON,
    ),
    "correct": (
        Ask("description"),
        Ask("location"),
        Ask("zone", K.ZONE),
        Ask("category", K.CATEGORY),
        Ask("severity", K.SEVERITY),
        Ask("source", board=False),
        Ask("found_on", K.DAY, option="found"),
        Ask("external_no", board=False),
        Ask("requirement"),
        Ask("responsible", board=False),
        Ask("close_standard", option="standard", board=False),
        Ask("due", K.DUE),
        replace(PHOTOS, board=False),
        Ask("reason", required=True, when="weighty"),
        ON,
    ),
    "attach": (Ask("path", K.FILES, required=True, command=False), Ask("shows", K.OWN), ON),
    "approve": (),
    "refuse": (REASON,),
    "recall": (),
}
"""What each verb asks, in the order it is asked for."""
