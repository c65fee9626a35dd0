"""A place with a list: moving in it, choosing from it, going back."""

from textual.app import ComposeResult

from core.changes import Changes
from tui.frame.key import Key
from tui.frame.key_bar import KeyBar
from tui.frame.lines import Page, RowList, TitleBar
from tui.places.around import around
from tui.places.place import Place
from tui.places.saved import told_of_records
from tui.terminal.display import shown
from tui.words.i18n import _


class Listing(Place[str | None]):
    """Returns a query for the board where something was chosen."""

    CSS_PATH = "../styles/listing.tcss"
    KEYS: tuple[Key, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, list, keys."""
        yield TitleBar(id="title")
        yield RowList()
        yield KeyBar()

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one(RowList)

    def on_mount(self) -> None:
        """Begin, once: Textual calls a handler of this name of every class there is."""
        self.begin()

    def begin(self) -> None:
        """Show what there is."""
        self.reworded()
        self._list = self.rows
        self._list.go_to(self._left_at.get(self.remembered_by, 0))
        self._list.focus()

    def on_unmount(self) -> None:
        """Remember the row one was on."""
        if self._list.cursor is not None:  # the list itself has been taken out of the screen by now
            self._left_at[self.remembered_by] = self._list.cursor

    @property
    def _left_at(self) -> dict[str, int]:
        return around(self).left_at

    @property
    def remembered_by(self) -> str:
        """What the place is remembered by."""
        return self.NAME

    @property
    def heading(self) -> str:
        """What the title says."""
        return f"{shown(self.session.town.settings.office)}  {_(self.NAME)}"

    def reworded(self) -> None:
        """Say everything again."""
        self.query_one(TitleBar).say(self.heading)
        bar = self.query_one(KeyBar)
        bar.show([key for key in self.KEYS if key.bar])
        bar.refresh()
        self.fill()

    def fill(self) -> None:
        """Show every row."""

    def tell_named(self, changes: Changes, table: str) -> None:
        """What was done to a record of the list, by its name."""
        self.tell(told_of_records(changes, table))

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


class Telling(Listing):
    """A list with what is to be said of the row under the cursor below it."""

    def compose(self) -> ComposeResult:
        """Title, list, what is said, keys."""
        yield TitleBar(id="title")
        yield RowList()
        yield Page(id="message")
        yield KeyBar()

    @property
    def message(self) -> Page:
        """What is said of the row."""
        return self.query_one("#message", Page)

    def begin(self) -> None:
        """Show what there is."""
        self.message.can_focus = False
        super().begin()

    def action_page(self, step: int) -> None:
        """Scroll what is said."""
        self.message.scroll_pages(step)
