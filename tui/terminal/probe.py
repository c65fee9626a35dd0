"""What the terminal at the other end is like, as the environment says."""

import os
from collections.abc import Mapping

SIXTEEN = ("linux", "xterm", "screen", "vt100", "vt220", "ansi", "cygwin")


def few_colours() -> bool:
    """Whether only sixteen colours are there."""
    if os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return False
    return os.environ.get("TERM", "") in SIXTEEN


def colours(environment: Mapping[str, str]) -> str:
    """The colours of the terminal as `tui.terminal.shades` calls them; empty where somebody has said how to draw."""
    if "NO_COLOR" in environment or any(name.startswith("TEXTUAL_") for name in environment):
        return ""
    if environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return "truecolor"
    term = environment.get("TERM", "").strip().lower()
    if term.rpartition("-")[2] in ("256color", "kitty"):
        return "256"
    return "few" if few_colours() else "16"


def ambiguous_said() -> bool | None:
    """Whether ambiguous characters take two cells here, where `ZG_AMBIGUOUS` says."""
    said = os.environ.get("ZG_AMBIGUOUS")
    return said == "2" if said in ("1", "2") else None
