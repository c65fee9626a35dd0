"""Four campaigns against rats in two years of the sample town."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from core.actions.year import (
    CloseCampaign,
    CountTraces,
    CoverZone,
    LayDrug,
    OpenCampaign,
    SampleRooms,
    Tick,
)
from core.model import AFTER, BEFORE, UNIFIED
from store.samples.timeline import Planner, Step
from store.samples.year_material import year_material

BAIT, BAIT_REG = "溴敌隆毒饵", "WP20080123"
LINES = "路径法"


class SampleCampaigns(Planner):
    """Spring and autumn of last year and of this one."""

    MADE = ("campaigns",)

    def planned(self) -> Iterator[Step]:
        """Opened, covered, closed."""
        self._campaigns: dict[date, int] = {}
        for year in (self._last.year - 1, self._last.year):
            for month, day, what in (
                (3, 10, self._opened),
                (3, 20, self._covered),
                (4, 20, self._closed),
                (9, 10, self._opened),
                (9, 22, self._covered),
                (10, 20, self._closed),
            ):
                on = date(year, month, day)
                yield self._at(on, 10), partial(what, on)

    def _opened(self, day: date) -> None:
        wish = OpenCampaign(first=day, last=day + timedelta(days=40))
        (key,) = self._commit(self._clerk, day, 10, wish)
        self._campaigns[day.replace(day=1)] = key
        ticks = [Tick(campaign=key, name=name, on=day) for name in UNIFIED]
        before = CountTraces(
            campaign=key, vector="鼠", when=BEFORE, method=LINES, found=19, checked=2000, on=day
        )
        self._commit(self._clerk, day, 11, *ticks, before)

    def _covered(self, day: date) -> None:
        key = self._campaigns[day.replace(day=1)]
        rows = [
            CoverZone(
                campaign=key,
                zone=self._zone(code),
                fields={**plan, **{k.replace("_plan", "_done"): v for k, v in plan.items()}},
                on=day,
            )
            for code, plan in year_material().covers.items()
        ]
        drugs = [
            LayDrug(campaign=key, name=BAIT, kg=kg, reg_no=BAIT_REG, on=day)
            for kg in ("86.5", "42")
        ]
        self._commit(self._clerk, day, 10, *rows, *drugs)

    def _closed(self, day: date) -> None:
        key = self._campaigns[(day - timedelta(days=31)).replace(day=1)]
        after = CountTraces(
            campaign=key, vector="鼠", when=AFTER, method=LINES, found=5, checked=2000, on=day
        )
        sampled = SampleRooms(campaign=key, zone=self._zone("Z04"), checked=30, missed=0, on=day)
        self._commit(self._clerk, day, 10, after, sampled)
        self._commit(self._clerk, day, 11, CloseCampaign(campaign=key, on=day))
