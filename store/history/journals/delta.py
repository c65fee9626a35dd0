"""What a line of a journal says of one record: fields set, and what they were (docs/format.md 2)."""

from functools import cache
from typing import Any, cast

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from core.changes import Change
from core.model import Item, Record
from core.registers import TABLES
from core.town.trail import written
from store.disk.decoding import decoder

NULL = Raw(b"null")
_encoder = msgspec.json.Encoder()
_LEAST = len('{"id":')


class Delta(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One record of a transaction: fields set, and the old values of what changed."""

    t: str
    id: str
    put: Raw
    was: Raw


def as_written(change: Change) -> Record:
    """A record as a line says it: what follows from its steps is worked out by whoever reads."""
    if isinstance(change.new, Item):
        return written(change.new, cast("Item | None", change.old))
    return change.new


def made_of(change: Change) -> Delta:
    """A record that is new, of which an import has a hundred thousand: what is encoded begins with id and revision,
    which are not said again."""
    record = change.new
    if type(record) is Item:
        record = written(record, None)
    key = str(record.id)
    whole = _encoder.encode(record)
    behind = _LEAST + len(key)
    if record.revision:
        behind = whole.find(b",", behind + 1)
    fields = whole[behind + 1 :] if behind > 0 else b""
    return Delta(change.table, key, Raw(b"{" + (fields or b"}")), NULL)


def delta_of(change: Change) -> Delta:
    """A record that was there: what is other now, and what that was."""
    new, old = _stored(as_written(change)), _stored(cast(Record, change.old))
    put = {k: v for k, v in new.items() if k not in old or old[k] != v}
    was = {k: v for k, v in old.items() if k not in new or new[k] != v}
    return Delta(change.table, str(change.id), Raw(_encoder.encode(put)), Raw(_encoder.encode(was)))


def _stored(record: Record) -> dict[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(record)
    values.pop("id", None)
    values.pop("revision", None)
    return values


@cache
def _fields(table: str) -> dict[str, Any]:
    return {field.name: field for field in struct_fields(TABLES[table])}


def decode_delta(delta: Delta, old: Record | None, seq: int) -> Record:
    """The record a delta leaves, given the one before it. Raises `msgspec.MsgspecError`."""
    key = int(delta.id)
    if delta.was == NULL or old is None:
        return replace(decoder(TABLES[delta.t]).decode(delta.put), id=key, revision=seq)
    known = _fields(delta.t)
    values: dict[str, Any] = {"revision": seq}
    put = msgspec.json.decode(delta.put)
    for name, value in put.items():
        values[name] = msgspec.convert(value, known[name].type)
    for name in msgspec.json.decode(delta.was):
        if name not in put:
            field = known[name]
            factory = field.default_factory
            values[name] = field.default if factory is msgspec.NODEFAULT else factory()
    return replace(old, **values)
