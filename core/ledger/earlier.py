"""What a new row may be about that is here already: a sender's number, a like text, an earlier version of its ledger."""

from collections.abc import Collection
from datetime import date

from core.actions.loop.road import Report
from core.day.sameness import SAME, Before, is_open, likeliest, pieces_of, share
from core.ledger.outcome import Incoming
from core.ledger.record import PortableRecord
from core.model import Item, State
from core.town.town import Town
from core.words.text import key_of

SHORTEST_ORDER = 4
"""Characters from which a sender's number is taken for one that does not begin anew each time."""


class Earlier:
    """The items of a town by what a row may know them by, each index made where it is asked for."""

    def __init__(self, town: Town, today: date) -> None:
        self._town = town
        self._today = today
        self._before: Before | None = None
        self._orders: dict[str, Item] | None = None
        self._places: dict[date, dict[str, list[Item]]] | None = None

    def known(self, report: Report) -> tuple[Item, str, str] | None:
        """The item a report may be about, with the doubt that says so and the field it is about."""
        ordered = self._of_order(report.external_no)
        if ordered is not None:
            return ordered, "order_known", "external_no"
        self._before = self._before or Before(self._town, self._today)
        found = likeliest(self._before.like(report.zone, report.location, report.description))
        if found is None:
            return None
        return found, "came_before" if is_open(found) else "closed_before", "description"

    def _of_order(self, written: str) -> Item | None:
        key = key_of(written) if written else ""
        if len(key) < SHORTEST_ORDER:
            return None
        if self._orders is None:
            self._orders = {}
            for item in self._town.items.values():
                if item.external_no and item.state != State.VOID:
                    self._orders.setdefault(key_of(item.external_no), item)
        return self._orders.get(key)

    def version(self, row: Incoming, record: PortableRecord, seen: Collection[str]) -> Item | None:
        """The item a row is that an earlier version of its ledger had with another text: of the same day and
        place, and no row of this file (`seen`)."""
        found_on, where = record["found_on"], record["location"]
        if not where or row.was is not None or found_on not in self._imported():
            return None
        pieces = pieces_of(record["description"] or "")
        for item in self._imported()[found_on].get(key_of(where), ()):
            alike = share(pieces, pieces_of(item.description)) >= SAME
            if alike and item.origin not in seen and item.state != State.VOID:
                return item
        return None

    def _imported(self) -> dict[date, dict[str, list[Item]]]:
        """Items that came in by a ledger, by the day and the place of the find."""
        if self._places is None:
            self._places = {}
            for item in self._town.items.values():
                if item.origin and item.found_on is not None:
                    there = self._places.setdefault(item.found_on, {})
                    there.setdefault(key_of(item.location), []).append(item)
        return self._places
