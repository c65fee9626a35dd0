"""更正 (T26): setting a field right, with the old and the new value in the history."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from core.actions.loop.correcting import CORRECTABLE, Correct
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.errors import Incomplete, RuleError
from core.model import Item, Role, Severity
from core.model.parts import SHARED, brought_down
from core.words.categories import CATEGORIES, OTHER

NEEDS_REASON = frozenset({"due", "category"})
_ON_ASSIGNMENT = frozenset({"requirement", "responsible", "measure", "progress", "due"})
_MUST_STAY = ("description", "category", "subcategory", "zone", "found_on", "severity", "due")


@decides
def correct(draft: Draft, action: Correct) -> None:
    """T26: any field of an open item; a deadline only by a leader, since it forgives."""
    item, role = draft.begin(action.item, "correct")
    changed: dict[str, tuple[str, str]] = {}
    after = item
    fields = dict(action.fields)
    if fields.get("category") not in (None, "", item.category):
        fields.setdefault("subcategory", OTHER)
    for name, value in fields.items():
        if name not in CORRECTABLE:
            raise RuleError("not_correctable", field=name)
        old = _value(item, name)
        if old == value:
            continue
        _check(draft, item, name, value)
        changed[name] = (_text(old), _text(value))
        after = _set(after, name, value)
    if not changed:
        raise RuleError("nothing_changed", number=item.label)
    if NEEDS_REASON & changed.keys():
        draft.needs("correct", item, reason=action.reason)
    if "due" in changed:
        role = draft.require((Role.LEADER,))
    if after.zone is None and not after.location:
        raise Incomplete("missing", verb="correct", number=item.label, fields=("place",))
    draft.put("items", after)
    draft.note(
        after,
        "correct",
        role,
        on=draft.day(action.on),
        reason=action.reason,
        note=action.note,
        changed=changed,
    )
    _bring_down(draft, item, after, draft.day(action.on))


def _bring_down(draft: Draft, was: Item, whole: Item, day: date) -> None:
    """What parts have from their whole is right there too."""
    for part in (draft.item(key) for key in whole.parts):
        now = brought_down(whole, was, part)
        if now != part:
            draft.put("items", now)
            draft.note(now, "follow", "", on=day, reference=whole.label)


def _value(item: Item, name: str) -> Any:
    if name not in _ON_ASSIGNMENT:
        return getattr(item, name)
    if item.assignment is None or item.assignment.over:
        raise RuleError("not_issued", number=item.label, field=name)
    return getattr(item.assignment, name)


def _set(item: Item, name: str, value: Any) -> Item:
    if name not in _ON_ASSIGNMENT:
        return replace(item, **{name: value})
    assert item.assignment is not None
    values = {name: value}
    if name == "due":
        values |= {"provisional": False, "counted_from": None}
        if item.assignment.work_until == item.assignment.due:
            values["work_until"] = value
    return replace(item, assignments=(*item.assignments[:-1], replace(item.assignment, **values)))


def _check(draft: Draft, item: Item, name: str, value: Any) -> None:
    """A corrected value is one that could have been entered."""
    if item.part_of is not None and name in SHARED:
        raise RuleError("set_in_whole", number=item.label, value=item.whole, field=name)
    empty = value is None or value == ""
    if empty and name in _MUST_STAY and (item.number or name in ("description", "due")):
        raise Incomplete("missing", verb="correct", number=item.label, fields=(name,))
    if name == "category" and not empty and value not in CATEGORIES:
        raise RuleError("unknown_category", value=value)
    if name == "severity" and not empty and value not in tuple(Severity):
        raise RuleError("unknown_severity", value=value)
    if name == "found_on" and value is not None and value > draft.now.today:
        raise RuleError("future_date", field=name, value=value)
    if name == "due" and item.assignment and item.assignment.issued_on:
        issued = item.assignment.issued_on
        if value < issued:
            raise RuleError("due_before_issue", number=item.label, due=value, on=issued)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "、".join(value)
    return str(value)
