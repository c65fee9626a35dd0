"""Incoming ledger rows against the town: what each would do, what is matched, what is in doubt.

An ordinary import reports, accepts, assigns and submits as far as a row carries what each step
needs; it never closes anything (docs/domain.md 8).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from core.actions import Accept, Assign, Report, Submit, TakeIn, Wish
from core.categories import CATEGORIES, OTHER
from core.errors import Doubt
from core.model import Channel, Item, Proposed, Role, Severity, VoidKind
from core.naming import DONE, Directory, Gazetteer, claim_of
from core.reading import Period, deadline_of, read_date, read_due
from core.record import FIELDS, KEYS, TYPES, FieldType, PortableRecord, Projector
from core.roles import Actor, acting_role
from core.text import SHORTEST_LIMIT, key_of, too_long
from core.town import Town
from core.workflow import TABLE
from core.worktime import Kind

NOTHING = Proposed()


class Incoming(Struct, frozen=True):
    """One row as read from a file: cells by key of the portable record, as they stand."""

    row: int
    """Counted from 1 in its sheet."""
    cells: dict[str, Any]
    sheet: str | None = None
    doubts: tuple[Doubt, ...] = ()
    """What the reader itself noticed, such as characters it took out."""


class Skipped(Struct, frozen=True):
    """A row that is no record; `rejected` where it holds data that must not be lost."""

    row: int
    why: Doubt
    sheet: str | None = None
    rejected: bool = False


class Entry(Struct, frozen=True):
    """What one row comes to."""

    sheet: str | None
    row: int
    action: str
    """new, same or conflict."""
    record: PortableRecord
    claim: str | None
    doubts: tuple[Doubt, ...]
    wish: Wish | None = None
    item: int | None = None
    """The item it is about, where there is one."""
    differs: tuple[str, ...] = ()
    """Keys in which a matched item is not what the row says."""


class Intake(Struct, frozen=True):
    """A whole file."""

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]

    @property
    def wishes(self) -> list[Wish]:
        """What saving it would ask for, in the order of the rows."""
        return [entry.wish for entry in self.entries if entry.wish is not None]

    @property
    def rejected(self) -> list[Skipped]:
        """Rows that hold data but cannot become a record."""
        return [skip for skip in self.skipped if skip.rejected]

    @property
    def conflicts(self) -> list[Entry]:
        """Rows whose number is known and whose values are not."""
        return [entry for entry in self.entries if entry.action == "conflict"]


def origin_of(found_on: date | None, place: str, description: str) -> str:
    """A digest by which the same row is known again, however it was spaced or punctuated."""
    text = "\n".join((found_on.isoformat() if found_on else "", key_of(place), key_of(description)))
    return blake2b(text.encode(), digest_size=8).hexdigest()


class _Row:
    """One row being read; collects its doubts."""

    def __init__(self, incoming: Incoming, period: Period) -> None:
        self.cells = incoming.cells
        self.doubts: list[Doubt] = list(incoming.doubts)
        self.period = period
        self.texts = {key: plain(value) for key, value in self.cells.items()}

    def doubt(self, code: str, field: str = "", value: str = "") -> None:
        self.doubts.append(Doubt(code, value, field))

    def text(self, key: str) -> str:
        return self.texts.get(key, "")

    def day(self, key: str) -> date | None:
        read = read_date(self.cells.get(key), self.period)
        if read.doubt is not None:
            self.doubt(read.doubt.code, key, read.doubt.value)
        return read.value

    def past(self, key: str, today: date) -> date | None:
        """A day that has been; a later one is no value and a doubt."""
        day = self.day(key)
        if day is not None and day > today:
            self.doubt("future", key, day.isoformat())
            return None
        return day

    def words(self, key: str) -> tuple[str, ...]:
        raw = self.cells.get(key)
        if not raw:
            return ()
        parts = raw if isinstance(raw, list | tuple) else self.text(key).split("、")
        return tuple(p for p in (plain(part) for part in parts) if p)

    def one_of(self, key: str, known: Iterable[str]) -> str:
        value = self.text(key)
        if value and value not in known:
            self.doubt("unknown", key, value)
            return ""
        return value


def plain(raw: Any) -> str:
    """A cell as text; whole numbers without their .0."""
    if isinstance(raw, str):
        return raw.strip()
    if raw is None:
        return ""
    if isinstance(raw, float) and raw == int(raw):
        return str(int(raw))
    if isinstance(raw, date):
        return raw.isoformat()[:10]
    return str(raw).strip()


class Reader:
    """Reads the rows of one file into entries against one town."""

    def __init__(self, town: Town, actor: Actor, today: date, year: int | None = None) -> None:
        """`today` is the day of the import (`--on`), `year` the one the file is about."""
        self._town = town
        self._today = today
        self._period = Period(today, year)
        self._units = Directory(town.units.values())
        self._zones = Gazetteer(town.zones.values())
        self._projector = Projector(town, today)
        self._can = {
            verb: acting_role(actor, TABLE[verb].roles) is not None
            for verb in ("accept", "assign", "submit")
        }
        self._liaison = acting_role(actor, TABLE["submit"].roles) == Role.LIAISON
        self._known = self._origins()
        self._seen: Counter[str] = Counter()

    def _origins(self) -> dict[str, list[int]]:
        """Items by the rows they came from, or could have come from."""
        known: dict[str, list[int]] = {}
        for item in self._town.items.values():
            if item.void_kind == VoidKind.UNREPORTED:
                continue
            zone = self._town.zones.get(item.zone or 0)
            now = origin_of(
                item.found_on, item.location or (zone.name if zone else ""), item.description
            )
            for origin in {now, item.origin} - {""}:
                known.setdefault(origin, []).append(item.id)
        return known

    def read(self, rows: Iterable[Incoming | Skipped]) -> Intake:
        """Every row as an entry or as skipped; none is lost."""
        entries: list[Entry] = []
        skipped: list[Skipped] = []
        for row in rows:
            result = row if isinstance(row, Skipped) else self._entry(row)
            if isinstance(result, Skipped):
                skipped.append(result)
            else:
                entries.append(result)
        return Intake(tuple(entries), tuple(skipped))

    def _entry(self, incoming: Incoming) -> Entry | Skipped:
        row = _Row(incoming, self._period)
        reject = self._rejection(row)
        if reject is not None:
            return Skipped(incoming.row, reject, incoming.sheet, rejected=True)
        number = row.text("number").upper()
        matched = self._town.find(number) if number else None
        record, report, steps, claim = self._record(row, matched)
        if matched is not None:
            return self._numbered(incoming, row, matched, record, claim)
        origin = origin_of(
            record["found_on"], report.location or record["zone_name"] or "", report.description
        )
        self._seen[origin] += 1
        earlier = self._known.get(origin, [])
        if self._seen[origin] <= len(earlier):
            return Entry(
                incoming.sheet,
                incoming.row,
                "same",
                record,
                claim,
                tuple(row.doubts),
                item=earlier[self._seen[origin] - 1],
            )
        if self._seen[origin] > 1:
            row.doubt("repeat")
        wish = Wish(self._taken_in(row, record, report, steps, claim, origin))
        return Entry(incoming.sheet, incoming.row, "new", record, claim, tuple(row.doubts), wish)

    def _rejection(self, row: _Row) -> Doubt | None:
        """Why a row with data cannot become a record."""
        if not row.text("description"):
            return Doubt("no_description", "", "description")
        if not any(row.text(key) for key in ("location", "zone", "zone_name")):
            return Doubt("no_place", "", "location")
        for key, text in row.texts.items():
            if len(text) > SHORTEST_LIMIT and TYPES.get(key) == FieldType.TEXT:
                limit = too_long(key, text)
                if limit is not None:
                    return Doubt("too_long", str(limit), key)
        return None

    def _numbered(
        self,
        incoming: Incoming,
        row: _Row,
        matched: Item,
        record: PortableRecord,
        claim: str | None,
    ) -> Entry:
        """A row whose number resolves: the same, or a conflict."""
        current = self._projector.record(matched)
        given = {k for k in KEYS if plain(incoming.cells.get(k)) or incoming.cells.get(k)}
        differs = tuple(
            f.key
            for f in FIELDS
            if f.key in given
            and not f.derived
            and f.key != "number"
            and record[f.key] != current[f.key]
        )
        return Entry(
            incoming.sheet,
            incoming.row,
            "conflict" if differs else "same",
            record,
            claim,
            tuple(row.doubts),
            item=matched.id,
            differs=differs,
        )

    def _record(
        self, row: _Row, matched: Item | None
    ) -> tuple[PortableRecord, Report, "_Steps", str | None]:
        """What the row says, as a portable record and as the parts of actions."""
        record: PortableRecord = dict.fromkeys(KEYS)
        number = row.text("number")
        external = row.text("external_no")
        if number and matched is None:
            row.doubt("number_unknown", "number", number)
            external = external or number
        zone, location = self._place(row)
        found_on = row.past("found_on", self._today)
        if found_on is None and not row.text("found_on"):
            row.doubt("no_found_on", "found_on")
        if not row.text("source"):
            row.doubt("no_source", "source")
        category = row.one_of("category", CATEGORIES)
        severity = row.one_of("severity", tuple(Severity))
        lead, co = self._named(row)
        issued_on = row.past("issued_on", self._today)
        due = self._due(row, found_on)
        claim = next(
            (c for c in (claim_of(row.text(k)) for k in ("progress", "state", "inspection")) if c),
            None,
        )
        feedback_on = row.past("feedback_on", self._today)
        begun = issued_on or found_on
        if feedback_on and begun and feedback_on < begun:
            row.doubt("before_issue", "feedback_on", feedback_on.isoformat())
            feedback_on = None
        self._copy(row, record)
        record.update(
            number=matched.label if matched else None,
            external_no=external or None,
            found_on=found_on,
            zone=zone.code if zone else None,
            zone_name=zone.name if zone else None,
            location=location or None,
            category=category or None,
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
            description=row.text("description"),
            category=category,
            subcategory=row.text("subcategory"),
            severity=severity,
            source=row.text("source"),
            external_no=external,
            found_on=found_on,
            reporter=row.text("reporter"),
            note=row.text("note"),
            photos=row.words("photos_before"),
        )
        return record, report, _Steps(lead, co, due, issued_on, feedback_on), claim

    def _copy(self, row: _Row, record: PortableRecord) -> None:
        """Plain texts, lists and days that are taken as they stand."""
        for key in (
            "source",
            "subcategory",
            "responsible",
            "requirement",
            "measure",
            "progress",
            "inspection",
            "inspector",
            "close_standard",
            "reporter",
            "note",
            "description",
        ):
            record[key] = row.text(key) or None
        for key in ("photos_before", "photos_after"):
            record[key] = list(row.words(key))
        for key in ("inspected_on", "closed_on", "work_until", "plan_on"):
            record[key] = row.day(key)
        for key in ("merged_into", "void_reason"):
            record[key] = row.text(key) or None

    def _place(self, row: _Row) -> tuple[Any, str]:
        location = row.text("location")
        for key in ("zone", "zone_name"):
            written = row.text(key)
            if not written:
                continue
            found = self._zones.find(written)
            if found is not None:
                return self._town.zones[found], location
            row.doubt("unknown", key, written)
            location = location or written
            break
        return None, location

    def _named(self, row: _Row) -> tuple[int | None, tuple[int, ...]]:
        lead = self._units.read(row.text("lead_unit"))
        raw = row.cells.get("co_units")
        written = "、".join(map(str, raw)) if isinstance(raw, list) else row.text("co_units")
        helping = self._units.read("配合：" + written if written else "")
        for key, named in (("lead_unit", lead), ("co_units", helping)):
            for name in named.unknown:
                row.doubt("unknown", key, name)
        co = tuple(dict.fromkeys(u for u in (*lead.co, *helping.co) if u != lead.lead))
        return lead.lead, co

    def _due(self, row: _Row, found_on: date | None) -> date | None:
        read = read_due(row.cells.get("due_on"), found_on, self._period)
        if read.doubt is not None:
            row.doubt(read.doubt.code, "due_on", read.doubt.value)
        return read.value

    def _taken_in(
        self,
        row: _Row,
        record: PortableRecord,
        report: Report,
        steps: "_Steps",
        claim: str | None,
        origin: str,
    ) -> TakeIn:
        """The steps a row carries; what is left over stays with the item as proposed."""
        day = report.found_on or self._today
        accept = assign = submit = None
        if (
            self._can["accept"]
            and report.category
            and report.zone is not None
            and report.found_on is not None
        ):
            accept = Accept(
                item=0,
                on=day,
                subcategory=report.subcategory or OTHER,
                severity=report.severity or Severity.MINOR,
                close_standard=row.text("close_standard"),
            )
        issued = max(steps.issued_on or day, day)
        if (
            accept
            and self._can["assign"]
            and steps.lead is not None
            and steps.due is not None
            and steps.due >= issued
        ):
            assign = Assign(
                item=0,
                on=issued,
                lead=steps.lead,
                co=steps.co,
                due=steps.due,
                deadline=self._wording(row, report.found_on),
                requirement=row.text("requirement"),
                responsible=row.text("responsible"),
            )
        measure, progress = row.text("measure"), row.text("progress")
        photos = row.words("photos_after")
        if assign and claim == DONE and self._can["submit"]:
            submit = Submit(
                item=0,
                on=steps.feedback_on,
                measure=measure,
                progress=progress,
                photos=photos,
                claimed=True,
                channel=None if self._liaison else Channel.LEDGER,
            )
            for key, value in (
                ("measure", measure),
                ("feedback_on", steps.feedback_on),
                ("photos_after", photos),
            ):
                if not value and not any(d.field == key for d in row.doubts):
                    row.doubt("claim_without", key)
        for key in (
            "inspection",
            "inspected_on",
            "inspector",
            "closed_on",
            "plan_on",
            "merged_into",
            "void_reason",
        ):
            if record[key] and not (key == "inspection" and claim_of(record[key])):
                row.doubt("not_taken", key, plain(record[key]))
        kept = NOTHING
        if assign is None:
            kept = Proposed(
                lead=steps.lead,
                co=steps.co,
                due=steps.due,
                deadline=self._wording(row, report.found_on),
                requirement=row.text("requirement"),
                responsible=row.text("responsible"),
                issued_on=steps.issued_on,
            )
        if submit is None and (measure or progress or steps.feedback_on or photos or claim):
            kept = replace(
                kept,
                measure=measure,
                progress=progress,
                feedback_on=steps.feedback_on,
                photos_after=photos,
                claim=claim or "",
            )
        return TakeIn(
            report=replace(
                report, on=day, origin=origin, proposed=None if kept == NOTHING else kept
            ),
            accept=accept,
            assign=assign,
            submit=submit,
        )

    def _wording(self, row: _Row, found_on: date | None) -> str:
        """How the deadline was worded, where it was a rule and not a day."""
        if not isinstance(row.cells.get("due_on"), str):
            return ""
        read = deadline_of(row.cells["due_on"], found_on, self._period)
        if read.value is not None and read.value.kind != Kind.DATE:
            return row.text("due_on")
        return ""


class _Steps(Struct, frozen=True):
    """What a row says of the steps after the report."""

    lead: int | None
    co: tuple[int, ...]
    due: date | None
    issued_on: date | None
    feedback_on: date | None
