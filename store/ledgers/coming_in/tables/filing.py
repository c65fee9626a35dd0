"""What stands above a header: who filled the sheet in, on which day, and the year it is about."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from core.ledger.outcome import Filing
from core.words.dates import Period, read_date
from core.words.text import key_of
from store.ledgers.coming_in.tables.heading import full
from store.ledgers.wording import folded

_SENDER = re.compile(
    r"(?:填报|报送)单位(?:[（(][^（()）]{0,6}[)）])?[:：]\s*([^\s:：]+)(?![^\s]*[:：])"
)
_SEAL = re.compile(r"[（(](?:盖章|公章|章|签章)[)）]|[（(][)）]|盖章$")
_FILED = re.compile(r"(?:填报|报送|制表|填表|上报)(?:时间|日期)\s*[:：]?\s*(.*)", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年(?:度)?(?:\s*(\d{1,2})\s*月)?")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])\s*月(?:份)?(?!\s*\d)")
_BARE_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)(?:[-._](\d{1,2})(?!\d))?")


def sender_of(rows: Sequence[Sequence[Any]]) -> str:
    """The unit that says above the header who filled the sheet in."""
    for row in rows:
        for at, cell in enumerate(row):
            if not isinstance(cell, str) or not ("填报单位" in cell or "报送单位" in cell):
                continue
            found = _SENDER.search(cell)
            if found:
                return _SEAL.sub("", found.group(1)).strip()
            beside = next((c for c in row[at + 1 :] if full(c)), "")
            named = isinstance(beside, str) and ":" not in beside and "：" not in beside
            if _SEAL.sub("", cell).strip(" :：") in ("填报单位", "报送单位") and named:
                return _SEAL.sub("", beside).strip()
    return ""


def layout_of(headers: Iterable[str]) -> str:
    """A sheet by its headers, in their order, without figures: sheets of one system are headed alike."""
    names = (_FIGURES.sub("", folded(header)) for header in headers)
    return "/".join(name for name in names if name)[:LONGEST]


LONGEST = 50
"""Characters by which a layout is known."""
_FIGURES = re.compile(r"\d+")


def filing_of(rows: Sequence[Sequence[Any]], sender: str, sheet: str | None, name: str) -> Filing:
    """What the lines above a header, the name of the sheet and of the file say of its rows."""
    filed = next((day for row in rows for day in _filed(row)), None)
    titles = [
        str(cell) for row in rows for cell in row if full(cell) and not _FILED.search(str(cell))
    ]
    called = [sheet or "", name.rpartition(".")[0]]
    named = [_YEAR.search(text) for text in titles]
    named += [_YEAR.search(text) or _BARE_YEAR.search(text) for text in called]
    found = next((match for match in named if match), None)
    months = {int(m[1]) for text in (*called, *titles) for m in _MONTH.finditer(text)}
    of = months.pop() if len(months) == 1 else None
    if found is None:
        return Filing(sender, filed.year if filed else None, filed, month=of)
    year, month = int(found.group(1)), int(found.group(2) or 0)
    if filed is None and 1 <= month <= 12:
        return Filing(sender, year, date(year, month, monthrange(year, month)[1]), month=month)
    return Filing(sender, year, filed, month=of)


def _filed(row: Sequence[Any]) -> Iterator[date]:
    for at, cell in enumerate(row):
        found = _FILED.search(cell) if isinstance(cell, str) else None
        if found:
            written = found.group(1).strip() or next((c for c in row[at + 1 :] if full(c)), None)
            whole = isinstance(written, date) or re.match(r"\s*20\d\d", str(written))
            day = read_date(written, Period(date.max)).value if whole else None
            if day is not None:
                yield day


_ADDRESSED = re.compile(r"([^：:，,。；;]{2,20})[：:]")
"""Whom a paper is addressed to: 城管中队：."""
_DUE_ABOVE = re.compile(
    r"(?:请|务必|限|须|应|要求|望)[^。；;]{0,12}?((?:20\d\d年)?\d{1,2}月\d{1,2}日)(?:下班)?(?:以|之)?前[^。；;，,报]{0,6}(?:完成|整改|落实|办结)"
)
"""By when a paper wants all of it done: 请于3月26日前完成整改."""


def asked_above(texts: Iterable[str], units: Collection[str]) -> dict[str, str]:
    """Whom the paper above a table is addressed to, and by when it wants all of it done, by field."""
    found: dict[str, str] = {}
    for text in texts:
        addressed, due = _ADDRESSED.fullmatch(text.strip()), _DUE_ABOVE.search(text)
        if addressed and key_of(addressed[1]) in units:
            found["lead_unit"] = addressed[1]
        if due:
            found["due_on"] = due[1]
    return found
