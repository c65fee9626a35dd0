"""How a module names its commands for `tui.cli.frame.running`."""

from collections.abc import Callable
from typing import Any

Entry = Callable[[Any, str, str], None]
"""Adds a command to a program, by a name and in a panel of its help."""


class Commands(dict[str, Entry]):
    """Commands of one module by name; filled by the decorator `command`."""

    def command(
        self, name: str, help_text: str, **settings: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register a function as `zg NAME`."""

        def take(function: Callable[..., Any]) -> Callable[..., Any]:
            def register(program: Any, as_name: str, panel: str) -> None:
                program.command(as_name, help=help_text, rich_help_panel=panel, **settings)(
                    function
                )

            self[name] = register
            return function

        return take

    def group(self, name: str, make: Callable[[], Any]) -> None:
        """Register a group of commands as `zg NAME ...`."""

        def register(program: Any, as_name: str, panel: str) -> None:
            program.add_typer(make(), name=as_name, rich_help_panel=panel)

        self[name] = register
