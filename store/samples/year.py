"""Two years of the sample town's registers: shops, duties, campaigns, the log, targets, and a few problems of last year's."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from importlib.resources import files
from itertools import groupby
from random import Random

import msgspec
from msgspec import Struct

from core.actions import (
    Accept,
    Action,
    Add,
    AddLog,
    Assign,
    CheckShop,
    CloseCampaign,
    CountTraces,
    CoverZone,
    DraftPaper,
    LayDrug,
    OpenCampaign,
    Pass,
    PlateShops,
    Report,
    SampleRooms,
    SetTarget,
    SignPaper,
    SignPledge,
    SignShops,
    Submit,
    TellFacts,
    Tick,
    Wish,
)
from core.calendar.working_days import OFFICIAL, add_workdays
from core.deciding import decide_all
from core.measures.subjects.duties import instances
from core.model import AFTER, BEFORE, UNIFIED, Channel, DocumentKind, Duty, Indicator, Shop, Terms
from core.registers.catalogue import default_duties
from core.roles import Actor
from core.town.town import Moment
from store.history.repository import Repository

BAIT, BAIT_REG = "溴敌隆毒饵", "WP20080123"
LINES = "路径法"
GROWTH = Decimal("1.08")
"""How much more the year in hand brings than the one before."""


class SampleShop(Struct, frozen=True):
    name: str
    trade: str
    zone: str


class Activity(Struct, frozen=True):
    """One line of the log, on the same day every year."""

    on: str
    kind: str
    title: str
    place: str = ""
    unit: str = ""
    zone: str = ""
    people: int | None = None
    figures: dict[str, str] = {}


class LastYears(Struct, frozen=True):
    """A problem of last year's, closed in time."""

    on: str
    zone: str
    category: str
    subcategory: str
    location: str
    description: str
    unit: str
    measure: str


class YearMaterial(Struct, frozen=True):
    """What a year of the sample town is made of."""

    shops: tuple[SampleShop, ...]
    activities: tuple[Activity, ...]
    covers: dict[str, dict[str, int]]
    """What a campaign plans in each zone."""
    facts: dict[str, dict[str, float]]
    targets: dict[str, str]
    pledges: dict[str, dict[str, str]]
    problems: tuple[LastYears, ...]


@cache
def year_material() -> YearMaterial:
    """The sample year."""
    data = (files("store.samples") / "year.json").read_bytes()
    return msgspec.json.decode(data, type=YearMaterial)


Step = tuple[datetime, Callable[[], None]]


class SampleYears:
    """The steps of last year and this one, in the order of their days; done as far as a day has come."""

    def __init__(
        self,
        repository: Repository,
        last: date,
        seed: int,
        at: Callable[[date, int], datetime],
        people: tuple[Actor, tuple[Actor, ...], Actor],
        *,
        problems: bool = True,
    ) -> None:
        self._repository = repository
        self._random = Random(f"year {seed}")
        self._last, self._at = last, at
        self._clerk, (self._inspector, *_), self._leader = people
        self._material = year_material()
        self._told = self._material.problems if problems else ()
        self._campaigns: dict[date, int] = {}
        self._problems: dict[str, int] = {}
        self._steps = sorted(self._planned(), key=lambda step: step[0])
        self._done = 0

    @staticmethod
    def first(last: date) -> date:
        """The first day of them: that of last year."""
        return date(last.year - 1, 1, 1)

    def until(self, when: datetime) -> None:
        """Everything up to an instant."""
        while self._done < len(self._steps) and self._steps[self._done][0] <= when:
            self._steps[self._done][1]()
            self._done += 1

    def _planned(self) -> Iterator[Step]:
        first = self.first(self._last)
        yield self._at(first, 10), partial(self._found, first)
        for year in (first.year, self._last.year):
            for month, day, what in (
                (1, 4, self._pledges),
                (1, 6, self._shops_signed),
                (3, 10, self._campaign_opened),
                (3, 20, self._campaign_covered),
                (4, 20, self._campaign_closed),
                (9, 10, self._campaign_opened),
                (9, 22, self._campaign_covered),
                (10, 20, self._campaign_closed),
                (12, 28, self._targets),
            ):
                yield self._at(date(year, month, day), 10), partial(what, date(year, month, day))
            for month in (2, 5, 8, 11):
                day_ = date(year, month, 18)
                yield self._at(day_, 15), partial(self._shops_checked, day_)
            for activity in self._material.activities:
                on = date.fromisoformat(f"{year}-{activity.on}")
                yield self._at(on, 17), partial(self._logged, activity, on)
            if year == first.year:
                for month in (3, 6, 9, 12):
                    on = date(year, month, 27)
                    yield self._at(on, 11), partial(self._brief, on)
        for problem in self._told:
            yield from self._problem(problem, first.year)
        yield from self._duties_done(first)

    def _commit(self, actor: Actor, day: date, hour: int, *actions: Action) -> list[int]:
        """One transaction; the ids of its new problems and campaigns."""
        wishes = [Wish(a) for a in actions]
        changes = self._repository.commit(wishes, actor, self._at(day, hour))
        return [c.id for c in changes if c.table in ("items", "campaigns") and c.old is None]

    def _zone(self, code: str) -> int:
        return next(z.id for z in self._repository.town.zones.values() if z.code == code)

    def _unit(self, name: str) -> int:
        held = self._repository.town.unit_named(name)
        return held.id if held else 0

    def _found(self, day: date) -> None:
        """Duties, shops, facts of the zones, and the targets of the first year."""
        duties: list[Action] = [
            Add(
                table="duties",
                fields={
                    "name": duty.name,
                    "kind": duty.kind,
                    "chapter": duty.chapter,
                    "terms": (Terms(since=day, cycle=cycle, day=on, roll=roll),),
                },
            )
            for duty, cycle, on, roll in default_duties()
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
            for shop in self._material.shops
        ]
        facts: list[Action] = [
            TellFacts(zone=self._zone(code), facts=told, on=day)
            for code, told in self._material.facts.items()
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
            for code, value in self._material.targets.items()
        ]
        self._commit(self._leader, day, 12, *wanted)

    def _pledges(self, day: date) -> None:
        signed = [
            SignPledge(unit=self._unit(name), year=day.year, lines=lines, post="主要负责人", on=day)
            for name, lines in self._material.pledges.items()
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
            self._commit(self._inspector, day, 15, *checks)

    def _campaign_opened(self, day: date) -> None:
        wish = OpenCampaign(first=day, last=day + timedelta(days=40))
        (key,) = self._commit(self._clerk, day, 10, wish)
        self._campaigns[day.replace(day=1)] = key
        ticks = [Tick(campaign=key, name=name, on=day) for name in UNIFIED]
        before = CountTraces(
            campaign=key, vector="鼠", when=BEFORE, method=LINES, found=19, checked=2000, on=day
        )
        self._commit(self._clerk, day, 11, *ticks, before)

    def _campaign_covered(self, day: date) -> None:
        key = self._campaigns[day.replace(day=1)]
        rows = [
            CoverZone(
                campaign=key,
                zone=self._zone(code),
                fields={**plan, **{k.replace("_plan", "_done"): v for k, v in plan.items()}},
                on=day,
            )
            for code, plan in self._material.covers.items()
        ]
        drugs = [
            LayDrug(campaign=key, name=BAIT, kg=kg, reg_no=BAIT_REG, on=day)
            for kg in ("86.5", "42")
        ]
        self._commit(self._clerk, day, 10, *rows, *drugs)

    def _campaign_closed(self, day: date) -> None:
        key = self._campaigns[(day - timedelta(days=31)).replace(day=1)]
        after = CountTraces(
            campaign=key, vector="鼠", when=AFTER, method=LINES, found=5, checked=2000, on=day
        )
        sampled = SampleRooms(campaign=key, zone=self._zone("Z04"), checked=30, missed=0, on=day)
        self._commit(self._clerk, day, 10, after, sampled)
        self._commit(self._clerk, day, 11, CloseCampaign(campaign=key, on=day))

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
            for at, (held, cycle, on, roll) in enumerate(default_duties())
            for instance in instances(
                Duty(
                    name=held.name,
                    kind=held.kind,
                    terms=(Terms(since=first, cycle=cycle, day=on, roll=roll),),
                ),
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
                kind=known[at][0].kind,
                on=due,
                fields={"title": known[at][0].name, "duty": ids[known[at][0].name], "key": key},
            )
            for due, at, key in lines
        ]
        self._commit(self._clerk, day, 8 if day == self._last else 18, *actions)

    def _problem(self, told: LastYears, year: int) -> Iterator[Step]:
        found = date.fromisoformat(f"{year}-{told.on}")
        given, done = add_workdays(found, 1), add_workdays(found, 3)
        yield self._at(found, 16), partial(self._reported, told, found)
        yield self._at(given, 9), partial(self._given, told, given)
        yield self._at(done, 9), partial(self._closed, told, done)

    def _reported(self, told: LastYears, day: date) -> None:
        report = Report(
            zone=self._zone(told.zone),
            location=told.location,
            description=told.description,
            category=told.category,
            subcategory=told.subcategory,
            found_on=day,
        )
        (self._problems[told.on],) = self._commit(self._inspector, day, 16, report)

    def _given(self, told: LastYears, day: date) -> None:
        item, lead = self._problems[told.on], self._unit(told.unit)
        self._commit(self._clerk, day, 9, Accept(item=item))
        due = add_workdays(day, 3)
        self._commit(self._clerk, day, 10, Assign(item=item, lead=lead, due=due))

    def _closed(self, told: LastYears, day: date) -> None:
        item, lead = self._problems[told.on], self._unit(told.unit)
        done = Submit(item=item, on_behalf_of=lead, channel=Channel.WECHAT, measure=told.measure)
        self._commit(self._clerk, day, 9, done)
        passed = Pass(item=item, finding="现场复查，符合销号标准")
        self._commit(self._inspector, day, 15, passed)


def _more(value: Decimal, times: Decimal) -> Decimal:
    """An amount grown, as finely told as before."""
    return (value * times).quantize(value)


def _end_of_week(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())
