"""Usage errors as one sentence in the user's language."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from core.asks import ASKS
from tui.words.i18n import _
from tui.words.texts import quote


def usage_sentence(error: Any) -> str:
    """What is wrong with a command line, and where help is."""
    path = error.ctx.command_path if getattr(error, "ctx", None) else "zg"
    return " ".join((_what(error), _("See {command} --help.").format(command=path)))


def _what(error: Any) -> str:
    kind = type(error).__name__
    name = getattr(error, "option_name", None)
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None) or ()
        return _near(_("There is no option {name}.").format(name=quote(name)), near)
    if kind == "MissingParameter":
        return _("{name} is missing.").format(name=_parameter(error))
    if kind == "BadOptionUsage":
        return _("Option {name} needs a value.").format(name=quote(name))
    if kind == "BadParameter":
        return _("{name} does not fit.").format(name=_parameter(error))
    if "unexpected extra argument" in error.format_message():
        return _("There are more words than the command takes.")
    command = getattr(getattr(error, "ctx", None), "command", None)
    commands = list(getattr(command, "commands", {}))
    words = error.format_message().split("'")
    if commands and len(words) > 1:
        near = get_close_matches(words[1], commands, 2)
        return _near(_("There is no command {name}.").format(name=quote(words[1])), near)
    return _("The command line is wrong: {why}").format(why=quote(error.format_message()))


def _near(sentence: str, near: Any) -> str:
    if not near:
        return sentence
    return f"{sentence} " + _("Did you mean {names}?").format(names=", ".join(near))


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return quote(getattr(error, "param_hint", "") or "")
    if parameter.param_type_name == "option":
        return quote(max(parameter.opts, key=len))
    return quote(parameter.metavar or parameter.name.upper())


def options_wanted(group: Any, refused: Mapping[str, Any]) -> str:
    """By which options of its command a verb is told what it lacks; empty where it has none for that."""
    command = getattr(group, "commands", {}).get(refused.get("verb", ""))
    known = {max(p.opts, key=len) for p in command.params} if command is not None else set()
    asks = ASKS.get(refused.get("verb", ""), ())
    found: dict[str, None] = {}
    for field in refused.get("fields", ()):
        names = [ask.called for ask in asks if ask.need == field] or [field]
        found |= dict.fromkeys(f"--{n}" for n in names if f"--{n}" in known)
    return _("Say it with {options}.").format(options=", ".join(found)) if found else ""
