"""Verbs asked for on cards: with a form for what is missing, and those they are refused for shown first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.errors import RuleError
from core.model import Item
from core.workflow import parted
from tui.board.marks import Marks
from tui.places.place import Place
from tui.terminal.display import shown
from tui.words.i18n import _, ngettext
from tui.words.texts import say

if TYPE_CHECKING:
    from core.actions.action import Action
    from core.actions.loop.road import Report
    from tui.day.line import Entered
    from tui.verbs.bulk import Rejection
    from tui.verbs.fields import Answers


def about(items: Sequence[Item]) -> str:
    """What a dialog is about, in a few words."""
    if len(items) == 1:
        return shown(f"{items[0].label} {items[0].location}")
    count = len(items)
    return ngettext("{count} item", "{count} items", count).format(count=count)


class Verbs:
    """What is done to the marks, or to the card under the cursor, and what comes in anew."""

    def __init__(self, board: Place[Any], marks: Marks) -> None:
        self._board = board
        self._session = board.session
        self._marks = marks

    def do(self, verb: str) -> None:
        """Ask for a verb on what an action is about; a correction is of one card."""
        one = [self._marks.current] if self._marks.current else []
        self.do_to(verb, one if verb == "correct" else self._marks.targets)

    def do_to(self, verb: str, items: Sequence[Item]) -> None:
        """Ask for a verb on some items, with a dialog only for what is missing.

        Of several, those it is refused for are named before the others go ahead.
        """
        from tui.verbs.bulk import Rejection, meant, why_none

        actor = self._session.actor
        items = meant(items, verb, actor, self._session.town)
        able, others = parted(items, verb, actor)
        rejected = [Rejection(item, say(no)) for item, no in others]
        if not able:
            if rejected:
                self._board.tell(why_none(rejected), warning=True)
            return
        from tui.verbs.fields import Form

        def send(actions: Sequence[Action], seen: Sequence[Item]) -> int:
            return self._send(verb, actions, seen, rejected)

        asked = self._board.asked_of(verb, able)
        if asked is None:
            return
        if isinstance(asked, Form):
            one = self._attached if verb == "attach" else asked.make
            assert one is not None
            self._board.ask(
                asked, lambda a: [one(i, a) for i in able], about(able), able, send=send
            )
            return
        try:
            actions = [asked(item, {}) for item in able]
        except RuleError as error:
            self._board.tell(say(error), warning=True)
            return
        send(actions, able)

    def _attached(self, item: Item, answers: Answers) -> Action:
        """The file of an answered form, kept, as the action. Raises `FileRefused`, `NotSaved`."""
        from core.actions.loop.photos import Attach

        return Attach(item=item.id, files=(self._session.keep(answers["path"], answers["shows"]),))

    def _send(
        self,
        verb: str,
        actions: Sequence[Action],
        seen: Sequence[Item],
        rejected: Sequence[Rejection],
    ) -> int:
        """Submit; of several, only after those that would be refused have been shown."""
        if len(actions) + len(rejected) == 1:
            return self._board.submit(actions, seen)
        from tui.verbs import bulk

        session = self._session
        good, more = bulk.tried(actions, seen, session.town, session.actor, session.moment)
        rejected = [*rejected, *more]
        if not rejected:
            return self._board.submit(actions, seen)
        if not good:
            self._board.tell(bulk.why_none(rejected), warning=True)
            return 0
        from tui.verbs.screen import FormScreen

        def answered(answers: Answers | None) -> None:
            if answers is not None:
                self._board.submit(good, seen)

        form = bulk.preview(verb, len(good), rejected)
        self._board.app.push_screen(FormScreen(form, ""), answered)
        return 0

    def choose(self) -> None:
        """Everything that may be done here, by name."""
        items = self._marks.targets
        form = self._board.forms.choosing.verbs(items) if items else None
        if form is None:
            return
        from tui.verbs.screen import FormScreen

        def chosen(answers: Answers | None) -> None:
            if answers is not None and answers["verb"] == "decide":
                self.decide()
            elif answers is not None:
                self.do(answers["verb"])

        told = shown(items[0].label) if len(items) == 1 else ""
        self._board.app.push_screen(FormScreen(form, told), chosen)

    def decide(self) -> bool:
        """Approve, refuse or recall what was asked for about the marks or the card; False where nothing was."""
        items = self._marks.targets
        waiting = [r for item in items for r in self._session.town.pending(item.id)]
        if waiting:
            forms = self._board.forms
            asked = forms.decisions.decision(waiting)
            self._board.ask(asked, lambda a: forms.decisions.decided(waiting, a), about(items))
        return bool(waiting)

    # What comes in

    def report(self, lines: Sequence[str] = (), problem: str = "") -> None:
        """登记: a line a problem, or a form with every field."""
        from tui.day.line import QuickScreen

        def entered(found: Entered | None) -> None:
            if found is None:
                return
            if found.whole:
                forms, known = self._board.forms, found.reports[0]
                self._board.ask(forms.road.report(known), lambda a: [forms.road.reported(a, known)])
                return
            if found.known is not None:
                self._join(found.known, found.reports[0])
                return
            ticket = self._board.submit(found.reports)
            self._board.if_refused(ticket, lambda why: self.report(found.lines, say(why)))

        self._board.app.push_screen(QuickScreen(self._session, lines, problem), entered)

    def _join(self, key: int, report: Report) -> None:
        """A report that is about an item here: added to it, or that one opened again."""
        from core.day.sameness import added, is_open

        item = self._session.town.item(key)
        if is_open(item):
            self._board.submit(added(item, report, self._session.moment.today))
            self._board.tell(_("Added to {number}.").format(number=shown(item.label)))
        else:
            self.do_to("reopen", [item])
