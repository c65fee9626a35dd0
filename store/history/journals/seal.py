"""Line 1 of a snapshot, a record that proves itself: its `check` is the sha256 of it with `check` empty."""

from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from store.disk.decoding import decoder
from store.errors import Damaged
from store.history.journals.format import check_format

S = TypeVar("S", bound=Struct)
META_LENGTH = 8192
"""Bytes of line 1, padded; of formats before the third it was half of that."""
SHORT_META = 4096


def sealed(record: S) -> S:
    """A record with its `check` as it should be."""
    blank = msgspec.json.encode(replace(record, check=""))
    return replace(record, check=sha256(blank).hexdigest())


class SealedPart(Struct, frozen=True):
    """A stretch of records of one table."""

    table: str
    part: str
    at: int
    """Bytes from the start of the file."""
    length: int
    sum: str
    """sha256, hex."""


class Meta(Struct, frozen=True, kw_only=True):
    """What the snapshot is of: the state after transaction `seq`."""

    format: int
    store: str
    gen: int
    offset: int
    """Where in journal `gen` reading goes on."""
    seq: int
    hash: str
    """Of the last line before that place."""
    next: dict[str, int]
    """The next free id of each table; none is ever given out twice."""
    parts: tuple[SealedPart, ...] = ()
    sum: str = ""
    """sha256 of everything after line 1."""
    check: str = ""
    """sha256 of this record with `check` empty."""


def meta_of(line: bytes, path: Path) -> Meta:
    """What the first line says. Raises `Damaged`."""
    try:
        meta = decoder(dict[str, dict[str, Meta]]).decode(line.rstrip().removesuffix(b",") + b"}")[
            "_meta"
        ]["1"]
    except (msgspec.MsgspecError, KeyError, ValueError) as error:
        raise Damaged("bad_snapshot", path=str(path)) from error
    if sealed(meta) != meta:
        raise Damaged("bad_snapshot", path=str(path))
    check_format(meta.format, path)
    return meta


def head_length(data: bytes) -> int:
    """How long line 1 is: JSON holds no line end, so that the one behind a short line tells it."""
    short = data[SHORT_META - 1 : SHORT_META] == b"\n"
    return SHORT_META if short else META_LENGTH
