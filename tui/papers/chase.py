"""催办: per unit a message ready for its chat group; Enter copies it, `c` records it."""

from core.actions.loop.levels import Remind
from core.day.chase import Chase, chases_for
from core.town.facts import Facts
from core.workflow import parted
from store.papers.chase import chase_text
from tui.frame import keys
from tui.frame.lines import RowList
from tui.messages import Committed
from tui.places.listing import Telling
from tui.session.session import Session
from tui.terminal.display import shown
from tui.words.i18n import _, ngettext
from tui.words.texts import name_of, say


class ChaseScreen(Telling):
    """Returns a query for the board where a unit was chosen."""

    NAME = "Chase"
    KEYS = keys.CHASE
    BINDINGS = keys.bindings(keys.CHASE)

    def __init__(self, session: Session, unit: int | None) -> None:
        """Begin at a unit, where it has something to be reminded of."""
        super().__init__(session)
        self._begin_at = unit
        self._found: dict[int, Chase] = {}

    def again(self) -> "ChaseScreen":
        """The units, on the row that led to its items."""
        return ChaseScreen(self.session, None)

    def begin(self) -> None:
        """Show the units."""
        super().begin()
        if self._begin_at is not None:
            self.rows.go_to(self._begin_at)

    @property
    def _facts(self) -> Facts:
        return Facts(self.session.town, self.session.moment.today)

    @property
    def _chase(self) -> Chase | None:
        return self._found.get(self.rows.cursor or 0)

    def fill(self) -> None:
        """Show every row."""
        facts = self._facts
        self._found = {
            c.unit.id: c for c in chases_for(facts.town, self.session.actor, facts.today)
        }
        self.rows.show(
            (name_of("unit"), _("Overdue"), _("Today"), _("Soon"), name_of("level")),
            (0, -8, -8, -8, -8),
            [
                (
                    key,
                    (
                        shown(c.unit.name),
                        *(str(len(part)) for part in (c.overdue, c.due_today, c.due_soon)),
                        str(max(item.level for item in c.items)),
                    ),
                )
                for key, c in self._found.items()
            ],
        )
        if not self._found:
            self.message.show([("text", _("Nobody is to be reminded."))])

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """The message follows the cursor."""
        chase = self._chase
        if chase is not None:
            text = chase_text(chase, self._facts)
            self.message.show([("text", shown(text, lines=True))])

    def take_in(self, message: Committed) -> None:
        """The board has brought the town up to it."""
        self.fill()
        if message.own and message.changes.op == "remind":
            count = len(message.changes.of("items"))
            text = ngettext(
                "Recorded as reminded: {count} item.", "Recorded as reminded: {count} items.", count
            )
            self.tell(text.format(count=count))

    def action_copy(self) -> None:
        """Put the message on the clipboard of the person's own computer."""
        chase = self._chase
        if chase is not None:
            self.app.copy_to_clipboard(chase_text(chase, self._facts))
            self.tell(_("Sent to your clipboard. Nothing there? E lets you select the text."))

    def action_remind(self) -> None:
        """Record that the unit was reminded of all this: level 1."""
        chase = self._chase
        if chase is None:
            return
        able, others = parted(chase.items, "remind", self.session.actor)
        if able:
            self.submit([Remind(item=item.id) for item in able], able)
        else:
            self.tell(say(others[0][1]), warning=True)

    def action_choose(self) -> None:
        """Show its items on the board."""
        chase = self._chase
        if chase is not None:
            from core.finding.terms import Term, written

            self.dismiss(written(Term("lead", chase.unit.name)))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A second click copies."""
        self.action_copy()
