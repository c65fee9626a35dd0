"""What was done, and to what: the sentence behind every change somebody makes on the board."""

from collections.abc import Iterable

from core.changes import Change, Changes
from core.model import Counter, Event, Item, Responsibility, Visit
from core.model.parts import problems_in, worked_on
from core.registers import REGISTERS
from core.town.town import Town
from tui.terminal.display import shown
from tui.words.i18n import _, ngettext
from tui.words.texts import listed, table_name, verb_name

NAMED = 3
"""Records named one by one."""


def saved_text(changes: Changes, town: Town) -> str:
    """撤销：责任区 第一段."""
    # Whatever else a step on a problem changes follows from it.
    told = changes.of("items") or tuple(changes)
    return _sentence(changes.op, (named_in(change, town) for change in told))


def told_of_records(changes: Changes, table: str) -> str:
    """The same of the records of one table, where their list is in front; nothing where there are none."""
    records = changes.of(table)
    return _sentence(changes.op, map(_called, records)) if records else ""


def _sentence(op: str, called: Iterable[str]) -> str:
    names = list(dict.fromkeys(filter(None, called)))
    what = verb_name(op)
    if not names:
        return str(_("{verb}: done").format(verb=what))
    more = f" +{len(names) - NAMED}" if len(names) > NAMED else ""
    return str(_("{verb}: {number}").format(verb=what, number=shown(listed(names[:NAMED])) + more))


def named_in(change: Change, town: Town) -> str:
    """What people call a record that was changed; nothing for one they do not see as such."""
    record = change.new
    if isinstance(record, Counter | Event):
        return ""
    if isinstance(record, Item):
        return record.label
    if isinstance(record, Responsibility | Visit):
        zone = town.zones.get(record.zone)
        return f"{table_name('zones')} {zone.name}" if zone else ""
    name = _called(change)
    return f"{table_name(change.table)} {name}" if name else ""


def _called(change: Change) -> str:
    """What people call a record that has a name."""
    record = change.new
    own = str(getattr(record, "label", ""))
    if not own and change.table in REGISTERS:
        return REGISTERS[change.table].label(record)
    return own or str(getattr(record, "name", ""))


def _worked_on(changes: Changes) -> list[Item]:
    return worked_on(c.new for c in changes.of("items") if isinstance(c.new, Item))


def one_problem(changes: Changes) -> Item | None:
    """The item that a transaction is about, or a part of the one problem; None where it is about several or none."""
    items = _worked_on(changes)
    return items[0] if problems_in(items) == 1 else None


def told_of_items(changes: Changes, town: Town) -> tuple[str, bool]:
    """What the board says of one's own change to items or requests, and whether it is a warning; of several the
    number. Nothing where it was about neither: `saved_text` names what it was.
    """
    items = _worked_on(changes)
    verb = verb_name(changes.op)
    if not items:
        asked = changes.asked_about
        waits = any(town.pending(key) for key in asked)
        text = _("{verb}: waits for approval") if waits else _("{verb}: done")
        return text.format(verb=verb) if asked else "", False
    from tui.words.history import provisional_texts

    doubts = provisional_texts(changes)
    if doubts:
        return doubts[0], True
    if changes.op == "assign":
        return _("Assigned. Q has the assignment list."), False
    count = problems_in(items)
    if count == 1:
        label = shown(items[0].label if len(items) == 1 else items[0].whole)
        return _("{verb}: {number}").format(verb=verb, number=label), False
    several = ngettext("{verb}: {count} item", "{verb}: {count} items", count)
    return several.format(verb=verb, count=count), False
