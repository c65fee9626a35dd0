"""除四害行动: one a season; no zone has a row beside one of a zone above it."""

from collections.abc import Iterator
from typing import Any

from core.errors import RefusalKind
from core.model import COVERED, Campaign, Cover, Zone
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import DESK


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two campaigns of one season; rows that hold each other, or have more done than planned."""
    live = [c for c in ground.all(Campaign) if c.active]
    for _key, held, other in doubles(live, lambda c: (c.label,), touched):
        fields = {"table": "campaigns", "value": other.label, "active": True}
        yield Breach("taken", "campaigns", held.id, fields)
    for held in live:
        if touched is None or held.id in touched:
            yield from _rows(ground, held)


def _rows(ground: Ground, held: Campaign) -> Iterator[Breach]:
    rows = {cover.zone: cover for cover in held.covers}
    for cover in held.covers:
        zone = ground.get("zones", cover.zone)
        name = zone.name if isinstance(zone, Zone) else str(cover.zone)
        above = _above(ground, cover.zone, rows)
        if above is not None:
            over = ground.get("zones", above)
            fields = {"value": name, "above": over.name if isinstance(over, Zone) else ""}
            yield Breach("zone_within", "campaigns", held.id, fields, RefusalKind.INPUT)
        what = overfull(cover)
        if what:
            fields = {"value": name, "field": what}
            yield Breach("more_than_plan", "campaigns", held.id, fields, RefusalKind.INPUT)


def _above(ground: Ground, zone: int, rows: dict[int, Cover]) -> int | None:
    seen = {zone}
    held = ground.get("zones", zone)
    parent = held.parent if isinstance(held, Zone) else None
    while parent is not None and parent not in seen:
        if parent in rows:
            return parent
        seen.add(parent)
        held = ground.get("zones", parent)
        parent = held.parent if isinstance(held, Zone) else None
    return None


def overfull(cover: Cover) -> str:
    """What a row has more of done than planned, or nothing."""
    for what in COVERED:
        plan, done = getattr(cover, f"{what}_plan"), getattr(cover, f"{what}_done")
        if plan is not None and done is not None and done > plan:
            return f"{what}_done"
    return ""


def _inside(held: Campaign) -> Iterator[tuple[str, str, int | None]]:
    parts: tuple[Any, ...] = (*held.covers, *held.drugs, *held.densities, *held.samples)
    for part in parts:
        yield "zone", "zones", part.zone
    for cover in held.covers:
        yield "unit", "units", cover.unit


CAMPAIGNS = Register(
    table="campaigns",
    noun="campaign",
    record=Campaign,
    chinese="除四害行动",
    english="pest campaign",
    keepers=DESK,
    named_by=("season",),
    closed="a campaign is opened, covered, measured and closed by steps of its own",
    numbered="行动",
    inside=_inside,
    fields=(
        RegisterField(name="season", header="季节", english="Season", required=True),
        RegisterField(name="title", header="名称", english="Title"),
        RegisterField(name="vectors", kind=FieldKind.NAMES, header="防制对象", english="Against"),
        RegisterField(
            name="first", kind=FieldKind.DAY, header="开始日期", english="From", required=True
        ),
        RegisterField(
            name="last", kind=FieldKind.DAY, header="结束日期", english="To", required=True
        ),
        RegisterField(name="closed_on", kind=FieldKind.DAY, header="收尾日期", english="Closed on"),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
    sound=sound,
)
