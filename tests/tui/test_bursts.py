"""Keys that arrive in one burst, as on a slow line: what is typed behind a key that opens a dialog is in it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from board_support import Board, demo, opened
from textual.events import Key
from textual.widgets import Input

from core.model import State
from tui.screens.form import FormScreen
from tui.screens.quick import QuickScreen


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


def burst(board: Board, keys: Sequence[str]) -> None:
    """Keys that the terminal sends at once."""
    for key in keys:
        name = {"\t": "tab", "\r": "enter"}.get(key, key)
        board.app.post_message(Key(name, key if len(key) == 1 else None))


def entered(board: Board) -> str:
    line = board.app.focused
    return line.value if isinstance(line, Input) else f"<{line}>"


CARDS = {
    "e": State.RECTIFYING,
    "b": State.RECTIFYING,
    "D": State.RECTIFYING,
    "S": State.RECTIFYING,
    "x": State.REPORTED,
    "f": State.REPORTED,
    "s": State.ACCEPTED,
    "H": State.ACCEPTED,
    "r": State.AWAITING,
    "p": State.AWAITING,
    "I": State.RECTIFYING,
    "U": State.RECTIFYING,
    "a": State.REPORTED,
}


@pytest.mark.parametrize("key", CARDS)
async def test_what_is_typed_behind_a_key_that_opens_a_dialog_is_in_it(
    town: Path, key: str
) -> None:
    async with opened(town, (140, 40)) as board:
        view = board.app.screen.query_one("BoardView")
        view.go_to(board.in_state(CARDS[key])[0].id)
        await board.pilot.pause()
        burst(board, [key, "x", "y", "环", "卫"])
        await board.until(lambda: isinstance(board.app.screen, FormScreen | QuickScreen))
        await board.until(lambda: entered(board).endswith("xy环卫"))
        text = entered(board)
        await board.keys("escape")
        assert text.count("xy环卫") == 1


async def test_a_text_is_gone_on_with_and_a_day_typed_anew(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        item = board.in_state(State.RECTIFYING)[0]
        board.app.screen.query_one("BoardView").go_to(item.id)
        await board.keys("e")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        for entry in board.app.screen.query("Entry"):
            line = entry.query_one(Input)
            before = line.value
            board.app.screen.set_focus(line)
            await board.pilot.pause()
            await board.keys("z")
            if entry.field.key in ("location", "description") and before:
                assert line.value == before + "z"
            elif entry.field.key in ("found_on", "due"):
                assert line.value == "z"
        await board.keys("escape")


async def test_a_whole_report_in_one_burst(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        burst(board, ["a", *"Z02 学校门口 占道摆摊3处", "\r"])
        await board.saved()
        newest = max(board.session.town.items.values(), key=lambda i: i.id)
        assert newest.zone is not None
        assert "占道摆摊3处" in newest.description
        assert newest.found_on == date(2026, 3, 31)
