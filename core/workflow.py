"""States, verbs and who may use them: one table decides for every face.

The table holds every transition T1-T26 of docs/domain.md 3. `tests/core/test_workflow.py` holds it and `core.actions` together.
"""

from collections.abc import Iterable, Mapping

from core.errors import Refusal, RefusalKind
from core.guards import GUARDS, in_parts, wrong_state
from core.model import End, Item, RequestKind, Role, Severity, State, VoidKind
from core.roles import Actor, acting_role, no_role
from core.transition import TODAY, Need, Transition, step
from core.words.categories import OTHER

S, R = State, Role
OPEN = (S.REPORTED, S.ACCEPTED, S.RECTIFYING, S.AWAITING, S.SUSPENDED)
NOT_ISSUED = (S.REPORTED, S.ACCEPTED)

_DESK = (R.CLERK, R.LEADER)
_SPOT = (R.INSPECTOR, R.LEADER)
_UNIT = (R.CLERK, R.LIAISON)
_ANYBODY = (R.CLERK, R.INSPECTOR, R.LIAISON, R.LEADER)
_ISSUED = (S.RECTIFYING, S.AWAITING)
_STANDS = (*OPEN, S.CLOSED)
_ON = Need("on", default=TODAY)
_CHANNEL = Need("channel", when="for_unit")
_REQUIREMENT = Need("requirement", default="按标准整改到位")
_NOT_ACCEPTED = Need("reason", default=VoidKind.NOT_ACCEPTED.value)
_LEAD = Need("lead", when="not_issued")
_BEGUN = Need("requirement", default=_REQUIREMENT.default, when="not_issued")

TRANSITIONS: tuple[Transition, ...] = (
    step(
        "T1",
        "report",
        (),
        (S.REPORTED,),
        (R.CLERK, R.INSPECTOR, R.LIAISON, R.LEADER),
        "place",
        "description",
        _ON,
    ),
    step(
        "T2",
        "accept",
        (S.REPORTED,),
        (S.ACCEPTED,),
        _DESK,
        "category",
        Need("subcategory", default=OTHER),
        Need("severity", default=Severity.MINOR.value),
        "zone",
        "found_on",
        _ON,
    ),
    step("T3", "reject", (S.REPORTED,), (S.VOID,), _DESK, _NOT_ACCEPTED, "note", _ON),
    step(
        "T4",
        "fix",
        NOT_ISSUED,
        (S.CLOSED,),
        (R.INSPECTOR,),
        "measure_or_photo",
        _ON,
        guards=("own_unit",),
    ),
    step("T5", "assign", (S.ACCEPTED,), (S.RECTIFYING,), _DESK, "lead", "due", _REQUIREMENT, _ON),
    step(
        "",
        "split",
        (S.ACCEPTED, *_ISSUED),
        (S.RECTIFYING,),
        _DESK,
        "parts",
        _REQUIREMENT,
        _ON,
        guards=("not_with_a_unit",),
        whole=True,
    ),
    step(
        "T6",
        "receive",
        (S.RECTIFYING,),
        (),
        _UNIT,
        _CHANNEL,
        _ON,
        guards=("own_unit", "not_received"),
    ),
    step(
        "T7",
        "return",
        (S.RECTIFYING,),
        (S.ACCEPTED,),
        _UNIT,
        _CHANNEL,
        "reason",
        _ON,
        guards=("own_unit", "lately_issued"),
        approves=(R.CLERK, R.LEADER),
    ),
    step(
        "T8",
        "reassign",
        (S.RECTIFYING,),
        (S.RECTIFYING,),
        (R.CLERK,),
        "lead",
        "due",
        "reason",
        _ON,
        approves=(R.LEADER,),
    ),
    step(
        "T9",
        "submit",
        (S.RECTIFYING,),
        (S.AWAITING,),
        _UNIT,
        _CHANNEL,
        Need("measure", when="not_by_ledger"),
        Need("on", default=TODAY, when="not_by_ledger"),
        guards=("own_unit",),
    ),
    step(
        "T10",
        "withdraw",
        (S.AWAITING,),
        (S.RECTIFYING,),
        _UNIT,
        _CHANNEL,
        "reason",
        _ON,
        guards=("own_unit",),
    ),
    step(
        "T11",
        "pass",
        (S.AWAITING,),
        (S.CLOSED, S.AWAITING),
        _SPOT,
        Need("feedback_on", when="undated"),
        _ON,
        guards=("fed_back",),
        confirmed=True,
    ),
    step(
        "T12",
        "fail",
        (S.AWAITING,),
        (S.RECTIFYING,),
        _SPOT,
        "reason",
        "work_until",
        _ON,
        guards=("fed_back",),
    ),
    step(
        "T13",
        "inspect",
        (S.RECTIFYING,),
        (S.CLOSED, S.AWAITING, S.RECTIFYING),
        _SPOT,
        Need("finding", when="not_passed"),
        Need("work_until", when="not_passed"),
        _ON,
        guards=("own_inspection",),
        confirmed=True,
    ),
    step(
        "T14",
        "extend",
        (S.RECTIFYING,),
        (),
        _UNIT,
        _CHANNEL,
        "due",
        "reason",
        _ON,
        guards=("own_unit", "extended_twice"),
        approves=(R.LEADER,),
    ),
    step(
        "T15",
        "suspend",
        (S.RECTIFYING, S.ACCEPTED),
        (S.SUSPENDED,),
        (R.CLERK,),
        "reason",
        "measure",
        "plan_on",
        _ON,
        approves=(R.LEADER,),
        whole=True,
    ),
    step(
        "T16",
        "resume",
        (S.SUSPENDED,),
        (S.RECTIFYING,),
        (R.CLERK,),
        "due",
        _LEAD,
        _BEGUN,
        _ON,
        whole=True,
    ),
    step("T17", "merge", OPEN, (S.MERGED,), _DESK, "main", _ON, guards=("no_part",), whole=True),
    step(
        "T18",
        "void",
        OPEN,
        (S.VOID,),
        (R.CLERK,),
        "reason",
        "note",
        _ON,
        approves=(R.LEADER,),
        whole=True,
    ),
    step(
        "T19",
        "revive",
        (S.VOID, S.MERGED),
        OPEN,
        (R.LEADER,),
        "reason",
        _ON,
        guards=("was_reported",),
        whole=True,
    ),
    step("", "remind", _ISSUED, (), (R.CLERK, R.LEADER), _ON, level=1),
    step(
        "T20",
        "supervise",
        _ISSUED,
        (),
        (R.CLERK, R.INSPECTOR),
        "reason",
        "work_until",
        _ON,
        approves=(R.LEADER,),
        level=2,
    ),
    step(
        "T21",
        "criticise",
        _ISSUED,
        (),
        (R.LEADER,),
        "reference",
        _ON,
        guards=("supervised",),
        level=3,
    ),
    step("T22", "summon", _ISSUED, (), (R.LEADER,), "record", _ON, guards=("criticised",), level=4),
    step("T23", "recheck", (S.CLOSED,), (), _SPOT, "photo", _ON),
    step(
        "T24",
        "reopen",
        (S.CLOSED,),
        (S.RECTIFYING,),
        _SPOT,
        "photo",
        "reason",
        "lead",
        "due",
        _REQUIREMENT,
        _ON,
        level=2,
    ),
    step(
        "T25",
        "appeal",
        (S.CLOSED,),
        (),
        _UNIT,
        "reason",
        guards=("own_unit", "closed_late"),
        approves=(R.LEADER,),
    ),
    step("T26", "correct", OPEN, (), _DESK, Need("reason", when="weighty"), _ON, whole=True),
    step("", "attach", _STANDS, (), _ANYBODY, "path", _ON, guards=("own_unit",), whole=True),
    step("", "note", _STANDS, (), _ANYBODY, "line", _ON, guards=("own_unit",), whole=True),
)
"""The whole loop, in the order of the road."""

TABLE: dict[str, Transition] = {t.verb: t for t in TRANSITIONS}


def default_of(verb: str, name: str) -> str:
    """What stands for something a verb needs where nobody says it."""
    return next(need.default for need in TABLE[verb].needs if need.name == name)


def lacking(verb: str, known: Mapping[str, object]) -> tuple[str, ...]:
    """What a verb needs, has no default and is not known; `known` has a need that holds at times when it holds.

    Raises `KeyError` where it is silent about one that always holds.
    """
    return tuple(
        need.name
        for need in TABLE[verb].needs
        if not need.default and not (known.get(need.name, True) if need.when else known[need.name])
    )


DECISIONS = ("approve", "refuse", "recall")
"""Verbs on requests: whoever may approve decides, whoever asked may recall."""


def needs_leader(item: Item) -> bool:
    """Whether striking the item off needs a leader's confirmation."""
    return item.severity == Severity.SEVERE or item.level >= 2


def approvers(item: Item | None, kind: str) -> tuple[Role, ...]:
    """Who decides a request of this kind about an item; empty where nobody needs to."""
    if kind == RequestKind.CONFIRM:
        return (R.LEADER,)
    if item is None:
        return TABLE[kind].approves
    if kind == RequestKind.RETURN and any(a.end == End.RETURNED for a in item.assignments):
        return (R.LEADER,)
    if kind == RequestKind.VOID and item.state in NOT_ISSUED:
        return ()
    return TABLE[kind].approves


def role_for(item: Item | None, verb: str, actor: Actor) -> Role | None:
    """The role an actor would do `verb` in: a leader confirms in that role where one must."""
    transition = TABLE[verb]
    if item and transition.confirmed and needs_leader(item):
        leader = acting_role(actor, (R.LEADER,))
        if leader:
            return leader
    return acting_role(actor, (*transition.roles, *transition.approves))


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
