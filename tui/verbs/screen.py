"""A dialog made from a form: asks, checks, returns the answers, changes nothing."""

from typing import Any

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Label

from tui.terminal.display import shown
from tui.verbs.entries import FormEntry, Offered, Pick
from tui.verbs.fields import OF_FILES, Field, Form
from tui.whereabouts import Gate
from tui.words.i18n import _

TALLEST = 24
"""Lines of a screen that a dialog takes at the most, with what is left free around it."""
AROUND = 8
"""Of these those besides a note and the lines to fill in."""
MOST_LINES = 16


def _of_tray(form: Form) -> Form:
    """The form as somebody who came through the gate gets it: where a file is asked for, those of their tray are offered."""
    caller = Gate.caller
    if caller is None or not any(field.key in OF_FILES for field in form.fields):
        return form
    names = tuple(each.name for each in caller.tray.names())
    hint = _("a name in your tray")
    fields = (
        replace(f, offers=names, hint=hint) if f.key in OF_FILES and not f.choices else f
        for f in form.fields
    )
    return replace(form, fields=tuple(fields))


def entry_of(field: Field) -> FormEntry:
    """The line of a field: a choice, a paragraph, or a plain one."""
    if field.long:
        from tui.verbs.long_text import LongText

        return LongText(field)
    if field.offers:
        return Offered(field)
    return Pick(field) if field.choices else FormEntry(field)


UNASKED = 12
"""Characters that may be thrown away by one Esc."""


class FormScreen(ModalScreen[dict[str, Any] | None]):
    """Lines to fill in; Enter goes on and, on the last one, ends."""

    BINDINGS = [
        Binding("escape,f10", "cancel", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("ctrl+s", "done", show=False),
        Binding("enter", "done", show=False),
    ]
    AUTO_FOCUS = ""
    CSS_PATH = "../styles/form.tcss"

    def __init__(self, form: Form, about: str, problem: str = "", at: tuple[str, ...] = ()) -> None:
        """`about` says what it is for, `problem` why it is asked again, `at` which line, by
        the first of these keys that it has."""
        super().__init__()
        self._form = _of_tray(form)
        self._about = about
        self._problem = problem
        self._begin_at = at
        self._leaving = False
        """Whether Esc was pressed over what was typed."""

    def compose(self) -> ComposeResult:
        """Title, what it is about, the lines, how to go on."""
        with Vertical(id="form"):
            yield Label(self._form.title, id="form-title", markup=False)
            if self._about:
                yield Label(self._about, id="form-about", markup=False)
            if self._form.note:
                yield Label(shown(self._form.note, lines=True), id="form-note", markup=False)
            with VerticalScroll(id="form-lines", can_focus=False):
                for field in self._form.fields:
                    yield entry_of(field)
            yield Label(self._problem, id="form-problem", markup=False)
            yield Label(
                self._form.hint or _("Tab next, Enter save once all * are filled, Esc cancel"),
                id="form-keys",
                markup=False,
            )

    def on_resize(self, event: Resize) -> None:
        """On a small screen the lines scroll, and how to go on stays in sight."""
        self._fit(event.size.height)
        self.call_after_refresh(self._fit, event.size.height)  # the labels are as high as they are

    def _fit(self, height: int) -> None:
        room = min(height, TALLEST) - AROUND
        note = 0
        for label in self.query("#form-note"):
            label.styles.max_height = max(2, min(12, room - 4))
            note = label.size.height
        self.query_one("#form-lines").styles.max_height = max(3, min(MOST_LINES, room - note))

    def on_mount(self) -> None:
        """Begin on the first line that is still empty; else on the last."""
        entries = list(self.query(FormEntry))
        if not entries:
            return
        first = next((e for e in entries if not e.field.value and e.field.required), None)
        if first is None:
            first = next((e for e in entries if not e.field.value), entries[0])
        if all(e.field.value for e in entries if e.field.required):
            first = entries[0]
        wrong = (e for key in self._begin_at for e in entries if e.field.key == key)
        first = next(wrong, first)
        self._go_to(first)

    def _go_to(self, entry: FormEntry) -> None:
        """Go to a line at once: keys that came with the one that opened the dialog are for it.

        `focus()` of Textual waits behind them in the queue of the app.
        """
        self.set_focus(entry.line)

    def on_form_entry_finished(self, event: FormEntry.Finished) -> None:
        """Enter: to the next line that still needs something, else done."""
        entries = list(self.query(FormEntry))
        here = next((n for n, e in enumerate(entries) if e.has_focus_within), 0)
        if entries[here].problem:
            self._stay(entries[here])
            return
        for entry in (*entries[here + 1 :], *entries[:here]):
            if entry.problem:
                self._stay(entry, tell=bool(entry.value.strip()))
                return
        self.action_done()

    def _stay(self, entry: FormEntry, *, tell: bool = True) -> None:
        """Go to a line that is not right, and say why unless it is merely empty yet."""
        self.query_one("#form-problem", Label).update(entry.problem if tell else "")
        self._go_to(entry)

    def action_done(self) -> None:
        """Return the answers, or go to the first line that is not right."""
        for entry in self.query(FormEntry):
            if entry.problem:
                self._stay(entry)
                return
        self.dismiss({entry.field.key: entry.answer for entry in self.query(FormEntry)})

    @property
    def standing(self) -> tuple[Form, dict[str, str]]:
        """The form, and what stands on each of its lines just now."""
        entries = self.query(FormEntry)
        return self._form, {e.field.key: e.value for e in entries if e.touched}

    def on_input_changed(self) -> None:
        """Whoever types on does not leave."""
        if self._leaving:
            self._leaving = False
            self.query_one("#form-problem", Label).update("")

    on_text_area_changed = on_input_changed

    def action_cancel(self) -> None:
        """Return nothing; where much was typed, or what was typed was refused, only when asked twice."""
        typed = sum(map(len, self.standing[1].values()))
        refused = self._problem and any(entry.value for entry in self.query(FormEntry))
        if (typed > UNASKED or refused) and not self._leaving:
            self._leaving = True
            self.query_one("#form-problem", Label).update(
                _("Esc again throws away what was typed.")
            )
            return
        self.dismiss(None)
