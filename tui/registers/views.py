"""Saved views and facets: what the board can be narrowed to, each with its count."""

from typing import Any

from core.actions.registers import Add, Edit
from core.errors import RuleError
from core.finding.facets import Facet, facets, toggled, view_counts
from core.model import VIEW_KEYS, View
from tui.frame import keys
from tui.messages import Committed
from tui.places.listing import Listing
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.words.i18n import N_, _
from tui.words.texts import name_of, query_text, say

NAMES = {
    "time": N_("Time"),
    "level": N_("Level"),
    "zone": N_("Zone"),
    "unit": N_("Unit"),
    "cat": N_("Category"),
    "overdue": N_("overdue"),
    "today": N_("due today"),
    "soon": N_("due soon"),
    "due:<7d": N_("due within 7 days"),
    "found:<7d": N_("found within 7 days"),
    "found:<30d": N_("found within 30 days"),
}


class FacetsScreen(Listing):
    """Returns the query that was put together."""

    NAME = "Views and facets"
    KEYS = keys.FACETS
    BINDINGS = keys.bindings(keys.FACETS)

    def __init__(self, session: Session, query: str) -> None:
        super().__init__(session)
        self._query = query
        self._rows: dict[int, View | Facet] = {}
        self._ids: dict[str, int] = {}
        """A row keeps its id while others come and go."""

    @property
    def heading(self) -> str:
        """What the title says."""
        return f"{_(self.NAME)}  {shown(self._query) or _('all')}"

    def fill(self) -> None:
        """Show every row."""
        town, today, actor = self.session.town, self.session.moment.today, self.session.actor
        counted = view_counts(town, today, actor)
        try:
            narrowing = facets(self._query, town, today, actor)
        except RuleError as error:  # a unit or zone it names was renamed meanwhile
            self._query = ""
            self.tell(say(error), warning=True)
            narrowing = facets("", town, today, actor)
        self._rows = {}
        lines = []
        for view, count in counted:
            on = "*" if view.query == self._query else ""
            key = str(view.key) if view.key else ""
            said = f"{shown(view.name)}  {shown(query_text(view.query))}"
            number = self._numbered(f"{view.id}", view)
            lines.append((number, (on, key, _("View"), said, str(count) if count >= 0 else "?")))
        for facet in narrowing:
            name = _(NAMES[facet.name]) if facet.name in NAMES else shown(facet.name)
            on = "*" if facet.on else ""
            number = self._numbered(facet.query, facet)
            lines.append((number, (on, "", _(NAMES[facet.key]), name, str(facet.count))))
        self.rows.show(
            ("", _("Key"), _("By"), _("What"), _("Items")),
            (1, 4, 10, 0, -6),
            lines,
        )

    def _numbered(self, name: str, row: View | Facet) -> int:
        number = self._ids.setdefault(name, len(self._ids) + 1)
        self._rows[number] = row
        return number

    @property
    def _row(self) -> View | Facet | None:
        return self._rows.get(self.rows.cursor or 0)

    def take_in(self, message: Committed) -> None:
        """The board has brought the town up to it."""
        self.fill()
        if message.own:
            self.tell_named(message.changes, "views")

    def action_choose(self) -> None:
        """A view is shown at once; a facet is put to the query, or taken out of it."""
        row = self._row
        if isinstance(row, View):
            self.dismiss(row.query)
        elif isinstance(row, Facet):
            self._query = toggled(self._query, row.query)
            self.reworded()

    def action_clear(self) -> None:
        """Take everything out of the query."""
        self._query = ""
        self.reworded()

    def _form(self, title: str, view: View | None) -> Form:
        taken = {v.key for v in self.session.town.all(View) if v.active and v is not view}
        free = [n for n in VIEW_KEYS if n not in taken]
        mine = view.key if view else (free[0] if free else None)
        fields = (
            Field(
                key="name", label=name_of("name"), required=True, value=view.name if view else ""
            ),
            Field(
                key="query",
                label=name_of("query"),
                required=True,
                value=view.query if view else self._query,
            ),
            Field(
                key="key",
                label=name_of("key"),
                choices=tuple(Choice(n, str(n)) for n in free),
                value=str(mine) if mine else "",
            ),
        )
        return Form(title, fields)

    def action_save(self) -> None:
        """The query as a view of the office."""
        self.ask(
            self._form(_("Save as a view"), None), lambda a: [Add(table="views", fields=_fields(a))]
        )

    def action_edit(self) -> None:
        """Another name, query or key."""
        view = self._row
        if isinstance(view, View):

            def make(answers: Answers) -> list[Edit]:
                fields = _fields(answers)
                new = {k: v for k, v in fields.items() if getattr(view, k) != v}
                return [Edit(table="views", record=view.id, fields=new)] if new else []

            self.ask(self._form(_("Change the view"), view), make)

    def action_retire(self) -> None:
        """Take the view out of use."""
        view = self._row
        if isinstance(view, View):
            self.submit(
                [Edit(table="views", record=view.id, fields={"active": False, "key": None})]
            )

    def action_leave(self) -> None:
        """Back to the board, with the query as it is."""
        self.dismiss(self._query)


def _fields(answers: Answers) -> dict[str, Any]:
    return {"name": answers["name"], "query": answers["query"], "key": answers["key"] or None}
