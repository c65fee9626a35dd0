"""The title of the board: what one is looking at, what is late, what is out of sight."""

from collections.abc import Sequence

from rich.cells import cell_len

from core.day.kanban import Grouping, Sorting
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


def fitting(left: Sequence[str], right: Sequence[str], login: str, width: int) -> tuple[str, str]:
    """Both sides of the title, as much as fits: what one is looking at matters most, then what is out of sight."""
    words, others = list(left), [*right, login]
    while len(words) > 1 and cell_len("  ".join((*words, *others))) + 2 > width:
        if len(others) > 1 and others[-1] == login:
            others.pop()
        else:
            words.pop(0)
    return "  ".join(words), "  ".join(others)
