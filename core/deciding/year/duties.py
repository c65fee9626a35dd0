"""经常性工作: terms that hold from a day on (docs/year.md 2)."""

from typing import Any

import msgspec
from msgspec.structs import replace

from core.actions.year import SetTerms
from core.calendar.cycles import UNSAID, said
from core.calendar.working_days import ONE_DAY
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own
from core.errors import NotFound, RuleError
from core.measures.subjects.duties import dates_of, day_of_year
from core.measures.subjects.logs import chapters
from core.model import Cycle, Duty, Terms
from core.roles import DESK

_NUMBERED = {Cycle.WEEK: 7, Cycle.MONTH: 31}


def _filled(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    if "terms" in fields:
        fields["terms"] = tuple(_terms(draft, each) for each in fields["terms"])
    return fields


def _terms(draft: Draft, given: Any) -> Terms:
    """Terms from a struct or a mapping; today is their first day where they name none."""
    terms: Terms
    if isinstance(given, Terms):
        terms = given
    else:
        fields = {"since": draft.now.today, **given}
        try:
            terms = msgspec.convert(fields, Terms)
        except msgspec.ValidationError:
            raise RuleError("bad_cycle", value=str(fields.get("cycle", ""))) from None
    return replace(terms, since=draft.now.today) if terms.since == UNSAID else terms


def _check(draft: Draft, duty: Duty) -> None:
    if duty.kind and duty.kind not in chapters(draft.town):
        raise RuleError(
            "unknown_word",
            table="duties",
            field="kind",
            value=duty.kind,
            expected=tuple(chapters(draft.town)),
        )
    for terms in duty.terms:
        check_day(terms)


def check_day(terms: Terms) -> None:
    """Refuse a day its cycle does not have. Raises `RuleError("bad_cycle_day")`."""
    refusal = RuleError("bad_cycle_day", value=terms.day, field=terms.cycle.value)
    try:
        match terms.cycle:
            case Cycle.WEEK | Cycle.MONTH:
                last = terms.cycle == Cycle.MONTH and terms.day == "last"
                if terms.day and not last and not 1 <= int(terms.day) <= _NUMBERED[terms.cycle]:
                    raise refusal
            case Cycle.YEAR:
                if terms.day not in ("", "last"):
                    day_of_year(terms.day, 2024)
            case Cycle.DATES:
                if not terms.day.strip():
                    raise refusal
                dates_of(terms.day, 2024)
            case _:
                if terms.day not in ("", "last"):
                    raise refusal
    except ValueError:
        raise refusal from None


@decides
def set_terms(draft: Draft, action: SetTerms) -> None:
    """New terms: those before them end the day before."""
    role = draft.require(DESK)
    duty = known(draft, action.duty)
    since = action.since or draft.now.today
    new = _terms(
        draft,
        {"since": since, "cycle": action.cycle, "day": action.day, "roll": action.roll},
    )
    check_day(new)
    draft.put("duties", replace(duty, terms=followed(duty.terms, new)))
    draft.note(duty, "set_terms", role, table="duties", on=since, reference=said(new))


def followed(terms: tuple[Terms, ...], new: Terms) -> tuple[Terms, ...]:
    """Terms with new ones behind them, which hold from their first day on."""
    before = [each for each in terms if each.since < new.since]
    if before and (before[-1].until is None or before[-1].until >= new.since):
        before[-1] = replace(before[-1], until=new.since - ONE_DAY)
    return (*before, new)


def known(draft: Draft, key: int) -> Duty:
    """A duty in use. Raises `NotFound("no_record")`."""
    duty = draft.get("duties", key)
    if not isinstance(duty, Duty) or not duty.active:
        raise NotFound("no_record", table="duties", value=str(key))
    return duty


def _edited(draft: Draft, duty: Duty) -> None:
    """New terms follow the old ones; the day it goes out of use."""
    before = draft.town.tables["duties"].get(duty.id)
    if isinstance(before, Duty) and duty.terms != before.terms and len(duty.terms) == 1:
        duty = replace(duty, terms=followed(before.terms, duty.terms[0]))
        draft.put("duties", duty)
    if not duty.active and duty.until is None:
        draft.put("duties", replace(duty, until=draft.now.today))
    elif duty.active and duty.until is not None:
        draft.put("duties", replace(duty, until=None))


OWN["duties"] = Own(fill=_filled, check=_check, edited=_edited)
