"""除四害: how far a campaign reached, what was laid out, what was counted before and after (docs/year.md 2)."""

from collections.abc import Iterator
from decimal import Decimal

from core.measures.counted import Counted, LeftOut, Question, TraceLine, count, share
from core.measures.entered import above
from core.model import AFTER, BEFORE, COVERED, Campaign, Cover, Density
from core.model.campaign import UNIFIED
from core.town.town import Town
from core.words.amounts import written

NAME_IT = "须指明行动"


def all_(town: Town) -> list[Campaign]:
    """Campaigns, the earliest first."""
    found = (c for c in town.all(Campaign) if c.active)
    return sorted(found, key=lambda c: (c.first, c.id))


def campaigns_in(asked: Question) -> list[Campaign]:
    """The campaigns of a stretch: those that begin in it."""
    return [c for c in all_(asked.town) if c.first in asked.period]


def there(asked: Question) -> bool:
    """Whether the register has anything."""
    return any(c.first <= asked.day for c in all_(asked.town))


def unified_of(town: Town) -> tuple[str, ...]:
    """What is to be the same everywhere, as the office has it."""
    return town.settings.unified or UNIFIED


def _one(asked: Question, name: str) -> Campaign | Counted:
    """The campaign that is meant, or why there is none."""
    held = campaigns_in(asked)
    if name:
        return next((c for c in held if c.label == name), Counted())
    if len(held) > 1:
        return Counted(notes=(NAME_IT,))
    return held[0] if held else Counted()


def reached(asked: Question, name: str, what: str) -> Counted:
    """到位率 of streets, households or rooms, over the rows that have a plan for it."""
    held = _one(asked, name)
    if isinstance(held, Counted):
        return held
    lines, left, whole, done = [], [], 0, 0
    for cover in held.covers:
        zone = asked.town.zones[cover.zone]
        ref = f"{held.label}/{zone.code}"
        plan, reached = getattr(cover, f"{what}_plan"), getattr(cover, f"{what}_done")
        if plan is None:
            left.append(LeftOut(ref, "无计划数"))
            continue
        whole += plan
        if reached is None:
            left.append(LeftOut(ref, "未报"))
            continue
        done += reached
        lines.append(TraceLine(ref, None, None, zone.id, f"{reached}/{plan}"))
    silent = sum(each.why == "未报" for each in left)
    lines.sort(key=lambda line: line.ref)
    left.sort(key=lambda each: each.ref)
    missing = (f"【未报{silent}区】",) if silent else ()
    return share(done, whole, lines, left, missing=missing)


def streets(asked: Question, name: str = "") -> Counted:
    """街道到位率."""
    return reached(asked, name, "streets")


def households(asked: Question, name: str = "") -> Counted:
    """户到位率."""
    return reached(asked, name, "households")


def rooms(asked: Question, name: str = "") -> Counted:
    """房间到位率."""
    return reached(asked, name, "rooms")


def kg(asked: Question, name: str = "") -> Counted:
    """投药 in kilograms, of one campaign or all of the stretch."""
    held = [c for c in campaigns_in(asked) if not name or c.label == name]
    lines = [
        TraceLine(f"{c.label}/{d.name}", d.on, None, d.zone, written(d.kg))
        for c in held
        for d in sorted(c.drugs, key=lambda d: (d.on or c.first, d.name))
    ]
    value = sum((d.kg for c in held for d in c.drugs), Decimal(0))
    return Counted(value=value, text=written(value), lines=tuple(lines))


def vector_of(campaign: Campaign) -> str:
    """What its densities are told of: rats where it is against them too."""
    return "鼠" if "鼠" in campaign.vectors or not campaign.vectors else campaign.vectors[0]


def counted_by(campaign: Campaign, vector: str) -> str | None:
    """The method both counts were made by; else that of the first."""
    told = [d for d in campaign.densities if d.vector == vector]
    both = {d.method for d in told if d.when == BEFORE} & {
        d.method for d in told if d.when == AFTER
    }
    return next((d.method for d in told if not both or d.method in both), None)


def _density(asked: Question, name: str, when: str) -> Counted:
    held = _one(asked, name)
    if isinstance(held, Counted):
        return held
    vector = vector_of(held)
    method = counted_by(held, vector)
    told: list[Density] = [
        d for d in held.densities if (d.vector, d.when) == (vector, when) and d.method == method
    ]
    lines = []
    for each in sorted(told, key=lambda d: (d.on or held.first, d.zone or 0)):
        zone = asked.town.zones.get(each.zone or 0)
        ref = f"{held.label}/{zone.code}" if zone else held.label
        lines.append(TraceLine(ref, each.on, None, each.zone, f"{each.found}/{each.checked}"))
    return share(sum(d.found for d in told), sum(d.checked for d in told), lines)


def before(asked: Question, name: str = "") -> Counted:
    """密度 before, pooled."""
    return _density(asked, name, BEFORE)


def after(asked: Question, name: str = "") -> Counted:
    """密度 after, pooled."""
    return _density(asked, name, AFTER)


def ticks(asked: Question, name: str = "") -> Counted:
    """How many of the unified things are so; none where no campaign begins in the stretch."""
    held = _one(asked, name)
    if isinstance(held, Counted):
        return held if held.notes else count(())
    done = {t.name: t for t in held.unified if t.on is not None}
    return count(
        TraceLine(f"{held.label}/{name}", done[name].on)
        for name in unified_of(asked.town)
        if name in done
    )


def owing(town: Town, campaign: Campaign) -> list[int]:
    """Zones in use that have no row: none of their own, of one above or that they were split from, or of all their
    parts.
    """
    rows = {cover.zone for cover in campaign.covers}
    live = [z for z in town.zones.values() if z.active]
    parts: dict[int, list[int]] = {}
    for zone in live:
        if zone.parent is not None:
            parts.setdefault(zone.parent, []).append(zone.id)

    def told(zone: int, seen: frozenset[int] = frozenset()) -> bool:
        whole = town.zones[zone].split_from
        if rows & above(town, zone) or (whole is not None and whole not in seen and told(whole)):
            return True
        below = [z for z in parts.get(zone, ()) if z not in seen]
        return bool(below) and all(told(z, seen | {zone}) for z in below)

    return [z.id for z in sorted(live, key=lambda z: z.code) if not told(z.id)]


def short(cover: Cover) -> Iterator[tuple[str, int | None]]:
    """What a row falls short of, by how much; None where nothing was said of it."""
    for what in COVERED[:3]:
        plan, done = getattr(cover, f"{what}_plan"), getattr(cover, f"{what}_done")
        if plan is not None and done is None:
            yield what, None
        elif plan is not None and done < plan:
            yield what, plan - done


class Missing(LeftOut, frozen=True):
    """One thing a campaign lacks: what of, and which."""


def missing(town: Town, campaign: Campaign) -> list[Missing]:
    """漏项: what still stands between a campaign and its end."""
    found = []
    done = {t.name for t in campaign.unified if t.on is not None}
    found += [Missing(name, "未落实") for name in unified_of(town) if name not in done]
    found += [Missing(town.zones[z].code, "责任区未报") for z in owing(town, campaign)]
    words = {"streets": "街道", "households": "户", "rooms": "房间"}
    for cover in campaign.covers:
        for what, number in short(cover):
            told = f"{words[what]}未报" if number is None else f"{words[what]}差{number}"
            found.append(Missing(town.zones[cover.zone].code, told))
    found += [Missing(d.name, "缺登记证号") for d in campaign.drugs if not d.reg_no]
    found += [Missing(vector, why) for vector, why in uncounted(campaign)]
    found += [
        Missing(town.zones[s.zone].code, f"抽查漏{s.missed}间")
        for s in campaign.samples
        if s.missed
    ]
    return found


def uncounted(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """Vectors without a count before, or after by the same method."""
    for vector in campaign.vectors:
        told = [d for d in campaign.densities if d.vector == vector]
        ahead = {d.method for d in told if d.when == BEFORE}
        behind = {d.method for d in told if d.when == AFTER}
        if not ahead:
            yield vector, "缺灭前密度"
        if not behind or (ahead and not ahead & behind):
            yield vector, "缺灭后密度"
