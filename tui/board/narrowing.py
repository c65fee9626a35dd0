"""What the board is narrowed to, and the ways there: search line, number, saved views, approvals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.day.today import QUERIES
from core.errors import NotFound, RuleError
from core.model import Item, View
from tui.board.widgets.board_view import BoardView
from tui.places.place import Place
from tui.words.i18n import _, ngettext
from tui.words.texts import queue_name, say

if TYPE_CHECKING:
    from core.finding.query import Keep
    from tui.verbs.fields import Answers


class Narrowing:
    """A query over the town; `changed` is called where the board is to be shown under another one."""

    def __init__(self, board: Place[Any], view: BoardView, changed: Callable[[], None]) -> None:
        self._board = board
        self._session = board.session
        self._view = view
        self._changed = changed
        self.query = ""
        self.everywhere = False
        """Whether the query looks in every item, whatever its state."""
        self._origin: tuple[str, Place[str | None] | None] = ("", None)
        """The search a place has led to, and the place to go back to."""
        self._known: tuple[object, Keep | None] = (None, None)
        """The query compiled last, and of which state of the town."""
        self._counted: tuple[object, int | None] = (None, None)
        """The same of what its figure counts."""

    # What is let through

    def keep(self) -> Keep | None:
        """What the query lets through; None where there is none. Raises `RuleError`."""
        return self._compiled(self.query)

    def _compiled(self, query: str) -> Keep | None:
        if not query:
            return None
        from core.finding.query import compile_query

        town, today = self._session.town, self._session.moment.today
        asked = (query, town.seq, town.complete, today)
        if self._known[0] != asked:  # a figure is counted over all items: once, not a key
            self._known = (asked, compile_query(query, town, today, self._session.actor))
        return self._known[1]

    @property
    def name(self) -> str:
        """The name of the saved view, or of the morning's queue; else the query; nothing without one."""
        views = self._session.town.all(View)
        saved = next((v.name for v in views if v.active and v.query == self.query), "")
        queue = next((code for code, query in QUERIES.items() if query == self.query), "")
        return saved or (queue_name(queue) if queue else self.query)

    def cases(self) -> list[str]:
        """What a figure counts more often than there are cards."""
        if not self.everywhere:
            return []
        from core.finding.query import times

        town, count = self._session.town, sum(lane.column.count for lane in self._view.lanes)
        asked = (self.query, town.seq, town.complete, count)
        if self._counted[0] != asked:
            today = self._session.moment.today
            self._counted = (asked, times(self.query, self.in_sight, town, today))
        cases = self._counted[1]
        if cases is None or cases == count:
            return []
        return [_("{cases} cases, {count} items").format(cases=cases, count=count)]

    @property
    def in_sight(self) -> list[Item]:
        """The items of every column."""
        items = self._session.town.items
        keys = (key for lane in self._view.lanes for key in lane.column.keys)
        return [items[key] for key in keys if key in items]

    # Narrowing

    def to(self, query: str) -> None:
        """Show only what a query lets through; what is done with is read for one that asks for it."""
        self.everywhere = False
        if query:
            from core.finding.query import wants_closed

            self.everywhere = wants_closed(query)
        if self.everywhere and not self._session.town.complete:
            self._session.read_all_closed()
        self.query = query
        self._changed()

    def give_up(self) -> None:
        """Nothing is narrowed any more: the query is no longer understood."""
        self.query, self.everywhere, self._origin = "", False, ("", None)

    def led_to(self, query: str | None, origin: Place[str | None] | None = None) -> None:
        """A place has led to a query, or to none; `origin` is that place, to be gone back to."""
        if query is not None:
            self.to(query)
            self._origin = (query, origin)

    def leave(self) -> Place[str | None] | None:
        """Show everything again; the place to go back to where its number led to the search."""
        (query, origin), here = self._origin, self.query
        self._origin = ("", None)
        self.to("")
        return origin if query == here else None

    # The search line

    def typed(self, text: str) -> None:
        """Narrow as it is typed; an unfinished term waits."""
        query = text.strip()
        try:
            self._compiled(query)
        except RuleError:
            return
        if query != self.query:
            self.to(query)

    def fault(self, text: str) -> str:
        """What is wrong with a query that is to be kept; nothing where it is right."""
        try:
            self._compiled(text.strip())
        except RuleError as error:
            return say(error)
        return ""

    @property
    def finds(self) -> bool:
        """Whether any card is let through."""
        return any(lane.column.count for lane in self._view.lanes)

    # Saved views, approvals

    def to_view(self, key: int) -> None:
        """To the saved view on a number key; 0 shows everything."""
        if not key:
            self.to("")
            return
        found = [v for v in self._session.town.all(View) if v.active and v.key == key]
        if found:
            self.to(found[0].query)
        else:
            self._board.tell(say(RuleError("no_view_on_key", value=str(key))), warning=True)

    def to_asked(self) -> None:
        """To what waits for a decision; A then decides the card under the cursor."""
        waiting = self._session.town.pending()
        if not waiting:
            self._board.tell(_("Nothing waits for approval."), warning=True)
            return
        self.to("asked")
        self._view.go_to(waiting[0].item)
        count = len({request.item for request in waiting})
        text = ngettext(
            "{count} item waits for approval; A decides it.",
            "{count} items wait for approval; A decides the one under the cursor.",
            count,
        )
        self._board.tell(text.format(count=count))

    # One card

    def by_number(self) -> None:
        """Ask for a number, or its last digits, and go there."""
        from tui.verbs.fields import Field, Form
        from tui.verbs.screen import FormScreen

        field = Field(key="number", label=_("Number"), required=True)
        form = Form(_("Go to"), (field,), hint=_("Enter goes there, Esc cancel"))

        def chosen(answers: Answers | None) -> None:
            if answers is not None:
                self._to_number(answers["number"])

        self._board.app.push_screen(FormScreen(form, _("a number or its last digits")), chosen)

    def _to_number(self, number: str) -> None:
        item = self._session.town.find_short(number)
        if item is None:
            self._board.tell(say(NotFound("no_item", number=number)), warning=True)
            return
        self._board.hush()
        if self._view.go_to(item.id):
            return
        self.to("")
        if not self._view.go_to(item.id):
            self.to(f"no:{item.label}")
