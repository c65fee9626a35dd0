"""What whoever runs the machine reads: failures of the program, and what was refused at the gate (docs/gate.md 4)."""

import logging
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

FAILURES = "reports"
"""Below a store, those of the gate."""
MOST_FAILURES = 50
"""Kept in a directory; older ones go."""
LOG = "gate.log"
"""Refusals, below a store: who, what, when; never contents."""
MOST_LOGGED = 1 << 20
"""Bytes of the log, and of the one before it."""


def keep_failure(directory: Path) -> tuple[str, Path | None]:
    """Keep the exception that is being handled in a file of its own: the number to pass on, and
    where it lies, if it could be written."""
    number = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    path = directory / f"fault-{number}.txt"
    with suppress(OSError):
        directory.mkdir(parents=True, mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(traceback.format_exc(), encoding="utf-8")
        for old in sorted(directory.glob("fault-*.txt"))[:-MOST_FAILURES]:
            old.unlink()
        return number, path
    return number, None


def note_refusal(store: Path, person: str, word: str, why: str) -> None:
    """A line of a store's log of refusals, which stays small."""
    log = logging.Logger("gate")
    try:
        handler = RotatingFileHandler(
            store / LOG, maxBytes=MOST_LOGGED, backupCount=1, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    log.addHandler(handler)
    log.info("%s %s %s", person, word, why)
    handler.close()
