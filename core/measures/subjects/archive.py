"""迎检档案: the points of the standard by chapter (docs/year.md 6)."""

from datetime import date

from core.calendar.periods import Stretch
from core.errors import RuleError
from core.measures.counted import Counted, Question, TraceLine, count
from core.measures.subjects import standard_points
from core.measures.subjects.standard_points import Point, duty, figure, logs, problems
from core.town.town import Town
from core.words.dates import FIRST_YEAR, LAST_YEAR

CHAPTERS = {
    1: "爱国卫生组织管理",
    2: "健康教育和健康促进",
    3: "市容环境卫生",
    4: "生态环境",
    5: "重点场所卫生",
    6: "食品和生活饮用水安全",
    7: "疾病防控与医疗卫生服务",
}
OLD8 = {
    **{n: name for n, name in CHAPTERS.items() if n != 7},
    7: "传染病防治",
    8: "病媒生物预防控制",
}

POINTS: tuple[Point, ...] = (
    Point("1.1", "机构制度", logs("制度文件", 1), "制度文件"),
    Point("1.2", "计划总结", standard_points.plans),
    Point("1.3", "会议", logs("会议", 2), "会议"),
    Point("1.4", "经费", figure("C01")),
    Point("1.5", "督查", standard_points.papers),
    Point("1.6", "责任书", standard_points.pledges),
    Point("1.7", "满意度", figure("F01")),
    Point("2.1", "宣传栏", duty("宣传栏")),
    Point("2.2", "讲座培训", logs("讲座 培训", 4), "讲座"),
    Point("2.3", "宣传资料", figure("B01")),
    Point("2.4", "控烟", logs("控烟", 1), "控烟"),
    Point("2.5", "知晓率", figure("B08")),
    Point("3.1", "整改台账", problems(3)),
    Point("3.2", "门前三包", standard_points.shops),
    Point("3.3", "保洁考核", duty("保洁员考核")),
    Point("3.4", "大扫除", logs("大扫除", 12), "大扫除"),
    Point("3.5", "设施建设", standard_points.funds),
    Point("4.1", "整改台账", problems(4)),
    Point("4.2", "节能治污", logs("节能治污", 1), "节能治污"),
    Point("5.1", "整改台账", problems(5)),
    Point("5.2", "场所检查", logs("场所检查", 2), "场所检查"),
    Point("6.1", "整改台账", problems(6)),
    Point("6.2", "健康检查", duty("健康检查")),
    Point("6.3", "食品检查", logs("食品检查", 2), "食品检查"),
    Point("7.1", "整改台账", problems(7)),
    Point("7.2", "除四害方案", logs("制度文件", 1, 7), "制度文件"),
    Point("7.3", "除四害行动", standard_points.campaigns),
    Point("7.4", "密度监测", standard_points.densities),
    Point("7.5", "消杀", logs("消杀", 2), "消杀"),
)
"""What the standard of towns asks for; the numbers of points are ours."""


def points_of(town: Town) -> tuple[Point, ...]:
    """The points as the office has them: of the older eight chapters, 病媒生物 is the eighth."""
    if town.settings.archive_points != "old8":
        return POINTS
    pests = ("7.2", "7.3", "7.4", "7.5")
    moved = {code: f"8.{n}" for n, code in enumerate(pests, 1)}
    return tuple(Point(moved.get(p.code, p.code), p.name, p.asks, p.kind) for p in POINTS)


def chapters_of(town: Town) -> dict[int, str]:
    """The chapters by number."""
    return OLD8 if town.settings.archive_points == "old8" else CHAPTERS


def year_of(year: int, today: date) -> Stretch:
    """A year as far as today. Raises `RuleError("bad_period")`."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleError("bad_period", value=str(year))
    last = date(year, 12, 31)
    return Stretch(date(year, 1, 1), min(last, today), str(year), f"{year}年", last < today, today)


def missing(asked: Question) -> Counted:
    """档案.缺项: points of the year that have nothing or not enough."""
    return count(
        TraceLine(point.code, value=found.held.value)
        for point in points_of(asked.town)
        if not (found := point.asks(asked)).enough
    )
