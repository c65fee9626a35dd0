"""The record a name stands for, in any register: for commands, forms and deciding alike."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.errors import NotFound, RuleError
from core.model import Record, Unit, Zone
from core.registers import REGISTERS
from core.words.directory import Directory
from core.words.placing import Gazetteer
from core.words.text import key_of

Tables = Mapping[str, Mapping[int, Record]]


def unit_called(units: Iterable[Unit], name: str) -> Unit:
    """The unit in use that a name or alias stands for. Raises `RuleError("no_unit")`."""
    found = Directory(list(units)).find(name)
    if found is None:
        raise RuleError("no_unit", value=name)
    return found


def zone_called(zones: Iterable[Zone], name: str) -> Zone:
    """The zone in use that a code or name stands for. Raises `RuleError("no_zone")`."""
    found = list(zones)
    key = Gazetteer(found).find(name)
    if key is None:
        raise RuleError("no_zone", value=name)
    return next(zone for zone in found if zone.id == key)


def called(tables: Tables, table: str, name: str, *, retired: bool = False) -> Any:
    """The record of a register that is called so: by any field it is named by, or by its id where people call it so.

    One in use stands before a `retired` one. Raises `RuleError`.
    """
    rows: Any = tables[table].values()
    if table == "units" and not retired:
        return unit_called(rows, name)
    if table == "zones" and not retired:
        return zone_called(rows, name)
    register, wanted = REGISTERS[table], key_of(name)
    for record in sorted(rows, key=lambda r: not r.active):
        if not (record.active or retired or register.whole):
            continue
        names = {key_of(str(getattr(record, each) or "")) for each in register.named_by} - {""}
        names.add(key_of(str(getattr(record, "label", ""))))
        if name == str(record.id) if register.whole else wanted in names:
            return record
    raise NotFound("no_record", table=table, value=name)
