"""The desk's steps on the straight road: T1-T5 of docs/domain.md 3."""

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from core.actions.loop.road import Accept, Assign, Fix, Reject, Report
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.photos import with_files
from core.errors import NotAllowed, RuleError
from core.model import REJECTED_AS, Assignment, Item, Role, Rule, Severity, SpotFix, State, Unit
from core.workflow import default_of

DEFAULT_SEVERITY = default_of("accept", "severity")
NO_RULE = Rule(category="", subcategory="")
DEFAULT_REQUIREMENT = default_of("assign", "requirement")


@decides
def report(draft: Draft, action: Report) -> Item:
    """T1: a problem enters the book as R-0001."""
    role = draft.role(None, "report")
    place = action.zone is not None or action.location
    draft.needs("report", None, place=place, description=action.description)
    day = draft.day(action.on)
    if action.recurrence_of is not None:
        draft.item(action.recurrence_of)  # it must be one
    if action.found_on and action.found_on > draft.now.today:
        raise RuleError("future_date", field="found_on", value=action.found_on)
    _known_severity(action.severity)
    _own_zone(draft, action.zone, role)
    item = Item(
        id=draft.new_id("items"),
        report_no=f"R-{draft.next_number('R'):04d}",
        zone=action.zone,
        location=action.location,
        description=action.description,
        category=action.category,
        subcategory=action.subcategory,
        severity=action.severity,
        source=action.source,
        external_no=action.external_no,
        found_on=action.found_on,
        reported_on=day,
        reporter=action.reporter or draft.actor.login,
        note=action.note,
        photos_before=action.photos,
        proposed=action.proposed,
        origin=action.origin,
        recurrence_of=action.recurrence_of,
        round=action.round,
    )
    if action.files:
        item = with_files(item, tuple(replace(file, on=day) for file in action.files))
    draft.put("items", item)
    names = tuple(file.name for file in item.files)
    draft.note(item, "report", role, on=day, to_state=State.REPORTED, photos=names)
    return item


_SEVERITIES = frozenset(Severity)


def _known_severity(severity: str) -> None:
    if severity and severity not in _SEVERITIES:
        raise RuleError("unknown_severity", value=severity)


def _own_zone(draft: Draft, zone: int | None, role: Role) -> None:
    """A liaison reports in the zones of their own unit only."""
    if role != Role.LIAISON or zone is None:
        return
    lead = draft.town.lead_of(zone, draft.now.today)
    if lead is None or lead.id != draft.actor.unit:
        raise NotAllowed("not_your_zone")


@decides
def accept(draft: Draft, action: Accept) -> None:
    """T2: taken on as a case; the item number is taken here, of the year of acceptance.

    Severity and closing standard come from the rule of its 小类 where nobody has said them.
    """
    item, role = draft.begin(action.item, "accept")
    day = draft.day(action.on)
    _known_severity(action.severity)
    category = action.category or item.category
    kept = item.subcategory if category == item.category else ""
    sub = action.subcategory or kept or default_of("accept", "subcategory")
    usual = draft.town.rule_for(category, sub) or NO_RULE
    zone = action.zone if action.zone is not None else item.zone
    found_on = action.found_on or item.found_on
    draft.needs("accept", item, category=category, zone=zone, found_on=found_on)
    if found_on and found_on > draft.now.today:
        raise RuleError("future_date", field="found_on", value=found_on)
    item = replace(
        item,
        category=category,
        subcategory=sub,
        severity=action.severity or item.severity or usual.severity or DEFAULT_SEVERITY,
        zone=zone,
        found_on=found_on,
        close_standard=action.close_standard or item.close_standard or usual.close_standard,
        number=item.number or draft.case_number(day.year),
        state=State.ACCEPTED,
        accepted_on=day,
    )
    draft.put("items", item)
    draft.note(
        item,
        "accept",
        role,
        on=day,
        note=action.note,
        from_state=State.REPORTED,
        to_state=State.ACCEPTED,
    )


@decides
def reject(draft: Draft, action: Reject) -> None:
    """T3: not taken on; counts in the acceptance rate only."""
    item, role = draft.begin(action.item, "reject")
    draft.needs("reject", item, note=action.note)
    if action.reason not in REJECTED_AS:
        raise RuleError("unknown_reason", value=action.reason, expected=REJECTED_AS)
    item = replace(
        item,
        state=State.VOID,
        former=State.REPORTED,
        void_kind=action.reason,
        void_note=action.note,
    )
    draft.put("items", item)
    draft.note(
        item,
        "reject",
        role,
        on=draft.day(action.on),
        reason=action.reason,
        note=action.note,
        from_state=State.REPORTED,
        to_state=State.VOID,
    )


@decides
def fix(draft: Draft, action: Fix) -> None:
    """T4: put right on the spot; accepts a reported item too and takes a number."""
    item, role = draft.begin(action.item, "fix")
    draft.needs("fix", item, measure_or_photo=action.measure or action.photos)
    day = draft.day(action.on)
    before = item.state
    number = item.number or draft.case_number(day.year)
    item = replace(
        item,
        number=number,
        accepted_on=item.accepted_on or day,
        state=State.CLOSED,
        found_on=item.found_on or day,
        severity=item.severity or DEFAULT_SEVERITY,
        closed_on=day,
        fix=SpotFix(
            on=day, inspector=draft.actor.login, measure=action.measure, photos=action.photos
        ),
    )
    draft.put("items", item)
    draft.note(
        item,
        "fix",
        role,
        on=day,
        note=action.measure,
        photos=action.photos,
        from_state=before,
        to_state=State.CLOSED,
    )


@decides
def assign(draft: Draft, action: Assign) -> None:
    """T5: given to a lead unit with a deadline; opens an assignment."""
    item, role = draft.begin(action.item, "assign")
    draft.needs("assign", item, lead=action.lead, due=action.due)
    assert action.lead is not None and action.due is not None
    day = draft.day(action.on)
    given = assignment_of(draft, item, action.lead, action.due, day, action.deadline, co=action.co)
    assignment = replace(
        given,
        responsible=action.responsible,
        requirement=action.requirement or DEFAULT_REQUIREMENT,
        counted_from=action.counted_from,
    )
    assignments = (*item.assignments, assignment)
    item = replace(item, state=State.RECTIFYING, assignments=assignments, reminded_on=None)
    draft.put("items", item)
    draft.note(
        item,
        "assign",
        role,
        on=day,
        note=action.note,
        assignment=assignment.no,
        from_state=State.ACCEPTED,
        to_state=State.RECTIFYING,
        unit_after=assignment.lead,
        due_after=action.due,
        until_after=action.due,
    )


def assignment_of(
    draft: Draft,
    item: Item,
    lead: int,
    due: date,
    day: date,
    deadline: str,
    *,
    co: Iterable[int] = (),
) -> Assignment:
    """What a unit is given on a day, by a deadline and how that was worded, with units that help it.

    Raises `RuleError`: a unit that is not in use, a deadline before the day.
    """
    unit = active_unit(draft, lead)
    helping = tuple(dict.fromkeys(active_unit(draft, u).id for u in co if u != unit.id))
    if due < day:
        raise RuleError("due_before_issue", number=item.label, due=due, on=day)
    return Assignment(
        no=len(item.assignments) + 1,
        lead=unit.id,
        co=helping,
        issued_on=day,
        deadline=deadline,
        orig_due=due,
        due=due,
        work_until=due,
        provisional=draft.provisional(deadline, due),
    )


def active_unit(draft: Draft, key: int) -> Unit:
    """A unit that may be given something, or a refusal."""
    unit = draft.get("units", key)
    if not isinstance(unit, Unit):
        raise RuleError("no_unit", value=str(key))
    if not unit.active:
        raise RuleError("retired_unit", value=unit.name)
    return unit
