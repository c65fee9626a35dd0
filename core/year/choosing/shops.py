"""Words that choose shops: zone: trade: flag: score:<60 unsigned unposted closed, or plain words (docs/year.md 8)."""

import operator
import re
from collections.abc import Callable, Sequence
from datetime import date

from core.errors import RuleError
from core.measures.subjects.shops import BLACK, RED, flag, month_means
from core.model import Shop
from core.town.town import Town
from core.words.text import key_of

KEYS = ("zone", "trade", "flag", "score")
FLAGS = ("unsigned", "unposted", "closed")
_CHINESE = {
    "责任区": "zone",
    "类别": "trade",
    "旗": "flag",
    "分": "score",
    "未签": "unsigned",
    "未挂牌": "unposted",
    "停业": "closed",
}
_SCORE = re.compile(r"(<=|>=|<|>|=)?(\d+(?:\.\d+)?)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
_COLOURS = {"红": RED, "red": RED, "黑": BLACK, "black": BLACK, RED: RED, BLACK: BLACK}
Keep = Callable[[Shop], bool]


def keep_shops(words: Sequence[str], town: Town, day: date) -> Keep:
    """Which shops words let through, as they stand on a day. Raises `RuleError("unknown_filter")`."""
    tests = [_test(word, town, day) for word in words if word.strip()]
    shut = any(word.strip() in ("closed", "停业") for word in words)

    def keep(shop: Shop) -> bool:
        return (shut or shop.open_on(day)) and all(test(shop) for test in tests)

    return keep


def plated(shops: Sequence[Shop], day: date, *, down: bool) -> Sequence[Shop]:
    """Of shops those whose plate can be put up on a day, or taken `down`; all of them where that is none."""
    return [shop for shop in shops if shop.posted_on(day) == down] or shops


def zones_called(town: Town, value: str) -> set[int]:
    """Zones of a code or name. Raises `RuleError("no_zone")`."""
    wanted = key_of(value)
    zones = {z.id for z in town.zones.values() if wanted in (key_of(z.code), key_of(z.name))}
    if not zones:
        raise RuleError("no_zone", value=value)
    return zones


def _test(word: str, town: Town, day: date) -> Keep:
    key, colon, value = word.partition(":") if ":" in word else word.partition("：")
    key = _CHINESE.get(key, key)
    if not colon:
        return _flag(key, day) or _plain(word, town)
    match key:
        case "zone":
            zones = zones_called(town, value)
            return lambda shop: shop.zone in zones
        case "trade":
            return lambda shop: key_of(value) in key_of(shop.trade)
        case "flag":
            colour = _COLOURS.get(value)
            if colour is None:
                raise RuleError("unknown_filter", value=word, expected=("flag:red", "flag:black"))
            return lambda shop: flag(shop, day, town.settings) == colour
        case "score":
            return _score(word, value, day)
        case _:
            expected = (*(f"{k}:" for k in KEYS), *FLAGS)
            raise RuleError("unknown_filter", value=word, expected=expected)


def _flag(word: str, day: date) -> Keep | None:
    match word:
        case "unsigned":
            return lambda shop: shop.agreement_on(day) is None
        case "unposted":
            return lambda shop: not shop.posted_on(day)
        case "closed":
            return lambda shop: shop.shut_on(day)
        case _:
            return None


def _plain(word: str, town: Town) -> Keep:
    wanted = key_of(word)

    def keep(shop: Shop) -> bool:
        zone = town.zones.get(shop.zone)
        texts = (shop.label, shop.name, shop.address, shop.trade, *shop.former)
        named = (zone.name, zone.code) if zone else ()
        return any(wanted in key_of(text) for text in (*texts, *named))

    return keep


def _score(word: str, value: str, day: date) -> Keep:
    found = _SCORE.fullmatch(value)
    if found is None:
        raise RuleError("unknown_filter", value=word, expected=("score:<60",))
    compare, limit = _COMPARE[found[1] or "="], float(found[2])

    def keep(shop: Shop) -> bool:
        means = month_means(shop, day)
        return bool(means) and compare(float(means[max(means)]), limit)

    return keep
