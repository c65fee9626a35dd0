"""门前三包: agreements, plates, checks and flags (docs/year.md 2)."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from core.calendar.spans import Span
from core.measures.counted import (
    Counted,
    LeftOut,
    Question,
    TraceLine,
    by_ref,
    count,
    ordered,
    share,
)
from core.model import Settings, Shop, ShopCheck
from core.stats.shares import printed
from core.words.amounts import written

FRESH = timedelta(days=92)
"""How old the last check of a flag may be."""
HAND_OVER, REMIND, PRAISE = "移交", "提醒", "表扬"
RED, BLACK = "红旗", "黑旗"


def shops_by(asked: Question) -> list[Shop]:
    """Shops that were there at any time up to the day, by number."""
    return [s for s in asked.town.all(Shop) if s.active and s.since <= asked.day]


def there(asked: Question) -> bool:
    """Whether the register has anything."""
    return bool(shops_by(asked))


def valid(asked: Question) -> list[Shop]:
    """Shops that count on the day."""
    return [s for s in shops_by(asked) if s.open_on(asked.day)]


def open_(asked: Question) -> Counted:
    """How many there are on the day."""
    shut = [LeftOut(s.label, "停业") for s in shops_by(asked) if s.shut_on(asked.day)]
    return count((TraceLine(s.label, s.since, None, s.zone) for s in valid(asked)), shut)


def signed_rate(asked: Question) -> Counted:
    """签订率: with an agreement in force on the day."""
    lines, left, shops = [], [], valid(asked)
    for shop in shops:
        held = shop.agreement_on(asked.day)
        if held is not None:
            lines.append(TraceLine(shop.label, held.signed_on, None, shop.zone))
        else:
            had = any(a.signed_on <= asked.day for a in shop.agreements)
            left.append(LeftOut(shop.label, "过期" if had else "未签"))
    return share(len(lines), len(shops), lines, by_ref(left))


def letters(asked: Question) -> Counted:
    """签订份数: agreements signed in the stretch, renewals too."""
    return count(
        ordered(
            TraceLine(shop.label, each.signed_on, None, shop.zone)
            for shop in asked.town.all(Shop)
            if shop.active
            for each in shop.agreements
            if each.signed_on in asked.period
        )
    )


def posted_rate(asked: Question) -> Counted:
    """挂牌率."""
    shops = valid(asked)
    lines = [TraceLine(s.label, s.plate_on, None, s.zone) for s in shops if s.posted_on(asked.day)]
    return share(len(lines), len(shops), lines)


def _checks(asked: Question) -> list[tuple[Shop, ShopCheck]]:
    found = [
        (shop, check)
        for shop in asked.town.all(Shop)
        if shop.active
        for check in shop.checks
        if check.on in asked.period
    ]
    return sorted(found, key=lambda pair: (pair[1].on, pair[0].id))


def checks(asked: Question) -> Counted:
    """How often shops were checked."""
    return count(TraceLine(s.label, c.on, None, c.zone) for s, c in _checks(asked))


def mean(asked: Question) -> Counted:
    """平均分 of all checks of the stretch."""
    found = _checks(asked)
    if not found:
        return Counted()
    value = Decimal(sum(c.score for _s, c in found)) / 100 / len(found)
    return Counted(
        value=value,
        text=written(value),
        lines=tuple(TraceLine(s.label, c.on, value=points(c.score)) for s, c in found),
    )


def points(hundredths: int) -> str:
    """Points as they are printed: 92, 58.5."""
    return written(Decimal(hundredths) / 100)


def month_means(shop: Shop, day: date) -> dict[Span, Fraction]:
    """The mean of each month with a check, up to a day, the earliest first."""
    found: dict[Span, list[int]] = {}
    for check in sorted(shop.checks, key=lambda c: c.on):
        if check.on <= day:
            found.setdefault(Span.month_of(check.on), []).append(check.score)
    return {month: Fraction(sum(s), 100 * len(s)) for month, s in found.items()}


def flag(shop: Shop, day: date, settings: Settings) -> str:
    """红旗, 黑旗 or nothing, by the latest month with a check that is not too old."""
    means = month_means(shop, day)
    if not means or day - max(c.on for c in shop.checks if c.on <= day) > FRESH:
        return ""
    latest = means[max(means)]
    if latest >= settings.shop_red:
        return RED
    return BLACK if latest < settings.shop_black else ""


def black_months(shop: Shop, day: date, settings: Settings) -> int:
    """How many months in a row, up to the latest with a check, were black."""
    means = month_means(shop, day)
    at, number = max(means, default=None), 0
    while at is not None and at in means and means[at] < settings.shop_black:
        number, at = number + 1, at.before
    return number


def _flagged(asked: Question, word: str) -> Counted:
    settings = asked.town.settings
    return count(
        TraceLine(s.label, None, None, s.zone)
        for s in valid(asked)
        if flag(s, asked.day, settings) == word
    )


def red(asked: Question) -> Counted:
    """红旗."""
    return _flagged(asked, RED)


def black(asked: Question) -> Counted:
    """黑旗."""
    return _flagged(asked, BLACK)


def handover(asked: Question) -> Counted:
    """移交: black for so many months in a row that the market office is told."""
    settings, day = asked.town.settings, asked.day
    return count(
        TraceLine(s.label, None, None, s.zone, str(black_months(s, day, settings)))
        for s in valid(asked)
        if advice(s, day, settings) == HAND_OVER
    )


def advice(shop: Shop, day: date, settings: Settings) -> str:
    """What is advised to the market office: 移交, 提醒, 表扬 or nothing."""
    colour = flag(shop, day, settings)
    if colour == BLACK:
        over = black_months(shop, day, settings) >= settings.shop_months
        return HAND_OVER if over else REMIND
    return PRAISE if colour == RED else ""


def mean_text(shop: Shop, day: date) -> str:
    """The mean of the latest month with a check."""
    means = month_means(shop, day)
    return printed(means[max(means)]) if means else ""
