"""Values of wishes: texts cleaned and within their limits, names that can stand in a list, figures that can be."""

from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from core.actions.action import Action
from core.actions.wish import Undo
from core.errors import Incomplete, RuleError
from core.words.text import FORBIDDEN_IN_NAMES, SHORTEST_LIMIT, clean, too_long

A = TypeVar("A", bound=Action)

_ONE_LINE = frozenset(
    {"location", "name", "code", "source", "external_no", "login", "short", "photo"}
)


class _Worded(NamedTuple):
    """Where texts stand in actions of one kind."""

    texts: tuple[str, ...]
    photos: bool
    nested: tuple[str, ...]

    @classmethod
    def of(cls, kind: type) -> "_Worded":
        """Worked out once of each kind."""
        found = {f.name: f.type for f in struct_fields(kind)}
        texts = tuple(name for name, type_ in found.items() if type_ is str)
        nested = tuple(name for name in ("fields", "texts") if name in found)
        return _WORDED.setdefault(kind, cls(texts, "photos" in found, nested))


_WORDED: dict[type, _Worded] = {}


def tidied(action: A) -> A:
    """The action with its text cleaned; `RuleError("too_long")` over a limit."""
    if isinstance(action, Undo):
        return action
    worded = _WORDED.get(type(action)) or _Worded.of(type(action))
    changed: dict[str, Any] = {}
    texts = [getattr(action, name) for name in worded.texts]
    together = "".join(texts)
    if together and (" " in together or not is_tidy(together)):  # nearly all are tidy
        for name, value in zip(worded.texts, texts, strict=True):
            if value and not is_tidy(value) and (text := tidy_text(name, value)) != value:
                changed[name] = text
    if worded.photos and (photos := getattr(action, "photos", ())):
        changed["photos"] = tuple(p for p in (tidy_text("photo", p) for p in photos) if p)
    for name in worded.nested:
        if nested := getattr(action, name):
            changed[name] = {k: tidied_value(k, v) for k, v in nested.items()}
    return replace(action, **changed) if changed else action


def is_tidy(value: str) -> bool:
    """Whether a text, not empty, is at the first look as `tidy_text` would have it in any field."""
    if len(value) > SHORTEST_LIMIT or not value.isprintable():
        return False
    return value[0] != " " != value[-1]  # no other blank is printable


def tidied_value(field: str, value: Any) -> Any:
    """A value of a field with its texts cleaned."""
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return tidy_text(field, value)
    if isinstance(value, tuple):
        return tuple(tidied_value("name", part) for part in value)
    return value


def tidy_text(field: str, value: str) -> str:
    """Cleaned text of a field; `RuleError("too_long")` over its limit."""
    value = clean(value, lines=field not in _ONE_LINE)
    limit = too_long(field, value)
    if limit is not None:
        raise RuleError("too_long", field=field, limit=limit, length=len(value))
    return value


def plain_name(field: str, value: str) -> str:
    """A name that can stand in a list; `RuleError("bad_name")` where it cannot."""
    value = tidy_text("name", value)
    if not value:
        raise Incomplete("missing", fields=(field,))
    if FORBIDDEN_IN_NAMES.search(value):
        raise RuleError("bad_name", field=field, value=value)
    return value


def between(value: float, least: int, most: int, field: str = "value") -> None:
    """Refuse a figure of a field that cannot be. Raises `RuleError("not_between")`."""
    if not least <= value <= most:
        limits = {"least": str(least), "most": str(most)}
        raise RuleError("not_between", value=f"{value:g}", field=field, **limits)
