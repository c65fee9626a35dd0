"""What the board is narrowed to: the search line, a jump to a number, saved views, facets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.day.today import QUERIES
from core.errors import NotFound, RuleError
from core.model import View
from tui.board.acting import Acting
from tui.frame.key_bar import KeyBar
from tui.session.session import Session
from tui.words.i18n import _, ngettext
from tui.words.texts import queue_name, say

if TYPE_CHECKING:
    from core.finding.query import Keep
    from tui.board.search_line import SearchLine
    from tui.verbs.fields import Answers


class Searching(Acting):
    """A board that shows what a query lets through."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._query = ""
        self._everywhere = False
        """Whether the query looks in every item, whatever its state."""
        self._known: tuple[object, Keep | None] = (None, None)
        """The query compiled last, and of which state of the town."""
        self._counted: tuple[object, int | None] = (None, None)
        """The same of what its figure counts."""

    def narrowed(self) -> None:
        """The query has changed."""

    def _compiled(self, query: str) -> Keep | None:
        """What a query lets through; None where there is none. Raises `RuleError`."""
        if not query:
            return None
        from core.finding.query import compile_query

        town, today = self.session.town, self.session.moment.today
        asked = (query, town.seq, town.complete, today)
        if self._known[0] != asked:  # a figure is counted over all items: once, not a key
            self._known = (asked, compile_query(query, town, today, self.session.actor))
        return self._known[1]

    def _cases(self) -> list[str]:
        """What a figure counts more often than there are cards."""
        if not self._everywhere:
            return []
        from core.finding.counted import times

        town = self.session.town
        items = [town.items[key] for lane in self.view.lanes for key in lane.column.keys]
        asked = (self._query, town.seq, town.complete, len(items))
        if self._counted[0] != asked:
            self._counted = (asked, times(self._query, items, town, self.session.moment.today))
        cases = self._counted[1]
        if cases is None or cases == len(items):
            return []
        return [_("{cases} cases, {count} items").format(cases=cases, count=len(items))]

    def filter_by(self, query: str) -> None:
        """Show only what a query lets through; what is done with is read for one that asks for it."""
        self.query_one(KeyBar).hush()
        self._everywhere = False
        if query:
            from core.finding.query import wants_closed

            self._everywhere = wants_closed(query)
        if self._everywhere and not self.session.town.complete:
            self.session.read_all_closed()
        self._query = query
        self.narrowed()

    async def action_search(self) -> None:
        """Open the search line; what is typed behind the key goes into it."""
        from tui.board.search_line import SearchLine

        line = SearchLine(self._query, self.session.town)
        await self.mount(line, before=self.query_one(KeyBar))
        self.set_focus(line)

    def on_search_line_typed(self, event: SearchLine.Typed) -> None:
        """Narrow as it is typed; an unfinished term waits."""
        text = event.text.strip()
        self.query_one(KeyBar).offer(event.offers)
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
        if self._query and not any(lane.column.count for lane in self.view.lanes):
            self.tell(_("Nothing is found; Esc shows all again."), warning=True)

    def on_search_line_cleared(self) -> None:
        """Give the search up."""
        self._close_search()
        self.filter_by("")

    def _close_search(self) -> None:
        self.query("SearchLine").remove()
        self.query_one(KeyBar).offer(())
        self.set_focus(None)

    # Saved views and facets

    @property
    def view_name(self) -> str:
        """The name of the saved view, or of the morning's queue, in sight."""
        views = self.session.town.all(View)
        saved = next((v.name for v in views if v.active and v.query == self._query), "")
        queue = next((code for code, query in QUERIES.items() if query == self._query), "")
        return saved or (queue_name(queue) if queue else "")

    def action_view(self, key: int) -> None:
        """The saved view on a number key; 0 shows everything."""
        if not key:
            self.filter_by("")
            return
        found = [v for v in self.session.town.all(View) if v.active and v.key == key]
        if found:
            self.filter_by(found[0].query)
        else:
            self.tell(say(RuleError("no_view_on_key", value=str(key))), warning=True)

    def action_facets(self) -> None:
        """Saved views, and what can be narrowed to, each with its count."""
        from tui.registers.views import FacetsScreen

        def chosen(query: str | None) -> None:
            if query is not None:
                self.filter_by(query)

        self.app.push_screen(FacetsScreen(self.session, self._query), chosen)

    def show_asked(self) -> None:
        """Narrow to what waits for a decision; A then decides the card under the cursor."""
        waiting = self.session.town.pending()
        if not waiting:
            self.tell(_("Nothing waits for approval."), warning=True)
            return
        self.filter_by("asked")
        self.view.go_to(waiting[0].item)
        count = len({request.item for request in waiting})
        text = ngettext(
            "{count} item waits for approval; A decides it.",
            "{count} items wait for approval; A decides the one under the cursor.",
            count,
        )
        self.tell(text.format(count=count))

    # Going to one card

    def action_jump(self) -> None:
        """Go to a number, or to its last digits."""
        from tui.verbs.fields import Field, Form
        from tui.verbs.screen import FormScreen

        field = Field(key="number", label=_("Number"), required=True)
        form = Form(_("Go to"), (field,), hint=_("Enter goes there, Esc cancel"))

        def chosen(answers: Answers | None) -> None:
            if answers is not None:
                self._jump(answers["number"])

        self.app.push_screen(FormScreen(form, _("a number or its last digits")), chosen)

    def _jump(self, number: str) -> None:
        item = self.session.town.find_short(number)
        if item is None:
            self.tell(say(NotFound("no_item", number=number)), warning=True)
            return
        self.query_one(KeyBar).hush()
        if self.view.go_to(item.id):
            return
        self.filter_by("")
        if not self.view.go_to(item.id):
            self.filter_by(f"no:{item.label}")
