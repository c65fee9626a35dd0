"""What stands in a column: the shares of its cells that are days, units, zones, claims and the like."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, time
from typing import Any

from msgspec import Struct

from core.ledger.record import TYPES, FieldType
from core.model import Severity
from core.words.categories import CATEGORIES, subcategories
from core.words.claims import claim_of
from core.words.dates import Period
from core.words.deadlines import deadline_of
from core.words.text import key_of
from store.ledgers.coming_in.tables.heading import full

LOOKED_AT = 200
"""Filled cells of a column that are looked at to tell what it holds."""
MOST = 0.8
"""Share of a column that must be one kind of thing to be that by its content alone."""
_DATE = re.compile(
    r"\s*(?:\d{4}[年./-]\d{1,2}(?:[月./-]\d{1,2})?日?|\d{1,2}[月./-]\d{1,2}[日号]?|20\d{6}|4[0-9]{4})\b"
)
_PHOTO = re.compile(r"(?i).*\.(?:jpe?g|png|heic|webp|bmp)\b|.*DISPIMG")
_CODE = re.compile(r"[A-Za-z]{0,3}[-.]?\d{1,4}(?:\.0)?")
_SAMPLE_DAY = date(2024, 1, 1)


class Known(Struct, frozen=True):
    """What the town knows that helps to read a sheet."""

    headers: Mapping[str, Mapping[str, str]] = {}
    """Fields by header as `key_of` compares it, by sender; "" is everybody."""
    units: Collection[str] = frozenset()
    zones: Collection[str] = frozenset()
    """Names, aliases and codes as `key_of` compares them."""


class Holds(Struct, frozen=True):
    """What the filled cells of a column are, as shares of them."""

    count: int = 0
    day: float = 0
    deadline: float = 0
    unit: float = 0
    zone: float = 0
    category: float = 0
    subcategory: float = 0
    severity: float = 0
    claim: float = 0
    photo: float = 0
    number: float = 0
    code: float = 0
    """Short ones of letters and figures, such as Z01."""
    length: float = 0
    """Characters of a text, on average."""
    distinct: float = 0


_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:：时点](?:[0-5]\d分?)?(?:[:：][0-5]\d)?")
_SUBCATEGORIES = frozenset(key_of(each) for main in CATEGORIES for each in subcategories(main))
_CATEGORIES = frozenset(map(key_of, CATEGORIES))
_SEVERITIES = frozenset(key_of(each) for each in Severity)


def holds(cells: Sequence[Any], known: Known) -> Holds:
    """What stands in some cells."""
    filled = [cell for cell in cells if full(cell)][:LOOKED_AT]
    if not filled:
        return Holds()
    texts = [str(cell).strip() for cell in filled]
    keys = [key_of(text) for text in texts]

    def share(found: Sequence[bool]) -> float:
        return sum(found) / len(filled)

    days = [isinstance(c, date) or bool(_DATE.match(t)) for c, t in zip(filled, texts, strict=True)]
    return Holds(
        len(filled),
        share(days),
        share([not day and _is_deadline(c) for c, day in zip(filled, days, strict=True)]),
        share([_any_in(text, known.units) for text in texts]),
        share([key in known.zones for key in keys]),
        share([key in _CATEGORIES for key in keys]),
        share([key in _SUBCATEGORIES for key in keys]),
        share([key in _SEVERITIES for key in keys]),
        share([claim_of(text) is not None for text in texts]),
        share([bool(_PHOTO.match(text)) for text in texts]),
        share(
            [isinstance(c, int | float) or t.isdigit() for c, t in zip(filled, texts, strict=True)]
        ),
        share([bool(_CODE.fullmatch(text)) for text in texts]),
        sum(map(len, texts)) / len(filled),
        len(set(keys)) / len(filled),
    )


def clocked(field: str, cells: Sequence[Any]) -> bool:
    """Whether a column for a day holds times of a day alone: 时间 in a log of one day."""
    if TYPES.get(field) != FieldType.DATE or not cells:
        return False
    return all(
        isinstance(cell, time) or bool(_CLOCK.fullmatch(str(cell).strip())) for cell in cells
    )


def _any_in(text: str, names: Collection[str]) -> bool:
    return any(key_of(part) in names for part in re.split(r"[、，,；;/\n]+", text) if part.strip())


def _is_deadline(cell: Any) -> bool:
    return (
        isinstance(cell, str)
        and deadline_of(cell, _SAMPLE_DAY, Period(_SAMPLE_DAY)).value is not None
    )


def fits(field: str, found: Holds) -> bool:
    """Whether a column that holds this may be a field; an empty one may be any."""
    if not found.count:
        return True
    dated = found.day >= 0.5
    match field:
        case "due_on":
            return found.day + found.deadline >= 0.5
        case _ if TYPES.get(field) == FieldType.DATE:
            return dated
        case "lead_unit" | "co_units":
            return not dated and found.number < 0.5 and (found.unit > 0 or found.length <= 20)
        case "zone" | "zone_name":
            return not dated and (found.zone > 0 or found.length <= 15)
        case "category":
            return not dated and found.number < 0.5 and found.length <= 12
        case "severity":
            return not dated and found.length <= 6 and found.zone + found.unit == 0
        case "description":
            return not dated and found.number < 0.5 and found.claim < 0.5
        case "location":
            return not dated and found.number < 0.5
        case "photos_before" | "photos_after":
            return not dated and found.claim < 0.5
        case "code":
            return found.code >= 0.5
        case "name":
            return found.code < 0.5
        case "number" | "external_no":
            return not dated
        case _:
            return not (dated and found.day > MOST)


_UNIT = re.compile(r"[（(](天|日|工作日|个工作日|小时|自然日)[)）]")
_FEW = re.compile(r"(\d{1,3})(?:\.0)?")


def with_unit(header: str, value: Any) -> Any:
    """A deadline that is only counted, below a header that says in what: 3 below 整改时限（天） is 3天."""
    unit, few = _UNIT.search(header), _FEW.fullmatch(str(value).strip())
    return f"{few[1]}{unit[1].removeprefix('个')}" if unit and few else value
