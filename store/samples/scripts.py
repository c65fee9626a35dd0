"""What happens to each demo problem, day by day, as steps that the workflow allows."""

import re
from datetime import date, timedelta
from enum import IntEnum
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from core.calendar.working_days import add_workdays, due_on
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
    SUSPEND = 9


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
    AWAITING = 3
    CLOSED = 4
    FIXED = 5
    REJECTED = 6


OPEN_LIVES = (Life.REPORTED, Life.ACCEPTED, Life.RECTIFYING, Life.AWAITING)
OPEN_WEIGHTS = (14, 14, 50, 22)
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
    if rule is None:
        return Script(problem, (*days, (accepted, Step.SUSPEND)))
    if life == Life.ACCEPTED:
        return Script(problem, tuple(days))
    issued = min(add_workdays(accepted, chance.choice((0, 0, 0, 1))), last)
    due = due_on(rule, issued)
    days.append((issued, Step.ASSIGN))
    slack = chance.choice((-2, -1, -1, 0, 0, 0, 0, 1, 3))
    done = min(max(issued, due + timedelta(days=slack)), last)
    if chance.random() < 0.85 or reworked:
        days.append((min(issued + timedelta(days=chance.choice((0, 1))), done), Step.RECEIVE))
    if life == Life.RECTIFYING:
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


ON_THE_DESK = 6
"""How many of the town's own newest problems still wait to be accepted or issued."""
JUST_IN = 4
"""Days: of more of their kind, only those found this recently may wait so."""
RECENT = 14
"""Days: problems found this recently may still be open."""
HALF_A_YEAR = 165
"""Days over which more of their kind go back at least, so that every month has something to tell."""
LEFT_BEHIND = 0.12
"""Share of older ones that are still open all the same."""


def scripts(
    material: Material, size: int, open_count: int | None, last: date, rework: float, seed: int
) -> list[Script]:
    """`size` problems ending on `last`; `open_count` of them, if it is said, still open.

    The town's own problems lie in the last weeks. More of their kind are either as recent and
    open, as after a big inspection, or go back over months and are done.
    """
    chance = Random(seed)
    own = _shifted(material.problems, last)
    own = own[max(0, len(own) - size) :]
    segments = {zone.code: zone.segment for zone in material.zones}
    desk = {id(p) for p in [p for p in own if p.deadline.rule is not None][-ON_THE_DESK:]}
    plans = [(p, p.found_on, _still_open(p, last, chance)) for p in own]
    more = size - len(own)
    already = sum(still_open for _, _, still_open in plans)
    fresh = min(more, max(0, (size // 10 if open_count is None else open_count) - already))
    span = max(HALF_A_YEAR, min(500, more // 12))
    for index in range(more):
        still_open = index < fresh
        age = min(chance.randint(0, RECENT), chance.randint(0, RECENT))
        day = last - timedelta(days=age if still_open else chance.randint(RECENT + 6, span))
        plans.append((varied(chance.choice(material.problems), segments, chance), day, still_open))
    plans.sort(key=lambda plan: plan[1])
    return [
        script(
            problem,
            day,
            _life(problem, day, last, still_open, chance)
            if id(problem) not in desk
            else chance.choice((Life.REPORTED, Life.ACCEPTED)),
            last,
            chance.random() < rework,
            chance,
        )
        for problem, day, still_open in plans
    ]


def _still_open(problem: Problem, last: date, chance: Random) -> bool:
    recent = (last - problem.found_on).days <= RECENT
    return recent or problem.deadline.rule is None or chance.random() < LEFT_BEHIND


def _life(problem: Problem, found: date, last: date, still_open: bool, chance: Random) -> Life:
    if problem.deadline.rule is None:
        return Life.ACCEPTED if still_open else Life.FIXED
    if not still_open:
        lives, weights = zip(*DONE_WEIGHTS, strict=True)
        return Life(chance.choices(lives, weights)[0])
    life = Life(chance.choices(OPEN_LIVES, OPEN_WEIGHTS)[0])
    if life in (Life.REPORTED, Life.ACCEPTED) and (last - found).days > JUST_IN:
        life = Life.RECTIFYING
    return life


def _shifted(problems: tuple[Problem, ...], last: date) -> list[Problem]:
    """The problems moved by whole weeks so that the newest was found in the week up to `last`."""
    weeks = (last - problems[-1].found_on).days // 7
    return [replace(p, found_on=p.found_on + timedelta(weeks=weeks)) for p in problems]
