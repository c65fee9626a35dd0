"""A new store: an empty directory, and a first journal that holds its first records."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from core.changes import Change, Changes, stamp
from core.model import Settings
from core.registers.catalogue import default_indicators
from core.registers.defaults import default_rules, default_views
from core.roles import Actor
from store.disk.custody import check_directory, make_directory, open_kept
from store.disk.files import refuse_inside_store, replace_file, sync_directory
from store.errors import NoStore, NotSaved
from store.history.journals import journal
from store.history.journals.format import FORMAT
from store.history.journals.journal import Header
from store.history.journals.lock import LOCK, Lock, has_remains
from store.history.prepared import Saved
from store.history.repository import Repository

LEFTOVERS = frozenset({LOCK, "journal.000001.jsonl.tmp"})
"""What a creation that was interrupted leaves; it may be begun again over them."""


def create(
    path: Path,
    settings: Settings,
    changes: Iterable[Change],
    actor: Actor,
    now: datetime,
    *,
    group: str = "",
) -> Repository:
    """A new store in an empty or missing directory, with its first records; `group` names the group that shares it.

    Raises `NoStore`, `NotSaved`, and `FileRefused` where it would lie inside another store.
    """
    first = Changes(
        changes=(
            Change("settings", None, replace(settings, id=1)),
            *(Change("rules", None, rule) for rule in default_rules()),
            *(Change("views", None, view) for view in default_views()),
            *(Change("indicators", None, each) for each in default_indicators()),
            *changes,
        ),
        at=stamp(now),
        who=actor.login,
        via=actor.via,
        op="init",
    ).numbered(1)
    header = Header(format=FORMAT, store=os.urandom(8).hex(), gen=1, seq=0, t=stamp(now))
    try:
        refuse_inside_store(path.absolute().parent)
        _check_empty(path)
        make_directory(path, group)
        check_directory(path)
        _check_empty(path)
        lock = Lock(path / LOCK)
        try:
            with lock.held():
                _check_empty(path)
                line, hash16 = journal.frame("", journal.encode_header(header))
                founding, safe = journal.framed(hash16, first)
                replace_file(journal.path_of(path, 1), [line, bytes(founding)], open_kept)
                sync_directory(path.parent)
                lock.mark(1, safe)
                Saved.count += 1
        finally:
            lock.close()
    except OSError as error:
        raise NotSaved("cannot_write", path=str(path), why=os.strerror(error.errno or 0)) from error
    return Repository(path)


def _check_empty(path: Path) -> None:
    """Refuse a directory that holds a store, the remains of one, or anything else."""
    if not path.is_dir():
        return
    if journal.generations(path) or has_remains(path):
        raise NoStore("store_there", path=str(path))
    if any(entry.name not in LEFTOVERS for entry in path.iterdir()):
        raise NoStore("not_empty", path=str(path))
