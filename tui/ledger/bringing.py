"""Asking for the file of a ledger or a list, and opening it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from core.errors import RuleError
from core.lists.coming import ListKind
from core.words.dates import day_written
from store.errors import FileRefused
from store.ledgers.coming_in.grids import read_bytes
from tui.ledger.listed import ListScreen
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.texts import say

if TYPE_CHECKING:
    from tui.places.place import Place


def ask_for_ledger(
    place: Place[Any], path: str = "", how: str = "import", problem: str = ""
) -> None:
    """Ask for the file of a ledger on this server and how it comes in, and open it row by row."""
    from tui.verbs.screen import FormScreen

    hint = _("a file on this server")
    field = Field(key="path", label=_("Path"), required=True, value=path, hint=hint)
    ways = (
        Choice("import", _("day by day")),
        Choice("move_in", _("move in, states as they stand")),
    )
    chosen = next(way.name for way in ways if way.value == how)
    way = Field(key="how", label=_("How"), required=True, value=chosen, choices=ways)

    def answered(answers: Answers | None) -> None:
        if answers is None:
            return
        path, how = answers["path"], answers["how"]
        try:
            _open_ledger(place, path, moves_in=how == "move_in")
        except FileRefused as error:
            ask_for_ledger(place, path, how, say(error))

    form = Form(_("Bring a ledger in"), (way, field), hint=_("Enter open, Esc cancel"))
    place.app.push_screen(FormScreen(form, "", problem, at=("path",)), answered)


def _open_ledger(place: Place[Any], path: str, *, moves_in: bool) -> None:
    """Open a file row by row: a ledger, or a list somebody walked with, of which the day is asked.

    Raises `FileRefused`.
    """
    from tui.ledger.desk import IncomingScreen

    found = expanded(path)
    data = read_bytes(found)
    try:
        screen = IncomingScreen(place.session, data, found.name, moves_in=moves_in)
    except FileRefused as error:
        if error.code != "is_walk":
            raise
        _open_walk(place, data, found.name, place.session.moment.today.isoformat())
        return
    place.app.push_screen(screen)


def _open_walk(place: Place[Any], data: bytes, name: str, day: str, problem: str = "") -> None:
    from core.lists.known import walks
    from tui.verbs.screen import FormScreen

    line = Field(key="on", label=_("Day of the walk"), required=True, value=day)

    def answered(answers: Answers | None) -> None:
        if answers is None:
            return
        try:
            on = day_written(answers["on"], place.session.moment.today, "on")
            screen = ListScreen(place.session, data, name, walks(on))
        except (FileRefused, RuleError) as error:
            _open_walk(place, data, name, answers["on"], say(error))
            return
        place.app.push_screen(screen)

    form = Form(_("A list somebody walked with"), (line,), hint=_("Enter open, Esc cancel"))
    place.app.push_screen(FormScreen(form, name, problem), answered)


def bring_list_in(
    place: Place[str | None],
    listed: Callable[[Answers], ListKind],
    title: str,
    beside: tuple[Field, ...] = (),
    said: Mapping[str, str] | None = None,
    problem: str = "",
) -> None:
    """Ask for a file and open it: `listed` makes the kind of list of what the lines `beside` were answered."""
    from tui.verbs.screen import FormScreen

    hint = _("a file on this server")
    path = Field(key="path", label=_("Path"), required=True, hint=hint)
    form = Form(title, (path, *beside), hint=_("Enter open, Esc cancel"))

    def answered(answers: Answers | None) -> None:
        if answers is None:
            return
        try:
            found = expanded(answers["path"])
            kind = listed(answers)
            screen = ListScreen(place.session, read_bytes(found), found.name, kind)
        except (FileRefused, RuleError) as error:
            texts = {key: str(text or "") for key, text in answers.items()}
            bring_list_in(place, listed, title, beside, texts, say(error))
            return
        place.app.push_screen(screen)

    place.app.push_screen(FormScreen(form.with_texts(said or {}), "", problem), answered)
