"""A command of the office's that sends messages: set by the store's own account only, run without a shell.

It stands in a file beside the journals and not in them, so that nobody who may change the town can make others
run something: the file must belong to whoever the store's directory belongs to, and nobody else may write it.
"""

import json
import os
import selectors
import signal
import stat
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from core.words.text import visible
from store.disk.custody import open_kept, owns
from store.disk.files import replace_file
from store.errors import FileRefused

NAME = "send.json"
SECONDS = 20
"""Of any clock, after which a command is ended."""
MOST_TEXT = 60_000
"""Bytes a command gets: what a pipe takes at once."""
MOST_KEPT = 2_000
"""Characters of its output that are kept."""
_PASSED_ON = (("PATH", os.defpath), ("LANG", "C.UTF-8"), ("HOME", "/"))
_PIECE = 1 << 14
_MODE = 0o644


class Sent(Struct, frozen=True):
    """What came of a message."""

    ok: bool
    output: str = ""
    """What the command said, cut short; or why it could not be begun."""
    late: bool = False
    """Whether it was ended because its time was up."""
    code: int | None = None
    """What it ended with."""


def hook_of(store: Path) -> tuple[str, ...]:
    """The command, word by word; empty where none is set. Raises `FileRefused` where it is not the owner's."""
    path = store / NAME
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise FileRefused("hook_foreign", file=NAME) from error
    with os.fdopen(descriptor, "rb") as opened:
        held = os.fstat(opened.fileno())
        loose = held.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if not stat.S_ISREG(held.st_mode) or loose or held.st_uid != store.stat().st_uid:
            raise FileRefused("hook_foreign", file=NAME)
        try:
            words = json.loads(opened.read(_PIECE))["command"]
        except (ValueError, KeyError, TypeError) as error:
            raise FileRefused("hook_foreign", file=NAME) from error
    return tuple(str(word) for word in words)


def set_hook(store: Path, words: Sequence[str]) -> None:
    """Set the command, or take it away. Raises `FileRefused` for any account but the store's own."""
    if not owns(store):
        raise FileRefused("hook_owner", file=str(store))
    path = store / NAME
    if not words:
        path.unlink(missing_ok=True)
        return
    data = json.dumps({"command": list(words)}, ensure_ascii=False).encode() + b"\n"
    replace_file(path, [data], open_kept)
    owner = store.stat()
    if os.geteuid() != owner.st_uid:
        os.chown(path, owner.st_uid, owner.st_gid)
    path.chmod(_MODE)


def send(words: Sequence[str], text: str, told: Mapping[str, str]) -> Sent:
    """Give a text to the command on its standard input, what it is about in its environment.

    It gets no shell, no terminal and nothing else of ours, and is ended with whatever it began once its time is up.
    """
    if not words:
        return Sent(False)
    environment = {name: os.environ.get(name, usual) for name, usual in _PASSED_ON} | dict(told)
    try:
        process = subprocess.Popen(
            list(words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd="/",
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return Sent(False, str(getattr(error, "strerror", None) or error))
    try:
        _give(process, text)
        output, in_time = _output(process)
        code = process.wait(timeout=1) if in_time else None
    except subprocess.TimeoutExpired:  # it closed its output and goes on
        output, code = "", None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    said = visible(output.strip())[:MOST_KEPT]
    return Sent(code == 0, said, late=code is None, code=code)


def _give(process: "subprocess.Popen[bytes]", text: str) -> None:
    """The text, as much of it as a pipe takes; one that does not read it is let be."""
    assert process.stdin is not None
    os.set_blocking(process.stdin.fileno(), False)
    with suppress(BrokenPipeError, BlockingIOError):
        process.stdin.write(text.encode()[:MOST_TEXT])
    with suppress(BrokenPipeError, BlockingIOError):
        process.stdin.close()


def _output(process: "subprocess.Popen[bytes]") -> tuple[str, bool]:
    """What it says, the beginning kept and the rest let go; False where it did not end in time."""
    assert process.stdout is not None
    kept = bytearray()
    until = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            if not waiting.select(left):
                break
            piece = os.read(process.stdout.fileno(), _PIECE)
            if not piece:
                return kept.decode("utf-8", "replace"), True
            kept += piece[: max(0, MOST_KEPT * 4 - len(kept))]
    return kept.decode("utf-8", "replace"), False
