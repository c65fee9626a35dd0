"""What is done to cards on the board: marking them, acting on them, deciding what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import RuleError
from core.model import OPEN_STATES, Item
from core.workflow import parted
from tui.board.board_view import BoardView
from tui.places.place import Place
from tui.session.session import Session
from tui.terminal.display import shown
from tui.words.i18n import _, ngettext
from tui.words.texts import say

if TYPE_CHECKING:
    from core.actions import Action, Report
    from tui.day.line import Entered
    from tui.verbs.bulk import Rejection
    from tui.verbs.fields import Answers


class Acting(Place[None]):
    """A board whose cards can be marked and acted on."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._marks: frozenset[int] = frozenset()
        self._marked_last: int | None = None

    @property
    def view(self) -> BoardView:
        """The columns."""
        return self.query_one(BoardView)

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        key = self.view.cursor
        return self.session.town.items.get(key) if key is not None else None

    def marked(self) -> None:
        """The marks have changed."""

    # Marks

    def _set_marks(self, marks: frozenset[int]) -> None:
        if marks != self._marks:
            self._marks = marks
            self.view.mark(marks)
            self.marked()

    def action_mark(self) -> None:
        """Mark the card and go on."""
        key = self.view.cursor
        if key is not None:
            self._set_marks(self._marks ^ {key})
            self._marked_last = key
            self.view.move(0, 1)

    def action_mark_range(self) -> None:
        """Mark every card from the one marked last to the cursor."""
        keys, here = self.view.column_keys, self.view.cursor
        if here is None:
            return
        ends = sorted(keys.index(k) for k in (self._marked_last, here) if k in keys)
        self._set_marks(self._marks | frozenset(keys[ends[0] : ends[-1] + 1]))
        self._marked_last = here

    def action_mark_all(self) -> None:
        """Mark every card of the column, or none of them."""
        self._mark_each(self.view.column_keys)

    def action_mark_everything(self) -> None:
        """Mark every open card there is under the search, or none."""
        lanes = [n for n in self.view.lanes if n.column.state in OPEN_STATES]
        self._mark_each([key for lane in lanes for key in lane.column.keys])

    def _mark_each(self, keys: Sequence[int]) -> None:
        every = frozenset(keys)
        self._set_marks(self._marks - every if every <= self._marks else self._marks | every)

    # Acting

    def _targets(self) -> list[Item]:
        """What an action is about: the marks, else the card under the cursor."""
        items = self.session.town.items
        if self._marks:
            return [items[key] for key in sorted(self._marks) if key in items]
        return [self.current] if self.current else []

    def action_do(self, verb: str) -> None:
        """Ask for a verb on the marks or the card, with a dialog only for what is missing.

        Of several, those it is refused for are named before the others go ahead.
        """
        items = self._targets()
        if verb == "correct":
            items = [self.current] if self.current else []
        self.do_to(verb, items)

    def do_to(self, verb: str, items: Sequence[Item]) -> None:
        """Ask for a verb on some items."""
        from tui.verbs.bulk import Rejection, meant

        items = meant(items, verb, self.session.actor, self.session.town)
        able, others = parted(items, verb, self.session.actor)
        rejected = [Rejection(item, say(no)) for item, no in others]
        if not able:
            if rejected:
                self.tell(rejected[0].why, warning=True)
            return
        from tui.verbs.fields import Form

        def send(actions: Sequence[Action], seen: Sequence[Item]) -> int:
            return self._send(verb, actions, seen, rejected)

        asked = self.forms.of(verb, able)
        if isinstance(asked, Form):
            one = self._attached if verb == "attach" else asked.make
            assert one is not None
            about = self.about(able)
            self.ask(asked, lambda a: [one(i, a) for i in able], about, able, send=send)
            return
        try:
            actions = [asked(item, {}) for item in able]
        except RuleError as error:
            self.tell(say(error), warning=True)
            return
        send(actions, able)

    def _attached(self, item: Item, answers: Answers) -> Action:
        """The file of an answered form, kept, as the action. Raises `FileRefused`, `NotSaved`."""
        from core.actions import Attach

        return Attach(item=item.id, files=(self.session.keep(answers["path"], answers["shows"]),))

    def _send(
        self,
        verb: str,
        actions: Sequence[Action],
        seen: Sequence[Item],
        rejected: Sequence[Rejection],
    ) -> int:
        """Submit; of several, only after those that would be refused have been shown."""
        if len(actions) + len(rejected) == 1:
            return self.submit(actions, seen)
        from tui.verbs import bulk

        good, more = bulk.tried(
            actions, seen, self.session.town, self.session.actor, self.session.moment
        )
        rejected = [*rejected, *more]
        if not rejected:
            return self.submit(actions, seen)
        if not good:
            self.tell(rejected[0].why, warning=True)
            return 0
        from tui.verbs.screen import FormScreen

        def answered(answers: Answers | None) -> None:
            if answers is not None:
                self.submit(good, seen)

        form = bulk.preview(verb, len(good), rejected)
        self.app.push_screen(FormScreen(form, ""), answered)
        return 0

    def submit(self, actions: Sequence[Action], seen: Sequence[Item] = ()) -> int:
        """Send actions, and clear the marks."""
        ticket = super().submit(actions, seen)
        self._set_marks(frozenset())
        return ticket

    def action_pairs(self) -> None:
        """整改前后对比 of the marks, else of everything in sight, to a file."""
        from tui.papers.pairs import write_pairs

        every = self.session.town.items
        seen = [every[key] for lane in self.view.lanes for key in lane.column.keys if key in every]
        write_pairs(self, self._targets() if self._marks else seen)

    def action_more(self) -> None:
        """Everything that may be done here, by name."""
        items = self._targets()
        form = self.forms.verbs(items) if items else None
        if form is None:
            return
        from tui.verbs.screen import FormScreen

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
            self.show_asked()
            return
        forms = self.forms
        self.ask(forms.decision(waiting), lambda a: forms.decided(waiting, a), self.about(items))

    def show_asked(self) -> None:
        """Everything that waits for a decision, where nothing does under the cursor."""

    def about(self, items: Sequence[Item]) -> str:
        """What a dialog is about, in a few words."""
        if len(items) == 1:
            return shown(f"{items[0].label} {items[0].location}")
        count = len(items)
        return ngettext("{count} item", "{count} items", count).format(count=count)

    def action_report(self) -> None:
        """登记: a line a problem, or a form with every field."""
        self.ask_quick()

    def ask_quick(self, lines: Sequence[str] = (), problem: str = "") -> None:
        """Lines on the way to being reports."""
        from tui.day.line import QuickScreen

        def entered(found: Entered | None) -> None:
            if found is None:
                return
            if found.whole:
                forms, known = self.forms, found.reports[0]
                self.ask(forms.report(known), lambda a: [forms.reported(a, known)])
                return
            if found.known is not None:
                self._join(found.known, found.reports[0])
                return
            ticket = self.submit(found.reports)
            self._asked[ticket] = lambda why: self.ask_quick(found.lines, say(why))

        self.app.push_screen(QuickScreen(self.session, lines, problem), entered)

    def _join(self, key: int, report: Report) -> None:
        """A report that is about an item here: added to it, or that one opened again."""
        from core.day.sameness import added, is_open

        item = self.session.town.item(key)
        if is_open(item):
            self.submit(added(item, report, self.session.moment.today))
            self.tell(_("Added to {number}.").format(number=shown(item.label)))
        else:
            self.do_to("reopen", [item])

    def action_incoming(self) -> None:
        """A ledger on this server, row by row before it is saved."""
        if not self.session.town.complete:
            self.session.read_all_closed()
            self.tell(_("Still reading what was closed; in a moment."), warning=True)
            return
        self._ask_incoming("")

    def _ask_incoming(self, path: str, problem: str = "", how: str = "import") -> None:
        from tui.verbs.fields import Choice, Field, Form
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
            if answers is not None:
                self._open_incoming(answers["path"], answers["how"])

        form = Form(_("Bring a ledger in"), (way, field), hint=_("Enter open, Esc cancel"))
        self.app.push_screen(FormScreen(form, "", problem, at=("path",)), answered)

    def _open_incoming(self, path: str, how: str) -> None:
        from store.errors import FileRefused
        from tui.ledger.bringing import open_ledger

        try:
            open_ledger(self, path, moves_in=how == "move_in")
        except FileRefused as error:
            self._ask_incoming(path, say(error), how)
