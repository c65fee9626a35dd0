"""Rows of rules and routes as actions: both are known by the kind of problem; one in use before a retired one."""

from typing import Any

from core.actions.action import Action
from core.errors import RuleError
from core.lists.coming import RowReader
from core.lists.list_reading import Reading, cell_value, kept, kind_of
from core.model import Route, Rule
from core.registers.routes import ROUTES
from core.registers.rules import RULES
from core.words.cells import text_of


class RuleRows(RowReader):
    """Rows of a list of rules as actions."""

    NEEDED = ("subcategory",)

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._rules = sorted(reading.town.all(Rule), key=lambda r: not r.active)

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError`."""
        sub, main = text_of(cells, "subcategory"), text_of(cells, "category")
        fields = kind_of(self._reading, f"{main}/{sub}" if main else sub)
        for each in RULES.fields:
            value = cell_value(self._reading, RULES, each, cells)
            if value is not None and each.name not in fields:
                fields[each.name] = value
        key = (fields["category"], fields["subcategory"], fields.get("condition", ""))
        return kept(RULES, next((r for r in self._rules if r.key == key), None), fields)


class RouteRows(RowReader):
    """Rows of a list of routes as actions."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._routes = sorted(reading.town.all(Route), key=lambda r: not r.active)

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError`."""
        words = (text_of(cells, key) for key in ("category", "subcategory"))
        fields = {"zone": None, "zone_kind": "", "co": (), "note": "", "active": True}
        fields |= kind_of(self._reading, "/".join(word for word in words if word))
        for each in ROUTES.fields[2:]:
            value = cell_value(self._reading, ROUTES, each, cells)
            if value is not None:
                fields[each.name] = value
            elif each.required:
                raise RuleError("no_unit", value="")
        key = tuple(fields[name] for name in ROUTES.named_by)
        return kept(ROUTES, next((r for r in self._routes if r.key == key), None), fields)
