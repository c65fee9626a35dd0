"""The words of a line somebody types, and what people hang on to them: who helps, what is to be done by then."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from core.words.categories import CATEGORIES, category_of
from core.words.claims import claim_of
from core.words.deadlines import AHEAD
from core.words.placing import place_of

_CHATTER = re.compile(
    r"\S{1,12}\s+(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?\d{1,2}[:：]\d{2}(?::\d{2})?[:：]?"
    r"|(?:好的?|收到|明白|知道了|(?i:ok)|嗯+|可以|没问题|马上去?|辛苦了?|谢谢)(?:[，,。！!、]?(?:马上|立即|这就|已)?[一-龥]{0,3})?[。！!]*"
)
"""Lines of a chat that report nothing: who wrote when, and what is only answered."""
_ROLE = re.compile(r"(?<=[一-龥]{2})(牵头|主办|负责|处理一下|去?处理|整改|配合|协助|协办)$")
HELPING = frozenset({"配合", "协助", "协办"})
_BRACKETED = re.compile(r"^(.+)[（(]([^（()）]{2,30})[)）]$")
_COMMAS = re.compile(r"[，,；;]")
_WORK = re.compile(r"已[一-龥]{1,7}$")


def is_chatter(line: str) -> bool:
    """Whether a line of a chat reports nothing."""
    return _CHATTER.fullmatch(line.strip()) is not None


def role_of(word: str) -> tuple[str, str]:
    """A name and the part behind it: 东门社区配合 is 东门社区 and 配合."""
    found = _ROLE.search(word)
    return (word[: found.start()], found[1]) if found else (word, "")


def is_work(word: str, *, behind: bool) -> bool:
    """Whether a word says how far it is: 已清理; `behind` a unit also 已报修, which before it may be the problem (已损坏)."""
    return (behind and bool(_WORK.match(word))) or (claim_of(word) is not None and len(word) > 1)


def unfolded(words: list[str], told: Callable[[str], bool]) -> list[str]:
    """Words, where one holds others behind commas or in brackets each as a word of its own."""
    found: list[str] = []
    for word in words:
        inside = _BRACKETED.match(word)
        parts = _COMMAS.split(inside[2]) if inside else []
        if inside and parts and all(told(part.strip()) for part in parts):
            found += [inside[1], *(part.strip() for part in parts)]
            continue
        parts = [part.strip() for part in _COMMAS.split(word) if part.strip()]
        if len(parts) > 1 and all(map(told, parts[1:])):
            found += parts
        else:
            found.append(word)
    return found


LONGEST_PLACE = 24
"""Characters a place has at most where commas tell it from the problem."""
FULL_DAY = re.compile(r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天](?:前|之前|以前)?$")
_WEEKS = re.compile(r"[一二两三四1-9]个?(?:周|星期)$")
_DOTTED = re.compile(r"(1[0-2]|[1-9])\.([12]\d|3[01]|[1-9])(前|止|以前|之前)?$")
_ASKS = re.compile(r"请|要求|责成|限")
_BY = re.compile(r"(?:前|止|以前|之前|底|末|内)$|^[限本下这]")


def apart(words: list[str], kind: tuple[str, str], stands: str) -> tuple[list[str], list[str]]:
    """The place and the problem; where every word is a place (东街 12号门前 占道经营), the kind is the problem."""
    place, rest = (words[:1], words[1:]) if len(words) > 1 else ([], words)
    if place and kind[0] and kind[1] not in words and all(place_of(word) == word for word in rest):
        return words, []
    if stands and place == [stands] and len(rest) > 1:
        return [*place, rest[0]], rest[1:]
    return place, rest


def words_of(text: str) -> list[str]:
    """The words of a line: between blanks, or between commas where it has no blanks."""
    words = text.split()
    if len(words) > 1:
        return words
    parts = [part for part in re.split("[，,；;。]", text) if part.strip()]
    if len(parts) < 2 or len(parts[0]) > LONGEST_PLACE or _ASKS.match(parts[1]):
        return words
    return parts if max(map(len, parts)) <= LONGEST_PLACE else [parts[0], "，".join(parts[1:])]


def usual(word: str, today: date) -> str:
    """A deadline in the words ledgers have for it: 周五前, 一周, 明天, 11.28."""
    if word in AHEAD:
        return (today + timedelta(days=AHEAD[word])).isoformat()
    if _WEEKDAY.match(word):
        return f"本{word}"
    if _WEEKS.match(word):
        return f"{word}内"
    dotted = _DOTTED.match(word)
    return f"{dotted[1]}月{dotted[2]}日{dotted[3] or ''}" if dotted else word


def says_by(word: str, day: date | None, today: date) -> bool:
    """Whether a word that names a day means a deadline: it says so, or the day is to come."""
    if _BY.search(word):
        return True
    return bool(FULL_DAY.fullmatch(word)) and day is not None and day > today


def kind_of(word: str) -> tuple[str, str] | None:
    main, _slash, sub = word.partition("/")
    if main in CATEGORIES:
        return main, sub
    return (category_of(word), word) if category_of(word) else None
