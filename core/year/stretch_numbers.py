"""The numbers of a stretch, each counted once."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.calendar.periods import read_period
from core.errors import NotFound
from core.measures import Counted, Question, measure
from core.measures.indicators import indicator
from core.measures.measure import Meant
from core.measures.progress import Advance, progress_of
from core.stats.shares import printed, rounded
from core.town.town import Town
from core.words.amounts import written

OF_TARGET = "目标"
GOAL, YEAR, DONE, AHEAD, GROWTH = "任务", "累计", "完成率", "序时差", "同比"
"""What a text tells of an indicator beside its number: {目标.完成率.A01}."""


class Numbers:
    """What measures come to over one stretch, by the name a text has for them."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self._counted: dict[str, Counted] = {}
        self._codes: dict[str, str] = {}
        self._progress: dict[str, Advance] = {}

    def __call__(self, name: str) -> Counted:
        """What a measure comes to; nothing where there is none of the name."""
        if name not in self._counted:
            meant = self.meant(name)
            self._counted[name] = meant.count(self.asked) if meant else self._of_target(name)
        return self._counted[name]

    def meant(self, name: str) -> Meant | None:
        """The measure of a name."""
        try:
            found = measure(self.asked.town, name)
        except NotFound:
            return None
        self._codes[name] = found.code
        return found

    def knows(self, name: str) -> bool:
        """Whether a number of this name is known."""
        return name.startswith(f"{OF_TARGET}.") or self.meant(name) is not None

    def code(self, name: str) -> str:
        """The code of a measure: items.found(市容环境)."""
        if name not in self._codes:
            self.meant(name)
        return self._codes.get(name, name)

    def progress(self, code: str) -> Advance | None:
        """How far an indicator has come."""
        held = indicator(self.asked.town, code)
        if held is None:
            return None
        if code not in self._progress:
            self._progress[code] = progress_of(self.asked, held)
        return self._progress[code]

    def _of_target(self, name: str) -> Counted:
        """A number beside an indicator's own: {目标.完成率.A01}."""
        head, what, code = [*name.split("."), "", ""][:3]
        each = self.progress(code) if head == OF_TARGET and code else None
        if each is None or each.target is None:
            return Counted()
        held = each.indicator
        match what:
            case "任务":
                value = each.target.value
                return Counted(value=value, text=written(value, held.scale))
            case "累计":
                return each.year
            case "完成率":
                return _rate(each.done, each.year)
            case "序时差":
                return _rate(each.gap, each.year, sign="")
            case "同比":
                return _rate(each.growth, each.value)
            case _:
                return Counted()


def number_at(town: Town, said: str, today: date) -> Counted:
    """The number a text names with its stretch: 问题.发现@本月; without one, of this year so far.

    Raises `NotFound("no_measure")`, `RuleError("bad_period")`.
    """
    name, _at, period = (part.strip() for part in said.partition("@"))
    numbers = Numbers(Question(town, read_period(period or str(today.year), today)))
    if not numbers.knows(name):
        raise NotFound("no_measure", value=name)
    return numbers(name)


def _rate(value: Fraction | None, of: Counted, sign: str = "%") -> Counted:
    """A rate as it is printed, without its sign; its lines are those of the number it is of."""
    if value is None:
        return Counted()
    return Counted(
        value=Decimal(rounded(abs(value))) / 100,
        text=f"{printed(abs(value))}{sign}",
        lines=of.lines,
        left_out=of.left_out,
        share=True,
    )
