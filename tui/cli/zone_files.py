"""Zone files: rows out, and rows in as actions."""

from typing import Any

from core.actions import Action, AddZone, AssignZone, EditZone
from core.errors import RuleError
from core.naming import Directory
from core.reading import read_number
from tui.cli.masters import as_bool, as_int, given
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
    """Rows of a zone file as actions."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._ids = {z.code.upper(): z.id for z in office.town.zones.values()}
        self._units = Directory(office.town.units.values())

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError` where it does not fit."""
        code = str(cells.get("code", "")).strip()
        fields: dict[str, Any] = {
            key: str(cells[key]) for key in ("name", "kind", "scope", "note") if cells.get(key)
        }
        fields |= given(
            area=read_number(cells.get("area"), "area"),
            households=as_int("households", cells.get("households")),
            population=as_int("population", cells.get("population")),
        )
        if "active" in cells:
            fields["active"] = as_bool(cells["active"])
        parent = str(cells.get("parent") or "").strip()
        if parent:
            fields["parent"] = parent
        lead = self._lead(cells)
        known = self._ids.get(code.upper())
        if known is None:
            return [AddZone(fields={"code": code, **fields}, lead=lead)]
        return self._changed(known, fields, lead)

    def _changed(self, known: int, fields: dict[str, Any], lead: int | None) -> list[Action]:
        office = self._office
        zone = office.town.zones[known]
        done: list[Action] = []
        above = office.town.zones.get(zone.parent or 0)
        held = {key: getattr(zone, key) for key in fields} | (
            {"parent": above.code if above else None} if "parent" in fields else {}
        )
        if held != fields:
            done.append(EditZone(zone=known, fields=fields))
        now = office.town.lead_of(known, office.today)
        if lead is not None and (now is None or now.id != lead):
            done.append(AssignZone(zone=known, unit=lead, since=office.today))
        return done

    def _lead(self, cells: dict[str, Any]) -> int | None:
        written = str(cells.get("lead_unit") or "").strip()
        if not written:
            return None
        unit = self._units.find(written)
        if unit is None:
            raise RuleError("no_unit", value=written)
        return unit.id
