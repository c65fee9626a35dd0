"""问题编号 as people write them: small letters, full-width dashes, missing zeros, no dashes at all."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from core.patterns import later

_DASHES = later(r"[\u2010-\u2015\u2212\u2500\ufe58\ufe63\u30fc_~～—/.\s-]+")
LONGEST = 9
"""Digits beyond which nothing is a number of ours."""
_PARTS = later(r"([A-Z]{1,9})-?([0-9]{1,13})(?:-([0-9]{1,9}))?")
_STRANGE = {"O": "0", "I": "1", "L": "1", "|": "1", "Z": "2", "S": "5", "B": "8"}
_AROUND = later(r"^(?:(?:问题)?编号:?|第|#|№|NO[.:])\s*|\s*号$")
"""What stands around a number in a sentence."""
YEAR = later(r"(?:19|20)\d\d")
_LETTERS, _DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_HEAD = 3
"""Characters at the beginning among which a letter may be missing."""
SHORTEST, LONGEST_TEXT = 8, 16
"""Characters of a text that may be a number of ours with a stroke too many or too few."""
CASES = "CW"
"""What numbers of cases begin with, before the year."""
DIGITS = 4
"""Digits a number of ours has at the least."""


_OURS = later(rf"\s*(?:R|{CASES}-[0-9]{{4}})-[0-9]+(?:-[0-9]{{1,2}})?\s*")
_OF_A_PART = later(r"([A-Z]{1,9}-?[0-9]{2,4}-[0-9]{1,9})-([0-9]{1,2})")


def is_ours(text: str) -> bool:
    """Whether a number stands as a store gives it out: a row that bears it went out of one, and
    what it says is meant."""
    return _OURS.fullmatch(text) is not None


def folded(text: str) -> str:
    """A number in half-width capitals with plain dashes."""
    plain = _AROUND.sub("", normalize("NFKC", text).strip().upper())
    return _DASHES.sub("-", plain.strip())


def part_number(whole: str, no: int) -> str:
    """The number of a part of a problem: CW-2026-0012-1."""
    return f"{whole}-{no}"


def whole_number(text: str) -> str:
    """The number of the whole of a part's number, as it is written here; empty where it is no part's."""
    part = _OF_A_PART.fullmatch(folded(text))
    return written_out(part[1]) if part is not None else ""


def written_out(text: str) -> str:
    """A number as it stands here: `cw-2026-46`, `CW20260046` and `CW－2026－46` are CW-2026-0046.

    A part keeps its own: `cw-26-46-1` is CW-2026-0046-1. What is no number of ours comes back folded only.
    """
    plain = folded(text)
    part = _OF_A_PART.fullmatch(plain)
    if part is not None:
        return part_number(written_out(part[1]), int(part[2]))
    match = _PARTS.fullmatch(plain)
    if match is None:
        return plain
    letters, first, second = match.groups()
    if letters == "R":
        return f"R-{int(first):0{DIGITS}d}" if second is None else plain
    if second is None and YEAR.match(first) and len(first) > DIGITS:
        first, second = first[:4], first[4:]
    if len(first) == 2 and second is not None:
        first = f"20{first}"
    if second is None or not YEAR.fullmatch(first) or len(second) > LONGEST:
        return plain
    return f"{letters}-{first}-{int(second):0{DIGITS}d}"


def is_short(text: str) -> bool:
    """Whether only the last digits of a number are given."""
    plain = folded(text)
    return plain.isascii() and plain.isdigit() and len(plain) <= LONGEST


def short_part(text: str) -> tuple[str, int] | None:
    """The last digits of a whole's number and the number of its part, of `12-1`; None of anything else."""
    whole, _dash, no = folded(text).rpartition("-")
    return (whole, int(no)) if is_short(whole) and is_short(no) else None


def ending_of(text: str) -> str:
    """How the number ends that only the last digits are given of: -0012 of `12`, -0012-1 of `12-1`;
    empty of anything else."""
    part = short_part(text)
    if part is not None:
        return part_number(ending_of(part[0]), part[1])
    return f"-{int(folded(text)):0{DIGITS}d}" if is_short(text) else ""


def _alphabet(char: str) -> str:
    return _LETTERS if char.isalpha() else _DIGITS


def neighbours(text: str) -> Iterator[str]:
    """Numbers a text is one stroke from: one character too many or too few, another one, or two
    changed about; dashes apart."""
    part = _OF_A_PART.fullmatch(folded(text))
    if part is not None:
        yield from (part_number(whole, int(part[2])) for whole in neighbours(part[1]))
        return
    plain = folded(text).replace("-", "")
    if not plain.isascii() or not plain.isalnum() or not SHORTEST <= len(plain) <= LONGEST_TEXT:
        return
    seen = {written_out(plain)}
    for at, char in enumerate(plain):
        before, after = plain[:at], plain[at + 1 :]
        tried = [before + after, before + after[:1] + char + after[1:]]
        tried += [before + other + after for other in _alphabet(char)]
        letters = _LETTERS if at < _HEAD else ""
        tried += [before + other + char + after for other in _DIGITS + letters]
        for each in tried:
            number = written_out(each)
            if number not in seen and _PARTS.fullmatch(number):
                seen.add(number)
                yield number


def slips(text: str) -> tuple[str, ...]:
    """Numbers a text may stand for where a letter was typed for a digit, such as CW-2O26-0046."""
    plain = folded(text)
    head, dash, no = plain.rpartition("-")
    if dash and no.isdigit() and len(no) <= 2 and head.count("-") >= 2:
        return tuple(part_number(whole, int(no)) for whole in slips(head))
    letters = re.match(r"[A-Z]{1,2}(?=-|\d|[OIL])", plain)
    head = letters.group(0) if letters else ""
    found = []
    if _PARTS.fullmatch(out := written_out(plain.replace("-", ""))) and out != written_out(text):
        found.append(out)  # a dash in the wrong place
    for begin in dict.fromkeys((head, head.replace("0", "O"))):
        rest = "".join(_STRANGE.get(char, char) for char in plain[len(begin) :])
        number = written_out(begin + rest)
        if number not in (written_out(text), *found) and _PARTS.fullmatch(number):
            found.append(number)
    return tuple(dict.fromkeys(found))


_CREDIT = later("[0-9A-HJ-NPQRTUWXY]{18}")
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_credit_no(text: str) -> bool:
    """Whether a text is a 统一社会信用代码 with a right check character (GB 32100)."""
    if not _CREDIT.fullmatch(text):
        return False
    total = sum(_CREDIT_SIGNS.index(c) * w for c, w in zip(text, _WEIGHTS, strict=False))
    return _CREDIT_SIGNS[-total % 31] == text[17]


_CODED = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 of them, a prime: none is taken for another by a reader of scans."""
_LONG = 4
CODE = later(rf"(?<![0-9A-Za-z])[{_CODED}]{{{_LONG + 1}}}(?![0-9A-Za-z])")


def letters_of(key: int) -> str:
    """An id up to 923,520 as four letters and one that checks them."""
    digits: list[int] = []
    for _ in range(_LONG):
        key, digit = divmod(key, len(_CODED))
        digits.insert(0, digit)
    return "".join(_CODED[d] for d in (*digits, _check(digits)))


def id_of(letters: str) -> int | None:
    """The id that letters stand for; None where they are no code or one was misread."""
    text = letters.strip().upper()
    if not CODE.fullmatch(text):
        return None
    *digits, check = (_CODED.index(letter) for letter in text)
    if _check(digits) != check:
        return None
    key = 0
    for digit in digits:
        key = key * len(_CODED) + digit
    return key


def _check(digits: Sequence[int]) -> int:
    """Another where one letter is misread or two beside each other change places."""
    return sum((at + 2) * digit for at, digit in enumerate(digits)) % len(_CODED)
