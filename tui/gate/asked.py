"""What somebody asks for over ssh: one line of words, split as their own shell would have (docs/gate.md 2)."""

import shlex
from unicodedata import category

from core.errors import Incomplete

LONGEST = 64 * 1024
"""Bytes of a command."""


def words_of(raw: bytes) -> list[str]:
    """The words of a command as sshd hands it over. Raises `Incomplete`."""
    if len(raw) > LONGEST:
        raise Incomplete("gate_too_long", limit=LONGEST)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Incomplete("gate_not_utf8") from error
    if any(category(char) in ("Cc", "Zl", "Zp", "Cs") or char in _TURNING for char in text):
        raise Incomplete("gate_control")
    try:
        return shlex.split(text, comments=False, posix=True)
    except ValueError as error:
        raise Incomplete("gate_quotes") from error


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""What turns text about, or is not seen."""
