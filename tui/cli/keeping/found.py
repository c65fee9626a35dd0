"""Making a store: `zg init` for the office's own, `zg demo` for a sample town."""

import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from core.changes import Change
from core.errors import RuleError
from core.model import Settings, Staff
from core.roles import ALL_HANDS, Actor
from core.town.town import Moment, Town
from core.words.dates import Period, read_date
from core.words.text import clean
from store.care.found import create
from store.errors import NoStore
from store.history.repository import Repository
from store.samples import DemoSize, build_demo
from tui.cli.frame.office import talk
from tui.cli.frame.options import Lang
from tui.cli.frame.registry import Commands, Passing
from tui.exits import progress
from tui.whereabouts import expanded, login, store_path
from tui.words.i18n import _

COMMANDS = Commands({"init": Passing.NOBODY, "demo": Passing.NOBODY})


@COMMANDS.command("init", _("Make a new, empty store; you hold every role in it."))
def init(
    directory: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]", help=_("Where; by default where zg looks for it."), show_default=False
        ),
    ] = None,
    office: Annotated[
        str, typer.Option("--office", metavar="NAME", help=_("The office's name, for headings."))
    ] = "创卫办",
    utc_offset: Annotated[
        int,
        typer.Option(
            "--utc-offset", metavar="MINUTES", min=-720, max=840, help=_("Minutes east of UTC.")
        ),
    ] = 480,
    group: Annotated[
        str,
        typer.Option(
            "--group",
            metavar="GROUP",
            show_default=False,
            help=_("Share it with the accounts of this group; else it is yours alone."),
        ),
    ] = "",
    store: Annotated[str | None, typer.Option("--store", metavar="DIR", hidden=True)] = None,
    lang: Lang = None,
) -> None:
    """建库."""
    path = store_path(directory or store)
    who = login()
    now = datetime.now(UTC)
    founder = Staff(id=1, login=who, roles=ALL_HANDS)
    repository = create(
        path,
        Settings(office=clean(office, lines=False), utc_offset=utc_offset),
        [Change("staff", None, founder)],
        Actor(who, ALL_HANDS, via="cli"),
        now,
        group=group,
    )
    repository.close()
    print(path)


@COMMANDS.command("demo", _("Make a sample town and open it."))
def demo(
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="DIR",
            help=_("Keep it there; else it is gone afterwards."),
            show_default=False,
        ),
    ] = None,
    no_board: Annotated[
        bool, typer.Option("--no-board", help=_("Only make it."), show_default=False)
    ] = False,
    items: Annotated[
        int, typer.Option("--items", metavar="N", min=0, max=200_000, help=_("How many problems."))
    ] = 120,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help=_("The same seed makes the same town."))
    ] = 1,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE", show_default=False, help=_("The day that is its today.")
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """演示."""
    today = Moment.of(datetime.now(UTC), Town()).today
    read = read_date(on, Period(today)) if on else None
    if read is not None and read.value is None:
        raise RuleError("bad_date", field="on", value=on)
    last = read.value if read and read.value else today
    if last > today:
        raise RuleError("future_date", field="on", value=last)
    if no_board and at is None:
        at = tempfile.mkdtemp(prefix="zg-demo-")
    if at is not None:
        try:
            _make(expanded(at), items, seed, last)
        except NoStore as error:
            if no_board or error.code != "store_there" or not _is_sample(expanded(at)):
                raise
        if no_board:
            print(at)
        else:
            _open(at, lang)
        return
    with tempfile.TemporaryDirectory(prefix="zg-demo-") as temporary:
        path = Path(temporary) / "town"
        _make(path, items, seed, last)
        _open(str(path), lang)
        talk(_("The sample town is gone again; --at DIR keeps one."))


def _is_sample(path: Path) -> bool:
    """Whether a store is a sample town, which may be opened once more."""
    repository = Repository(path)
    try:
        return repository.town.settings.demo
    finally:
        repository.close()


def _make(path: Path, items: int, seed: int, last: date) -> None:
    with progress(_("Building the town"), shown=items > 500) as advance:
        build_demo(path, login(), last, DemoSize(items), seed, advance).close()


def _open(path: str, lang: str | None) -> None:
    if not sys.stdout.isatty():
        talk(_("The board needs a terminal; the town is in {path}.").format(path=path))
        return
    from tui.opening import board_on

    code = board_on(path, lang=lang)
    if code:
        raise typer.Exit(code)
