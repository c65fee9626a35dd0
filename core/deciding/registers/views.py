"""Saved views: each with a name of its own, a query that can be read, and a key nobody else has."""

from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own
from core.errors import RuleError
from core.finding.query import compile_query
from core.model import VIEW_KEYS, View


def _check(draft: Draft, view: View) -> None:
    """Refuse a view without a query that can be read, or on a key that shows none."""
    if not view.active:
        return
    compile_query(view.query, draft.town, draft.now.today, draft.actor)
    if view.key is not None and view.key not in VIEW_KEYS:
        raise RuleError("bad_number", value=str(view.key))


OWN["views"] = Own(check=_check)
