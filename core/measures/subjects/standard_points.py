"""What points of the standard ask for in a year, and what there is of it (docs/year.md 6)."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from core.calendar.periods import Stretch
from core.measures.counted import Counted, Question
from core.measures.indicators import FUNDING, indicator, indicators, number_of
from core.measures.subjects import campaigns as of_campaigns
from core.measures.subjects import duties as of_duties
from core.measures.subjects import items as of_items
from core.measures.subjects import logs as of_logs
from core.measures.subjects import office_work as of_office
from core.measures.subjects import shops as of_shops
from core.model import (
    IN_SHORT,
    Campaign,
    Document,
    DocumentKind,
    DocumentState,
    Duty,
    Item,
    Log,
    Rule,
)
from core.stats.tabulated import unit_line
from core.town.striking import closed_at
from core.town.town import Town

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
    kind: str = "制度文件"
    """The kind of line a document that is filed under it becomes."""

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


def plans(asked: Question) -> Holding:
    """计划总结: the year's plan is done, and the summary signed."""
    plan = duty("年度计划")(asked)
    wanted = str(asked.period.year)
    signed = [
        d.number
        for d in asked.town.all(Document)
        if d.kind == DocumentKind.SUMMARY and d.holds and d.period == wanted
    ]
    lacking = "、".join(
        name for name, there in (("年度计划", plan.enough), ("年度总结", bool(signed))) if not there
    )
    return Holding(
        (*plan.records, *signed), plan.enough and bool(signed), f"缺{lacking}" * bool(lacking)
    )


def papers(asked: Question) -> Holding:
    """督查: any paper signed in the year."""
    held = [
        d.number
        for d in asked.town.all(Document)
        if d.active
        and d.kind in IN_SHORT.values()
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


def pledges(asked: Question) -> Holding:
    held = of_office.pledges_of(asked.town, asked.period)
    owing = owing_pledges(asked.town, asked.period)
    short = f"未签{len(owing)}个单位" if owing else ""
    return Holding(tuple(p.label for p in held), bool(held) and not owing, short)


def problems(chapter: int) -> Asks:
    """整改台账: problems of a chapter found in the year, what is struck off with photos before and after."""

    def asks(asked: Question) -> Holding:
        held = _by_chapter(asked).get(chapter, [])
        struck = (i for i in held if closed_at(i, asked.day, asked.town))
        bare = [i for i in struck if not shown_twice(i, asked.town)]
        short = f"{len(bare)}件缺前后照片" if bare else ""
        return Holding(tuple(i.label for i in held), bool(held) and not bare, short)

    return asks


def _by_chapter(asked: Question) -> dict[int | None, list[Item]]:
    """Problems of a stretch by their chapter."""

    def find() -> dict[int | None, list[Item]]:
        chapters = chapters_of_rules(asked.town)
        found: dict[int | None, list[Item]] = {}
        for item in of_items.found_in(asked):
            found.setdefault(chapter_of(item, chapters), []).append(item)
        return found

    return asked.once(find, "chapters", asked.period.first, asked.period.last)


def shown_twice(item: Item, town: Town) -> bool:
    """Whether photos show it before and after; of one in parts, what each unit did."""
    if item.parts:
        return all(shown_twice(part, town) for part in town.pieces_of(item))
    after = [p for a in item.assignments for f in a.feedbacks for p in f.photos]
    after += item.fix.photos if item.fix else ()
    kept = [f for f in item.files if f.shows == "after"]
    before = item.photos_before or town.whole_of(item).photos_before
    return bool(before) and bool(after or kept)


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


def shops(asked: Question) -> Holding:
    held = of_shops.valid(asked)
    return Holding(tuple(s.label for s in held), bool(held))


def funds(asked: Question) -> Holding:
    """设施建设: what was reported of any indicator of the group."""
    held = [i for i in indicators(asked.town) if i.code.upper().startswith(FUNDING)]
    told = [number for each in held if (number := number_of(asked, each)).value]
    refs = dict.fromkeys(line.ref for number in told for line in number.lines)
    return Holding(tuple(sorted(refs)), bool(told))


def campaigns(asked: Question) -> Holding:
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


def densities(asked: Question) -> Holding:
    held = of_campaigns.campaigns_in(asked)
    told = [c for c in held if c.densities]
    whole = bool(held) and all(not list(of_campaigns.uncounted(c)) for c in held)
    return Holding(tuple(c.label for c in told), whole, "" if whole else "缺前后密度")
