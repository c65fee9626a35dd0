"""States, verbs and who may use them: one table decides for every face.

The table holds every transition T1-T26 of docs/domain.md 3. `tests/core/test_workflow.py` holds it and `core.actions` together.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from core.errors import Refusal, RefusalKind
from core.guards import GUARDS
from core.model import End, Item, RequestKind, Role, Severity, State, VoidKind
from core.roles import Actor, acting_role
from core.words.categories import OTHER

S, R = State, Role
OPEN = (S.REPORTED, S.ACCEPTED, S.RECTIFYING, S.AWAITING, S.SUSPENDED)
NOT_ISSUED = (S.REPORTED, S.ACCEPTED)


TODAY = "today"
"""The default of a day."""


class Need(Struct, frozen=True):
    """Something a verb must know, from the wish or from before; it has a default or is refused when missing."""

    name: str
    default: str = ""
    """What stands where nobody says it: a value, or `TODAY`. What is known before comes first."""
    when: str = ""
    """When it is needed, where that is at times only: somebody speaks for the unit (for_unit), it is no row of a
    ledger (not_by_ledger), the feedback has no day (undated), the look did not pass (not_passed), no unit had been
    told (not_issued), what is corrected counts in figures (weighty)."""


class Transition(Struct, frozen=True, kw_only=True):
    """One verb: from which states, to which, by whom, with what."""

    ref: str
    """Its number in docs/domain.md 3."""
    verb: str
    sources: tuple[State, ...]
    """States it may start from; empty for the verb that makes an item."""
    targets: tuple[State, ...] = ()
    """States it may end in; empty where the state stays as it is."""
    roles: tuple[Role, ...]
    needs: tuple[Need, ...] = ()
    """What must be known, in the order it is asked for."""
    guards: tuple[str, ...] = ()
    """Names of the functions of `GUARDS` that may refuse it."""
    approves: tuple[Role, ...] = ()
    """Who must agree before it takes effect."""
    level: int | None = None
    """The 督办级别 it raises an item to."""
    confirmed: bool = False
    """Whether a leader must confirm it on items that are severe or supervised."""


def _t(
    ref: str,
    verb: str,
    sources: tuple[State, ...],
    targets: tuple[State, ...],
    roles: tuple[Role, ...],
    *needs: str | Need,
    guards: tuple[str, ...] = (),
    approves: tuple[Role, ...] = (),
    level: int | None = None,
    confirmed: bool = False,
) -> Transition:
    return Transition(
        ref=ref,
        verb=verb,
        sources=sources,
        targets=targets,
        roles=roles,
        needs=tuple(need if isinstance(need, Need) else Need(need) for need in needs),
        guards=guards,
        approves=approves,
        level=level,
        confirmed=confirmed,
    )


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
    _t(
        "T1",
        "report",
        (),
        (S.REPORTED,),
        (R.CLERK, R.INSPECTOR, R.LIAISON, R.LEADER),
        "place",
        "description",
        _ON,
    ),
    _t(
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
    _t("T3", "reject", (S.REPORTED,), (S.VOID,), _DESK, _NOT_ACCEPTED, "note", _ON),
    _t(
        "T4",
        "fix",
        NOT_ISSUED,
        (S.CLOSED,),
        (R.INSPECTOR,),
        "measure_or_photo",
        _ON,
        guards=("own_unit",),
    ),
    _t("T5", "assign", (S.ACCEPTED,), (S.RECTIFYING,), _DESK, "lead", "due", _REQUIREMENT, _ON),
    _t(
        "T6",
        "receive",
        (S.RECTIFYING,),
        (),
        _UNIT,
        _CHANNEL,
        _ON,
        guards=("own_unit", "not_received"),
    ),
    _t(
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
    _t(
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
    _t(
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
    _t(
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
    _t(
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
    _t(
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
    _t(
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
    _t(
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
    _t(
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
    ),
    _t("T16", "resume", (S.SUSPENDED,), (S.RECTIFYING,), (R.CLERK,), "due", _LEAD, _BEGUN, _ON),
    _t("T17", "merge", OPEN, (S.MERGED,), _DESK, "main", _ON),
    _t("T18", "void", OPEN, (S.VOID,), (R.CLERK,), "reason", "note", _ON, approves=(R.LEADER,)),
    _t(
        "T19",
        "revive",
        (S.VOID, S.MERGED),
        OPEN,
        (R.LEADER,),
        "reason",
        _ON,
        guards=("was_reported",),
    ),
    _t("", "remind", _ISSUED, (), (R.CLERK, R.LEADER), _ON, level=1),
    _t(
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
    _t(
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
    _t("T22", "summon", _ISSUED, (), (R.LEADER,), "record", _ON, guards=("criticised",), level=4),
    _t("T23", "recheck", (S.CLOSED,), (), _SPOT, "photo", _ON),
    _t(
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
    _t(
        "T25",
        "appeal",
        (S.CLOSED,),
        (),
        _UNIT,
        "reason",
        guards=("own_unit", "closed_late"),
        approves=(R.LEADER,),
    ),
    _t("T26", "correct", OPEN, (), _DESK, Need("reason", when="weighty"), _ON),
    _t("", "attach", _STANDS, (), _ANYBODY, "path", _ON, guards=("own_unit",)),
    _t("", "note", _STANDS, (), _ANYBODY, "line", _ON, guards=("own_unit",)),
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
        roles = tuple(dict.fromkeys((*transition.roles, *transition.approves)))
        return Refusal("role", {"roles": roles, "verb": verb}, RefusalKind.NOT_ALLOWED)
    if transition.sources and (item is None or item.state not in transition.sources):
        return Refusal(
            "wrong_state",
            {
                "number": item.label if item else "",
                "verb": verb,
                "state": item.state if item else "",
                "sources": transition.sources,
            },
            RefusalKind.CLASH,
        )
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
