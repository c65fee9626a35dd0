"""New records decided a moment ago, moved behind what others have saved since.

An import is decided outside the lock. Others go on meanwhile, so its ids and numbers are taken; what
it decided still holds as long as nobody changed what it rests on, and only the counting is done anew.
"""

from msgspec import Struct
from msgspec.structs import replace

from core.changes import Change, Changes
from core.model import Counter, Event, Item
from core.town.town import Town

COUNTED = frozenset({"items", "events", "counters"})
"""Tables an import may touch and still be moved."""


class CountedFrom(Struct, frozen=True):
    """Where counting stood when something was decided."""

    ids: dict[str, int]
    numbers: dict[str, int]
    """Last number by series."""

    @classmethod
    def of(cls, town: Town) -> "CountedFrom":
        """Where counting stands in a town now."""
        counters = (c for c in town.tables["counters"].values() if isinstance(c, Counter))
        return cls(dict(town.next_ids), {c.name: c.last for c in counters})


def rebased(changes: Changes, ground: CountedFrom, town: Town) -> Changes | None:
    """The same changes with the ids and numbers that are free now; None where that cannot be."""
    if any(
        c.table not in COUNTED or (c.old is not None and c.table != "counters") for c in changes
    ):
        return None
    shift = {name: town.next_ids[name] - ground.ids[name] for name in COUNTED}
    moved = []
    counters = 0
    for change in changes:
        match change.new:
            case Item() as item:
                moved.append(Change("items", None, _item(item, shift["items"], ground, town)))
            case Event() as event:
                record = event.record + shift["items"]
                new = replace(event, id=event.id + shift["events"], record=record)
                moved.append(Change("events", None, new))
            case Counter() as counter:
                held = town.counter(counter.name)
                key = held.id or town.next_ids["counters"] + counters
                counters += not held.id
                last = counter.last + _shift(counter.name, ground, town)
                old = held if held.id else None
                moved.append(Change("counters", old, replace(counter, id=key, last=last)))
            case _:
                return None
    return replace(changes, changes=tuple(moved))


def _shift(series: str, ground: CountedFrom, town: Town) -> int:
    return town.counter(series).last - ground.numbers.get(series, 0)


def _item(item: Item, shift: int, ground: CountedFrom, town: Town) -> Item:
    return replace(
        item,
        id=item.id + shift,
        report_no=_number(item.report_no, ground, town),
        number=_number(item.number, ground, town),
    )


def _number(number: str, ground: CountedFrom, town: Town) -> str:
    if not number:
        return ""
    series, _dash, seq = number.rpartition("-")
    return f"{series}-{int(seq) + _shift(series, ground, town):04d}"
