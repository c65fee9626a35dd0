"""Names in a row as one town understands them: units, zones, categories, and what was told of a sender's own words."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from core.ledger.rows.row import Row
from core.model import Item
from core.town.town import Town
from core.words.categories import CATEGORIES, Sorted, sorted_by
from core.words.cells import NOTHING_WRITTEN
from core.words.directory import OWN, Directory, Named, bare_names
from core.words.placing import LONGEST, Gazetteer, place_of
from core.words.text import key_of


class Naming:
    """Understands names; each sender's are read as was told of them."""

    def __init__(
        self, town: Town, mapped: Mapping[str, int], words: Mapping[str, str], *, moving: bool
    ) -> None:
        """`mapped` are units and `words` categories and states by what is written for them, told with this import."""
        self._moving = moving
        self._words = {key_of(text): word for text, word in words.items()}
        self._mapped = {key_of(text): unit for text, unit in mapped.items()}
        self._town = town
        self._categories: dict[tuple[str, str], Sorted] = {}
        self._directories: dict[tuple[str, bool], Directory] = {}
        self._zones = Gazetteer(town.zones.values())
        self._all_zones = Gazetteer(town.zones.values(), retired=True)

    def meant(self, sender: str) -> dict[str, str]:
        """Categories and states by what a sender writes for them."""
        return {**self._town.sender("").words, **self._town.sender(sender).words, **self._words}

    def category(self, row: Row) -> Sorted:
        """The one of the nine a cell names, however it is spaced; else it is asked about."""
        written = row.text("category")
        if not written and sorted_by(row.text("subcategory")).category:
            written = row.text("subcategory")  # which belongs to one of them
        if not written:
            return Sorted()
        known = (row.incoming.sender, written)
        if known not in self._categories:
            meant = self.meant(row.incoming.sender).get(key_of(written), "")
            named = sorted_by(written)
            self._categories[known] = Sorted(meant) if meant in CATEGORIES else named
        found = self._categories[known]
        if not found.category:
            near = get_close_matches(written, CATEGORIES, 1)
            row.doubt("unknown", "category", written, near[0] if near else "")
        elif not found.exact:
            row.doubt("category_as", "category", f"{written}→{found.category}")
        return found

    def place(self, row: Row, matched: Item | None) -> tuple[Any, str]:
        zones = self._all_zones if matched or self._moving else self._zones
        location = row.text("location")
        for key in ("zone", "zone_name"):
            written = row.text(key)
            if not written:
                continue
            found = zones.find(written)
            if found is None:
                meant = self.meant(row.incoming.sender).get(key_of(written), "")
                found = zones.find(meant) if meant else None
            if found is None and (found := zones.find_shortened(written)) is not None:
                row.doubt("zone_as", key, f"{written}→{self._town.zones[found].name}")
            if found is not None:
                return self._town.zones[found], location
            row.doubt("unknown", key, written, zones.near(written))
            location = location or written
            break
        else:  # a place that is called as a zone is in that zone
            if (found := zones.find(location) if location else None) is not None:
                return self._town.zones[found], location
        if not location:
            location = self._place_in_text(row)
        return None, location

    def _place_in_text(self, row: Row) -> str:
        """Where it is, in a sheet that has no column for it: what the text begins with."""
        text = row.text("description")
        found = place_of(text) or (text[:LONGEST] if row.incoming.placeless else "")
        if found:
            row.doubt("place_from_text", "location", found)
        return found

    def units(self, row: Row, matched: Item | None) -> tuple[int | None, tuple[int, ...]]:
        retired = matched is not None or self._moving
        units = self._directory(row.incoming.sender, retired=retired)
        said = row.text("lead_unit")
        if said in OWN and row.incoming.sender:
            said = row.incoming.sender
        lead = self._understood(row, "lead_unit", said or self._leading(row, units), units)
        raw = row.cells.get("co_units")
        written = "、".join(map(str, raw)) if isinstance(raw, list) else row.text("co_units")
        written = "" if written in NOTHING_WRITTEN else written
        helping = self._understood(row, "co_units", "配合：" + written if written else "", units)
        co = tuple(dict.fromkeys(u for u in (*lead.co, *helping.co) if u != lead.lead))
        return lead.lead, co

    def _understood(self, row: Row, key: str, written: str, units: Directory) -> Named:
        """The units a cell names; what is not known is looked at again without persons and telephones, and told."""
        named = units.read(written)
        bare = bare_names(written) if named.unknown else written
        if bare != written and not (again := units.read(bare)).unknown:
            row.doubt(
                "unit_as", key, f"{written.removeprefix('配合：')}→{bare.removeprefix('配合：')}"
            )
            return again
        for name in named.unknown:
            row.doubt("unknown", key, name, units.near(name))
        return named

    def _leading(self, row: Row, units: Directory) -> str:
        """Who leads in a sheet whose rows name nobody: its sender, or the unit it is named after."""
        incoming = row.incoming
        if not incoming.sender_leads or incoming.sender:
            return incoming.sender if incoming.sender_leads else ""
        sheet = incoming.sheet or ""
        if units.find(sheet) is None:
            return ""
        row.doubt("unit_of_sheet", "lead_unit", sheet)
        return sheet

    def _directory(self, sender: str, *, retired: bool) -> Directory:
        """Units by every name, and by what a sender's own names were said to be."""
        key = (sender, retired)
        if key not in self._directories:
            town = self._town
            known = {**town.sender("").units, **town.sender(sender).units, **self._mapped}
            self._directories[key] = Directory(
                town.units.values(), retired=retired, remembered=known
            )
        return self._directories[key]
