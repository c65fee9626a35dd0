"""The smallest Textual app: a label, and a letter that a key changes. The floor of the board."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("READY", id="text")

    def on_key(self, event: object) -> None:
        text = self.query_one("#text", Static)
        self.count = getattr(self, "count", 0) + 1
        text.update(f"{self.count}")


if __name__ == "__main__":
    Minimal().run()
