"""Adding and editing a record of any register: added, changed and retired, never removed."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from core.actions.registers import Add, Edit
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.tidying import plain_name
from core.errors import Incomplete, NotFound, RuleError
from core.model import Former, Record, Role, Staff, Unit, Zone
from core.registers import REGISTERS, FieldKind, Register

R = TypeVar("R", bound=Record)


def _as_given(_draft: Draft, fields: dict[str, Any]) -> dict[str, Any]:
    return fields


def _nothing(_draft: Draft, _record: Any) -> None:
    """Nothing of its own."""


def _keepers(draft: Draft, edit: Edit) -> Role:
    return draft.require(REGISTERS[edit.table].keepers)


class Own(Struct, frozen=True, kw_only=True):
    """What one register decides beside what its declaration says."""

    fill: Callable[[Draft, dict[str, Any]], dict[str, Any]] = _as_given
    """Fields as they are kept, from fields as people give them."""
    begin: Callable[[Draft, dict[str, Any]], dict[str, Any]] = _as_given
    """The same of a new record, which may lack some."""
    check: Callable[[Draft, Any], None] = _nothing
    """Refuses a record that may not be. Raises `RuleError`."""
    edited: Callable[[Draft, Any], None] = _nothing
    """What follows from a change."""
    role: Callable[[Draft, Edit], Role] = _keepers
    """Who may change it. Raises `NotAllowed("role")`."""


OWN: dict[str, Own] = {}
"""By the table of a register, which says so where it stands; one that is not here has nothing of its own."""
NOTHING_OWN = Own()


@decides
def add(draft: Draft, action: Add) -> Record:
    """A new record of a register."""
    register, own = _open(action), OWN.get(action.table, NOTHING_OWN)
    role = draft.require(register.keepers)
    fields = own.begin(draft, own.fill(draft, dict(action.fields)))
    _whole(register, {f.name: fields.get(f.name) for f in register.fields if f.kept})
    fields = _plain(register, fields)
    _of_its_words(register, fields)
    record = built(register.record, fields)
    own.check(draft, record)
    return added(draft, action.table, record, action.verb, role)


@decides
def edit(draft: Draft, action: Edit) -> None:
    """Changed attributes of a record; out of use or back in use."""
    register, own = _open(action), OWN.get(action.table, NOTHING_OWN)
    role = own.role(draft, action)
    fields = own.fill(draft, dict(action.fields))
    _whole(register, fields)
    fields = _plain(register, fields)
    _of_its_words(register, fields)
    _dated(draft, action.table, action.record, fields)
    record = edited(draft, action.table, action.record, fields, action.verb, role)
    own.check(draft, record)
    own.edited(draft, record)


def _open(action: Add | Edit) -> Register:
    """The register of an action. Raises `RuleError` where it is kept by verbs of its own."""
    register = REGISTERS[action.table]
    if register.closed:
        raise RuleError("unknown_verb", verb=action.verb)
    return register


def repoint(
    draft: Draft, table: str, old: int, new: Record, role: Role, but: tuple[str, ...] = ()
) -> None:
    """What records of registers name by a record that is no more, they name by the one it went into."""
    for register in REGISTERS.values():
        named = [f for f in register.fields if f.of == table and f.kept and f.rests]
        if not named or register.table in but:
            continue
        for record in list(draft.all(register.record)):
            moved = {f.name: _moved(getattr(record, f.name), old, new.id) for f in named}
            back = {k: v for k, v in moved.items() if v != getattr(record, k)}
            if back:
                draft.put(register.table, replace(record, **back))
                if not register.closed:
                    verb, note = f"edit_{register.noun}", REGISTERS[table].label(new)
                    draft.note(record, verb, role, table=register.table, note=note)


def _moved(value: Any, old: int, new: int) -> Any:
    if isinstance(value, dict):
        return {name: new if key == old else key for name, key in value.items()}
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(new if key == old else key for key in value))
    return new if value == old else value


def _whole(register: Register, values: Mapping[str, Any]) -> None:
    """Refuse what leaves a field empty that a record cannot do without."""
    missing = tuple(
        each.key
        for each in register.fields
        if each.required and each.name in values and values[each.name] in ("", None)
    )
    if missing:
        raise Incomplete("missing", table=register.table, fields=missing)


def _of_its_words(register: Register, values: Mapping[str, Any]) -> None:
    """Refuse a word that is none of its closed list. Raises `RuleError("unknown_word")`."""
    for each in register.fields:
        value = values.get(each.name) if each.words else None
        for word in value if isinstance(value, tuple | list) else (value,):
            if word and word not in each.words:
                raise RuleError(
                    "unknown_word",
                    table=register.table,
                    field=each.key,
                    value=word,
                    expected=each.words,
                )


def _plain(register: Register, fields: dict[str, Any]) -> dict[str, Any]:
    """Fields with names that can stand in a list. Raises `RuleError("bad_name")`."""
    for field in register.fields:
        value = fields.get(field.name)
        if not field.plain or field.name not in fields:
            continue
        if field.kind == FieldKind.NAMES:
            fields[field.name] = tuple(plain_name(field.name, name) for name in value or ())
        elif isinstance(value, str):
            fields[field.name] = plain_name(field.name, value)
    return fields


_SHORT = 12
"""Characters of a value of a table in the history: a digest is known by its beginning."""


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(str(getattr(part, "name", part)) for part in value)
    if isinstance(value, Mapping):
        return "、".join(f"{key}={str(part)[:_SHORT]}" for key, part in sorted(value.items()))
    return "" if value is None else str(value)


def built(kind: type[R], fields: dict[str, Any]) -> R:
    """A record of `kind`, or a refusal naming the field that does not fit."""
    for value in fields.values():
        if isinstance(value, float) and not math.isfinite(value):
            raise RuleError("bad_number", value=str(value))
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        found = re.search(r"\$\.(\w+)", str(error))
        raise RuleError("bad_field", field=found.group(1) if found else "") from None


def edited(
    draft: Draft, table: str, key: int, fields: dict[str, Any], verb: str, role: Role
) -> Record:
    """Put the changed record, with old and new values in its history."""
    old = draft.get(table, key)
    if old is None:
        raise NotFound("no_record", table=table, value=str(key))
    changed = {
        name: (_text(getattr(old, name)), _text(value))
        for name, value in fields.items()
        if getattr(old, name) != value
    }
    if not changed:
        raise RuleError("nothing_changed", number=_text(getattr(old, "name", key)))
    new = built(type(old), {**msgspec.structs.asdict(old), **fields})
    draft.put(table, new)
    draft.note(new, verb, role, table=table, changed=changed)
    return new


def _dated(draft: Draft, table: str, key: int, fields: dict[str, Any]) -> None:
    """A name given up is kept with its last day, and so is the day of retiring."""
    old = draft.get(table, key)
    if not isinstance(old, Unit | Zone | Staff):
        return
    name = fields.get("name", old.name)
    if old.name and name != old.name:
        fields["former"] = (*old.former, Former(old.name, draft.now.today))
    if "active" in fields and fields["active"] != old.active:
        fields["until"] = None if fields["active"] else fields.get("until") or draft.now.today


def added(draft: Draft, table: str, record: R, verb: str, role: Role) -> R:
    record = replace(record, id=draft.new_id(table))
    draft.put(table, record)
    draft.note(record, verb, role, table=table)
    return record
