"""Opens the board: checks the terminal, opens the store, runs the app."""

import gc
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from core.errors import Incomplete, RuleError
from core.roles import Actor
from core.town.town import Moment, Town
from store.disk.files import keep_private
from store.errors import StoreError
from store.history.repository import Repository
from tui.board.drawn.frame import first_frame
from tui.clock import check_clock
from tui.frame.keys import PLACES
from tui.frame.own_keys import check_own
from tui.session.sight import BoardSight
from tui.terminal import display
from tui.terminal.early import Alternate, EarlyScreen
from tui.terminal.probe import ambiguous_said, few_colours
from tui.whereabouts import Gate, actor_in, own_language, state_file, store_path
from tui.words import i18n
from tui.words.texts import say

WIDTHS = "terminals.json"
"""Where it is kept how wide terminals draw ambiguous characters."""
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
        from tui.exits import exit_code

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
        os.environ.setdefault("ESCDELAY", "25")
        check_own(dict(PLACES))
    except RuleError:
        repository.close()
        raise
    screen = EarlyScreen()
    try:
        return _run(repository, screen, lambda town: actor_in(town, acting, "tui"))
    finally:
        screen.leave()


def _run(repository: Repository, screen: EarlyScreen, who: Callable[[Town], Actor]) -> int:
    """Paint the first frame, then load Textual and let the app take it over."""
    town = BoardSight(repository, who).town
    said = ambiguous_said()
    Alternate.ask = said is None
    display.draw_plain(said if said is not None else _width_kept())
    with suppress(Exception):  # whatever it is, Textual draws the first frame then
        size = shutil.get_terminal_size()
        today = Moment.of(datetime.now(UTC), town).today
        rows = first_frame(town, who(town), today, size.columns, size.lines)
        screen.paint(rows, os.environ)
    os.environ.setdefault("TEXTUAL_FPS", "120")  # a step is drawn in several turns
    from tui.app import ZhenggaiApp
    from tui.session.session import Session

    session = Session(repository, who, town=town)
    idle = Gate.caller.idle * 3600 if Gate.caller is not None else 0.0
    app = ZhenggaiApp(session, few_colours=few_colours(), idle=idle, measured=_keep_width)
    try:
        app.run()
    finally:
        session.stop()
    if app.fault is not None:
        raise app.fault
    return app.return_code or 0


def _widths() -> dict[str, bool]:
    """Whether ambiguous characters are wide, by the name of a terminal; as it was measured last."""
    try:
        return msgspec.json.decode(state_file(WIDTHS).read_bytes(), type=dict[str, bool])
    except (OSError, RuntimeError, msgspec.MsgspecError):
        return {}


def _width_kept() -> bool:
    return _widths().get(os.environ.get("TERM", ""), False)


def _keep_width(wide: bool) -> None:  # what was measured
    term, widths = os.environ.get("TERM", ""), _widths()
    if widths.get(term, False) == wide:
        return
    with suppress(OSError, RuntimeError):
        keep_private(state_file(WIDTHS), msgspec.json.encode(widths | {term: wide}))


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
