"""常用语: a sentence the office writes again and again, for one line of the forms."""

from core.model.base import Record


class Phrase(Record, frozen=True, kw_only=True):
    """One sentence, for the measure, requirement, finding or reason of a step."""

    of: str
    """measure, requirement, finding or reason."""
    text: str
    active: bool = True
