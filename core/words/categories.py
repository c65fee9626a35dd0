"""The nine categories of problems and their usual 小类 (docs/domain.md 6)."""

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
