"""How a command ends: what each refusal comes to as an exit code."""

from core.errors import RuleError
from store.errors import Busy, Damaged, FileRefused, NoStore, NotSaved, StoreError

DONE_BEFORE = frozenset({"reminded", "reminded_today"})
"""Nothing is changed, and what was asked for is so."""
NOT_ALLOWED = frozenset(
    {
        "role",
        "not_your_unit",
        "not_your_zone",
        "fed_back_yourself",
        "inspects_own_unit",
        "not_asked_by_you",
        "not_held",
        "last_admin",
        "not_yours",
        "not_owner",
    }
)
CONFLICT = frozenset(
    {
        "wrong_state",
        "conflict",
        "built_on",
        "received",
        "taken",
        "number_taken",
        "rows_conflict",
        "already_leads",
        "already_asked",
        "decided",
        "main_not_open",
        "level_first",
        "key_taken",
        "extended_twice",
        "fed_back_once",
        "unreported",
        "rests_on",
        "two_leads",
        "merged_into_taken_back",
        "days_gone",
    }
)
NOT_FOUND = frozenset(
    {
        "no_item",
        "no_item_near",
        "no_match",
        "no_transaction",
        "nothing_to_undo",
        "no_record",
        "nothing_asked",
        "no_view",
        "no_sender",
        "no_document",
    }
)
USAGE = frozenset(
    {
        "missing",
        "nothing_given",
        "bad_map",
        "unknown_setting",
        "before_or_after",
        "needs_group",
        "both_or_neither",
        "several_asked",
        "no_option",
        "needs_terminal",
        "dumb_terminal",
        "narrow_terminal",
        "binary_to_terminal",
    }
)


def exit_code(error: RuleError | StoreError) -> int:
    """0 done, 1 our fault, 2 usage, 3 bad input, 4 conflict, 5 not allowed, 6 not found, 7 busy,
    8 not saved, 9 store damaged."""
    if isinstance(error, RuleError):
        code = error.refusal.code
        kinds = ((0, DONE_BEFORE), (5, NOT_ALLOWED), (4, CONFLICT), (6, NOT_FOUND), (2, USAGE))
        for found, codes in kinds:
            if code in codes:
                return found
        return 3
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
