"""除四害行动: a season's campaign against pests (docs/year.md 2)."""

from datetime import date
from decimal import Decimal

from core.model.base import Nested, Record

UNIFIED = ("用药", "投药时间", "技术方案", "检查标准")
"""What is the same everywhere in a campaign (四统一)."""
COVERED = ("streets", "households", "rooms", "bait")
"""What a row of coverage counts, each planned or laid, and done or good."""
BEFORE, AFTER = "前", "后"


class Unified(Nested, frozen=True, kw_only=True):
    """One of the things that are the same everywhere, once it is."""

    name: str
    on: date | None = None
    reference: str = ""


class Cover(Nested, frozen=True, kw_only=True):
    """What a zone has reached so far; a later row overwrites what it says."""

    zone: int
    unit: int | None = None
    streets_plan: int | None = None
    streets_done: int | None = None
    households_plan: int | None = None
    households_done: int | None = None
    rooms_plan: int | None = None
    rooms_done: int | None = None
    bait_plan: int | None = None
    """毒饵站 set up."""
    bait_done: int | None = None
    """毒饵站 in good order."""
    on: date | None = None


class Drug(Nested, frozen=True, kw_only=True):
    """Bait that was laid out."""

    name: str
    kg: Decimal
    reg_no: str = ""
    """农药登记证号."""
    lot: str = ""
    zone: int | None = None
    on: date | None = None


class Density(Nested, frozen=True, kw_only=True):
    """A count of traces before or after."""

    vector: str
    when: str
    """前 or 后."""
    method: str = ""
    found: int
    checked: int
    zone: int | None = None
    on: date | None = None


class Sample(Nested, frozen=True, kw_only=True):
    """Rooms looked at again."""

    zone: int
    checked: int
    missed: int
    on: date | None = None


class Campaign(Record, frozen=True, kw_only=True):
    """One campaign; it belongs to the stretch its first day is in."""

    season: str
    """春, 秋 or a word of the office's."""
    title: str = ""
    vectors: tuple[str, ...] = ("鼠",)
    first: date
    last: date
    unified: tuple[Unified, ...] = ()
    covers: tuple[Cover, ...] = ()
    drugs: tuple[Drug, ...] = ()
    densities: tuple[Density, ...] = ()
    samples: tuple[Sample, ...] = ()
    closed_on: date | None = None
    active: bool = True

    @property
    def label(self) -> str:
        """What people call it: 2026春."""
        return f"{self.first.year}{self.season}"
