"""检查: the year's rounds, each with how far it is; Enter opens its sheet."""

from core.actions.rounds import CancelRound, PlanYear, ReopenRound
from core.calendar.spans import read_year
from core.model import Find, Round, RoundState, Visit
from core.stats.scoring.round_sheet import of_round
from tui.frame import keys, round_keys
from tui.messages import Committed
from tui.places.listing import Listing
from tui.rounds.forms import RoundForms, reason_form
from tui.rounds.next_steps import next_of_round
from tui.rounds.taken_out import show_walk, write_sheet
from tui.terminal.display import shown
from tui.verbs.fields import Field, Form
from tui.words.i18n import _
from tui.words.rounds.figures import round_state_name
from tui.words.texts import name_of


class RoundsScreen(Listing):
    """Returns a query for the board where an item was chosen on a sheet."""

    NAME = "Inspection rounds"
    KEYS = round_keys.ROUNDS
    BINDINGS = keys.bindings(round_keys.ROUNDS)

    def begin(self) -> None:
        """Show the rounds, and begin with the one that is in hand."""
        if not self.session.town.complete:  # sheets tell what became of their items
            self.session.read_all_closed()
        super().begin()
        moving = (RoundState.UNDERWAY, RoundState.SCORED, RoundState.PLANNED, RoundState.PUBLISHED)
        held = min(
            (r for r in self._rounds if r.state in moving),
            key=lambda r: (moving.index(r.state), r.held_on),
            default=None,
        )
        if held is not None:
            self.rows.go_to(held.id)

    def fill(self) -> None:
        """Every round of this year and those that are not done with."""
        town = self.session.town
        held = [r for r in town.rounds.values() if r.active]
        self._rounds = sorted(held, key=lambda r: (-r.held_on.year, r.held_on, r.id))
        rows = []
        for each in self._rounds:
            visits = [v for v in of_round(town, Visit, each.id) if v.active]
            finds = [f for f in of_round(town, Find, each.id) if f.active]
            rows.append(
                (
                    each.id,
                    (
                        shown(each.number),
                        each.held_on.isoformat(),
                        round_state_name(each.state),
                        f"{len(visits)}/{len(each.zones) or '*'}",
                        str(len(finds)) if finds else "",
                        "" if each.counts else _("no"),
                        shown(self._note(each)),
                    ),
                )
            )
        self.rows.show(
            (
                _("Round"),
                _("Day"),
                name_of("state"),
                _("Seen"),
                _("Finds"),
                _("Counts"),
                name_of("note"),
            ),
            (17, 10, 8, -5, -5, 6, 0),
            rows,
        )

    def _note(self, held: Round) -> str:
        """What should be known of it now."""
        until = held.objections_until
        if held.state == RoundState.PUBLISHED and until is not None:
            return _("objections until {day}").format(day=until.isoformat()[5:])
        if held.state == RoundState.PLANNED and held.plan_on <= self.session.moment.today:
            return _("to be held by now")
        return held.why or held.name

    @property
    def _round(self) -> Round | None:
        return self.session.town.rounds.get(self.rows.cursor or 0)

    @property
    def _forms(self) -> RoundForms:
        return RoundForms(self.session.town, self.session.moment, self.forms)

    def take_in(self, message: Committed) -> None:
        """Show what was saved; one's own new round comes under the cursor."""
        self.fill()
        changed = message.changes.of("rounds")
        if changed and message.own:
            self.rows.go_to(changed[0].id)
            self.tell_named(message.changes, "rounds")

    def action_choose(self) -> None:
        """Its sheet."""
        held = self._round
        if held is None:
            self.tell(_("There is no round yet; n plans the year's."), warning=True)
            return
        if held.state == RoundState.PLANNED:
            self.tell(_("It has not begun; s starts it."), warning=True)
            return
        from tui.rounds.score_sheet import SheetScreen

        def chosen(query: str | None) -> None:
            if query is not None:
                self.dismiss(query)

        self.app.push_screen(SheetScreen(self.session, held.id), chosen)

    def action_plan(self) -> None:
        """The rounds of a year that are not planned yet."""
        year = Field(
            key="year", label=_("Year"), required=True, value=str(self.session.moment.today.year)
        )
        form = Form(_("Plan the year's rounds"), (year,))
        today = self.session.moment.today
        self.ask(form, lambda a: [PlanYear(year=read_year(a["year"], today))])

    def action_add(self) -> None:
        """One round more."""
        forms = self._forms
        self.ask(forms.plan(), lambda answers: [forms.planned(answers)])

    def action_edit(self) -> None:
        """Another day or scope."""
        held, forms = self._round, self._forms
        if held is not None:
            self.ask(forms.edit(held), lambda answers: forms.edited(held, answers))

    def action_step(self) -> None:
        """What comes next."""
        held = self._round
        action = next_of_round(held) if held is not None else None
        if action is not None:
            self.submit([action])

    def action_reopen(self) -> None:
        """Back to work."""
        held = self._round
        if held is not None:
            key = held.id
            form = reason_form(_("Open again"))
            self.ask(form, lambda a: [ReopenRound(round=key, reason=a["reason"])])

    def action_cancel(self) -> None:
        """Not held."""
        held = self._round
        if held is not None:
            key = held.id
            form = reason_form(_("Not held"))
            self.ask(form, lambda a: [CancelRound(round=key, reason=a["reason"])])

    def action_walk(self) -> None:
        """The list to take along."""
        held = self._round
        if held is not None:
            show_walk(self, held)

    def action_write(self) -> None:
        """The sheet as a file."""
        held = self._round
        if held is not None:
            write_sheet(self, held)
