"""What every place to work in has: the session, the last line, forms, and what was saved.

What only a form or a change needs is loaded with the first of them, so that the board is there
before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

from core.asks import ASKS, AskKind
from core.errors import RuleError
from core.model import Item
from core.sight.whose import kept_to
from store.errors import FileRefused, StoreError
from tui.frame.key_bar import KeyBar
from tui.messages import Committed, GivenUp, HistoryRead, Refused, Reloaded
from tui.places.around import around
from tui.session.session import Session
from tui.words.i18n import _
from tui.words.texts import say

if TYPE_CHECKING:
    from core.actions.action import Action
    from tui.verbs.fields import Answers, Form, Make
    from tui.verbs.forms import Forms

    Send = Callable[[Sequence[Action], Sequence[Item]], int]

R = TypeVar("R")
_DAYS = ("due", "work_until", "plan_on")
LINES_OF: dict[str, tuple[str, ...]] = {
    "bad_due": _DAYS,
    "due_past": _DAYS,
    "due_before_issue": _DAYS,
    "too_far": _DAYS,
    "not_later": _DAYS,
    "plan_within_a_year": _DAYS,
    "due_is_past": ("on",),
    "not_overdue": ("reason",),
    "too_few_reworks": ("reason",),
    "same_unit": ("lead",),
    "inspected_before_feedback": ("on", "feedback_on"),
    "before_issue": ("on", "feedback_on"),
}
"""Lines of forms that refusals without a field of their own are about."""


def lines_of(error: RuleError | StoreError, form: Form | None = None) -> tuple[str, ...]:
    """Keys of the lines that a refusal may be about, the likeliest first: of an answered `form` those that say what
    is refused too."""
    if not isinstance(error, RuleError):
        from tui.verbs.fields import OF_FILES

        return OF_FILES if isinstance(error, FileRefused) else ()
    named = error.refusal.fields
    asks = ASKS.get(named.get("verb", ""), ())
    lacking = [a for need in named.get("fields", ()) for a in asks if a.need == need]
    # Of two lines that would do, the one that is typed goes before the one that is picked from.
    lacking.sort(key=lambda ask: ask.kind != AskKind.TEXT)
    missing = [ask.name for ask in lacking]
    field = str(named.get("field", ""))
    said = (
        [line.key for line in form.fields if str(named.get("value") or "\0") in line.value]
        if form
        else []
    )
    return (field, *said, *LINES_OF.get(error.refusal.code, ()), *missing, *named.get("fields", ()))


class Place(Screen[R]):
    """A screen that shows the town and asks for changes to it."""

    NAME = ""
    """Which table of `tui.frame.keys.PLACES` is its own."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._asked: dict[int, Callable[[RuleError | StoreError], None]] = {}
        """How to ask again, by the ticket of what a form has sent."""

    @property
    def own_only(self) -> bool:
        """Whether the person sees only what is their unit's."""
        return self.kept_to is not None

    @property
    def kept_to(self) -> int | None:
        """The unit whose own alone the person sees."""
        return kept_to(self.session.town, self.session.actor)

    def again(self) -> Place[R] | None:
        """The place as it was, to come back to from what it led to; None where one does not."""
        return None

    # What it is told

    def bring(self, message: Committed, *, in_front: bool) -> None:
        """Something was saved: take it in, and say so in front where the person did it and nothing else is said."""
        bar = self.query_one(KeyBar) if in_front and message.own else None
        if bar is not None:
            bar.hush()
        self.settled(message)
        self.take_in(message)
        if bar is not None and not bar.says:
            from tui.places.saved import saved_text

            self.tell(saved_text(message.changes, self.session.town))

    def take_in(self, message: Committed) -> None:
        """Show what was saved, here or by somebody else."""

    def take_anew(self, message: Reloaded) -> None:
        """The store was read anew: show everything again."""
        self.reworded()

    def take_history(self, message: HistoryRead) -> None:
        """Show a history that was asked for."""

    def reworded(self) -> None:
        """Say everything again in another language."""

    def tell(self, text: str, *, warning: bool = False) -> None:
        """A sentence in the last line, until the next move; an empty one says nothing."""
        if text:
            self.query_one(KeyBar).say(text, warning=warning)

    def hush(self) -> None:
        """No sentence any more."""
        self.query_one(KeyBar).hush()

    def if_refused(self, ticket: int, again: Callable[[RuleError | StoreError], None]) -> None:
        """How to ask again for what has been sent, where it is refused."""
        if ticket:
            self._asked[ticket] = again

    def settled(self, message: Committed) -> None:
        """What a form sent was saved."""
        self._asked.pop(message.ticket, None)

    def refused(self, message: Refused) -> None:
        """Say why where people look; a form comes back with what was typed."""
        again = None if message.kept else self._asked.pop(message.ticket, None)
        if again is not None:
            again(message.error)
        elif self.in_front:
            self.tell(say(message.error), warning=True)

    @property
    def in_front(self) -> bool:
        """Whether it is the place people look at; a dialog may stand over it."""
        return [each for each in self.app.screen_stack if isinstance(each, Place)][-1] is self

    def given_up(self, message: GivenUp) -> None:
        """What could not be saved is not tried any more."""
        self._asked.pop(message.ticket, None)
        self.tell(_("Given up; nothing was changed."))

    # What it asks for

    def asked_of(self, verb: str, items: Sequence[Item]) -> Form | Make | None:
        """The form of a verb, or how its wish is made; None where it cannot be, which is said."""
        try:
            return self.forms.of(verb, items)
        except RuleError as error:
            self.tell(say(error), warning=True)
            return None

    @property
    def forms(self) -> Forms:
        """Forms of the town as it is now."""
        from tui.verbs.forms import Forms

        return Forms(self.session.town, self.session.actor, self.session.moment)

    def submit(self, actions: Sequence[Action], seen: Sequence[Item] = ()) -> int:
        """Send actions as one transaction, with the items they were asked for as they were seen.

        Returns its ticket, 0 where there was nothing to send.
        """
        from core.actions.wish import Wish
        from tui.photo_evidence import evidenced

        items = {item.id: item for item in seen}
        wishes = []
        about = dict(items)
        steps = [
            step
            for action in actions
            for step in evidenced(action, about.get(getattr(action, "item", 0)), self.session.keep)
        ]
        for action in steps:
            # What follows on the same item rests on what the step before leaves.
            item = items.pop(getattr(action, "item", 0), None)
            if item is None:
                wishes.append(Wish(action))
                continue
            fields = getattr(action, "fields", {})
            looked_at = {"state": item.state} | {
                name: getattr(item, name) for name in fields if hasattr(item, name)
            }
            wishes.append(Wish(action, item.revision, looked_at))
        return self.session.submit(wishes) if wishes else 0

    def ask(
        self,
        form: Form,
        make: Callable[[Answers], Sequence[Action]],
        about: str = "",
        seen: Sequence[Item] = (),
        problem: str = "",
        at: tuple[str, ...] = (),
        send: Send | None = None,
    ) -> None:
        """Show a form until it is right or given up, then submit what it makes, or `send` it."""
        from tui.verbs.screen import FormScreen

        def answered(answers: dict[str, Any] | None) -> None:
            if answers is None:
                return
            try:
                ticket = (send or self.submit)(make(answers), seen)
            except (RuleError, StoreError) as error:
                self._ask_again(form, answers, make, about, seen, error, send)
                return
            self.if_refused(
                ticket,
                lambda why: self._ask_again(form, answers, make, about, seen, why, send),
            )

        self.app.push_screen(FormScreen(form, about, problem, at), answered)

    def _ask_again(
        self,
        form: Form,
        answers: Answers,
        make: Callable[[Answers], Sequence[Action]],
        about: str,
        seen: Sequence[Item],
        why: RuleError | StoreError,
        send: Send | None,
    ) -> None:
        """The form as it was sent, over the items as they are now."""
        items = self.session.town.items
        now = [items.get(item.id, item) for item in seen]
        again = form.with_answers(answers)
        self.ask(again, make, about, now, say(why, form.labels), lines_of(why, again), send)

    # Keys every place has

    def action_palette(self) -> None:
        """Every key of this place by name, in either language."""
        from tui.places import palette
        from tui.verbs.screen import FormScreen

        def chosen(answers: Answers | None) -> None:
            if answers is not None:
                self.call_later(self.run_action, answers["action"])

        self.app.push_screen(FormScreen(palette.form_of(self.NAME), ""), chosen)

    def action_places(self) -> None:
        """The menu of places."""
        from tui.places.destinations import destinations
        from tui.places.menu import PlacesScreen

        def chosen(action: str | None) -> None:
            if action is not None:
                self.call_later(self.run_action, action)

        self.app.push_screen(PlacesScreen(destinations(self.session)), chosen)

    def action_mouse(self) -> None:
        """Give the mouse to the terminal, for selecting text, or take it back."""
        around(self).action_mouse()

    def action_theme(self) -> None:
        """Dark or light."""
        around(self).action_theme()

    def action_undo(self) -> None:
        """Take back one's own last change."""
        self.session.undo()

    def action_language(self) -> None:
        """中文 / English."""
        around(self).action_language()

    def action_help(self) -> None:
        """The keys of this place."""
        from tui.frame import details
        from tui.frame.page import ReadingScreen

        self.app.push_screen(ReadingScreen(_("Help"), details.of_help(self.NAME)))
