"""What follows from the steps an item has gone: when it left, when it was suspended, when feedback was entered.

It is worked out wherever a transaction is applied, decided here or read from a journal, and written in no
line: lines from before it was kept give the same as new ones (docs/format.md 2).
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from typing import cast

from msgspec.structs import replace

from core.changes import Change
from core.model import LEFT_STATES, Assignment, Event, Item, Pause, Record, State
from core.town.town import Town

FOLLOWS = frozenset({"left_on", "pauses", "entered"})
"""Fields of an item that follow from its steps."""


_UNKNOWN = Item()
"""An item nothing has happened to."""


def written(item: Item, old: Item | None) -> Item:
    """An item as a line of a journal says it: what follows stays as it was."""
    before = old or _UNKNOWN
    if (item.left_on, item.pauses, item.entered) == (before.left_on, before.pauses, before.entered):
        return item
    return replace(item, left_on=before.left_on, pauses=before.pauses, entered=before.entered)


def followed(
    old: Item | None,
    new: Item,
    *,
    saved_on: Callable[[], date],
    happened_on: Callable[[], date],
    undoing: bool,
) -> Item:
    """`new` with what follows from the step that made it of `old`.

    `saved_on` gives the office's day of the transaction, `happened_on` the day its history names.
    """
    was = old or _UNKNOWN
    changed: dict[str, object] = {}
    if (new.state in LEFT_STATES) != (was.state in LEFT_STATES):
        changed["left_on"] = happened_on() if new.state in LEFT_STATES else None
    held, holds = _suspended(was), _suspended(new)
    if held != holds:
        changed["pauses"] = (
            _begun(was.pauses, new, undoing) if holds else _ended(was.pauses, happened_on, undoing)
        )
    if new.assignments != was.assignments:
        entered = _entered(was, new, saved_on)
        if entered != new.entered:
            changed["entered"] = entered
    return replace(new, **changed) if changed else new


def with_trail(changes: tuple[Change, ...], today: date, *, undoing: bool) -> tuple[Change, ...]:
    """The changes of a transaction decided today, with what follows of items."""
    told: dict[int, list[Event]] = {}

    def happened_on(item: int) -> date:
        if not told:
            told.update(events_by_item(c.new for c in changes if c.table == "events"))
        return day_of(told.get(item, ()), today)

    def traced(change: Change) -> Change:
        new = cast(Item, change.new)
        after = followed(
            cast("Item | None", change.old),
            new,
            saved_on=lambda: today,
            happened_on=lambda: happened_on(new.id),
            undoing=undoing,
        )
        return change if after is new else Change(change.table, change.old, after)

    return tuple([traced(c) if c.table == "items" else c for c in changes])


def _suspended(item: Item) -> bool:
    return item.state == State.SUSPENDED and item.suspension is not None


def _begun(pauses: tuple[Pause, ...], item: Item, undoing: bool) -> tuple[Pause, ...]:
    """One more; or the last one goes on, where the step that ended it is taken back."""
    held = item.suspension
    assert held is not None
    last = pauses[-1] if pauses else None
    if last is not None and last.until is not None and last.since == held.since:
        return (*pauses[:-1], replace(last, until=None, was=last.until if undoing else None))
    return (*pauses, Pause(since=held.since, reason=held.reason))


def _ended(
    pauses: tuple[Pause, ...], happened_on: Callable[[], date], undoing: bool
) -> tuple[Pause, ...]:
    """The last one ends; or goes, where the step that began it is taken back."""
    if not pauses:
        return ()
    last = pauses[-1]
    if not undoing:
        return (*pauses[:-1], replace(last, until=happened_on(), was=None))
    if last.was is not None:
        return (*pauses[:-1], replace(last, until=last.was, was=None))
    return pauses[:-1]


def _entered(old: Item, new: Item, saved_on: Callable[[], date]) -> dict[str, date]:
    """The days of feedback known before, and of what is new and was entered later than it says."""
    before = {a.no: len(a.feedbacks) for a in old.assignments}
    moved_in = new.accepted_on is None
    found: dict[str, date] = {}
    for assignment in new.assignments:
        known = before.get(assignment.no, 0)
        for at, feedback in enumerate(assignment.feedbacks):
            key = f"{assignment.no}/{at + 1}"
            if at < known:
                if key in old.entered:
                    found[key] = old.entered[key]
            elif feedback.on is None or (not moved_in and feedback.on < saved_on()):
                found[key] = saved_on()
    return found


def entered_on(item: Item, assignment: Assignment, at: int) -> date | None:
    """The day the feedback at a place, from 0, was entered, where that is later than it says."""
    return item.entered.get(f"{assignment.no}/{at + 1}")


def events_by_item(records: Iterable[Record]) -> dict[int, list[Event]]:
    """Lines of history by the item they are of."""
    told: dict[int, list[Event]] = {}
    for event in records:
        if isinstance(event, Event) and event.table == "items":
            told.setdefault(event.record, []).append(event)
    return told


def day_of(events: Iterable[Event], saved_on: date) -> date:
    """The day that lines of an item's history name; that of saving where they name none."""
    named = [event.on for event in events if event.on is not None]
    return named[-1] if named else saved_on


def from_history(item: Item, events: Iterable[Event], zone: tzinfo) -> Item:
    """What follows, from the lines of an item's history alone, where the transactions are archived."""
    pauses: tuple[Pause, ...] = ()
    left: date | None = None
    entered: dict[str, date] = {}
    fed: dict[int, int] = {}
    for event in events:
        saved_on = _day(event.at, zone)
        day, undoing = event.on or saved_on, event.action == "undo"
        if event.to_state in LEFT_STATES:
            left = day
        elif event.from_state in LEFT_STATES:
            left = None
        if event.to_state == State.SUSPENDED and event.from_state != State.SUSPENDED:
            reopened = event.from_state in LEFT_STATES or undoing
            if pauses and reopened:
                last = pauses[-1]
                pauses = (*pauses[:-1], replace(last, until=None, was=last.until))
            else:
                pauses = (*pauses, Pause(since=saved_on, reason=event.reason))
        elif event.from_state == State.SUSPENDED and event.to_state not in ("", State.SUSPENDED):
            pauses = _ended(pauses, lambda day=day: day, undoing)  # type: ignore[misc]
        if event.action == "submit" and event.assignment is not None:
            fed[event.assignment] = fed.get(event.assignment, 0) + 1
            if event.on is not None and event.on < saved_on:
                entered[f"{event.assignment}/{fed[event.assignment]}"] = saved_on
    if item.state not in LEFT_STATES:
        left = None
    held = item.suspension
    if held is not None and pauses and pauses[-1].until is None:
        pauses = (*pauses[:-1], replace(pauses[-1], since=held.since, reason=held.reason))
    return replace(item, left_on=left, pauses=pauses, entered=entered)


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


def take_from_history(town: Town, events: Iterable[Event]) -> None:
    """The same for every item of a town."""
    told = events_by_item(events)
    for item in list(town.items.values()):
        town.put("items", from_history(item, told.get(item.id, ()), town.settings.zone))
