"""The loop: every transition T1-T26 of docs/domain.md 3, in the order of the road."""

from core.model import Role, Severity, State, VoidKind
from core.transition import CHANNEL, LEAD, ON, TODAY, Need, Transition, step
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


_REQUIREMENT = Need("requirement", default="按标准整改到位")


_NOT_ACCEPTED = Need("reason", default=VoidKind.NOT_ACCEPTED.value)


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
        ON,
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
        ON,
    ),
    step("T3", "reject", (S.REPORTED,), (S.VOID,), _DESK, _NOT_ACCEPTED, "note", ON),
    step(
        "T4",
        "fix",
        NOT_ISSUED,
        (S.CLOSED,),
        (R.INSPECTOR,),
        "measure_or_photo",
        ON,
        guards=("own_unit",),
    ),
    step("T5", "assign", (S.ACCEPTED,), (S.RECTIFYING,), _DESK, "lead", "due", _REQUIREMENT, ON),
    step(
        "",
        "split",
        (S.ACCEPTED, *_ISSUED),
        (S.RECTIFYING,),
        _DESK,
        "parts",
        _REQUIREMENT,
        ON,
        guards=("not_with_a_unit",),
        whole=True,
    ),
    step(
        "T6",
        "receive",
        (S.RECTIFYING,),
        (),
        _UNIT,
        CHANNEL,
        ON,
        guards=("own_unit", "not_received"),
    ),
    step(
        "T7",
        "return",
        (S.RECTIFYING,),
        (S.ACCEPTED,),
        _UNIT,
        CHANNEL,
        "reason",
        ON,
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
        ON,
        approves=(R.LEADER,),
    ),
    step(
        "T9",
        "submit",
        (S.RECTIFYING,),
        (S.AWAITING,),
        _UNIT,
        CHANNEL,
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
        CHANNEL,
        "reason",
        ON,
        guards=("own_unit",),
    ),
    step(
        "T11",
        "pass",
        (S.AWAITING,),
        (S.CLOSED, S.AWAITING),
        _SPOT,
        Need("feedback_on", when="undated"),
        ON,
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
        ON,
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
        ON,
        guards=("own_inspection",),
        confirmed=True,
    ),
    step(
        "T14",
        "extend",
        (S.RECTIFYING,),
        (),
        _UNIT,
        CHANNEL,
        "due",
        "reason",
        ON,
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
        ON,
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
        LEAD,
        _BEGUN,
        ON,
        whole=True,
    ),
    step("T17", "merge", OPEN, (S.MERGED,), _DESK, "main", ON, guards=("no_part",), whole=True),
    step(
        "T18",
        "void",
        OPEN,
        (S.VOID,),
        (R.CLERK,),
        "reason",
        "note",
        ON,
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
        ON,
        guards=("was_reported",),
        whole=True,
    ),
    step("", "remind", _ISSUED, (), (R.CLERK, R.LEADER), ON, level=1),
    step(
        "T20",
        "supervise",
        _ISSUED,
        (),
        (R.CLERK, R.INSPECTOR),
        "reason",
        "work_until",
        ON,
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
        ON,
        guards=("supervised",),
        level=3,
    ),
    step("T22", "summon", _ISSUED, (), (R.LEADER,), "record", ON, guards=("criticised",), level=4),
    step("T23", "recheck", (S.CLOSED,), (), _SPOT, "photo", ON),
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
        ON,
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
    step("T26", "correct", OPEN, (), _DESK, Need("reason", when="weighty"), ON, whole=True),
    step("", "attach", _STANDS, (), _ANYBODY, "path", ON, guards=("own_unit",), whole=True),
    step("", "note", _STANDS, (), _ANYBODY, "line", ON, guards=("own_unit",), whole=True),
)
"""The whole loop, in the order of the road."""
