"""The nine categories of problems and their usual 小类 (docs/domain.md 6)."""

from typing import NamedTuple

from core.patterns import later
from core.words.text import key_of

OTHER = "其他"

CATEGORIES: dict[str, tuple[str, ...]] = {
    "市容环境": (
        "暴露垃圾",
        "卫生死角",
        "乱贴乱画",
        "乱堆乱放",
        "沿街晾挂",
        "乱搭乱建",
        "公厕管理",
        "户外广告",
        "绿化带脏乱",
        "家禽散养",
    ),
    "占道经营": (
        "店外经营",
        "流动摊贩",
        "骑门摊",
        "占道加工",
        "马路市场",
        "占道促销",
        "废品占道收购",
    ),
    "集贸市场": (
        "划行归市",
        "活禽区管理",
        "下水不畅",
        "环境卫生",
        "证照公示",
        "检测公示",
        "市场改造",
    ),
    "交通秩序": ("车辆乱停", "非机动车乱停", "脏车进镇", "僵尸车", "标线磨损", "占用消防通道"),
    "饮食卫生": ("三防设施", "前厨后厅", "健康证", "餐具消毒", "油烟扰民", "学校食堂", "二次供水"),
    "基础设施": (
        "路面破损",
        "井盖缺损",
        "路灯不亮",
        "线缆杂乱",
        "排水管网",
        "垃圾收集设施",
        "健身设施",
        "公厕不足",
    ),
    "病媒生物": ("鼠迹", "毒饵站缺损", "蚊虫孳生", "蝇类密度", "蟑螂", "投药漏户"),
    "环境保护": ("水体漂浮物", "污水直排", "焚烧垃圾", "工地扬尘", "噪声扰民"),
    "宣传": ("宣传栏陈旧", "控烟标识", "资料档案", "知晓率低"),
}


def subcategories(category: str) -> tuple[str, ...]:
    """The 小类 of a category, 其他 last; empty for a word that is no category."""
    return (*CATEGORIES[category], OTHER) if category in CATEGORIES else ()


def category_of(subcategory: str) -> str:
    """The category a 小类 belongs to, or an empty string."""
    return next((c for c, subs in CATEGORIES.items() if subcategory in subs), "")


class Sorted(NamedTuple):
    """What a cell says of the kind of a problem."""

    category: str = ""
    """One of the nine; empty where none is named."""
    subcategory: str = ""
    exact: bool = True
    """Whether the category itself is named; else it follows from its 小类, or is written short."""


_COUNTED = later(r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．]\s*")
_PATH = later(r"[/\\|>＞→－—-]+")
"""What stands between a category and its 小类: 市容环境/暴露垃圾."""
_ENDING = later(r"(?:类|类问题|方面|问题)$")
_GENERAL = frozenset({"环境卫生"})
"""小类 that mean something else where they stand for a category."""


def sorted_by(text: str) -> Sorted:
    """The category and the 小类 a cell names, however it is spaced, counted and divided."""
    parts = [part for part in _PATH.split(_COUNTED.sub("", text)) if key_of(part)]
    keys = [_ENDING.sub("", key_of(part)) for part in parts]
    names = {key_of(name): name for name in CATEGORIES}
    for at, (part, key) in enumerate(zip(parts, keys, strict=True)):
        found = names.get(key) or names.get(key_of(part))
        if found is not None:
            rest = [other.strip() for other in (*parts[:at], *parts[at + 1 :])]
            return Sorted(found, "-".join(rest))
    if len(parts) != 1:
        return Sorted()
    if parts[0].strip() not in _GENERAL and (above := category_of(parts[0].strip())):
        return Sorted(above, parts[0].strip(), exact=False)
    key = keys[0]
    like = [k for k in names if len(key) > 1 and (k.startswith(key) or k in key)]
    begun = len(like) == 1 and (like[0].startswith(key) or key.startswith(like[0]))
    return Sorted(names[like[0]], exact=False) if begun else Sorted()
