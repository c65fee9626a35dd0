"""What happens to each demo problem, day by day, as steps that the workflow allows."""

import re
from datetime import date, timedelta
from enum import IntEnum
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from core.worktime import add_workdays, due_on
from store.samples.material import Material, Problem


class Step(IntEnum):
    """Steps in the order in which they happen on one day."""

    REPORT = 0
    ACCEPT = 1
    FIX = 2
    ASSIGN = 3
    RECEIVE = 4
    SUBMIT = 5
    FAIL = 6
    PASS = 7
    REJECT = 8


class Script(Struct, frozen=True):
    """One problem and the days on which something happens to it."""

    problem: Problem
    steps: tuple[tuple[date, Step], ...]
    """In order; the first is REPORT."""
    due: date | None = None


class Life(IntEnum):
    """How far a problem has come by the last day."""

    REPORTED = 0
    ACCEPTED = 1
    RECTIFYING = 2
    OVERDUE = 3
    AWAITING = 4
    CLOSED = 5
    FIXED = 6
    REJECTED = 7


OPEN_LIVES = (Life.REPORTED, Life.ACCEPTED, Life.RECTIFYING, Life.OVERDUE, Life.AWAITING)
OPEN_WEIGHTS = (6, 10, 52, 18, 14)
DONE_WEIGHTS = ((Life.CLOSED, 90), (Life.FIXED, 7), (Life.REJECTED, 3))
_COUNT = re.compile(r"\d+")


def varied(problem: Problem, segments: dict[str, str], chance: Random) -> Problem:
    """A problem of the same kind elsewhere: another zone, house number and count."""
    code = chance.choice(list(segments))
    place = chance.choice(("号门前", "号后巷", "号路段", "号旁空地", "号对面", "号院内"))
    number = chance.randint(1, 280)

    def count(match: re.Match[str]) -> str:
        return str(max(1, round(int(match.group()) * chance.uniform(0.4, 2.2))))

    description = _COUNT.sub(count, problem.description, count=1)
    return replace(
        problem,
        zone_code=code,
        location=f"{segments[code]}{number}{place}",
        description=description,
    )


def script(
    problem: Problem, found: date, life: Life, last: date, reworked: bool, chance: Random
) -> Script:
    """The days of one problem, none of them behind `last`."""
    days = [(found, Step.REPORT)]
    rule = problem.deadline.rule
    if life == Life.REPORTED:
        return Script(problem, tuple(days))
    accepted = min(add_workdays(found, chance.choice((0, 0, 1))), last)
    if life == Life.REJECTED:
        return Script(problem, (*days, (accepted, Step.REJECT)))
    if life == Life.FIXED:
        return Script(problem, (*days, (found, Step.FIX)))
    days.append((accepted, Step.ACCEPT))
    if life == Life.ACCEPTED or rule is None:
        return Script(problem, tuple(days))
    issued = min(add_workdays(accepted, chance.choice((0, 0, 0, 1))), last)
    due = due_on(rule, issued)
    days.append((issued, Step.ASSIGN))
    slack = chance.choice((-2, -1, -1, 0, 0, 0, 0, 1, 3))
    done = min(max(issued, due + timedelta(days=slack)), last)
    if chance.random() < 0.85 or reworked:
        days.append((min(issued + timedelta(days=chance.choice((0, 1))), done), Step.RECEIVE))
    if life in (Life.RECTIFYING, Life.OVERDUE):
        return Script(problem, tuple(days), due)
    days.append((done, Step.SUBMIT))
    if life == Life.AWAITING:
        return Script(problem, tuple(days), due)
    looked = min(add_workdays(done, chance.choice((0, 1, 1, 2, 3))), last)
    if reworked:
        days.append((looked, Step.FAIL))
        again = min(add_workdays(looked, chance.choice((1, 2, 3))), last)
        if again > looked:
            looked = min(add_workdays(again, 1), last)
            days += [(again, Step.SUBMIT), (looked, Step.PASS)]
        return Script(problem, tuple(days), due)
    days.append((looked, Step.PASS))
    return Script(problem, tuple(days), due)


def scripts(
    material: Material, size: int, open_count: int, last: date, rework: float, seed: int
) -> list[Script]:
    """`size` problems ending on `last`, about `open_count` of them still open.

    The town's own problems lie in the last weeks; more of their kind go back over months.
    """
    chance = Random(seed)
    own = _shifted(material.problems, last)
    own = own[max(0, len(own) - size) :]
    segments = {zone.code: zone.segment for zone in material.zones}
    more = size - len(own)
    span = max(45, min(500, more // 12))
    first = own[0].found_on if own else last
    found = sorted(first - timedelta(days=chance.randint(1, span)) for _ in range(more))
    problems = [(varied(chance.choice(material.problems), segments, chance), day) for day in found]
    problems += [(problem, problem.found_on) for problem in own]
    made = []
    for index, (problem, day) in enumerate(problems):
        left = size - index
        still_open = left <= open_count
        life = _life(problem, day, last, still_open, chance)
        made.append(script(problem, day, life, last, chance.random() < rework, chance))
    return made


def _life(problem: Problem, found: date, last: date, still_open: bool, chance: Random) -> Life:
    if problem.deadline.rule is None:
        return Life.ACCEPTED if still_open else Life.FIXED
    if not still_open:
        lives, weights = zip(*DONE_WEIGHTS, strict=True)
        return Life(chance.choices(lives, weights)[0])
    life = Life(chance.choices(OPEN_LIVES, OPEN_WEIGHTS)[0])
    age = (last - found).days
    if life in (Life.REPORTED, Life.ACCEPTED) and age > 10:
        life = Life.RECTIFYING
    return life


def _shifted(problems: tuple[Problem, ...], last: date) -> list[Problem]:
    """The problems moved by whole weeks so that the newest was found in the week up to `last`."""
    weeks = (last - problems[-1].found_on).days // 7
    return [replace(p, found_on=p.found_on + timedelta(weeks=weeks)) for p in problems]
