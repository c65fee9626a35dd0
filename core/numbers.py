"""问题编号 as people write them: small letters, full-width dashes, missing zeros, no dashes at all."""

import re
from unicodedata import normalize

_DASHES = re.compile(r"[\u2010-\u2015\u2212\u2500\ufe58\ufe63\u30fc_~～—/.\s-]+")
LONGEST = 9
"""Digits beyond which nothing is a number of ours."""
_PARTS = re.compile(r"([A-Z]{1,9})-?([0-9]{1,13})(?:-([0-9]{1,9}))?")
_STRANGE = {"O": "0", "I": "1", "L": "1", "|": "1", "Z": "2", "S": "5", "B": "8"}
YEAR = re.compile(r"(?:19|20)\d\d")
DIGITS = 4
"""Digits a number of ours has at the least."""


def folded(text: str) -> str:
    """A number in half-width capitals with plain dashes."""
    return _DASHES.sub("-", normalize("NFKC", text).strip().upper())


def written_out(text: str) -> str:
    """A number as it stands here: `cw-2026-46`, `CW20260046` and `CW－2026－46` are CW-2026-0046.

    What is no number of ours comes back folded only.
    """
    plain = folded(text)
    match = _PARTS.fullmatch(plain)
    if match is None:
        return plain
    letters, first, second = match.groups()
    if letters == "R":
        return f"R-{int(first):0{DIGITS}d}" if second is None else plain
    if second is None and YEAR.match(first) and len(first) > DIGITS:
        first, second = first[:4], first[4:]
    if second is None or not YEAR.fullmatch(first) or len(second) > LONGEST:
        return plain
    return f"{letters}-{first}-{int(second):0{DIGITS}d}"


def is_short(text: str) -> bool:
    """Whether only the last digits of a number are given."""
    plain = folded(text)
    return plain.isascii() and plain.isdigit() and len(plain) <= LONGEST


def slips(text: str) -> tuple[str, ...]:
    """Numbers a text may stand for where a letter was typed for a digit, such as CW-2O26-0046."""
    plain = folded(text)
    letters = re.match(r"[A-Z]{1,2}(?=-|\d|[OIL])", plain)
    head = letters.group(0) if letters else ""
    found = []
    for begin in dict.fromkeys((head, head.replace("0", "O"))):
        rest = "".join(_STRANGE.get(char, char) for char in plain[len(begin) :])
        number = written_out(begin + rest)
        if number != written_out(text) and _PARTS.fullmatch(number):
            found.append(number)
    return tuple(dict.fromkeys(found))
