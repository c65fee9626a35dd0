"""责任区 and 责任分工: codes and names are a zone's own, none lies in itself, one unit leads at a time."""

from collections.abc import Iterator
from itertools import pairwise

from core.errors import RefusalKind
from core.model import Part, Responsibility, Zone
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import MASTERS
from core.words.text import key_of


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two zones share a code, or two in use a name; a zone is part of itself."""
    zones = list(ground.all(Zone))
    for _key, zone, other in doubles(zones, lambda z: (z.code.upper(),), touched):
        yield _taken(zone, zone.code, active=other.active)
    live = [zone for zone in zones if zone.active]
    for _key, zone, _other in doubles(live, lambda z: (key_of(z.name),), touched):
        yield _taken(zone, zone.name, active=True)
    for zone in zones:
        if zone.parent is not None and (touched is None or zone.id in touched):
            yield from _in_itself(ground, zone)


def _taken(zone: Zone, value: str, *, active: bool) -> Breach:
    return Breach("taken", "zones", zone.id, {"table": "zones", "value": value, "active": active})


def _in_itself(ground: Ground, zone: Zone) -> Iterator[Breach]:
    seen, parent = {zone.id}, zone.parent
    while parent is not None:
        above = ground.get("zones", parent)
        if not isinstance(above, Zone):
            yield Breach("no_zone", "zones", zone.id, {"value": str(parent)}, RefusalKind.INPUT)
            return
        if above.id in seen:
            yield Breach(
                "zone_in_itself", "zones", zone.id, {"value": zone.name}, RefusalKind.INPUT
            )
            return
        seen.add(above.id)
        parent = above.parent


def sound_leads(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two units lead one zone on one day, today or later."""
    leads: dict[int, list[Responsibility]] = {}
    for held in ground.all(Responsibility):
        if held.part == Part.LEAD and not held.empty and not _over(ground, held):
            leads.setdefault(held.zone, []).append(held)
    for zone, several in leads.items():
        several.sort(key=lambda held: (held.since, held.id))
        for first, second in pairwise(several):
            overlap = first.until is None or first.until > second.since
            if overlap and (touched is None or touched & {first.id, second.id}):
                record = ground.get("zones", zone)
                name = record.name if isinstance(record, Zone) else str(zone)
                yield Breach("two_leads", "zones", zone, {"value": name})


def _over(ground: Ground, held: Responsibility) -> bool:
    return held.until is not None and held.until <= ground.today


ZONES = Register(
    table="zones",
    noun="zone",
    record=Zone,
    chinese="责任区",
    english="zone",
    letter="z",
    keepers=MASTERS,
    named_by=("code", "name"),
    fields=(
        RegisterField(
            name="code",
            header="编码",
            english="Code",
            synonyms="责任区编码|编号|代码|责任区编号|片区编号|网格编号|网格编码|网格号|片区号",
            required=True,
            plain=True,
        ),
        RegisterField(
            name="name",
            header="名称",
            english="Name",
            synonyms="责任区名称|路段|区域|片区名称|路段名称|网格名称|区域名称|责任片区|责任路段|包保路段|街巷|点位|点位名称|场所|场所名称|责任区域|村社区|社区|路名",
            required=True,
            plain=True,
        ),
        RegisterField(
            name="kind",
            header="类型",
            english="Type",
            synonyms="类别|性质|区域类型|责任区类型|属性",
        ),
        RegisterField(
            name="parent",
            kind=FieldKind.REF,
            header="上级",
            english="Part of",
            synonyms="上级责任区|所属片区|所属责任区|上级片区|所属网格|所属社区",
            of="zones",
        ),
        RegisterField(
            name="scope",
            header="范围",
            english="Scope",
            synonyms="四至|四至范围|起止|起止点|起止范围|区域范围|责任范围|边界|具体范围|责任区范围|起讫点",
        ),
        RegisterField(
            name="lead_unit",
            kind=FieldKind.REF,
            header="责任单位",
            english="Lead unit",
            synonyms="牵头单位|包保单位|主责单位|包片单位|责任部门|牵头部门|包联单位|承包单位|管理单位|包抓单位",
            of="units",
            kept=False,
        ),
        RegisterField(
            name="area",
            kind=FieldKind.FIGURE,
            header="面积",
            english="Area (m2)",
            synonyms="平方米|面积平方米|占地面积|保洁面积",
        ),
        RegisterField(
            name="households",
            kind=FieldKind.COUNT,
            header="户数",
            english="Households",
            synonyms="住户数|居民户数|总户数",
        ),
        RegisterField(
            name="population",
            kind=FieldKind.COUNT,
            header="人口",
            english="Population",
            synonyms="人口数|总人口|常住人口|人数",
        ),
        RegisterField(name="note", header="备注", english="Note", synonyms="说明"),
        RegisterField(
            name="active", kind=FieldKind.YES, header="在用", english="In use", synonyms="是否在用"
        ),
    ),
    sound=sound,
)
