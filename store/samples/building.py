"""Builds a demo store by running the actions of every script, one day after the other."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from core.actions.action import Action
from core.actions.loop.aside import Suspend
from core.actions.loop.feedback import Receive, Submit
from core.actions.loop.handover import Extend
from core.actions.loop.inspection import Fail, Pass
from core.actions.loop.road import Accept, Assign, Fix, Reject, Report
from core.actions.registers import Add, AddZone, AssignZone
from core.actions.wish import Wish
from core.calendar.working_days import add_workdays
from core.model import Channel, Role, Settings, Severity, State, VoidKind
from core.roles import ALL_HANDS, Actor
from store.care.found import create
from store.history.repository import Repository
from store.samples.campaigns import SampleCampaigns
from store.samples.last_year import LastYearsProblems
from store.samples.material import Material, material
from store.samples.rounds import SampleRounds
from store.samples.scripts import Script, Step, scripts
from store.samples.timeline import Agenda, Planner
from store.samples.year import SampleYears

OFFICE = "示例镇创卫办"
CHANNELS = (Channel.WECHAT, Channel.WECHAT, Channel.PHONE, Channel.PAPER)
_FIRST_DAY = timedelta(days=30)

CLERK = Actor("neiqin", (Role.CLERK,), via="cli")
INSPECTORS = (
    Actor("ducha1", (Role.INSPECTOR,), via="tui"),
    Actor("ducha2", (Role.INSPECTOR,), via="tui"),
)
LEADER = Actor("zhuren", (Role.LEADER,), via="tui")
KEEPER = Actor("neiqin", ALL_HANDS, via="cli")

PEOPLE: tuple[tuple[str, str, tuple[Role, ...], str], ...] = (
    ("neiqin", "内勤", (Role.CLERK,), ""),
    ("ducha1", "督查员甲", (Role.INSPECTOR,), ""),
    ("ducha2", "督查员乙", (Role.INSPECTOR,), ""),
    ("zhuren", "创卫办主任", (Role.LEADER, Role.ADMIN), ""),
    ("chengguan", "城管联络员", (Role.LIAISON,), "城管中队"),
)


class DemoSize(Struct, frozen=True):
    """How big a demo town is. `open_count` of None leaves about a tenth of a big one open."""

    items: int
    """Problems of the last half year; a few of last year's come with a whole town of them."""
    open_count: int | None = None
    rework: float = 0.15
    """Share of problems that fail their first re-inspection."""


def build_demo(
    path: Path,
    login: str,
    last: date,
    size: DemoSize,
    seed: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Repository:
    """A demo store in `path` whose days end on `last`; the same seed makes the same town."""
    town = material()
    plans = scripts(town, size.items, size.open_count, last, size.rework, seed)
    begin = (plans[0].steps[0][0] if plans else last) - _FIRST_DAY
    begin = min(begin, SampleRounds.first(last), SampleYears.first(last))
    settings = Settings(office=OFFICE, demo=True, profile_kinds=("街道段", "村"))
    repository = create(path, settings, (), KEEPER, _at(begin, 8))
    _Founding(repository, town).run(begin, login)
    people = (CLERK, INSPECTORS, LEADER)
    kinds: list[type[Planner]] = [SampleRounds, SampleYears, SampleCampaigns]
    if size.items >= len(town.problems):
        kinds.append(LastYearsProblems)
    planners = [kind(repository, last, seed, _at, people) for kind in kinds]
    agenda = Agenda(step for each in planners for step in each.planned())
    _Days(repository, town, plans, agenda.until).run(progress)
    agenda.until(_at(last, 15))
    if size.items >= len(town.problems):
        _ask_for_time(repository, last)
    repository.write_snapshot()
    return repository


def _ask_for_time(repository: Repository, last: date) -> None:
    """A unit asks for more time, so that something waits for the leader."""
    for item in repository.town.in_state(State.RECTIFYING):
        assignment = item.assignment
        if assignment and assignment.due and assignment.lead and assignment.due >= last:
            later = add_workdays(assignment.due, 1)
            wish = Extend(
                item=item.id,
                due=later,
                reason="连日有雨，无法施工",
                on_behalf_of=assignment.lead,
                channel=Channel.PHONE,
            )
            repository.commit([Wish(wish)], CLERK, _at(last, 16))
            return


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of an office day, for a store at UTC+8."""
    return datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=8)


class _Founding:
    """Zones, units, staff and who answers for what."""

    def __init__(self, repository: Repository, town: Material) -> None:
        self._repository = repository
        self._town = town

    def run(self, day: date, login: str) -> None:
        units: list[Action] = [
            Add(table="units", fields={"name": u.name, "aliases": u.aliases, "kind": u.kind})
            for u in self._town.units
        ]
        zones: list[Action] = [
            AddZone(
                fields={
                    "code": z.code,
                    "name": z.name,
                    "kind": z.kind,
                    "scope": f"{z.segment}，{z.scope}",
                }
            )
            for z in self._town.zones
        ]
        self._commit(units + zones, day)
        names = {u.name: u.id for u in self._repository.town.units.values()}
        codes = {z.code: z.id for z in self._repository.town.zones.values()}
        leads: list[Action] = [
            AssignZone(zone=codes[z.code], unit=names[z.lead_unit], since=day)
            for z in self._town.zones
        ]
        people: list[Action] = [
            Add(
                table="staff",
                fields={
                    "login": who,
                    "name": name,
                    "roles": roles,
                    "unit": names[unit] if unit else None,
                },
            )
            for who, name, roles, unit in PEOPLE
        ]
        if login not in {who for who, *_ in PEOPLE}:
            people.append(Add(table="staff", fields={"login": login, "roles": ALL_HANDS}))
        self._commit(leads + people, day)

    def _commit(self, actions: list[Action], day: date) -> None:
        self._repository.commit([Wish(a) for a in actions], KEEPER, _at(day, 9), op="init")


class _Days:
    """Plays the scripts: all steps of a kind that one person does on a day are one transaction."""

    def __init__(
        self,
        repository: Repository,
        town: Material,
        plans: list[Script],
        beside: Callable[[datetime], None],
    ) -> None:
        self._repository = repository
        self._plans = plans
        self._beside = beside
        self._items: dict[int, int] = {}
        known = repository.town
        self._units = {u.name: u.id for u in known.units.values()}
        self._zones = {z.code: z.id for z in known.zones.values()}

    def run(self, progress: Callable[[int, int], None]) -> None:
        agenda = sorted(
            (day, step, index) for index, plan in enumerate(self._plans) for day, step in plan.steps
        )
        done = 0
        for (day, step), group in groupby(agenda, key=lambda entry: entry[:2]):
            indexes = [index for _, _, index in group]
            self._beside(_at(day, 9 + step))
            for actor, mine in self._shared(step, indexes):
                first = self._repository.town.next_ids["items"]
                if step == Step.REPORT:
                    self._items.update({index: first + at for at, index in enumerate(mine)})
                self._repository.commit(
                    [Wish(self._action(index, step, day)) for index in mine],
                    actor,
                    _at(day, 9 + step, mine[0] % 60),
                )
            done += len(indexes)
            progress(done, len(agenda))

    def _shared(self, step: Step, indexes: list[int]) -> Iterator[tuple[Actor, list[int]]]:
        """Who does the step to which problems."""
        if step in (Step.REPORT, Step.FIX, Step.FAIL):
            for at, actor in enumerate(INSPECTORS):
                mine = [i for i in indexes if i % 2 == at]
                if mine:
                    yield actor, mine
        elif step == Step.SUSPEND:
            yield LEADER, indexes
        elif step == Step.PASS:
            severe = [i for i in indexes if self._plans[i].problem.severity == Severity.SEVERE]
            plain = [i for i in indexes if self._plans[i].problem.severity != Severity.SEVERE]
            if plain:
                yield INSPECTORS[plain[0] % 2], plain
            if severe:
                yield LEADER, severe
        else:
            yield CLERK, indexes

    def _action(self, index: int, step: Step, day: date) -> Action:
        plan = self._plans[index]
        problem = plan.problem
        if step == Step.REPORT:
            return Report(
                zone=self._zones[problem.zone_code],
                location=problem.location,
                description=problem.description,
                category=problem.category,
                subcategory=problem.subcategory,
                severity=problem.severity,
                source=problem.source,
                found_on=day,
            )
        item = self._items[index]
        lead = self._units[problem.lead_unit]
        channel = CHANNELS[index % len(CHANNELS)]
        match step:
            case Step.ACCEPT:
                return Accept(item=item, close_standard=problem.close_condition)
            case Step.REJECT:
                return Reject(
                    item=item, reason=VoidKind.OUT_OF_SCOPE, note="不在本镇管辖范围，已转告有关单位"
                )
            case Step.SUSPEND:
                return Suspend(
                    item=item,
                    reason="需列入工程项目",
                    measure="先行围挡，每日保洁",
                    plan_on=day + timedelta(days=problem.deadline.value),
                    reference="已报年度项目计划",
                )
            case Step.FIX:
                return Fix(item=item, measure="现场督促清理完毕")
            case Step.ASSIGN:
                return Assign(
                    item=item,
                    lead=lead,
                    co=tuple(self._units[u] for u in problem.co_units),
                    due=plan.due,
                    deadline=problem.deadline.label,
                    requirement=problem.close_condition,
                )
            case Step.RECEIVE:
                return Receive(item=item, on_behalf_of=lead, channel=channel)
            case Step.SUBMIT:
                return Submit(
                    item=item,
                    on_behalf_of=lead,
                    channel=channel,
                    measure=problem.measure,
                    progress="已整改到位",
                )
            case Step.FAIL:
                return Fail(
                    item=item,
                    reason="现场仍有残留，未达到销号标准",
                    work_until=add_workdays(day, 2),
                )
            case _:
                return Pass(item=item, finding="现场复查，符合销号标准")
