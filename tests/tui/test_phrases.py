"""Sentences offered in lines of forms: taken with down and Enter, or gone on without."""

from pathlib import Path

import pytest
from board_support import Board, demo, opened

from core.actions.registers import Add
from core.actions.wish import Wish
from core.model import Item, State
from tui.words import i18n


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    i18n.use("zh")
    return demo(tmp_path / "town")


async def to_feedback(board: Board) -> Item:
    """The form of a feedback, its line for what was done under the cursor."""
    fields = {"of": "整改措施", "text": "督促商户自行清理"}
    board.session.submit([Wish(Add(table="phrases", fields=fields))])
    await board.saved()
    item = board.in_state(State.RECTIFYING)[0]
    board.app.screen.narrowing.to(f"no:{item.label}")  # type: ignore[attr-defined]
    await board.pilot.pause()
    await board.keys("l", "l", "b")
    await board.pilot.pause()
    return item


async def test_down_and_enter_take_one(town: Path) -> None:
    async with opened(town) as board:
        item = await to_feedback(board)
        await board.type("督促")
        assert "督促商户自行清理" in board.text
        await board.keys("down", "enter", "ctrl+s")
        await board.saved()
        assignment = board.session.town.items[item.id].assignment
        assert assignment is not None and assignment.feedbacks[-1].measure == "督促商户自行清理"


async def test_what_is_typed_stands_as_it_is(town: Path) -> None:
    async with opened(town) as board:
        item = await to_feedback(board)
        await board.type("督促清理了")
        await board.keys("ctrl+s")
        await board.saved()
        assignment = board.session.town.items[item.id].assignment
        assert assignment is not None and assignment.feedbacks[-1].measure == "督促清理了"
