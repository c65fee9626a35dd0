"""What the rows of a list are read against: the town, the day, and what the sheet says of itself."""

from collections.abc import Callable
from datetime import date

from core.errors import RuleError
from core.ledger.outcome import UNFILED
from core.model import Unit, Zone
from core.registers import Field, Register
from core.town.called import unit_called, zone_called
from core.town.town import Town
from core.words.categories import CATEGORIES, category_of, subcategories
from core.words.dates import Period, day_written

Word = Callable[[Register, Field, str], str]
"""The word of a column that a text names, by its code or by what it is called; the text itself where none does."""


class Reading:
    """A town on one day, as the names and days of a sheet are understood there."""

    def __init__(self, town: Town, today: date, word: Word) -> None:
        self._town = town
        self.today = today
        self.word = word
        self.filing = UNFILED
        """What the sheet in hand says of itself: its year stands for days without one."""

    @property
    def town(self) -> Town:
        """The loaded state."""
        return self._town

    @property
    def period(self) -> Period:
        """How dates without a year and deadline words are read."""
        filing = self.filing
        return Period(self.today, filing.year, self.town.calendar, filing.until)

    def unit(self, name: str) -> Unit:
        """The unit a name or alias stands for. Raises `RuleError("no_unit")`."""
        return unit_called(self.town.units.values(), name)

    def zone(self, name: str) -> Zone:
        """The zone a code or name stands for. Raises `RuleError("no_zone")`."""
        return zone_called(self.town.zones.values(), name)

    def day(self, text: str | None, field: str = "on") -> date | None:
        """The day a text names. Raises `RuleError("bad_date")`."""
        return None if text is None else day_written(text, self.today, field)

    def kind(self, text: str) -> tuple[str, str]:
        """Category and 小类 that one word names, or both. Raises `RuleError("unknown_category")`."""
        if not text or text in CATEGORIES:
            return text, ""
        if category_of(text):
            return category_of(text), text
        main, _slash, sub = text.partition("/")
        if sub in subcategories(main):
            return main, sub
        raise RuleError("unknown_category", value=text)
