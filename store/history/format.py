"""The format number, and what a program does with a store of another one.

Format 1 is the first, so there is nothing to migrate from. When a second one comes, its step
stands here and is applied to each record as it is read: journals are never rewritten, and the
next snapshot holds the records in the current form.
"""

from pathlib import Path

from store.errors import Damaged

FORMAT = 1
"""What this program reads and writes."""


def check_format(found: int, path: Path) -> None:
    """Refuse a store this program cannot read; a newer one means: restart with the new program."""
    if found > FORMAT:
        raise Damaged("newer_format", path=str(path), format=found)
    if found < FORMAT:
        raise Damaged("old_format", path=str(path), format=found)
