"""Half a year of inspections in the sample town: rounds, finds, marks, a signed circular and one in publication."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from core.actions.action import Action
from core.actions.papers import DraftCircular, PublishCircular, SignCircular
from core.actions.registers import Add
from core.actions.rounds import (
    AddFind,
    FinaliseRound,
    MarkUnit,
    PlanRound,
    PublishRound,
    ScoreRound,
    StartRound,
    VisitZone,
)
from core.actions.wish import Wish
from core.calendar.spans import Length, Span
from core.calendar.working_days import OFFICIAL, add_workdays
from core.deciding import decide_all
from core.model import Round, Scheme
from core.rounds.year_plan import day_in, due_in
from core.town.town import Moment
from store.samples.timeline import Planner, Step

MONTHS = 5
"""Months before the last one that had a round."""
NOT_THERE = {"集贸市场": ("街道段", "村"), "占道经营": ("村",)}
"""Categories that do not apply in zones of a kind."""
_FINDS = (
    ("市容环境", "暴露垃圾", "垃圾箱旁零星垃圾，当场清净"),
    ("市容环境", "乱贴乱画", "墙面小广告3处，当场铲除"),
    ("占道经营", "店外经营", "货物摆出门线，当场收回"),
    ("交通秩序", "非机动车乱停", "电动车压占盲道，当场摆正"),
    ("饮食卫生", "三防设施", "纱窗破损一处"),
    ("病媒生物", "毒饵站缺损", "毒饵站缺饵，当场补投"),
    ("环境保护", "水体漂浮物", "沟边漂浮物少量，当场捞净"),
    ("宣传", "宣传栏陈旧", "宣传栏内容过期"),
    ("集贸市场", "环境卫生", "通道有菜叶，当场清扫"),
)
"""Slight finds: category, 小类, what it was."""


class SampleRounds(Planner):
    """The rounds and circulars of half a year."""

    KIND = "rounds"
    MADE = ("rounds", "documents")

    @staticmethod
    def first(last: date) -> date:
        """The day the earliest of them begins before."""
        return Span(Span.around(last, Length.MONTH).at - MONTHS).first

    def planned(self) -> Iterator[Step]:
        """Six months of them, the last one under way."""
        self._rounds: dict[Span, int] = {}
        self._papers: dict[Span, int] = {}
        now = Span.around(self._last, Length.MONTH)
        for back in range(MONTHS, -1, -1):
            month = Span(now.at - back)
            day = day_in(month, Scheme(), OFFICIAL)
            yield self._at(month.first, 9), partial(self._plan, month, day)
            if day > self._last:
                continue
            yield self._at(day, 9), partial(self._walk, month, day, whole=month != now)
            if month == now:
                continue
            scored = add_workdays(day, 1)
            yield self._at(scored, 16), partial(self._score, month, scored)
            if back > 2:
                posted = add_workdays(day, 2)
                final = add_workdays(posted, 4)
                yield self._at(posted, 9), partial(self._publish, month, posted)
                yield self._at(final, 9), partial(self._finalise, month, final)
        yield from self._circulars(now)

    def _circulars(self, now: Span) -> Iterator[Step]:
        signed, posted = now.before.before, now.before
        day = add_workdays(signed.last, 2)
        final = add_workdays(day, 4)
        yield self._at(day, 10), partial(self._draft, signed, day)
        yield self._at(final, 10), partial(self._sign, signed, final)
        lately = max(add_workdays(posted.last, 1), self._last - timedelta(days=1))
        if lately <= self._last:
            yield self._at(lately, 10), partial(self._draft, posted, lately)

    def _plan(self, month: Span, day: date) -> None:
        plan = PlanRound(kind=due_in(month)[0], plan_on=day)
        (self._rounds[month],) = self._commit(self._clerk, month.first, 9, plan)

    def _held(self, month: Span) -> Round:
        return self._repository.town.rounds[self._rounds[month]]

    def _walk(self, month: Span, day: date, *, whole: bool) -> None:
        key = self._rounds[month]
        self._commit(self._clerk, day, 9, StartRound(round=key))
        held, random = self._held(month), self._random
        zones = held.zones if whole else held.zones[: len(held.zones) * 3 // 4]
        unseen = random.choice(zones[3:]) if whole and random.random() < 0.5 else None
        actions: list[Action] = []
        for zone in zones:
            kind = self._repository.town.zones[zone].kind
            na = tuple(c for c, kinds in NOT_THERE.items() if kind in kinds)
            if zone == unseen:
                actions.append(
                    VisitZone(round=key, zone=zone, seen=False, why="道路施工封闭", na=na)
                )
                continue
            actions.append(VisitZone(round=key, zone=zone, na=na))
            actions += [
                AddFind(
                    round=key,
                    zone=zone,
                    category=category,
                    subcategory=sub,
                    itemless=True,
                    text=text,
                    count=random.choice((1, 1, 1, 2, 3)),
                )
                for category, sub, text in random.sample(_FINDS, random.randint(0, 3))
                if category not in na
            ]
        who = self._inspectors[month.at % len(self._inspectors)]
        self._commit(who, day, 15, *actions)

    def _score(self, month: Span, day: date) -> None:
        held = self._held(month)
        leads = {
            lead.id
            for zone in held.zones
            if (lead := self._repository.town.lead_of(zone, day)) is not None
        }
        marks = [
            MarkUnit(round=held.id, unit=unit, points=self._random.randint(14, 20) * 50)
            for unit in sorted(leads)
        ]
        who = self._inspectors[month.at % len(self._inspectors)]
        self._commit(who, day, 16, *marks, ScoreRound(round=held.id))

    def _publish(self, month: Span, day: date) -> None:
        self._commit(self._leader, day, 9, PublishRound(round=self._rounds[month]))

    def _finalise(self, month: Span, day: date) -> None:
        self._commit(self._leader, day, 9, FinaliseRound(round=self._rounds[month]))

    def _draft(self, month: Span, day: date) -> None:
        praised = self._repository.town.unit_named("环卫所")
        if praised is not None:
            fields = {
                "unit": praised.id,
                "month": month.code,
                "kind": "praise",
                "why": "集中清运卫生死角",
            }
            self._commit(self._clerk, day, 10, Add(table="points", fields=fields))
        texts = {"next": "各责任单位对照扣分表逐项整改，举一反三。"}
        draft = DraftCircular(period=month.code, texts=texts)
        (self._papers[month],) = self._commit(self._clerk, day, 10, draft)
        self._commit(self._leader, day, 11, PublishCircular(document=self._papers[month]))

    def _sign(self, month: Span, day: date) -> None:
        """Signed without writing it first: the layout is the program's own."""
        repository, now = self._repository, self._at(day, 10)
        wish = Wish(SignCircular(document=self._papers[month]))
        moment = Moment.of(now, repository.town)
        repository.save(decide_all(repository.town, [wish], self._leader, moment))
