"""What the rows of a list are read against: the town, the day, what the sheet says of itself; and the values of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from core.errors import Doubt, RuleError
from core.model import Unit, Zone
from core.registers import FieldKind, Register, RegisterField
from core.town.called import called, unit_called, zone_called
from core.town.town import Town
from core.words.categories import CATEGORIES, category_of, subcategories
from core.words.cells import count_of, figure_of, is_exact, names_of, text_of, yes_of
from core.words.dates import Period, day_written, read_date

if TYPE_CHECKING:
    from core.actions.action import Action

Word = Callable[[Register, RegisterField, str], str]
"""The word of a column that a text names, by its code or by what it is called; the text itself where none does."""


class Reading:
    """A town on one day, as the names and days of a sheet are understood there."""

    def __init__(self, town: Town, today: date, word: Word) -> None:
        self._town = town
        self.today = today
        self.word = word
        self.year: int | None = None
        """The year the sheet in hand says it is about: it stands for days without one."""
        self.until: date | None = None
        """The day up to which that sheet says it was filled in."""

    @property
    def town(self) -> Town:
        """The loaded state."""
        return self._town

    @property
    def period(self) -> Period:
        """How dates without a year and deadline words are read."""
        return Period(self.today, self.year, self.town.calendar, self.until)

    def unit(self, name: str) -> Unit:
        """The unit a name or alias stands for. Raises `RuleError("no_unit")`."""
        return unit_called(self.town.units.values(), name)

    def zone(self, name: str) -> Zone:
        """The zone a code or name stands for. Raises `RuleError("no_zone")`."""
        return zone_called(self.town.zones.values(), name)

    def day(self, text: str | None, field: str = "on") -> date | None:
        """The day a text names. Raises `RuleError("bad_date")`."""
        return None if text is None else day_written(text, self.today, field)

    def cell_day(self, raw: Any, field: str, year: int | None = None) -> date | None:
        """The day a cell holds, None where it is empty; `year` stands for one the sheet does not say.

        Raises `RuleError("bad_date")`.
        """
        if raw in (None, ""):
            return None
        period = self.period
        found = read_date(raw, replace(period, year=period.year or year)).value
        if found is None:
            raise RuleError("bad_date", field=field, value=str(raw))
        return found

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


def read_value(reading: Reading, register: Register, each: RegisterField, value: Any) -> Any:
    """What was said for a field as it is kept. Raises `RuleError`."""
    town = reading.town
    match each.kind:
        case FieldKind.TEXT:
            return reading.word(register, each, value)
        case FieldKind.NAMES:
            return tuple(reading.word(register, each, name) for name in value)
        case FieldKind.REF:
            return called(town.tables, each.of, str(value)).id
        case FieldKind.REFS:
            return tuple(called(town.tables, each.of, name).id for name in value)
        case FieldKind.DAY:
            return reading.day(str(value), each.name)
        case FieldKind.POINTS:
            return _hundredths(value)
        case FieldKind.TERMS:
            from core.calendar.cycles import read_terms

            return (read_terms(str(value)),)
        case _:
            return value


def kept(register: Register, record: Any, fields: dict[str, Any]) -> list[Action]:
    """What makes a record what the fields say."""
    from core.actions.registers import Add, Edit
    from core.calendar.cycles import same

    if record is None:
        return [Add(table=register.table, fields=fields)]
    changed = {
        name: value
        for name, value in fields.items()
        if getattr(record, name) != value
        and not (
            register.field(name).kind == FieldKind.TERMS and same(getattr(record, name), value)
        )
    }
    return [Edit(table=register.table, record=record.id, fields=changed)] if changed else []


def cell_value(
    reading: Reading, register: Register, each: RegisterField, cells: dict[str, Any]
) -> Any:
    """The cell of a field as it is kept; None where nothing stands there. Raises `RuleError`."""
    text = text_of(cells, each.key)
    if not text or not each.kept:
        return None
    raw = cells[each.key]
    match each.kind:
        case FieldKind.FIGURE:
            return figure_of(each.key, raw)
        case FieldKind.POINTS:
            figure = figure_of(each.key, raw)
            return None if figure is None else _hundredths(figure)
        case FieldKind.COUNT:
            return count_of(each.key, raw)
        case FieldKind.YES:
            return yes_of(raw)
        case FieldKind.NAMES | FieldKind.REFS:
            return read_value(reading, register, each, names_of(raw))
        case _:
            return read_value(reading, register, each, text)


def _hundredths(figure: Any) -> Any:
    """A figure that counts hundredths; loads what only that needs."""
    from core.stats.shares import hundredths

    return hundredths(figure)


def figures_read(register: Register, cells: Mapping[str, Any]) -> Iterator[Doubt]:
    """Figures that are rough, or were written in another unit, as they are taken."""
    for each in register.fields:
        written = text_of(cells, each.key)
        if each.kind in (FieldKind.FIGURE, FieldKind.COUNT) and not is_exact(written):
            with suppress(RuleError):  # which the row itself is refused for
                yield Doubt("figure_as", f"{written}→{figure_of(each.key, written):.10g}", each.key)


def kind_of(reading: Reading, text: str) -> dict[str, Any]:
    """Category and 小类 that one word names, or both. Raises `RuleError("unknown_category")`."""
    main, sub = reading.kind(text)
    return {"category": main, "subcategory": sub}
