"""States, verbs and who may use them: one table decides for every face.

The table holds every transition T1-T26 of docs/domain.md 3. `tests/core/test_workflow.py` holds it and `core.actions` together.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from core.asks import ASKS, needs_of
from core.errors import Refusal, RefusalKind
from core.guards import GUARDS, in_parts, wrong_state
from core.loop import NOT_ISSUED, TRANSITIONS
from core.model import End, Item, RequestKind, Role, Severity
from core.roles import Actor, acting_role, no_role
from core.transition import Transition

TABLE: dict[str, Transition] = {t.verb: t for t in TRANSITIONS}


@cache
def default_of(verb: str, name: str) -> str:
    """What stands for something a verb needs where nobody says it."""
    return next(ask.default for ask in TABLE[verb].needs if ask.name == name)


def lacking(verb: str, known: Mapping[str, object]) -> tuple[str, ...]:
    """What a verb needs, has no default and is not known; `known` has a need that holds at times when it holds.

    Raises `KeyError` where it is silent about one that always holds.
    """
    missing: tuple[str, ...] = ()
    for need, at_times in _without_default(verb):
        if not (known.get(need, True) if at_times else known[need]):
            missing += (need,)
    return missing


@cache
def _without_default(verb: str) -> tuple[tuple[str, bool], ...]:
    """What a verb needs and nothing stands for, and whether that is at times only."""
    needs = needs_of(ASKS[verb])
    return tuple((ask.need, bool(ask.when)) for ask in needs if not ask.default)


def needs_leader(item: Item) -> bool:
    """Whether striking the item off needs a leader's confirmation."""
    return item.severity == Severity.SEVERE or item.level >= 2


def approvers(item: Item | None, kind: str) -> tuple[Role, ...]:
    """Who decides a request of this kind about an item; empty where nobody needs to."""
    if kind == RequestKind.CONFIRM:
        return (Role.LEADER,)
    if item is None:
        return TABLE[kind].approves
    if kind == RequestKind.RETURN and any(a.end == End.RETURNED for a in item.assignments):
        return (Role.LEADER,)
    if kind == RequestKind.VOID and item.state in NOT_ISSUED:
        return ()
    return TABLE[kind].approves


def role_for(item: Item | None, verb: str, actor: Actor) -> Role | None:
    """The role an actor would do `verb` in: a leader confirms in that role where one must."""
    transition = TABLE[verb]
    if item and transition.confirmed and needs_leader(item):
        leader = acting_role(actor, (Role.LEADER,))
        if leader:
            return leader
    return acting_role(actor, (*transition.roles, *transition.approves))


def speaks_for_itself(actor: Actor, verb: str) -> bool:
    """Whether who does a verb says it for their own unit, and so for no other: a liaison."""
    return acting_role(actor, TABLE[verb].roles) == Role.LIAISON


def judge(item: Item | None, verb: str, actor: Actor) -> Role | Refusal:
    """The role `actor` does `verb` in, or why they may not do it to `item` as it stands."""
    transition = TABLE[verb]
    role = role_for(item, verb, actor)
    if role is None:  # before the state: who may not do it is not told how an item stands
        told = {"roles": tuple(dict.fromkeys((*transition.roles, *transition.approves)))}
        return Refusal(no_role(actor), {**told, "verb": verb}, RefusalKind.NOT_ALLOWED)
    if item is not None and item.parts and not transition.whole:
        return in_parts(item)
    if transition.sources and (item is None or item.state not in transition.sources):
        return wrong_state(item, verb, transition.sources)
    if item is not None:
        for name in transition.guards:
            no = GUARDS[name](item, actor, role)
            if no is not None:
                return no
    return role


def refusal(item: Item | None, verb: str, actor: Actor) -> Refusal | None:
    """Why `actor` may not do `verb` to `item` as it stands, or None.

    Asked by the screen before it offers a key and by deciding under the lock. It speaks of
    state, role and guards; what is missing in the wish is deciding's to say.
    """
    verdict = judge(item, verb, actor)
    return verdict if isinstance(verdict, Refusal) else None


def parted(
    items: Iterable[Item], verb: str, actor: Actor
) -> tuple[list[Item], list[tuple[Item, Refusal]]]:
    """The items `actor` may do `verb` to as they stand, and the others with why not."""
    able: list[Item] = []
    others: list[tuple[Item, Refusal]] = []
    for item in items:
        no = refusal(item, verb, actor)
        if no is None:
            able.append(item)
        else:
            others.append((item, no))
    return able, others


def offered(item: Item, actor: Actor) -> tuple[str, ...]:
    """The verbs the actor may use on the item now, in the order of the road."""
    return tuple(t.verb for t in TRANSITIONS if t.sources and refusal(item, t.verb, actor) is None)
