"""The loop: every transition T1-T26 of docs/domain.md 3, in the order of the road."""

from core.model import Role, State
from core.transition import Transition, step

S, R = State, Role
OPEN = (S.REPORTED, S.ACCEPTED, S.RECTIFYING, S.AWAITING, S.SUSPENDED)
NOT_ISSUED = (S.REPORTED, S.ACCEPTED)
_DESK = (R.CLERK, R.LEADER)
_SPOT = (R.INSPECTOR, R.LEADER)
_UNIT = (R.CLERK, R.LIAISON)
_ANYBODY = (R.CLERK, R.INSPECTOR, R.LIAISON, R.LEADER)
_ISSUED = (S.RECTIFYING, S.AWAITING)
_STANDS = (*OPEN, S.CLOSED)
TRANSITIONS: tuple[Transition, ...] = (
    step("T1", "report", (), (S.REPORTED,), (R.CLERK, R.INSPECTOR, R.LIAISON, R.LEADER)),
    step("T2", "accept", (S.REPORTED,), (S.ACCEPTED,), _DESK),
    step("T3", "reject", (S.REPORTED,), (S.VOID,), _DESK),
    step("T4", "fix", NOT_ISSUED, (S.CLOSED,), (R.INSPECTOR,), guards=("own_unit",)),
    step("T5", "assign", (S.ACCEPTED,), (S.RECTIFYING,), _DESK),
    step(
        "",
        "split",
        (S.ACCEPTED, *_ISSUED),
        (S.RECTIFYING,),
        _DESK,
        guards=("not_with_a_unit",),
        whole=True,
    ),
    step("T6", "receive", (S.RECTIFYING,), (), _UNIT, guards=("own_unit", "not_received")),
    step(
        "T7",
        "return",
        (S.RECTIFYING,),
        (S.ACCEPTED,),
        _UNIT,
        guards=("own_unit", "lately_issued"),
        approves=(R.CLERK, R.LEADER),
    ),
    step("T8", "reassign", (S.RECTIFYING,), (S.RECTIFYING,), (R.CLERK,), approves=(R.LEADER,)),
    step("T9", "submit", (S.RECTIFYING,), (S.AWAITING,), _UNIT, guards=("own_unit",)),
    step("T10", "withdraw", (S.AWAITING,), (S.RECTIFYING,), _UNIT, guards=("own_unit",)),
    step(
        "T11",
        "pass",
        (S.AWAITING,),
        (S.CLOSED, S.AWAITING),
        _SPOT,
        guards=("fed_back",),
        confirmed=True,
    ),
    step("T12", "fail", (S.AWAITING,), (S.RECTIFYING,), _SPOT, guards=("fed_back",)),
    step(
        "T13",
        "inspect",
        (S.RECTIFYING,),
        (S.CLOSED, S.AWAITING, S.RECTIFYING),
        _SPOT,
        guards=("own_inspection",),
        confirmed=True,
    ),
    step(
        "T14",
        "extend",
        (S.RECTIFYING,),
        (),
        _UNIT,
        guards=("own_unit", "extended_twice"),
        approves=(R.LEADER,),
    ),
    step(
        "T15",
        "suspend",
        (S.RECTIFYING, S.ACCEPTED),
        (S.SUSPENDED,),
        (R.CLERK,),
        approves=(R.LEADER,),
        whole=True,
    ),
    step("T16", "resume", (S.SUSPENDED,), (S.RECTIFYING,), (R.CLERK,), whole=True),
    step("T17", "merge", OPEN, (S.MERGED,), _DESK, guards=("no_part",), whole=True),
    step("T18", "void", OPEN, (S.VOID,), (R.CLERK,), approves=(R.LEADER,), whole=True),
    step(
        "T19", "revive", (S.VOID, S.MERGED), OPEN, (R.LEADER,), guards=("was_reported",), whole=True
    ),
    step("", "remind", _ISSUED, (), (R.CLERK, R.LEADER), level=1),
    step("T20", "supervise", _ISSUED, (), (R.CLERK, R.INSPECTOR), approves=(R.LEADER,), level=2),
    step("T21", "criticise", _ISSUED, (), (R.LEADER,), guards=("supervised",), level=3),
    step("T22", "summon", _ISSUED, (), (R.LEADER,), guards=("criticised",), level=4),
    step("T23", "recheck", (S.CLOSED,), (), _SPOT),
    step("T24", "reopen", (S.CLOSED,), (S.RECTIFYING,), _SPOT, level=2),
    step(
        "T25",
        "appeal",
        (S.CLOSED,),
        (),
        _UNIT,
        guards=("own_unit", "closed_late"),
        approves=(R.LEADER,),
    ),
    step("T26", "correct", OPEN, (), _DESK, whole=True),
    step("", "attach", _STANDS, (), _ANYBODY, guards=("own_unit",), whole=True),
    step("", "note", _STANDS, (), _ANYBODY, guards=("own_unit",), whole=True),
)
"""The whole loop, in the order of the road."""
