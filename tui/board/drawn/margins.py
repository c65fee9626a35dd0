"""What stands around the cards: the title, every column with its count where only one is in sight, the keys."""

from collections.abc import Sequence

from rich.cells import cell_len

from core.day.kanban import Column, Grouping, Sorting
from core.model import Item, State
from core.roles import Actor
from core.workflow import refusal
from tui.frame import keys
from tui.frame.key import Key
from tui.words.i18n import N_, _

GROUPS = {
    Grouping.ZONE: N_("by zone"),
    Grouping.UNIT: N_("by unit"),
    Grouping.CATEGORY: N_("by category"),
}
ORDERS = {
    Sorting.NUMBER: N_("sorted by number"),
    Sorting.ZONE: N_("sorted by zone"),
    Sorting.LEVEL: N_("sorted by level"),
}


def ordered(grouping: Grouping, sorting: Sorting) -> list[str]:
    """How cards stand, where that is not as usual."""
    found = [GROUPS.get(grouping, ""), ORDERS.get(sorting, "")]
    return [_(word) for word in found if word]


def late_said(columns: Sequence[Column]) -> str:
    """How many are late at their units."""
    late = next((c.late for c in columns if c.state == State.RECTIFYING), 0)
    return _("late {count}").format(count=late)


def fitting(left: Sequence[str], right: Sequence[str], login: str, width: int) -> tuple[str, str]:
    """Both sides of the title, as much as fits: what one is looking at matters most, then what is out of sight."""
    words, others = list(left), [*right, login]
    while len(words) > 1 and cell_len("  ".join((*words, *others))) + 2 > width:
        if len(others) > 1 and others[-1] == login:
            others.pop()
        else:
            words.pop(0)
    return "  ".join(words), "  ".join(others)


def strip_lines(parts: Sequence[tuple[str, bool]], width: int) -> list[str]:
    """Names and counts of columns on as many lines as they need; the one the cursor is in stands in brackets."""
    lines: list[str] = []
    line = ""
    for text, here in parts:
        word = f"[{text}]" if here else f" {text} "
        if line and cell_len(line) + cell_len(word) > width:
            lines.append(line)
            line = ""
        line += word
    return [*lines, line] if line else lines


def offered(items: Sequence[Item], actor: Actor) -> list[Key]:
    """The keys that do something for all of some items, then those that always do."""

    def possible(verb: str) -> bool:
        return bool(items) and all(refusal(i, verb, actor) is None for i in items)

    verbs = [k for k in keys.SHOWN if k.verb != "report" and possible(k.verb)]
    return [*verbs, *(k for k in keys.BOARD if k.bar and k not in keys.VERBS[1:])]
