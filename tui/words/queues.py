"""What is said of a queue of the morning, on the board and on the command line."""

from core.day.today import Queue
from tui.terminal.display import shown

FIRST = 3
"""Items named behind a count."""


def first_of(queue: Queue) -> str:
    """The first items of a queue, by number and place."""
    return "  ".join(
        shown(f"{item.label} {item.location or item.description}") for item in queue.items[:FIRST]
    )
