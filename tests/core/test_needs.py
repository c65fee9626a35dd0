"""What the table says a verb needs has a default, or is refused when missing; nothing else is."""

import importlib
import inspect
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
import typer
from msgspec.structs import replace
from tests_support import FOUNDER, INSPECTOR, NOW, TODAY, Office

from core.actions.action import ItemAction, verb_of
from core.actions.loop.dividing import UnitPart
from core.actions.loop.inspection import Pass
from core.actions.loop.road import Accept
from core.actions.wishing import wish_of
from core.asks import ASKS, AskKind
from core.deciding.deciders import DECIDERS
from core.errors import Incomplete, Refusal, RuleError
from core.loop import TRANSITIONS
from core.model import Channel, Proposed, State, Trigger, VoidKind
from core.town.town import Moment
from core.words.dates import Period
from core.words.deadlines import due_written
from core.workflow import TABLE, default_of
from store.errors import FileRefused
from tui.cli.running import FAMILIES
from tui.places.place import lines_of
from tui.verbs.fields import Form
from tui.verbs.forms import Forms
from tui.words import i18n
from tui.words.names import CONDITIONS
from tui.words.texts import say

SOON = TODAY + timedelta(days=9)
BY_VERB: dict[str, Any] = {
    kind.__name__.lower(): kind for kind in DECIDERS if issubclass(kind, ItemAction)
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
    "note": {"line": "周五施工", "on_behalf_of": 2, "channel": Channel.PHONE},
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
AT_TIMES = {"note": ("channel",)}
"""Needs that hold only where a unit is named."""
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
    (verb, need.need)
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
    required = tuple(n for of, n in REQUIRED if of == verb and n not in AT_TIMES.get(verb, ()))
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
            default = fields[need.name]
            assert default in (None, "", (), msgspec.NODEFAULT, need.default), (verb, need.name)


ANYTHING: dict[AskKind, Any] = {
    AskKind.TEXT: "文",
    AskKind.DAY: TODAY.isoformat(),
    AskKind.DUE: SOON.isoformat(),
    AskKind.UNIT: 3,
    AskKind.ZONE: 2,
    AskKind.CATEGORY: ("宣传", ""),
    AskKind.SEVERITY: "较重",
    AskKind.CHANNEL: Channel.PHONE,
    AskKind.FILES: "甲.jpg",
    AskKind.ITEM: 1,
}
"""What a form answers, by the kind of what is asked."""
OWN_LINES = {"split": ("lead0", "due0", "lead1", "due1", "lead2", "due2", "lead3", "due3")}
OWN_OPTIONS = {"inspect": ("passed", "failed"), "split": ("part",)} | dict.fromkeys(
    ("approve", "refuse", "recall"), ("kind", "find", "points")
)
"""What only the form or the command of a verb knows how to ask."""
BARE = {"category": "", "zone": None, "location": "桥头", "found_on": None}
"""A report that says nothing of what is asked when it is accepted."""
LEFT_OUT = {"assign": ("on",)}
"""Lines that stand in the form at times only: what a ledger wrote of an earlier day."""
OF_ALL = {"office", "numbers", "note", "on", "yes", "json", "as_role", "store", "lang", "wait"}


def form_of(office: Office, verb: str, item: int) -> Form | None:
    moment = Moment.of(NOW, office.repository.town)
    made = Forms(office.repository.town, FOUNDER, moment).of(verb, [office.item(item)])
    return made if isinstance(made, Form) else None


@pytest.mark.parametrize("verb", VERBS)
def test_a_form_asks_what_the_table_says_and_nothing_else(office: Office, verb: str) -> None:
    made = BARE if verb == "accept" else {}
    item = office.reported(**made) if made else item_for(office, verb)
    form = form_of(office, verb, item)
    asked = [
        ask.name
        for ask in ASKS[verb]
        if ask.board and (ask.kind != AskKind.OWN or ask.name == "passed")
    ]
    lines = [f.key for f in form.fields if f.key not in OWN_LINES.get(verb, ())] if form else []
    assert lines == [name for name in asked if name not in LEFT_OUT.get(verb, ())]
    for field in form.fields if form else ():
        assert field.label
        ask = next((a for a in ASKS[verb] if a.name == field.key), None)
        assert ask is None or not ask.required or ask.either or ask.when or field.required


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_entered_is_what_is_wished(office: Office, verb: str) -> None:
    item = item_for(office, verb)
    form = form_of(office, verb, item)
    if form is None or form.make is None or verb == "split":
        return
    picked = {a.name: a.words[-1] for a in ASKS[verb] if a.words} | {"passed": False}
    kinds = {ask.name: ask.kind for ask in ASKS[verb]}
    entered = {f.key: picked.get(f.key) or ANYTHING.get(kinds[f.key], False) for f in form.fields}
    wish = form.make(office.item(item), entered)
    assert verb_of(wish) == verb
    for key, value in entered.items():
        wanted = {
            AskKind.DAY: TODAY,
            AskKind.DUE: SOON,
            AskKind.CATEGORY: "宣传",
            AskKind.FILES: ("甲.jpg",),
        }.get(kinds[key], value)
        assert getattr(wish, key) == wanted, key


def test_a_command_has_an_option_for_what_the_table_says_and_no_other() -> None:
    commands = {
        name: importlib.import_module(module).COMMANDS
        for modules in FAMILIES.values()
        for module, names in modules.items()
        for name in names
        if name in ASKS
    }
    assert commands.keys() >= set(VERBS) - {"split", "note"}
    for verb, family in commands.items():
        if verb == "attach":  # its files may stand for many items at once
            continue
        app = typer.Typer()
        family[verb](app, verb, "")
        callback = app.registered_commands[0].callback
        assert callback is not None
        told = inspect.signature(callback).parameters.keys() - OF_ALL
        asked = {
            ask.name
            for ask in ASKS[verb]
            if ask.command and ask.kind != AskKind.OWN and ask.name not in ("note", "on")
        }
        beside = {"what"} if verb == "note" else set()
        assert told == asked | set(OWN_OPTIONS.get(verb, ())) | beside, verb


def test_deadlines_count_from_the_day_it_happened_a_longer_one_from_what_is(office: Office) -> None:
    item = office.item(office.issued())
    day = TODAY - timedelta(days=2)
    period = Period(TODAY, calendar=office.town.calendar)

    def made(verb: str, **said: Any) -> Any:
        return wish_of(verb, item, said, period)

    after = due_written("3wd", day, period)
    reassign = made("reassign", lead=3, due="3wd", on=day, note="")
    assert (reassign.due, reassign.deadline, reassign.on) == (after, "3wd", day)
    assert item.assignment is not None and item.assignment.due is not None
    longer = due_written("3wd", item.assignment.due, period)
    assert made("extend", due="3wd", on=day).due == longer
    assert made("supervise", work_until="3wd").work_until == due_written("3wd", TODAY, period)
    assert len({after, longer, due_written("3wd", TODAY, period)}) == 3


def test_of_several_each_is_issued_as_its_own_ledger_has_it(office: Office) -> None:
    ledger = TODAY - timedelta(days=5)
    asked = Proposed(lead=2, due=SOON, issued_on=ledger, requirement="清运")
    plain, written = office.accepted(), office.accepted(proposed=asked)
    items = [office.item(plain), office.item(written)]
    moment = Moment.of(NOW, office.repository.town)
    form = Forms(office.repository.town, FOUNDER, moment).of("assign", items)
    assert isinstance(form, Form) and form.make is not None
    empty = {"lead": 2, "due": "", "requirement": "", "note": ""}
    wish: Any = form.make(office.item(written), empty)
    assert (wish.on, wish.due, wish.requirement) == (ledger, SOON, "清运")
    other: Any = form.make(office.item(plain), {**empty, "due": SOON.isoformat()})
    assert (other.on, other.due) == (None, SOON)


def test_a_day_to_come_is_what_is_wrong_and_not_the_deadline_behind_it(office: Office) -> None:
    item = office.issued()
    form = form_of(office, "submit", item)
    assert form is not None and form.make is not None
    said = {"measure": "清了", "on": SOON.isoformat(), "photos": "", "channel": Channel.PHONE}
    with pytest.raises(RuleError) as caught:
        form.make(office.item(item), said)
    assert lines_of(caught.value)[0] == "on"


def test_a_refusal_leads_to_the_line_it_is_about() -> None:
    assert lines_of(FileRefused("no_photo", file="x.jpg"))[0] == "photos"
    lacking = Incomplete("missing", verb="report", number="", fields=("place",))
    assert next(line for line in lines_of(lacking) if line) == "location"
    i18n.use("zh")
    assert say(lacking) == "缺少责任区或点位。"
