"""What the table says a verb needs has a default, or is refused when missing; nothing else is."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from tests_support import INSPECTOR, TODAY, Office

from core import actions
from core.actions import Accept, Pass, Trigger, UnitPart
from core.actions.action import ItemAction
from core.errors import Refusal, RuleError
from core.loop import TRANSITIONS
from core.model import Channel, State, VoidKind
from core.workflow import TABLE, default_of
from tui.words.names import CONDITIONS

SOON = TODAY + timedelta(days=9)
BY_VERB: dict[str, Any] = {
    kind.__name__.lower(): kind
    for kind in (getattr(actions, name) for name in actions.__all__)
    if isinstance(kind, type) and issubclass(kind, ItemAction)
}
UNASKED = ("correct", "attach", "appeal")
"""Verbs whose fields are of their own: tests/core/test_attaching.py, test_circulars.py, test_loop.py."""


def _submitted(office: Office) -> int:
    """Fed back by a ledger that names no day."""
    key = office.issued()
    submit = BY_VERB["submit"](item=key, claimed=True, channel=Channel.LEDGER)
    office.do(submit)
    return key


def _closed(office: Office) -> int:
    key = office.fed_back()
    office.do(Pass(item=key, finding="好"), actor=INSPECTOR)
    return key


def _kept(office: Office) -> int:
    """Put aside before any unit was told."""
    key = office.accepted()
    office.do(BY_VERB["suspend"](item=key, reason="等", measure="围挡", plan_on=SOON))
    return key


def _gone(office: Office) -> int:
    key = office.reported()
    office.do(BY_VERB["void"](item=key, reason=VoidKind.DUPLICATE, note="重"))
    return key


def _at(level: int) -> Callable[[Office], int]:
    """Issued, and raised to a level."""

    def made(office: Office) -> int:
        key = office.issued()
        office.left_so("items", replace(office.item(key), level=level))
        return key

    return made


MADE = {
    "accept": lambda office: office.reported(category="市容环境", severity=""),
    "reject": Office.reported,
    "fix": Office.accepted,
    "assign": Office.accepted,
    "split": Office.accepted,
    "withdraw": Office.fed_back,
    "pass": _submitted,
    "fail": Office.fed_back,
    "resume": _kept,
    "merge": Office.reported,
    "void": Office.reported,
    "revive": _gone,
    "criticise": _at(2),
    "summon": _at(3),
    "recheck": _closed,
    "reopen": _closed,
}
"""An item a verb may be done to; of the others, one that was issued."""
GIVEN: dict[str, dict[str, Any]] = {
    "accept": {},
    "reject": {"reason": VoidKind.OUT_OF_SCOPE, "note": "不归"},
    "fix": {"measure": "清了"},
    "note": {"line": "周五施工"},
    "assign": {"lead": 2, "due": SOON},
    "split": {"parts": (UnitPart(lead=1, due=SOON), UnitPart(lead=2, due=SOON))},
    "receive": {"channel": Channel.PHONE},
    "return": {"reason": "不是我们的", "channel": Channel.PHONE},
    "reassign": {"lead": 3, "due": SOON, "reason": "归它"},
    "submit": {"measure": "清了", "channel": Channel.PHONE},
    "withdraw": {"reason": "没好", "channel": Channel.PHONE},
    "pass": {"feedback_on": TODAY},
    "fail": {"reason": "没好", "work_until": SOON},
    "inspect": {"passed": False, "finding": "没好", "work_until": SOON},
    "extend": {"due": date(2026, 4, 9), "reason": "雨", "channel": Channel.PHONE},
    "suspend": {"reason": "等", "measure": "围挡", "plan_on": SOON},
    "resume": {"due": SOON, "lead": 2},
    "merge": {"main": 1},
    "void": {"reason": VoidKind.DUPLICATE, "note": "重"},
    "revive": {"reason": "错了"},
    "remind": {},
    "supervise": {"reason": Trigger.LEADER, "work_until": SOON},
    "criticise": {"reference": "1号"},
    "summon": {"record": "谈了"},
    "recheck": {"photos": ("a.jpg",)},
    "reopen": {"photos": ("a.jpg",), "reason": "又来", "lead": 2, "due": SOON},
}
"""What is given with a verb so that nothing is missing, but for defaults."""
KNOWN_BEFORE = {"accept": ("category", "zone", "found_on")}
"""Needs that an item brings along."""
OTHERWISE = {"photo": "photos", "measure_or_photo": "measure"}
"""Arguments of another name."""


def item_for(office: Office, verb: str) -> int:
    office.reported()
    return MADE.get(verb, Office.issued)(office)


def attempt(office: Office, verb: str, item: int, fields: dict[str, Any]) -> Refusal | None:
    try:
        office.do(BY_VERB[verb](item=item, **fields))
    except RuleError as error:
        return error.refusal
    return None


VERBS = [t.verb for t in TRANSITIONS if t.sources and t.verb not in UNASKED]
REQUIRED = [
    (verb, need.name)
    for verb in VERBS
    for need in TABLE[verb].needs
    if not need.default and need.name not in KNOWN_BEFORE.get(verb, ())
]


def test_every_verb_is_looked_at() -> None:
    assert set(VERBS) == set(GIVEN)
    assert {need.when for t in TRANSITIONS for need in t.needs} - {""} == CONDITIONS.keys()


@pytest.mark.parametrize("verb", VERBS)
def test_what_the_table_needs_is_enough(office: Office, verb: str) -> None:
    refused = attempt(office, verb, item_for(office, verb), GIVEN[verb])
    assert refused is None or refused.code != "missing", refused and refused.fields


@pytest.mark.parametrize(("verb", "name"), REQUIRED)
def test_a_need_without_a_default_is_refused_when_missing(
    office: Office, verb: str, name: str
) -> None:
    item = item_for(office, verb)
    given = {k: v for k, v in GIVEN[verb].items() if k != OTHERWISE.get(name, name)}
    refused = attempt(office, verb, item, given)
    assert refused is not None
    assert (refused.code, refused.fields["fields"]) == ("missing", (name,))


@pytest.mark.parametrize("verb", VERBS)
def test_all_that_is_missing_is_named_at_once(office: Office, verb: str) -> None:
    item = item_for(office, verb)
    empty = {"passed": False} if verb == "inspect" else {}
    refused = attempt(office, verb, item, empty)
    required = tuple(name for of, name in REQUIRED if of == verb)
    told = refused.fields["fields"] if refused is not None and refused.code == "missing" else ()
    assert told == required


@pytest.mark.parametrize("name", KNOWN_BEFORE["accept"])
def test_what_a_report_did_not_say_is_asked_for(office: Office, name: str) -> None:
    empty = {"category": "市容环境", name: "" if name == "category" else None}
    item = office.reported(**empty)
    refused = attempt(office, "accept", item, {})
    assert refused is not None
    assert refused.fields["fields"] == (name,)


def test_defaults_are_those_of_the_table(office: Office) -> None:
    item = office.reported(category="市容环境", subcategory="", severity="")
    office.do(Accept(item=item))
    accepted = office.item(item)
    assert accepted.state == State.ACCEPTED
    assert accepted.subcategory == default_of("accept", "subcategory")
    assert accepted.severity == default_of("accept", "severity")
    assert accepted.accepted_on == TODAY
    office.do(BY_VERB["assign"](item=item, lead=2, due=SOON))
    assignment = office.item(item).assignment
    assert assignment.requirement == default_of("assign", "requirement")
    assert assignment.issued_on == TODAY


def test_a_ledger_may_claim_without_measure_or_day(office: Office) -> None:
    item = _submitted(office)
    assert office.item(item).state == State.AWAITING
    assert office.item(item).assignment.claim.on is None


def test_names_of_needs_are_arguments(office: Office) -> None:
    for verb in VERBS:
        fields = {field.name: field.default for field in msgspec.structs.fields(BY_VERB[verb])}
        for need in TABLE[verb].needs:
            default = fields[OTHERWISE.get(need.name, need.name)]
            assert default in (None, "", (), msgspec.NODEFAULT, need.default), (verb, need.name)
