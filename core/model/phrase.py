"""常用语: a sentence the office writes again and again, for one line of the forms."""

from core.model.base import Record


class Phrase(Record, frozen=True, kw_only=True):
    """One sentence, for the measure, requirement, finding or reason of a step."""

    of: str
    """整改措施, 整改要求, 复查情况 or 理由."""
    text: str
    active: bool = True
