"""Equal texts of many records held once: a town's words repeat, and memory is dear where there are many."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import force_setattr

from core.model import Record

LONGEST = 120
"""Characters of a text that is worth looking for: longer ones hardly repeat."""


class Shared:
    """The texts seen so far; records given to `share` hold them instead of their own."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def share(self, records: Iterable[Record]) -> None:
        """Replace equal texts by one; the records stay equal to what they were."""
        for record in records:
            self._walk(record)

    def _walk(self, struct: Struct) -> None:
        for name in struct.__struct_fields__:
            value: Any = getattr(struct, name)
            if type(value) is str:
                if value and len(value) <= LONGEST:
                    known = self._texts.setdefault(value, value)
                    if known is not value:
                        force_setattr(struct, name, known)
            elif type(value) is tuple:
                for part in value:
                    if isinstance(part, Struct):
                        self._walk(part)
            elif isinstance(value, Struct):
                self._walk(value)
