"""Settings as they are written and shown: lists by 、, pairs as name=value."""

import re
from datetime import date
from typing import Any

from core.errors import RuleError

KEYS = (
    "office",
    "doc_prefix",
    "copies",
    "contact",
    "lookback_days",
    "utc_offset",
    "kinds",
    "unified",
    "seasons",
    "agreement",
    "shop_red",
    "shop_black",
    "shop_months",
    "profile_kinds",
    "archive_order",
    "archive_points",
    "liaison_reads",
)
"""Settings that may be changed, in the order they are shown."""
LISTS = frozenset({"unified", "profile_kinds"})
WORDS: dict[str, tuple[str, ...]] = {
    "agreement": ("year", "open"),
    "archive_order": ("chapter", "year"),
    "archive_points": ("", "old8"),
    "liaison_reads": ("", "own", "all"),
}
"""Settings that say one of some words."""
CHAPTERS = range(1, 9)
_PAIR = re.compile(r"(\S+?)\s*[=＝:：]\s*(\S+)")
_SEASON = re.compile(r"(\d{2}-\d{2})\.\.(\d{2}-\d{2})")


def read_setting(key: str, text: str) -> Any:
    """What is written for a setting as it is kept. Raises `RuleError`."""
    if key in LISTS:
        return tuple(part for part in re.split("[、,，;；]", text) if part.strip())
    if key in WORDS:
        if text not in WORDS[key]:
            raise RuleError("unknown_word", field=key, value=text, expected=WORDS[key])
        return text
    if key in ("kinds", "seasons"):
        pairs = [_pair(part) for part in re.split("[、,，;；]", text) if part.strip()]
        read = _chapter if key == "kinds" else _season
        return {name: read(value) for name, value in pairs}
    return text


def _pair(text: str) -> tuple[str, str]:
    found = _PAIR.fullmatch(text.strip())
    if found is None:
        raise RuleError("bad_pair", value=text)
    return found[1], found[2]


def _chapter(text: str) -> int:
    if not text.isdigit() or int(text) not in CHAPTERS:
        raise RuleError("bad_number", field="chapter", value=text)
    return int(text)


def _season(text: str) -> str:
    found = _SEASON.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        for part in found.groups():
            date.fromisoformat(f"2024-{part}")
    except ValueError:
        raise RuleError("bad_season", value=text) from None
    return text


def said_setting(value: Any) -> Any:
    """A setting as it is written."""
    if isinstance(value, dict):
        return "、".join(f"{name}={each}" for name, each in value.items())
    return "、".join(value) if isinstance(value, tuple) else value
