"""A few problems of last year's, closed in time, so that its rates are there."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from core.actions.loop.feedback import Submit
from core.actions.loop.inspection import Pass
from core.actions.loop.lookback import Recheck
from core.actions.loop.road import Accept, Assign, Report
from core.calendar.working_days import add_workdays
from core.model import Channel
from store.samples.timeline import Planner, Step
from store.samples.year_material import LastYears, year_material

LOOK_BACK = 21
"""Working days after which a closed problem is looked at again."""


class LastYearsProblems(Planner):
    """Reported, given to a unit, fed back, passed, and looked at again."""

    MADE = ("items",)

    def planned(self) -> Iterator[Step]:
        """Four steps each."""
        self._problems: dict[str, int] = {}
        for problem in year_material().problems:
            yield from self._problem(problem, self._last.year - 1)

    def _problem(self, told: LastYears, year: int) -> Iterator[Step]:
        found = date.fromisoformat(f"{year}-{told.on}")
        given, done = add_workdays(found, 1), add_workdays(found, 3)
        yield self._at(found, 16), partial(self._reported, told, found)
        yield self._at(given, 9), partial(self._given, told, given)
        yield self._at(done, 9), partial(self._closed, told, done)
        again = add_workdays(done, LOOK_BACK)
        yield self._at(again, 11), partial(self._looked_back, told, again)

    def _reported(self, told: LastYears, day: date) -> None:
        report = Report(
            zone=self._zone(told.zone),
            location=told.location,
            description=told.description,
            category=told.category,
            subcategory=told.subcategory,
            found_on=day,
        )
        (self._problems[told.on],) = self._commit(self._inspectors[0], day, 16, report)

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
        self._commit(self._inspectors[0], day, 15, passed)

    def _looked_back(self, told: LastYears, day: date) -> None:
        looked = Recheck(item=self._problems[told.on], finding="保持良好", photos=("回头看.jpg",))
        self._commit(self._inspectors[0], day, 11, looked)
