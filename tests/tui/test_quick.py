"""Quick entry on the board: a line a problem, shown back before it is saved."""

from pathlib import Path

import pytest
from board_support import Board, demo, opened
from textual.events import Paste

from core.model import State
from tui.day.line import QuickScreen
from tui.verbs.screen import FormScreen


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


def quick(board: Board) -> bool:
    return isinstance(board.app.screen, QuickScreen)


async def test_a_line_is_shown_back_and_saved(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("a")
        await board.until(lambda: quick(board))
        await board.type("二段 桂花街西段 占道摆摊3处 城管 3天")
        await board.until(lambda: "Lead unit: 城管中队" in board.text)
        assert "Zone: Z02 第二段" in board.text
        assert "Due: 2026-04-03 (3天)" in board.text
        await board.keys("enter")
        await board.saved()
        item = board.in_state(State.REPORTED)[-1]
        assert (item.location, item.description) == ("桂花街西段", "占道摆摊3处")
        assert item.proposed is not None
        assert board.session.town.units[item.proposed.lead or 0].name == "城管中队"
        assert not quick(board)


async def test_a_paste_of_several_lines_makes_several_in_one_step(town: Path) -> None:
    async with opened(town) as board:
        before = len(board.in_state(State.REPORTED))
        await board.keys("a")
        await board.until(lambda: quick(board))
        board.app.screen.query_one("QuickLine").post_message(
            Paste("1. 三段 校门口 流动摊贩\n2、老场街巷口：油污满地\n")
        )
        await board.until(lambda: "2. " in board.text)
        await board.type("五段 滨河桥头 堆物")
        await board.keys("enter")
        await board.saved()
        made = board.in_state(State.REPORTED)[before:]
        assert [i.location for i in made] == ["校门口", "老场街巷口", "滨河桥头"]
        await board.keys("u")
        await board.saved()
        assert len(board.in_state(State.REPORTED)) == before


async def test_what_is_missing_is_said_and_nothing_typed_is_lost(town: Path) -> None:
    async with opened(town) as board:
        before = len(board.in_state(State.REPORTED))
        await board.keys("a")
        await board.until(lambda: quick(board))
        line = board.app.screen.query_one("QuickLine")
        line.post_message(Paste("Z01 甲处 积水\n堆物\nZ02 丙处 破损"))
        await board.until(lambda: "3. " in board.text)
        await board.keys("enter")  # to the line that lacks its place
        assert line.value == "堆物"
        assert "missing: Zone or location" in board.text
        await board.keys("up", "up")
        assert line.value == "Z01 甲处 积水"
        await board.keys("escape")
        assert quick(board)
        assert "3 lines would be lost" in board.text
        await board.keys("down")
        await board.type(" 乙处")
        await board.keys("home")
        await board.type("Z03 ")
        assert line.value == "Z03 堆物 乙处"
        await board.keys("enter")
        await board.saved()
        made = board.in_state(State.REPORTED)[before:]
        assert [i.location for i in made] == ["甲处", "堆物", "丙处"]


async def test_why_it_was_refused_stays_in_sight(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("a")
        await board.until(lambda: quick(board))
        line = board.app.screen.query_one("QuickLine")
        line.value = "Z01 甲处 " + "水" * 33_000
        await board.keys("enter")
        await board.until(lambda: quick(board) and "32767" in board.text)


async def test_tab_opens_every_field_filled_in(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("a")
        await board.until(lambda: quick(board))
        await board.type("五段 滨河桥头 堆物 5月1日前")
        await board.keys("tab")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        await board.keys("ctrl+s")
        await board.saved()
        item = board.in_state(State.REPORTED)[-1]
        assert item.proposed is not None
        assert (item.location, str(item.proposed.due)) == ("滨河桥头", "2026-05-01")
