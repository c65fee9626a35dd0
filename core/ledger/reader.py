"""Reads rows against a town: what is matched, what each field is, what is new."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from msgspec.structs import replace

from core.actions import Report, Wish
from core.calendar.working_days import COUNTED
from core.day.sameness import added, is_open
from core.errors import Doubt
from core.ledger import days
from core.ledger.copies import without_copies
from core.ledger.earlier import SHORTEST_ORDER, Earlier
from core.ledger.origins import known_origins, origin_of
from core.ledger.outcome import Choice, Choices, Entry, Filing, Incoming, Intake, Place, Skipped
from core.ledger.record import (
    FIELDS,
    KEYS,
    TYPES,
    FieldType,
    PortableRecord,
    Projector,
)
from core.ledger.returning import Returning, item_of
from core.ledger.row import Row
from core.ledger.splitting import problems_in
from core.ledger.steps import Hands, Steps, taken_in
from core.model import Item, Role, Severity, State
from core.roles import Actor, acting_role
from core.town.town import Town
from core.words.categories import CATEGORIES, Sorted, sorted_by
from core.words.cells import plain
from core.words.claims import DONE, claim_of, is_qualified, sounds_done
from core.words.dates import Period, read_date
from core.words.deadlines import deadline_of, read_due
from core.words.names import Directory, Gazetteer
from core.words.placing import LONGEST, place_of
from core.words.text import SHORTEST_LIMIT, key_of, too_long
from core.workflow import TABLE

SEVERITIES = tuple(Severity)
_PLACES = ("location", "zone", "zone_name")
_NONE = (0, "0", "否", False, None, "")
"""What a derived field says where there is nothing of it."""
DERIVED = {f.key for f in FIELDS if f.derived} - {"state", "revision"}
"""Fields that follow from what is done here."""


def _untold(item: Item, claim: str | None) -> bool:
    """Whether a row claims done what its unit has never fed back on."""
    out = item.state == State.RECTIFYING and item.assignment is not None
    return claim == DONE and out and item.assignment is not None and not item.assignment.feedback


def _claimed(row: Row, matched: Item | None) -> str | None:
    """What a row claims of itself. The state of a row that went out is ours, unless it says more than is so here."""
    for key in ("progress", "state", "inspection"):
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


Said = tuple[PortableRecord, Report, Steps, str | None]
"""What a row says, as a portable record and as the parts of actions, and what it claims of itself."""


class _Look(NamedTuple):
    """One row looked at."""

    row: Row
    reject: Doubt | None
    """Why it is no record."""
    said: Said | None


_TEXTS = tuple(f.key for f in FIELDS if f.type == FieldType.TEXT and not f.derived)
"""Fields that are taken as they stand, but for those that are understood."""


class Reader:
    """Reads the rows of one file into entries against one town."""

    def __init__(
        self,
        town: Town,
        actor: Actor,
        today: date,
        year: int | None = None,
        mapped: Mapping[str, int] | None = None,
        handed: Mapping[int, Item] | None = None,
        words: Mapping[str, str] | None = None,
        *,
        moving: bool = False,
    ) -> None:
        """`today` is the day of the import (`--on`), `year` the one the file is about; `mapped` are
        units by what is written for them, told with this import; `handed` items as they were when
        their rows were handed out; `words` are categories and states by what is written for them. What is
        `moving` in keeps its own numbers, and retired units and zones stand for a name too."""
        self._moving = moving
        self._words = {key_of(text): word for text, word in (words or {}).items()}
        self._mapped = {key_of(text): unit for text, unit in (mapped or {}).items()}
        self._town = town
        self._today = today
        self._period = Period(today, year, town.calendar)
        self._periods: dict[Filing, Period] = {}
        self._categories: dict[tuple[str, str], Sorted] = {}
        self._directories: dict[tuple[str, bool], Directory] = {}
        self._zones = Gazetteer(town.zones.values())
        self._all_zones = Gazetteer(town.zones.values(), retired=True)
        self._projector = Projector(town, today)
        may = {
            verb: acting_role(actor, TABLE[verb].roles) for verb in ("accept", "assign", "submit")
        }
        self._hands = Hands(
            today,
            may["accept"] is not None,
            may["assign"] is not None,
            may["submit"] is not None,
            may["submit"] == Role.LIAISON,
        )
        self._returning = Returning(town, self._projector, self._hands, handed or {})
        self._known = known_origins(town)
        self._seen: Counter[str] = Counter()
        self._numbers: dict[str, tuple[int, str | None, int]] = {}
        """File, sheet and row by the number they bear."""
        self._orders: dict[str, Place] = {}
        """Rows of this file by the sender's number they bear."""
        self._earlier = Earlier(town, today)
        self._files = 0
        self._looked: dict[int, _Look] = {}
        """What rows say that were looked at before their file was read to its end, by identity."""
        self._added: Counter[str] = Counter()
        """Rows of this file that are new; known rows to the next file."""

    def expect(self, rows: Sequence[Incoming | Skipped]) -> None:
        """Look at rows that `read` will be given, so that little is left to do then.

        What they say for themselves is worked out: a row that bears a number is read with its item.
        """
        for row in rows:
            if isinstance(row, Incoming) and "number" not in row.cells:
                self._looked[id(row)] = self._look(row)

    def read(self, rows: Iterable[Incoming | Skipped], chosen: Choices | None = None) -> Intake:
        """Every row as an entry or as skipped; none is lost. `chosen` is what was said of some."""
        found = self.each(rows, chosen)
        return Intake(
            tuple(one for one in found if isinstance(one, Entry)),
            tuple(one for one in found if isinstance(one, Skipped)),
        )

    def each(
        self, rows: Iterable[Incoming | Skipped], chosen: Choices | None = None
    ) -> list[Entry | Skipped]:
        """What each row comes to, in their order."""
        rows = self.without_copies(rows)
        self._files += 1
        self._seen.clear()
        self._orders.clear()
        self._added.clear()
        self._returning.begin((row for row in rows if isinstance(row, Incoming)), chosen or {})
        found = [row if isinstance(row, Skipped) else self._entry(row) for row in rows]
        found = [self._revised(row, entry) for row, entry in zip(rows, found, strict=True)]
        for origin, count in self._added.items():
            self._known.setdefault(origin, []).extend([0] * count)
        return found

    def without_copies(self, rows: Iterable[Incoming | Skipped]) -> list[Incoming | Skipped]:
        """Rows with their copies on other sheets taken into them."""
        return without_copies(rows, self._problem)

    def _problem(self, incoming: Incoming) -> str:
        """What a row shares with its copies: day, place, text and sender's number, as the file has them; nothing
        for one that has a number of this store."""
        row = incoming.was or incoming
        if item_of(row, self._town)[0] is not None:
            return ""
        cells, period = row.cells, self._period_of(row.filing)
        place = next((p for key in _PLACES if (p := plain(cells.get(key)))), "")
        day, text = read_date(cells.get("found_on"), period).value, plain(cells.get("description"))
        order = plain(cells.get("external_no") or cells.get("number"))
        return origin_of(day, place, text) + key_of(order) if text else ""

    def look(self, incoming: Incoming) -> tuple[Row, PortableRecord, Report, Steps, str | None]:
        """What one row says, matched to nothing: with its doubts, and what it claims of itself."""
        row = Row(incoming, self._period_of(incoming.filing))
        return row, *self._record(row, None)

    def _look(self, incoming: Incoming) -> "_Look":
        """What one row says, matched to nothing, or why it is no record."""
        row = Row(incoming, self._period_of(incoming.filing))
        reject = self._rejection(row)
        return _Look(row, reject, None if reject is not None else self._record(row, None))

    def _entry(self, incoming: Incoming) -> Entry | Skipped:
        look = self._looked.pop(id(incoming), None)
        row = look.row if look else Row(incoming, self._period_of(incoming.filing))
        reject = look.reject if look else self._rejection(row)
        if reject is not None:
            return Skipped(incoming.row, reject, incoming.sheet, rejected=True)
        matched, certain = self._returning.match(incoming)
        number = row.text("number").upper()
        here = (self._files, incoming.sheet, incoming.row)
        other = self._numbers.setdefault(number, here) if number else here
        if other != here:
            row.doubt("number_twice", "number", " ".join(map(str, filter(None, other[1:]))))
        if look is not None and look.said is not None and matched is None:
            record, report, steps, claim = look.said
        else:
            if look is not None:
                row = Row(incoming, row.period)
            record, report, steps, claim = self._record(row, matched)
        if matched is not None:
            entry = self._returning.entry(row, matched, record, claim, certain=certain)
            if other != here and entry.action == "update":  # the row before is the answer
                return replace(entry, action="conflict", wish=None, more=())
            return entry
        origin = self._origin(incoming, record, report)
        self._tell_twice(row, report.external_no)
        self._seen[origin] += 1
        earlier = self._known.get(origin, [])
        if self._seen[origin] <= len(earlier):
            known = self._town.items.get(earlier[self._seen[origin] - 1])
            if known is not None and _untold(known, claim):
                # Known by its text only, and it says more than is here: never passed over.
                sure = self._returning.is_chosen(incoming)
                return self._returning.entry(row, known, record, claim, certain=sure)
            return Entry(
                incoming.sheet,
                incoming.row,
                "same",
                record,
                claim,
                tuple(row.doubts),
                item=earlier[self._seen[origin] - 1] or None,
            )
        if self._seen[origin] > 1 and incoming.was is None:
            row.doubt("repeat")
        report, joined = self._joined(row, record, report, claim)
        if joined is not None:
            return joined
        self._added[origin] += 1
        wish = Wish(taken_in(self._hands, row, record, report, steps, claim, origin))
        return Entry(incoming.sheet, incoming.row, "new", record, claim, tuple(row.doubts), wish)

    def _tell_twice(self, row: Row, order: str) -> None:
        """A sender's number that an earlier row of this file bears: perhaps one problem, told twice."""
        key = key_of(order) if len(order) >= SHORTEST_ORDER else ""
        if not key or row.doubts_about("number"):
            return
        here = (row.incoming.sheet, row.incoming.row)
        other = self._orders.setdefault(key, here)
        if other != here:
            row.doubt("order_twice", "external_no", " ".join(map(str, filter(None, other))))

    def _joined(
        self, row: Row, record: PortableRecord, report: Report, claim: str | None
    ) -> tuple[Report, Entry | None]:
        """A new row that may be about an item here: told, or, where somebody says so, added to it, or its relapse."""
        earlier = self._earlier.known(report)
        if earlier is None:
            return report, None
        known, code, field = earlier
        if self._returning.choice(row.incoming) != Choice.SURE:
            row.doubt(code, field, known.label)
            return report, None
        if not is_open(known):
            return replace(report, recurrence_of=known.id), None
        first, *more = (Wish(each) for each in added(known, report, self._today))
        return report, Entry(
            row.incoming.sheet,
            row.incoming.row,
            "update",
            record,
            claim,
            tuple(row.doubts),
            first,
            tuple(more),
            item=known.id,
            differs=("note",),
        )

    def _revised(self, row: Incoming | Skipped, entry: Entry | Skipped) -> Entry | Skipped:
        """A new row that is an earlier version's, edited since: proposed as that item, not added."""
        if not isinstance(row, Incoming) or not isinstance(entry, Entry) or entry.action != "new":
            return entry
        item = self._earlier.version(row, entry.record, self._seen)
        if item is None:
            return entry
        self._seen[item.origin] += 1
        again = Row(row, self._period_of(row.filing))
        record, _report, _steps, claim = self._record(again, None)
        again.doubt("edited", "description", item.label)
        sure = self._returning.is_chosen(row)
        return self._returning.entry(again, item, record, claim, certain=sure)

    def _origin(self, incoming: Incoming, record: PortableRecord, report: Report) -> str:
        """By what a row is known again: as the file has it, also where it was mended since."""
        if incoming.was is not None:
            row = Row(incoming.was, self._period_of(incoming.filing))
            record, report, _steps, _claim = self._record(row, None)
        zone = record["zone_name"] or ""
        origin = origin_of(record["found_on"], report.location or zone, report.description)
        if report.location or not zone or origin in self._known:
            return origin
        # The zone may not have been known yet when the row came first, and stood for its place.
        written = plain(incoming.cells.get("zone") or incoming.cells.get("zone_name"))
        before = origin_of(record["found_on"], written, report.description)
        return before if before in self._known else origin

    def _rejection(self, row: Row) -> Doubt | None:
        """Why a row with data cannot become a record; one that bears a number of an item here needs no text."""
        if item_of(row.incoming, self._town)[0] is not None:
            return self._too_long(row)
        if not row.text("description"):
            unread = next((d for d in row.doubts if d.field == "description"), None)
            if unread is not None and unread.code in ("formula", "fault"):
                return Doubt("uncomputed", unread.value, "description")
            return Doubt("no_description", "", "description")
        placed = row.text("location") or row.text("zone") or row.text("zone_name")
        if not placed and not row.incoming.placeless:
            return Doubt("no_place", "", "location")
        return self._too_long(row)

    @staticmethod
    def _too_long(row: Row) -> Doubt | None:
        if max(map(len, row.texts.values()), default=0) > SHORTEST_LIMIT:
            for key, text in row.texts.items():
                limit = too_long(key, text) if TYPES.get(key) == FieldType.TEXT else None
                if TYPES.get(key) == FieldType.LIST:
                    limit = too_long("photo", max(text.split("、"), key=len))
                if limit is not None:
                    return Doubt("too_long", str(limit), key)
        return None

    def _record(self, row: Row, matched: Item | None) -> Said:
        """What the row says."""
        record: PortableRecord = dict.fromkeys(KEYS)
        text = row.text
        number = text("number")
        external = text("external_no")
        if number and matched is None and not self._moving:
            row.doubt("number_unknown", "number", number)
            external = external or number
        zone, location = self._place(row, matched)
        found_on = days.found_on(row, self._today, assumed=self._moving)
        if found_on is None and not text("found_on"):
            row.doubt("no_found_on", "found_on")
        if not text("source"):
            row.doubt("no_source", "source")
        several = len(problems_in(text("description")))
        if several > 1:
            row.doubt("several_problems", "description", str(several))
        category, below, _exact = self._category(row)
        severity = row.one_of("severity", SEVERITIES)
        lead, co = self._named(row, matched)
        issued_on = row.past("issued_on", self._today, found_on)
        due = self._due(row, found_on or issued_on)
        if not (number or self._moving):  # what follows from the history of others is elsewhere
            self._lost(row)
        claim = _claimed(row, matched)
        begun = issued_on or found_on
        feedback_on = row.past("feedback_on", self._today, begun)
        beside = days.day_beside(row, begun, self._today) if claim == DONE else None
        if beside is not None and beside > self._today:
            row.doubt("future", "progress", days.told(row))
            claim = None
        elif beside is not None and not row.text("feedback_on"):
            row.doubt("day_beside", "feedback_on", days.told(row))
            feedback_on = beside
        if feedback_on and begun and feedback_on < begun:
            row.doubt("before_issue", "feedback_on", feedback_on.isoformat())
            feedback_on = None
        if feedback_on is not None and matched is None and not self._moving:
            claim = _by_day(row, claim, feedback_on)
        days.check_year(row, due, found_on, issued_on, feedback_on)
        self._copy(row, record, begun)
        record.update(
            number=matched.label if matched else None,
            external_no=external or None,
            found_on=found_on,
            zone=zone.code if zone else None,
            zone_name=zone.name if zone else None,
            location=location or None,
            category=category or None,
            subcategory=text("subcategory") or below or None,
            severity=severity or None,
            lead_unit=self._projector.unit(lead),
            co_units=[self._projector.unit(u) for u in co],
            issued_on=issued_on,
            due_on=due,
            feedback_on=feedback_on,
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
            found_on=found_on,
            reporter=text("reporter"),
            note=text("note"),
            photos=tuple(record["photos_before"]),
        )
        return record, report, Steps(lead, co, due, issued_on, feedback_on), claim

    def _period_of(self, filing: Filing) -> Period:
        """How dates without a year are read in a sheet; what is said with the import holds."""
        found = self._periods.get(filing)
        if found is None:
            here = self._period
            year = here.year or filing.year
            found = replace(here, year=year, until=None if here.year else filing.until)
            self._periods[filing] = found
        return found

    def meant(self, sender: str) -> dict[str, str]:
        """Categories and states by what a sender writes for them."""
        return {**self._town.sender("").words, **self._town.sender(sender).words, **self._words}

    def _category(self, row: Row) -> Sorted:
        """The one of the nine a cell names, however it is spaced; else it is asked about."""
        written = row.text("category")
        if not written:
            return Sorted()
        known = (row.incoming.sender, written)
        if known not in self._categories:
            meant = self.meant(row.incoming.sender).get(key_of(written), "")
            named = sorted_by(written)
            self._categories[known] = Sorted(meant) if meant in CATEGORIES else named
        found = self._categories[known]
        if not found.category:
            near = get_close_matches(written, CATEGORIES, 1)
            row.doubt("unknown", "category", written, near[0] if near else "")
        elif not found.exact:
            row.doubt("category_as", "category", f"{written}→{found.category}")
        return found

    def _copy(self, row: Row, record: PortableRecord, start: date | None) -> None:
        """Plain texts, lists and days that are taken as they stand."""
        for key in _TEXTS:
            record[key] = row.text(key) or None
        for key in ("photos_before", "photos_after"):
            record[key] = list(row.photos(key))
        for key in ("inspected_on", "closed_on", "work_until", "plan_on"):
            record[key] = row.day(key, start)

    def _lost(self, row: Row) -> None:
        """What a new row says that follows from its history here and nothing can be made of."""
        if row.text("state") and claim_of(row.text("state")) is None:
            row.doubt("not_said", "state", row.text("state"))
        for key in DERIVED & row.cells.keys():
            if row.cells[key] not in _NONE:
                row.doubt("not_taken", key, row.text(key))

    def _place(self, row: Row, matched: Item | None) -> tuple[Any, str]:
        zones = self._all_zones if matched or self._moving else self._zones
        location = row.text("location")
        for key in ("zone", "zone_name"):
            written = row.text(key)
            if not written:
                continue
            found = zones.find(written)
            if found is None:
                meant = self.meant(row.incoming.sender).get(key_of(written), "")
                found = zones.find(meant) if meant else None
            if found is None and (found := zones.find_shortened(written)) is not None:
                row.doubt("zone_as", key, f"{written}→{self._town.zones[found].name}")
            if found is not None:
                return self._town.zones[found], location
            row.doubt("unknown", key, written, zones.near(written))
            location = location or written
            break
        else:  # a place that is called as a zone is in that zone
            if (found := zones.find(location) if location else None) is not None:
                return self._town.zones[found], location
        if row.incoming.placeless and not location:
            location = self._place_in_text(row)
        return None, location

    def _place_in_text(self, row: Row) -> str:
        """Where it is, in a sheet that has no column for it: what the text begins with."""
        text = row.text("description")
        found = place_of(text) or text[:LONGEST]
        if found:
            row.doubt("place_from_text", "location", found)
        return found

    def _named(self, row: Row, matched: Item | None) -> tuple[int | None, tuple[int, ...]]:
        retired = matched is not None or self._moving
        units = self._directory(row.incoming.sender, retired=retired)
        lead = units.read(row.text("lead_unit") or self._leading(row, units))
        raw = row.cells.get("co_units")
        written = "、".join(map(str, raw)) if isinstance(raw, list) else row.text("co_units")
        helping = units.read("配合：" + written if written else "")
        for key, named in (("lead_unit", lead), ("co_units", helping)):
            for name in named.unknown:
                row.doubt("unknown", key, name, units.near(name))
        co = tuple(dict.fromkeys(u for u in (*lead.co, *helping.co) if u != lead.lead))
        return lead.lead, co

    def _leading(self, row: Row, units: Directory) -> str:
        """Who leads in a sheet whose rows name nobody: its sender, or the unit it is named after."""
        incoming = row.incoming
        if not incoming.sender_leads or incoming.sender:
            return incoming.sender if incoming.sender_leads else ""
        sheet = incoming.sheet or ""
        if units.find(sheet) is None:
            return ""
        row.doubt("unit_of_sheet", "lead_unit", sheet)
        return sheet

    def _directory(self, sender: str, *, retired: bool) -> Directory:
        """Units by every name, and by what a sender's own names were said to be."""
        key = (sender, retired)
        if key not in self._directories:
            town = self._town
            known = {**town.sender("").units, **town.sender(sender).units, **self._mapped}
            self._directories[key] = Directory(
                town.units.values(), retired=retired, remembered=known
            )
        return self._directories[key]

    def _due(self, row: Row, found_on: date | None) -> date | None:
        read = read_due(row.cells.get("due_on"), found_on, row.period)
        if read.doubt is not None:
            row.doubt(read.doubt.code, "due_on", read.doubt.value)
        elif read.value is not None and not self._town.calendar.official(read.value.year):
            deadline = deadline_of(row.cells.get("due_on"), found_on, row.period).value
            if deadline is not None and deadline.kind in COUNTED:
                row.doubt("provisional", "due_on", read.value.isoformat())
        return read.value
