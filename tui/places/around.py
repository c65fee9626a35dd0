"""What a screen asks of the app it is shown by."""

from typing import Any, Protocol, cast

from textual.screen import Screen


class Around(Protocol):
    """The app, as places know it."""

    left_at: dict[str, int]
    """The row one was on in each place."""

    def go(self, action: str) -> None:
        """Leave whatever is open over the board, and do there what opens a place."""

    def action_reword(self) -> None:
        """Say everything again."""

    def action_mouse(self) -> None:
        """Give the mouse to the terminal, or take it back."""

    def action_theme(self) -> None:
        """Dark or light."""

    def action_language(self) -> None:
        """中文 / English."""


def around(screen: Screen[Any]) -> Around:
    """The app a screen is shown by."""
    return cast("Around", screen.app)
