"""Where it is: zones as people write them, and the place at the head of a text, where somebody wrote place and
problem as one (docs/domain.md 8)."""

import re
from collections.abc import Iterable

from core.model import Zone
from core.patterns import later
from core.words.directory import nearest
from core.words.text import key_of

_ENDS = (
    "街|路|巷|弄|村|组|社区|小区|段|桥|广场|市场|学校|小学|中学|幼儿园|车站|客运站|站|河|沟|渠|公园|医院|卫生院|院|店|楼|园|厂|场|所"
    "|路口|门口|口|大道|大街|湾|坝|坡|岭|码头|公厕|超市|菜场|饭店|餐馆|宾馆|栋|单元|号"
)
_BEHIND = (
    "(?:[东西南北中上下前后左右]+(?:段|侧|边|面|头|口|端)?|路口|门口|门前|入口|出口|旁|旁边|附近|对面|两侧|周边|沿线|内|外|背后|后面"
    "|前面|处|段|墙外|围墙外|门外|院内|[0-9]+号)*"
)
_HEAD = later(rf"^.{{1,16}}?(?:{_ENDS}){_BEHIND}")
LONGEST = 24
"""Characters of a place that is read out of a text."""


def place_of(text: str) -> str:
    """The place a text begins with; empty where it begins with none."""
    head = re.split(r"[，,。；;：:！!\n]", text.strip(), maxsplit=1)[0]
    found = _HEAD.match(head)
    return found.group() if found and len(found.group()) <= LONGEST else ""


def zone_at_head(place: str, zones: Iterable[Zone]) -> Zone | None:
    """The one zone in use whose name a place begins with, the longest of several."""
    key = key_of(place)
    found = [z for z in zones if z.active and len(z.name) > 1 and key.startswith(key_of(z.name))]
    return max(found, key=lambda zone: len(key_of(zone.name)), default=None)


_BRACKETED = later(r"[（(][^（）()]*[)）]")
_AREA = later(r"(?<=.)(?:责任区域?|(?<!城)[片辖]区|网格|路段|区域)$")


def bare_area(name: str) -> str:
    """The name of a zone without what it is: 东街责任区 is 东街."""
    return _AREA.sub("", name.strip())


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
                    for both in (zone.code + zone.name, zone.name + zone.code):
                        self._keys.setdefault(key_of(both), {})[zone.id] = None
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

    def find_shortened(self, text: str) -> int | None:
        """The one zone a name stands for without what stands in brackets behind it."""
        bare = _BRACKETED.sub("", text)
        return self.find(bare) if key_of(bare) != key_of(text) else None

    def find(self, text: str) -> int | None:
        """The one zone a code or a name stands for."""
        if text not in self._found:
            found = self._keys.get(key_of(text)) or self._keys.get(key_of(bare_area(text)), {})
            self._found[text] = next(iter(found)) if len(found) == 1 else None
        return self._found[text]
