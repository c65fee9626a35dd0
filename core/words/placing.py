"""The place at the head of a text: where somebody wrote place and problem as one (docs/domain.md 8)."""

import re
from collections.abc import Iterable

from core.model import Zone
from core.words.text import key_of

_ENDS = (
    "街|路|巷|弄|村|组|社区|小区|段|桥|广场|市场|学校|小学|中学|幼儿园|车站|客运站|站|河|沟|渠|公园|医院|卫生院|院|店|楼|园|厂|场|所"
    "|路口|门口|口|大道|大街|湾|坝|坡|岭|码头|公厕|超市|菜场|饭店|餐馆|宾馆|栋|单元|号"
)
_BEHIND = (
    "(?:[东西南北中上下前后左右]+(?:段|侧|边|面|头|口|端)?|路口|门口|门前|入口|出口|旁|旁边|附近|对面|两侧|周边|沿线|内|外|背后|后面"
    "|前面|处|段|墙外|围墙外|门外|院内|[0-9]+号)*"
)
_HEAD = re.compile(rf"^.{{1,16}}?(?:{_ENDS}){_BEHIND}")
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
