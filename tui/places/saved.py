"""What was done, and to what: the sentence behind every change somebody makes on the board."""

from core.changes import Change, Changes
from core.model import Counter, Event, Item, Responsibility, Visit
from core.registers import REGISTERS
from core.town.town import Town
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.texts import listed, table_name, verb_name

NAMED = 3
"""Records named one by one."""


def saved_text(changes: Changes, town: Town) -> str:
    """撤销：责任区 第一段."""
    told = changes.of("items") or tuple(
        changes
    )  # whatever else a step on a problem changes follows from it
    names = list(dict.fromkeys(filter(None, (named_in(change, town) for change in told))))
    what = verb_name(changes.op)
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
    if change.table in REGISTERS:
        name = REGISTERS[change.table].label(record)
    else:
        name = str(getattr(record, "label", "") or getattr(record, "name", ""))
    return f"{table_name(change.table)} {name}" if name else ""
