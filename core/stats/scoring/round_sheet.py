"""The sheet of a round: what each zone lost, cell by cell, and its score (docs/rounds.md 2).

Zone score = 100 x sum of cells / sum of weights over the categories that apply; a cell is its weight less what
its finds take off, never below nought.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from hashlib import sha256
from typing import TypeVar

import msgspec
from msgspec import Struct

from core.model import Find, Item, Mark, Round, RoundState, State, Visit
from core.stats.shares import places, printed
from core.town.town import Town
from core.words.categories import CATEGORIES

R = TypeVar("R", Find, Visit, Mark)
FINE = 10_000
"""What is taken off is kept in hundredths of hundredths: deduct x count x factor is whole there."""


class SheetFind(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One find on a sheet."""

    find: int
    category: str
    number: str = ""
    text: str = ""
    deduct: int
    count: int = 1
    factor: int = 100
    factor_why: str = ""
    without: str = ""
    """Why it takes nothing off: waived, void, merged; empty where it does."""
    why: str = ""
    """Why it was waived."""

    @property
    def off(self) -> int:
        """What it takes off, in `FINE`."""
        return 0 if self.without else self.deduct * self.count * self.factor


class SheetRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One zone on a sheet."""

    zone: int
    code: str
    name: str
    on: str = ""
    """The day it was looked at."""
    lead: int | None = None
    """The unit that led it that day."""
    seen: bool = False
    why: str = ""
    na: tuple[str, ...] = ()
    finds: tuple[SheetFind, ...] = ()

    def off(self, category: str) -> Fraction:
        """Points that the finds of a category take off, more than its weight perhaps."""
        return Fraction(sum(e.off for e in self.finds if e.category == category), FINE)


class Sheet(Struct, frozen=True, kw_only=True):
    """A whole sheet."""

    round: str
    weights: dict[str, int]
    rows: tuple[SheetRow, ...]

    def applies(self, row: SheetRow) -> list[str]:
        """The categories that count for a zone."""
        return [category for category in self.weights if category not in row.na]

    def cell(self, row: SheetRow, category: str) -> Fraction:
        """What is left of the points of a category."""
        return max(Fraction(0), Fraction(self.weights[category], 100) - row.off(category))

    def score(self, row: SheetRow) -> Fraction | None:
        """The score of a zone; None where it was not seen or nothing applies."""
        present = self.applies(row)
        whole = Fraction(sum(self.weights[c] for c in present), 100)
        if not row.seen or not whole:
            return None
        return 100 * sum((self.cell(row, c) for c in present), Fraction(0)) / whole

    def places(self, *, dense: bool = False) -> dict[int, int]:
        """The place of each zone that has a score."""
        return places({row.zone: self.score(row) for row in self.rows}, dense=dense)

    def row(self, zone: int) -> SheetRow | None:
        """The row of a zone."""
        return next((row for row in self.rows if row.zone == zone), None)

    def printed(self, row: SheetRow) -> str:
        """The score of a zone as it is printed."""
        return printed(self.score(row))


def sheet_of(town: Town, held: Round) -> Sheet:
    """The sheet of a round: as it stands, or as it was when the round became final."""
    if held.sheet:
        kept = msgspec.json.decode(held.sheet, type=Sheet)
        ordered = {c: kept.weights[c] for c in (*CATEGORIES, *kept.weights) if c in kept.weights}
        return msgspec.structs.replace(kept, weights=ordered)
    finds = [f for f in of_round(town, Find, held.id) if f.active]
    visits = {visit.zone: visit for visit in of_round(town, Visit, held.id) if visit.active}
    weights = held.weights or dict.fromkeys(held.categories, 0)
    zones = scope_of(town, held)
    rows = (
        _row(town, zone, visits.get(zone), [f for f in finds if f.zone == zone]) for zone in zones
    )
    return Sheet(round=held.number, weights=weights, rows=tuple(rows))


def of_round(town: Town, kind: type[R], held: int) -> list[R]:
    """Records of a kind that belong to a round, in order."""
    return [record for record in town.all(kind) if record.round == held]


def scope_of(town: Town, held: Round) -> list[int]:
    """The zones of a round, in order of their codes."""
    keys = held.zones or tuple(z.id for z in town.zones.values() if z.active)
    return sorted(keys, key=lambda key: town.zones[key].code)


def _row(town: Town, zone: int, visit: Visit | None, finds: list[Find]) -> SheetRow:
    known = town.zones[zone]
    entries = tuple(_entry(town, find, finds) for find in finds)
    found_in = {entry.category for entry in entries}
    lead = town.lead_of(zone, visit.on) if visit else None
    return SheetRow(
        zone=zone,
        code=known.code,
        name=known.name,
        on=visit.on.isoformat() if visit else "",
        lead=lead.id if lead else None,
        seen=visit is not None and visit.seen,
        why=visit.why if visit else "",
        na=tuple(c for c in visit.na if c not in found_in) if visit else (),
        finds=entries,
    )


def _entry(town: Town, find: Find, others: list[Find]) -> SheetFind:
    item = town.held(find.item) if find.item is not None else None
    text = find.text
    if item is not None:
        text = f"{item.location} {item.description}".strip() if item.location else item.description
    return SheetFind(
        find=find.id,
        category=find.category,
        number=item.label if item else "",
        text=text,
        deduct=find.deduct,
        count=find.count,
        factor=find.factor,
        factor_why=find.factor_why,
        without=_without(town, find, item, others),
        why=find.waived_why,
    )


def _without(town: Town, find: Find, item: Item | None, others: list[Find]) -> str:
    """Why a find takes nothing off."""
    if find.waived_on is not None:
        return "waived"
    if item is None:
        return ""
    if item.state == State.VOID:
        return "void"
    kept = {other.item for other in others if other.id != find.id}
    seen: set[int] = set()
    while item is not None and item.state == State.MERGED and item.id not in seen:
        seen.add(item.id)
        if item.merged_into in kept:
            return "merged"
        item = town.held(item.merged_into) if item.merged_into is not None else None
    return ""


def frozen_sheet(sheet: Sheet) -> tuple[str, str]:
    """A sheet as canonical JSON, and its SHA-256."""
    text = msgspec.json.encode(sheet, order="sorted").decode()
    return text, sha256(text.encode()).hexdigest()


COUNTED = (RoundState.SCORED, RoundState.PUBLISHED, RoundState.FINAL)


def counted_rounds(first: str, rounds: Mapping[int, Round]) -> list[Round]:
    """Rounds of a month that count in its scores: held, and not left out."""
    return [
        held
        for held in rounds.values()
        if held.active
        and held.counts
        and held.state in COUNTED
        and held.held_on.isoformat()[:7] == first
    ]


def last_na(visits: Iterable[Visit], held: Round, zone: int) -> tuple[str, ...]:
    """What did not apply in a zone when it was last seen in another round."""
    earlier = [v for v in visits if v.active and v.zone == zone and v.round != held.id]
    last = max(earlier, key=lambda v: (v.on, v.id), default=None)
    return last.na if last is not None else ()
