"""What only a newer program can have written: never called damage, never written anew by this one."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.inspect import EnumType, StructType, Type, UnionType, VarTupleType, type_info

from core.registers import TABLES
from store.disk.custody import first_line
from store.errors import Damaged, NoStore
from store.history.head_start import snapshot
from store.history.journals import journal
from store.history.journals.journal import HASH_LENGTH, Line


def refuse_newer(directory: Path) -> None:
    """Refuse a store of which any journal or the snapshot bears a newer format.

    Raises `Damaged("newer_format")`; what cannot be read at all is passed over.
    """
    for check in _headers(directory):
        try:
            check()
        except Damaged as error:
            if error.code == "newer_format":
                raise
        except (OSError, NoStore):
            continue


def _headers(directory: Path) -> Iterator[Any]:
    for gen in journal.generations(directory):
        path = journal.path_of(directory, gen)
        yield lambda path=path: journal.decode_header(first_line(path)[HASH_LENGTH + 1 :], path)
    yield lambda: snapshot.Snapshot(directory / snapshot.NAME).close()


@cache
def _type_of(table: str) -> Type:
    return type_info(TABLES[table])


def unknown_in(line: Line) -> str:
    """A table, field or word of a list a line names that this program does not know, or nothing.

    A line whose hash is right and which says more than is known is a newer program's.
    """
    for delta in line.d:
        if delta.t not in TABLES:
            return delta.t
        for side in (delta.put, delta.was):
            found = _unknown(msgspec.json.decode(side), _type_of(delta.t))
            if found:
                return f"{delta.t}.{found}"
    return ""


def _unknown(value: Any, kind: Type) -> str:
    """The first key or word in a JSON value that its type does not know."""
    match kind:
        case StructType(fields=known) if isinstance(value, dict):
            types = {field.encode_name: field.type for field in known}
            for key, part in value.items():
                if key not in types:
                    return str(key)
                if found := _unknown(part, types[key]):
                    return f"{key}.{found}"
        case EnumType(cls=known_values) if value not in [each.value for each in known_values]:
            return f"{value!r:.40}"
        case VarTupleType(item_type=inner) if isinstance(value, list):
            return next((found for part in value if (found := _unknown(part, inner))), "")
        case UnionType(types=several):
            nested = [t for t in several if isinstance(t, StructType | VarTupleType | EnumType)]
            if value is None:
                return ""
            return _unknown(value, nested[0]) if len(nested) == 1 else ""
        case _:
            return ""
    return ""
