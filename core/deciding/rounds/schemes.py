"""考核办法 and 加减分: what a month is scored by; a change never reaches back (docs/rounds.md 8)."""

from typing import Any

import msgspec
from msgspec.structs import replace

from core.actions.rounds import SetScheme
from core.calendar.spans import Length, Span, read_span
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own, built
from core.deciding.rounds.states import not_signed
from core.deciding.tidying import between
from core.errors import RuleError
from core.model import Points, Record, Scheme
from core.model.scheme import CHOICES, KINDS, WHOLE
from core.roles import SCHEMERS
from core.stats.scoring.scores import scheme_of
from core.words.categories import CATEGORIES


@decides
def set_scheme(draft: Draft, action: SetScheme) -> None:
    """Keys from a month on; the scheme of that month is made where there is none."""
    role = draft.require(SCHEMERS)
    month = _month(action.since, draft)
    not_signed(draft, month.code, or_later=True)
    known = next((s for s in draft.all(Scheme) if s.active and s.since == month.code), None)
    base = known or replace(scheme_of(draft.overlaid(), month), id=0, since=month.code)
    values: dict[str, Any] = {**msgspec.structs.asdict(base), **action.fields}
    after = built(Scheme, values)
    _check(after)
    if all(getattr(base, name) == getattr(after, name) for name in action.fields):
        raise RuleError("nothing_changed", number=month.code)
    after = replace(after, id=known.id if known else draft.new_id("schemes"), since=month.code)
    draft.put("schemes", after)
    changed = {
        name: (_text(getattr(base, name)), _text(getattr(after, name)))
        for name in action.fields
        if getattr(base, name) != getattr(after, name)
    }
    draft.note(after, "set_scheme", role, table="schemes", changed=changed, note=action.note)


def _month(text: str, draft: Draft) -> Span:
    span = read_span(text, draft.now.today)
    if span.length != Length.MONTH:
        raise RuleError("bad_period", value=text)
    return span


def _check(scheme: Scheme) -> None:
    for key, words in CHOICES.items():
        if getattr(scheme, key) not in words:
            raise RuleError(
                "unknown_word",
                table="schemes",
                field=key,
                value=getattr(scheme, key),
                expected=words,
            )
    for key in scheme.__struct_fields__:
        value = getattr(scheme, key)
        if key in WHOLE:
            between(value, *WHOLE[key])
        elif type(value) is int and key not in Record.__struct_fields__:
            between(value / 100, 0, 100)
    for category, weight in scheme.weights.items():
        if category not in CATEGORIES:
            raise RuleError("unknown_category", value=category)
        if weight < 0:
            raise RuleError("bad_number", value=str(weight / 100))
    if not any(scheme.weights.values()):
        raise RuleError("bad_number", value="0")


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "、".join(f"{key} {each / 100:g}" for key, each in value.items())
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return str(value)


def _filled(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    """The month as it is kept, and the usual points of its kind."""
    if fields.get("month"):
        fields["month"] = _month(str(fields["month"]), draft).code
    return fields


def _begun(draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    if fields.get("points") is None and fields.get("month"):
        scheme = scheme_of(draft.town, _month(str(fields["month"]), draft))
        fields["points"] = scheme.points.get(str(fields.get("kind", "")), 0)
    if fields.get("on") is None:
        fields["on"] = draft.now.today
    fields.setdefault("by", draft.actor.login)
    return fields


def _check_points(draft: Draft, entry: Points) -> None:
    if not entry.points:
        raise RuleError("bad_number", value="0")
    between(entry.points / 100, -100, 100, "points")
    if entry.points * KINDS.get(entry.kind, 0) < 0:  # of what has no usual points either way goes
        raise RuleError("wrong_sign", value=f"{entry.points / 100:g}")
    not_signed(draft, entry.month)


OWN["points"] = Own(fill=_filled, begin=_begun, check=_check_points)
