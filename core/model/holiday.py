"""假日: the published rest days and made-up working days of one year."""

from core.model.base import Record


class Holidays(Record, frozen=True, kw_only=True):
    """A year's table as the office entered it; it stands before the one of the program."""

    year: int
    rest: tuple[str, ...] = ()
    """Ranges of days off, `MMDD-MMDD` or `MMDD`."""
    work: tuple[str, ...] = ()
    """Weekend days that are worked, `MMDD`."""
    source: str = ""
    """Number of the notice, or the file it came from."""
    active: bool = True
