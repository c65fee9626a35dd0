"""What an action does to the town, or why it may not. `decide` only dispatches: what decides on an action says so
where it stands (`deciders.py`). Its module is named here, so that a board goes on with the ones it began with while
others are put on disk."""

from collections.abc import Iterable

from core.actions.action import verb_of
from core.actions.wish import Wish
from core.changes import Changes
from core.deciding import coming_in, effects, keeping, own_tables, papers, undo  # noqa: F401
from core.deciding.circulars import appeals, circulars  # noqa: F401
from core.deciding.deciders import DECIDERS
from core.deciding.draft import Draft
from core.deciding.loop import (  # noqa: F401
    aside,
    correcting,
    decisions,
    dividing,
    feedback,
    handover,
    inspection,
    leaving,
    levels,
    lookback,
    photos,
    road,
)
from core.deciding.registers import (  # noqa: F401
    calendar,
    login_keys,
    routes,
    rules,
    senders,
    staff,
    units,
    views,
    zones,
)
from core.deciding.rounds import finds, planning, schemes, states, visits  # noqa: F401
from core.deciding.tidying import tidied
from core.deciding.year import (  # noqa: F401
    attachments,
    campaigns,
    duties,
    logs,
    shops,
    summaries,
    targets,
    zone_facts,
)
from core.errors import RuleError
from core.roles import Actor
from core.town.town import Moment, Town


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
