"""What an action does to the town, or why it may not. `decide` only dispatches: what decides on an action says so
where it stands (`deciders.py`)."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import walk_packages

from core.actions.action import verb_of
from core.actions.wish import Wish
from core.changes import Changes
from core.deciding.deciders import DECIDERS
from core.deciding.draft import Draft
from core.deciding.tidying import tidied
from core.errors import RuleError
from core.roles import Actor
from core.town.town import Moment, Town

for _each in walk_packages(__path__, f"{__name__}."):
    import_module(_each.name)


def decide(town: Town, wish: Wish, actor: Actor, now: Moment) -> Changes:
    """What one wish changes. Raises `RuleError`; touches nothing."""
    return decide_all(town, (wish,), actor, now)


def decide_all(
    town: Town, wishes: Iterable[Wish], actor: Actor, now: Moment, *, op: str = "", source: str = ""
) -> Changes:
    """Several wishes as one transaction, each decided on what the ones before it left.

    `op` names the transaction (by default the verb of its first action), `source` the file it
    came from.
    """
    draft = Draft(town, actor, now)
    name = ""
    for wish in wishes:
        draft.check_basis(wish)
        action = tidied(wish.action)
        name = name or verb_of(action)
        decider = DECIDERS.get(type(action))
        if decider is None:
            raise RuleError("unknown_verb", verb=type(action).__name__)
        decider(draft, action)
    return draft.done(op or name, source)


__all__ = ["Draft", "decide", "decide_all"]
