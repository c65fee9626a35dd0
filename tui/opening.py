"""Opens the board: checks the terminal, opens the store, runs the app."""

import gc
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from core.errors import Incomplete, RuleError
from core.roles import Actor
from core.town.town import Town
from store.errors import StoreError
from store.history.repository import Repository
from tui.clock import check_clock
from tui.terminal import display
from tui.terminal.probe import ambiguous_is_wide, few_colours
from tui.whereabouts import Gate, actor_in, own_language, store_path
from tui.words import i18n
from tui.words.texts import say

SMALLEST = (40, 12)
"""Columns and rows: a phone over ssh."""


def open_board(args: list[str]) -> int:
    """`zg` with nothing but options of the board; the exit code."""
    options = _options(args)
    try:
        return board_on(
            str(store_path(options.get("--store"))), options.get("--as"), options.get("--lang")
        )
    except (RuleError, StoreError) as error:
        from tui.exit_codes import exit_code

        print(say(error), file=sys.stderr)
        return exit_code(error)


def _options(args: list[str]) -> dict[str, str]:
    found = {}
    rest = iter(args)
    for word in rest:
        name, equals, value = word.partition("=")
        found[name] = value if equals else next(rest, "")
    return found


def board_on(path: str, acting: str | None = None, lang: str | None = None) -> int:
    """Run the board on a store. Raises `RuleError`, `StoreError`."""
    gc.disable()  # collecting while modules load would hold up the first frame; the app turns it on
    _check_terminal()
    repository = Repository(Path(path), partial=True, thrifty=True)
    try:
        actor = actor_in(repository.town, acting, "tui")
        i18n.use(i18n.chosen(lang, own_language(repository.town.member(actor.login)), os.environ))
        check_clock(repository, datetime.now(UTC))
    except RuleError:
        repository.close()
        raise
    display.draw_plain(ambiguous_is_wide())
    os.environ.setdefault("ESCDELAY", "25")
    from tui.app import ZhenggaiApp
    from tui.frame.keys import PLACES
    from tui.frame.own_keys import check_own
    from tui.session import Session

    try:
        check_own(dict(PLACES))
    except RuleError:
        repository.close()
        raise

    def who(town: Town) -> Actor:
        return actor_in(town, acting, "tui")

    session = Session(repository, who)
    idle = Gate.caller.idle * 3600 if Gate.caller is not None else 0.0
    app = ZhenggaiApp(session, few_colours=few_colours(), idle=idle)
    try:
        app.run()
    finally:
        session.stop()
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


def _check_terminal() -> None:
    """Refuse what could not show a board. Raises `RuleError`."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Incomplete("needs_terminal")
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        raise Incomplete("dumb_terminal", value=term or "-")
    if (sys.stderr.encoding or "").lower().replace("-", "") != "utf8":
        raise RuleError("not_utf8")
    columns, rows = shutil.get_terminal_size()
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        raise Incomplete("narrow_terminal", value=f"{columns}x{rows}")
