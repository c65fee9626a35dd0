"""Where a command speaks: standard output and standard error, both through one function; and how it ends.

Whatever a store holds, and whichever command says it, nothing in it drives the terminal it is read on.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from core.errors import RefusalKind, RuleError
from store.errors import Busy, Damaged, FileRefused, NoStore, NotSaved, StoreError
from tui.exit_codes import ExitCode
from tui.terminal.display import printable
from tui.words.i18n import _

_COLOUR = re.compile("(\x1b\\[[0-9;]{0,24}m)")
"""What our own tables are coloured with at a terminal."""
CODES = {
    RefusalKind.DONE_BEFORE: ExitCode.DONE,
    RefusalKind.INCOMPLETE: ExitCode.INCOMPLETE,
    RefusalKind.INPUT: ExitCode.INPUT,
    RefusalKind.CLASH: ExitCode.CLASH,
    RefusalKind.NOT_ALLOWED: ExitCode.NOT_ALLOWED,
    RefusalKind.NOT_FOUND: ExitCode.NOT_FOUND,
}
"""By the kind of a refusal; 1 is our own fault."""


class SafeExit:
    """A text stream through which no hostile character gets; bytes of files go past it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._coloured = stream.isatty()

    def write(self, text: str) -> int:
        """Write a text, hostile characters spelled out."""
        if self._coloured and "\x1b" in text:
            parts = _COLOUR.split(text)
            text = "".join(p if n % 2 else printable(p) for n, p in enumerate(parts))
        else:
            text = printable(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def safe_exits() -> Iterator[None]:
    """Let everything printed meanwhile out through `SafeExit`."""
    before = sys.stdout
    sys.stdout = SafeExit(before)
    try:
        yield
    finally:
        sys.stdout = before


def print_pages(texts: Sequence[str]) -> None:
    """Texts on standard output, a page each; only the breaks between them are ours."""
    print("\n\f".join(printable(text) for text in texts), file=_unguarded(sys.stdout))


def _unguarded(stream: Any) -> TextIO:
    found: TextIO = stream._stream if isinstance(stream, SafeExit) else stream
    return found


def at_terminal() -> bool:
    """Whether somebody reads what is said and can answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def make_sure(question: str, *, yes: bool) -> None:
    """Ask whoever sits at the terminal; where nobody does, or with `--yes`, go on. Raises `RuleError("declined")`."""
    if not yes and at_terminal() and not confirm(question):
        raise RuleError("declined")


def confirm(question: str, *, default: bool = False) -> bool:
    """What whoever sits at the terminal answers to a question of yes or no; asked until it is one of them."""
    import typer

    while True:
        asked = f"{question} [{'Y/n' if default else 'y/N'}]"
        said = typer.prompt(asked, default="", show_default=False, err=True).strip().lower()
        if not said:
            return default
        if said in _ANSWERS:
            return _ANSWERS[said]
        talk(_("Please answer y or n."))


_ANSWERS = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}


def talk(line: str) -> None:
    """Say something to the person; data goes to stdout, talk to stderr."""
    print(printable(line), file=sys.stderr)


@contextmanager
def progress(title: str, *, shown: bool = True) -> Iterator[Callable[[int, int], None]]:
    """A bar while something runs; call what is yielded with what is done and the total."""
    if not shown or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield advance


def exit_code(error: RuleError | StoreError) -> ExitCode:
    """How a command ends that is refused."""
    if isinstance(error, RuleError):
        return CODES[error.refusal.kind]
    match error:
        case NoStore():
            return ExitCode.NOT_FOUND
        case Damaged():
            return ExitCode.DAMAGED
        case Busy():
            return ExitCode.BUSY
        case NotSaved():
            return ExitCode.NOT_SAVED
        case FileRefused(code="cannot_write"):
            return ExitCode.NOT_SAVED
        case _:
            return ExitCode.INPUT
