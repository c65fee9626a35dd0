"""What a new store counts the year in, and the duties an office usually has: data (docs/year.md 3).

Codes are for good: what an office no longer counts is retired, never renamed.
"""

from collections.abc import Collection
from typing import Any

from core.model import Cycle, Indicator

_ROWS = """
A01|清理垃圾|吨
A02|清理垃圾|方
A03|清理卫生死角|处
A04|拆除违规广告|处
A05|清理破损标语|条
A06|清除牛皮癣|条
A07|取缔占道经营|起
A08|拆除违建|处
A09|修复残墙断壁|处
A10|清理乱搭乱建|处
A11|更换门店牌匾|块
A12|清理杂物|吨
A13|整治道路街道|条
A14|整治道路街道|公里
A15|整治河道|米
A16|整理路肩|米
A17|清理农杂船|条
A18|清扫面积|㎡
A19|出动人员|人次
A20|出动机械车辆|台次
A21|粉刷墙面|㎡
B01|宣传资料|份
B02|横幅标语|条
B03|宣传栏板报|期
B08|健康知识知晓率|%|last
C01|投入资金|万元
C02|新建公厕|座
C03|新增垃圾箱桶|个
C04|垃圾清运车|辆
C05|路灯|盏
C06|硬化道路|公里
C07|硬化道路|㎡
C08|绿化|㎡
C09|栽植树木|株
C10|活动广场|个
C11|停车场|处
C12|垃圾池|个
C13|手推车|辆
C14|信息栏|块
C15|花池|口
C16|植树造林|亩
C17|健身工程|个
C18|保洁人员|名|last
C19|维修|户次
D01|三包责任书|份|sum|shops.letters
D02|健康检查|人次
D03|健康证办证率|%|last
D04|食品场所检查|户次
D05|查处污染行为|起
D06|督促淘汰整改企业|家
D07|免费开放场馆|人次|sum||万
E01|投药|kg|sum|campaign.kg
F01|群众满意度|%|last
F02|按期整改率|%|sum|items.timely
"""
"""Code, name, unit; and where they are not a plain sum of figures: kind, the measure that counts it, scale."""

_CATEGORY = {
    "A07": "占道经营",
    **dict.fromkeys(("A13", "A14", "A16"), "基础设施"),
    **dict.fromkeys(("A15", "A17", "D05", "D06"), "环境保护"),
    **dict.fromkeys(("D02", "D03", "D04"), "饮食卫生"),
}
"""The category of problems each belongs to; the rest of A belong to 市容环境, other groups to none."""


def _category(code: str) -> str:
    return _CATEGORY.get(code, "市容环境" if code.startswith("A") else "")


def default_indicators() -> list[Indicator]:
    """The catalogue, numbered from 1."""
    found = []
    for number, row in enumerate(_ROWS.split(), 1):
        code, name, unit, kind, counts, scale = (row.split("|") + [""] * 3)[:6]
        found.append(
            Indicator(
                id=number,
                code=code,
                name=name,
                unit=unit,
                category=_category(code),
                kind=kind or "sum",
                counts=counts,
                scale=scale,
            )
        )
    return found


_DUTIES = (
    ("每日巡查", "巡查", Cycle.WORKDAY, "", False, 3),
    ("周末大扫除", "大扫除", Cycle.WEEK, "7", False, 3),
    ("餐饮从业人员健康检查", "健康检查", Cycle.MONTH, "25", True, 6),
    ("保洁员考核", "考核奖惩", Cycle.MONTH, "last", False, 3),
    ("设备维保", "维修保养", Cycle.QUARTER, "", False, 3),
    ("宣传栏更新", "宣传栏", Cycle.QUARTER, "", False, 2),
    ("年度计划", "制度文件", Cycle.YEAR, "02-28", False, 1),
    ("爱国卫生月", "宣传活动", Cycle.YEAR, "04-30", False, 1),
    ("控烟宣传", "控烟", Cycle.YEAR, "05-31", False, 2),
    ("年终总结", "制度文件", Cycle.YEAR, "12-31", False, 1),
)


def default_duties(known: Collection[str] = ()) -> list[dict[str, Any]]:
    """Fields of the usual duties, but of those whose names are known."""
    return [
        {
            "name": name,
            "kind": kind,
            "chapter": chapter,
            "terms": [{"cycle": cycle, "day": day, "roll": roll}],
        }
        for name, kind, cycle, day, roll, chapter in _DUTIES
        if name not in known
    ]
