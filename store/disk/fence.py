"""Work on a file from outside, done in a child process with hard limits.

A reader that aborts, asks for hundreds of gigabytes or never ends takes its child with it and nothing
else: the death of the child, whatever its cause, is one refusal that names the file. The child is a fork,
so that an ordinary file pays a few milliseconds; it writes nowhere but into its pipe.
"""

import faulthandler
import fcntl
import gc
import os
import pickle
import resource
import select
import signal
import struct
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from store.errors import FileRefused

T = TypeVar("T")
Send = Callable[[list[Any]], None]
"""Takes a part of an answer."""

MEMORY = 900 << 20
"""Bytes a child may ask for beyond what it begins with."""
SECONDS = 20
"""Processor time of a child."""
PATIENCE = 60
"""Seconds of any clock after which a child is not waited for any more."""
MOST = 1 << 30
"""Bytes a child may answer with."""
_CHUNK = 1 << 20
_PAGE = os.sysconf("SC_PAGE_SIZE")


def fenced(job: Callable[[], T], name: str) -> T:
    """What `job` returns or raises, worked out in a child.

    Raises `FileRefused("too_much")` naming the file where the child goes beyond its limits or dies.
    """
    return fenced_parts(lambda _send: job(), name)[1]


def fenced_parts(
    job: Callable[[Send], T], name: str, taking: Send | None = None
) -> tuple[list[Any], T]:
    """The same for a job that sends much of its answer as it goes: every part sent, and what it returns.

    Parts are taken in here, and given to `taking`, while the child works on the next: an empty one first, in the
    time it takes the child to begin. What comes of them holds only where the child ends well.
    """
    read, write = os.pipe()
    with suppress(OSError):  # a user may have few large pipes
        fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, _CHUNK)
    try:
        with warnings.catch_warnings():
            # The child touches no lock of another thread: it reads, packs its answer and ends.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
    except OSError as error:
        os.close(read)
        os.close(write)
        raise FileRefused("too_much", file=name) from error
    if not child:
        os.close(read)
        _work(job, write)
    os.close(write)
    try:
        parts, answer = _answer(read, taking)
    finally:
        os.close(read)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if answer is None:
        raise FileRefused("too_much", file=name)
    done, value = answer
    if done:
        result: T = value
        return parts, result
    raise value


def _answer(read: int, taking: Send | None) -> tuple[list[Any], tuple[bool, Any] | None]:
    """What the child says, part by part; no answer where it dies before it has said everything."""
    until = time.monotonic() + PATIENCE
    waiting = select.poll()  # which takes any descriptor, also beyond 1,024
    waiting.register(read, select.POLLIN | select.POLLHUP)
    parts: list[Any] = []
    buffer = bytearray()
    length = 0
    if taking is not None:
        taking([])
    while (left := until - time.monotonic()) > 0:
        if not waiting.poll(left * 1000):
            break
        piece = os.read(read, _CHUNK)
        if not piece:
            break
        buffer += piece
        length += len(piece)
        if length > MOST:
            break
        while len(buffer) >= _FRAME.size:
            last, size = _FRAME.unpack_from(buffer)
            end = _FRAME.size + size
            if len(buffer) < end:
                break
            try:
                found = pickle.loads(memoryview(buffer)[_FRAME.size : end].tobytes())
            except Exception:  # the answer of a child that was corrupted is as good as none
                return [], None
            del buffer[:end]
            if last:
                return parts, found
            parts.extend(found)
            if taking is not None:
                taking(found)
    return [], None


_FRAME = struct.Struct("<?Q")
"""Before each part: whether it is the last, and its length."""


def _work(job: Callable[[Send], Any], write: int) -> NoReturn:
    """In the child: do it under limits, answer, end without any clean-up of the parent's."""
    code = 1
    try:
        gc.disable()
        _limit()
        try:
            answer = (True, job(lambda part: _send(write, part, last=False)))
        except (MemoryError, RecursionError):
            os._exit(2)
        except Exception as error:
            error.__traceback__ = error.__cause__ = error.__context__ = None
            answer = (False, error)
        _send(write, answer, last=True)
        code = 0
    finally:
        os._exit(code)


def _limit() -> None:
    faulthandler.disable()  # it would tell of a death that is foreseen
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):  # a library's own words would land on somebody's screen
        os.dup2(nowhere, descriptor)
    for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPROF, signal.SIGXCPU):
        signal.signal(kind, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, 0)
    begun = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * _PAGE
    resource.setrlimit(resource.RLIMIT_AS, (begun + MEMORY, begun + MEMORY))
    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2])) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (used, used + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(write: int, part: Any, *, last: bool) -> None:
    data = pickle.dumps(part, protocol=5)
    view = memoryview(_FRAME.pack(last, len(data)) + data)
    while view:
        view = view[os.write(write, view[:_CHUNK]) :]
