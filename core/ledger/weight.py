"""How much a doubt weighs: what lost a value first, then what was guessed, then what is only empty."""

from enum import IntEnum

from core.errors import Doubt


class Weight(IntEnum):
    """Heavier first."""

    LOST = 0
    """Something stood there that is not in the record."""
    GUESSED = 1
    """What is in the record may not be what was meant."""
    EMPTY = 2
    """Nothing stood there, and nothing is lost."""


_GUESSED = frozenset(
    {
        "after_filing",
        "as_above",
        "comment",
        "formula",
        "hidden_row",
        "number_slip",
        "not_taken",
        "perhaps",
        "place_from_text",
        "provisional",
        "repeat",
        "several_problems",
        "short_date",
        "struck",
        "unit_of_sheet",
        "came_before",
        "closed_before",
        "category_as",
        "zone_as",
        "order_twice",
        "due_before_issue",
        "day_beside",
        "done_by_day",
        "sounds_done",
        "word_against_day",
        "word_against_state",
        "due_inside",
        "found_above",
        "unit_as",
        "month_of_sheet",
        "day_of_text",
        "year_assumed",
        "year_of_row",
        "edited",
    }
)
_EMPTY = frozenset({"claim_without", "no_found_on", "no_source", "nobody_named", "stays_reported"})
MILD = _EMPTY | {"provisional", "formula", "removed", "as_above", "not_taken", "place_from_text"}
"""Doubts that are worth knowing and ask for nothing."""
OF_COLUMNS = _EMPTY | {
    "number_unknown",
    "formula",
    "not_taken",
    "place_from_text",
    "unit_of_sheet",
    "year_assumed",
}
"""Doubts that are about a column: said once a file, however many rows have them."""


def weight_of(doubt: Doubt) -> Weight:
    """How much a doubt weighs."""
    if doubt.code in _EMPTY:
        return Weight.EMPTY
    return Weight.GUESSED if doubt.code in _GUESSED else Weight.LOST
