"""Saved views: each with a name of its own, a query that can be read, and a key nobody else has."""

from typing import cast

from core.actions import AddView, EditView
from core.deciding.draft import Draft, plain_name
from core.deciding.masters import added, built, edited
from core.errors import RuleError
from core.model import VIEW_KEYS, Role, View
from core.query import compile_query

KEEPERS = (Role.CLERK, Role.LEADER, Role.ADMIN)
"""Who keeps the office's views."""


def add_view(draft: Draft, action: AddView) -> None:
    """A new view."""
    role = draft.require(KEEPERS)
    view = built(View, action.fields)
    check_view(draft, view)
    added(draft, "views", view, "add_view", role)


def edit_view(draft: Draft, action: EditView) -> None:
    """Another name, query or key; out of use or back in use."""
    role = draft.require(KEEPERS)
    view = edited(draft, "views", action.view, action.fields, "edit_view", role)
    check_view(draft, cast(View, view))


def check_view(draft: Draft, view: View) -> None:
    """Refuse a view without a query that can be read, or on a key that shows none."""
    plain_name("name", view.name)
    if not view.active:
        return
    if not view.query.strip():
        raise RuleError("missing", number=view.name, fields=("query",))
    compile_query(view.query, draft.town, draft.now.today, draft.actor)
    if view.key is not None and view.key not in VIEW_KEYS:
        raise RuleError("bad_number", value=str(view.key))
