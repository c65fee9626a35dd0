"""Shares and points: exact inside, rounded once when printed, and placed by what is printed."""

from collections.abc import Hashable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, TypeVar

from core.errors import RuleError
from core.words.cells import read_number

K = TypeVar("K", bound=Hashable)
HUNDRED = 100


def rounded(value: Fraction | int, places: int = 2) -> int:
    """A value in units of its last printed place, half up away from nought."""
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return -whole if value < 0 else whole


def printed(value: Fraction | int | None, places: int = 2) -> str:
    """As it is printed: 87.50; empty where there is none."""
    if value is None:
        return ""
    whole = rounded(value, places)
    sign, digits = ("-" if whole < 0 else ""), str(abs(whole)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def percent(part: int, whole: int) -> Fraction | None:
    """A share in percent; None of nothing."""
    return Fraction(part * HUNDRED, whole) if whole else None


def points(hundredths: int) -> Fraction:
    """Points, kept as hundredths."""
    return Fraction(hundredths, HUNDRED)


def hundredths(value: float | str) -> int:
    """A number of points as hundredths, half up by its decimal text. Raises `RuleError("bad_number")`."""
    exact = Decimal(str(value)) * 100
    if not exact.is_finite():
        raise RuleError("bad_number", value=str(value))
    return int(exact.to_integral_value(ROUND_HALF_UP))


def read_points(raw: Any, field: str = "") -> int | None:
    """Points as people write them, as hundredths; None where nothing is. Raises `RuleError("bad_number")`."""
    number = read_number(raw, field)
    return None if number is None else hundredths(number)


def in_points(hundredths: int) -> str:
    """Points as people write them: 2, 0.5, -1.25."""
    text = printed(points(hundredths))
    return text.rstrip("0").rstrip(".")


def places(values: Mapping[K, Fraction | int | None], *, dense: bool = False) -> dict[K, int]:
    """The place of each that has a value, the highest first, by what is printed; ties share one.

    Behind a tie 1,2,2,4 follow, or 1,2,2,3 where `dense`.
    """
    shown = {key: rounded(value) for key, value in values.items() if value is not None}
    found: dict[K, int] = {}
    at = 0
    last: int | None = None
    for number, (key, value) in enumerate(sorted(shown.items(), key=lambda kv: -kv[1]), 1):
        if value != last:
            at = at + 1 if dense else number
            last = value
        found[key] = at
    return found
