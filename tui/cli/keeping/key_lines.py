"""`zg-gate keys`: what sshd is told of a key somebody offers (AuthorizedKeysCommand; docs/gate.md 1)."""

import re
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

from core.model import SshKey
from core.town.access import lets_in
from store.history.repository import Repository
from tui.whereabouts import login

_PLAIN = re.compile(r"[A-Za-z0-9_./@+-]+")
OPTIONS = "restrict,pty"


def line_for(store: Path, account: str, kind: str, blob: str, idle: float) -> str:
    """The line of an offered key; empty where it lets nobody in, or the account asked about is not this one.

    Raises `StoreError` where the store cannot be read whole.
    """
    if account != login():
        return ""
    repository = Repository(store)
    try:
        town = repository.town
        today = town.settings.local(datetime.now(UTC)).date()
        for key in town.all(SshKey):
            if not (key.active and key.type == kind and key.blob == blob):
                continue
            person = next((s for s in town.staff.values() if s.id == key.staff), None)
            if person is not None and lets_in(town, person.login, key.fingerprint, today):
                return authorized(store, person.login, key, f"{idle:g}")
        return ""
    finally:
        repository.close()


def authorized(store: Path, person: str, key: SshKey, idle: str = "") -> str:
    """A line as sshd reads it: the program and nothing else, for one person's key. Raises `ValueError`.

    `idle` are the hours after which a board that nobody touches ends, where it is not the usual limit.
    """
    words = [sys.executable, "-I", "-m", "tui.gate", "--store", str(store)]
    words += ["--person", person, "--key", key.fingerprint, *(["--idle", idle] if idle else [])]
    if not all(_PLAIN.fullmatch(word) for word in words if word != key.fingerprint):
        raise ValueError(str(store))
    command = shlex.join(words)
    return f'{OPTIONS},command="{command}" {key.type} {key.blob}'
