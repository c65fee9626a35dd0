"""What the detail pane and help say, as paragraphs; no widget."""

from collections.abc import Sequence
from datetime import date

from core.ledger.record import KEYS, Projector
from core.loop import TRANSITIONS
from core.model import Event, File, Item
from core.town.facts import Facts
from core.town.town import Town
from tui.frame.key import label_of
from tui.frame.keys import PLACES
from tui.photo_files import size_text
from tui.terminal.display import shown
from tui.terminal.wrapping import fit
from tui.words.history import Historian, standing
from tui.words.i18n import _
from tui.words.texts import (
    listed,
    name_of,
    overdue_text,
    role_name,
    shows_name,
    state_name,
)

Paragraphs = list[tuple[str, str]]
_LEFT_OUT = frozenset({"number", "state", "zone_name", "overdue", "revision", "reopened"})


def of_item(item: Item, town: Town, today: date, events: Sequence[Event] | None) -> Paragraphs:
    """Fields, assignments and history of an item; no history yet where `events` is None."""
    facts = Facts(town, today)
    late = facts.overdue_days(item)
    head = f"{item.label} {state_name(item.state)}"
    if late:
        head += " " + overdue_text(late)
    paragraphs: Paragraphs = [("head", shown(head))]
    record = Projector(town, today).record(item)
    for key in KEYS:
        value = record[key]
        if key in _LEFT_OUT or value in (None, "", [], 0, False):
            continue
        if key == "zone":
            value = f"{value} {record['zone_name']}"
        text = listed(value) if isinstance(value, list) else str(value)
        paragraphs.append(("text", f"{name_of(key)}: {shown(text, lines=True)}"))
    paragraphs += [("text", line) for line in standing(item, facts)]
    if item.files:
        paragraphs.append(("head", _("Files")))
        paragraphs += [("text", _file(file)) for file in item.files]
    if len(item.assignments) > 1:
        paragraphs.append(("head", _("Assignments")))
        paragraphs += [("text", _assignment(item, at, town)) for at in range(len(item.assignments))]
    paragraphs.append(("head", _("History")))
    if events is None:
        paragraphs.append(("text", ".."))
    else:
        historian = Historian(town)
        paragraphs += [("text", shown(historian.line(event))) for event in reversed(events)]
    return paragraphs


def _file(file: File) -> str:
    day = file.on.isoformat() if file.on else ""
    taken = _("taken {day}").format(day=file.taken) if file.taken else ""
    return shown(f"{shows_name(file.shows)} {file.name} {size_text(file.size)} {day} {taken}")


def _assignment(item: Item, at: int, town: Town) -> str:
    one = item.assignments[at]
    unit = town.units.get(one.lead or 0)
    dates = " - ".join(str(d) for d in (one.issued_on, one.ended_on) if d)
    return shown(f"{one.no}. {unit.name if unit else ''} {dates} {one.deadline}")


def of_help(place: str) -> Paragraphs:
    """The keys of a place, then who may do what."""
    paragraphs: Paragraphs = []
    for name, keys in PLACES:
        if name == place:
            paragraphs.append(("head", _(name)))
            paragraphs += [
                (
                    "text",
                    f"{fit(label_of(key), 8)} {_(key.text)}"
                    + (f" ({_roles(key.verb)})" if key.verb else ""),
                )
                for key in keys
                if key.told
            ]
    paragraphs += [
        ("head", _("Search")),
        (
            "text",
            _(
                "Words in number, place, text or unit, also as pinyin initials; "
                "unit:城管 zone:Z03 cat:占道 state:awaiting overdue mine -word a|b"
            ),
        ),
        ("head", _("The loop")),
        (
            "text",
            _(
                "Reported, accepted, issued to a unit with a deadline, reported done, looked at "
                "on the spot, struck off. Nobody strikes off what they fed back themselves (a clerk who "
                "entered it for the unit may, the unit may not); nothing is "
                "deleted; a missed deadline is never repaired by a later date."
            ),
        ),
    ]
    return paragraphs


def _roles(verb: str) -> str:
    roles = next((t.roles for t in TRANSITIONS if t.verb == verb), ())
    return listed(role_name(role) for role in roles)
