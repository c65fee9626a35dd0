"""What a card says, line by line, as text and the class it is drawn in."""

from datetime import date, timedelta

from msgspec import Struct
from rich.cells import cell_len

from core.day.routing import likely_unit
from core.model import CLOSED_STATES, LEFT_STATES, Item, RequestKind, State
from core.town.facts import Facts
from core.town.town import Town
from tui.terminal.display import shown
from tui.terminal.wrapping import fit, spread, wrap
from tui.words.i18n import N_, _
from tui.words.texts import overdue_short, state_name

HEIGHT = 4
"""Lines of a card, without the blank one behind it."""


MARKS = {
    RequestKind.RETURN: N_("asks to return"),
    RequestKind.REASSIGN: N_("asks to reassign"),
    RequestKind.EXTEND: N_("asks to extend"),
    RequestKind.SUSPEND: N_("asks to suspend"),
    RequestKind.VOID: N_("asks to void"),
    RequestKind.SUPERVISE: N_("asks for a notice"),
    RequestKind.CONFIRM: N_("to be confirmed"),
    RequestKind.APPEAL: N_("appeals"),
}
"""What a card says of a request that waits for a decision."""


class Names(Struct, frozen=True):
    """Names a card needs."""

    units: dict[int, str]
    zones: dict[int, str] = {}
    """Codes of zones; none where cards stand below their zone's name."""

    @classmethod
    def of(cls, town: Town, *, zones: bool = True) -> "Names":
        """The names of a town's units, and the codes of its zones where cards are to bear them."""
        codes = {zone.id: zone.code for zone in town.zones.values()} if zones else {}
        return cls({unit.id: unit.short or unit.name for unit in town.units.values()}, codes)


def when(item: Item, facts: Facts) -> tuple[str, bool]:
    """The day that matters most about an item, short, and whether it is late."""
    today = facts.today
    late = facts.overdue_days(item)
    if late and item.state == State.RECTIFYING:
        return overdue_short(late), True
    if item.state == State.AWAITING:
        days, over = facts.waiting_days(item), facts.waits_too_long(item)
        return (_("waits {days}wd").format(days=days), over) if days else (_("today"), over)
    if item.state in CLOSED_STATES:
        return _short(item.closed_on or item.left_on, today), False
    if item.state == State.SUSPENDED:
        return _short(item.plan_on, today), facts.late(item)
    if item.state == State.RECTIFYING and item.assignment:
        day = _short(item.assignment.work_until, today)
        return (_("{day}?").format(day=day) if facts.provisional(item) else day), False
    return _short(item.found_on or item.reported_on, today), facts.waits_too_long(item)


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


def unit_line(item: Item, names: Names, facts: Facts) -> str:
    """The lead unit, with ? where it is only proposed, and what is remarkable."""
    assignment = item.assignment
    if item.state in (State.REPORTED, State.ACCEPTED):
        likely = names.units.get(likely_unit(facts.town, item, facts.today) or 0, "")
        who = f"{likely}?" if likely else ""
    elif assignment is not None and assignment.lead is not None:
        who = names.units.get(assignment.lead, "")
    else:
        who = ""
    flags = [state_name(item.state)] if item.state in LEFT_STATES else []
    if item.severity == "严重":
        flags.append(_("severe"))
    if item.level:
        flags.append(_("level {level}").format(level=item.level))
    if item.reworks:
        flags.append(_("rework {count}").format(count=item.reworks))
    flags += [_(MARKS[request.kind]) for request in facts.asked(item)]
    if facts.stockpiled(item):
        flags.append(_("stockpiled"))
    if facts.notice_withdrawn(item):
        flags.append(_("notice withdrawn"))
    if facts.orphaned(item):
        flags.append(_("unit retired"))
    return " ".join(part for part in (shown(who), *flags) if part)


def lines(item: Item, names: Names, facts: Facts, width: int, *, marked: bool) -> list[str]:
    """The four lines of a card, each of exactly `width` cells."""
    day, _late = when(item, facts)
    code = names.zones.get(item.zone or 0, "")
    place = " ".join(filter(None, (shown(code), shown(item.location) or shown(item.description))))
    rest = shown(item.description) if item.location else ""
    text = wrap(rest, width, 1) if rest else [""]
    number = ("*" if marked else "") + shown(item.label)
    who = unit_line(item, names, facts)
    if cell_len(number) + 1 + cell_len(day) > width:
        # The number stays whole; the day goes where there is room.
        first, last = fit(number, width), spread(who, day, width)
    else:
        first, last = spread(number, day, width), fit(who, width)
    return [
        first,
        fit(wrap(place, width, 1)[0], width),
        fit(text[0], width),
        last,
    ]


def tone(item: Item, facts: Facts) -> str:
    """The class a card's first line is drawn in; its words say the same."""
    if when(item, facts)[1]:
        return "late"
    return "soon" if facts.due_soon(item) else "number"
