"""What a row says that is here already and its item does not know: told, for nothing is passed over in silence."""

from datetime import date

from core.ledger.record import PortableRecord
from core.ledger.rows.row import Row
from core.ledger.rows.steps import NOTHING, Steps
from core.loop import NOT_ISSUED
from core.model import Item, State
from core.words.claims import DONE
from core.words.text import key_of


def tell_unheard(
    row: Row,
    item: Item,
    record: PortableRecord,
    claim: str | None,
    steps: Steps,
) -> None:
    """Tell who has it, how it goes, what is claimed, the deadline and notes, where a row known by its text alone has
    them anew.

    What a unit says of work that goes on is taken, not told (`Returning.said_anew`).
    """
    said = row.text("progress") or row.text("state")
    if item.state in NOT_ISSUED:
        kept = item.proposed or NOTHING
        if said and said != kept.progress:
            _tell(row, item, "progress", said)
        elif claim and claim != kept.claim:
            _tell(row, item, "progress", said or claim)
        for key, known in (("measure", kept.measure), ("responsible", kept.responsible)):
            if row.text(key) and row.text(key) != known:
                _tell(row, item, key, row.text(key))
        _tell_due(row, item, record["due_on"], (kept.due,))
    elif item.assignment is not None:
        given = item.assignment
        _tell_units(row, item, steps.lead, steps.co)
        if item.state == State.RECTIFYING:
            _tell_due(row, item, record["due_on"], (given.due, given.orig_due))
        elif said and claim != DONE and said not in _heard(item):
            _tell(row, item, "progress", said)
    note = str(record["note"] or "")
    if key_of(note) not in key_of(item.note):
        _tell(row, item, "note", note)


def _heard(item: Item) -> set[str]:
    """What was said of how it goes: with the report, of the work, and when it was fed back."""
    found = {(item.proposed or NOTHING).progress, *(each.progress for each in item.assignments)}
    feedbacks = (f for given in item.assignments for f in given.feedbacks)
    return found.union(*((f.progress, f.measure) for f in feedbacks))


def _tell_units(row: Row, item: Item, lead: int | None, co: tuple[int, ...]) -> None:
    """Another unit than the one that has it, or others that help, are named."""
    given = item.assignment
    if given is None:
        return
    if lead is not None and lead not in {each.lead for each in item.assignments}:
        _tell(row, item, "lead_unit", row.text("lead_unit"))
    if co and not set(co) <= {given.lead, *given.co}:
        _tell(row, item, "co_units", row.text("co_units") or row.text("lead_unit"))


def _tell_due(row: Row, item: Item, due: date | None, known: tuple[date | None, ...]) -> None:
    if due is not None and due not in known and not row.doubts_about("due_on"):
        _tell(row, item, "due_on", due.isoformat())


def _tell(row: Row, item: Item, field: str, text: str) -> None:
    row.doubt("same_says", field, f"{item.label} {text}")
