"""时限规则: what suggestions rest on. A change never moves an issued deadline."""

from core.calendar.working_days import Kind
from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own
from core.errors import RuleError
from core.model import Rule
from core.words.categories import subcategories


def _check(_draft: Draft, rule: Rule) -> None:
    if rule.subcategory not in subcategories(rule.category):
        raise RuleError("unknown_category", value=f"{rule.category}/{rule.subcategory}")
    if rule.kind != Kind.SAME_DAY and not 0 < rule.value < 1000:
        raise RuleError("bad_number", value=str(rule.value))
    if rule.chapter is not None and not 1 <= rule.chapter <= 7:
        raise RuleError("bad_number", value=str(rule.chapter))


OWN["rules"] = Own(check=_check)
