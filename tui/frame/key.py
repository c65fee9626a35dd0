"""One key: how it is pressed, what it does, what it is called."""

import re
from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from tui.words.i18n import _


class Key(Struct, frozen=True):
    """What a key does. `verb` names the transition it asks for, where it is one."""

    keys: str
    """As Textual names them, joined by commas; the first is shown."""
    action: str
    text: str
    label: str = ""
    """How the key is written where Textual's name will not do."""
    verb: str = ""
    bar: bool = False
    """Whether the key bar shows it when there is room."""
    told: bool = True
    """Whether help and docs tell of it; not where another key's line tells of it too."""

    @property
    def name(self) -> str:
        """What it is called in a file of one's own keys; empty for what is done in several ways, such as moving."""
        named = _NAMED.fullmatch(self.action)
        return self.verb or (named.group(1) or named.group(2) if named else "")


_NAMED = re.compile(r"(\w+)|\w+\('(\w+)'\)")


def label_of(key: Key) -> str:
    """How a key is written."""
    return _(key.label)


def fitting(keys: Sequence[Key], width: int) -> list[tuple[str, str]]:
    """Keys with what they do, as many as fit and help in any case, as text of the classes `key` and `text`; filled up."""
    last = [key for key in keys if key.action == "help"]
    room = width - sum(cell_len("".join(_said(key))) for key in last)
    chosen = []
    for key in keys:
        wide = cell_len("".join(_said(key)))
        if key not in last and wide <= room:
            chosen.append(key)
            room -= wide
        elif key not in last:
            break
    runs: list[tuple[str, str]] = []
    for key in (*chosen, *last):
        label, text = _said(key)
        runs += [(label, "key"), (text, "text")]
    return [*runs, (" " * room, "text")]


def _said(key: Key) -> tuple[str, str]:
    return f" {label_of(key)} ", f"{_(key.text)} "
