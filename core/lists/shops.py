"""Rows of a list of shops as actions: known by number, credit number, or name and zone (docs/year.md 9)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from core.actions.action import Action
from core.actions.registers import Add, Edit
from core.actions.year import PlateShops, SignShops
from core.errors import Doubt, Incomplete, RuleError
from core.lists.coming import Cells, RowReader
from core.lists.list_reading import Reading, cell_value
from core.model import Shop
from core.registers.shops import SHOPS
from core.words.cells import text_of
from core.words.numbers import is_credit_no
from core.words.text import TICKS, key_of

POSTS = (
    "店长",
    "经理",
    "老板",
    "负责人",
    "经营者",
    "业主",
    "店主",
    "法人",
    "厂长",
    "主任",
    "管理员",
    "值班",
)
"""What a keeper may be called; anything else is a person's name, which is not kept."""
_TICKS = frozenset(f"{TICKS}是有yY1")
_MONTH = re.compile(r"\d{4}[年.-]\d{1,2}月?")
_FIELDS = ("name", "zone", "address", "trade", "phone", "credit_no", "permit_no", "scope", "note")


class ShopRows(RowReader):
    """Rows of a list of shops as actions."""

    NEEDED = ("name",)

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        held = [s for s in reading.town.all(Shop) if s.active]
        self._labels = {key_of(s.label): s for s in held}
        live = [s for s in held if s.closed_on is None]
        self._credits = {s.credit_no: s for s in live if s.credit_no}
        self._names = {(key_of(s.name), s.zone): s for s in live}
        self._seen: dict[tuple[str, int], str] = {}

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError` where it does not fit."""
        fields = self._fields(cells)
        shop = self._known(cells, fields)
        if shop is None:
            return [self._new(cells, fields)]
        changed = {k: v for k, v in fields.items() if getattr(shop, k) != v}
        done: list[Action] = []
        if changed:
            done.append(Edit(table="shops", record=shop.id, fields=changed))
        signed, until = self._day(cells, "signed_on"), self._day(cells, "until")
        if signed and not any(a.signed_on == signed for a in shop.agreements):
            done.append(SignShops(shops=(shop.id,), on=signed, until=until))
        posted = self._day(cells, "plate_on")
        if posted and not shop.posted_on(posted):
            done.append(PlateShops(shops=(shop.id,), on=posted))
        return done

    def doubts(self, cells: Cells) -> Iterator[Doubt]:
        """What of a row is not kept and why, and what somebody should look at."""
        keeper, number = text_of(cells, "keeper"), credit(cells)
        if keeper and not any(post in keeper for post in POSTS):
            yield Doubt("person_left_out", field="keeper")
        if number and not is_credit_no(number):
            yield Doubt("no_credit_no", number, "credit_no")
        for name, code in (("signed_on", "tick_signed"), ("plate_on", "tick_posted")):
            if cells.get(name) not in (None, "") and _is_tick(cells[name]):
                yield Doubt(code, field=name)
        held = self._credits.get(number)
        name = text_of(cells, "name")
        if held is not None and key_of(name) not in ("", key_of(held.name)):
            yield Doubt("other_keeper", f"{held.label} {held.name} / {name}")

    def _fields(self, cells: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for name in _FIELDS:
            value = cell_value(self._reading, SHOPS, SHOPS.field(name), cells)
            if value is not None:
                fields[name] = value
        if not is_credit_no(credit(fields)):
            fields.pop("credit_no", None)
        keeper = text_of(cells, "keeper")
        if keeper and any(post in keeper for post in POSTS):
            fields["keeper"] = keeper
        for name in ("opened_on", "closed_on"):
            day = self._day(cells, name)
            if day is not None:
                fields[name] = day
        for name in ("name", "zone"):
            if fields.get(name) is None:
                raise Incomplete("missing", fields=(name,), table="shops")
        return fields

    def _day(self, cells: Mapping[str, Any], name: str) -> date | None:
        raw = cells.get(name)
        if raw is None or _is_tick(raw) or _is_no(str(raw)):
            return None
        return self._reading.cell_day(raw, name)

    def _known(self, cells: dict[str, Any], fields: dict[str, Any]) -> Shop | None:
        """The shop a row is about; a closed one only by its number."""
        code = key_of(text_of(cells, "code"))
        if code in self._labels:
            return self._labels[code]
        if credit(fields) in self._credits:
            return self._credits[credit(fields)]
        return self._names.get((key_of(fields["name"]), fields["zone"]))

    def _new(self, cells: dict[str, Any], fields: dict[str, Any]) -> Action:
        key = key_of(fields["name"]), fields["zone"]
        if key in self._seen:
            raise RuleError("shop_twice", value=fields["name"])
        self._seen[key] = fields["name"]
        signed, until = self._day(cells, "signed_on"), self._day(cells, "until")
        if signed:
            fields["agreements"] = ({"signed_on": signed, "until": until},)
        posted = self._day(cells, "plate_on")
        if posted:
            fields["plate_on"] = posted
        known = [day for day in (signed, posted) if day is not None]
        if known and "opened_on" not in fields:
            fields["registered_on"] = min(known)  # the first day that is known of it
        return Add(table="shops", fields=fields)


def credit(fields: Mapping[str, Any]) -> str:
    """A credit number as it is kept."""
    return str(fields.get("credit_no") or "").replace(" ", "").upper()


def _is_tick(raw: Any) -> bool:
    """Whether a cell says that it is so, and not when: √, 已签, 2025年3月."""
    text = str(raw).strip()
    return text in _TICKS or text.startswith("已") or bool(_MONTH.fullmatch(text))


def _is_no(text: str) -> bool:
    return text.strip() in (
        "×",
        "否",
        "无",
        "未",
        "未签",
        "未挂",
        "未签订",
        "未挂牌",
        "no",
        "0",
        "-",
        "—",
        "/",
    )
