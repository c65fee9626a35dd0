"""A portable record read back as the item it was, for moving in (docs/format.md 5).

Everything is taken as it stands; a row with any doubt is rejected, since nobody will look at it
again.
"""

import re
from collections.abc import Iterable
from datetime import date

from core.actions import MoveIn, Wish
from core.errors import Doubt
from core.intake import Entry, Incoming, Intake, Skipped, known_origins, origin_of, plain
from core.model import (
    Assignment,
    Feedback,
    Fix,
    Inspection,
    Item,
    Outcome,
    State,
    VoidKind,
)
from core.naming import Directory, Gazetteer, read_units
from core.query import STATE_WORDS
from core.reading import Period, read_date
from core.record import FIELDS, KEYS, FieldType, Projector
from core.text import file_name, too_long
from core.town import Town

_REPORT_NO = re.compile(r"R-\d+")
_PAST = frozenset({"found_on", "issued_on", "feedback_on", "inspected_on", "closed_on"})
_OUTCOMES = {State.AWAITING: Outcome.PENDING, State.CLOSED: Outcome.PASSED}


class Rejected(Exception):  # never leaves this module
    """A row that cannot be taken as it stands."""

    def __init__(self, code: str, field: str, value: str = "") -> None:
        super().__init__(code)
        self.doubt = Doubt(code, value, field)


class Mover:
    """Reads the rows of one file as items of one town."""

    def __init__(self, town: Town, today: date, source: str) -> None:
        """`source` names the file and its digest in the history of each item."""
        self._town = town
        self._period = Period(today)
        self._today = today
        self._units = Directory(town.units.values(), retired=True)
        self._zones = Gazetteer(town.zones.values(), retired=True)
        self._source = source
        self._numbers: set[str] = set()
        self._known = known_origins(town)

    def read(self, rows: Iterable[Incoming | Skipped]) -> Intake:
        """Every row as an entry or as skipped; merged items last, behind what they point to."""
        entries: list[Entry] = []
        skipped: list[Skipped] = []
        projector = Projector(self._town, self._today)
        for row in rows:
            if isinstance(row, Skipped):
                skipped.append(row)
                continue
            try:
                item, merged = self._item(row)
            except Rejected as no:
                skipped.append(Skipped(row.row, no.doubt, row.sheet, rejected=True))
                continue
            here = self._here(item)
            if here is not None:
                record = projector.record(item)
                entries.append(
                    Entry(row.sheet, row.row, "same", record, None, row.doubts, item=here)
                )
                continue
            wish = Wish(MoveIn(item=item, merged_number=merged, source=self._source))
            record = projector.record(item)
            record.update({f.key: None for f in FIELDS if f.derived})
            entries.append(Entry(row.sheet, row.row, "new", record, None, row.doubts, wish))
        entries.sort(
            key=lambda e: bool(
                e.wish and isinstance(e.wish.action, MoveIn) and e.wish.action.merged_number
            )
        )
        return Intake(tuple(entries), tuple(skipped))

    def _item(self, row: Incoming) -> tuple[Item, str]:
        cells = row.cells
        text = {key: plain(cells.get(key)) for key in KEYS}
        for field in FIELDS:
            limit = too_long(field.key, text[field.key])
            if field.type == FieldType.TEXT and limit is not None:
                raise Rejected("too_long", field.key, str(limit))
        if not text["description"]:
            raise Rejected("no_description", "description")
        days = {f.key: self._day(f.key, row) for f in FIELDS if f.type == FieldType.DATE}
        counts = {f.key: self._count(f.key, text[f.key]) for f in FIELDS if f.type == FieldType.INT}
        state = STATE_WORDS.get(text["state"].lower())
        if state is None:
            raise Rejected("no_state" if not text["state"] else "unknown", "state", text["state"])
        number = text["number"].upper()
        if number and (number in self._numbers or self._taken(number)):
            raise Rejected("number_taken", "number", number)
        self._numbers.add(number)
        is_report = bool(_REPORT_NO.fullmatch(number))
        fixed = state == State.CLOSED and not text["lead_unit"] and not days["due_on"]
        kind, note = _void(text["void_reason"])
        item = Item(
            number="" if is_report else number,
            report_no=number if is_report else "",
            state=state,
            zone=self._zone(text),
            location=text["location"],
            description=text["description"],
            category=text["category"],
            subcategory=text["subcategory"],
            severity=text["severity"],
            source=text["source"],
            external_no=text["external_no"],
            found_on=days["found_on"],
            reported_on=days["found_on"],
            reporter=text["reporter"],
            note=text["note"],
            close_standard=text["close_standard"],
            photos_before=_files(cells, "photos_before"),
            level=counts["level"],
            level_max=counts["level"],
            reworks=counts["reworks"],
            reopened=counts["reopened"],
            closed_on=days["closed_on"],
            void_kind=kind,
            void_note=note,
            plan_on=days["plan_on"],
            fix=_fix(cells, text, days) if fixed else None,
            assignments=() if fixed else self._assignments(cells, text, days, state),
        )
        return item, text["merged_into"]

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

    def _day(self, key: str, row: Incoming) -> date | None:
        read = read_date(row.cells.get(key), self._period)
        if read.doubt is not None:
            raise Rejected(read.doubt.code, key, read.doubt.value)
        if read.value and key in _PAST and read.value > self._today:
            raise Rejected("future", key, read.value.isoformat())
        return read.value

    def _count(self, key: str, text: str) -> int:
        if not text:
            return 0
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Rejected("bad_number", key, text)
        return int(text)

    def _zone(self, text: dict[str, str]) -> int | None:
        for key in ("zone", "zone_name"):
            if text[key]:
                found = self._zones.find(text[key])
                if found is None:
                    raise Rejected("unknown", key, text[key])
                return found
        return None

    def _assignments(
        self,
        cells: dict[str, object],
        text: dict[str, str],
        days: dict[str, date | None],
        state: State,
    ) -> tuple[Assignment, ...]:
        named = read_units(text["lead_unit"], self._units)
        helping = read_units("配合：" + "、".join(_list(cells, "co_units")), self._units)
        for key, units in (("lead_unit", named), ("co_units", helping)):
            if units.unknown:
                raise Rejected("unknown", key, units.unknown[0])
        feedback, look = self._feedback(cells, text, days, state), _look(text, days, state)
        assignment = Assignment(
            lead=named.lead,
            co=(*named.co, *helping.co),
            responsible=text["responsible"],
            requirement=text["requirement"],
            issued_on=days["issued_on"],
            orig_due=days["due_on"],
            due=days["due_on"],
            work_until=days["work_until"],
            provisional=text["provisional"].lower() in ("是", "true"),
            feedbacks=(feedback,) if feedback else (),
            inspections=(look,) if look else (),
            ended_on=days["closed_on"],
        )
        issued = state in (State.RECTIFYING, State.AWAITING)
        return (assignment,) if issued or assignment != Assignment() else ()

    def _feedback(
        self,
        cells: dict[str, object],
        text: dict[str, str],
        days: dict[str, date | None],
        state: State,
    ) -> Feedback | None:
        photos = _files(cells, "photos_after")
        if not (days["feedback_on"] or text["measure"] or text["progress"] or photos):
            return None
        return Feedback(
            on=days["feedback_on"],
            measure=text["measure"],
            progress=text["progress"],
            photos=photos,
            outcome=_OUTCOMES.get(state, Outcome.FAILED),
        )


def _look(text: dict[str, str], days: dict[str, date | None], state: State) -> Inspection | None:
    if not (text["inspection"] or days["inspected_on"] or text["inspector"]):
        return None
    return Inspection(
        on=days["inspected_on"],
        inspector=text["inspector"],
        passed=state == State.CLOSED,
        finding=text["inspection"],
    )


def _fix(
    cells: dict[str, object], text: dict[str, str], days: dict[str, date | None]
) -> Fix | None:
    on = days["inspected_on"]
    if on is None:
        return None
    return Fix(
        on=on,
        inspector=text["inspector"],
        measure=text["measure"],
        photos=_files(cells, "photos_after"),
    )


def _list(cells: dict[str, object], key: str) -> tuple[str, ...]:
    raw = cells.get(key)
    parts = raw if isinstance(raw, list | tuple) else plain(raw).split("、")
    return tuple(p for p in (plain(part) for part in parts) if p)


def _files(cells: dict[str, object], key: str) -> tuple[str, ...]:
    return tuple(file_name(name) for name in _list(cells, key))


def _void(text: str) -> tuple[str, str]:
    """The kind and the note of 作废原因."""
    kind, _colon, note = text.partition("：")
    return (kind, note) if kind in tuple(VoidKind) else ("", text)
