"""指标 and 目标责任书 (docs/year.md 3)."""

from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from core.actions.year import SetTarget, SignPledge
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own
from core.deciding.loop.road import active_unit
from core.errors import NotAllowed, NotFound, RuleError
from core.measures.all_measures import measure
from core.measures.indicators import indicator
from core.model import Indicator, Pledge, Target
from core.model.pledge import standing
from core.registers.catalogue import default_indicators
from core.roles import DESK, TARGETERS, acting_role
from core.words.amounts import read_amount
from core.words.categories import CATEGORIES

LEADERS_OWN = ("owners", "counts")
"""What only a leader says of an indicator."""
FIRST_YEAR, LAST_YEAR = 2000, 2100


def _begun(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    """What is left out of a code of the catalogue is as the catalogue has it."""
    code = str(fields.get("code", "")).strip().upper()
    known = next((i for i in default_indicators() if i.code == code), None)
    if known is not None:
        given = {k: v for k, v in fields.items() if v is not None}
        usual = {
            name: getattr(known, name)
            for name in ("name", "unit", "category", "kind", "counts", "scale")
        }
        fields = {**usual, **given}
    if code:
        fields["code"] = code
    return _filled(draft, fields)


def _filled(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    if any(fields.get(name) for name in LEADERS_OWN):
        known = indicator(draft.town, str(fields.get("code", "")))
        changed = any(
            fields.get(name) and fields[name] != getattr(known, name, None)
            for name in LEADERS_OWN
            if not (name == "counts" and _usual(fields))
        )
        if changed and acting_role(draft.actor, TARGETERS) is None:
            raise NotAllowed("role", roles=TARGETERS)
    for name in ("counts", "check"):
        if fields.get(name):
            fields[name] = measure(draft.town, str(fields[name])).code
    return fields


def _usual(fields: dict[str, Any]) -> bool:
    """Whether it counts as the catalogue has it."""
    found = next((i for i in default_indicators() if i.code == fields.get("code")), None)
    return found is not None and found.counts == fields.get("counts")


def _check(draft: Draft, held: Indicator) -> None:
    if held.category and held.category not in CATEGORIES:
        raise RuleError("unknown_category", value=held.category)
    before = draft.town.tables["indicators"].get(held.id)
    if isinstance(before, Indicator) and before.code != held.code:
        raise RuleError("code_stays", value=before.code)


OWN["indicators"] = Own(fill=_filled, begin=_begun, check=_check)


@decides
def set_target(draft: Draft, action: SetTarget) -> None:
    """A target of a year; every one that was set before stays told."""
    role = draft.require(TARGETERS)
    held = draft.get("indicators", action.indicator)
    if not isinstance(held, Indicator) or not held.active:
        raise NotFound("no_indicator", value=str(action.indicator))
    if not FIRST_YEAR <= action.year <= LAST_YEAR:
        raise RuleError("bad_period", value=str(action.year))
    day = draft.day(action.on)
    value = _amount(action.value, held)
    plan = tuple(_amount(each, held) for each in action.plan)
    if plan and (len(plan) != 12 or list(plan) != sorted(plan)):
        raise RuleError("bad_plan", value="、".join(action.plan))
    new = Target(year=action.year, value=value, set_on=day, reference=action.reference, plan=plan)
    same = [t for t in held.targets if (t.year, t.set_on) != (new.year, new.set_on)]
    if new in held.targets:
        raise RuleError("nothing_changed", number=held.code)
    draft.put("indicators", replace(held, targets=(*same, new)))
    draft.note(
        held,
        "set_target",
        role,
        table="indicators",
        on=day,
        reference=action.reference,
        note=f"{action.year}年 {value:f}{held.unit}",
    )


def _amount(text: str, held: Indicator) -> Decimal:
    return read_amount(text, held.unit).value


@decides
def sign_pledge(draft: Draft, action: SignPledge) -> None:
    """签目标责任书: a later one takes the place of the one before."""
    role = draft.require(DESK)
    unit = active_unit(draft, action.unit)
    day = draft.day(action.on)
    if not FIRST_YEAR <= action.year <= LAST_YEAR:
        raise RuleError("bad_period", value=str(action.year))
    lines = {}
    for code, text in action.lines.items():
        held = indicator(draft.town, code)
        if held is None or not held.active:
            raise NotFound("no_indicator", value=code)
        lines[held.code] = _amount(text, held)
    mine = [p for p in draft.all(Pledge) if (p.unit, p.year) == (unit.id, action.year)]
    before = next(iter(standing(mine)), None)
    if before is not None and before.signed_on > day:
        raise RuleError("before_step", number=before.label, on=day, before=before.signed_on)
    new = Pledge(
        id=draft.new_id("pledges"),
        year=action.year,
        unit=unit.id,
        signed_on=day,
        signer_post=action.post,
        lines=lines,
        text=action.text,
        files=action.files,
        replaces=before.id if before else None,
    )
    draft.put("pledges", new)
    draft.note(new, "sign_pledge", role, table="pledges", on=day, note=f"{unit.name} {action.year}")
