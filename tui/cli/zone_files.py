"""Zone files: rows out, and rows in as actions."""

from typing import Any

from core.actions import Action, AddZone, AssignZone, EditZone
from core.errors import RuleError
from core.intake.lists import count_of, figure_of, text_of, texts_of, yes_of
from core.model import Zone, zone_code
from core.naming import Directory
from core.text import key_of
from tui.cli.masters import given
from tui.cli.office import Office


def zone_rows(office: Office) -> list[dict[str, Any]]:
    """Zones as rows of a zone file."""
    town = office.town
    rows = []
    for zone in sorted(town.zones.values(), key=lambda z: z.code):
        lead = town.lead_of(zone.id, office.today)
        parent = town.zones.get(zone.parent or 0)
        rows.append(
            {
                "code": zone.code,
                "name": zone.name,
                "kind": zone.kind or None,
                "parent": parent.code if parent else None,
                "scope": zone.scope or None,
                "lead_unit": lead.name if lead else None,
                "area": zone.area,
                "households": zone.households,
                "population": zone.population,
                "note": zone.note or None,
                "active": zone.active,
            }
        )
    return rows


class ZoneRows:
    """Rows of a list of zones as actions."""

    def __init__(self, office: Office) -> None:
        self._office = office
        zones = office.town.zones.values()
        self._ids = {zone.code.upper(): zone.id for zone in zones}
        self._names = {key_of(zone.name): zone for zone in zones if zone.active}
        self._units = Directory(office.town.units.values())

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError` where it does not fit."""
        fields = texts_of(cells, ("name", "kind", "scope", "note"))
        if not fields.get("name"):
            raise RuleError("missing", fields=("name",), verb="add_zone")
        fields |= given(
            area=figure_of("area", cells.get("area")),
            households=count_of("households", cells.get("households")),
            population=count_of("population", cells.get("population")),
        )
        if text_of(cells, "active"):
            fields["active"] = yes_of(cells["active"])
        parent = text_of(cells, "parent")
        if parent:
            above = self._names.get(key_of(parent))
            fields["parent"] = above.code if above else parent
        code = text_of(cells, "code")
        lead = text_of(cells, "lead_unit")
        known = self._known(code, fields["name"])
        if known is None:
            free = self._free(code)
            return [AddZone(fields={"code": free, **fields} if free else fields, lead_name=lead)]
        return self._changed(known, fields, lead)

    def _known(self, code: str, name: str) -> Zone | None:
        """The zone a row is about: of its code, or, where it has none of its own, of its name."""
        zones = self._office.town.zones
        if code.upper() in self._ids and not code.isdigit():
            return zones[self._ids[code.upper()]]
        return self._names.get(key_of(name))

    def _free(self, written: str) -> str:
        """A code as it is written, a bare 1 as Z01; nothing where that is another zone's, which gives the next."""
        code = zone_code(int(written)) if written.isdigit() else written
        return "" if code.upper() in self._ids else code

    def _changed(self, zone: Zone, fields: dict[str, Any], lead: str) -> list[Action]:
        office = self._office
        done: list[Action] = []
        above = office.town.zones.get(zone.parent or 0)
        held = {key: getattr(zone, key) for key in fields} | (
            {"parent": above.code if above else None} if "parent" in fields else {}
        )
        changed = {key: value for key, value in fields.items() if held[key] != value}
        if changed:
            done.append(EditZone(zone=zone.id, fields=changed))
        now = office.town.lead_of(zone.id, office.today)
        unit = self._units.find(lead) if lead else None
        if lead and (now is None or unit is None or now.id != unit.id):
            done.append(AssignZone(zone=zone.id, lead_name=lead, since=office.today))
        return done
