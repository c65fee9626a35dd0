"""Units and zones as people write them; matched exactly, never by nearness."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from core.model import Unit
from core.patterns import later
from core.words.text import key_of

NEAR = 0.65
"""How much alike two names must be before one is asked about; 城管中对 and 城管中队 are 0.75."""
_BEGINS = {3: 2, 4: 1}
"""Characters with which short names must begin alike: 市容局 is not 市监局, 广电公司 is not 供电公司."""


def nearest(text: str, keys: Collection[str]) -> str:
    """The key written most alike; empty where none is near enough to be asked about."""
    from difflib import get_close_matches  # most names are known

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
        begins = Counter(
            town.group() for unit in self.units.values() if (town := _TOWN.match(unit.name))
        )
        self._towns = tuple(town for town, units in begins.items() if units > 1)
        """What the names of units here begin with, such as 柳河镇."""
        self._short: dict[str, dict[int, None]] = {}
        """Units by their names as people say them; those are looked for last."""
        for unit in self.units.values():
            for name in unit.names:
                self._short.setdefault(self._said(name), {})[unit.id] = None

    @property
    def names(self) -> frozenset[str]:
        """Everything by which one unit is found, as `key_of` compares it."""
        said = (key for key, units in self._short.items() if len(units) == 1)
        return frozenset((*self._keys, *said))

    def near(self, text: str) -> str:
        """The name of the unit written most alike, to be asked about; empty where none is."""
        if text not in self._near:
            found = nearest(text, self._keys)
            self._near[text] = self.units[next(iter(self._keys[found]))].name if found else ""
        return self._near[text]

    def find(self, text: str) -> Unit | None:
        """The one unit a name stands for, exactly or as an alias."""
        key = key_of(text)
        found = self._keys.get(key) or self._keys.get(_OWN.sub("", key))
        found = found or self._short.get(self._said(text), {})
        return self.units[next(iter(found))] if len(found) == 1 else None

    def _said(self, name: str) -> str:
        """A name without its town, and without what its committee is called: 东街社区居委会 is 东街社区, 镇司法所 is 司法所."""
        for town in self._towns:
            name = name.removeprefix(town)
        name = _LEVEL.sub("", name)
        return _VILLAGE.sub("村", _COMMUNITY.sub("社区", key_of(name)))

    def read(self, text: str) -> Named:
        """What `read_units` makes of a cell; ledgers repeat themselves."""
        found = self._read.get(text)
        if found is None:
            whole = self.find(text)  # a name may hold what else divides names
            found = Named(whole.id) if whole is not None else read_units(text, self)
            self._read[text] = found
        return found


_LEVEL = later(r"^(?:镇|乡|县|区(?!域)|市(?![场政容民]))(?=[一-龥]{3})")
"""The level of a unit, said or not: 镇市场监管所."""
OWN = frozenset(
    [
        "本单位",
        "我单位",
        "本社区",
        "我社区",
        "社区",
        "本村",
        "我村",
        "本所",
        "我所",
        "本站",
        "我站",
        "本部门",
        "本校",
        "本街道",
        "自行整改",
        "自行",
        "自己",
    ]
)
"""What a unit calls itself in a sheet it filled in."""
_PERSON = later(
    r"[（(\s]*(?:副?(?:站长|队长|中队长|所长|主任|书记|镇长|局长|校长|院长|经理|总经理|组长|科长|负责人)|网格员|值班员)[)）]?$"
)
_TELEPHONE = later(r"[（(\s]*1[3-9]\d[\d*-]{8,10}[)）]?")
_HELPING = later(r"[（(]([^（()）]{2,15}?)(?:单位)?(配合|协助|协办)[)）]")
_WHO = later(
    r"[（(](?:[^（()）]*[1１][3-9]\d{9}[^（()）]*|(?:责任人|联系人|负责人|联系电话|电话)[:：]?[^（()）]*)[)）]"
)
"""Persons and telephones in brackets behind a name: 城管中队（责任人：某队，139…）."""
_OTHER_TOWN = later(r"^[一-龥]{2,3}(?:镇|乡|街道)(?=[一-龥]{2})")


def bare_names(text: str) -> str:
    """Names of units without persons, telephones and the name of the town: 云溪镇环卫站（站长） is 环卫站."""
    text = _WHO.sub("", _HELPING.sub(r"；\2：\1", text))
    parts = []
    for part in _HARD.split(text):
        name = _PERSON.sub("", _TELEPHONE.sub("", part.strip()))
        label, colon, rest = name.rpartition("：")
        parts.append(label + colon + _OTHER_TOWN.sub("", rest))
    return "；".join(part for part in parts if part)


_OWN = later(r"^(?:本|我)?(?:镇|乡|街道)(?=..)")
"""What people put before a unit of their own town: 镇执法队."""
_TOWN = later(r"[一-龥]{2,4}?(?:镇|乡|街道)(?=[一-龥]{2})")
_COMMUNITY = later(r"社区(?:居民委员会|居委会|居委)$")
_VILLAGE = later(r"村?村民?委(?:员)?会?$")
_TOGETHER = later(r"会同|会商|联合|协同|以及|[和与及同+＋&]")
_SPLIT = later(r"[、，,；;/\n\r|]+|\s{2,}")
_HARD = later(r"[、，,；;/|]+")
_SOFT_BREAK = later(r"\s+")
_PART = later(r"[（(]\s*(牵头|主责|主办|配合|协办|协助)(?:单位)?\s*[)）]")
_BEHIND = later(r"(牵头|主责|主办|配合|协办|协助)$|(负责|等)$")
"""A part, or a word that says nothing, behind a name without brackets."""
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
        if unit is None and (behind := _BEHIND.search(name)):
            unit = directory.find(name[: behind.start()])
            marked = behind if unit is not None and behind.group(1) else marked
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
