"""A filled sheet or a list of finds as what is to be entered into a round (docs/rounds.md 5)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from core.actions.action import Action
from core.actions.rounds import AddFind, VisitZone
from core.errors import NotFound, RuleError
from core.model import Find, Round, Zone
from core.rounds.portable import FACTOR_WORDS, FIND_HEADERS, NOT_APPLICABLE
from core.stats.scoring.round_sheet import Sheet, of_round, sheet_of
from core.stats.shares import in_points, read_points, rounded
from core.town.called import zone_called
from core.town.town import Town
from core.words.cells import read_whole, text_of, yes_of
from core.words.dates import day_written
from core.words.text import key_of

_SCORED = "#score"
"""Behind a category whose column holds scores."""
ALREADY = "一表一格"
_NOT_THERE = (NOT_APPLICABLE, "不适用")
_UNSEEN = ("-", "—")


def incoming_headers(held: Round) -> dict[str, str]:
    """Fields of a sheet or a list of finds, by header as `key_of` compares it; nothing for what is not read."""
    found = {key_of(header): key for key, header in FIND_HEADERS.items()}
    found |= {key_of(key): key for key in FIND_HEADERS}
    found |= {key_of(w): "zone" for w in ("编码", "责任区编码", "区编码")}
    found |= {key_of(w): "score" for w in ("得分", "总分", "合计得分")}
    found |= {key_of(w): "seen" for w in ("已检查", "是否检查", "seen")}
    found |= {key_of(w): "why" for w in ("未检查原因", "why")}
    found |= {key_of(w): "" for w in ("名次", "牵头单位", "序号", "名")}
    for category in held.weights:
        found |= {key_of(w): category for w in (category, f"{category}扣分")}
        found[key_of(f"{category}得分")] = category + _SCORED
    return found


class IncomingSheet:
    """Reads rows for one round of one town."""

    def __init__(self, town: Town, held: Round, today: date, *, scores: bool) -> None:
        self.town, self.held, self.today, self.scores = town, held, today, scores
        self.sheet: Sheet = sheet_of(town, held)
        self.known = {self._key(find) for find in of_round(town, Find, held.id) if find.active}

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What a row asks for; nothing where it is there already. Raises `RuleError`."""
        zone = self._zone(cells)
        if text_of(cells, "deduct"):
            return list(self._find(zone, cells))
        return list(self._row(zone, cells))

    def _zone(self, cells: dict[str, Any]) -> Zone:
        name = text_of(cells, "zone") or text_of(cells, "zone_name")
        zone = zone_called(self.town.zones.values(), name)
        if zone.id not in self.held.zones:
            raise NotFound("zone_not_in_round", number=self.held.number, value=zone.code)
        return zone

    def says_nothing(self, cells: dict[str, Any]) -> bool:
        """Whether a row leaves open whether its zone was seen: no figure, no word of it, and not seen so far."""
        if any(text_of(cells, key) for key in ("deduct", "seen", "why")) or self._figures(cells):
            return False
        row = self.sheet.row(self._zone(cells).id)
        return row is None or not row.on

    def _figures(self, cells: dict[str, Any]) -> bool:
        """Whether a cell of the row holds a number."""
        said = (text_of(cells, c) or text_of(cells, c + _SCORED) for c in self.held.weights)
        return any(text not in ("", *_NOT_THERE, *_UNSEEN) for text in said)

    def _row(self, zone: Zone, cells: dict[str, Any]) -> Iterator[Action]:
        row = self.sheet.row(zone.id)
        why = text_of(cells, "why")
        if why or not (self._figures(cells) or yes_of(cells.get("seen"))):
            if why and (row is None or row.seen or row.why != why):
                yield VisitZone(round=self.held.id, zone=zone.id, seen=False, why=why)
            return
        if self.says_nothing(cells):
            return
        na = tuple(c for c in self.held.weights if text_of(cells, c) in _NOT_THERE)
        if row is not None and (not row.on or (na and set(na) != set(row.na))):
            yield VisitZone(round=self.held.id, zone=zone.id, na=na)
        for category, weight in self.held.weights.items():
            off = self._off(cells, category, weight)
            if off is None:
                continue
            there = row.off(category) if row is not None else Fraction(0)
            if there and min(rounded(there), weight) != off:
                raise RuleError(
                    "cell_filled",
                    zone=zone.code,
                    category=category,
                    value=in_points(rounded(there)),
                )
            if not there and off:
                yield AddFind(
                    round=self.held.id,
                    zone=zone.id,
                    category=category,
                    itemless=True,
                    text=ALREADY,
                    deduct=off,
                    factor=100,
                )

    def _off(self, cells: dict[str, Any], category: str, weight: int) -> int | None:
        """Hundredths taken off in a cell; None where nothing stands there."""
        text, scored = text_of(cells, category), self.scores
        if not text:
            text, scored = text_of(cells, category + _SCORED), True
        if not text or text in (*_NOT_THERE, *_UNSEEN):
            return None
        value = _points(text)
        off = weight - value if scored else value
        if not 0 <= off <= weight:
            raise RuleError("off_beyond", category=category, value=text, most=in_points(weight))
        return off

    def _find(self, zone: Zone, cells: dict[str, Any]) -> Iterator[Action]:
        number, category = text_of(cells, "number"), text_of(cells, "category")
        if category not in self.held.weights:
            raise RuleError("not_scored", number=self.held.number, value=category)
        item = self.town.find(number) if number else None
        if number and item is None:
            raise NotFound("no_item", number=number)
        day = text_of(cells, "found_on")
        whys = {word: code for code, word in FACTOR_WORDS.items()}
        action = AddFind(
            round=self.held.id,
            zone=zone.id,
            category=category,
            subcategory=text_of(cells, "subcategory"),
            item=item.id if item is not None else None,
            itemless=item is None,
            text=text_of(cells, "description"),
            deduct=_points(text_of(cells, "deduct")),
            count=read_whole(text_of(cells, "count") or "1") or 0,
            factor=_points(text_of(cells, "factor") or "1"),
            factor_why=whys.get(text_of(cells, "factor_why"), ""),
            note=text_of(cells, "factor_why") or "按表",
            on=day_written(day, self.today, "found_on") if day else None,
            by=self._login(text_of(cells, "inspector")),
            waived_why=text_of(cells, "waived_why"),
        )
        text = action.text if item is None else ""
        key = (zone.id, category, action.item, text, action.deduct, action.count, action.factor)
        if key not in self.known:
            self.known.add(key)
            yield action

    def _login(self, name: str) -> str:
        """The login of whoever is called so; the name itself of a guest."""
        members = self.town.staff.values()
        return next((m.login for m in members if m.active and m.name == name), name)

    @staticmethod
    def _key(find: Find) -> tuple[Any, ...]:
        return (
            find.zone,
            find.category,
            find.item,
            find.text,
            find.deduct,
            find.count,
            find.factor,
        )


def _points(text: str) -> int:
    """Hundredths; nought where nothing stands there."""
    return read_points(text) or 0
