"""The last line: keys that do something here and now."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.i18n import _
from tui.keys import Key, label_of


class KeyBar(Widget):
    """Keys and what they do; those that are refused now are left out."""

    COMPONENT_CLASSES = {"keys--key", "keys--text"}

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()

    def show(self, keys: Sequence[Key]) -> None:
        """Show these keys, as many as fit."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        key_style = self.get_component_rich_style("keys--key")
        text_style = self.get_component_rich_style("keys--text")
        segments: list[Segment] = []
        room = self.size.width
        for key in self._keys:
            label, text = f" {label_of(key)} ", f"{_(key.text)} "
            wide = cell_len(label) + cell_len(text)
            if wide > room:
                break
            segments += [Segment(label, key_style), Segment(text, text_style)]
            room -= wide
        return Strip([*segments, Segment(" " * room, text_style)])
