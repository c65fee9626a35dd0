"""文号: series, year and number of papers, as they are written (docs/domain.md 10)."""

import re
from datetime import date
from unicodedata import normalize

from core.model import DocumentKind

PREFIX = "创卫办"
"""The office's word (机关代字) where the settings have none."""
_WORDS = {
    DocumentKind.SUPERVISION: "督",
    DocumentKind.CIRCULAR: "通",
    DocumentKind.TALK: "约",
    DocumentKind.APPRAISAL: "通",
}
"""What stands behind the office's word, of kinds that have a number in brackets."""
_COUNTS = {
    DocumentKind.ASSIGNMENT: ("交办单", "批"),
    DocumentKind.EXPOSURE: ("曝光台", "期"),
    DocumentKind.BRIEF: ("简报", "期"),
    DocumentKind.SUMMARY: ("总结", "期"),
}
"""Name, and what is counted, of kinds that have an issue instead."""
_BRACKETS = re.compile(r"[〔\[［(（【](\d{4})[〕\]］)）】]第?(\d{1,6})号?$")
_ISSUE = re.compile(r"(?:交办单|曝光台|简报|总结)?(?:(\d{4})年)?第?(\d{1,6})[批期]?$")


def series_of(kind: DocumentKind, year: int) -> str:
    """The name of a series of numbers, which begins anew each year: each kind has its own, but what bears one word
    bears numbers of one series."""
    if kind == DocumentKind.APPRAISAL:
        kind = DocumentKind.CIRCULAR
    return f"DOC-{kind}-{year}"


def written_number(kind: DocumentKind, year: int, seq: int, prefix: str) -> str:
    """A number as it stands on the paper: year in full, no leading zeros, no 第 in brackets."""
    word = _WORDS.get(kind)
    if word is not None:
        return f"{prefix or PREFIX}{word}〔{year}〕{seq}号"
    name, counted = _COUNTS[kind]
    return f"{name}{year}年第{seq}{counted}"


def read_number(kind: DocumentKind, text: str, day: date) -> tuple[int, int] | None:
    """Year and number of what a person wrote, such as 创卫办督〔2026〕12号 or 12; None where it is none."""
    plain = re.sub(r"\s", "", normalize("NFKC", text))
    found = _BRACKETS.search(plain) if kind in _WORDS else None
    found = found or _ISSUE.match(plain.removesuffix("号"))
    if found is None:
        return None
    year, seq = int(found.group(1) or day.year), int(found.group(2))
    return (year, seq) if seq else None
