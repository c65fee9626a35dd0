"""What a command that was run came to."""

from collections.abc import Callable
from typing import NamedTuple


class Result(NamedTuple):
    code: int
    out: str
    err: str


Zg = Callable[..., Result]
