"""Pinyin initials, so that `hjs` finds 环境所."""

import zlib
from functools import cache

from core.words.pinyin.initials import INITIALS, SEVERAL


@cache
def _first() -> dict[int, str]:
    from base64 import b85decode

    letters = zlib.decompress(b85decode(INITIALS)).decode()
    return {0x4E00 + at: letter for at, letter in enumerate(letters) if letter != " "}


@cache
def _several() -> dict[str, str]:
    return {entry[0]: entry[1:] for entry in SEVERAL.split()}


def initials(text: str) -> str:
    """`text` with every Chinese character as the initial of its most common reading."""
    return text.translate(_first()).lower()


def sounds_like(query: str, text: str) -> bool:
    """Whether ASCII letters are the initials of some stretch of `text`, by any reading."""
    query = query.lower()
    letters = initials(text)
    if query in letters:
        return True
    several = _several()
    if not any(char in several for char in text):
        return False
    choices = [several.get(char, letter) for char, letter in zip(text, letters, strict=True)]
    return any(
        all(wanted in choices[start + at] for at, wanted in enumerate(query))
        for start in range(len(choices) - len(query) + 1)
    )


def rank(wanted: str, names: list[str]) -> int | None:
    """How well a thing of these names fits what was typed, 0 best; None where it does not.

    Both are keys as `core.words.text.key_of` makes them.
    """
    if not wanted or wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if wanted.isascii():
        if any(initials(name).startswith(wanted) for name in names):
            return 2
        if any(sounds_like(wanted, name) for name in names):
            return 4
    return 3 if any(wanted in name for name in names) else None
