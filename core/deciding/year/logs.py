"""活动记事: added, corrected, made void; what figures may be told (docs/year.md 2, 3)."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from msgspec.structs import replace

from core.actions.year import AddLog, CorrectLog, VoidLog
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import built
from core.errors import Clash, Incomplete, NotAllowed, NotFound, RuleError
from core.measures.indicators import indicator
from core.measures.subjects.duties import GRACE, instance_called, instance_on
from core.measures.subjects.logs import chapters
from core.model import ATTENDED, REPORTED, Campaign, Duty, Figure, Log, Role, Zone
from core.roles import LOGGERS
from core.town.town import Town
from core.words.amounts import read_amount


@decides
def add_log(draft: Draft, action: AddLog) -> Log:
    """A line of what happened."""
    role = draft.require(LOGGERS)
    fields = {
        "kind": action.kind,
        "on": draft.day(action.on),
        "note": action.note,
        **action.fields,
    }
    log = _built(draft, fields)
    log = replace(log, id=draft.new_id("logs"), saved_on=draft.now.today)
    _may(draft, role, log)
    draft.put("logs", log)
    draft.note(log, "add_log", role, table="logs", on=log.on, note=said(log))
    return log


def said(log: Log) -> str:
    """A line in short: 大扫除 周末清扫."""
    return f"{log.kind} {log.title}".strip()


def _built(draft: Draft, fields: dict[str, Any]) -> Log:
    """A line from what people give, checked. Raises `RuleError`."""
    fields["figures"] = tuple(_figure(draft.town, each) for each in fields.get("figures") or ())
    people = fields.get("people")
    if isinstance(people, str) and people.strip():
        amount = read_amount(people, "人次")
        fields["people"], fields["people_approx"] = int(amount.value), amount.approx
    if fields.get("people_approx") is True:
        fields["people_approx"] = "余"
    fields["people_approx"] = fields.get("people_approx") or ""
    log = built(Log, fields)
    _check_days(draft, log)
    _check_kind(draft.town, log)
    _check_figures(draft.town, log)
    _check_refs(draft, log)
    return _for_duty(draft, log)


def _figure(town: Town, given: Any) -> Figure:
    """A figure from what people give: an indicator, and an amount as written. Raises `RuleError`."""
    if isinstance(given, Figure):
        return given
    held = indicator(town, str(given.get("indicator", "")))
    if held is None or not held.active:
        raise NotFound("no_indicator", value=str(given.get("indicator", "")))
    if held.counts:
        raise RuleError("counted_indicator", value=f"{held.code} {held.name}")
    amount = read_amount(str(given.get("text", given.get("value", ""))), held.unit)
    return Figure(
        indicator=held.code,
        value=amount.value,
        part=amount.part,
        whole=amount.whole,
        approx=amount.approx,
        zone=given.get("zone"),
        note=given.get("note", ""),
    )


def _check_days(draft: Draft, log: Log) -> None:
    if log.on > draft.now.today:
        raise RuleError("future_date", field="on", value=log.on)
    if log.until is None:
        return
    if log.until > draft.now.today:
        raise RuleError("future_date", field="until", value=log.until)
    if log.until < log.on:
        raise RuleError("bad_period", value=f"{log.on}..{log.until}")


def _check_kind(town: Town, log: Log) -> None:
    known = chapters(town)
    if log.kind not in known:
        raise RuleError(
            "unknown_word", table="logs", field="kind", value=log.kind, expected=tuple(known)
        )
    if log.people is not None and log.people < 0:
        raise RuleError("bad_number", field="people", value=str(log.people))
    if log.people is not None and known[log.kind] not in ATTENDED:
        raise RuleError("people_here", value=log.kind)


def _check_figures(town: Town, log: Log) -> None:
    held = [indicator(town, figure.indicator) for figure in log.figures]
    stocks = bool(held) and all(each is None or each.kind == "last" for each in held)
    if log.kind == REPORTED and log.until is None and not stocks:
        raise Incomplete("span_needed", value=log.kind)
    told = [(f.indicator, log.zone_of(f)) for f in log.figures]
    twice = next((code for code, zone in told if told.count((code, zone)) > 1), None)
    if twice is not None:
        raise RuleError("figure_twice", value=twice)


def _check_refs(draft: Draft, log: Log) -> None:
    if log.campaign is not None and not isinstance(draft.get("campaigns", log.campaign), Campaign):
        raise NotFound("no_record", table="campaigns", value=str(log.campaign))
    zones = [z for z in (log.zone, *(f.zone for f in log.figures)) if z is not None]
    for key in zones:
        if not isinstance(draft.get("zones", key), Zone):
            raise RuleError("no_zone", value=str(key))


def _for_duty(draft: Draft, log: Log) -> Log:
    """The instance of the duty a line does: as said, else the one of its day."""
    if log.duty is None:
        if log.excused:
            raise Incomplete("missing", table="logs", fields=("duty",))
        return log
    duty = draft.get("duties", log.duty)
    if not isinstance(duty, Duty):
        raise NotFound("no_record", table="duties", value=str(log.duty))
    days = draft.town.calendar
    if not log.key:
        found = instance_on(duty, log.on, days)
        return replace(log, key=found.key) if found else log
    found = instance_called(duty, log.key, log.on, days)
    if found is None or found.first > log.on:
        raise RuleError("no_instance", value=f"{duty.label}@{log.key}")
    if log.on > found.last + GRACE:
        raise RuleError("late_key", value=found.ref, until=found.last + GRACE)
    return log


def _may(draft: Draft, role: Role, log: Log) -> None:
    """An inspector enters what a duty asked for, a liaison what their own unit did."""
    if role == Role.INSPECTOR and log.duty is None and log.campaign is None:
        raise NotAllowed("role", roles=(Role.CLERK,))
    if role == Role.LIAISON and (log.unit is None or log.unit != draft.actor.unit):
        raise NotAllowed("not_own_unit")


def known(draft: Draft, key: int) -> Log:
    """A line that stands. Raises `NotFound("no_record")`, `Clash("log_void")`."""
    log = draft.get("logs", key)
    if not isinstance(log, Log) or not log.active:
        raise NotFound("no_record", table="logs", value=str(key))
    if log.void_reason:
        raise Clash("log_void", number=log.label)
    return log


@decides
def correct_log(draft: Draft, action: CorrectLog) -> None:
    """What was entered wrong, with the reason."""
    role = draft.require(LOGGERS)
    before = known(draft, action.log)
    _may(draft, role, before)
    if not action.reason:
        raise Incomplete("missing", table="logs", fields=("reason",))
    kept = msgspec.structs.asdict(before)
    if "on" in action.fields or "duty" in action.fields:
        kept["key"] = ""
    after = _built(draft, {**kept, **action.fields})
    _may(draft, role, after)
    changed = {
        name: (plain(getattr(before, name)), plain(getattr(after, name)))
        for name in Log.__struct_fields__
        if name not in ("id", "revision") and getattr(before, name) != getattr(after, name)
    }
    if not changed:
        raise RuleError("nothing_changed", number=before.label)
    draft.put("logs", after)
    draft.note(after, "correct_log", role, table="logs", changed=changed, reason=action.reason)


def plain(value: Any) -> str:
    """A value as the history tells it."""
    if isinstance(value, tuple):
        return "、".join(
            f"{each.indicator} {each.value:f}"
            if isinstance(each, Figure)
            else str(getattr(each, "name", each))
            for each in value
        )
    if isinstance(value, date | Decimal):
        return str(value)
    return "" if value is None else str(value)


@decides
def void_log(draft: Draft, action: VoidLog) -> None:
    """作废."""
    role = draft.require(LOGGERS)
    before = known(draft, action.log)
    _may(draft, role, before)
    if not action.reason:
        raise Incomplete("missing", table="logs", fields=("reason",))
    draft.put("logs", replace(before, void_reason=action.reason))
    draft.note(before, "void_log", role, table="logs", reason=action.reason)
