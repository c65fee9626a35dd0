"""Reading the journals from a known place on, line by line, each proved by its hash."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from store.disk.custody import first_line, open_kept
from store.errors import Damaged
from store.history.journals.journal import (
    HASH_LENGTH,
    Header,
    Line,
    Made,
    chain,
    decode_header,
    decode_line,
    frame,
    path_of,
    says_more,
)

CHUNK = 4 * 1024 * 1024
_START = 64
"""Bytes of a line in which its number stands."""
_BEGUN = re.compile(rb'([0-9a-f]{16}) \{"s":(\d+),')


class Passed(Struct, frozen=True):
    """A long line gone past unread, and where to read it."""

    seq: int
    gen: int
    offset: int
    before: str
    """Hash of the line before it."""
    made: Made
    """What the journal behind it says of it."""


def _ends(data: bytes) -> Iterator[int]:
    """Where lines end."""
    end = data.find(b"\n")
    while end >= 0:
        yield end
        end = data.find(b"\n", end + 1)


class JournalReader:
    """Reads journals from a known place on; keeps offset, hash and number."""

    def __init__(
        self,
        directory: Path,
        gen: int,
        *,
        before: str = "",
        seq: int = 0,
        offset: int = 0,
        store: str = "",
    ) -> None:
        """Start at `offset` of journal `gen`, behind transaction `seq` and the line hashed `before`."""
        self.directory = directory
        self.gen = gen
        self.seq = seq
        self.hash = before
        self.line_hash = ""
        """Of the last transaction read here; empty where there was none. A header has a hash too."""
        self.offset = offset
        self.store = store
        self._descriptor: int | None = None

    def close(self) -> None:
        """Let go of the open journal."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    @property
    def path(self) -> Path:
        """The journal being read."""
        return path_of(self.directory, self.gen)

    @property
    def format(self) -> int:
        """The format of the journal being read. Raises `Damaged`."""
        return decode_header(first_line(self.path)[HASH_LENGTH + 1 :], self.path).format

    def descriptor(self) -> int:
        """The open journal. Raises `Damaged` where it is gone."""
        if self._descriptor is None:
            try:
                self._descriptor = open_kept(self.path, os.O_RDONLY)
            except FileNotFoundError as error:
                raise Damaged("journal_missing", path=str(self.path)) from error
        return self._descriptor

    @property
    def replaced(self) -> bool:
        """Whether the open journal was cut shorter than what was read, or another is in its place."""
        found = os.fstat(self.descriptor())
        try:
            named = self.path.stat()
        except FileNotFoundError:
            return True
        return found.st_size < self.offset or not os.path.samestat(found, named)

    def fresh(self) -> bool:
        """Whether there is anything to read; costs two system calls."""
        return (
            os.fstat(self.descriptor()).st_size > self.offset
            or path_of(self.directory, self.gen + 1).exists()
        )

    def behind(self) -> int:
        """Bytes that are there and not read yet, in this journal and later ones."""
        found = os.fstat(self.descriptor()).st_size - self.offset
        gen = self.gen + 1
        while (path := path_of(self.directory, gen)).exists():
            found += path.stat().st_size
            gen += 1
        return found

    def ahead(self) -> Header | None:
        """The first line of the next journal, where that tells what the long line before it made."""
        path = path_of(self.directory, self.gen + 1)
        try:
            header = decode_header(first_line(path)[HASH_LENGTH + 1 :], path)
        except FileNotFoundError:
            return None
        return header if header.made is not None and header.seq > self.seq and self.offset else None

    def pass_by(self) -> Passed | None:
        """Go past the line at hand into the next journal, where that tells what the line made.

        The hash the line bears is taken to be its own until it is read.
        """
        header = self.ahead()
        found = _BEGUN.match(os.pread(self.descriptor(), _START, self.offset))
        if header is None or header.made is None or not found or int(found[2]) != header.seq:
            return None
        first = first_line(path_of(self.directory, self.gen + 1))
        hash16 = found[1].decode()
        framed, following = frame(hash16, first[HASH_LENGTH + 1 : -1])
        if framed != first:
            return None
        passed = Passed(header.seq, self.gen, self.offset, self.hash, header.made)
        self.close()
        self.gen += 1
        self.seq, self.line_hash = header.seq, hash16
        self.offset, self.hash = len(first), following
        return passed

    def lines(self, until: int | None = None) -> Iterator[tuple[Line, memoryview]]:
        """Every whole, fitting line from here on, through later journals, or up to one.

        A line at the very end that is incomplete or does not fit is left for recovery; one
        with more behind it raises `Damaged`.
        """
        while True:
            follows = path_of(self.directory, self.gen + 1).exists()
            for taken in self._journal():
                yield taken
                if self.seq == until:
                    return
            if not self.offset:
                raise Damaged("bad_header", path=str(self.path))
            if not follows:
                return
            if os.fstat(self.descriptor()).st_size > self.offset:
                raise Damaged("bad_line", path=str(self.path), offset=self.offset)
            self.close()
            self.gen += 1
            self.offset = 0

    def _journal(self) -> Iterator[tuple[Line, memoryview]]:
        descriptor = self.descriptor()
        length = CHUNK
        while data := os.pread(descriptor, length, self.offset):
            view = memoryview(data)
            begin = 0
            for end in _ends(data):
                raw = view[begin:end]
                taken = self._accept(raw, last=not self._more(descriptor, len(raw) + 1))
                if taken is False:
                    return
                if isinstance(taken, tuple):
                    yield taken
                begin = end + 1
            if begin:
                length = CHUNK
            elif len(data) < length:
                return
            else:  # a long line: all that is there at once
                length = max(os.fstat(descriptor).st_size - self.offset, length) + 1

    def _more(self, descriptor: int, length: int) -> bool:
        return os.fstat(descriptor).st_size > self.offset + length

    def _accept(self, raw: memoryview, *, last: bool) -> "tuple[Line, memoryview] | bool":
        """Take a line in: a transaction, True for a header, False for a torn last one."""
        payload = raw[HASH_LENGTH + 1 :]
        hash16 = chain(self.hash, payload)
        fits = raw[: HASH_LENGTH + 1] == hash16.encode() + b" "
        if fits and self.offset == 0:
            header = decode_header(payload, self.path)
            if (
                header.gen != self.gen
                or header.seq != self.seq
                or (self.store and header.store != self.store)
            ):
                raise Damaged("bad_header", path=str(self.path))
            self.store = header.store
            self.advance(len(raw) + 1, hash16)
            return True
        if fits:
            try:
                line = decode_line(payload)
            except msgspec.MsgspecError as error:
                code = "newer_format" if says_more(error) else "bad_line"
                raise Damaged(code, path=str(self.path), offset=self.offset) from error
            if line.s != self.seq + 1:
                raise Damaged("gap", path=str(self.path), offset=self.offset)
            self.advance(len(raw) + 1, hash16, line.s)
            return line, payload
        if last and self.offset:
            return False
        raise Damaged("bad_line", path=str(self.path), offset=self.offset)

    def advance(self, length: int, hash16: str, seq: int | None = None) -> None:
        """Go past a line that is known to fit: a header, or transaction `seq`."""
        self.offset += length
        self.hash = hash16
        if seq is not None:
            self.seq, self.line_hash = seq, hash16
