"""JSON ledgers: an array of objects, JSON lines, or either wrapped in what a system sends around it."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from core.errors import Doubt
from core.ledger.outcome import Incoming, Skipped
from core.words.text import key_of
from store.errors import FileRefused
from store.ledgers.coming_in.innards import MOST_COLUMNS, MOST_ROWS, SPARE
from store.ledgers.coming_in.separated import decoded
from store.ledgers.coming_in.tables.cells import aside, tidied
from store.ledgers.wording import Vocabulary

_SPACE = re.compile(r"\s*")
DEEPEST = 4
"""Objects around the rows at most."""

Rows = list[dict[str, Any]]


IsRecord = Callable[[dict[str, Any]], bool]


class _Twice(ValueError):
    """A key that an object has twice."""


def read_objects(data: bytes, name: str, is_record: IsRecord, encoding: str | None = None) -> Rows:
    """The rows of a JSON file; `is_record` tells a row from what is around rows.

    Raises `FileRefused`.
    """
    text = decoded(data, name, encoding).strip().removeprefix("\ufeff")
    keys, objects = text.count('":') + text.count('" :'), max(1, text.count("{"))
    if keys > MOST_COLUMNS * min(objects, MOST_ROWS + SPARE):
        raise FileRefused("too_many_columns", file=name, sheet="", limit=MOST_COLUMNS)
    if text.count("\n{") > MOST_ROWS:
        raise FileRefused("too_many_rows", file=name, sheet="", limit=MOST_ROWS)
    try:
        if text.startswith("["):
            found = msgspec.json.decode(text, type=Rows)
        else:
            found = _objects(text)
            if len(found) == 1 and not is_record(found[0]):
                found = _unwrapped(found[0])
        _check_keys(text)
    except _Twice as error:
        raise FileRefused("key_twice", file=name, value=str(error)) from error
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise FileRefused("bad_json", file=name, at=byte_of(error)) from error
    if len(found) > MOST_ROWS:
        raise FileRefused("too_many_rows", file=name, sheet="", limit=MOST_ROWS)
    return found


def _objects(text: str) -> Rows:
    """One object, or one a line."""
    try:
        return msgspec.json.Decoder(dict[str, Any]).decode_lines(text)
    except msgspec.DecodeError:
        return [msgspec.json.decode(text, type=dict[str, Any])]


def _check_keys(text: str) -> None:
    """Raise `_Twice` where an object has a key twice: one of its values would be lost unsaid."""

    def pairs(found: list[tuple[str, Any]]) -> None:
        if len(found) > 1:
            keys = [key for key, _value in found]
            if len(set(keys)) < len(keys):
                raise _Twice(next(key for at, key in enumerate(keys) if key in keys[:at]))

    decoder = json.JSONDecoder(object_pairs_hook=pairs)
    at = 0
    while at < len(text):
        _value, at = decoder.raw_decode(text, at)
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too


def _unwrapped(whole: dict[str, Any]) -> Rows:
    """The longest list of objects in an object; the object itself where it holds none."""
    held = _lists(whole, DEEPEST)
    return max(held, key=len) if held else [whole]


def _lists(value: Any, depth: int) -> list[Rows]:
    if isinstance(value, list):
        return [value] if value and all(isinstance(v, dict) for v in value) else []
    if not isinstance(value, dict) or not depth:
        return []
    return [rows for part in value.values() for rows in _lists(part, depth - 1)]


def byte_of(error: Exception) -> str:
    """Where a JSON text stops making sense, as far as its reader says; 0 where it does not."""
    found = re.search(r"byte (\d+)", str(error))
    return found.group(1) if found else "0"


def rows_of_objects(
    data: bytes,
    name: str,
    words: Vocabulary,
    needed: frozenset[str],
    encoding: str | None,
) -> Iterator[Incoming | Skipped]:
    """Every object of a JSON file as a row. Raises `FileRefused`."""

    def is_record(found: dict[str, Any]) -> bool:
        return needed <= {words.headers.get(key_of(key)) for key in found}

    for index, values in enumerate(read_objects(data, name, is_record, encoding), start=1):
        doubts: list[Doubt] = []
        cells: dict[str, Any] = {}
        extra: list[str] = []
        for header, value in values.items():
            if value is None or value == "" or value == []:
                continue
            key = words.headers.get(key_of(header))
            if isinstance(value, list):
                value = [tidied(str(part), key or "", doubts) for part in value]
            elif isinstance(value, dict):
                value = tidied(msgspec.json.encode(value).decode(), key or "", doubts)
            else:
                value = tidied(value, key or "", doubts)
            if key and key not in cells:
                cells[key] = value
            elif key != "":
                extra.append(aside(header, value))
        if extra:
            cells["note"] = "；".join([*([str(cells["note"])] if "note" in cells else []), *extra])
        yield (
            Incoming(index, cells, None, tuple(doubts)) if cells else Skipped(index, Doubt("blank"))
        )
