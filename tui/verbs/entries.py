"""Lines of a form: text, and picking one of many by a few letters."""

import re

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.events import Paste
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label

from core.words.pinyin.sounds import rank
from core.words.text import clean, key_of
from tui.frame.lines import Page
from tui.terminal.display import shown
from tui.verbs.fields import Choice, Field
from tui.words.i18n import _
from tui.words.texts import quote

SHORT = 16
"""Characters up to which typing replaces a day that is filled in."""
_DAY = re.compile(
    r"[\d年月日./-]*\d(?:日|号|(?:个)?工作日|个?小时|天|wd|d|h)?|[当今明次后][天日]|today"
)
MOST = 6
"""Matches shown at once."""


class EntryLine(Input):
    """The line that is typed on."""

    def on_paste(self, event: Paste) -> None:
        """Lines of a paste stand behind each other; Textual would keep the first one only."""
        event.text = " ".join(event.text.split())


class FormEntry(Vertical):
    """A labelled line; `answer` is what was entered."""

    class Finished(Message):
        """Enter was pressed on the line."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def compose(self) -> ComposeResult:
        """Label and line."""
        star = "*" if self.field.required else ""
        with Horizontal():
            yield Label(self.field.label + star, markup=False)
            yield self._input()

    def _input(self) -> Widget:
        line = EntryLine(
            self._prefilled,
            placeholder=self.field.hint,
            select_on_focus=self._is_typed_anew,
        )
        line.cursor_blink = False
        return line

    @property
    def _is_typed_anew(self) -> bool:
        """Whether typing replaces what is filled in: a day or a deadline; a text is gone on with."""
        return len(self._prefilled) <= SHORT and _DAY.fullmatch(self._prefilled) is not None

    @property
    def _prefilled(self) -> str:
        """What was filled in, as the line shows it."""
        return shown(self.field.value)

    @property
    def line(self) -> Widget:
        """What is typed on."""
        return self.query_one(Input)

    @property
    def value(self) -> str:
        """What stands on the line."""
        return self.query_one(Input).value

    @property
    def touched(self) -> bool:
        """Whether the line is not as it was filled in."""
        return self.value != self._prefilled

    @property
    def answer(self) -> object:
        """The text, cleaned of what may not be stored; as it was where nobody touched it."""
        if self.value == self._prefilled:
            return self.field.value
        return clean(self.value)

    @property
    def problem(self) -> str:
        """What is wrong with the line, or nothing."""
        if self.field.required and self.answer in (None, ""):
            return _("{field} is missing.").format(field=self.field.label)
        return ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on."""
        event.stop()
        self.post_message(self.Finished())


class Pick(FormEntry):
    """A line that narrows choices by name, alias or pinyin initials."""

    BINDINGS = [
        Binding("down", "choose(1)", show=False),
        Binding("up", "choose(-1)", show=False),
    ]

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._found: list[Choice] = []
        self._at = 0
        self._chosen = self._picked = False
        self._keys = [
            (choice, [key_of(n) for n in (choice.name, *choice.also) if n])
            for choice in field.choices
        ]

    @property
    def _is_typed_anew(self) -> bool:
        """Another choice replaces the one that is filled in."""
        return True

    def compose(self) -> ComposeResult:
        """Label, line, and the matches while it has the focus."""
        yield from super().compose()
        yield Page()

    def on_mount(self) -> None:
        """What is filled in stands for its choice."""
        self.query_one(Page).can_focus = False
        self._narrow()

    @property
    def answer(self) -> object:
        """The value of the choice the line stands for, or None."""
        text = key_of(self.value)
        if not text:
            return None
        if self._picked and self._found:
            return self._found[self._at].value
        exact = next((c for c, keys in self._keys if text in keys), None)
        if exact is not None:
            return exact.value
        return self._found[self._at].value if self._found else None

    @property
    def problem(self) -> str:
        """A text that stands for no choice is not passed over."""
        if self.value.strip() and self.answer is None:
            return _("{field}: {value} is none of those to choose from.").format(
                field=self.field.label, value=quote(self.value)
            )
        return super().problem

    def _narrow(self) -> None:
        """Matches in the order: begins with, contains, sounds like. None is under the cursor until something is typed
        or gone down to, but in a menu: an empty line is nobody's choice."""
        text = self.value.strip()
        wanted = key_of(text)
        ranked: list[tuple[int, int, Choice]] = []
        for order, (choice, keys) in enumerate(self._keys):
            fits = rank(wanted, keys)
            if fits is not None:
                ranked.append((fits, order, choice))
        self._found = [choice for _rank_, _order, choice in sorted(ranked, key=lambda r: r[:2])]
        self._at = 0 if wanted or self.field.menu else -1
        self._chosen, self._picked = bool(wanted), False
        self._draw()

    def _draw(self) -> None:
        most = MOST if len(self._found) <= MOST else MOST - 1
        top = max(0, self._at - most + 1)
        lines = [
            (
                "head" if at == self._at else "text",
                (">" if at == self._at else " ") + " " + shown(choice.name),
            )
            for at, choice in list(enumerate(self._found))[top : top + most]
        ]
        if len(self._found) > MOST:
            at = f"{self._at + 1}/" if self._at >= 0 else ""
            lines.append(("text", f"  .. {at}{len(self._found)}"))
        self.query_one(Page).show(lines)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed."""
        self._narrow()

    def on_descendant_focus(self) -> None:
        """Show the matches."""
        self._narrow()
        self.add_class("-open")

    def on_descendant_blur(self) -> None:
        """What was typed becomes the choice it stands for."""
        self.remove_class("-open")
        self._settle()

    def _settle(self) -> None:
        value = self.answer
        name = next((c.name for c in self.field.choices if c.value == value), "")
        if value is not None and name:
            self.query_one(Input).value = name

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Up and down are the matches' as long as there is one that way; else they move on."""
        if action != "choose":
            return True
        at = self._at + int(str(parameters[0]))
        return not self._is_settled and 0 <= at < len(self._found)

    def action_choose(self, step: int) -> None:
        """Choose another match."""
        self._at += step
        self._chosen = self._picked = True
        self._draw()

    @property
    def _is_settled(self) -> bool:
        return any(key_of(c.name) == key_of(self.value) for c in self.field.choices)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the match under the cursor; `Entry` then goes on."""
        wanted = self._chosen or (self.field.menu and not self.value.strip())
        if wanted and not self._is_settled and self._found:
            self.query_one(Input).value = self._found[self._at].name


class Offered(Pick):
    """A line of free text with sentences to take: down chooses one, anything typed stands as it is."""

    def __init__(self, field: Field) -> None:
        choices = tuple(Choice(text, text) for text in field.offers)
        super().__init__(replace(field, choices=choices))

    def on_mount(self) -> None:
        """As high as there are sentences; Textual calls the other handler of this name too."""
        self.query_one(Page).styles.height = min(MOST, len(self.field.offers))

    @property
    def _is_typed_anew(self) -> bool:
        """A text is gone on with."""
        return False

    @property
    def answer(self) -> object:
        """The sentence that was chosen, else what was typed."""
        if self._picked and self._found:
            return self._found[self._at].value
        return self.field.value if not self.touched else clean(self.value)

    @property
    def problem(self) -> str:
        """Only an empty line is wrong, where it must be filled in."""
        if self.field.required and not self.answer:
            return _("{field} is missing.").format(field=self.field.label)
        return ""

    def _narrow(self) -> None:
        """Nothing is under the cursor until it is gone down to."""
        super()._narrow()
        self._chosen, self._at = False, -1
        self._draw()

    def _settle(self) -> None:
        """A sentence that was chosen stands on the line."""
        if self._picked and self._found:
            self.query_one(Input).value = self._found[self._at].name

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Up and down are the sentences' as long as there is one that way; else they move on."""
        if action != "choose":
            return True
        return 0 <= self._at + int(str(parameters[0])) < len(self._found)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the sentence under the cursor, if there is one, and goes on."""
        event.prevent_default()  # the others' handlers would take the nearest
        event.stop()
        self._settle()
        self.post_message(self.Finished())
