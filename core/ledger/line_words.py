"""The words of a line somebody types, and what people hang on to them: who helps, what is to be done by then."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from core.model import Zone
from core.words.categories import CATEGORIES, category_of
from core.words.claims import claim_of
from core.words.deadlines import AHEAD
from core.words.placing import place_of

LONGEST_PLACE = 24
"""Characters a place has at most where commas tell it from the problem."""
_CHATTER = re.compile(
    r"\S{1,12}\s+(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s*)?\d{1,2}[:：]\d{2}(?::\d{2})?[:：]?"
    r"|\S{2,12}\s+(?:无|正常|无问题|没有问题|未发现问题)[。！!]?"
    r"|(?:请?(?:以上|上述)|请(?:各|大家))(?:各)?(?:问题|单位|部门|责任单位|社区|村|点位|位).{0,40}(?:整改|落实|处理|反馈|照片|完成|上报|回复).*"
    r"|(?:已|都|全部)[一-龥]{0,8}\s*\[(?:图片|视频|照片)\].*|\[(?:图片|视频|照片|文件|表情)\]"
    r"|(?:好的?|收到|明白|知道了|(?i:ok)|嗯+|可以|没问题|马上去?|辛苦了?|谢谢)(?:[，,。！!、]?(?:马上|立即|这就|已)?[一-龥]{0,3})?[。！!]*"
)
"""Lines of a chat that report nothing: who wrote when, and what is only answered."""
_ROLE = re.compile(r"(?<=[一-龥]{2})(牵头|主办|负责|处理一下|去?处理|整改|配合|协助|协办)$")
HELPING = frozenset({"配合", "协助", "协办"})
LEADING = frozenset({"牵头", "主办"})
_BRACKETED = re.compile(r"^(.+)[（(]([^（()）]{2,30})[)）]$")
_IN_BRACKETS = re.compile(r"[（(【]([^（()）【】]{2,30})[)）】]\s*[。.]?$")
_COMMAS = re.compile(r"[，,；;]")
_PIECES = re.compile(r"\s*[，,；;。](?=\s*\S)|\s+(?=\S)")
_WORK = re.compile(r"已[一-龥]{1,7}$")


LIKE_UNIT = re.compile(
    r"@?[\u4e00-\u9fff]{2,10}(?:队|所|站|办|局|中心|委会|公司|科|处室|大队|服务站)"
)
"""How a word ends that may be a unit nobody here knows."""
NO_DAY = re.compile(
    r"限?(?:\d{4}[年./-])?\d{1,2}[月/-]\d{1,2}[日号]?(?:前|止|以前|之前|内)?|限?\d{4}[./-]\d{1,2}[./-]\d{1,2}[日号]?"
    r"(?:前|止)?"
)
"""How a day is written that there is not: 12月45日."""
_LOOK = re.compile(
    r"^【?(?:.{0,6}?((?:\d{4}年)?\d{1,2}月\d{1,2}日))?.{0,12}?(?:巡查|检查|督查|暗访|排查|抽查)"
    r"(?:的|中|发现|问题|情况|结果|通报|清单|反馈|如下|以下|汇总)*[:：】]*$"
)
"""A line over what was found on some day, and nothing else: 11月26日巡查情况."""


def look_of(line: str) -> str | None:
    """The day a line over others says they were found on, 11月26日巡查情况; empty where it names a look and no day."""
    found = _LOOK.match(line.strip())
    return (found[1] or "") if found else None


_HEADS = frozenset(
    [
        "序号",
        "编号",
        "日期",
        "时间",
        "检查时间",
        "检查日期",
        "责任区",
        "区域",
        "地点",
        "位置",
        "点位",
        "地址",
        "问题",
        "存在问题",
        "问题描述",
        "情况",
        "类别",
        "单位",
        "责任单位",
        "责任人",
        "要求",
        "整改要求",
        "时限",
        "整改时限",
        "期限",
        "备注",
    ]
)


def is_chatter(line: str) -> bool:
    """Whether a line of a chat reports nothing: a greeting, or the heads of a table that was pasted."""
    words = line.split()
    return _CHATTER.fullmatch(line.strip()) is not None or (len(words) > 1 and set(words) <= _HEADS)


_CODED = re.compile(r"([A-Za-z]{1,3})\d{1,4}")


def letters_of(code: str) -> str:
    """The letters a code begins with, Z of z12; nothing of what is written otherwise."""
    found = _CODED.fullmatch(code)
    return found[1].upper() if found else ""


_ASKED = re.compile(r"^(?:@|请|交?由|责成|责令|要求|通知)")
_BETWEEN = re.compile(
    r"^(?:于|在|须|需|务必|应|限期?|负责|牵头|抓紧|尽快|及时|(?:整改|完成)?(?:时限|期限)[:：]?)+"
)
_DOES = re.compile(
    r"(?:去|来)?(?:处理|整改|清理|清运|解决|落实|办理|负责|处置|修复|拆除)*(?:一下|掉|到位|完毕)?"
)
LABEL = re.compile(r"(?:^|(?<=\s))(?:责任|牵头|整改|主办|承办)?(?:单位|部门|时限|期限)[:：]\s*")
"""What a word that says who or by when may begin with: 责任单位：."""
_LONGEST_NAME = 12


def who_and_when(piece: str, unit: Callable[[str], bool], due: Callable[[str], bool]) -> list[str]:
    """A piece that says in one breath who does it, and by when: 请城管中队于12月1日前整改; nothing where it does not."""
    bare = _ASKED.sub("", LABEL.sub("", piece.strip("。. ")))
    for end in range(min(len(bare), _LONGEST_NAME), 1, -1):
        if not unit(bare[:end]):
            continue
        end = _end_of_names(bare, end, unit)
        rest = _BETWEEN.sub("", bare[end:])
        if _DOES.fullmatch(rest):
            return [bare[:end]]
        if due(rest):
            return [bare[:end], rest]
    return []


def _end_of_names(text: str, end: int, unit: Callable[[str], bool]) -> int:
    """Where the names of units end of which the first ends at a place: 供电所、电信公司3月31日前."""
    while text[end : end + 1] == "、":
        begin = end + 1
        ends = range(min(len(text), begin + _LONGEST_NAME), begin + 1, -1)
        further = next((at for at in ends if unit(text[begin:at])), None)
        if further is None:
            break
        end = further
    return end


def cut_off(line: str, told: Callable[[str], list[str]]) -> tuple[str, list[str]]:
    """A line without what its last pieces say of who and by when, and these as words; what it is about stays."""
    words: list[str] = []
    inside = _IN_BRACKETS.search(line)
    if inside:
        found = [told(part) for part in _COMMAS.split(inside[1]) if part.strip()]
        if found and all(found):
            line, words = line[: inside.start()], [word for each in found for word in each]
    for comma in reversed(list(_PIECES.finditer(line))):
        found_here = told(line[comma.end() :])
        if not found_here:
            break
        line, words = line[: comma.start()], [*found_here, *words]
    return line.rstrip("，,；;。 —-") if words else line, words


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


SHORTEST_LEFT_OUT = 3
"""Characters of a word that may be a name with some left out."""


def ends_with(name: str, key: str) -> bool:
    """Whether a name ends with a word."""
    return name.endswith(key)


def shortened(name: str, key: str) -> bool:
    """Whether a word is a name with characters left out, such as 滨河一段 of 滨河路一段."""
    if len(key) < SHORTEST_LEFT_OUT or name[:1] != key[:1] or name[-1:] != key[-1:]:
        return False
    rest = iter(name)
    return all(char in rest for char in key)


def street(zone: Zone) -> str:
    """What the bounds of a zone begin with: 桂花街东段，东起…."""
    return re.split("[，,；;。 ]", zone.scope)[0]
