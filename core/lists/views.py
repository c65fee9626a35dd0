"""Rows of saved queries as actions: one is known by its name, and its key goes over to the row."""

from typing import Any

from msgspec.structs import replace

from core.actions.action import Action
from core.actions.registers import Add, Edit
from core.lists.coming import RowReader
from core.lists.list_reading import Reading
from core.model import View
from core.words.cells import count_of, text_of, yes_of


class ViewRows(RowReader):
    """Rows of saved queries as actions."""

    def __init__(self, reading: Reading) -> None:
        self._held = {view.name: view for view in reading.town.all(View)}
        self._keys = {view.key: view for view in self._held.values() if view.active and view.key}

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError`."""
        held, keys = self._held, self._keys
        fields: dict[str, Any] = {
            "name": text_of(cells, "name"),
            "query": text_of(cells, "query"),
        }
        if "key" in cells:
            fields["key"] = count_of("key", cells["key"])
        if text_of(cells, "active"):
            fields["active"] = yes_of(cells["active"])
        old = held.get(fields["name"])
        made: list[Action] = []
        owner = keys.get(fields.get("key") or 0)
        if owner is not None and owner is not old:
            held[owner.name] = replace(owner, key=None)
            made.append(Edit(table="views", record=owner.id, fields={"key": None}))
        if "key" in fields:
            for key in (fields["key"], old.key if old is not None else None):
                keys.pop(key or 0, None)
        if old is None:
            return [*made, Add(table="views", fields=fields)]
        changed = {k: v for k, v in fields.items() if getattr(old, k) != v}
        return [*made, Edit(table="views", record=old.id, fields=changed)] if changed else made
