"""What reads JSON as a kind of record."""

from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")


def decoder(kind: type[T]) -> msgspec.json.Decoder[T]:
    """The one decoder of a kind, made when it is first asked for: a command reads few of the kinds there are."""
    return cast("msgspec.json.Decoder[T]", _made(kind))  # type: ignore[arg-type]


@cache
def _made(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)
