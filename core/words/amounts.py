"""Amounts as people write them: 300余吨, 2.5万㎡, 452/500, 20 with wide digits (docs/year.md 3)."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from msgspec import Struct

from core.errors import RuleError
from core.patterns import later

_WIDE = str.maketrans("０１２３４５６７８９．，／％＋－", "0123456789.,/%+-")
_UNIT: dict[str, tuple[str, Decimal]] = {
    name: (dimension, Decimal(size))
    for dimension, sizes in {
        "weight": {"吨|t": "1", "公斤|千克|kg|KG|Kg": "0.001", "斤": "0.0005", "克|g": "0.000001"},
        "volume": {"方|立方米|立方|m³|m3": "1"},
        "area": {
            "㎡|平方米|平方|平米|m²|m2": "1",
            "平方公里|平方千米|k㎡|km²|km2": "1000000",
            "公顷": "10000",
        },
        "length": {"米|m": "1", "公里|千米|km|KM": "1000"},
        "money": {"元|块钱": "1", "万元": "10000", "亿元": "100000000"},
    }.items()
    for names, size in sizes.items()
    for name in names.split("|")
}
"""Measures by the name people give them: what they measure, and how much of its base one is."""
_MU = "亩"
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_AMOUNT = later(
    r"(?P<about>约|近|大约|将近|大概)?\s*(?P<number>\d[\d,，]*(?:\.\d+)?)\s*(?P<over>余|多)?\s*"
    r"(?P<times>[十百千]?[万亿]|[十百千])?\s*(?P<over2>余|多)?\s*(?P<times2>[万亿])?\s*(?P<unit>[^\d\s余多约近]{0,8}?)\s*(?P<about2>左右|上下)?"
)
_SHARE = later(r"(\d+(?:\.\d+)?)\s*/\s*(\d+(?:\.\d+)?)\s*\S{0,3}")
_PERCENT = later(r"(\d+(?:\.\d+)?)\s*%?")


class Amount(Struct, frozen=True):
    """A number in the unit it was asked in."""

    value: Decimal
    approx: str = ""
    """余, 约 or nothing."""
    part: Decimal | None = None
    whole: Decimal | None = None


def read_amount(text: str, unit: str) -> Amount:
    """An amount in `unit`, converted where it was written in another of the same dimension.

    Raises `RuleError`: `bad_amount` for what is none, `other_dimension` where the unit measures something else.
    """
    said = text.strip().translate(_WIDE)
    if unit == "%":
        return _percentage(said, text)
    found = _AMOUNT.fullmatch(said)
    if found is None:
        share = _SHARE.fullmatch(said)
        if share is not None:
            return _share(share, text)
        raise RuleError("bad_amount", value=text)
    number = _decimal(found["number"], text)
    times = (found["times"] or "") + (found["times2"] or "")
    for word in times:
        number *= _TIMES[word]
    written = found["unit"]
    if not written and times and unit == "万元":
        written = "元"  # 84万 of what is counted in 万元 is money, not ten thousand times it
    value = _converted(number, written, unit, text)
    approx = "余" if found["over"] or found["over2"] else ""
    if not approx and (found["about"] or found["about2"]):
        approx = "约"
    return Amount(value, approx)


def _decimal(text: str, said: str) -> Decimal:
    try:
        return Decimal(re.sub("[,，]", "", text))
    except InvalidOperation:
        raise RuleError("bad_amount", value=said) from None


def _percentage(said: str, text: str) -> Amount:
    share = _SHARE.fullmatch(said)
    if share is not None:
        return _share(share, text)
    found = _PERCENT.fullmatch(said)
    if found is None:
        raise RuleError("bad_amount", value=text)
    value = Decimal(found[1])
    if value > 100:
        raise RuleError("bad_amount", value=text)
    return Amount(value)


def _share(found: re.Match[str], text: str) -> Amount:
    part, whole = Decimal(found[1]), Decimal(found[2])
    if not whole or part > whole:
        raise RuleError("bad_amount", value=text)
    return Amount(part * 100 / whole, "", part, whole)


def _converted(number: Decimal, written: str, unit: str, text: str) -> Decimal:
    """A number of one unit in another. Raises `RuleError("other_dimension")`."""
    if not written or written == unit:
        return number
    refusal = RuleError("other_dimension", value=text, unit=unit)
    here, there = _size(written), _size(unit)
    if here is None and there is None:
        return number  # what is counted by the piece, whatever the measure word
    if here is None or there is None or here[0] != there[0]:
        raise refusal
    return trimmed(number * here[1] / there[1])


def _size(name: str) -> tuple[str, Decimal] | None:
    if name == _MU:
        return "area", Decimal(2000) / 3
    return _UNIT.get(name)


MEASURES = frozenset(
    [
        "人次",
        "户次",
        "台次",
        "车次",
        "面次",
        "车",
        "个",
        "次",
        "户",
        "件",
        "份",
        "期",
        "场",
        "人",
        "名",
        "处",
        "条",
        "座",
        "盏",
        "辆",
        "株",
        "块",
        "起",
        "家",
        "项",
        "口",
        "面",
        "间",
        "张",
        "棵",
        "只",
        "台",
        "套",
        "支",
        "篇",
        "本",
        "批",
        "眼",
        "顶",
        "分",
    ]
)
"""Measure words of what is counted by the piece."""
MEASURED = MEASURES | {"%", "百分点", _MU} | {name for name in _UNIT if not name.isascii()}
"""Words that stand behind a number in a sentence."""


def is_dimension(text: str) -> bool:
    """Whether a unit converts into others: 吨, ㎡, 公里, 元."""
    return _size(text) is not None


def is_measure(text: str) -> bool:
    """Whether a word is a unit of measure, such as stands in a column 单位."""
    return text in MEASURES or text == "%" or is_dimension(text)


def trimmed(value: Decimal) -> Decimal:
    """To six places, without noughts behind."""
    rounded = round(value, 6)
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded.normalize()


def written(value: Decimal, scale: str = "") -> str:
    """A number as it is printed: no grouping, at most two places, in ten thousands where `scale` is 万."""
    scaled = value / _TIMES[scale] if scale else value
    rounded = scaled.quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + scale
