"""Mutated ledgers: each is read or refused in a sentence; nothing crashes, hangs or eats the memory.

`--rounds 10000` is the long run.
"""

import io
import random
import resource
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from nasty import COLLECTION
from tests_support import FOUNDER, TODAY, Office

from core.ledger.row_reader import Reader
from store.errors import FileRefused
from store.ledgers.coming_in.reading import read_ledger
from tui.words.ledger.doubting import doubt_text
from tui.words.texts import say

SHORT = 250
PATIENCE = 20
"""Seconds of processor time one file may take."""
DATA = Path(__file__).parents[1] / "data"
DEAR = (
    b"<",
    b">",
    b'"',
    b"&",
    b"\0",
    b"\xff",
    b"=",
    b",",
    b"9999999",
    b"XFD",
    b"-1",
    b"<!DOCTYPE ",
)
"""Bytes that mean something to some reader."""


def samples() -> list[tuple[str, bytes]]:
    found = [(made.name, made.data) for made in (make() for make in COLLECTION)]
    return found + [(path.name, path.read_bytes()) for path in sorted(DATA.glob("messy_ledger*"))]


def mutated(data: bytes, dice: random.Random) -> bytes:
    """A few places written otherwise."""
    out = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        at = dice.randrange(len(out) + 1)
        match dice.randrange(6):
            case 0 if at < len(out):
                out[at] = dice.randrange(256)
            case 1:
                out[at : at + dice.randrange(40)] = b""
            case 2:
                out[at:at] = dice.choice(DEAR)
            case 3:
                out[at:at] = out[at : at + dice.randrange(200)] * dice.randrange(1, 4)
            case 4 if dice.random() < 0.2:
                del out[at:]
            case _:
                out[at : at + 1] = dice.randbytes(dice.randrange(3))
    return bytes(out)


def inside(data: bytes, dice: random.Random) -> bytes:
    """A zip with one of its parts written otherwise, and whole around it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        hit = dice.choice(old.namelist())
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, mutated(content, dice) if member == hit and content else content)
    return out.getvalue()


@contextmanager
def within(seconds: int) -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.timeout(7200)
def test_whatever_arrives_is_read_or_refused(office: Office, pytestconfig: pytest.Config) -> None:
    rounds = pytestconfig.getoption("--rounds") or SHORT
    known = samples()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read = 0
    for number in range(rounds):
        dice = random.Random(number)
        name, data = dice.choice(known)
        zipped = data.startswith(b"PK") and dice.random() < 0.7
        mutant = inside(data, dice) if zipped else mutated(data, dice)
        try:
            with within(PATIENCE):
                rows = read_ledger(mutant, name).rows
                intake = Reader(office.town, FOUNDER, TODAY).read(rows)
                assert len(intake.entries) + len(intake.skipped) == len(rows)
                for entry in intake.entries:
                    assert all(doubt_text(doubt) for doubt in entry.doubts)
                read += 1
        except FileRefused as error:
            assert say(error), number
        except BaseException as error:
            raise AssertionError(f"round {number}, {name}: {error!r}") from error
    assert read > rounds / 5
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 600_000, f"{grown} KiB more"
