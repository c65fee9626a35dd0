"""How a module names its commands for `tui.cli.running`."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

Entry = Callable[[Any, str, str], None]
"""Adds a command to a program, by a name and in a panel of its help."""


class Passing(StrEnum):
    """Who may give a command through the gate (docs/gate.md 2)."""

    ALL = "all"
    ADMINS = "admins"
    NOBODY = "nobody"
    """It is for whoever runs the machine."""


class Commands(dict[str, Entry]):
    """Commands of one module by name; filled by the decorator `command`."""

    def __init__(
        self, passing: Mapping[str, Passing] | None = None, *, own: Iterable[str] = ()
    ) -> None:
        """`passing` says who may give a command through the gate, where not everybody may; `own` are commands
        that show nothing but what their reader sees, so that a liaison may give them there (docs/gate.md 5);
        of a group all of them, or each by both its words."""
        super().__init__()
        self.passing = dict(passing or {})
        self.own = frozenset(own)

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
