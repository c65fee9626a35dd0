"""Several problems written into one cell: 1.…；2.…, （1）…（2）…, ①…②…, 一是…二是….

They stay one record; a doubt says how many there are.
"""

import re

_FIRST = re.compile(r"(?:^|[；;。，,\s])1\s*[.、．)）](?!\d)|[（(]1[)）]|①|一是")
_MARKS = (
    re.compile(r"(?:^|(?<=[；;。，,\s]))(\d{1,2})\s*[.、．)）](?!\d)"),
    re.compile(r"[（(](\d{1,2})[)）]"),
    re.compile(r"([①-⑳])"),
    re.compile(r"([一二三四五六七八九])是"),
)
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)}


def problems_in(text: str) -> list[str]:
    """The problems a text numbers from 1 on; the text itself where it numbers fewer than two."""
    if not _FIRST.search(text):
        return [text]
    for mark in _MARKS:
        found = list(mark.finditer(text))
        begins: list[re.Match[str]] = []
        for match in found:
            if _value(match.group(1)) == len(begins) + 1:
                begins.append(match)
        if len(begins) > 1:
            ends = [match.start() for match in begins[1:]] + [len(text)]
            parts = [text[m.end() : end] for m, end in zip(begins, ends, strict=True)]
            before = text[: begins[0].start()].strip(" ；;。，,:：\n")
            lead = f"{before}：" if before else ""
            return [lead + part.strip(" ；;。，,\n") for part in parts]
    return [text]


def _value(mark: str) -> int:
    if mark.isascii():
        return int(mark)
    return _DIGITS.get(mark) or ord(mark) - ord("①") + 1
