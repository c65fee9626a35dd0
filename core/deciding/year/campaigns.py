"""除四害行动: opened, covered, counted, closed (docs/year.md 2)."""

from decimal import Decimal
from typing import Any

import msgspec
from msgspec.structs import replace

from core.actions.year import (
    CloseCampaign,
    CountTraces,
    CoverZone,
    EditCampaign,
    LayDrug,
    OpenCampaign,
    SampleRooms,
    Tick,
)
from core.calendar.seasons import season_of
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.registers.zones import zone_in_use
from core.errors import Clash, Incomplete, NotAllowed, NotFound, RuleError
from core.measures.subjects.campaigns import missing, unified_of
from core.model import AFTER, BEFORE, Campaign, Cover, Density, Drug, Role, Sample, Unified
from core.roles import CHECKERS, DESK
from core.words.amounts import read_amount


@decides
def open_campaign(draft: Draft, action: OpenCampaign) -> None:
    """A campaign of a season."""
    role = draft.require(DESK)
    if action.last < action.first:
        raise RuleError("ends_early", value=action.last, start=action.first, field="last")
    season = action.season or season_of(draft.town.settings.seasons, action.first)
    held = Campaign(
        id=draft.new_id("campaigns"),
        season=season,
        title=action.title,
        vectors=action.vectors,
        first=action.first,
        last=action.last,
    )
    draft.put("campaigns", held)
    draft.note(held, "open_campaign", role, table="campaigns", note=held.label)


def known(draft: Draft, key: int) -> Campaign:
    """A campaign that is not closed. Raises `NotFound("no_record")`, `Clash("campaign_closed")`."""
    held = draft.get("campaigns", key)
    if not isinstance(held, Campaign) or not held.active:
        raise NotFound("no_record", table="campaigns", value=str(key))
    if held.closed_on is not None:
        raise Clash("campaign_closed", number=held.label, on=held.closed_on)
    return held


def _kept(draft: Draft, after: Campaign, verb: str, role: Role, **told: Any) -> None:
    draft.put("campaigns", after)
    draft.note(after, verb, role, table="campaigns", **told)


@decides
def edit_campaign(draft: Draft, action: EditCampaign) -> None:
    """Other days, title or vectors."""
    role = draft.require(DESK)
    held = known(draft, action.campaign)
    after = replace(held, **action.fields)
    if after == held:
        raise RuleError("nothing_changed", number=held.label)
    if after.last < after.first:
        raise RuleError("ends_early", value=after.last, start=after.first, field="last")
    _kept(draft, after, "edit_campaign", role)


@decides
def tick(draft: Draft, action: Tick) -> None:
    """One of the unified things."""
    role = draft.require(DESK)
    held = known(draft, action.campaign)
    names = unified_of(draft.town)
    if action.name not in names:
        raise RuleError(
            "unknown_word", table="campaigns", field="name", value=action.name, expected=names
        )
    day = draft.day(action.on)
    new = Unified(name=action.name, on=None if action.undone else day, reference=action.reference)
    rest = tuple(u for u in held.unified if u.name != action.name)
    _kept(
        draft,
        replace(held, unified=(*rest, new)),
        "tick",
        role,
        on=day,
        reference=action.reference,
        reason=action.name,
    )


@decides
def cover_zone(draft: Draft, action: CoverZone) -> None:
    """Totals so far of a zone; what is not said stays."""
    role = draft.require(DESK)
    held = known(draft, action.campaign)
    zone = zone_in_use(draft, action.zone)
    before = next((c for c in held.covers if c.zone == zone.id), Cover(zone=zone.id))
    fields = {k: v for k, v in action.fields.items() if v is not None}
    if not fields:
        raise Incomplete("nothing_given")
    for name, value in fields.items():
        if name in Cover.__struct_fields__ and isinstance(value, int) and value < 0:
            raise RuleError("bad_number", field=name, value=str(value))
    try:
        new = msgspec.convert(
            {**msgspec.structs.asdict(before), **fields, "on": draft.day(action.on)}, Cover
        )
    except msgspec.ValidationError:
        raise RuleError("bad_number", value=str(fields)) from None
    rest = tuple(c for c in held.covers if c.zone != zone.id)
    told = "、".join(f"{k} {v}" for k, v in fields.items())
    after = replace(held, covers=(*rest, new))
    _kept(draft, after, "cover_zone", role, on=action.on, reason=zone.code, note=told)


@decides
def lay_drug(draft: Draft, action: LayDrug) -> None:
    """投药, in kilograms."""
    role = draft.require(DESK)
    held = known(draft, action.campaign)
    day = draft.day(action.on)
    kg = read_amount(action.kg, "kg").value
    if not kg or not action.name.strip():
        raise Incomplete("missing", table="campaigns", fields=("name", "kg"))
    new = Drug(
        name=action.name,
        kg=Decimal(kg),
        reg_no=action.reg_no,
        lot=action.lot,
        zone=action.zone,
        on=day,
    )
    after = replace(held, drugs=(*held.drugs, new))
    _kept(draft, after, "lay_drug", role, on=day, reason=action.name, note=f"{kg} kg")


@decides
def count_traces(draft: Draft, action: CountTraces) -> None:
    """密度: how many of the places looked at had traces."""
    role = draft.require(CHECKERS)
    held = known(draft, action.campaign)
    day = draft.day(action.on)
    vector = action.vector or (held.vectors[0] if held.vectors else "")
    if action.when not in (BEFORE, AFTER):
        raise RuleError(
            "unknown_word",
            table="campaigns",
            field="when",
            value=action.when,
            expected=(BEFORE, AFTER),
        )
    if vector not in held.vectors:
        raise RuleError(
            "unknown_word",
            table="campaigns",
            field="vectors",
            value=vector,
            expected=held.vectors,
        )
    _of_whole(action.found, action.checked)
    new = Density(
        vector=vector,
        when=action.when,
        method=action.method,
        found=action.found,
        checked=action.checked,
        zone=action.zone,
        on=day,
    )
    same = (new.vector, new.when, new.method, new.zone, new.on)
    rest = tuple(d for d in held.densities if (d.vector, d.when, d.method, d.zone, d.on) != same)
    after = replace(held, densities=(*rest, new))
    told = f"{vector}{action.when} {action.found}/{action.checked}"
    _kept(draft, after, "count_traces", role, on=day, reason=told)


def _of_whole(part: int, whole: int) -> None:
    if whole <= 0 or not 0 <= part <= whole:
        raise RuleError("bad_amount", value=f"{part}/{whole}")


@decides
def sample_rooms(draft: Draft, action: SampleRooms) -> None:
    """抽查."""
    role = draft.require(CHECKERS)
    held = known(draft, action.campaign)
    zone, day = zone_in_use(draft, action.zone), draft.day(action.on)
    _of_whole(action.missed, action.checked)
    new = Sample(zone=zone.id, checked=action.checked, missed=action.missed, on=day)
    rest = tuple(s for s in held.samples if (s.zone, s.on) != (zone.id, day))
    after = replace(held, samples=(*rest, new))
    told = f"{action.missed}/{action.checked}"
    _kept(draft, after, "sample_rooms", role, on=day, reason=zone.code, note=told)


@decides
def close_campaign(draft: Draft, action: CloseCampaign) -> None:
    """收尾: with gaps it takes a leader, and a reason."""
    held = known(draft, action.campaign)
    gaps = missing(draft.overlaid(), held)
    role = draft.require((Role.LEADER, Role.ADMIN) if gaps else DESK)
    if gaps and not action.reason:
        told = "、".join(f"{g.ref} {g.why}" for g in gaps[:5])
        raise NotAllowed("campaign_gaps", number=held.label, count=len(gaps), value=told)
    day = draft.day(action.on)
    after = replace(held, closed_on=day)
    _kept(draft, after, "close_campaign", role, on=day, reason=action.reason)
