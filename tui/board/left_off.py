"""A dialog that was open when the line broke: kept as it stood, offered at the next login."""

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from core.workflow import refusal
from tui.board.verbs import Verbs, about
from tui.day.line import QuickScreen
from tui.places.place import Place
from tui.session.session import Session
from tui.session.unfinished import QUICK, Unfinished, discard, keep
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Form
from tui.verbs.screen import FormScreen
from tui.words.i18n import _
from tui.words.texts import listed


def keep_dialog(session: Session, screen: Screen[Any]) -> None:
    """Keep the dialog that is open, where something was typed into it and it can be opened again."""
    texts: dict[str, str] = {}
    verb, title = "", ""
    items: tuple[int, ...] = ()
    if isinstance(screen, QuickScreen):
        verb, title = QUICK, _("Report: one line, one problem")
        texts = {str(number): line for number, line in enumerate(screen.standing)}
    elif isinstance(screen, FormScreen):
        form, texts = screen.standing
        verb, title, items = form.verb, form.title, form.items
    if texts and verb:
        keep(
            Unfinished(
                store=session.store,
                at=session.now,
                verb=verb,
                items=items,
                title=title,
                texts=texts,
            )
        )


AT_REST = 0.7
"""Seconds without a key after which whoever came in is not in the middle of typing something else."""


def offer(
    board: Place[Any], verbs: Verbs, left: Unfinished, quiet_for: Callable[[], float]
) -> None:
    """Ask whether to go on with what was left, once nobody types anything else on the board."""
    if board.app.screen is not board or quiet_for() < AT_REST:
        board.set_timer(AT_REST, partial(offer, board, verbs, left, quiet_for))
        return

    def answered(answers: Answers | None) -> None:
        discard()
        if answers is not None:
            _go_on(board, verbs, left)

    items = (board.session.town.held(key) for key in left.items)
    labels = [item.label for item in items if item is not None]
    note = "\n".join([*([listed(labels)] if labels else []), *left.texts.values()])
    hint = _("Enter: go on with it, Esc throw it away")
    form = Form(_("Not finished when the line broke"), (), None, note, hint)
    board.app.push_screen(FormScreen(form, shown(left.title)), answered)


def _go_on(board: Place[Any], verbs: Verbs, left: Unfinished) -> None:
    if left.verb == QUICK:
        verbs.report(list(left.texts.values()))
        return
    town = board.session.town
    items = [town.items[key] for key in left.items if key in town.items]
    able = [i for i in items if refusal(i, left.verb, board.session.actor) is None]
    asked = board.asked_of(left.verb, able) if able else None
    if not isinstance(asked, Form) or asked.make is None:
        board.app.copy_to_clipboard("\n".join(left.texts.values()))
        board.tell(_("It cannot be gone on with any more; the text is on your clipboard."))
        return
    make = asked.make
    board.ask(
        asked.with_texts(left.texts),
        lambda answers: [make(item, answers) for item in able],
        about(able),
        able,
    )
