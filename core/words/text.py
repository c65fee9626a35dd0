"""Text from outside: what is taken out at the door, how long it may be, how it is compared."""

import unicodedata

from core.patterns import later

_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
"""The 66 code points Unicode keeps from ever being characters: XML, and so Word, cannot hold them."""

HOSTILE = later(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ud800-\udfff"
    + _NO_CHARACTERS
    + "]"
)
"""Control characters but TAB and LF, C1, bidi overrides, line separators, BOM, lone surrogates, and
what is no character."""

LIMITS = {
    "location": 300,
    "description": 32_767,
    "note": 65_536,
    "name": 50,
    "code": 50,
    "measure": 32_767,
    "progress": 32_767,
    "requirement": 32_767,
    "finding": 32_767,
    "inspection": 32_767,
    "reason": 32_767,
    "scope": 300,
    "close_standard": 2_000,
}
"""Most characters a field may hold: a long text whatever a cell of a spreadsheet holds, and a note several."""

DEFAULT_LIMIT = 300
SHORTEST_LIMIT = 50
TICKS = "√✓✔☑"
"""Marks of what is so, or done."""
FORBIDDEN_IN_NAMES = later("[、，,；;\n\r\t]")
"""Lists of names are joined and split by these."""

_PHONE = later(
    r"(?<!\d)((?:[+＋]?(?:86|８６)[- ]?)?[1１][3-9３-９]\d)[-. ]?\d{4}[-. ]?(\d{4})(?!\d)"
)
_LIKE_PHONE = later(r"[1１][3-9３-９]\d[-. ]?\d{4}[-. ]?\d{4}(?!\d)")
"""What stands in every mobile number: much quicker looked for."""
_SPACE = later(r"\s+")


def clean(text: str, *, lines: bool = True) -> str:
    """`text` without hostile characters; line ends become LF, or a space where `lines` is false."""
    if text.isprintable():  # which no hostile character is
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = HOSTILE.sub("", text).replace("\t", " ").strip()
    return text if lines else _SPACE.sub(" ", text)


def removed(text: str) -> tuple[str, ...]:
    """The hostile characters `clean` takes out of `text`, as U+XXXX, each once."""
    if text.isprintable():
        return ()
    found = HOSTILE.findall(text.replace("\r\n", "\n").replace("\r", "\n"))
    return tuple(dict.fromkeys(f"U+{ord(char):04X}" for char in found))


def has_phone(text: str) -> bool:
    """Whether something in a text may be a mobile number."""
    return _LIKE_PHONE.search(text) is not None


def without_phones(text: str) -> str:
    """`text` with the middle of every mobile number struck out: 138****1234."""
    return _PHONE.sub(r"\1****\2", text) if has_phone(text) else text


def escaped(text: str) -> str:
    """JSON text with every hostile character as \\uXXXX, which reads back as itself."""
    if text.isprintable():
        return text
    return HOSTILE.sub(lambda m: _as_json(ord(m.group())), text)


def _as_json(code: int) -> str:
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


_LINK = later(r"(?i)https?://")
_FOLDERS = later(r"[/\\]")
_ROOTED = later(
    r"(?i)(?:file:/{1,3}|(?<![\w.:/])[a-z]:\\|(?<![\w.:/\\])\\\\|(?<![\w.:/])/(?=(?:home|root|users|mnt|media|tmp|var)/))"
    r"[^\s，。；、,;\"'<>|*?]+"
)
"""A path from the root of a machine, in a text."""


def visible(text: str) -> str:
    """`text` with every hostile character spelled out as ⟨1B⟩; what exits show of it."""
    if text.isprintable():
        return text
    return HOSTILE.sub(lambda m: f"⟨{ord(m.group()):02X}⟩", text)


def file_name(text: str) -> str:
    """A file as it is named apart from where it lies: nobody's home goes into a ledger. Links stay."""
    if _LINK.match(text):
        return text
    return _FOLDERS.split(text.rstrip("/\\"))[-1] if _FOLDERS.search(text) else text


def without_folders(text: str) -> str:
    """A text in which paths from the root of a machine are file names only."""
    return _ROOTED.sub(lambda found: file_name(found.group()), text)


def too_long(field: str, text: str) -> int | None:
    """The limit of `field` where `text` is over it."""
    if len(text) <= SHORTEST_LIMIT:
        return None
    limit = LIMITS.get(field, DEFAULT_LIMIT)
    return limit if len(text) > limit else None


def key_of(text: str) -> str:
    """What two writings of the same words share: NFKC, no blanks, no punctuation, lower case.

    For comparing only; the text itself is kept as typed.
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).casefold()
