"""The board: composes it, turns keys into actions, lets what was saved flow in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize

from core import kanban
from core.changes import Changes
from core.errors import RuleError
from core.facts import Facts
from core.kanban import Column, Grouping
from core.model import Item, Request, State
from core.workflow import refusal
from tui import keys
from tui.cards import Names
from tui.display import shown
from tui.i18n import _, ngettext
from tui.messages import ClosedRead, Committed, Failed, HistoryRead, Reloaded
from tui.screens.detail import Detail
from tui.screens.place import Place
from tui.session import Session
from tui.texts import say, verb_name
from tui.widgets.board_view import BoardView
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import Page, TitleBar

if TYPE_CHECKING:
    from core.actions import Action
    from core.query import Keep
    from tui.fields import Answers
    from tui.triage_text import Progress
    from tui.widgets.search_line import SearchLine

WIDE = 110
"""Columns from which details stand beside the board."""


class BoardScreen(Place[None]):
    """Where the day's work is done."""

    NAME = "Board"
    BINDINGS = keys.bindings(keys.BOARD)
    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._grouping = Grouping.NONE
        self._query = ""
        self._marks: frozenset[int] = frozenset()
        self._columns: list[Column] = []
        self._trouble = ""
        self._progress: Progress | None = None
        """Where one is in triage."""

    def compose(self) -> ComposeResult:
        """Title, board with details beside it, keys."""
        yield TitleBar(id="title")
        with Horizontal(id="middle"):
            yield BoardView()
            yield Page(id="detail")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the town."""
        self.query_one("#detail", Page).can_focus = False
        self._detail = Detail(self, self.session)
        self._rebuild()

    @property
    def view(self) -> BoardView:
        """The columns."""
        return self.query_one(BoardView)

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        key = self.view.cursor
        return self.session.town.items.get(key) if key is not None else None

    # What is shown

    @property
    def _today(self) -> date:
        return self.session.moment.today

    @property
    def _facts(self) -> Facts:
        return Facts(self.session.town, self._today)

    def _compiled(self, query: str) -> Keep | None:
        """What a query lets through; None where there is none. Raises `RuleError`."""
        if not query:
            return None
        from core.query import compile_query

        return compile_query(query, self.session.town, self._today, self.session.actor)

    def _rebuild(self) -> None:
        """Every column anew."""
        try:
            keep = self._compiled(self._query)
        except RuleError as error:
            self.tell(say(error), warning=True)
            return
        self._columns = list(kanban.board(self._facts, self._grouping, keep))
        self._show()

    def _update_columns(self, changes: Changes) -> None:
        """Only the columns that an item has left, entered or changed in."""
        states = {
            record.state
            for change in changes.of("items")
            for record in (change.old, change.new)
            if isinstance(record, Item)
        } | {self.session.town.items[key].state for key in _asked_about(changes)}
        try:
            keep = self._compiled(self._query)
        except RuleError as error:  # a unit or zone the query names has been renamed
            self._query = ""
            self._rebuild()
            self.tell(say(error), warning=True)
            return
        facts = self._facts
        self._columns = [
            kanban.column(facts, column.state, self._grouping, keep)
            if column.state in states
            else column
            for column in self._columns
        ]
        self._show()

    def _show(self) -> None:
        town = self.session.town
        self.view.show(self._columns, Names.of(town), self._facts)
        self._say_title()
        self._say_keys()

    def _say_title(self) -> None:
        if self._trouble:
            self.query_one("#title", TitleBar).say(self._trouble)
            return
        town = self.session.town
        late = next((c.late for c in self._columns if c.state == State.RECTIFYING), 0)
        groups = {
            Grouping.NONE: "",
            Grouping.ZONE: _("by zone"),
            Grouping.UNIT: _("by unit"),
            Grouping.CATEGORY: _("by category"),
        }
        left = [shown(town.settings.office), shown(self._query) or _("all"), groups[self._grouping]]
        right = [_("late {count}").format(count=late), *self.view.out_of_sight]
        if self._marks:
            right.insert(0, _("marked {count}").format(count=len(self._marks)))
        right.append(shown(self.session.actor.login))
        words = [word for word in left if word]
        while len(words) > 1 and cell_len("  ".join((*words, *right))) + 2 > self.app.size.width:
            # What one is looking at matters most, then what is out of sight.
            if len(right) > 1 and right[-1] == shown(self.session.actor.login):
                right.pop()
            else:
                words.pop(0)
        self.query_one("#title", TitleBar).say("  ".join(words), "  ".join(right))

    def _say_keys(self) -> None:
        """The keys that do something for what is under the cursor."""
        items = self._targets()
        actor = self.session.actor

        def possible(verb: str) -> bool:
            return bool(items) and all(refusal(i, verb, actor) is None for i in items)

        verbs = [k for k in keys.SHOWN if k.verb != "report" and possible(k.verb)]
        others = [k for k in keys.BOARD if k.bar and k not in keys.VERBS[1:]]
        self.query_one(KeyBar).show([*verbs, *others])

    def reworded(self) -> None:
        """Say everything again in another language."""
        self._rebuild()
        self.view.reworded()
        self.query_one(KeyBar).refresh()
        self._detail.page.show([])
        self._detail.show()

    # What others and we ourselves saved

    def take_in(self, message: Committed) -> None:
        """Bring columns and details up to a transaction, touching only what it names."""
        changes = message.changes
        town = self.session.town
        town.apply(changes)
        items = changes.of("items")
        asked = _asked_about(changes)
        self._detail.forget([*(change.id for change in items), *asked])
        if changes.of("zones") or changes.of("units") or changes.of("settings"):
            self._rebuild()
        elif items or asked:
            self._update_columns(changes)
        gone = {key for key in self._marks if town.items[key].state not in kanban.COLUMNS}
        if gone:
            self._set_marks(self._marks - gone)
        if message.own:
            self._tell_saved(changes)
        self._detail.show()

    def _tell_saved(self, changes: Changes) -> None:
        items = changes.of("items")
        asked = _asked_about(changes)
        if asked and not items:
            waits = any(self.session.town.pending(key) for key in asked)
            text = _("{verb}: waits for approval") if waits else _("{verb}: done")
            self.tell(text.format(verb=verb_name(changes.op)))
            return
        what, count = verb_name(changes.op), len(items)
        from tui.history import provisional_texts

        doubts = provisional_texts(changes)
        if doubts:
            self.tell(doubts[0], warning=True)
        elif count == 1:
            label = shown(getattr(items[0].new, "label", ""))
            self.tell(_("{verb}: {number}").format(verb=what, number=label))
        elif count:
            text = ngettext("{verb}: {count} item", "{verb}: {count} items", count)
            self.tell(text.format(verb=what, count=count))
        if count == 1:
            self.view.go_to(items[0].id)

    def take_closed(self, message: ClosedRead) -> None:
        """Closed items arrive after the first frame."""
        town = self.session.town
        town.load("items", message.items)
        town.complete = True
        if message.items:
            self._rebuild()

    def take_anew(self, message: Reloaded) -> None:
        """The store was read anew."""
        self._trouble = ""
        self.session.anew()
        items = self.session.town.items
        self._detail.forget(list(items))
        self._rebuild()
        self._set_marks(frozenset(key for key in self._marks if key in items))

    def take_history(self, message: HistoryRead) -> None:
        """A history that was asked for."""
        if message.table == "items":
            self._detail.take(message.record, message.events)

    def failed(self, message: Failed) -> None:
        """The store can no longer be followed: say so where it stays."""
        self._trouble = say(message.error)
        self._say_title()
        self.tell(self._trouble, warning=True)

    # The cursor and its details

    def on_board_view_rested(self, event: BoardView.Rested) -> None:
        """Keys at once, details once the cursor rests."""
        self._say_keys()
        self._say_title()
        self._detail.rested()

    def on_board_view_opened(self, event: BoardView.Opened) -> None:
        """A second click opens."""
        self.action_detail()

    def on_resize(self, event: Resize) -> None:
        """Details beside the board only where there is room."""
        self._detail.place(beside=self._beside)

    @property
    def _beside(self) -> bool:
        return self.app.size.width >= WIDE

    def action_detail(self) -> None:
        """Details beside the board or, where it is narrow, over it."""
        item = self.current
        if item is not None:
            self._detail.toggle(item, beside=self._beside)

    # Moving

    def action_move(self, across: int, down: int) -> None:
        """Move the cursor."""
        self.query_one(KeyBar).hush()
        self.view.move(across, down)

    def action_page(self, step: int) -> None:
        """Move by a screenful."""
        self.view.page(step)

    def action_edge(self, step: int) -> None:
        """Move to the first or last card."""
        self.view.edge(step)

    # Acting

    def _targets(self) -> list[Item]:
        """What an action is about: the marks, else the card under the cursor."""
        items = self.session.town.items
        if self._marks:
            return [items[key] for key in sorted(self._marks) if key in items]
        return [self.current] if self.current else []

    def action_do(self, verb: str) -> None:
        """Ask for a verb on the marks or the card, with a dialog only for what is missing."""
        items = self._targets()
        if verb == "correct":
            items = [self.current] if self.current else []
        for item in items:
            no = refusal(item, verb, self.session.actor)
            if no is not None:
                self.tell(say(no), warning=True)
                return
        if not items:
            return
        from tui.fields import Form

        asked = self.forms.of(verb, items)
        if isinstance(asked, Form):
            one = asked.make
            assert one is not None
            self.ask(asked, lambda a: [one(item, a) for item in items], self._about(items), items)
        else:
            self.submit([asked(item, {}) for item in items], items)

    def action_more(self) -> None:
        """Everything that may be done here, by name."""
        items = self._targets()
        form = self.forms.verbs(items) if items else None
        if form is None:
            return
        from tui.screens.form import FormScreen

        def chosen(answers: Answers | None) -> None:
            if answers is not None and answers["verb"] == "decide":
                self.action_decide()
            elif answers is not None:
                self.action_do(answers["verb"])

        about = shown(items[0].label) if len(items) == 1 else ""
        self.app.push_screen(FormScreen(form, about), chosen)

    def action_decide(self) -> None:
        """Approve, refuse or recall what was asked for about the marks or the card."""
        items = self._targets()
        waiting = [r for item in items for r in self.session.town.pending(item.id)]
        if not waiting:
            self.tell(_("Nothing waits for approval here."), warning=True)
            return
        forms = self.forms
        self.ask(forms.decision(waiting), lambda a: forms.decided(waiting, a), self._about(items))

    def _about(self, items: Sequence[Item]) -> str:
        if len(items) == 1:
            return shown(f"{items[0].label} {items[0].location}")
        count = len(items)
        return ngettext("{count} item", "{count} items", count).format(count=count)

    def submit(self, actions: Sequence[Action], seen: Sequence[Item] = ()) -> int:
        """Send actions, and clear the marks."""
        ticket = super().submit(actions, seen)
        self._set_marks(frozenset())
        return ticket

    def action_report(self) -> None:
        """登记: a line a problem, or a form with every field."""
        self._ask_quick()

    def _ask_quick(self, lines: Sequence[str] = (), problem: str = "") -> None:
        from tui.screens.quick import Entered, QuickScreen

        def entered(found: Entered | None) -> None:
            if found is None:
                return
            if found.whole:
                forms, known = self.forms, found.reports[0]
                self.ask(forms.report(known), lambda a: [forms.reported(a, known)])
                return
            ticket = self.submit(found.reports)
            self._asked[ticket] = lambda why: self._ask_quick(found.lines, say(why))

        self.app.push_screen(QuickScreen(self.session, lines, problem), entered)

    def _set_marks(self, marks: frozenset[int]) -> None:
        if marks != self._marks:
            self._marks = marks
            self.view.mark(marks)
            self._say_title()
            self._say_keys()

    def action_mark(self) -> None:
        """Mark the card and go on."""
        key = self.view.cursor
        if key is not None:
            self._set_marks(self._marks ^ {key})
            self.view.move(0, 1)

    def action_mark_all(self) -> None:
        """Mark every card of the column, or none of them."""
        every = frozenset(self.view.column_keys)
        self._set_marks(self._marks - every if every <= self._marks else self._marks | every)

    def action_back(self) -> None:
        """Clear the marks; else the search."""
        if self._marks:
            self._set_marks(frozenset())
        elif self._query:
            self.filter_by("")

    def action_group(self) -> None:
        """Divide the columns another way."""
        every = list(Grouping)
        self._grouping = every[(every.index(self._grouping) + 1) % len(every)]
        self._rebuild()

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()

    # Other places and the search

    def action_zones(self) -> None:
        """The zones."""
        from tui.screens.zones import ZonesScreen

        self.app.push_screen(ZonesScreen(self.session), self._chosen)

    def action_triage(self) -> None:
        """The day's queues, one item after another; the place in them is kept."""
        from tui.screens.triage import TriageScreen
        from tui.triage_text import Progress

        if self._progress is None:
            self._progress = Progress()
        self.app.push_screen(TriageScreen(self.session, self._progress))

    def action_today(self) -> None:
        """The morning's queues."""
        from tui.screens.today import TodayScreen

        self.app.push_screen(TodayScreen(self.session), self._chosen)

    def action_units(self) -> None:
        """The units."""
        from tui.screens.units import UnitsScreen

        self.app.push_screen(UnitsScreen(self.session), self._chosen)

    def _chosen(self, query: str | None) -> None:
        if query is not None:
            self.filter_by(query)

    def filter_by(self, query: str) -> None:
        """Show only what a query lets through."""
        self._query = query
        self._rebuild()
        self._detail.show()

    async def action_search(self) -> None:
        """Open the search line; what is typed behind the key goes into it."""
        from tui.widgets.search_line import SearchLine

        line = SearchLine(self._query)
        await self.mount(line, before=self.query_one(KeyBar))
        self.set_focus(line)

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        """Narrow as it is typed; an unfinished term waits."""
        text = event.text.strip()
        try:
            self._compiled(text)
        except RuleError:
            return
        if text != self._query:
            self.filter_by(text)

    def on_search_line_kept(self, event: SearchLine.Kept) -> None:
        """Keep the search, or say what is wrong with it."""
        try:
            self._compiled(event.text.strip())
        except RuleError as error:
            self.tell(say(error), warning=True)
            return
        self._close_search()

    def on_search_line_cleared(self) -> None:
        """Give the search up."""
        self._close_search()
        self.filter_by("")

    def _close_search(self) -> None:
        self.query("SearchLine").remove()
        self.set_focus(None)


def _asked_about(changes: Changes) -> set[int]:
    """The items that requests of a transaction are about."""
    return {c.new.item for c in changes.of("requests") if isinstance(c.new, Request)}
