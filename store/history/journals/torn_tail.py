"""What is done, under the lock, with a tail that does not fit (docs/format.md 4)."""

import os

from store.disk.custody import make_inside, open_kept
from store.disk.files import replace_file, sync_directory
from store.errors import Damaged, NotSaved
from store.history.journals.lock import Lock
from store.history.journals.reader import JournalReader

TORN = "torn"


def settle_tail(reader: JournalReader, lock: Lock) -> None:
    """Cut off a last line that was never acknowledged, keeping a copy; else leave all as it is.

    Raises `Damaged` where the lock says the line was safe, or the journal ends before it.
    """
    size = os.fstat(reader.descriptor()).st_size
    safe = lock.safe()
    if safe is not None and safe[0] > reader.seq:
        raise Damaged(
            "older_copy" if size == reader.offset else "bad_line",
            path=str(reader.path),
            seq=reader.seq,
            safe=safe[0],
            offset=reader.offset,
        )
    if size == reader.offset:
        return
    try:
        _keep(reader, size)
        descriptor = open_kept(reader.path, os.O_WRONLY)
        try:
            os.ftruncate(descriptor, reader.offset)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise NotSaved(
            "cannot_write", path=str(reader.directory), why=os.strerror(error.errno or 0)
        ) from error


def _keep(reader: JournalReader, size: int) -> None:
    torn = reader.directory / TORN
    make_inside(torn)
    tail = os.pread(reader.descriptor(), size - reader.offset, reader.offset)
    replace_file(torn / f"{reader.path.name}.{reader.offset}", [tail], open_kept)
    sync_directory(reader.directory)
