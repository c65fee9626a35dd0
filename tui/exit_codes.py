"""How a command ends, as scripts are told (docs/commands.md)."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a process of ours ends with."""

    DONE = 0
    FAULT = 1
    """Ours; what went wrong is kept under a number."""
    INCOMPLETE = 2
    """Something is missing in the line, or it cannot be read as one."""
    INPUT = 3
    CLASH = 4
    NOT_ALLOWED = 5
    NOT_FOUND = 6
    BUSY = 7
    NOT_SAVED = 8
    DAMAGED = 9
    """Or what was looked at is not as it should be."""
    HUNG_UP = 129
    """What a shell reports of a program ended by a hang-up."""
    STOPPED = 130
    """By Ctrl-C."""
