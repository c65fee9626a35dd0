"""考核办法 and 加减分: what a month is scored by; a change never reaches back (docs/rounds.md 8)."""

import re
from typing import Any

import msgspec
from msgspec.structs import replace

from core.actions import SetScheme
from core.calendar.spans import Length, Span, read_span
from core.deciding.draft import Draft
from core.deciding.registers.keeping import Own, built
from core.deciding.rounds.states import not_signed
from core.deciding.rounds.visits import between
from core.errors import RuleError
from core.model import Document, Points, Scheme, Variant
from core.roles import SCHEMERS
from core.stats.recorded import SIGNED
from core.stats.scores import scheme_of
from core.words.categories import CATEGORIES

_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
WORDS: dict[str, tuple[str, ...]] = {
    "list_by": ("close", "ontime", "score"),
    "rank_by": ("score", "close", "ontime"),
    "rank_within": ("all", "kind", "group"),
    "ties": ("skip", "dense"),
}
"""Keys of a scheme that say one of some words."""
LIMITS: dict[str, tuple[int, int]] = {
    "round_day": (1, 31),
    "objection_days": (0, 30),
    "repeat_days": (1, 366),
    "small_n": (0, 100),
    "talk_last": (1, 12),
    "report_last": (1, 12),
}
"""Whole numbers, and between what."""


def set_scheme(draft: Draft, action: SetScheme) -> None:
    """Keys from a month on; the scheme of that month is made where there is none."""
    role = draft.require(SCHEMERS)
    month = _month(action.since, draft)
    _not_behind_signed(draft, month)
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


def _not_behind_signed(draft: Draft, month: Span) -> None:
    for paper in draft.all(Document):
        signed = paper.variant == Variant.MONTH and paper.active and paper.state in SIGNED
        if signed and paper.period >= month.code:
            not_signed(draft, paper.period)


def _check(scheme: Scheme) -> None:
    for key, words in WORDS.items():
        if getattr(scheme, key) not in words:
            raise RuleError(
                "unknown_word",
                table="schemes",
                field=key,
                value=getattr(scheme, key),
                expected=words,
            )
    for key, (least, most) in LIMITS.items():
        between(getattr(scheme, key), least, most)
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
    month = fields.get("month", "")
    kind = str(fields.get("kind", ""))
    if fields.get("points") is None and _MONTH.fullmatch(str(month)):
        scheme = scheme_of(draft.town, read_span(month, draft.now.today))
        fields["points"] = scheme.points.get(kind, 0)
    if fields.get("on") is None:
        fields["on"] = draft.now.today
    fields.setdefault("by", draft.actor.login)
    return fields


_SIGNS = {"praise": 1, "leader": -1, "fake": -1, "shirk": -1}
"""Which way a kind of points goes; the others go either way."""


def _check_points(draft: Draft, entry: Points) -> None:
    if not entry.points:
        raise RuleError("bad_number", value="0")
    between(entry.points / 100, -100, 100)
    if entry.points * _SIGNS.get(entry.kind, entry.points) < 0:
        raise RuleError("wrong_sign", value=f"{entry.points / 100:g}")
    not_signed(draft, entry.month)


POINTS_OWN = Own(fill=_filled, begin=_begun, check=_check_points)
