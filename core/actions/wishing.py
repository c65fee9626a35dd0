"""The wish a verb makes of what was said: the same for a form and for a command."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from core.actions import appeals  # noqa: F401
from core.actions.action import ItemAction, verb_named
from core.actions.loop import (  # noqa: F401  # so that every kind of wish is known here
    aside,
    correcting,
    decisions,
    dividing,
    feedback,
    handover,
    inspection,
    leaving,
    levels,
    lookback,
    photos,
    road,
)
from core.asks import ASKS, AskKind
from core.errors import RuleError
from core.model import Item
from core.words.dates import Period
from core.words.deadlines import due_written, wording


def wish_of(verb: str, item: Item, said: Mapping[str, Any], period: Period) -> ItemAction:
    """The wish of a verb for an item. `said` is by the names of what it asks: deadlines in words,
    all else as the wish has it; what is empty was not said.

    Raises `RuleError("bad_due")`, and `"future_date"` before a deadline is counted from a day to come.
    """
    fields = {name: value for name, value in said.items() if value not in (None, "", ())}
    if fields.get("on", period.today) > period.today:
        raise RuleError("future_date", field="on", value=fields["on"])
    for ask in ASKS[verb]:
        if ask.kind == AskKind.DUE and ask.name in fields:
            words = fields[ask.name]
            start = _counted_from(verb, item, fields) or period.today
            fields[ask.name] = due_written(words, start, period)
            if ask.name == "due":
                fields["deadline"] = wording(words)
    return _kinds()[verb](item=item.id, **fields)


def _counted_from(verb: str, item: Item, said: Mapping[str, Any]) -> date | None:
    """The day deadlines in words count from: when it happened; a longer one from the one that is."""
    held = item.assignment.due if item.assignment and verb == "extend" else None
    day: date | None = held or said.get("on")
    return day


@cache
def _kinds() -> dict[str, type[ItemAction]]:
    return {verb_named(kind): kind for kind in _below(ItemAction)}


def _below(kind: type[ItemAction]) -> Iterator[type[ItemAction]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
