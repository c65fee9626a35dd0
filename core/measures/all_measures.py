"""Every measure, in one table (docs/year.md 4)."""

from collections.abc import Iterable

from core.measures import progress
from core.measures.counted import Joined
from core.measures.indicators import (
    FUNDING,
    PROMOTION,
    by_of,
    indicator,
    number_of,
    of_category,
    of_group,
    rest,
)
from core.measures.measure import MEASURES, Meant, Measure, find
from core.measures.subjects import (
    archive as of_archive,
)
from core.measures.subjects import (
    campaigns as of_campaigns,
)
from core.measures.subjects import (
    duties as of_duties,
)
from core.measures.subjects import (
    items as of_items,
)
from core.measures.subjects import (
    logs as of_logs,
)
from core.measures.subjects import (
    office_work as of_office,
)
from core.measures.subjects import (
    shops as of_shops,
)
from core.model import FACTS, IN_SHORT, Duty, Indicator
from core.town.town import Town
from core.words.categories import CATEGORIES


def _categories(_town: Town) -> Iterable[str]:
    return CATEGORIES


def _campaigns(town: Town) -> list[str]:
    return [campaign.label for campaign in of_campaigns.all_(town)]


def _duties(town: Town) -> list[str]:
    found = [d for d in town.all(Duty) if of_duties.kept(d)]
    return [d.label for d in found] + [d.name for d in found]


def _kinds(town: Town) -> Iterable[str]:
    return of_logs.chapters(town)


def _facts(_town: Town) -> Iterable[str]:
    return FACTS


def _items() -> Iterable[Measure]:
    for code, name, function in (
        ("found", "发现", of_items.found),
        ("cleared", "已销号", of_items.cleared),
        ("fixed", "立行立改", of_items.fixed),
        ("suspended", "挂账", of_items.suspended),
    ):
        yield Measure(
            code=f"items.{code}",
            chinese=f"问题.{name}",
            unit="个",
            function=function,
            there=of_items.there,
            of=_categories,
            free=True,
        )
    for code, name, batch in (
        ("rate", "销号率", of_items.rate),
        ("timely", "按期率", of_items.timely),
    ):
        yield Measure(
            code=f"items.{code}",
            chinese=f"问题.{name}",
            by=Joined.SHARE,
            function=batch,
            there=of_items.there,
        )
    yield Measure(
        code="items.recurring",
        chinese="问题.复发",
        unit="个",
        function=of_items.recurring,
        there=of_items.there,
        free=True,
    )


def _office() -> Iterable[Measure]:
    yield Measure(
        code="papers.signed",
        chinese="文书",
        unit="份",
        function=of_office.papers,
        there=of_office.papers_there,
        of=lambda _town: IN_SHORT,
        needs=True,
    )
    yield Measure(
        code="rounds.done",
        chinese="检查",
        unit="次",
        function=of_office.rounds,
        there=of_office.rounds_there,
        of=lambda _town: of_office.ROUNDS,
        needs=True,
    )
    yield Measure(
        code="pledges.units",
        chinese="责任书.单位",
        unit="个",
        function=of_office.pledged,
        there=of_office.pledges_there,
    )
    yield Measure(
        code="zones.fact",
        chinese="概况",
        by=Joined.SUM,
        function=of_office.profile,
        there=of_office.profile_there,
        of=_facts,
        needs=True,
        free=True,
    )


def _shops() -> Iterable[Measure]:
    for code, name, unit, by, function in (
        ("open", "商户", "户", Joined.COUNT, of_shops.open_),
        ("signed_rate", "签订率", "", Joined.SHARE, of_shops.signed_rate),
        ("letters", "份数", "份", Joined.COUNT, of_shops.letters),
        ("posted_rate", "挂牌率", "", Joined.SHARE, of_shops.posted_rate),
        ("checks", "检查", "次", Joined.COUNT, of_shops.checks),
        ("mean", "平均", "分", Joined.MEAN, of_shops.mean),
        ("red", "红旗", "户", Joined.COUNT, of_shops.red),
        ("black", "黑旗", "户", Joined.COUNT, of_shops.black),
        ("handover", "移交", "户", Joined.COUNT, of_shops.handover),
    ):
        yield Measure(
            code=f"shops.{code}",
            chinese=f"三包.{name}",
            unit=unit,
            by=by,
            function=function,
            there=of_shops.there,
        )


def _work() -> Iterable[Measure]:
    for code, name, function in (
        ("due", "应办", of_duties.due),
        ("done", "完成", of_duties.done),
        ("late", "逾期", of_duties.late),
        ("missed", "漏办", of_duties.missed),
        ("excused", "免", of_duties.excused),
        ("rate", "完成率", of_duties.rate),
    ):
        yield Measure(
            code=f"duty.{code}",
            chinese=f"工作.{name}",
            unit="" if code == "rate" else "次",
            by=Joined.SHARE if code == "rate" else Joined.COUNT,
            function=function,
            there=of_duties.there,
            of=_duties,
        )
    for code, name, unit, by, against in (
        ("streets", "街道", "", Joined.SHARE, of_campaigns.streets),
        ("households", "户", "", Joined.SHARE, of_campaigns.households),
        ("rooms", "房间", "", Joined.SHARE, of_campaigns.rooms),
        ("kg", "投药", "公斤", Joined.SUM, of_campaigns.kg),
        ("before", "密度前", "", Joined.SHARE, of_campaigns.before),
        ("after", "密度后", "", Joined.SHARE, of_campaigns.after),
        ("ticks", "四统一", "项", Joined.COUNT, of_campaigns.ticks),
    ):
        yield Measure(
            code=f"campaign.{code}",
            chinese=f"除四害.{name}",
            unit=unit,
            by=by,
            function=against,
            there=of_campaigns.there,
            of=_campaigns,
        )


def _activities() -> Iterable[Measure]:
    yield Measure(
        code="log.rest",
        chinese="活动.其余",
        by=Joined.COUNT,
        function=of_logs.others,
        there=of_logs.there,
    )
    for code, name, unit, by, function in (
        ("count", "次", "次", Joined.COUNT, of_logs.times),
        ("people", "人次", "人次", Joined.SUM, of_logs.people),
    ):
        yield Measure(
            code=f"log.{code}",
            chinese=f"活动.{{}}.{name}",
            unit=unit,
            by=by,
            function=function,
            there=of_logs.there,
            of=_kinds,
            needs=True,
            free=True,
            by_kind=True,
        )


def _targets() -> Iterable[Measure]:
    for code, name, function in (
        ("set", "设", progress.set_),
        ("met", "达", progress.met),
        ("lagging", "滞后", progress.lagging),
        ("nodata", "无数据", progress.nodata),
    ):
        yield Measure(
            code=f"targets.{code}",
            chinese=f"目标.{name}",
            unit="项",
            function=function,
            there=progress.targets_there,
        )
    yield Measure(
        code="group",
        chinese="指标",
        function=of_group,
        of=lambda _town: (PROMOTION, FUNDING, "A", "D", "E", "F"),
        needs=True,
    )
    yield Measure(code="rest", chinese="指标.其余", function=rest)
    yield Measure(code="cat", chinese="指标", function=of_category, of=_categories, needs=True)
    yield Measure(
        code="archive.missing", chinese="档案.缺项", unit="项", function=of_archive.missing
    )


for each in (*_items(), *_office(), *_shops(), *_work(), *_activities(), *_targets()):
    MEASURES[each.code] = each


def of_indicator(town: Town, held: Indicator) -> Meant:
    """An indicator as a measure: by its code."""
    return Meant(
        Measure(
            code=held.code,
            chinese=held.name,
            unit=held.unit,
            by=by_of(town, held),
            function=lambda asked: number_of(asked, held),
        )
    )


def measure(town: Town, said: str) -> Meant:
    """The measure or indicator meant: items.found(市容环境), 问题.发现.市容环境, A01 or 清理垃圾.

    Raises `NotFound("no_measure")`.
    """
    text = said.strip()
    held = indicator(town, text.removeprefix("指标."))
    if held is None:
        named = [i for i in town.all(Indicator) if i.active and i.name == text]
        held = named[0] if len(named) == 1 else None
    if held is not None:
        return of_indicator(town, held)
    return find(town, text)
