"""What a card says, line by line, as text and the class it is drawn in."""

from datetime import date, timedelta

from msgspec import Struct

from core.facts import due_soon, overdue_days, waits_too_long
from core.model import Item, State
from core.town import Town
from tui.display import shown
from tui.i18n import _
from tui.wrapping import fit, spread, wrap

HEIGHT = 4
"""Lines of a card, without the blank one behind it."""


class Names(Struct, frozen=True):
    """Names a card needs."""

    units: dict[int, str]

    @classmethod
    def of(cls, town: Town) -> "Names":
        """The names of a town's units."""
        return cls({unit.id: unit.short or unit.name for unit in town.units.values()})


def when(item: Item, today: date) -> tuple[str, bool]:
    """The day that matters most about an item, short, and whether it is late."""
    late = overdue_days(item, today)
    if late and item.state in (State.RECTIFYING, State.AWAITING):
        return _("late {days}d").format(days=late), True
    if item.state == State.CLOSED:
        return _short(item.closed_on, today), False
    if item.state in (State.RECTIFYING, State.SUSPENDED) and item.assignment:
        return _short(item.assignment.work_until, today), False
    return _short(item.found_on or item.reported_on, today), waits_too_long(item, today)


def _short(day: date | None, today: date) -> str:
    if day is None:
        return ""
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def unit_line(item: Item, names: Names) -> str:
    """The lead unit, with ? where it is only proposed, and what is remarkable."""
    assignment = item.assignment
    if assignment is not None and assignment.lead is not None:
        who = names.units.get(assignment.lead, "")
    elif item.proposed is not None and item.proposed.lead is not None:
        who = names.units.get(item.proposed.lead, "") + "?"
    else:
        who = ""
    flags = []
    if item.severity == "严重":
        flags.append(_("severe"))
    if item.level:
        flags.append(_("level {level}").format(level=item.level))
    if item.reworks:
        flags.append(_("rework {count}").format(count=item.reworks))
    return " ".join(part for part in (shown(who), *flags) if part)


def lines(item: Item, names: Names, today: date, width: int, *, marked: bool) -> list[str]:
    """The four lines of a card, each of exactly `width` cells."""
    day, _late = when(item, today)
    place = shown(item.location) or shown(item.description)
    rest = shown(item.description) if item.location else ""
    text = wrap(rest, width, 1) if rest else [""]
    number = ("*" if marked else "") + shown(item.label)
    return [
        spread(number, day, width),
        fit(wrap(place, width, 1)[0], width),
        fit(text[0], width),
        fit(unit_line(item, names), width),
    ]


def tone(item: Item, today: date) -> str:
    """The class a card's first line is drawn in; its words say the same."""
    if when(item, today)[1]:
        return "late"
    return "soon" if due_soon(item, today) else "number"
