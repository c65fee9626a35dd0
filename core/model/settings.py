"""What holds for the whole store."""

from datetime import datetime, timedelta, timezone

from core.model.base import Record


class Settings(Record, frozen=True, kw_only=True):
    """The one record of the `settings` table."""

    office: str = ""
    """Name on headings, such as 示例镇创卫办."""
    utc_offset: int = 480
    """Minutes east of UTC; decides every date and what "today" is."""
    lookback_days: int = 30
    """Days after closing at which an item is due for a look-back (回头看)."""
    doc_prefix: str = ""
    """The office's word in the numbers of its papers (机关代字), such as 创卫办."""
    copies: str = ""
    """Whom notices are copied to (抄送)."""
    contact: str = ""
    """Who answers questions about a paper: a post and a telephone."""
    templates: dict[str, str] = {}
    """The office's own Word file for a kind of paper, by the digest of its content."""
    forms: dict[str, str] = {}
    """Forms of somebody else's by name (外来表样): the digest of each workbook."""
    form_headers: dict[str, str] = {}
    """Fields by headers of theirs that nobody could know."""
    demo: bool = False
    """A sample town: whoever opens it holds every role."""

    kinds: dict[str, int] = {}
    """The office's own kinds of log lines, each with its chapter."""
    unified: tuple[str, ...] = ()
    """What is the same everywhere in a campaign; the usual four where it names none."""
    shop_red: int = 90
    """Points from which a shop has a red flag."""
    shop_black: int = 60
    """Points below which it has a black one."""
    shop_months: int = 3
    """Black months in a row after which the market office is told."""
    agreement: str = "year"
    """How long an agreement holds where nobody says: year (until 31 December) or open."""
    seasons: dict[str, str] = {}
    """First and last day of a season of campaigns, as 03-01..04-30."""
    profile_kinds: tuple[str, ...] = ()
    """Kinds of zones that add up to the town; communities and villages where it names none."""
    archive_order: str = "chapter"
    """How the archive is laid out: by chapter or by year first."""
    archive_points: str = ""
    """The list of points: empty for the seven chapters, old8 for the older eight."""

    liaison_reads: str = ""
    """What a liaison reads: own, or all; empty for own through the gate and all elsewhere."""

    @property
    def zone(self) -> timezone:
        """The time zone of the office."""
        return timezone(timedelta(minutes=self.utc_offset))

    def local(self, at: datetime) -> datetime:
        """An instant on the office's clock."""
        return at.astimezone(self.zone)
