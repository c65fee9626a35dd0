"""The board: composes it, turns keys into actions, lets what was saved flow in."""

from collections.abc import Sequence
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from core import kanban
from core.actions import Action, Wish
from core.changes import Changes
from core.errors import RuleError
from core.kanban import Column, Grouping
from core.model import Event, Item, State
from core.query import Keep, compile_query
from core.workflow import refusal
from tui import details, keys
from tui.cards import Names
from tui.display import shown
from tui.forms import Form, Forms
from tui.i18n import _, ngettext
from tui.messages import ClosedRead, Committed, Failed, HistoryRead, Refused, Reloaded
from tui.screens.form import FormScreen
from tui.screens.masters import UnitsScreen, ZonesScreen
from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.texts import say, verb_name
from tui.widgets.board_view import BoardView
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Page, TitleBar

REST = 0.12
"""Seconds the cursor rests on a card before its details follow."""
WIDE = 110
"""Columns from which details stand beside the board."""


class BoardScreen(Screen[None]):
    """Where the day's work is done."""

    BINDINGS = keys.bindings(keys.BOARD)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._grouping = Grouping.NONE
        self._query = ""
        self._marks: frozenset[int] = frozenset()
        self._columns: list[Column] = []
        self._resting: Timer | None = None
        self._detail = False
        self._histories: dict[int, Sequence[Event]] = {}
        self._wanted: int | None = None

    def compose(self) -> ComposeResult:
        """Title, board with details beside it, search line, keys."""
        yield TitleBar(id="title")
        with Horizontal(id="middle"):
            yield BoardView()
            yield Page(id="detail")
        search = Input(id="search")
        search.cursor_blink = False
        yield search
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the town."""
        self.query_one("#detail", Page).can_focus = False
        self._rebuild()
        self.query_one(BoardView).focus()

    # What is shown

    @property
    def _today(self) -> Any:
        return self._session.moment.today

    def _keep(self) -> Keep:
        return compile_query(self._query, self._session.town, self._today, self._session.actor)

    def _rebuild(self) -> None:
        """Every column anew."""
        try:
            keep = self._keep()
        except RuleError as error:
            self._tell(say(error), warning=True)
            return
        self._columns = list(kanban.board(self._session.town, self._today, self._grouping, keep))
        self._show()

    def _show(self) -> None:
        town = self._session.town
        self.query_one(BoardView).show(self._columns, town.items, Names.of(town), self._today)
        self._say_title()

    def _say_title(self) -> None:
        town = self._session.town
        late = next((c.late for c in self._columns if c.state == State.RECTIFYING), 0)
        query = shown(self._query) or _("all")
        groups = {
            Grouping.NONE: "",
            Grouping.ZONE: _("by zone"),
            Grouping.UNIT: _("by unit"),
            Grouping.CATEGORY: _("by category"),
        }
        left = "  ".join(
            p for p in (shown(town.settings.office), query, groups[self._grouping]) if p
        )
        parts = [_("late {count}").format(count=late)]
        if self._marks:
            parts.insert(0, _("marked {count}").format(count=len(self._marks)))
        parts += self.query_one(BoardView).out_of_sight
        parts.append(shown(self._session.actor.login))
        self.query_one("#title", TitleBar).say(left, "  ".join(parts))

    def _say_keys(self) -> None:
        """The keys that do something for what is under the cursor."""
        items = self._targets()
        actor = self._session.actor
        bar = [
            k
            for k in keys.BOARD
            if (k.bar or k.verb)
            and (
                not k.verb
                or k.verb == "report"
                or (items and all(refusal(i, k.verb, actor) is None for i in items))
            )
        ]
        verbs = [k for k in bar if k.verb and k.verb != "report"]
        rest = [k for k in bar if not k.verb or k.verb == "report"]
        self.query_one(KeyBar).show([*verbs, *rest])

    # What others and we ourselves saved

    def take_in(self, message: Committed) -> None:
        """Bring columns and details up to a transaction, touching only what it names."""
        changes = message.changes
        town = self._session.town
        town.apply(changes)
        items = changes.of("items")
        for change in items:
            self._histories.pop(change.id, None)
        if changes.of("zones") or changes.of("units") or changes.of("settings"):
            self._rebuild()
        elif items:
            self._update_columns(changes)
        self._marks = frozenset(
            key for key in self._marks if town.items[key].state in kanban.COLUMNS
        )
        if message.own:
            self._tell_saved(changes)
        self._say_title()
        self._say_keys()
        self._show_detail()

    def _update_columns(self, changes: Changes) -> None:
        """Only the columns that an item has left, entered or changed in."""
        states: set[State] = set()
        for change in changes.of("items"):
            for record in (change.old, change.new):
                if isinstance(record, Item):
                    states.add(record.state)
        keep = self._keep()
        self._columns = [
            kanban.column(self._session.town, column.state, self._today, self._grouping, keep)
            if column.state in states
            else column
            for column in self._columns
        ]
        self._show()

    def _tell_saved(self, changes: Changes) -> None:
        items = changes.of("items")
        name = shown(getattr(items[0].new, "label", "")) if items else ""
        count = len(items)
        what = verb_name(changes.op)
        if count == 1:
            self._tell(_("{verb}: {number}").format(verb=what, number=name))
        elif count:
            self._tell(
                ngettext("{verb}: {count} item", "{verb}: {count} items", count).format(
                    verb=what, count=count
                )
            )
        if changes.op == "report" and items:
            self.query_one(BoardView).go_to(items[0].id)

    def _tell(self, text: str, *, warning: bool = False) -> None:
        """A sentence in the last line, until the next move."""
        self.query_one(KeyBar).say(text, warning=warning)

    def take_closed(self, message: ClosedRead) -> None:
        """Closed items arrive after the first frame."""
        town = self._session.town
        town.load("items", message.items)
        town.complete = True
        if message.items:
            self._rebuild()

    def take_anew(self, message: Reloaded) -> None:
        """The store was read anew."""
        self._session.anew()
        self._histories.clear()
        self._rebuild()

    def take_history(self, message: HistoryRead) -> None:
        """A history that was asked for."""
        if message.table == "items":
            self._histories = {message.record: message.events}
            self._show_detail()

    def refused(self, message: Refused) -> None:
        """Say why; nothing was drawn early, so nothing is taken back."""
        self._tell(say(message.error), warning=True)

    def failed(self, message: Failed) -> None:
        """The store can no longer be followed: say so and keep saying it."""
        self.query_one("#title", TitleBar).say(say(message.error))
        self._tell(say(message.error), warning=True)

    # The cursor and its details

    def on_board_view_rested(self, event: BoardView.Rested) -> None:
        """Details follow once the cursor rests."""
        self._say_keys()
        self._say_title()
        if self._resting is not None:
            self._resting.stop()
        if self._detail:
            self._resting = self.set_timer(REST, self._show_detail)

    def on_board_view_opened(self, event: BoardView.Opened) -> None:
        """A second click opens."""
        self.action_detail()

    def on_resize(self, event: Resize) -> None:
        """Details beside the board only where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self._place_detail()

    @property
    def _beside(self) -> bool:
        return self.app.size.width >= WIDE

    def _place_detail(self) -> None:
        self.query_one("#detail", Page).display = self._detail and self._beside

    def _current(self) -> Item | None:
        key = self.query_one(BoardView).cursor
        return self._session.town.items.get(key) if key is not None else None

    def _show_detail(self) -> None:
        """Fill the details of the card under the cursor, asking for its history."""
        item = self._current()
        over = self.app.screen
        if item is None or not (self._detail or isinstance(over, ReadingScreen)):
            return
        events = self._histories.get(item.id)
        if events is None and self._wanted != item.id:
            self._wanted = item.id
            self._session.ask_history("items", item.id)
        page = self.query_one("#detail", Page)
        if events is None and page.text and not isinstance(over, ReadingScreen):
            return  # the history is here in a moment; drawing twice would cost a slow line twice
        if events is not None:
            self._wanted = None
        paragraphs = details.of_item(item, self._session.town, self._today, events)
        if isinstance(over, ReadingScreen) and over.name == "detail":
            over.show(paragraphs)
        elif self._detail:
            page.show(paragraphs)

    def action_detail(self) -> None:
        """Details beside the board or, where it is narrow, over it."""
        item = self._current()
        if item is None:
            return
        if self._beside:
            self._detail = not self._detail
            self._place_detail()
            self._show_detail()
            return
        self._wanted = None
        paragraphs = details.of_item(
            item, self._session.town, self._today, self._histories.get(item.id)
        )
        reading = ReadingScreen(shown(item.label), paragraphs, "detail")
        self.app.push_screen(reading)
        self._session.ask_history("items", item.id)

    # Keys

    def action_move(self, across: int, down: int) -> None:
        """Move the cursor."""
        self.query_one(KeyBar).hush()
        self.query_one(BoardView).move(across, down)

    def action_page(self, step: int) -> None:
        """Move by a screenful."""
        self.query_one(BoardView).page(step)

    def action_edge(self, step: int) -> None:
        """Move to the first or last card."""
        self.query_one(BoardView).edge(step)

    def _targets(self) -> list[Item]:
        """What an action is about: the marks, else the card under the cursor."""
        items = self._session.town.items
        if self._marks:
            return [items[key] for key in sorted(self._marks) if key in items]
        current = self._current()
        return [current] if current else []

    def action_do(self, verb: str) -> None:
        """Ask for a verb on the marks or the card, with a dialog only for what is missing."""
        items = self._targets()
        if verb == "correct":
            current = self._current()
            items = [current] if current else []
        if not items:
            return
        for item in items:
            no = refusal(item, verb, self._session.actor)
            if no is not None:
                self._tell(say(no), warning=True)
                return
        made = self._forms.of(verb, items)
        if isinstance(made, Form):
            self._ask(made, items)
        else:
            self._submit([made(item, {}) for item in items], items)

    @property
    def _forms(self) -> Forms:
        return Forms(self._session.town, self._session.actor, self._session.moment)

    def action_report(self) -> None:
        """登记."""
        item = self._current()
        self._ask(self._forms.report(item.zone if item else None), [])

    @work
    async def _ask(self, form: Form, items: Sequence[Item]) -> None:
        """Show a form until it is right or given up; what was typed stays."""
        about = (
            shown(items[0].label + " " + items[0].location)
            if len(items) == 1
            else (
                ngettext("{count} item", "{count} items", len(items)).format(count=len(items))
                if items
                else ""
            )
        )
        problem = ""
        while True:
            answers = await self.app.push_screen_wait(FormScreen(form, about, problem))
            if answers is None:
                return
            try:
                make = form.make
                actions = (
                    [make(item, answers) for item in items]
                    if make and items
                    else [self._forms.reported(answers)]
                )
            except RuleError as error:
                problem = say(error)
                form = form.with_answers(answers)
                continue
            self._submit(actions, items)
            return

    def _submit(self, actions: Sequence[Action], items: Sequence[Item]) -> None:
        """Send wishes with what was seen, and clear the marks."""
        seen = {item.id: item for item in items}
        wishes = []
        for action in actions:
            item = seen.get(getattr(action, "item", 0))
            wishes.append(
                Wish(action, item.revision, {"state": item.state}) if item else Wish(action)
            )
        self._session.submit(wishes)
        self._set_marks(frozenset())

    def _set_marks(self, marks: frozenset[int]) -> None:
        self._marks = marks
        self.query_one(BoardView).mark(marks)
        self._say_title()
        self._say_keys()

    def action_mark(self) -> None:
        """Mark the card and go on."""
        key = self.query_one(BoardView).cursor
        if key is not None:
            self._set_marks(self._marks ^ {key})
            self.query_one(BoardView).move(0, 1)

    def action_mark_all(self) -> None:
        """Mark every card of the column, or none of them."""
        every = frozenset(self.query_one(BoardView).column_keys)
        self._set_marks(self._marks - every if every <= self._marks else self._marks | every)

    def action_back(self) -> None:
        """Clear the marks; else the search."""
        if self._marks:
            self._set_marks(frozenset())
        elif self._query:
            self.filter_by("")

    def action_undo(self) -> None:
        """Take back one's own last change."""
        self._session.undo()

    def action_group(self) -> None:
        """Divide the columns another way."""
        every = list(Grouping)
        self._grouping = every[(every.index(self._grouping) + 1) % len(every)]
        self._rebuild()

    def action_language(self) -> None:
        """中文 / English."""
        self.app.action_language()  # type: ignore[attr-defined]

    def reworded(self) -> None:
        """Say everything again in another language."""
        self._rebuild()
        self.query_one(KeyBar).show([])
        self._say_keys()
        self.query_one("#detail", Page).show([])
        self._show_detail()

    def action_help(self) -> None:
        """The keys of this place."""
        self.app.push_screen(ReadingScreen(_("Help"), details.of_help("Board")))

    def action_zones(self) -> None:
        """The zones."""
        self.app.push_screen(ZonesScreen(self._session), self._filtered)

    def action_units(self) -> None:
        """The units."""
        self.app.push_screen(UnitsScreen(self._session), self._filtered)

    def _filtered(self, query: str | None) -> None:
        if query is not None:
            self.filter_by(query)

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()

    # Search

    def filter_by(self, query: str) -> None:
        """Show only what a query lets through."""
        self._query = query
        self._rebuild()
        self._show_detail()

    def action_search(self) -> None:
        """Open the search line."""
        line = self.query_one("#search", Input)
        line.placeholder = _("words, unit:城管, zone:Z03, overdue; Enter keeps, Esc clears")
        line.display = True
        line.value = self._query
        line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed; an unfinished term waits."""
        if event.input.id != "search" or not event.input.display:
            return
        try:
            compile_query(event.value, self._session.town, self._today, self._session.actor)
        except RuleError:
            return
        self._query = event.value.strip()
        self._rebuild()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the search, or say what is wrong with it."""
        try:
            compile_query(event.value, self._session.town, self._today, self._session.actor)
        except RuleError as error:
            self._tell(say(error), warning=True)
            return
        self._close_search()

    def _close_search(self) -> None:
        self.query_one("#search", Input).display = False
        self.query_one(BoardView).focus()

    def key_escape(self) -> None:
        """Esc in the search line clears it."""
        line = self.query_one("#search", Input)
        if line.has_focus:
            line.value = ""
            self._close_search()
            self.filter_by("")
