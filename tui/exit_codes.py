"""How a command ends: what each refusal comes to as an exit code."""

from core.errors import RefusalKind, RuleError
from store.errors import Busy, Damaged, FileRefused, NoStore, NotSaved, StoreError

CODES = {
    RefusalKind.DONE_BEFORE: 0,
    RefusalKind.INCOMPLETE: 2,
    RefusalKind.INPUT: 3,
    RefusalKind.CLASH: 4,
    RefusalKind.NOT_ALLOWED: 5,
    RefusalKind.NOT_FOUND: 6,
}
"""By the kind of a refusal; 1 is our own fault."""


def exit_code(error: RuleError | StoreError) -> int:
    """0 done, 1 our fault, 2 usage, 3 bad input, 4 conflict, 5 not allowed, 6 not found, 7 busy,
    8 not saved, 9 store damaged."""
    if isinstance(error, RuleError):
        return CODES[error.refusal.kind]
    match error:
        case NoStore():
            return 6
        case Damaged():
            return 9
        case Busy():
            return 7
        case NotSaved():
            return 8
        case FileRefused(code="cannot_write"):
            return 8
        case _:
            return 3
