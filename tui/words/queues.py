"""What is said of a queue of the morning, on the board and on the command line."""

from core.day.today import Queue
from tui.terminal.display import shown
from tui.words.i18n import N_

FIRST = 3
"""Items named behind a count."""

FLAG_NAMES = {
    "overdue": N_("overdue"),
    "due_today": N_("due today"),
    "due_soon": N_("due soon"),
    "unsigned": N_("not signed for"),
    "waits_too_long": N_("waits too long for us"),
    "plan_due": N_("plan due"),
    "stockpiled": N_("suspended over 60 days"),
    "lookback_due": N_("look-back due"),
    "orphaned": N_("its unit is retired: reassign"),
    "provisional": N_("deadline provisional"),
    "asked": N_("waits for approval"),
    "notice_due": N_("due for a notice"),
    "circular_due": N_("due for a circular"),
    "recurs": N_("recurrence"),
}
"""What follows from an item and the day; `core.town.facts.Facts` has a method for each."""


def first_of(queue: Queue) -> str:
    """The first items of a queue, by number and place."""
    return "  ".join(
        shown(f"{item.label} {item.location or item.description}") for item in queue.items[:FIRST]
    )
