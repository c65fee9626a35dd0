"""Ledgers that move in: rows read as tolerantly as any, taken as the items they were (docs/format.md 5).

A row is read as an ordinary import reads it; then its state, its days and its counts hold as they stand. What
cannot be read is in doubt and stays with the item's note, since nobody will ask the unit again.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from core.actions.coming_in import MoveIn
from core.actions.wish import Wish
from core.errors import Doubt
from core.ledger.origins import known_origins, origin_of
from core.ledger.outcome import Entry, Incoming, Intake, Skipped, told_of
from core.ledger.record import FIELDS, FieldType, PortableRecord, Projector
from core.ledger.row_reader import Reader
from core.ledger.rows.moving_state import (
    OPEN,
    closing_day_of,
    look_day_of,
    past_diary,
    past_feedback,
    past_fix,
    past_look,
    past_void,
    state_of,
    tell_too_early,
    with_unread,
)
from core.ledger.rows.row import Row
from core.ledger.rows.steps import Steps
from core.model import Assignment, End, Feedback, Item, Outcome, State, VoidKind
from core.roles import Actor
from core.town.town import Town
from core.words.dates import LOOK_AHEAD
from core.words.numbers import whole_number, written_out
from core.words.text import too_long

_REPORT_NO = re.compile(r"R-\d+")
_OURS = re.compile(r"(?:[A-Z]{1,6}-\d{4}-|R-|[A-Z]{1,6}-)\S{1,20}")
"""A number that a row keeps; another is the sender's own."""
_PAST = ("found_on", "issued_on", "feedback_on", "inspected_on", "closed_on")
_COUNTS = ("level", "reworks", "reopened")
NO_TEXT = "（原台账未写）"
"""What the problem of a row is called that only says where it was."""


class Rejected(Exception):  # never leaves this module
    """A row that cannot be taken."""

    def __init__(self, code: str, field: str, value: str = "") -> None:
        super().__init__(code)
        self.doubt = Doubt(code, value, field)


class Mover:
    """Reads the rows of one file as items of one town."""

    def __init__(
        self,
        town: Town,
        actor: Actor,
        today: date,
        source: str,
        *,
        year: int | None = None,
        mapped: Mapping[str, int] | None = None,
        words: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`source` names the file and its digest in the history of each item; `year` is the one of days
        without one; `mapped` are units, `words` categories and states by what is written for them; `headers` are the names of fields, for the note."""
        self._headers = headers or {}
        self._town = town
        self._today = today
        self._year = year
        self._reader = Reader(town, actor, today, year, mapped, words=words, moving=True)
        self._source = source
        self._numbers: set[str] = set()
        self._known = known_origins(town)
        self._zones = {zone.code: zone.id for zone in town.zones.values()}

    def read(self, rows: Iterable[Incoming | Skipped]) -> Intake:
        """Every row as an entry or as skipped; merged items last, behind what they point to."""
        found = self.each(rows)
        entries = sorted((e for e in found if isinstance(e, Entry)), key=lambda e: e.is_merged)
        return Intake(tuple(entries), tuple(s for s in found if isinstance(s, Skipped)))

    def each(self, rows: Iterable[Incoming | Skipped]) -> list[Entry | Skipped]:
        """What each row comes to, in their order."""
        projector = Projector(self._town, self._today)
        rows = self._reader.without_copies(rows)
        return [r if isinstance(r, Skipped) else self._entry(r, projector) for r in rows]

    def _entry(self, incoming: Incoming, projector: Projector) -> Entry | Skipped:
        try:
            item, row = self._item(incoming)
        except Rejected as no:
            told = told_of(incoming.cells.values())
            return Skipped(incoming.row, no.doubt, incoming.sheet, rejected=True, text=told)
        place, doubts = (incoming.sheet, incoming.row), tuple(row.doubts)
        record = projector.record(item)
        here = self._here(item)
        if here is not None:
            return Entry(*place, "same", record, None, doubts, item=here)
        action = MoveIn(
            item=item,
            merged_number=row.text("merged_into"),
            whole_number=written_out(row.text("part_of")) if row.text("part_of") else "",
            year=self._year_of(item, incoming),
            source=self._source,
        )
        record["part_of"] = action.whole_number or None
        record.update({f.key: None for f in FIELDS if f.derived})
        return Entry(*place, "new", record, None, doubts, Wish(action))

    def _year_of(self, item: Item, incoming: Incoming) -> int | None:
        """The year of the case number it is given: of 交办时间, else of 检查时间, else of the file."""
        issued = item.assignment.issued_on if item.assignment else None
        day, filing = issued or item.found_on, incoming.filing
        if day is None or (filing.until is not None and day > filing.until + LOOK_AHEAD):
            return self._year or filing.year
        return day.year

    def _item(self, incoming: Incoming) -> tuple[Item, Row]:
        row, record, report, steps, _claim = self._reader.look(incoming)
        for field in (each for each in FIELDS if each.type == FieldType.TEXT):
            if (limit := too_long(field.key, row.text(field.key))) is not None:
                raise Rejected("too_long", field.key, str(limit))
        zone = self._zones.get(record["zone"] or "")
        if not report.description and not report.location and zone is None:
            raise Rejected("nothing_told", "description")
        if not report.description:
            row.doubt("no_description", "description")
        elif not report.location and zone is None:
            row.doubt("no_place", "location")
        days = self._days(row, record)
        number, external = self._number(row, report.external_no)
        state = self._as_part(row, number, state_of(row, steps, days, self._meant(row)))
        if state == State.CLOSED and days["closed_on"] is None:
            days["closed_on"] = closing_day_of(row, days, self._today)
            if days["closed_on"] is None:
                row.doubt("no_closing_day", "closed_on")
        tell_too_early(row, days["closed_on"], report.found_on)
        kind, told = past_void(row.text("void_reason"), merged=row.doubts_about("merged_into"))
        counts = {key: row.count(key) for key in _COUNTS}
        looked = state == State.CLOSED and days["inspected_on"] is not None
        fixed = looked and not (steps.lead or steps.due)
        item = Item(
            number=number if not _REPORT_NO.fullmatch(number) else "",
            report_no=number if _REPORT_NO.fullmatch(number) else "",
            state=state,
            zone=zone,
            location=report.location,
            description=report.description or NO_TEXT,
            category=report.category,
            subcategory=report.subcategory,
            severity=report.severity,
            source=report.source,
            external_no=external,
            found_on=report.found_on,
            reported_on=report.found_on,
            reporter=report.reporter,
            note=with_unread(row, report.note, report.location, self._headers),
            diary=past_diary(row, self._today),
            close_standard=row.text("close_standard"),
            photos_before=report.photos,
            level=0 if state == State.CLOSED else counts["level"],
            level_max=counts["level"],
            reworks=counts["reworks"],
            reopened=counts["reopened"],
            closed_on=days["closed_on"],
            void_kind=kind,
            void_note=told,
            plan_on=record["plan_on"],
            round=self._round(row),
            fix=past_fix(row, days) if fixed else None,
            assignments=() if fixed else self._assignments(row, record, steps, days, state),
        )
        return item, row

    @staticmethod
    def _as_part(row: Row, number: str, state: State) -> State:
        """A part bears the number of its whole and one of its own, and is past acceptance. Raises `Rejected`."""
        whole = row.text("part_of")
        if whole and (whole_number(number) != written_out(whole) or state == State.REPORTED):
            raise Rejected("bad_part", "part_of", whole)
        return state

    def _meant(self, row: Row) -> dict[str, str]:
        """Categories and states by what its sender writes for them."""
        return self._reader.saying.names.meant(row.incoming.sender)

    def _round(self, row: Row) -> int | None:
        """The inspection round it was found in, where that is known here."""
        number = row.text("round")
        held = next((r.id for r in self._town.rounds.values() if r.number == number), None)
        if number and held is None:
            row.doubt("not_taken", "round", number)
        return held

    def _days(self, row: Row, record: PortableRecord) -> dict[str, date | None]:
        """The days it names that have been, that of the look also where only its words do."""
        days = {key: self._past(row, key, record[key]) for key in _PAST}
        return days | {"inspected_on": look_day_of(row, days, self._today)}

    def _past(self, row: Row, key: str, day: date | None) -> date | None:
        """A day that has been; a later one is in doubt and not taken."""
        if day is not None and day > self._today:
            row.doubt("future", key, day.isoformat())
            return None
        return day

    def _number(self, row: Row, external: str) -> tuple[str, str]:
        """The number a row keeps, and the sender's own. Raises `Rejected` where it is taken."""
        number = row.text("number").upper()
        if number and not _OURS.fullmatch(number):
            return "", external or number
        if number and (number in self._numbers or self._taken(number)):
            raise Rejected("number_taken", "number", number)
        self._numbers.add(number)
        return number, external

    def _here(self, item: Item) -> int | None:
        """The item a row without a number was moved in as before; each stands for one row."""
        if item.label:
            return None
        zone = self._town.zones.get(item.zone or 0)
        place = item.location or (zone.name if zone else "")
        known = self._known.get(origin_of(item.found_on, place, item.description))
        return known.pop(0) if known else None

    def _taken(self, number: str) -> bool:
        found = self._town.find(number)
        return found is not None and found.void_kind != VoidKind.UNREPORTED

    @staticmethod
    def _assignments(
        row: Row,
        record: PortableRecord,
        steps: Steps,
        days: Mapping[str, date | None],
        state: State,
    ) -> tuple[Assignment, ...]:
        feedback = past_feedback(row, days, state)
        if feedback is None and state == State.AWAITING:
            feedback = Feedback(outcome=Outcome.PENDING)
        look = past_look(row, days, state)
        assignment = Assignment(
            lead=steps.lead,
            co=steps.co,
            responsible=row.text("responsible"),
            requirement=row.text("requirement"),
            issued_on=days["issued_on"],
            orig_due=steps.due,
            due=steps.due,
            work_until=record["work_until"],
            provisional=row.text("provisional").lower() in ("是", "true"),
            feedbacks=(feedback,) if feedback else (),
            inspections=(look,) if look else (),
        )
        if state not in OPEN and assignment == Assignment() and state != State.CLOSED:
            return ()
        if state == State.CLOSED:
            assignment = replace(assignment, ended_on=days["closed_on"], end=End.CLOSED)
        return (assignment,)
