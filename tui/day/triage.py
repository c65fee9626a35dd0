"""Triage: one item fills the screen with what is suggested; Enter does it and shows the next."""

import re
from collections.abc import Sequence
from time import monotonic

from msgspec.structs import replace
from rich.cells import cell_len
from textual.app import ComposeResult

from core.actions.action import Action, verb_of
from core.day import triage
from core.day.today import Queue
from core.day.triage import Plan
from core.errors import Incomplete, RuleError
from core.model import Event, Item, State
from tui.day.in_queues import InQueues
from tui.day.triage_text import Progress, of_plan, of_progress
from tui.frame import keys
from tui.frame.details import Paragraphs
from tui.frame.key_bar import KeyBar
from tui.frame.lines import Page, TitleBar
from tui.messages import Committed, HistoryRead, Refused
from tui.places.place import Place
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form, kind_name, kinds
from tui.words.i18n import _
from tui.words.texts import name_of, queue_name, say

HELD = 0.1
"""Seconds between two presses of a key within which it is being held down."""
_VERB = re.compile(r"do\('(\w+)'\)")


class TriageScreen(Place[None]):
    """The day's queues, one item after another."""

    NAME = "Triage"
    CSS_PATH = "../styles/triage.tcss"
    BINDINGS = keys.bindings(keys.TRIAGE)

    def __init__(self, session: Session, progress: Progress) -> None:
        super().__init__(session)
        self._progress = progress
        self._plan: Plan | None = None
        self._history: tuple[int, Sequence[Event]] | None = None
        self._at = InQueues(session, progress)
        self._ended: Queue | None = None
        """The queue that follows, while the end of one is shown."""
        self._taken = 0.0
        """When Enter was pressed last, in seconds of a clock that only goes on."""
        self._waits = 0
        """The ticket of what was sent and is not saved yet."""

    def compose(self) -> ComposeResult:
        """Title, the item, keys."""
        yield TitleBar()
        yield Page()
        yield KeyBar()

    def on_mount(self) -> None:
        """Go on where one left."""
        self._show()

    # What is shown

    def reworded(self) -> None:
        """Say everything again."""
        self._show()
        self.query_one(KeyBar).refresh()

    def _show(self) -> None:
        queue, item = self._at.queue, self._at.item
        ended = queue is not None and self._progress.queue not in ("", queue.code)
        if queue is None or item is None or (ended and self._at.batch):
            self._show_end(queue)
            return
        self._at.batch = False
        self._progress.queue, self._progress.item = queue.code, item.id
        today = self.session.moment.today
        if self._plan is None or self._plan.item != item.id:
            self._plan = triage.plan_of(self.session.town, item, today)
        left = len(self._at.left(queue))
        here = f"{_('Triage')}  {queue_name(queue.code)} {left}"
        others = [
            f"{queue_name(q.code)} {len(self._at.left(q))}"
            for q in self._at.queues
            if q.code != queue.code and self._at.left(q)
        ]
        while others and cell_len("  ".join((here, *others))) + 2 > self.app.size.width:
            others.pop()  # the queue in hand is told whole
        self.query_one(TitleBar).say(here, "  ".join(others))
        self.query_one(KeyBar).show([k for k in keys.TRIAGE if k.bar and self._may(k, item)])
        self.query_one(Page).show(self._paragraphs(item, self._plan))
        if self._history is None or self._history[0] != item.id:
            self.session.ask_history("items", item.id)

    def _may(self, key: keys.Key, item: Item) -> bool:
        """Whether a key does something to the item that the person may do."""
        match = _VERB.fullmatch(key.action)
        if match is None:
            return True
        from core.workflow import refusal

        return refusal(item, match[1], self.session.actor) is None

    def _paragraphs(self, item: Item, plan: Plan) -> Paragraphs:
        events = self._history[1] if self._history and self._history[0] == item.id else None
        return of_plan(item, plan, self.session.town, self.session.moment.today, events)

    def _show_end(self, following: Queue | None) -> None:
        """The end of a queue: what was done, and what each unit was given."""
        progress = self._progress
        self._ended = following
        ahead = _("nothing left")
        if following is not None:
            ahead = _("Enter: {what}").format(what=queue_name(following.code))
        self.query_one(TitleBar).say(_("Triage"), ahead)
        shown_keys = ("take", "leave", "again") if following else ("leave", "again")
        self.query_one(KeyBar).show([k for k in keys.TRIAGE if k.action in shown_keys])
        self.query_one(Page).show(of_progress(progress, self.session.town))

    # What it is told

    def take_in(self, message: Committed) -> None:
        """The board has brought the town up to it; ours moves on to the next."""
        if message.ticket and message.ticket == self._waits:
            self._waits = 0
            self._at.count(message.changes)
        touched = {change.id for change in message.changes.of("items")}
        if self._plan is not None and self._plan.item in touched:
            self._plan = None
            self._history = None
        if message.own and message.changes.op == "undo" and self._at.take_back(message.changes):
            self._ended = None
        self._show()

    def refused(self, message: Refused) -> None:
        """Say why; the item stays."""
        if message.ticket == self._waits:
            self._waits = 0
        super().refused(message)

    def take_history(self, message: HistoryRead) -> None:
        """A history that was asked for."""
        item = self._at.item
        if message.table == "items" and item is not None and item.id == message.record:
            self._history = (message.record, message.events)
            if self._plan is not None:
                self.query_one(Page).show(self._paragraphs(item, self._plan), keep_place=True)

    # Keys

    def action_take(self) -> None:
        """Do what is suggested, and go on; a key that is held down does it once."""
        before, self._taken = self._taken, monotonic()
        if self._taken - before < HELD:
            return
        if self._ended is not None:
            self._progress.queue, self._at.batch, self._ended = self._ended.code, False, None
            self._show()
            return
        item, plan = self._at.item, self._plan
        if item is None or plan is None or self._waits:
            return
        lacks = triage.missing(item, plan)
        if lacks:
            self.tell(say(Incomplete("missing", number=item.label, fields=lacks)), warning=True)
            return
        town, today = self.session.town, self.session.moment.today
        try:
            triage.check_due(town, item, plan, today)
        except RuleError as error:
            self.tell(say(error), warning=True)
            return
        wanted = triage.actions(town, item, plan, today)
        if not wanted:
            self._ask_verb(triage.OTHERWISE, item)
            return
        if verb_of(wanted[0]) == "pass" and (item.undated or triage.unproven(item)):
            self._ask_verb("pass", item)
            return
        self.submit(wanted, [item])

    def submit(self, actions: Sequence[Action], seen: Sequence[Item] = ()) -> int:
        """Send actions; what they do is counted when they are saved."""
        self._waits = super().submit(actions, seen)
        return self._waits

    def action_do(self, verb: str) -> None:
        """Another verb on the item in hand, by its form."""
        if (item := self._at.item) is not None:
            self._ask_verb(verb, item)

    def _ask_verb(self, verb: str, item: Item) -> None:
        from core.workflow import refusal

        no = refusal(item, verb, self.session.actor)
        if no is not None:
            self.tell(say(no), warning=True)
            return
        asked = self.asked_of(verb, [item])
        if asked is None:
            return
        if not isinstance(asked, Form):
            self.submit([asked(item, {})], [item])
            return
        make = asked.make
        assert make is not None
        if verb == "pass" and triage.unproven(item):
            asked = asked.without("finding")  # there is nothing to go by: nobody else says it
        self.ask(asked, lambda a: [make(item, a)], shown(f"{item.label} {item.location}"), [item])

    def action_change(self, key: str, said: str = "", problem: str = "") -> None:
        """Change one field of the plan in place; asked again with what was `said` where that was refused."""
        item, plan = self._at.item, self._plan
        if item is None or plan is None or item.state not in (State.REPORTED, State.ACCEPTED):
            return
        if key == "category" and item.state != State.REPORTED:
            self.action_do("correct")
            return
        line = self._field(key, plan)
        line = replace(line, value=said) if problem else line
        from tui.verbs.screen import FormScreen

        def changed(answers: Answers | None) -> None:
            if answers is not None:
                self._change(item, key, answers)

        form = Form(shown(item.label), (line,))
        self.app.push_screen(FormScreen(form, shown(item.location), problem), changed)

    def _field(self, key: str, plan: Plan) -> Field:
        match key:
            case "category":
                return Field(
                    key=key,
                    label=name_of(key),
                    choices=kinds(),
                    required=True,
                    value=kind_name(plan.category, plan.subcategory),
                )
            case "lead":
                return self.forms.unit_field(name_of("lead_unit"), plan.lead)
            case "due":
                return self.forms.due_field(name_of("due"), plan.deadline)
            case _:
                return Field(key=key, label=name_of(key), value=plan.requirement)

    def _change(self, item: Item, key: str, answers: Answers) -> None:
        assert self._plan is not None
        town, today = self.session.town, self.session.moment.today
        value = answers[key]
        if key == "category":
            self._plan = self._plan.with_kind(town, item, value[0], value[1], today)
        elif key == "due":
            try:
                self.forms.due(value)
            except RuleError as error:
                self.action_change(key, value, say(error))
                return
            self._plan = replace(self._plan, deadline=value)
        elif key == "lead":
            self._plan = replace(self._plan, lead=value, co=())
        else:
            self._plan = replace(self._plan, requirement=value)
        self._show()

    def action_skip(self) -> None:
        """Leave it for later."""
        if self._progress.item is not None:
            self._progress.skipped.add(self._progress.item)
            self._plan = None
            self._show()

    def action_again(self) -> None:
        """What was skipped comes again."""
        self._progress.skipped.clear()
        self._at.batch, self._ended = False, None
        self._show()

    def action_queue(self, step: int) -> None:
        """Another queue."""
        codes = [q.code for q in self._at.queues if self._at.left(q)]
        if codes:
            here = codes.index(self._progress.queue) if self._progress.queue in codes else 0
            self._progress.queue = codes[(here + step) % len(codes)]
            self._at.batch, self._ended = False, None
            self._progress.item = None
            self._plan = None
            self._show()

    def action_scroll(self, step: int) -> None:
        """Scroll by screenfuls."""
        self.query_one(Page).scroll_pages(step)

    def action_leave(self) -> None:
        """Back to the board; the place is kept."""
        self.dismiss()
