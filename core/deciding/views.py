"""Saved views: each with a name of its own, a query that can be read, and a key nobody else has."""

from typing import cast

from core.actions import AddView, EditView
from core.deciding.draft import Draft, plain_name
from core.deciding.masters import added, built, edited
from core.errors import RuleError
from core.model import VIEW_KEYS, Role, View
from core.query import compile_query
from core.text import key_of

KEEPERS = (Role.CLERK, Role.LEADER, Role.ADMIN)
"""Who keeps the office's views."""


def add_view(draft: Draft, action: AddView) -> None:
    """A new view."""
    role = draft.require(KEEPERS)
    view = built(View, action.fields)
    sound_view(draft, view)
    added(draft, "views", view, "add_view", role)


def edit_view(draft: Draft, action: EditView) -> None:
    """Another name, query or key; out of use or back in use."""
    role = draft.require(KEEPERS)
    view = edited(draft, "views", action.view, action.fields, "edit_view", role)
    sound_view(draft, cast(View, view))


def sound_view(draft: Draft, view: View) -> None:
    """Refuse a view without a query that can be read, or with another's name or key."""
    plain_name("name", view.name)
    if not view.active:
        return
    if not view.query.strip():
        raise RuleError("missing", number=view.name, fields=("query",))
    compile_query(view.query, draft.town, draft.now.today, draft.actor)
    if view.key is not None and view.key not in VIEW_KEYS:
        raise RuleError("bad_number", value=str(view.key))
    for other in cast("list[View]", list(draft.rows("views"))):
        if other.id == view.id or not other.active:
            continue
        if key_of(other.name) == key_of(view.name):
            raise RuleError("taken", table="views", value=view.name, active=True)
        if view.key is not None and other.key == view.key:
            raise RuleError("key_taken", value=str(view.key), name=other.name)
