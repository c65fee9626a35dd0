"""What a row says, by itself: its names as one town understands them, its days, and what it claims.

Which item it is about, and what comes of it, is decided by its reader.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from core.actions.loop.road import Report
from core.calendar.working_days import COUNTED
from core.errors import Doubt
from core.ledger.outcome import Filing, Incoming
from core.ledger.record import FIELDS, KEYS, TYPES, FieldType, PortableRecord, Projector
from core.ledger.rows import days
from core.ledger.rows.naming import Naming
from core.ledger.rows.row import Row
from core.ledger.rows.splitting import problems_in
from core.ledger.rows.steps import Steps
from core.model import Item, Severity
from core.patterns import later
from core.town.town import Town
from core.words.claims import DONE, claim_of, is_qualified, sounds_done
from core.words.dates import Period
from core.words.deadlines import deadline_of, hour_of, hours_over, read_due
from core.words.placing import place_of
from core.words.text import SHORTEST_LIMIT, too_long

SEVERITIES = tuple(Severity)
_NONE = (0, "0", "否", False, None, "")
"""What a derived field says where there is nothing of it."""
DERIVED = {f.key for f in FIELDS if f.derived} - {"state", "revision"}
"""Fields that follow from what is done here."""


_TEXTS = {f.key for f in FIELDS if f.type == FieldType.TEXT and not f.derived}
"""Fields that are taken as they stand, but for those that are understood."""


Said = tuple[PortableRecord, Report, Steps, str | None]
"""What a row says, as a portable record and as the parts of actions, and what it claims of itself."""


_NOT_STRUCK = later(r"否|未销[号案账]|不销号|[×✗]")


def _claimed(row: Row, matched: Item | None) -> str | None:
    """What a row claims of itself. The state of a row that went out is ours, unless it says more than is so here."""
    for key in ("progress", "state", "inspection"):
        if key == "state" and _NOT_STRUCK.fullmatch(row.text(key)):
            continue  # 是否销号：否 says nothing of whether it is rectified
        claim = claim_of(row.text(key))
        if claim is not None and (key != "state" or matched is None or claim == DONE):
            return claim
    if sounds_done(row.text("progress")):
        row.doubt("sounds_done", "progress", row.text("progress"))
        return DONE
    return None


def _by_day(row: Row, claim: str | None, done_on: date) -> str | None:
    """What a row claims that names the day it was done: with a word of its own against it, that word holds."""
    if claim is None and not is_qualified(row.text("progress")):
        row.doubt("done_by_day", "feedback_on", done_on.isoformat())
        return DONE
    if claim != DONE:
        row.doubt("word_against_day", "feedback_on", days.told(row))
    return claim


class _When(NamedTuple):
    """The days of a row, and what it claims of itself."""

    found: date | None
    issued: date | None
    due: date | None
    done: date | None
    claim: str | None


def too_long_in(row: Row) -> Doubt | None:
    """What of a row is longer than any text of its kind may be."""
    if max(map(len, row.texts.values()), default=0) > SHORTEST_LIMIT:
        for key, text in row.texts.items():
            limit = too_long(key, text) if TYPES.get(key) == FieldType.TEXT else None
            if TYPES.get(key) == FieldType.LIST:
                limit = too_long("photo", max(text.split("、"), key=len))
            if limit is not None:
                return Doubt("too_long", str(limit), key)
    return None


class Saying:
    """Reads rows of one import, each for itself."""

    def __init__(
        self,
        town: Town,
        today: date,
        projector: Projector,
        year: int | None,
        mapped: Mapping[str, int],
        words: Mapping[str, str],
        *,
        moving: bool,
    ) -> None:
        """The rest as of `Reader`."""
        self.names = Naming(town, mapped, words, moving=moving)
        self._moving = moving
        self._town = town
        self._today = today
        self._period = Period(today, year, town.calendar)
        self._periods: dict[Filing, Period] = {}
        self._projector = projector

    def row(self, incoming: Incoming) -> Row:
        """A row as it is read, in the year of its sheet."""
        return Row(incoming, self.period_of(incoming.filing))

    def rejection(self, row: Row) -> Doubt | None:
        """Why a row with data cannot become a record."""
        if not row.text("description"):
            unread = next((d for d in row.doubts if d.field == "description"), None)
            if unread is not None and unread.code in ("formula", "fault"):
                return Doubt("uncomputed", unread.value, "description")
            return Doubt("no_description", "", "description")
        placed = row.text("location") or row.text("zone") or row.text("zone_name")
        if not placed and not row.incoming.placeless and not place_of(row.text("description")):
            return Doubt("no_place", "", "location")
        return too_long_in(row)

    def says(self, row: Row, matched: Item | None) -> Said:
        """What a row says; `matched` is the item it bears the number of."""
        record: PortableRecord = dict.fromkeys(KEYS)
        text = row.text
        number = text("number")
        external = text("external_no")
        if number and matched is None and not self._moving:
            row.doubt("number_unknown", "number", number)
            external = external or number
        zone, location = self.names.place(row, matched)
        when = self._when(row, matched)
        if not text("source"):
            row.doubt("no_source", "source")
        several = len(problems_in(text("description")))
        if several > 1:
            row.doubt("several_problems", "description", str(several))
        category, below, _exact = self.names.category(row)
        severity = row.one_of("severity", SEVERITIES)
        lead, co = self.names.units(row, matched)
        if not (number or self._moving):  # what follows from the history of others is elsewhere
            self._lost(row)
        self._copy(row, record, when.issued or when.found)
        record.update(
            number=matched.label if matched else None,
            external_no=external or None,
            found_on=when.found,
            zone=zone.code if zone else None,
            zone_name=zone.name if zone else None,
            location=location or None,
            category=category or None,
            subcategory=text("subcategory") or below or None,
            severity=severity or None,
            lead_unit=self._projector.unit(lead),
            co_units=[self._projector.unit(u) for u in co],
            issued_on=when.issued,
            due_on=when.due,
            feedback_on=when.done,
        )
        report = Report(
            zone=zone.id if zone else None,
            location=location,
            description=text("description"),
            category=category,
            subcategory=text("subcategory") or below,
            severity=severity,
            source=text("source"),
            external_no=external,
            found_on=when.found,
            reporter=text("reporter"),
            note=text("note"),
            photos=tuple(record["photos_before"]),
        )
        return record, report, Steps(lead, co, when.due, when.issued, when.done), when.claim

    def _when(self, row: Row, matched: Item | None) -> "_When":
        """The days of a row, and what it claims of itself."""
        text = row.text
        found_on = days.found_on(row, self._today, assumed=self._moving)
        if found_on is None and not text("found_on"):
            row.doubt("no_found_on", "found_on")
        issued_on = row.past("issued_on", self._today, found_on)
        due = self._due(row, found_on or issued_on)
        claim = _claimed(row, matched)
        begun = issued_on or found_on
        feedback_on = row.past("feedback_on", self._today, begun)
        beside = days.day_beside(row, begun, self._today) if claim == DONE else None
        if beside is not None and beside > self._today:
            row.doubt("future", "progress", days.told(row))
            claim = None
        elif beside is not None and not text("feedback_on"):
            row.doubt("day_beside", "feedback_on", f"{days.told(row)}（{beside.isoformat()}）")
            feedback_on = beside
        if feedback_on and begun and feedback_on < begun:
            row.doubt("before_issue", "feedback_on", feedback_on.isoformat())
            feedback_on = None
        if feedback_on is not None and matched is None and not self._moving:
            claim = _by_day(row, claim, feedback_on)
        if due and issued_on and due < issued_on:
            row.doubt("due_before_issue", "due_on", due.isoformat())
        days.check_year(row, due, found_on, issued_on, feedback_on)
        return _When(found_on, issued_on, due, feedback_on, claim)

    def period_of(self, filing: Filing) -> Period:
        """How dates without a year are read in a sheet; what is said with the import holds."""
        found = self._periods.get(filing)
        if found is None:
            here = self._period
            year = here.year or filing.year
            until = None if here.year else filing.until
            found = replace(here, year=year, until=until, month=filing.month)
            self._periods[filing] = found
        return found

    def _copy(self, row: Row, record: PortableRecord, start: date | None) -> None:
        """Plain texts, lists and days that are taken as they stand."""
        cells = row.cells
        for key in cells:
            if key in _TEXTS:
                record[key] = row.text(key) or None
        for key in ("photos_before", "photos_after"):
            record[key] = list(row.photos(key)) if key in cells else []
        for key in ("inspected_on", "closed_on", "work_until", "plan_on"):
            if key in cells:
                record[key] = row.day(key, start)

    def _lost(self, row: Row) -> None:
        """What a new row says that follows from its history here and nothing can be made of."""
        if row.text("state") and claim_of(row.text("state")) is None:
            row.doubt("not_said", "state", row.text("state"))
        for key, cell in row.cells.items():
            if key in DERIVED and cell not in _NONE:
                row.doubt("not_taken", key, row.text(key))

    def _due(self, row: Row, found_on: date | None) -> date | None:
        raw = row.cells.get("due_on")
        if raw in (None, ""):
            wanted = "" if row.text("progress") else days.due_within(row.text("measure"))
            raw = inside = days.due_inside(row.text("requirement")) or wanted
            if inside:
                row.doubt("due_inside", "due_on", inside)
        read = read_due(raw, found_on, row.period)
        begun = hour_of(row.cells.get("found_on"))
        if begun and (late := hours_over(raw, begun, found_on, row.period)) is not None:
            return late
        if read.doubt is not None:
            row.doubt(read.doubt.code, "due_on", read.doubt.value)
        elif read.value is not None and not self._town.calendar.official(read.value.year):
            deadline = deadline_of(raw, found_on, row.period).value
            if deadline is not None and deadline.kind in COUNTED:
                row.doubt("provisional", "due_on", read.value.isoformat())
        return read.value
