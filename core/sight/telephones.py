"""Records as somebody sees them who is told no telephones: the middle of every mobile number in a text is struck out."""

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from core.words.text import has_phone, without_phones

T = TypeVar("T", bound=Struct)
AS_THEY_ARE = frozenset({"digest", "template", "hash", "origin", "fingerprint", "key"})
"""Fields whose figures are no telephone."""


def struck(record: T) -> T:
    """A record without mobile numbers in its texts; the very same where it has none."""
    if not has_phone(msgspec.json.encode(record).decode()):
        return record
    found: T = _struck(record)
    return found


def _struck(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value) if type(value) is str else value
    if isinstance(value, Struct):
        names = (n for n in value.__struct_fields__ if n not in AS_THEY_ARE)
        texts = {name: _struck(getattr(value, name)) for name in names}
        changed = {n: text for n, text in texts.items() if text != getattr(value, n)}
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, (tuple, list)):
        return type(value)(map(_struck, value))
    if isinstance(value, dict):
        return {k: each if k in AS_THEY_ARE else _struck(each) for k, each in value.items()}
    return value


def _text(text: str) -> str:
    """A text without mobile numbers; what is frozen as JSON, without those in the texts it holds."""
    if not has_phone(text):
        return text
    if text.startswith("{"):
        import json

        from core.words.canonical import frozen  # only where something is frozen

        try:
            return frozen(_struck(json.loads(text)))
        except ValueError:  # a sentence that begins with a brace
            pass
    return without_phones(text)
