"""How a list is read that comes as a file, as the options of its command say."""

from collections.abc import Sequence
from typing import NamedTuple


class Sheeted(NamedTuple):
    """The options."""

    told: Sequence[str] = ()
    """`--map`."""
    sheet: str | None = None
    encoding: str | None = None
