"""What a year of the sample town is made of, read from `year.json`."""

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class SampleShop(Struct, frozen=True):
    name: str
    trade: str
    zone: str


class Activity(Struct, frozen=True):
    """One line of the log, on the same day every year."""

    on: str
    kind: str
    title: str
    place: str = ""
    unit: str = ""
    zone: str = ""
    people: int | None = None
    figures: dict[str, str] = {}


class LastYears(Struct, frozen=True):
    """A problem of last year's, closed in time."""

    on: str
    zone: str
    category: str
    subcategory: str
    location: str
    description: str
    unit: str
    measure: str


class YearMaterial(Struct, frozen=True):
    """What a year of the sample town is made of."""

    shops: tuple[SampleShop, ...]
    activities: tuple[Activity, ...]
    covers: dict[str, dict[str, int]]
    """What a campaign plans in each zone."""
    facts: dict[str, dict[str, float]]
    targets: dict[str, str]
    pledges: dict[str, dict[str, str]]
    problems: tuple[LastYears, ...]


@cache
def year_material() -> YearMaterial:
    """The sample year."""
    data = (files("store.samples") / "year.json").read_bytes()
    return msgspec.json.decode(data, type=YearMaterial)
