"""How a command ends: every refusal is a sentence and an exit code, and what is saved is never called a failure."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from core.errors import RuleError
from store.errors import StoreError
from store.history.prepared import Saved
from tui.exit_codes import ExitCode
from tui.exits import exit_code, safe_exits, talk
from tui.words.i18n import _
from tui.words.texts import say

Refused = RuleError | StoreError


def ended(run: Callable[[], int], advice: Callable[[Refused], str] = lambda _error: "") -> int:
    """The exit code of a command; `advice` is what is said behind a refusal."""
    saved = Saved.count
    try:
        with safe_exits():
            code = run()
            sys.stdout.flush()
    except (RuleError, StoreError) as error:
        talk(" ".join(filter(None, (say(error), advice(error)))))
        return exit_code(error)
    except (BrokenPipeError, SystemExit):  # the latter is what the parser makes of the former
        if Saved.count == saved:
            raise
        _quieten()  # it is saved, and whoever asked has gone
        return ExitCode.DONE
    except KeyboardInterrupt:
        talk(_("Stopped."))
        return ExitCode.STOPPED
    except OSError as error:
        if error.filename is not None:
            raise
        return _unwritable(error, saved=Saved.count > saved)
    return code


def _unwritable(error: OSError, *, saved: bool) -> int:
    """The answer could not be written: what was saved is saved all the same."""
    with suppress(OSError):
        why = os.strerror(error.errno or 0)
        talk(say(RuleError("saved_unwritable" if saved else "unwritable", why=why)))
    if saved:
        _quieten()
    return ExitCode.DONE if saved else ExitCode.NOT_SAVED


def _quieten() -> None:
    """Write nothing more: what is left in the buffer has nowhere to go."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
