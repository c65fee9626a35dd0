"""A place with a list: moving in it, choosing from it, going back."""

from tui.screens.place import Place
from tui.widgets.key_bar import KeyBar
from tui.widgets.lines import RowList, TitleBar


class Listing(Place[str | None]):
    """Returns a query for the board where something was chosen."""

    CSS_PATH = "../styles/masters.tcss"

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one(RowList)

    def on_mount(self) -> None:
        """Show what there is."""
        self.reworded()
        self.rows.focus()

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """Where one is in a list that is longer than the screen."""
        self.query_one(TitleBar).put_right(self.rows.place)

    def action_choose(self) -> None:
        """Do what the list is for with the row under the cursor."""

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A second click chooses."""
        self.action_choose()

    def action_move(self, step: int) -> None:
        """Move by rows."""
        self.query_one(KeyBar).hush()
        self.rows.move(step)

    def action_page(self, step: int) -> None:
        """Move by screenfuls."""
        self.rows.page(step)

    def action_edge(self, step: int) -> None:
        """Move to the first or the last row."""
        self.rows.move(step * 1_000_000)

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)
