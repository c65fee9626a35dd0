"""活动记事: figures of one indicator and unit are told once, and spans of them never cross (docs/year.md 3)."""

from collections.abc import Iterator
from itertools import combinations

from core.errors import RefusalKind
from core.model import Figure, Indicator, Log, Unit, Zone
from core.registers.ground import Breach, Ground, Touched
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import LOGGERS


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """A report of the same twice, reports that cross, figures of what the program counts or does not know."""
    if touched is not None and not touched:
        return
    held: dict[tuple[str, int | None], list[tuple[Log, Figure]]] = {}
    known = {i.code: i for i in ground.all(Indicator) if i.active or touched is None}
    for log in ground.all(Log):
        if not log.stands:
            continue
        asked = touched is None or log.id in touched
        for figure in log.figures:
            if asked and figure.indicator not in known:
                fields = {"value": figure.indicator, "number": log.label}
                yield Breach("no_indicator", "logs", log.id, fields, RefusalKind.NOT_FOUND)
            if log.last > log.on:
                key = figure.indicator, _now(ground, log.unit)
                held.setdefault(key, []).append((log, figure))
    for (code, _unit), several in held.items():
        for (log, figure), (other, its) in combinations(several, 2):
            if touched is None or log.id in touched or other.id in touched:
                why = _against(ground, log, figure, other, its)
                if why:
                    late, early = (log, other) if log.id > other.id else (other, log)
                    fields = {"value": code, "number": early.label, "span": span_text(early)}
                    yield Breach(why, "logs", late.id, fields)


def span_text(log: Log) -> str:
    """The days of a line: 2026-04-01..2026-04-30."""
    return f"{log.on}..{log.last}" if log.last > log.on else f"{log.on}"


def _against(ground: Ground, log: Log, figure: Figure, other: Log, its: Figure) -> str:
    """Why two reports of one indicator and unit cannot both stand, or nothing."""
    mine, theirs = _there(ground, log.zone_of(figure)), _there(ground, other.zone_of(its))
    if (log.on, log.last) == (other.on, other.last):
        return "same_span" if mine == theirs else ""
    apart = log.last < other.on or other.last < log.on
    nested = (log.on <= other.on and other.last <= log.last) or (
        other.on <= log.on and log.last <= other.last
    )
    if apart or nested:
        return ""
    related = mine == theirs or (
        mine is not None
        and theirs is not None
        and (mine in _above(ground, theirs) or theirs in _above(ground, mine))
    )
    return "overlap" if related else ""


def _above(ground: Ground, zone: int) -> set[int]:
    found: set[int] = set()
    at: int | None = zone
    while at is not None and at not in found:
        found.add(at)
        held = ground.get("zones", at)
        at = _there(ground, held.parent) if isinstance(held, Zone) else None
    return found


def _there(ground: Ground, zone: int | None) -> int | None:
    """The zone a zone has gone into."""
    seen: set[int] = set()
    while zone is not None and zone not in seen:
        seen.add(zone)
        held = ground.get("zones", zone)
        if not isinstance(held, Zone) or held.into is None:
            break
        zone = held.into
    return zone


def _now(ground: Ground, unit: int | None) -> int | None:
    """The unit a unit has gone into."""
    seen: set[int] = set()
    while unit is not None and unit not in seen:
        seen.add(unit)
        held = ground.get("units", unit)
        if not isinstance(held, Unit) or held.into is None:
            break
        unit = held.into
    return unit


def _inside(log: Log) -> Iterator[tuple[str, str, int | None]]:
    for figure in log.figures:
        yield "zone", "zones", figure.zone


LOGS = Register(
    table="logs",
    noun="log",
    record=Log,
    chinese="活动记事",
    english="log line",
    keepers=LOGGERS,
    named_by=("title",),
    closed="a line is added, corrected and made void by steps of its own",
    numbered="记事编号",
    inside=_inside,
    told=lambda log, belonging: not belonging.units.isdisjoint({log.unit, *log.units}),
    fields=(
        RegisterField(name="on", kind=FieldKind.DAY, header="日期", english="Day", required=True),
        RegisterField(name="until", kind=FieldKind.DAY, header="截止日期", english="Until"),
        RegisterField(
            name="kind", header="活动类型", english="Kind", synonyms="活动|类型", required=True
        ),
        RegisterField(name="title", header="名称", english="Title", synonyms="主题|活动名称|内容"),
        RegisterField(name="place", header="地点", english="Place", synonyms="活动地点|场所"),
        RegisterField(
            name="zone",
            kind=FieldKind.REF,
            header="责任区",
            english="Zone",
            of="zones",
            rests=False,
        ),
        RegisterField(
            name="unit",
            kind=FieldKind.REF,
            header="责任单位",
            english="Unit",
            synonyms="单位|主办单位|填报单位",
            of="units",
            rests=False,
        ),
        RegisterField(
            name="units",
            kind=FieldKind.REFS,
            header="参加单位",
            english="Units taking part",
            of="units",
            rests=False,
        ),
        RegisterField(
            name="people",
            kind=FieldKind.COUNT,
            header="参加人数",
            english="People",
            synonyms="人数|参加人次|人次",
        ),
        RegisterField(
            name="duty",
            kind=FieldKind.REF,
            header="经常性工作",
            english="Duty",
            of="duties",
            rests=False,
        ),
        RegisterField(
            name="campaign",
            kind=FieldKind.REF,
            header="行动",
            english="Campaign",
            of="campaigns",
            rests=False,
        ),
        RegisterField(
            name="items",
            kind=FieldKind.REFS,
            header="问题编号",
            english="Item numbers",
            of="items",
            rests=False,
        ),
        RegisterField(name="source", header="来源", english="Source"),
        RegisterField(name="reference", header="文号", english="Reference"),
        RegisterField(name="chapter", kind=FieldKind.COUNT, header="章节", english="Chapter"),
        RegisterField(name="note", header="备注", english="Note", synonyms="说明"),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
    sound=sound,
)
