"""What a ledger and a list on the desk share: going from doubt to doubt, saving once, leaving with care."""

from collections.abc import Callable, Sequence

from core.ledger.desk import Desk
from tui.frame.lines import RowList, TitleBar
from tui.messages import Committed, GivenUp, Refused
from tui.places.listing import Telling
from tui.session.session import Session
from tui.verbs.fields import Answers, Form
from tui.words.i18n import _


class OnDesk(Telling):
    """Rows of a file before they are saved. Returns nothing; what was saved comes to the places as everything does."""

    _desk: Desk

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._only = self._leaving = False
        self._ticket = 0

    def begin(self) -> None:
        """Read the rows; begin at the first that asks for something."""
        self.look()
        super().begin()
        if self.asking:
            self._go(0)

    def look(self) -> None:
        """Read every row anew against the town as it is."""

    @property
    def asking(self) -> Sequence[int]:
        """Rows that ask for something, in order."""
        return ()

    def say_row(self) -> None:
        """What is to be said of the row under the cursor."""

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """What is to be said follows the cursor."""
        self._leaving = False
        self.query_one(TitleBar).put_right(self.rows.place)
        self.say_row()

    def look_again(self) -> None:
        """Read every row anew and show it."""
        self.look()
        self.reworded()

    @property
    def busy(self) -> bool:
        """Whether it is being saved: nothing is said of its rows meanwhile."""
        if self._ticket:
            self.tell(_("Saving .."), warning=True)
        return bool(self._ticket)

    def action_doubt(self, step: int) -> None:
        """To the next row that asks for something, or the one before."""
        self._go(step)

    def _go(self, step: int) -> None:
        here, asking = self.rows.cursor, self.asking
        if not asking:
            self.tell(_("Nothing is in doubt any more: s saves."))
            return
        if step > 0:
            found = next((at for at in asking if here is None or at > here), asking[0])
        elif step < 0:
            found = next((at for at in reversed(asking) if here is None or at < here), asking[-1])
        else:
            found = asking[0]
        self.rows.go_to(found)

    def action_only(self) -> None:
        """Only what asks for something, or everything."""
        self._only = not self._only
        self.fill()

    def action_page(self, step: int) -> None:
        """Move by screenfuls."""
        self.rows.page(step)

    def action_choose(self) -> None:
        """A second click mends."""
        self.action_mend()

    def action_mend(self) -> None:
        """The cells of the row, as they were written."""

    def action_leave_out(self) -> None:
        """Do not save the row, or save it after all."""
        at = self.rows.cursor
        if not self.busy and at is not None:
            self._desk.leave_out(at)
            self.look_again()
            self.rows.move(1)

    def ask_for(self, form: Form, then: Callable[[Answers], None], at: Sequence[str] = ()) -> None:
        """A form over it, begun at the first of some lines."""
        from tui.verbs.screen import FormScreen

        def answered(answers: Answers | None) -> None:
            if answers is not None:
                then(answers)

        self.app.push_screen(FormScreen(form, "", at=tuple(at)), answered)

    def take_in(self, message: Committed) -> None:
        """What was saved here ends it; what others saved may change what rows come to."""
        if self._ticket and message.ticket == self._ticket:
            while self.app.screen is not self:  # a dialog over it has nothing to be about any more
                self.app.pop_screen()
            self.dismiss(None)
            return
        self.look_again()

    def given_up(self, message: GivenUp) -> None:
        """It is not saved; everything said of the rows is still there."""
        super().given_up(message)
        self._ticket = 0

    def refused(self, message: Refused) -> None:
        """Say why; everything said of the rows is still there."""
        super().refused(message)
        if not message.kept:
            self._ticket = 0
            self.look()

    def action_leave(self) -> None:
        """Back; asked again where something was said of the rows."""
        if self._desk.touched and not self._leaving:
            self.tell(_("What you mended is not saved: q again leaves it."), warning=True)
            self._leaving = True
            return
        self.dismiss(None)
