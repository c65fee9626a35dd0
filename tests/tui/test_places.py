"""Zones and units as places to work from."""

from datetime import date
from pathlib import Path

import pytest
from board_support import LAST, Board, demo, opened
from tests_support import FOUNDER, NOW

from core.actions.registers import AddZone
from core.actions.wish import Wish
from core.day.tallies import by_unit, by_zone
from core.day.walk import to_walk
from core.model import State
from core.town.facts import Facts
from store.history.repository import Repository
from tui.frame.lines import RowList
from tui.places.destinations import destinations
from tui.registers.screen import RegisterScreen
from tui.verbs.screen import FormScreen


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


def line_with(board: Board, word: str) -> str:
    return next(line for line in board.text.splitlines()[2:] if word in line)


async def test_zones_stand_as_a_tree_with_what_they_are_at(town: Path) -> None:
    repository = Repository(town)
    parent = repository.town.zone_coded("Z05")
    assert parent is not None
    fields = {"code": "A01", "name": "滨河支路", "parent": parent.id}
    repository.commit([Wish(AddZone(fields=fields))], FOUNDER, NOW)
    repository.close()
    async with opened(town, (140, 40)) as board:
        await board.keys("z")
        await board.until(lambda: "第五段" in board.text)
        lines = board.text.splitlines()
        below = lines[lines.index(line_with(board, "第五段")) + 1]
        whole = line_with(board, "第五段").index("第五段")
        assert below.startswith(" A01")  # behind the zone it is part of, further in
        assert below.index("滨河支路") == whole + 2
        tally = by_zone(board.session.town, LAST)[parent.id]
        words = line_with(board, "第五段").split()
        assert words[3:5] == [str(tally.open), str(tally.overdue)]
        assert f"{tally.looked_on:%m-%d}" in words
        busiest = max(by_zone(board.session.town, LAST).values(), key=lambda t: t.found)
        assert f"{busiest.found} {'=' * 8}" in board.text


async def test_a_list_to_walk_is_shown_and_copied(town: Path) -> None:
    async with opened(town) as board:
        zone = board.session.town.zone_coded("Z05")
        assert zone is not None
        await board.keys("z", "down", "down", "down", "down", "p")
        await board.until(lambda: "巡查单" in board.text)
        await board.keys("y")
        copied = board.app.clipboard
        items = to_walk(zone.id, Facts(board.session.town, LAST))
        assert [i for i in items if i.label not in copied] == []
        assert {i.state for i in items} & {State.RECTIFYING, State.AWAITING}
        assert copied.index(items[0].label) < copied.index(items[-1].label)


async def test_a_unit_shows_how_timely_it_is_and_is_chased(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        tallies = by_unit(board.session.town, LAST)
        key, tally = next((k, t) for k, t in tallies.items() if t.overdue and t.closed)
        name = board.session.town.units[key].name
        await board.keys("d")
        await board.until(lambda: name in board.text)
        assert tally.rate.percent in line_with(board, name)
        assert tally.closed + tally.due >= tally.timely > 0 or tally.rate.percent == "0.00%"
        units = [u.id for u in board.session.town.units.values()]
        await board.keys(*["down"] * units.index(key))
        await board.until(lambda: str(tally.rate) in board.text)
        await board.keys("c")
        await board.until(lambda: f"@{name}" in board.text)
        await board.keys("space")
        await board.until(lambda: f"lead:{name}" in board.text.splitlines()[0])


def test_the_rate_counts_what_was_closed_and_what_should_have_been(town: Path) -> None:
    repository = Repository(town)
    repository.load_closed()
    tallies = by_unit(repository.town, LAST)
    year = date(LAST.year, 1, 1)
    closed = sum(
        a.ended_on is not None and a.ended_on >= year and a.end == "closed"
        for item in repository.town.items.values()
        for a in item.assignments
    )
    assert sum(tally.closed for tally in tallies.values()) == closed
    assert all(0 <= tally.timely <= tally.closed for tally in tallies.values())
    repository.close()


async def test_a_place_is_found_as_it_was_left(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("g", "x")
        await board.until(lambda: "Rules" in board.text)
        rows = board.app.screen.query_one(RowList)
        await board.keys("down", "down", "down")
        here = rows.cursor
        await board.keys("g", "u")
        await board.until(lambda: "Staff" in board.text)
        assert board.app.screen.query_one(RowList).cursor != here
        await board.keys("g", "x")
        await board.until(lambda: "Rules" in board.text)
        assert board.app.screen.query_one(RowList).cursor == here
        await board.keys("g", "g")
        assert board.app.screen.query_one(RowList).cursor == 1


async def test_every_place_has_a_letter_of_its_own(town: Path) -> None:
    async with opened(town) as board:
        letters = [each.letter for each in destinations(board.session)]
        assert len(set(letters)) == len(letters), letters


async def test_set_phrases_have_their_place(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("g", "h")
        await board.until(lambda: "常用语" in board.text or "phrase" in board.text.lower())
        assert isinstance(board.app.screen, RegisterScreen)


async def test_a_refusal_is_told_where_people_look(town: Path) -> None:
    async with opened(town, (80, 24)) as board:
        await board.keys("g", "x")
        await board.until(lambda: "Rules" in board.text)
        await board.keys("a")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        fields = {e.field.key: e for e in board.app.screen.query("FormEntry")}
        fields["category"].line.value = "市容环境"
        fields["subcategory"].line.value = "没有这种"
        await board.keys("ctrl+s")
        await board.until(lambda: "has no kind 没有这种" in board.text)
        again = {e.field.key: e for e in board.app.screen.query("FormEntry")}
        assert again["subcategory"].has_focus_within, "it leads to the line that is wrong"
        await board.keys("escape", "escape")
        await board.until(lambda: not isinstance(board.app.screen, FormScreen))
        await board.keys("q")
        await board.until(lambda: "Rules" not in board.text)
        assert "没有这种" not in board.text
