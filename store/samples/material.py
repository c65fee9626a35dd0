"""What the demo town is made of, read from `town.json`."""

from datetime import date
from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct

from core.calendar.working_days import Deadline, Kind


class SampleZone(Struct, frozen=True):
    code: str
    name: str
    segment: str
    kind: str
    scope: str
    lead_unit: str


class SampleUnit(Struct, frozen=True):
    name: str
    aliases: tuple[str, ...]
    kind: str


class SampleDeadline(Struct, frozen=True):
    kind: str
    value: int
    label: str

    @property
    def rule(self) -> Deadline | None:
        """The deadline, or None for works that wait in 挂账."""
        return None if self.kind == "suspend" else Deadline(Kind(self.kind), self.value)


class Problem(Struct, frozen=True):
    category: str
    subcategory: str
    zone_code: str
    location: str
    description: str
    severity: str
    source: str
    found_on: date
    lead_unit: str
    co_units: tuple[str, ...]
    close_condition: str
    measure: str
    deadline: SampleDeadline


class Material(Struct, frozen=True):
    zones: tuple[SampleZone, ...]
    units: tuple[SampleUnit, ...]
    problems: tuple[Problem, ...]


@cache
def material() -> Material:
    """The sample zones, units and problems."""
    data = (files("store.samples") / "town.json").read_bytes()
    return msgspec.json.decode(data, type=Material)
