"""Reads rows against a town: what is matched, what each field is, what is new."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from core.actions.loop.road import Report
from core.actions.wish import Wish
from core.day.sameness import added, is_open
from core.errors import Doubt
from core.ledger.copies import without_copies
from core.ledger.earlier import SHORTEST_ORDER, Earlier
from core.ledger.origins import known_origins, origin_of, origin_told
from core.ledger.outcome import Choices, Entry, Incoming, Intake, RowChoice, Skipped, told_of
from core.ledger.record import PortableRecord, Projector
from core.ledger.returning import Returning
from core.ledger.rows.borne import item_of
from core.ledger.rows.hands import Hands
from core.ledger.rows.matching import Matching
from core.ledger.rows.met import Met
from core.ledger.rows.row import Row
from core.ledger.rows.saying import Said, Saying, too_long_in
from core.ledger.rows.steps import Steps, taken_in
from core.ledger.rows.unheard import tell_unheard
from core.model import Item, State
from core.roles import Actor
from core.town.town import Town
from core.words.cells import plain
from core.words.claims import DONE
from core.words.dates import day_of_sheet, read_date
from core.words.text import key_of

_PLACES = ("location", "zone", "zone_name")


def _untold(item: Item, claim: str | None) -> bool:
    """Whether a row claims done what its unit has never fed back on."""
    out = item.state == State.RECTIFYING and item.assignment is not None
    return claim == DONE and out and item.assignment is not None and not item.assignment.feedback


class _Look(NamedTuple):
    """One row looked at."""

    row: Row
    reject: Doubt | None
    """Why it is no record."""
    said: Said | None
    origin: str = ""
    """By what it is known again, as it says now."""


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
        self._town = town
        self._today = today
        projector = Projector(town, today)
        self.saying = Saying(town, today, projector, year, mapped or {}, words or {}, moving=moving)
        self._hands = Hands.of(actor, today)
        self._matching = Matching(town)
        self._returning = Returning(town, projector, self._hands, handed or {}, self._matching)
        self._known: dict[str, list[int]] = {}
        self._begun = False
        self._met = Met()
        self._numbers: dict[str, tuple[int, str | None, int]] = {}
        """File, sheet and row by the number they bear."""
        self._earlier = Earlier(town, today)
        self._files = 0
        self._looked: dict[int, _Look] = {}
        """What rows say that were looked at before their file was read to its end, by identity."""

    def expect(self, rows: Sequence[Incoming | Skipped]) -> None:
        """Look at rows that `read` will be given, so that little is left to do then.

        Nothing of a row that bears a number, which is read with its item; of no rows, what any will need.
        """
        self._begin()
        for row in rows:
            if isinstance(row, Incoming) and "number" not in row.cells:
                self._looked[id(row)] = self._look(row)

    def _begin(self) -> None:
        """What rows are known again by, worked out once."""
        if not self._begun:
            self._begun = True
            self._known = known_origins(self._town)

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
        self._begin()
        rows = self.without_copies(rows)
        self._files += 1
        self._met = Met()
        self._matching.begin((row for row in rows if isinstance(row, Incoming)), chosen or {})
        found = [row if isinstance(row, Skipped) else self._entry(row) for row in rows]
        found = [self._revised(row, entry) for row, entry in zip(rows, found, strict=True)]
        for origin, count in self._met.added.items():
            self._known.setdefault(origin, []).extend([0] * count)
        return found

    def without_copies(self, rows: Iterable[Incoming | Skipped]) -> list[Incoming | Skipped]:
        """Rows with their copies on other sheets taken into them."""
        return without_copies(rows, self._problem)

    def _problem(self, incoming: Incoming) -> tuple[str, str]:
        """What a row shares with its copies: place, text and sender's number, and its day, as the file has them;
        nothing for one that has a number of this store."""
        row = incoming.was or incoming
        if item_of(row, self._town)[0] is not None:
            return "", ""
        cells, period = row.cells, self.saying.period_of(row.filing)
        place = next((p for key in _PLACES if (p := plain(cells.get(key)))), "")
        raw, text = cells.get("found_on"), plain(cells.get("description"))
        day = read_date(raw, period).value or day_of_sheet(raw, period)
        order = plain(cells.get("external_no") or cells.get("number"))
        if not text or not (place or order):
            return "", ""  # of two lists without places, each has its own under its own heading
        shared = origin_of(None, place, text) + key_of(order)
        return shared, day.isoformat() if day else plain(raw)

    def look(self, incoming: Incoming) -> tuple[Row, PortableRecord, Report, Steps, str | None]:
        """What one row says, matched to nothing: with its doubts, and what it claims of itself."""
        row = self.saying.row(incoming)
        return row, *self.saying.says(row, None)

    def _look(self, incoming: Incoming) -> "_Look":
        """What one row says, matched to nothing, or why it is no record."""
        row = self.saying.row(incoming)
        reject = self.saying.rejection(row)
        if reject is not None:
            return _Look(row, reject, None)
        said = self.saying.says(row, None)
        return _Look(row, None, said, origin_told(said[0], said[1]))

    def _rejection(self, row: Row) -> Doubt | None:
        """Why a row is no record; one that bears a number need not say again what it is about."""
        numbered = item_of(row.incoming, self._town)[0] is not None
        return too_long_in(row) if numbered else self.saying.rejection(row)

    def _entry(self, incoming: Incoming) -> Entry | Skipped:
        look = self._looked.pop(id(incoming), None)
        row = look.row if look else self.saying.row(incoming)
        reject = look.reject if look else self._rejection(row)
        if reject is not None:
            told = told_of(incoming.cells.values())
            return Skipped(incoming.row, reject, incoming.sheet, rejected=True, text=told)
        matched, certain = self._matching.match(incoming)
        number = row.text("number").upper()
        here = (self._files, incoming.sheet, incoming.row)
        other = self._numbers.setdefault(number, here) if number else here
        if other != here:
            row.doubt("number_twice", "number", " ".join(map(str, filter(None, other[1:]))))
        if look is not None and look.said is not None and matched is None:
            record, report, steps, claim = look.said
        else:
            if look is not None:
                row = self.saying.row(incoming)
            record, report, steps, claim = self.saying.says(row, matched)
        if matched is not None:
            entry = self._returning.entry(row, matched, record, claim, certain=certain)
            if other != here and entry.action == "update":  # the row before is the answer
                return replace(entry, action="conflict", wish=None, more=())
            return entry
        origin = look.origin if look else origin_told(record, report)
        return self._unmatched(row, (record, report, steps, claim), origin)

    def _unmatched(self, row: Row, said: Said, origin: str) -> Entry:
        """A row that bears no number of an item here: known again by what it says, or new."""
        incoming, (record, report, steps, claim) = row.incoming, said
        origin = self._origin(incoming, record, report, origin)
        self._tell_twice(row, report.external_no)
        self._met.seen[origin] += 1
        earlier = self._known.get(origin, [])
        if self._met.seen[origin] <= len(earlier):
            known = self._town.items.get(earlier[self._met.seen[origin] - 1])
            if known is not None and _untold(known, claim):
                # Known by its text only, and it says more than is here: never passed over.
                sure = self._matching.is_chosen(incoming)
                return self._returning.entry(row, known, record, claim, certain=sure)
            if known is not None:
                tell_unheard(row, known, record, claim, steps)
                told = self._returning.said_anew(row, known, record, claim)
                if told is not None:
                    return told
            return Entry(
                incoming.sheet,
                incoming.row,
                "same",
                record,
                claim,
                tuple(row.doubts),
                item=earlier[self._met.seen[origin] - 1] or None,
            )
        if self._met.seen[origin] > 1 and incoming.was is None:
            row.doubt("repeat")
        report, joined = self._joined(row, record, report, claim)
        if joined is not None:
            self._met.joins.add(id(incoming))
            return joined
        self._met.added[origin] += 1
        wish = Wish(taken_in(self._hands, row, record, report, steps, claim, origin))
        return Entry(incoming.sheet, incoming.row, "new", record, claim, tuple(row.doubts), wish)

    def _tell_twice(self, row: Row, order: str) -> None:
        """A sender's number that an earlier row of this file bears: perhaps one problem, told twice."""
        key = key_of(order) if len(order) >= SHORTEST_ORDER else ""
        if not key or row.doubts_about("number"):
            return
        here = (row.incoming.sheet, row.incoming.row)
        other = self._met.orders.setdefault(key, here)
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
        if self._matching.choice(row.incoming) != RowChoice.SURE:
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
        """A new row that is an earlier version's, edited since: proposed as that item, not added, nor told of it again."""
        if not isinstance(row, Incoming) or not isinstance(entry, Entry):
            return entry
        if entry.action != "new" and id(row) not in self._met.joins:
            return entry
        item = self._earlier.version(row, entry.record, self._met.seen)
        if item is None:
            return entry
        self._met.seen[item.origin] += 1
        again = self.saying.row(row)
        record, _report, _steps, claim = self.saying.says(again, None)
        again.doubt("edited", "description", item.label)
        sure = self._matching.is_chosen(row)
        return self._returning.entry(again, item, record, claim, certain=sure)

    def _origin(
        self, incoming: Incoming, record: PortableRecord, report: Report, origin: str
    ) -> str:
        """By what a row is known again: as the file has it, also where it was mended since."""
        if incoming.was is not None:
            row = self.saying.row(incoming.was)
            record, report, _steps, _claim = self.saying.says(row, None)
            origin = origin_told(record, report)
        zone = record["zone_name"] or ""
        if report.location or not zone or origin in self._known:
            return origin
        # The zone may not have been known yet when the row came first, and stood for its place.
        written = plain(incoming.cells.get("zone") or incoming.cells.get("zone_name"))
        before = origin_of(record["found_on"], written, report.description)
        return before if before in self._known else origin
