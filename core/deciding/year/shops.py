"""商户: registered, signed, posted, checked, handed on, closed (docs/year.md 2)."""

import re
from datetime import date
from typing import Any

from msgspec.structs import replace

from core.actions.loop.road import Report
from core.actions.year import CheckShop, CloseShop, PlateShops, SignShops, TransferShop
from core.calendar.working_days import ONE_DAY
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own
from core.deciding.loop.road import report
from core.errors import Clash, NotFound, RuleError
from core.model import Agreement, Role, Shop, ShopCheck
from core.roles import CHECKERS, DESK
from core.words.categories import category_of
from core.words.numbers import is_credit_no

SOURCE = "门前三包检查"
"""Where a problem found at a shop comes from."""
FULL = 100_00


def _filled(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    if isinstance(fields.get("credit_no"), str):
        fields["credit_no"] = re.sub(r"\s+", "", fields["credit_no"]).upper()
    if fields.get("agreements"):
        fields["agreements"] = tuple(_agreement(draft, each) for each in fields["agreements"])
    return fields


def _agreement(draft: Draft, given: Any) -> Agreement:
    """An agreement of a list; without its last day it holds as the office has it."""
    if isinstance(given, Agreement):
        return given
    signed = given["signed_on"]
    until = given.get("until") or _usual_end(draft, signed)
    if until is not None and until < signed:
        raise RuleError("ends_early", value=until, start=signed, field="until")
    return Agreement(signed_on=signed, until=until)


def _begun(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    return {"registered_on": draft.now.today, **fields}


def _check(draft: Draft, shop: Shop) -> None:
    if shop.credit_no and not is_credit_no(shop.credit_no):
        raise RuleError("bad_credit_no", value=shop.credit_no)
    for name in ("opened_on", "closed_on"):
        day = getattr(shop, name)
        if day is not None and day > draft.now.today:
            raise RuleError("future_date", field=name, value=day)
    if shop.opened_on and shop.closed_on and shop.closed_on < shop.opened_on:
        raise RuleError("before_step", number=shop.label, on=shop.closed_on, before=shop.opened_on)


def _renamed(draft: Draft, shop: Shop) -> None:
    """The name it had stays known."""
    before = draft.town.tables["shops"].get(shop.id)
    if isinstance(before, Shop) and before.name not in (shop.name, *shop.former):
        draft.put("shops", replace(shop, former=(*shop.former, before.name)))


OWN["shops"] = Own(fill=_filled, begin=_begun, check=_check, edited=_renamed)


def known(draft: Draft, key: int, *, open_: bool = True) -> Shop:
    """A shop. Raises `NotFound("no_record")`, `Clash("shop_closed")`."""
    shop = draft.get("shops", key)
    if not isinstance(shop, Shop) or not shop.active:
        raise NotFound("no_record", table="shops", value=str(key))
    if open_ and shop.closed_on is not None:
        raise Clash("shop_closed", number=f"{shop.label} {shop.name}", on=shop.closed_on)
    return shop


@decides
def sign_shops(draft: Draft, action: SignShops) -> None:
    """签责任书, of several at once."""
    role = draft.require(DESK)
    day = draft.day(action.on)
    for key in dict.fromkeys(action.shops):
        shop = known(draft, key)
        until = _until(draft, action, day)
        if until is not None and until < day:
            raise RuleError("before_step", number=shop.label, on=until, before=day)
        if any(a.signed_on == day for a in shop.agreements):
            raise Clash("signed_already", number=f"{shop.label} {shop.name}", on=day)
        new = Agreement(signed_on=day, until=until, files=action.files)
        held = tuple(sorted((*shop.agreements, new), key=lambda a: a.signed_on))
        draft.put("shops", replace(shop, agreements=held))
        told = until.isoformat() if until else ""
        draft.note(shop, "sign_shops", role, table="shops", on=day, reference=told)


def _until(draft: Draft, action: SignShops, day: date) -> date | None:
    return None if action.open else action.until or _usual_end(draft, day)


def _usual_end(draft: Draft, day: date) -> date | None:
    """The last day of an agreement of which nobody says it: the end of its year, or none."""
    return None if draft.town.settings.agreement == "open" else date(day.year, 12, 31)


@decides
def plate_shops(draft: Draft, action: PlateShops) -> None:
    """挂牌, or taken down."""
    role = draft.require(DESK)
    day = draft.day(action.on)
    for key in dict.fromkeys(action.shops):
        shop = known(draft, key)
        if shop.posted_on(day) != action.down:
            raise Clash(
                "not_posted" if action.down else "posted_already",
                number=f"{shop.label} {shop.name}",
            )
        after = (
            replace(shop, plate_off=day)
            if action.down
            else replace(shop, plate_on=day, plate_off=None)
        )
        draft.put("shops", after)
        draft.note(shop, "plate_shops", role, table="shops", on=day, reason="摘牌" * action.down)


@decides
def check_shop(draft: Draft, action: CheckShop) -> None:
    """检查; a problem is reported with it where that is asked."""
    role = draft.require(CHECKERS)
    shop = known(draft, action.shop)
    day = draft.day(action.on)
    if day < shop.since:
        raise RuleError("before_step", number=shop.label, on=day, before=shop.since)
    off = sum(action.deductions.values())
    score = FULL - off if action.score is None else action.score
    if not 0 <= score <= FULL or any(points <= 0 for points in action.deductions.values()):
        raise RuleError("bad_score", value=f"{score / 100:g}")
    if action.files and not action.report:
        raise RuleError("photo_of_report")
    item = _reported(draft, shop, action, day) if action.report else None
    made = ShopCheck(
        on=day,
        inspector=action.by or draft.actor.login,
        score=score,
        deductions=action.deductions,
        finding=action.finding,
        zone=shop.zone,
        item=item,
    )
    draft.put("shops", replace(shop, checks=(*shop.checks, made)))
    draft.note(
        shop,
        "check_shop",
        role,
        table="shops",
        on=day,
        reference=f"{score / 100:g}",
        note=action.finding,
    )


def _reported(draft: Draft, shop: Shop, action: CheckShop, day: date) -> int:
    """The problem of a check, as an item of its zone."""
    category = action.category or category_of(action.subcategory)
    made = report(
        draft,
        Report(
            on=day,
            zone=shop.zone,
            location=f"{shop.name}门前",
            description=action.finding,
            category=category,
            subcategory=action.subcategory,
            source=SOURCE,
            found_on=day,
            files=action.files,
        ),
    )
    return made.id


@decides
def transfer_shop(draft: Draft, action: TransferShop) -> None:
    """换人: the agreement ends the day before, and the new keeper signs anew."""
    role = draft.require(DESK)
    shop = known(draft, action.shop)
    day = draft.day(action.on)
    held = tuple(
        replace(each, until=day - ONE_DAY) if each.holds(day) and each.signed_on < day else each
        for each in shop.agreements
    )
    allowed = {"name", "keeper", "phone", "credit_no", "permit_no", "trade"}
    fields = _filled(draft, {k: v for k, v in action.fields.items() if k in allowed})
    after = replace(shop, agreements=held, **fields)
    if after.name != shop.name and shop.name not in after.former:
        after = replace(after, former=(*after.former, shop.name))
    if after == shop:
        raise RuleError("nothing_changed", number=f"{shop.label} {shop.name}")
    _check(draft, after)
    draft.put("shops", after)
    draft.note(shop, "transfer_shop", role, table="shops", on=day, note=action.note)


@decides
def close_shop(draft: Draft, action: CloseShop) -> None:
    """停业: the last day it counts is the one before."""
    role: Role = draft.require(DESK)
    shop = known(draft, action.shop)
    day = draft.day(action.on)
    if day < shop.since:
        raise RuleError("before_step", number=shop.label, on=day, before=shop.since)
    draft.put("shops", replace(shop, closed_on=day))
    draft.note(shop, "close_shop", role, table="shops", on=day, note=action.note)
