"""A phone over ssh: one column at a time, rows over two lines, nothing cut that is a number or a name."""

from pathlib import Path

import pytest
from board_support import demo, opened

from core.model import State
from tui.verbs.screen import FormScreen


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (79, 24)])
async def test_one_column_at_a_time_with_the_names_of_all(
    town: Path, size: tuple[int, int]
) -> None:
    async with opened(town, size, ready="R-") as board:
        strip = board.text.splitlines()[1:4]
        for state, name in ((State.ACCEPTED, "Accepted"), (State.RECTIFYING, "Rectifying")):
            assert f"{name} {len(board.in_state(state))}" in " ".join(strip)
        assert "[Reported" in board.text
        shown = [i for i in board.in_state(State.ACCEPTED) if i.label in board.text]
        assert shown == []
        await board.keys("l")
        await board.until(lambda: "[Accepted" in board.text)
        assert any(i.label in board.text for i in board.in_state(State.ACCEPTED))
        assert not any(i.label in board.text for i in board.in_state(State.REPORTED))
        assert all(len(line) <= size[0] for line in board.text.splitlines())


async def test_a_case_goes_its_way_on_a_phone(town: Path) -> None:
    async with opened(town, (40, 12), ready="R-") as board:
        item = board.in_state(State.REPORTED)[0]
        board.app.screen.query_one("BoardView").go_to(item.id)
        await board.keys("x")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        assert "Esc cancel" in " ".join(board.text.split())

        await board.type("no")
        await board.keys("enter")
        await board.saved()
        assert board.session.town.item(item.id).state == State.VOID


@pytest.mark.parametrize("key", ["T", "z", "d", "c", "Q"])
async def test_lists_cut_no_number_and_no_name(town: Path, key: str) -> None:
    async with opened(town, (40, 14), ready="R-") as board:
        await board.keys(key)
        rows = board.app.screen.query_one("RowList")
        text = await board.still()
        for _key, cells in rows._rows[:2]:
            for cell, width in zip(cells, rows._widths, strict=True):
                if width and cell.strip():
                    assert cell.strip() in text, (cell, text)


@pytest.mark.parametrize("size", [(40, 14), (80, 24)])
async def test_a_refusal_is_read_whole_and_goes_with_the_next_move(
    town: Path, size: tuple[int, int]
) -> None:
    async with opened(town, size, ready="R-") as board:
        await board.keys("d")
        unit = board.app.screen.query_one("RowList").cursor
        held = [
            item.label
            for item in board.session.town.open_items()
            if item.assignment is not None and item.assignment.lead == unit
        ]
        await board.keys("X")
        await board.until(lambda: "does all at once" in " ".join(board.text.split()))
        for label in held[:5]:
            assert label in board.text
        bar = board.app.screen.query_one("KeyBar")
        assert bar.size.height > 1
        await board.keys("j")
        await board.until(lambda: bar.size.height == 1)


async def test_A_without_a_request_under_the_cursor_shows_all_that_wait(town: Path) -> None:  # noqa: N802
    async with opened(town, (140, 40), ready="R-") as board:
        waiting = {r.item for r in board.session.town.pending()}
        assert waiting
        other = next(i for i in board.in_state(State.RECTIFYING) if i.id not in waiting)
        board.app.screen.query_one("BoardView").go_to(other.id)
        await board.keys("A")
        await board.until(lambda: other.label not in board.text)
        assert board.app.screen.query_one("BoardView").cursor in waiting
        await board.keys("A")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
