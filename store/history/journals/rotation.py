"""A new journal once the one in hand has grown long (docs/format.md 2)."""

import os
from datetime import UTC, datetime

from core.changes import stamp
from store.disk.custody import closed_mode, open_kept
from store.disk.files import sync_directory, write_all
from store.errors import Damaged
from store.history.journals import journal
from store.history.journals.format import FORMAT
from store.history.journals.journal import Header, Made
from store.history.journals.reader import JournalReader
from store.history.journals.seal import Meta


def begin_next(reader: JournalReader, made: Made | None = None) -> None:
    """Begin a new journal behind the last transaction, which `made` so much, and go over to it.

    The lock is held; readers are not held up. Raises `OSError`, and leaves things as they were.
    """
    directory, old = reader.directory, reader.path
    path = journal.path_of(directory, reader.gen + 1)
    header = Header(
        format=FORMAT,
        store=reader.store,
        gen=reader.gen + 1,
        seq=reader.seq,
        t=stamp(datetime.now(UTC)),
        made=made,
    )
    line, _ = journal.frame(reader.hash, journal.encode_header(header))
    temporary = path.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    descriptor = open_kept(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        write_all(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    temporary.replace(path)
    try:
        sync_directory(directory)
    except OSError:
        path.unlink()
        raise
    old.chmod(closed_mode(directory))
    for _ in reader.lines():
        raise Damaged("bad_line", path=str(path))


def meta_at(reader: JournalReader) -> Meta:
    """What a snapshot of the state where a reader stands says of itself."""
    return Meta(
        format=FORMAT,
        store=reader.store,
        gen=reader.gen,
        offset=reader.offset,
        seq=reader.seq,
        hash=reader.hash,
        next={},
    )
