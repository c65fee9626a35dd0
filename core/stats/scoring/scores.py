"""考核得分: the month's score of every unit, from its zones, its rectification and its papers (docs/statistics.md 4).

Parts that are there are scaled: base = 100 x sum earned / sum available; what is added and taken off comes on top.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from core.calendar.spans import Span
from core.model import Document, DocumentKind, Mark, Points, Scheme, Unit
from core.stats.scoring.round_sheet import counted_rounds, of_round, sheet_of
from core.stats.shares import places, points
from core.stats.standing import given_of
from core.stats.statistics import OF_UNITS
from core.stats.tabulated import FigureLine, FigureTable, cells_of, unit_line
from core.stats.tally import tally
from core.town.town import Town

FULL = 10_000
"""A hundred points, in hundredths."""
NOTICE_OFF = 100
"""Hundredths of a point taken off for each 督办通知书."""
CIRCULAR_OFF = 300
"""The same for each 通报批评 that names one of its items."""


class ScorePart(Struct, frozen=True):
    """One part of a score: what it was worth and what was earned of it."""

    code: str
    """zones, rectify or files."""
    available: Fraction
    earned: Fraction
    of: tuple[str, ...] = ()
    """What it was taken from."""


class Extra(Struct, frozen=True):
    """Points that come on top, with their reason."""

    points: int
    """Hundredths."""
    kind: str
    why: str = ""
    id: int = 0
    """Of the entry of points; 0 where a paper takes them off."""


class Score(Struct, frozen=True, kw_only=True):
    """The score of one unit in one month."""

    unit: int
    parts: tuple[ScorePart, ...]
    extras: tuple[Extra, ...] = ()
    bonus_cap: int = 500
    line: FigureLine | None = None
    placed: bool = False
    """Whether it is compared with others."""

    @property
    def available(self) -> Fraction:
        """What the parts that are there were worth."""
        return sum((part.available for part in self.parts), Fraction(0))

    @property
    def base(self) -> Fraction | None:
        """100 x earned / available; None where no part is there."""
        if not self.available:
            return None
        return 100 * sum((part.earned for part in self.parts), Fraction(0)) / self.available

    @property
    def plus(self) -> Fraction:
        """What is added, up to the cap."""
        return points(min(self.bonus_cap, sum(e.points for e in self.extras if e.points > 0)))

    @property
    def minus(self) -> Fraction:
        """What is taken off, below nought."""
        return points(sum(e.points for e in self.extras if e.points < 0))

    @property
    def score(self) -> Fraction | None:
        """The score; None where there is nothing to score."""
        base = self.base
        return None if base is None else max(Fraction(0), base + self.plus + self.minus)

    def part(self, code: str) -> ScorePart | None:
        """One part, where it is there."""
        return next((part for part in self.parts if part.code == code), None)

    @property
    def need(self) -> int:
        """应销号: the base of its rates."""
        return self.line.count("need") if self.line else 0


class Scores(Struct, frozen=True, kw_only=True):
    """The scores of a month, and the figures they rest on."""

    span: Span
    scheme: Scheme
    table: FigureTable
    scores: Mapping[int, Score]
    places: Mapping[int, int]


def scheme_of(town: Town, month: Span) -> Scheme:
    """The scheme in force in a month: the latest that began by then, else the program's own."""
    held = [s for s in town.all(Scheme) if s.active and s.since <= month.code]
    return max(held, key=lambda s: (s.since, s.id), default=Scheme())


def uneven(scheme: Scheme) -> list[tuple[str, int]]:
    """What people expect to add up to 100 and does not, `weights` or `parts`, with its sum in hundredths.

    It is no fault: shares are taken of the sum.
    """
    parts = (scheme.zones, scheme.ontime, scheme.close, scheme.first, scheme.files)
    sums = (("weights", sum(scheme.weights.values())), ("parts", sum(parts)))
    return [(what, total) for what, total in sums if total != FULL]


def unit_scores(town: Town, month: Span, today: date, table: FigureTable | None = None) -> Scores:
    """The scores of a month as they are known on a day. The town must be complete."""
    scheme = scheme_of(town, month)
    if table is None:
        table = tally(town, month, today)
    counted = _Counted(town, month, table.until)
    units = dict.fromkeys(
        key
        for key in (
            *(line.key for line in table.lines),
            *counted.zones,
            *counted.marks,
            *counted.extras,
        )
        if isinstance(key, int)
    )
    there = {line.key for line in table.lines}
    more = tuple(FigureLine(key, cells_of(OF_UNITS, {}, [])) for key in units if key not in there)
    table = replace(table, lines=(*table.lines, *more))
    scores = {key: _score(town, key, scheme, table, counted) for key in units}
    return Scores(
        span=month,
        scheme=scheme,
        table=table,
        scores=scores,
        places=_places(town, scheme, scores),
    )


class _Counted:
    """What was scored in a month, by unit."""

    def __init__(self, town: Town, month: Span, until: date) -> None:
        self.zones: dict[int, dict[int, list[tuple[str, Fraction]]]] = {}
        self.marks: dict[int, list[int]] = {}
        self.extras: dict[int, list[Extra]] = {}
        for held in counted_rounds(month.code, town.rounds):
            sheet = sheet_of(town, held)
            for row in sheet.rows:
                unit, score = unit_line(town, row.lead, until), sheet.score(row)
                if unit is not None and score is not None:
                    named = (f"{held.number} {row.code}", score)
                    self.zones.setdefault(unit, {}).setdefault(row.zone, []).append(named)
            for mark in of_round(town, Mark, held.id):
                unit = unit_line(town, mark.unit, until)
                if mark.active and unit is not None:
                    self.marks.setdefault(unit, []).append(mark.points)
        for unit, extra in _extras(town, month, until):
            self.extras.setdefault(unit, []).append(extra)


def _extras(town: Town, month: Span, until: date) -> Iterator[tuple[int, Extra]]:
    for entry in town.tables["points"].values():
        if isinstance(entry, Points) and entry.active and entry.month == month.code:
            unit = unit_line(town, entry.unit, until)
            if unit is not None:
                yield unit, Extra(entry.points, entry.kind, entry.why, entry.id)
    for paper in town.documents.values():
        if not paper.holds or paper.signed_on is None or paper.signed_on not in month:
            continue
        off = {DocumentKind.SUPERVISION: NOTICE_OFF, DocumentKind.CIRCULAR: CIRCULAR_OFF}.get(
            paper.kind
        )
        if off is not None:
            for key in _named_in(town, paper, until):
                yield key, Extra(-off, paper.kind, paper.number)


def _named_in(town: Town, paper: Document, until: date) -> list[int]:
    """The units a paper goes to, or whose items it names; each once."""
    leads = [paper.unit]
    if paper.kind == DocumentKind.CIRCULAR:
        for key in paper.items:
            item = town.held(key)
            told = [
                given.lead
                for given in (given_of(item, town) if item else ())
                if given.it.issued_on is None
                or (paper.signed_on is not None and given.it.issued_on <= paper.signed_on)
            ]
            leads.append(told[-1] if told else None)
    lines = (unit_line(town, unit, until) for unit in leads)
    return list(dict.fromkeys(key for key in lines if key is not None))


def _score(town: Town, key: int, scheme: Scheme, table: FigureTable, counted: _Counted) -> Score:
    line = table.line(key)
    parts = (
        _zones(counted.zones.get(key), scheme),
        _rectify(line, scheme),
        _files(counted.marks.get(key), scheme),
    )
    score = Score(
        unit=key,
        parts=tuple(part for part in parts if part is not None),
        extras=tuple(counted.extras.get(key, ())),
        bonus_cap=scheme.bonus_cap,
        line=line,
    )
    enough = score.need > 0 and score.available >= points(scheme.coverage)
    return replace(score, placed=enough and in_use(town.units.get(key), table.until))


def in_use(unit: Unit | None, day: date) -> bool:
    """Whether a unit was in use at the end of a day."""
    return unit is not None and (unit.active or (unit.until is not None and unit.until > day))


def _zones(
    seen: Mapping[int, list[tuple[str, Fraction]]] | None, scheme: Scheme
) -> ScorePart | None:
    """The mean over its zones of the mean over the rounds."""
    if not seen or not scheme.zones:
        return None
    means = [sum((s for _n, s in each), Fraction(0)) / len(each) for each in seen.values()]
    worth = points(scheme.zones)
    named = tuple(name for each in seen.values() for name, _score in each)
    return ScorePart("zones", worth, worth * sum(means, Fraction(0)) / len(means) / 100, named)


def _rectify(line: FigureLine | None, scheme: Scheme) -> ScorePart | None:
    """In time, closed, and passed at the first look; without a look the first two carry its share."""
    need = line.count("need") if line else 0
    worth = points(scheme.ontime + scheme.close + scheme.first)
    if line is None or not need or not worth:
        return None
    of_need = points(scheme.ontime) * line.count("ontime") + points(scheme.close) * line.count(
        "closed"
    )
    earned, looked = of_need / need, line.count("inspected")
    if looked:
        earned += points(scheme.first) * (1 - Fraction(line.count("rework"), looked))
    elif scheme.ontime + scheme.close:
        earned *= worth / points(scheme.ontime + scheme.close)
    return ScorePart("rectify", worth, earned, line.cells["need"].listed)


def _files(marks: list[int] | None, scheme: Scheme) -> ScorePart | None:
    if not marks or not scheme.files:
        return None
    worth = points(scheme.files)
    return ScorePart("files", worth, worth * points(sum(marks)) / len(marks) / 10)


def _places(town: Town, scheme: Scheme, scores: Mapping[int, Score]) -> dict[int, int]:
    """The place of every unit that has one, among all or among its like."""
    among: dict[str, dict[int, Fraction | int | None]] = {}
    for key, score in scores.items():
        if score.placed:
            unit = town.units[key]
            like = {"kind": unit.kind, "group": unit.group}.get(scheme.rank_within, "")
            among.setdefault(like, {})[key] = ranked_by(score, scheme.rank_by)
    found: dict[int, int] = {}
    for values in among.values():
        found |= places(values, dense=scheme.ties == "dense")
    return found


def ranked_by(score: Score, by: str) -> Fraction | None:
    """What a unit is compared by: score, close or ontime."""
    if by == "score":
        return score.score
    return score.line.rate(f"{by}_rate") if score.line else None
