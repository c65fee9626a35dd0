"""The words of a line somebody types, and what people hang on to them: who helps, what is to be done by then."""

import re
from collections.abc import Callable

from core.words.claims import claim_of

_CHATTER = re.compile(
    r"\S{1,12}\s+(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?\d{1,2}[:：]\d{2}(?::\d{2})?[:：]?"
    r"|(?:好的?|收到|明白|知道了|(?i:ok)|嗯+|可以|没问题|马上去?|辛苦了?|谢谢)(?:[，,。！!、]?(?:马上|立即|这就|已)?[一-龥]{0,3})?[。！!]*"
)
"""Lines of a chat that report nothing: who wrote when, and what is only answered."""
_ROLE = re.compile(r"(?<=[一-龥]{2})(牵头|主办|负责|处理一下|去?处理|整改|配合|协助|协办)$")
HELPING = frozenset({"配合", "协助", "协办"})
_TO_DO = re.compile(
    r"(?:弄|补|做|清|修|换|拆|办|处理|整改|清理|清运|解决|落实|完成|搞定|拉走|清走)(?:完|好|掉|齐|到位|完毕|完成|干净)?$"
)
"""What is to be done by then, behind a deadline: 本周五前补."""
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


def without_work(word: str) -> str:
    """A deadline without what is to be done by then."""
    return _TO_DO.sub("", word)


def is_work(word: str) -> bool:
    """Whether a word says how far it is: 已清理, 已报修."""
    return bool(_WORK.match(word)) or (claim_of(word) is not None and len(word) > 1)


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
