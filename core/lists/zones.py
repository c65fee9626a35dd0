"""Rows of a list of zones as actions: codes, parents and who answers for them."""

from collections.abc import Iterable
from typing import Any

from core.actions.action import Action
from core.actions.registers import AddZone, AssignZone, Edit
from core.errors import Doubt, Incomplete
from core.lists.coming import Cells, RowReader
from core.lists.list_reading import Reading, cell_value, figures_read
from core.model import Zone, zone_code
from core.registers import FieldKind
from core.registers.zones import ZONES
from core.words.cells import names_of, text_of, texts_of, yes_of
from core.words.directory import Directory
from core.words.text import key_of


class ZoneRows(RowReader):
    """Rows of a list of zones as actions."""

    NEEDED = ("name",)

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        zones = reading.town.zones.values()
        self._ids = {zone.code.upper(): zone.id for zone in zones}
        self._names = {key_of(zone.name): zone for zone in zones if zone.active}
        self._units = Directory(reading.town.units.values())

    def doubts(self, cells: Cells) -> Iterable[Doubt]:
        """Figures that are not taken as they stand, and the one that leads of several."""
        yield from figures_read(ZONES, cells)
        written, lead = text_of(cells, "lead_unit"), self._lead(cells)
        if lead != written:
            yield Doubt("one_leads", f"{written}→{lead}", "lead_unit")

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError` where it does not fit."""
        fields = texts_of(cells, ("name", "kind", "scope", "note"))
        if not fields.get("name"):
            raise Incomplete("missing", fields=("name",), table="zones")
        for each in ZONES.fields:
            if each.kind in (FieldKind.FIGURE, FieldKind.COUNT):
                number = cell_value(self._reading, ZONES, each, cells)
                if number is not None:
                    fields[each.key] = number
        if text_of(cells, "active"):
            fields["active"] = yes_of(cells["active"])
        parent = text_of(cells, "parent")
        if parent:
            above = self._names.get(key_of(parent))
            fields["parent"] = above.code if above else parent
        code = text_of(cells, "code")
        lead = self._lead(cells)
        known = self._known(code, fields["name"])
        if known is None:
            free = self._free(code)
            return [AddZone(fields={"code": free, **fields} if free else fields, lead_name=lead)]
        return self._changed(known, fields, lead)

    def _lead(self, cells: Cells) -> str:
        """Who leads: of several units in a cell the first."""
        written = text_of(cells, "lead_unit")
        return written if self._units.find(written) else next(iter(names_of(written)), "")

    def _known(self, code: str, name: str) -> Zone | None:
        """The zone a row is about: of its code, or, where it has none of its own, of its name."""
        zones = self._reading.town.zones
        if code.upper() in self._ids and not code.isdigit():
            return zones[self._ids[code.upper()]]
        return self._names.get(key_of(name))

    def _free(self, written: str) -> str:
        """A code as it is written, a bare 1 as Z01; nothing where that is another zone's, which gives the next."""
        code = zone_code(int(written)) if written.isdigit() else written
        return "" if code.upper() in self._ids else code

    def _changed(self, zone: Zone, fields: dict[str, Any], lead: str) -> list[Action]:
        reading = self._reading
        done: list[Action] = []
        above = reading.town.zones.get(zone.parent or 0)
        held = {key: getattr(zone, key) for key in fields} | (
            {"parent": above.code if above else None} if "parent" in fields else {}
        )
        changed = {key: value for key, value in fields.items() if held[key] != value}
        if changed:
            done.append(Edit(table="zones", record=zone.id, fields=changed))
        now = reading.town.lead_of(zone.id, reading.today)
        unit = self._units.find(lead) if lead else None
        if lead and (now is None or unit is None or now.id != unit.id):
            done.append(AssignZone(zone=zone.id, lead_name=lead, since=reading.today))
        return done
