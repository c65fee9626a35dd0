"""Units, zones and done-words as people write them; matched exactly, never by nearness."""

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache

from msgspec import Struct

from core.model import Unit, Zone
from core.words.text import key_of, later

NEAR = 0.65
"""How much alike two names must be before one is asked about; 城管中对 and 城管中队 are 0.75."""
_BEGINS = {3: 2, 4: 1}
"""Characters with which short names must begin alike: 市容局 is not 市监局, 广电公司 is not 供电公司."""


def nearest(text: str, keys: Collection[str]) -> str:
    """The key written most alike; empty where none is near enough to be asked about."""
    key = key_of(text)
    found = get_close_matches(key, keys, 3, NEAR)
    alike = _BEGINS.get(len(key), 0 if len(key) > 2 else 2)
    found = [each for each in found if each[:alike] == key[:alike]]
    return next(iter(found), "")


class Named(Struct, frozen=True):
    """The units a cell names: one that leads, others that help, and what is not known."""

    lead: int | None = None
    co: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()


class Directory:
    """Units by every name people write for them; nothing is matched by nearness."""

    def __init__(
        self,
        units: Iterable[Unit],
        *,
        retired: bool = False,
        remembered: Mapping[str, int] | None = None,
    ) -> None:
        """`retired` units stand for a name too, where no unit in use has it; so does what was
        `remembered` of a sender, unit by `key_of` of what is written."""
        self._keys: dict[str, dict[int, None]] = {}
        self._read: dict[str, Named] = {}
        self._near: dict[str, str] = {}
        self.units: dict[int, Unit] = {}
        for in_use in (True, False) if retired else (True,):
            taken = set(self._keys)
            for unit in units:
                if unit.active == in_use:
                    self.units[unit.id] = unit
                    former = (f.name for f in unit.former)
                    for name in (*unit.names, *former):
                        if name and key_of(name) not in taken:
                            self._keys.setdefault(key_of(name), {})[unit.id] = None

        for key, known in (remembered or {}).items():
            if known in self.units:
                self._keys[key] = {known: None}

    def near(self, text: str) -> str:
        """The name of the unit written most alike, to be asked about; empty where none is."""
        if text not in self._near:
            found = nearest(text, self._keys)
            self._near[text] = self.units[next(iter(self._keys[found]))].name if found else ""
        return self._near[text]

    def find(self, text: str) -> Unit | None:
        """The one unit a name stands for, exactly or as an alias."""
        key = key_of(text)
        found = self._keys.get(key) or self._keys.get(_OWN.sub("", key), {})
        return self.units[next(iter(found))] if len(found) == 1 else None

    def read(self, text: str) -> Named:
        """What `read_units` makes of a cell; ledgers repeat themselves."""
        found = self._read.get(text)
        if found is None:
            whole = self.find(text)  # a name may hold what else divides names
            found = Named(whole.id) if whole is not None else read_units(text, self)
            self._read[text] = found
        return found


_OWN = later(r"^(?:本|我)?(?:镇|乡|街道)(?=..)")
"""What people put before a unit of their own town: 镇执法队."""
_TOGETHER = later(r"会同|会商|联合|协同|以及|[和与及同]")
_SPLIT = later(r"[、，,；;/\n\r|]+|\s{2,}")
_HARD = later(r"[、，,；;/|]+")
_SOFT_BREAK = later(r"\s+")
_PART = later(r"[（(]\s*(牵头|主责|主办|配合|协办|协助)(?:单位)?\s*[)）]")
_PREFIX = later(r"^\s*(牵头|主责|主办|责任|配合|协办|协助)(?:单位)?\s*[：:]\s*")
_LABELS = later(r"\s+(?=(?:牵头|主责|主办|配合|协办|协助)(?:单位)?\s*[：:])")
_LEADING = frozenset({"牵头", "主责", "主办", "责任"})


def read_units(text: str, directory: Directory) -> Named:
    """Several units in a cell: the one marked 牵头 leads, else the first."""
    lead: int | None = None
    named: list[int] = []
    unknown: list[str] = []
    part = ""
    led_by_unknown = False
    text = _joined_breaks(text, directory)
    for piece in _SPLIT.split(_LABELS.sub("\n", text)):
        prefix = _PREFIX.match(piece)
        if prefix:
            part = prefix.group(1)
            piece = piece[prefix.end() :]
        marked = _PART.search(piece)
        name = _PART.sub("", piece).strip()
        if not name:
            continue
        unit = directory.find(name)
        if unit is None:
            unknown.append(name)
            led_by_unknown |= marked is not None and marked.group(1) in _LEADING
            continue
        role = marked.group(1) if marked else part
        if role in _LEADING and lead is None:
            lead = unit.id
        else:
            named.append(unit.id)
        if not marked and part in _LEADING:
            part = "" if not prefix else part
    helping = role_only(text)
    taken = led_by_unknown or _first_unknown(text, unknown)
    if lead is None and named and not helping and not taken:
        lead = named.pop(0)
    return Named(lead, tuple(dict.fromkeys(u for u in named if u != lead)), tuple(unknown))


def _joined_breaks(text: str, directory: Directory) -> str:
    """A cell whose names are whole again where a line was broken within one: 城管\n中队."""
    if not _SOFT_BREAK.search(text) and not _TOGETHER.search(text):
        return text
    pieces = []
    for whole in _HARD.split(text):
        prefix = _PREFIX.match(whole)
        head, piece = (prefix.group(), whole[prefix.end() :]) if prefix else ("", whole)
        joined = _SOFT_BREAK.sub("", piece)
        known = directory.find(joined) is not None
        pieces.append(head + (joined if known else _apart(piece, directory)))
    return "、".join(pieces)


def _apart(text: str, directory: Directory) -> str:
    """Names between blanks or 会同 as names of their own, where each of them is known."""
    for mark in (_SOFT_BREAK, _TOGETHER):
        parts = [part for part in mark.split(text) if part.strip()]
        if len(parts) > 1 and all(directory.find(part) is not None for part in parts):
            return "、".join(parts)
    return text


def role_only(text: str) -> bool:
    """Whether a cell names helping units only."""
    return bool(re.match(r"\s*(配合|协办|协助)(?:单位)?\s*[：:]", text))


def _first_unknown(text: str, unknown: list[str]) -> bool:
    """Whether the unit that would lead is one nobody knows; then no other takes its place."""
    first = next((p for p in _SPLIT.split(_LABELS.sub("\n", text)) if p.strip()), "")
    return bool(unknown) and _PART.sub("", _PREFIX.sub("", first)).strip() == unknown[0]


_BRACKETED = later(r"[（(][^（）()]*[)）]")


class Gazetteer:
    """Zones by code and by name."""

    def __init__(self, zones: Iterable[Zone], *, retired: bool = False) -> None:
        """`retired` zones stand for a code or name too, where no zone in use has it."""
        self._keys: dict[str, dict[int, None]] = {}
        self._found: dict[str, int | None] = {}
        self._names: dict[str, str] = {}
        self._near: dict[str, str] = {}
        for in_use in (True, False) if retired else (True,):
            taken = set(self._keys)
            for zone in zones:
                if zone.active == in_use:
                    for name in (zone.code, zone.name, *(f.name for f in zone.former)):
                        if key_of(name) not in taken:
                            self._keys.setdefault(key_of(name), {})[zone.id] = None
                            self._names.setdefault(key_of(name), name)
            exact = set(self._keys)
            for (
                zone
            ) in zones:  # 省道沿线 stands for 省道沿线（城乡结合部）, where no zone is called so
                bare = key_of(_BRACKETED.sub("", zone.name))
                if zone.active == in_use and bare and bare not in exact:
                    self._keys.setdefault(bare, {})[zone.id] = None
                    self._names.setdefault(bare, zone.name)

    def near(self, text: str) -> str:
        """The code or name written most alike, to be asked about; empty where none is."""
        if text not in self._near:
            found = nearest(text, self._names)
            self._near[text] = self._names[found] if found else ""
        return self._near[text]

    def find(self, text: str) -> int | None:
        """The one zone a code or a name stands for."""
        if text not in self._found:
            found = self._keys.get(key_of(text), {})
            self._found[text] = next(iter(found)) if len(found) == 1 else None
        return self._found[text]


DONE, IN_PROGRESS, NOT_DONE = "done", "in_progress", "not_done"

_NOT_DONE = later(
    r"(否|[×✗xX]|没有?|没.*完|未.*|尚未.*|待整改|待处理|待办|没整改|没动|开放|open|no|n|false)$",
    re.IGNORECASE,
)
_IN_PROGRESS = later(
    r".*(正在|整改中|部分|基本|推进中|进行中|大部|处理中|办理中|施工中|清理中|落实中|协调中)|在办$"
)
_VERBS = (
    "整改|完成|办结|办毕|处理|处置|解决|落实|清理|清运|清除|清扫|清洗|清掏|打扫|修复|修补|修好|维修|更换|拆除|规范|撤除|搬离"
    "|搬走|拖离|拖走|清走|移走|补齐|补种|疏通|覆盖|取缔|劝离|平整|粉刷|张贴|安装|整治|整理|恢复|关闭|闭环|结案|归档|销号|销案|销账|销|填埋|消杀"
    "|冲洗|加固|硬化|迁移|封堵|签订|上墙|公示|张贴|转移|清零|撤离|归位|摆放整齐"
)
_DONE = later(
    rf"(?:是|[√✓✔]|ok|改了|(?:已于?|已经?|均已|全部|都已)?(?:{_VERBS})+(?:到位|完成|完毕|结束|好|干净|了|完|整齐)?了?|(?:已经?|均已|全部)(?:到位|完)"
    r"|已办理|整改到位|到位|完毕|待复查|awaiting|closed|done|y|yes|true)$",
    re.IGNORECASE,
)
_WHEN = later(
    r"[（(]?(?:(?:20)?\d{2}[年./-])?(?:\d{1,2}[月./-]\d{1,2}[日号]?|\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?)[)）]?"
    r"|昨天|昨日|今天|今日|前天|当天|当日|上午|下午|上周[一二三四五六日天]?"
)
"""A day said beside a word of progress."""
_MARKS = later(r"[\s。.！!；;，,]+")


_BUT = later(r"反弹|回潮|复发|又|再次|未|没|不|部分|正在|尚|待|还|除|拟|将|计划|预计")
"""Words by which something done is not all of it."""
_PIECES = later(r"[，,。；;！!\n]")


def said_on(text: str) -> str:
    """The day written beside a word of progress, such as 11.26 of 已整改 11.26; empty where there is none."""
    found = _WHEN.search(text)
    return found.group().strip("（()）") if found else ""


CLOSED_WORDS = frozenset(
    {"已销号", "销号", "已销案", "销案", "已销账", "closed", "已结案", "已关闭", "关闭", "已闭环"}
)
"""States of a ledger that moves in by which an item is closed."""


@lru_cache(4096)
def claim_of(text: str) -> str | None:
    """What a ledger claims of its own progress; None where it says nothing certain.

    A claim is never a closing: 已销号 in somebody's sheet is 待复查 here.
    """
    word = _MARKS.sub("", text)
    if not word:
        return None
    if _NOT_DONE.match(word):
        return NOT_DONE
    if word == "整改":
        return None
    bare = _MARKS.sub("", _WHEN.sub("", text))
    if bare and _DONE.match(bare):
        return DONE
    if _IN_PROGRESS.match(word):
        return IN_PROGRESS
    first, *rest = (part.strip() for part in _PIECES.split(text.strip()) if part.strip())
    if (
        rest
        and _DONE.match(_MARKS.sub("", _WHEN.sub("", first)))
        and not _BUT.search("".join(rest))
    ):
        return DONE
    return None
