"""The demo town: reachable by the workflow, the same for the same seed, believable."""

from collections import Counter
from datetime import date
from pathlib import Path

from core.calendar.periods import read_period
from core.measures import Question
from core.model import OPEN_STATES, State
from core.town.facts import overdue
from core.workflow import TABLE
from core.year.clauses import filled
from core.year.drafting import draw
from core.year.stretch_numbers import Numbers
from store.samples import DemoSize, build_demo
from store.samples.material import material
from store.samples.year_material import year_material

LAST = date(2026, 3, 31)
LAST_YEARS = len(year_material().problems)


def build(path: Path, size: DemoSize, seed: int = 1, last: date = LAST) -> object:
    return build_demo(path, "ann", last, size, seed)


def test_the_towns_own_problems(tmp_path: Path) -> None:
    repository = build_demo(tmp_path / "a", "ann", LAST, DemoSize(60), 1)
    town = repository.town
    assert (len(town.zones), len(town.units), len(town.items)) == (12, 21, 60 + LAST_YEARS)
    assert town.settings.demo
    assert len(material().problems) == 60
    assert max(i.found_on for i in town.items.values() if i.found_on) <= LAST
    assert all(
        i.state == State.SUSPENDED and i.plan_on
        for i in town.items.values()
        if i.subcategory in ("市场改造", "排水管网", "公厕不足")
    )
    states = Counter(i.state for i in town.items.values())
    assert states[State.RECTIFYING] and states[State.AWAITING] and states[State.CLOSED]
    repository.close()


def test_the_same_seed_makes_the_same_town(tmp_path: Path) -> None:
    towns = [
        build_demo(tmp_path / str(n), "ann", LAST, DemoSize(150), seed)
        for n, seed in enumerate((7, 7, 8))
    ]
    assert towns[0].town == towns[1].town
    assert towns[0].town != towns[2].town
    for repository in towns:
        repository.close()


def test_grown_towns_are_spread(tmp_path: Path) -> None:
    repository = build_demo(tmp_path / "a", "ann", LAST, DemoSize(600, open_count=120), 3)
    town = repository.town
    items = list(town.items.values())
    assert len(items) == 600 + LAST_YEARS
    still_open = [i for i in items if i.state in OPEN_STATES]
    assert 100 <= len(still_open) <= 130
    assert len({i.zone for i in items}) == 12
    assert len({i.category for i in items}) == 9
    late = sum(overdue(i, LAST) for i in still_open)
    assert 0 < late < len(still_open)
    repository.close()


def test_every_step_is_one_of_the_workflow(tmp_path: Path) -> None:
    repository = build_demo(tmp_path / "a", "ann", LAST, DemoSize(80), 2)
    for event in repository.history():
        if event.table == "items":
            if event.action in ("ask", "approve"):
                continue
            transition = TABLE[event.action]
            if event.from_state:
                assert event.from_state in transition.sources
                assert event.to_state in transition.targets
            assert event.role in (*transition.roles, *transition.approves)
    repository.close()


def test_an_empty_town(tmp_path: Path) -> None:
    repository = build_demo(tmp_path / "a", "ann", LAST, DemoSize(0), 1)
    assert not repository.town.items
    assert len(repository.town.zones) == 12
    repository.close()


def test_last_year_is_whole(tmp_path: Path) -> None:
    """A summary of it drafts without a gap, whatever day the town ends on."""
    for n, last in enumerate((date(2026, 1, 5), LAST, date(2026, 11, 26))):
        repository = build_demo(tmp_path / str(n), "ann", last, DemoSize(60), 1)
        asked = Question(repository.town, read_period("2025", last))
        drawn = draw(asked)
        assert drawn.lacking == ()
        text = "".join(filled(each.text, Numbers(asked)) for each in drawn.paragraphs)
        assert "【" not in text and "____" not in text
        for part in ("辖区面积", "责任书", "漏办0次", "2025春行动", "2025秋行动", "清理垃圾"):
            assert part in text
        repository.close()
