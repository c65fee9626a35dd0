"""Two years of the sample town's registers: shops, duties, the log, targets, pledges, briefs of last year's."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any

from core.actions.action import Action
from core.actions.papers import DraftPaper, SignPaper
from core.actions.registers import Add
from core.actions.wish import Wish
from core.actions.year import (
    AddLog,
    CheckShop,
    PlateShops,
    SetTarget,
    SignPledge,
    SignShops,
    TellFacts,
)
from core.calendar.working_days import OFFICIAL
from core.deciding import decide_all
from core.measures.subjects.duties import instances
from core.model import DocumentKind, Duty, Indicator, Shop, Terms
from core.registers.catalogue import default_duties
from core.town.town import Moment
from store.samples.timeline import Planner, Step
from store.samples.year_material import Activity, year_material

GROWTH = Decimal("1.08")
"""How much more the year in hand brings than the one before."""


class SampleYears(Planner):
    """The steps of last year and this one, in the order of their days; done as far as a day has come."""

    KIND = "year"

    @staticmethod
    def first(last: date) -> date:
        """The first day of them: that of last year."""
        return date(last.year - 1, 1, 1)

    def planned(self) -> Iterator[Step]:
        """Every step of both years."""
        first = self.first(self._last)
        yield self._at(first, 10), partial(self._found, first)
        for year in (first.year, self._last.year):
            for month, day, what in (
                (1, 4, self._pledges),
                (1, 6, self._shops_signed),
                (12, 28, self._targets),
            ):
                yield self._at(date(year, month, day), 10), partial(what, date(year, month, day))
            for month in (2, 5, 8, 11):
                day_ = date(year, month, 18)
                yield self._at(day_, 15), partial(self._shops_checked, day_)
            for activity in year_material().activities:
                on = date.fromisoformat(f"{year}-{activity.on}")
                yield self._at(on, 17), partial(self._logged, activity, on)
            if year == first.year:
                for month in (3, 6, 9, 12):
                    on = date(year, month, 27)
                    yield self._at(on, 11), partial(self._brief, on)
        yield from self._duties_done(first)

    def _found(self, day: date) -> None:
        """Duties, shops, facts of the zones, and the targets of the first year."""
        duties: list[Action] = [
            Add(table="duties", fields={**fields, "terms": (_terms(fields, day),)})
            for fields in default_duties()
        ]
        shops: list[Action] = [
            Add(
                table="shops",
                fields={
                    "name": shop.name,
                    "trade": shop.trade,
                    "zone": self._zone(shop.zone),
                    "keeper": "店长",
                    "scope": "门前至路沿石",
                },
            )
            for shop in year_material().shops
        ]
        facts: list[Action] = [
            TellFacts(zone=self._zone(code), facts=told, on=day)
            for code, told in year_material().facts.items()
        ]
        self._commit(self._clerk, day, 10, *duties, *shops)
        self._commit(self._clerk, day, 11, *facts)
        self._targets(day, day.year)

    def _targets(self, day: date, year: int = 0) -> None:
        """Those of the year to come."""
        known = {i.code: i.id for i in self._repository.town.all(Indicator)}
        wanted = [
            SetTarget(
                indicator=known[code],
                year=year or day.year + 1,
                value=value,
                reference="年度创卫工作方案",
                on=day,
            )
            for code, value in year_material().targets.items()
        ]
        self._commit(self._leader, day, 12, *wanted)

    def _pledges(self, day: date) -> None:
        signed = [
            SignPledge(unit=self._unit(name), year=day.year, lines=lines, post="主要负责人", on=day)
            for name, lines in year_material().pledges.items()
        ]
        self._commit(self._clerk, day, 10, *signed)

    def _shops_signed(self, day: date) -> None:
        """All but the last two, who keep the inspector waiting."""
        known = [s.id for s in self._repository.town.all(Shop) if s.closed_on is None]
        signed = tuple(known if day.year < self._last.year else known[:-2])
        self._commit(self._clerk, day, 10, SignShops(shops=signed, on=day))
        if day.year < self._last.year:
            self._commit(self._clerk, day, 11, PlateShops(shops=tuple(known[:-1]), on=day))

    def _shops_checked(self, day: date) -> None:
        checks = [
            CheckShop(
                shop=shop.id,
                score=self._random.randint(15, 20) * 500,
                finding="门前清洁，物品归位",
                on=day,
            )
            for shop in self._repository.town.all(Shop)
            if shop.closed_on is None and self._random.random() < 0.5
        ]
        if checks:
            self._commit(self._inspectors[0], day, 15, *checks)

    def _logged(self, activity: Activity, day: date) -> None:
        grown = GROWTH if day.year == self._last.year else Decimal(1)
        fields = {
            "title": activity.title,
            "place": activity.place,
            "unit": self._unit(activity.unit) or None,
            "zone": self._zone(activity.zone) if activity.zone else None,
            "people": activity.people,
            "figures": [
                {"indicator": code, "text": str(_more(Decimal(text), grown))}
                for code, text in activity.figures.items()
            ],
        }
        self._commit(self._clerk, day, 17, AddLog(kind=activity.kind, on=day, fields=fields))

    def _brief(self, day: date) -> None:
        """Signed without writing it first: the layout is the program's own."""
        text = f"{day.month // 3}季度创卫工作有序推进，各责任单位按期完成交办任务。"
        self._commit(self._clerk, day, 11, DraftPaper(kind=DocumentKind.BRIEF, text=text))
        town = self._repository.town
        signed = Wish(SignPaper(document=max(town.documents)))
        moment = Moment.of(self._at(day, 11), town)
        self._repository.save(decide_all(town, [signed], self._leader, moment))

    def _duties_done(self, first: date) -> Iterator[Step]:
        """Every duty on its day, told at the end of each week; the last one of the last week still waits."""
        told = sorted(
            (instance.due, at, instance.key)
            for at, fields in enumerate(default_duties())
            for instance in instances(
                Duty(name=fields["name"], terms=(_terms(fields, first),)),
                first,
                self._last,
                OFFICIAL,
            )
            if instance.due <= self._last
        )
        for week, group in groupby(told, key=lambda each: _end_of_week(each[0])):
            day = min(week, self._last)
            lines = list(group)
            if week >= self._last:
                lines = [each for each in lines if each[0] < self._last]
            if lines:
                yield (
                    self._at(day, 8 if day == self._last else 18),
                    partial(self._done_of, lines, day),
                )

    def _done_of(self, lines: list[tuple[date, int, str]], day: date) -> None:
        known = default_duties()
        ids = {d.name: d.id for d in self._repository.town.all(Duty)}
        actions = [
            AddLog(
                kind=known[at]["kind"],
                on=due,
                fields={"title": known[at]["name"], "duty": ids[known[at]["name"]], "key": key},
            )
            for due, at, key in lines
        ]
        self._commit(self._clerk, day, 8 if day == self._last else 18, *actions)


def _terms(fields: dict[str, Any], since: date) -> Terms:
    """The terms of a usual duty, from a day on."""
    return Terms(since=since, **fields["terms"][0])


def _more(value: Decimal, times: Decimal) -> Decimal:
    """An amount grown, as finely told as before."""
    return (value * times).quantize(value)


def _end_of_week(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())
