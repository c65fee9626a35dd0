"""Help in the language in use: what the parser says in English only, said by us."""

from collections.abc import Sequence
from typing import Any

from tui.words.i18n import N_, _

_COMPLETION = {
    "install_completion": N_("Install completion for the current shell."),
    "show_completion": N_(
        "Show completion for the current shell, to copy it or customize the installation."
    ),
}


def said_in_words(command: Any, names: Sequence[str] = ()) -> Any:
    """The parser of a program, with its own words in the language in use; its commands in the order of `names`."""
    places = {name: at for at, name in enumerate(names)}
    command.options_metavar = _("[OPTIONS]")
    for param in command.params:
        if param.name in _COMPLETION:
            param.help = _(_COMPLETION[param.name])
    if hasattr(command, "commands"):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
        command.commands = dict(
            sorted(command.commands.items(), key=lambda entry: places.get(entry[0], len(places)))
        )
        for child in command.commands.values():
            said_in_words(child)
    return command


def patch(click: Any) -> None:
    """Have the lines that are made anew for each page in words as well."""
    made, written = click.core.Command.get_help_option, click.formatting.HelpFormatter.write_usage
    if made.__name__ == "told":  # a process may run several commands
        return

    def told(self: Any, context: Any) -> Any:
        option = made(self, context)
        if option is not None:
            option.help = _("Show this help and end.")
        return option

    def usage(self: Any, prog: str, args: str = "", prefix: str | None = None) -> None:
        written(self, prog, args, _("Usage: ") if prefix is None else prefix)

    click.core.Command.get_help_option = told
    click.formatting.HelpFormatter.write_usage = usage
