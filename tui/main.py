"""Entry of `zg`: without arguments the board, without loading Typer; else one command."""

import gc
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from tui.cli.everywhere import EVERYWHERE
from tui.exit_codes import ExitCode

VERSION = "0.1.0"


def process() -> NoReturn:
    """The process `zg`: as `main`, but what was in memory is left to the system instead of taken apart piece by piece."""
    gc.disable()  # a command ends before there is garbage worth looking for; a board turns it on
    _hold_streams()
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else ExitCode.FAULT
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _hold_streams() -> None:
    """Have the three standard streams, whatever whoever started it has closed, so that no file of the store is opened
    in the place of one; what goes out is UTF-8."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            nothing = os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
            setattr(sys, name, os.fdopen(nothing, "w" if number else "r", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `zg` and end the process with one of the exit codes of docs/commands.md."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    if args in (["--version"], ["-V"]):
        print(f"zg {VERSION}")
        sys.exit(ExitCode.DONE)
    try:
        code = _run(args)
        sys.exit((code or ExitCode.HUNG_UP) if _lost_terminal() else code)
    except BrokenPipeError:
        # Whoever read the output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.FAULT)
    except KeyboardInterrupt:
        sys.exit(ExitCode.STOPPED)
    except Exception:
        sys.exit(_report())


def _run(args: list[str]) -> int:
    _load_lightly()
    from tui.words import i18n

    i18n.use(i18n.chosen(_asked_language(args), "", os.environ))
    if _wants_board(args):
        from tui.opening import open_board

        return open_board(args)
    if "list" in args and not _completes():
        from tui.cli.day import plain_list

        if (line := plain_list.read(args)) is not None:
            return plain_list.run(line)
    from tui.cli.running import run

    return run(args)


def _load_lightly() -> None:
    """Load msgspec without `typing_extensions`, which it takes nothing from that Python 3.11 has not: 7 ms."""
    name = "typing_extensions"
    if name not in sys.modules:
        sys.modules[name] = None  # type: ignore[assignment]
        import msgspec  # noqa: F401

        del sys.modules[name]


def _completes() -> bool:
    """Whether a shell asks how a line may go on."""
    return any(name.startswith("_ZG_COMPLETE") for name in os.environ)


def _lost_terminal() -> bool:
    """Whether the terminal went away: Textual's threads wait for it still, and would for ever."""
    return bool(
        {thread.name for thread in threading.enumerate()} & {"textual-input", "textual-output"}
    )


def _asked_language(args: list[str]) -> str | None:
    """`--lang`, wherever it stands: help texts are chosen before options are read."""
    for at, word in enumerate(args):
        if word == "--lang" and at + 1 < len(args):
            return args[at + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def _wants_board(args: list[str]) -> bool:
    """No command: nothing, or only options of the board with their values."""
    if _completes():
        return False
    rest = iter(args)
    for word in rest:
        name, equals, _value = word.partition("=")
        if name not in EVERYWHERE or (not equals and next(rest, None) is None):
            return False
    return True


def _report() -> int:
    """Write what went wrong to a file of its own and say one sentence."""
    from store.disk.machine_log import keep_failure
    from tui.words.i18n import _

    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    number, where = keep_failure(state / "zg")
    print(
        _("zg failed; please pass on the number {number} ({where}).").format(
            number=number, where=where or "-"
        ),
        file=sys.stderr,
    )
    return ExitCode.FAULT


if __name__ == "__main__":
    process()
