"""How far a row goes by itself: reported, accepted, issued, fed back; the rest is kept."""

import re
from contextlib import suppress
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from core.actions.coming_in import TakeIn
from core.actions.loop.feedback import Note, Submit
from core.actions.loop.road import Accept, Assign, Report
from core.actions.wish import Wish
from core.calendar.working_days import Kind
from core.ledger.record import PortableRecord
from core.ledger.rows.hands import Hands
from core.ledger.rows.row import Row
from core.model import (
    Channel,
    Item,
    Proposed,
    Severity,
)
from core.town.town import Town
from core.words.categories import OTHER
from core.words.cells import plain
from core.words.claims import DONE, claim_of
from core.words.deadlines import deadline_of

NOTHING = Proposed()
_NOT_TAKEN = (
    "inspection",
    "inspected_on",
    "inspector",
    "closed_on",
    "plan_on",
    "part_of",
    "merged_into",
    "void_reason",
)
"""What a row may say that only a person here may do."""
LONGEST_UNREAD = 300  # characters kept of a cell nobody could read


class Steps(Struct, frozen=True):
    """What a row says of the steps after the report."""

    lead: int | None
    co: tuple[int, ...]
    due: date | None
    issued_on: date | None
    feedback_on: date | None


def _tell_missing(row: Row, hands: Hands, report: Report, steps: Steps, *, stays: bool) -> None:
    """Tell what a row does not say and a later step will ask for; it `stays` reported for want of some of it."""
    lacking = [
        ("stays_reported", "category", stays and hands.accept and not report.category),
        ("stays_reported", "zone", stays and hands.accept and report.zone is None),
        ("nobody_named", "lead_unit", hands.assign and steps.lead is None),
    ]
    for code, field, lacks in lacking:
        if lacks and not any(doubt.field == field for doubt in row.doubts):
            row.doubt(code, field)


def taken_in(
    hands: Hands,
    row: Row,
    record: PortableRecord,
    report: Report,
    steps: Steps,
    claim: str | None,
    origin: str,
) -> TakeIn:
    """The steps a row carries; what is left over stays with the item as proposed."""
    day, told = report.found_on or hands.today, told_in(row, hands.today)
    accept = assign = submit = None
    if hands.accept and report.category and report.zone is not None and report.found_on is not None:
        accept = Accept(
            item=0,
            on=day,
            subcategory=report.subcategory or OTHER,
            severity=report.severity or Severity.MINOR,
            close_standard=row.text("close_standard"),
        )
    _tell_missing(row, hands, report, steps, stays=accept is None)
    issued = max(steps.issued_on or day, day)
    if (
        accept
        and hands.assign
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
            deadline=_wording(row, report.found_on),
            counted_from=report.found_on,
            requirement=row.text("requirement"),
            responsible=row.text("responsible"),
        )
    measure, progress = row.text("measure"), row.text("progress")
    photos = tuple(record["photos_after"])
    if assign and claim == DONE and hands.submit:
        submit = submission(hands, row, 0, steps.feedback_on)
    for key in _NOT_TAKEN:
        if record[key] and not (key == "inspection" and claim_of(record[key])):
            row.doubt("not_taken", key, plain(record[key]))
    kept = NOTHING
    if assign is None:
        kept = Proposed(
            lead=steps.lead,
            co=steps.co,
            due=steps.due,
            deadline=_wording(row, report.found_on),
            requirement=row.text("requirement"),
            responsible=row.text("responsible"),
            issued_on=steps.issued_on,
        )
    if submit is None and (measure or progress or steps.feedback_on or photos or claim):
        kept = replace(
            kept,
            measure=measure,
            progress=progress or row.text("state"),
            feedback_on=steps.feedback_on,
            photos_after=photos,
            claim=claim or "",
        )
    if unread := unread_in(row):
        kept = replace(kept, unread=unread)
    return TakeIn(
        report=replace(report, on=day, origin=origin, proposed=None if kept == NOTHING else kept),
        accept=accept,
        assign=assign,
        submit=submit,
        told=Note(item=0, line=told[1], on=told[0]) if told[1] else None,
    )


_DATED = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?[\s:：,，]*(.+)", re.DOTALL)


def told_in(row: Row, today: date) -> tuple[date, str]:
    """How it goes (最近进展), as a row says, and of which day; of today where it names none that has been."""
    said = row.text("diary")
    found = _DATED.fullmatch(said)
    if found is not None:
        with suppress(ValueError):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            if day <= today:
                return day, found[4].strip()
    return today, said


def jotted(row: Row, item: Item, town: Town, today: date) -> tuple[Wish, ...]:
    """A line for an item's diary, where a row has one that is not there, nor in that of its whole."""
    day, text = told_in(row, today)
    if not text or any(line.text == text for line in (*item.diary, *town.whole_of(item).diary)):
        return ()
    return (Wish(Note(item=item.id, line=text, on=day), item.revision, {}),)


UNREAD = frozenset(
    {
        "unknown",
        "bad_date",
        "no_deadline",
        "no_start",
        "long_term",
        "lost_zero",
        "future",
        "due_before_found",
        "before_issue",
        "not_said",
        "fault",
    }
)
"""Doubts that leave a field empty although something stood there."""


def unread_in(row: Row) -> dict[str, str]:
    """What stood in the cells of a row that nobody could read, by field."""
    if UNREAD.isdisjoint([doubt.code for doubt in row.doubts]):
        return {}
    return {
        doubt.field: row.text(doubt.field)[:LONGEST_UNREAD]
        for doubt in row.doubts
        if doubt.code in UNREAD and row.cells.get(doubt.field)
    }


def submission(hands: Hands, row: Row, item: int, on: date | None) -> Submit:
    """What a unit claims as done; what the claim lacks is doubted aloud."""
    measure, photos = row.text("measure"), row.photos("photos_after")
    for key, value in (("measure", measure), ("feedback_on", on), ("photos_after", photos)):
        if not value and not any(d.field == key for d in row.doubts):
            row.doubt("claim_without", key)
    return Submit(
        item=item,
        on=on,
        measure=measure,
        progress=row.text("progress"),
        photos=photos,
        claimed=True,
        channel=None if hands.liaison else Channel.LEDGER,
    )


def _wording(row: Row, found_on: date | None) -> str:
    """How the deadline was worded, where it was a rule and not a day."""
    if not isinstance(row.cells.get("due_on"), str):
        return ""
    read = deadline_of(row.cells["due_on"], found_on, row.period)
    if read.value is not None and read.value.kind != Kind.DATE:
        return row.text("due_on")
    return ""
