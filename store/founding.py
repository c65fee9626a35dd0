"""A new store: an empty directory, a first journal, its first records."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from core.changes import Change, Changes
from core.model import Settings
from core.roles import Actor
from store import journal, snapshot
from store.errors import NoStore, NotSaved
from store.files import make_directory, replace_file
from store.journal import Header
from store.lock import Lock
from store.migrations import FORMAT
from store.repository import LOCK, Repository, stamp


def create(
    path: Path, settings: Settings, changes: Iterable[Change], actor: Actor, now: datetime
) -> Repository:
    """A new store in an empty or missing directory, with its first records. Raises `NoStore`."""
    try:
        remains = (path / snapshot.NAME).exists() or (path / LOCK).exists()
        if remains or journal.generations(path):
            raise NoStore("exists", path=str(path))
    except OSError as error:
        raise NotSaved("cannot_write", path=str(path), why=os.strerror(error.errno or 0)) from error
    make_directory(path)
    if any(path.iterdir()):
        raise NoStore("not_empty", path=str(path))
    lock = Lock(path / LOCK, create=True)
    try:
        with lock.held():
            header = Header(format=FORMAT, store=os.urandom(8).hex(), gen=1, seq=0, t=stamp(now))
            line, _ = journal.frame("", journal.encode_header(header))
            replace_file(journal.path_of(path, 1), [line])
    except OSError as error:
        raise NotSaved("cannot_write", path=str(path), why=os.strerror(error.errno or 0)) from error
    finally:
        lock.close()
    repository = Repository(path)
    first = Changes(
        changes=(Change("settings", None, replace(settings, id=1)), *changes),
        at=stamp(now),
        who=actor.login,
        via=actor.via,
        op="init",
    )
    repository.save(first)
    return repository
