"""时限规则: what suggestions rest on. A change never moves an issued deadline."""

from core.calendar.working_days import Kind
from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own
from core.deciding.tidying import between
from core.errors import Incomplete, RuleError
from core.model import Rule
from core.words.categories import subcategories

LONGEST = 999
"""Days or hours of a rule."""
CHAPTERS = 7
FULL = 100
"""Points of a zone in a round."""


def check_kind(category: str, subcategory: str) -> None:
    """Refuse a kind that its category does not have. Raises `RuleError`."""
    kinds = subcategories(category)
    if not kinds:
        raise RuleError("unknown_category", value=category, field="category")
    if subcategory not in kinds:
        raise RuleError(
            "unknown_subcategory",
            value=subcategory,
            category=category,
            expected=kinds,
            field="subcategory",
        )


def _check(_draft: Draft, rule: Rule) -> None:
    check_kind(rule.category, rule.subcategory)
    if rule.kind != Kind.SAME_DAY and not rule.value:
        raise Incomplete("missing", table="rules", fields=("value",))
    between(rule.value, 0, LONGEST, "value")
    between(rule.deduct, 0, FULL, "deduct")
    if rule.chapter is not None:
        between(rule.chapter, 1, CHAPTERS, "chapter")


OWN["rules"] = Own(check=_check)
