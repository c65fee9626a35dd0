"""三、存在问题 and 四、下步打算: lists the program makes; the clerk writes why (docs/year.md 5)."""

from collections import Counter
from fractions import Fraction

from msgspec import Struct

from core.measures import Question
from core.measures.indicators import indicators
from core.measures.progress import BEHIND, targets_of, with_targets
from core.measures.subjects.archive import points_of
from core.measures.subjects.duties import standing
from core.measures.subjects.items import found_on, numbered, recurring, suspended
from core.measures.subjects.shops import valid
from core.model import HELD, LEFT_STATES, Item, Round
from core.stats.scoring.round_sheet import sheet_of
from core.stats.shares import printed
from core.words.amounts import written

WORST = 3


class Top(Struct, frozen=True):
    """A 小类 that came again, or was found most."""

    subcategory: str
    recurring: tuple[str, ...]
    found: int


class WorstZone(Struct, frozen=True, omit_defaults=True):
    """A zone that stands badly: by the mean of its rounds, else by what was found."""

    zone: str
    found: int
    mean: str = ""


class Troubles(Struct, frozen=True, kw_only=True):
    """Everything a summary lists of what is not well, and of what comes next."""

    top: tuple[Top, ...] = ()
    suspended: tuple[str, ...] = ()
    worst_zones: tuple[WorstZone, ...] = ()
    missed: tuple[str, ...] = ()
    lagging: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    plans: tuple[tuple[str, str], ...] = ()
    """Suspended problems with the day they are planned for."""
    targets: tuple[tuple[str, str], ...] = ()
    """Targets of the year to come."""
    archive: tuple[str, ...] = ()
    """Points of the archive that lack something."""
    names: dict[str, str] = {}
    """What a paper calls the shops, duties and zones that are listed."""


def troubles(asked: Question) -> Troubles:
    """What is not well at the end of a stretch."""
    town, period = asked.town, asked.period
    items = _items(asked)
    over = [e for e in standing(town, period.first, asked.day, period.known) if e.missed]
    missed = [each.instance.ref for each in over]
    unsigned = [s for s in valid(asked) if s.agreement_on(asked.day) is None]
    names = {e.instance.ref: f"{e.instance.duty.name}（{e.instance.key}）" for e in over}
    names |= {s.label: s.name for s in unsigned}
    names |= {z.code: z.name for z in town.zones.values()}
    held = suspended(asked)
    return Troubles(
        top=tuple(_top(asked, items)),
        suspended=tuple(line.ref for line in held.lines),
        worst_zones=tuple(_worst(asked, items)),
        missed=tuple(sorted(missed)),
        lagging=tuple(e.indicator.code for e in with_targets(asked) if e.state in BEHIND),
        unsigned=tuple(s.label for s in unsigned),
        names=names,
        plans=tuple(_plans(asked, {line.ref for line in held.lines})),
        targets=tuple(_next_targets(asked)),
        archive=tuple(
            f"{point.code} {point.name}"
            for point in points_of(town)
            if not point.asks(asked).enough
        ),
    )


def _items(asked: Question) -> list[Item]:
    return [
        item
        for item in asked.town.problems()
        if numbered(item) and found_on(item) in asked.period and item.state not in LEFT_STATES
    ]


def _top(asked: Question, items: list[Item]) -> list[Top]:
    """The three 小类 with the most recurrences, then the most finds."""
    again: dict[str, list[str]] = {}
    kinds = {item.label: item.subcategory for item in items}
    for line in recurring(asked).lines:
        again.setdefault(kinds[line.ref], []).append(line.ref)
    counts = Counter(item.subcategory for item in items if item.subcategory)
    ranked = sorted(counts, key=lambda sub: (-len(again.get(sub, ())), -counts[sub], sub))
    return [Top(sub, tuple(again.get(sub, ())), counts[sub]) for sub in ranked[:WORST]]


def _worst(asked: Question, items: list[Item]) -> list[WorstZone]:
    """The three zones with the lowest mean of their rounds; where there are none, with the most found."""
    town = asked.town
    counts = Counter(item.zone for item in items if item.zone is not None)
    scores: dict[int, list[Fraction]] = {}
    for held in town.all(Round):
        if held.active and held.counts and held.state in HELD and held.held_on in asked.period:
            sheet = sheet_of(town, held)
            for row in sheet.rows:
                score = sheet.score(row)
                if score is not None:
                    scores.setdefault(row.zone, []).append(score)
    if scores:
        means = {zone: sum(s, Fraction(0)) / len(s) for zone, s in scores.items()}
        order = sorted(means, key=lambda z: (means[z], -counts[z], town.zones[z].code))
        return [WorstZone(town.zones[z].code, counts[z], printed(means[z])) for z in order[:WORST]]
    ranked = sorted(counts, key=lambda z: (-counts[z], town.zones[z].code))
    return [WorstZone(town.zones[z].code, counts[z]) for z in ranked[:WORST]]


def _plans(asked: Question, labels: set[str]) -> list[tuple[str, str]]:
    found = [i for i in asked.town.items.values() if i.label in labels]
    return [
        (item.label, item.plan_on.isoformat() if item.plan_on else "")
        for item in sorted(found, key=lambda i: i.label)
    ]


def _next_targets(asked: Question) -> list[tuple[str, str]]:
    year = asked.period.year + 1
    told = []
    for held in indicators(asked.town):
        targets = [t for t in held.targets if t.year == year]
        if targets:
            last = targets_of(held, year, max(t.set_on for t in targets))[-1]
            told.append((held.code, f"{held.name}{written(last.value, held.scale)}{held.unit}"))
    return told
