"""迎检档案: what each point of the standard asks for in a year, and what there is (docs/year.md 6)."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.calendar.periods import Stretch
from core.measures import of_campaigns, of_duties, of_items, of_logs, of_office, of_shops
from core.measures.counted import Counted, Question, TraceLine, count
from core.measures.indicators import indicator, number_of, of_group
from core.model import (
    SIGNED,
    Campaign,
    Document,
    DocumentKind,
    DocumentState,
    Duty,
    Item,
    Log,
    Rule,
)
from core.stats.cells import unit_line
from core.town.town import Town

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
PLEDGING = ("机关站所", "村居")
"""Kinds of units that owe a pledge."""


class Held(StrEnum):
    """What there is for a point."""

    WHOLE = "有"
    SHORT = "不全"
    NONE = "缺"


class Holding(Struct, frozen=True):
    """What there is: the records, whether they are enough, and what is missing of them."""

    records: tuple[str, ...] = ()
    enough: bool = False
    lacking: str = ""

    @property
    def held(self) -> Held:
        """有, 不全 or 缺."""
        if self.enough:
            return Held.WHOLE
        return Held.SHORT if self.records else Held.NONE


class Point(Struct, frozen=True):
    """One point of the standard."""

    code: str
    name: str
    asks: Callable[[Question], Holding]

    @property
    def chapter(self) -> int:
        """The chapter it belongs to."""
        return int(self.code.partition(".")[0])


Asks = Callable[[Question], Holding]


def logs(kinds: str, number: int, chapter: int | None = None) -> Asks:
    """So many lines of some kinds, each with a file."""
    wanted = kinds.split()

    def asks(asked: Question) -> Holding:
        held = [
            log
            for kind in wanted
            for log in of_logs.lines_of(asked, kind)
            if log.stands and not log.excused and _filed(log, chapter)
        ]
        proved = sum(bool(log.files) for log in held)
        short = "" if proved >= number else f"有佐证{proved}，应有{number}"
        return Holding(tuple(log.label for log in held), proved >= number, short)

    return asks


def _filed(log: Log, chapter: int | None) -> bool:
    """Whether a line belongs to a point: a document of another chapter is that chapter's."""
    if chapter is not None:
        return log.chapter == chapter
    return log.kind != "制度文件" or log.chapter in (None, 1)


def figure(code: str) -> Asks:
    """An indicator with a number: the record is enough."""

    def asks(asked: Question) -> Holding:
        held = indicator(asked.town, code)
        counted = number_of(asked, held) if held else Counted()
        return Holding(tuple(line.ref for line in counted.lines), counted.value is not None)

    return asks


def duty(kind: str) -> Asks:
    """A duty of a kind, whatever fell due of it done."""

    def asks(asked: Question) -> Holding:
        held = [d for d in asked.town.all(Duty) if of_duties.kept(d) and kind in (d.kind, d.name)]
        due = [
            each
            for d in held
            for each in of_duties.standing(
                asked.town, asked.period.first, asked.day, asked.period.known, d.label
            )
            if each.counts
        ]
        done = [each for each in due if each.done]
        short = "" if len(done) == len(due) else f"完成{len(done)}，应办{len(due)}"
        refs = tuple(each.done.label for each in done if each.done)
        return Holding(refs, bool(due) and len(done) == len(due), short)

    return asks


def _plans(asked: Question) -> Holding:
    """计划总结: the year's plan is done, and the summary signed."""
    plan = duty("年度计划")(asked)
    wanted = str(asked.period.year)
    signed = [
        d.number
        for d in asked.town.all(Document)
        if d.kind == DocumentKind.SUMMARY and d.state in SIGNED and d.period == wanted
    ]
    lacking = "、".join(
        name for name, there in (("年度计划", plan.enough), ("年度总结", bool(signed))) if not there
    )
    return Holding(
        (*plan.records, *signed), plan.enough and bool(signed), f"缺{lacking}" * bool(lacking)
    )


def _papers(asked: Question) -> Holding:
    """督查: any paper signed in the year."""
    held = [
        d.number
        for d in asked.town.all(Document)
        if d.active
        and d.kind in of_office.PAPERS.values()
        and d.signed_on in asked.period
        and d.state != DocumentState.WITHDRAWN
    ]
    return Holding(tuple(held), bool(held))


def owing_pledges(town: Town, period: Stretch) -> list[int]:
    """Units that owe a pledge for the year and have none."""
    signed = {unit_line(town, p.unit, period.last) for p in of_office.pledges_of(town, period)}
    return [
        u.id for u in town.units.values() if u.active and u.kind in PLEDGING and u.id not in signed
    ]


def _pledges(asked: Question) -> Holding:
    held = of_office.pledges_of(asked.town, asked.period)
    owing = owing_pledges(asked.town, asked.period)
    short = f"未签{len(owing)}个单位" if owing else ""
    return Holding(tuple(p.label for p in held), bool(held) and not owing, short)


def problems(chapter: int) -> Asks:
    """整改台账: problems of a chapter found in the year, what is struck off with photos before and after."""

    def asks(asked: Question) -> Holding:
        chapters = chapters_of_rules(asked.town)
        held = [
            item
            for item in asked.town.items.values()
            if of_items.numbered(item)
            and of_items.found_on(item) in asked.period
            and item.state not in of_items._GONE
            and chapter_of(item, chapters) == chapter
        ]
        bare = [i for i in held if of_items.closed_at(i, asked.day) and not shown_twice(i)]
        short = f"{len(bare)}件缺前后照片" if bare else ""
        return Holding(tuple(i.label for i in held), bool(held) and not bare, short)

    return asks


def shown_twice(item: Item) -> bool:
    """Whether photos show it before and after."""
    after = [p for a in item.assignments for f in a.feedbacks for p in f.photos]
    after += item.fix.photos if item.fix else ()
    kept = [f for f in item.files if f.shows == "after"]
    return bool(item.photos_before) and bool(after or kept)


def chapters_of_rules(town: Town) -> dict[tuple[str, str], int]:
    """The chapter of each kind of problem, by the rules in use."""
    return {
        (r.category, r.subcategory): r.chapter
        for r in town.all(Rule)
        if r.active and r.chapter is not None
    }


def chapter_of(item: Item, chapters: dict[tuple[str, str], int]) -> int | None:
    """The chapter a problem belongs to: that of its kind, else the one most of its category have."""
    found = chapters.get((item.category, item.subcategory))
    if found is None:
        several = [n for (category, _sub), n in chapters.items() if category == item.category]
        found = max(sorted(set(several)), key=several.count, default=None)
    return found


def _shops(asked: Question) -> Holding:
    held = of_shops.valid(asked)
    return Holding(tuple(s.label for s in held), bool(held))


def _funds(asked: Question) -> Holding:
    counted = of_group(asked, "C")
    return Holding(tuple(line.ref for line in counted.lines), bool(counted.listed))


def _campaigns(asked: Question) -> Holding:
    """两次行动 without gaps."""
    held = of_campaigns.campaigns_in(asked)
    whole = [c for c in held if _gapless(asked.town, c)]
    short = "" if len(whole) >= 2 else f"无漏项{len(whole)}次，应有2次"
    return Holding(tuple(c.label for c in held), len(whole) >= 2, short)


def _gapless(town: Town, campaign: Campaign) -> bool:
    ticked = {t.name for t in campaign.unified if t.on is not None}
    return (
        set(of_campaigns.unified_of(town)) <= ticked
        and not any(True for cover in campaign.covers for _ in of_campaigns.short(cover))
        and bool(campaign.covers)
        and all(d.reg_no for d in campaign.drugs)
        and not any(True for _ in of_campaigns.uncounted(campaign))
    )


def _densities(asked: Question) -> Holding:
    held = of_campaigns.campaigns_in(asked)
    told = [c for c in held if c.densities]
    whole = bool(held) and all(not list(of_campaigns.uncounted(c)) for c in held)
    return Holding(tuple(c.label for c in told), whole, "" if whole else "缺前后密度")


POINTS: tuple[Point, ...] = (
    Point("1.1", "机构制度", logs("制度文件", 1)),
    Point("1.2", "计划总结", _plans),
    Point("1.3", "会议", logs("会议", 2)),
    Point("1.4", "经费", figure("C01")),
    Point("1.5", "督查", _papers),
    Point("1.6", "责任书", _pledges),
    Point("1.7", "满意度", figure("F01")),
    Point("2.1", "宣传栏", duty("宣传栏")),
    Point("2.2", "讲座培训", logs("讲座 培训", 4)),
    Point("2.3", "宣传资料", figure("B01")),
    Point("2.4", "控烟", logs("控烟", 1)),
    Point("2.5", "知晓率", figure("B08")),
    Point("3.1", "整改台账", problems(3)),
    Point("3.2", "门前三包", _shops),
    Point("3.3", "保洁考核", duty("保洁员考核")),
    Point("3.4", "大扫除", logs("大扫除", 12)),
    Point("3.5", "设施建设", _funds),
    Point("4.1", "整改台账", problems(4)),
    Point("4.2", "节能治污", logs("节能治污", 1)),
    Point("5.1", "整改台账", problems(5)),
    Point("5.2", "场所检查", logs("场所检查", 2)),
    Point("6.1", "整改台账", problems(6)),
    Point("6.2", "健康检查", duty("健康检查")),
    Point("6.3", "食品检查", logs("食品检查", 2)),
    Point("7.1", "整改台账", problems(7)),
    Point("7.2", "除四害方案", logs("制度文件", 1, 7)),
    Point("7.3", "除四害行动", _campaigns),
    Point("7.4", "密度监测", _densities),
    Point("7.5", "消杀", logs("消杀", 2)),
)
"""What the standard of towns asks for; the numbers of points are ours."""


def points_of(town: Town) -> tuple[Point, ...]:
    """The points as the office has them: of the older eight chapters, 病媒生物 is the eighth."""
    if town.settings.archive_points != "old8":
        return POINTS
    pests = ("7.2", "7.3", "7.4", "7.5")
    moved = {code: f"8.{n}" for n, code in enumerate(pests, 1)}
    return tuple(Point(moved.get(p.code, p.code), p.name, p.asks) for p in POINTS)


def chapters_of(town: Town) -> dict[int, str]:
    """The chapters by number."""
    return OLD8 if town.settings.archive_points == "old8" else CHAPTERS


def year_of(year: int, today: date) -> Stretch:
    """A year as far as today."""
    last = date(year, 12, 31)
    return Stretch(date(year, 1, 1), min(last, today), str(year), f"{year}年", last < today, today)


def missing(asked: Question) -> Counted:
    """档案.缺项: points of the year that have nothing or not enough."""
    return count(
        TraceLine(point.code, value=found.held.value)
        for point in points_of(asked.town)
        if not (found := point.asks(asked)).enough
    )
