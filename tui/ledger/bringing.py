"""Asking for the file of a list, and opening it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from core.errors import RuleError
from core.lists.coming import ListKind
from store.errors import FileRefused
from store.ledgers.coming_in.grids import read_bytes
from tui.ledger.file import is_walk, is_walked_text
from tui.ledger.listed import ListScreen
from tui.ledger.on_desk import OnDesk
from tui.session import Session
from tui.verbs.fields import Answers, Field, Form
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.texts import say

if TYPE_CHECKING:
    from tui.places.place import Place


def desk_for(session: Session, data: bytes, name: str, *, moves_in: bool) -> OnDesk:
    """The screen a file opens in: a ledger, or a list somebody walked with. Raises `FileRefused`."""
    from core.lists.known import walks
    from tui.ledger.desk import IncomingScreen

    if is_walked_text(data, name):
        return ListScreen(session, data, name, walks())
    screen = IncomingScreen(session, data, name, moves_in=moves_in)
    return ListScreen(session, data, name, walks()) if is_walk(screen.source.ledger) else screen


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
