"""The menu of places: a letter goes there at once, or the cursor and Enter."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Label

from tui.frame.lines import RowList
from tui.places.around import around
from tui.places.destinations import FIRST, Destination
from tui.terminal.display import shown
from tui.words.i18n import _


class PlacesScreen(ModalScreen[str | None]):
    """Returns the action of the board that opens the place."""

    CSS_PATH = "../styles/form.tcss"
    BINDINGS = [
        Binding("escape,f10", "cancel", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    def __init__(self, places: Sequence[Destination]) -> None:
        super().__init__()
        self._places = list(places)

    def compose(self) -> ComposeResult:
        """Title, the places, how to go on."""
        with Vertical(id="form"):
            yield Label(_("Where to"), id="form-title", markup=False)
            yield RowList(id="places")
            yield Label(_("A letter goes there, Esc cancels"), id="form-keys", markup=False)

    def on_mount(self) -> None:
        """Show them."""
        rows = self.query_one(RowList)
        rows.styles.height = min(len(self._places) + 1, max(4, self.size.height - 6))
        self.query_one("#form").styles.max_height = "100%"
        rows.show(
            ("", _("Place"), _("How many")),
            (3, 0, -8),
            [
                (at, (place.letter, shown(place.label), place.number))
                for at, place in enumerate(self._places, start=1)
            ],
        )
        rows.focus()

    def on_key(self, event: Key) -> None:
        """A letter of the menu."""
        for place in self._places:
            if place.letter and event.character == place.letter:
                event.stop()
                self._go(place.action)
                return

    def on_row_list_rested(self, _event: RowList.Rested) -> None:
        """Which of how many, where they do not all fit."""
        place = self.query_one(RowList).place
        self.query_one("#form-title", Label).update(f"{_('Where to')}  {place}")

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A second click chooses."""
        self.action_choose()

    def action_move(self, step: int) -> None:
        """Move by rows, from the last to the first too."""
        rows, count = self.query_one(RowList), len(self._places)
        rows.go_to(((rows.cursor or 1) - 1 + step) % count + 1)

    def action_choose(self) -> None:
        """Go to the place under the cursor."""
        self._go(self._places[(self.query_one(RowList).cursor or 1) - 1].action)

    def _go(self, action: str) -> None:
        """To another place, which leaves this one; or to the first line of where one came from."""
        if action == FIRST:
            self.dismiss(action)
        else:
            around(self).go(action)

    def action_cancel(self) -> None:
        """Stay."""
        self.dismiss(None)
