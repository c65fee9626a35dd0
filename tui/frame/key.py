"""One key: how it is pressed, what it does, what it is called."""

import re

from msgspec import Struct


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
