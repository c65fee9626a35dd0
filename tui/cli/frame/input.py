"""Text that a command reads: from a file, a pipe, or pasted."""

import sys

from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.coming_in.separated import decoded
from tui.cli.frame.office import talk
from tui.whereabouts import expanded


def read_text(file: str, invitation: str) -> str:
    """The text of a file, or of standard input for `-`: UTF-8 or GB18030. Raises `FileRefused`.

    `invitation` asks whoever sits at the keyboard to type or paste it.
    """
    if file == "-":
        if sys.stdin.isatty():
            talk(invitation)
        data = sys.stdin.buffer.read()
    else:
        data = read_bytes(expanded(file))
    return decoded(data, file)
