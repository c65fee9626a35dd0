"""商户: a shop that answers for the ground before its door (门前三包, docs/year.md 2)."""

from datetime import date

from core.model.base import Nested, Record
from core.model.file import File


class Agreement(Nested, frozen=True, kw_only=True):
    """责任书: signed for a time, or open."""

    signed_on: date
    until: date | None = None
    """The last day it is in force; None where it is open."""
    files: tuple[File, ...] = ()

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.signed_on <= day and (self.until is None or day <= self.until)


class ShopCheck(Nested, frozen=True, kw_only=True):
    """One inspection of a shop: 0 to 100 points, in hundredths."""

    on: date
    inspector: str = ""
    score: int = 10000
    deductions: dict[str, int] = {}
    """Hundredths of a point by reason."""
    finding: str = ""
    zone: int | None = None
    """The zone it lay in then."""
    item: int | None = None
    """The problem that was reported with it."""


class Shop(Record, frozen=True, kw_only=True):
    """One shop; it is called S-0001 after its id."""

    name: str
    former: tuple[str, ...] = ()
    """Names it had before."""
    zone: int
    address: str = ""
    trade: str = ""
    keeper: str = ""
    """The post of who answers for it, never a name."""
    phone: str = ""
    credit_no: str = ""
    """统一社会信用代码, 18 characters."""
    permit_no: str = ""
    scope: str = ""
    """责任范围."""
    opened_on: date | None = None
    registered_on: date | None = None
    """The day it was entered, which stands for an unknown day of opening."""
    closed_on: date | None = None
    agreements: tuple[Agreement, ...] = ()
    plate_on: date | None = None
    plate_off: date | None = None
    checks: tuple[ShopCheck, ...] = ()
    note: str = ""
    origin: str = ""
    """The sheet it came from."""
    active: bool = True

    @property
    def label(self) -> str:
        """What people call it."""
        return f"S-{self.id:04d}"

    @property
    def since(self) -> date:
        """The day from which it is there."""
        return self.opened_on or self.registered_on or date.min

    def open_on(self, day: date) -> bool:
        """Whether it is there on a day."""
        return self.active and self.since <= day and not self.shut_on(day)

    def shut_on(self, day: date) -> bool:
        """Whether it has closed by a day."""
        return self.closed_on is not None and self.closed_on <= day

    def agreement_on(self, day: date) -> Agreement | None:
        """The agreement in force on a day, the latest of several."""
        held = [a for a in self.agreements if a.holds(day)]
        return max(held, key=lambda a: a.signed_on, default=None)

    def posted_on(self, day: date) -> bool:
        """Whether its plate hangs on a day."""
        up = self.plate_on is not None and self.plate_on <= day
        return up and not (self.plate_off is not None and self.plate_off <= day)
