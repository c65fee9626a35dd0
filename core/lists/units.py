"""Rows of a list of units as actions: every name people write for them is kept."""

from typing import Any

from core.actions.action import Action
from core.errors import Incomplete
from core.lists.coming import RowReader
from core.lists.list_reading import Reading, kept
from core.model import Unit
from core.registers.units import UNITS
from core.words.cells import names_of, text_of, texts_of, yes_of

_TEXTS = ("name", "short", "kind", "group", "leader_post", "liaison_post", "phone")


class UnitRows(RowReader):
    """Rows of a list of units as actions."""

    def __init__(self, reading: Reading) -> None:
        self._town = reading.town

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `Incomplete`."""
        fields = texts_of(cells, _TEXTS)
        if not fields.get("name"):
            raise Incomplete("missing", fields=("name",), table="units")
        short, *others = names_of(fields.get("short", "")) or ("",)
        if short:
            fields["short"] = short
        aliases = (*others, *names_of(cells.get("aliases")))
        if aliases:
            fields["aliases"] = tuple(
                name for name in dict.fromkeys(aliases) if name != fields["name"]
            )
        if text_of(cells, "active"):
            fields["active"] = yes_of(cells["active"])
        known = self._town.unit_named(fields["name"])
        return kept(UNITS, known, with_names(known, fields) if known else fields)


def with_names(unit: Unit, fields: dict[str, Any]) -> dict[str, Any]:
    """A name that is told is one more."""
    if "aliases" in fields:
        fields["aliases"] = tuple(dict.fromkeys((*unit.aliases, *fields["aliases"])))
    return fields
