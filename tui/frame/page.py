"""A page over the whole screen: details where there is no room beside the board, and help."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.screen import Screen

from tui.frame import keys
from tui.frame.key_bar import KeyBar
from tui.frame.lines import Page, TitleBar
from tui.words.i18n import _


class ReadingScreen(Screen[None]):
    """A title and a page."""

    BINDINGS = keys.bindings(keys.READING)
    CSS_PATH = "../styles/reading.tcss"

    def __init__(self, title: str, paragraphs: Sequence[tuple[str, str]], copied: str = "") -> None:
        """`copied` is the text that `y` puts on the clipboard; by default what is shown."""
        super().__init__()
        self._copied = copied
        self._title = title
        self._paragraphs = tuple(paragraphs)

    def compose(self) -> ComposeResult:
        """Title, page, keys."""
        yield TitleBar()
        yield Page()
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one(TitleBar).say(self._title)
        self.query_one(KeyBar).show([key for key in keys.READING if key.bar])
        self.query_one(Page).show(self._paragraphs)

    def show(self, paragraphs: Sequence[tuple[str, str]]) -> None:
        """Show other paragraphs; the place is kept."""
        self.query_one(Page).show(paragraphs, keep_place=True)

    def action_move(self, step: int) -> None:
        """Scroll by lines."""
        self.query_one(Page).scroll_lines(step)

    def action_page(self, step: int) -> None:
        """Scroll by screenfuls."""
        self.query_one(Page).scroll_pages(step)

    def action_copy(self) -> None:
        """Put the text on the clipboard of the person's own computer."""
        self.app.copy_to_clipboard(self._copied or self.query_one(Page).text)
        self.query_one(KeyBar).say(_("Sent to your clipboard."))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()
