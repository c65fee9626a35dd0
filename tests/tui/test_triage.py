"""Triage: town, keys, town; and how many keys a morning takes."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from board_support import Board, demo, opened
from tests_support import CLERK, INSPECTOR, NOW, TODAY, Office

from core.actions.loop.inspection import Pass
from core.actions.loop.road import Report
from core.actions.wish import Wish
from core.day.sameness import near_open
from core.day.triage import missing, plan_of
from core.model import State
from tui.day.triage import TriageScreen
from tui.verbs.screen import FormScreen


class Counted:
    """A board whose keys are counted."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.keys = 0

    async def press(self, key: str) -> None:
        self.keys += 1
        await self.board.keys(key)


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Office]:
    """Twenty problems come in, whose suggestions are right."""
    office = Office(tmp_path / "store")
    office.do(
        *(
            Report(
                zone=1,
                location=f"桂花街{number}号",
                description=("流动摊贩占道" if number % 2 else "垃圾桶满溢") + str(number),
                found_on=date(2026, 3, 30),
                source="日常巡查",
            )
            for number in range(20)
        )
    )
    yield office
    office.close()


def triage(board: Board) -> bool:
    return isinstance(board.app.screen, TriageScreen)


async def entered(board: Board) -> None:
    await board.keys("t")
    await board.until(lambda: triage(board) and "Enter:" in board.text)


async def test_twenty_right_suggestions_take_twenty_five_keys(inbox: Office) -> None:
    async with opened(inbox.path, ready="R-") as board:
        counted = Counted(board)
        await counted.press("t")
        await board.until(lambda: triage(board))
        for number in range(20):
            await counted.press("enter")
            await board.saved()
            assert len(board.in_state(State.RECTIFYING)) == number + 1
        assert counted.keys <= 25
        assert not board.in_state(State.REPORTED)
        for item in board.in_state(State.RECTIFYING):
            assert item.number
            assert item.assignment is not None
            assert item.assignment.lead == 1
            assert item.assignment.due
        assert "assign: 20" in board.text  # what was done, and each unit's list
        assert "城管中队 (20)" in board.text


async def test_a_field_is_changed_in_place(inbox: Office) -> None:
    async with opened(inbox.path, ready="R-") as board:
        await entered(board)
        assert "answers for 第一段" in board.text
        for key, text in (("n", "环卫所"), ("d", "5wd"), ("r", "全部清走")):
            await board.keys(key)
            await board.until(lambda: isinstance(board.app.screen, FormScreen))
            await board.keys("end", "ctrl+u")
            await board.type(text)
            await board.keys("enter")
            await board.until(lambda: triage(board))
        await board.keys("enter")
        await board.saved()
        (item,) = board.in_state(State.RECTIFYING)
        assert item.assignment is not None
        assert board.session.town.units[item.assignment.lead or 0].name == "环卫所"
        assert (item.assignment.due, item.assignment.requirement) == (date(2026, 4, 8), "全部清走")


async def test_skipping_leaving_and_coming_back_keeps_the_place(inbox: Office) -> None:
    async with opened(inbox.path, ready="R-") as board:
        await entered(board)
        first = board.text.splitlines()[1].split()[0]
        await board.keys("space")
        second = board.text.splitlines()[1].split()[0]
        assert second != first
        await board.keys("q")
        await board.until(lambda: not triage(board))
        await entered(board)
        assert board.text.splitlines()[1].split()[0] == second
        await board.keys("g")
        await board.until(lambda: "To accept 20" in board.text)


async def test_what_is_done_and_undone_is_said_and_comes_back(inbox: Office) -> None:
    async with opened(inbox.path, ready="R-") as board:
        await entered(board)
        first = board.text.splitlines()[1].split()[0]
        await board.keys("enter")
        await board.saved()
        await board.until(lambda: board.text.splitlines()[1].split()[0] != first)
        assert board.text.splitlines()[-1].strip().endswith(": CW-2026-0001")
        await board.keys("u")
        await board.saved()
        await board.until(lambda: "CW-2026-0001" in board.text.splitlines()[1])
        await board.until(lambda: "undo: CW-2026-0001" in board.text.splitlines()[-1])
        assert "To accept 20" in board.text


async def test_what_a_colleague_does_meanwhile_moves_the_queue_on(inbox: Office) -> None:
    async with opened(inbox.path, ready="R-") as board:
        await entered(board)
        label = board.text.splitlines()[1].split()[0]
        item = board.item(label)
        inbox.repository.refresh()
        from core.actions.loop.road import Reject

        inbox.repository.commit([Wish(Reject(item=item.id, note="不属本镇"))], CLERK, NOW)
        await board.until(lambda: label not in board.text.splitlines()[1])
        assert triage(board)


async def test_what_lacks_something_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path / "store")
    office.do(Report(location="某处", description="说不清", found_on=date(2026, 3, 30)))
    async with opened(office.path, ready="R-") as board:
        await entered(board)
        await board.keys("enter")
        assert "is missing" in board.text.splitlines()[-1]
        assert board.in_state(State.REPORTED)
    office.close()


async def test_the_other_queues(tmp_path: Path) -> None:
    office = Office(tmp_path / "store")
    waits = office.fed_back()
    severe = office.fed_back(severity="严重")
    office.do(Pass(item=severe, finding="好"), actor=INSPECTOR)
    late = office.issued(due=date(2026, 3, 29))
    async with opened(office.path, ready="CW-") as board:
        await entered(board)
        await board.keys("enter")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))  # nothing is invented
        await board.keys("enter")
        assert isinstance(board.app.screen, FormScreen)
        await board.type("清了")
        await board.keys("enter")
        await board.saved()
        town = board.session.town
        assert town.item(waits).assignment.inspection.finding == "清了"
        await board.keys("enter")
        await board.saved()
        assert {town.item(k).state for k in (waits, severe)} == {State.CLOSED}
        assert "approve: 1" in board.text
        await board.keys("enter")
        await board.until(lambda: "Enter: remind" in board.text)
        await board.keys("enter")
        await board.saved()
        assert town.item(late).level == 1
    office.close()


def test_near_texts_of_the_zone_are_alike(inbox: Office) -> None:
    items = list(inbox.town.items.values())
    found = near_open(inbox.town, items[0])
    assert found
    assert all(item.zone == 1 and item.id != items[0].id for item in found)
    assert (
        near_open(inbox.town, inbox.item(inbox.reported(zone=2, description="完全不同的事"))) == []
    )


async def test_the_queue_in_hand_is_told_whole(tmp_path: Path) -> None:
    async with opened(demo(tmp_path / "town")) as board:
        await entered(board)
        title = board.text.splitlines()[0]
        assert ".." not in title
        count = len(board.in_state(State.REPORTED))
        assert f"To accept {count}" in title


def test_the_zone_a_place_begins_with_is_proposed(inbox: Office) -> None:
    zone = inbox.town.zones[2]
    key = inbox.reported(zone=None, location=f"{zone.name}路口", description="垃圾")
    plan = plan_of(inbox.town, inbox.item(key), TODAY)
    assert plan.zone == zone.id
    assert "zone" not in missing(inbox.item(key), plan)
    other = inbox.reported(zone=None, location="别处", description="垃圾")
    assert plan_of(inbox.town, inbox.item(other), TODAY).zone is None


async def test_what_is_undone_on_the_board_is_dealt_with_again(inbox: Office) -> None:
    async with opened(inbox.path, (100, 30), ready="R-0001") as board:
        await entered(board)
        await board.keys("enter")
        await board.saved()
        await board.until(lambda: "R-0002" in board.text.splitlines()[1])
        await board.keys("q", "u")
        await board.saved()
        await entered(board)
        assert "20" in board.text.splitlines()[0]
        await board.keys("q")
        home = board.app.screen
        progress = home.going._progress  # type: ignore[attr-defined]
        assert not progress.handled
        assert not progress.done
        assert not progress.issued


async def test_a_deadline_that_is_none_is_asked_again_with_what_was_typed(inbox: Office) -> None:
    async with opened(inbox.path, (100, 30), ready="R-0001") as board:
        await entered(board)
        await board.keys("d", "ctrl+u")
        await board.type("下辈子")
        await board.keys("enter")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        assert "下辈子" in board.text
        await board.keys("escape")
        assert "Esc again throws away" in board.text
        await board.keys("escape")
        await board.until(lambda: triage(board))
