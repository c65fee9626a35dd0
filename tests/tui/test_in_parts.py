"""分项 on the board: given to several units by name, seen as cards, counted once, merged by its whole."""

from pathlib import Path

import pytest
from board_support import Board, demo, opened

from core.model import State
from tui.board.widgets.board_view import BoardView
from tui.verbs.screen import FormScreen


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


async def in_parts(board: Board) -> str:
    """An accepted problem given to 城管中队 and 环卫所 with the keys a person needs; its number."""
    item = board.in_state(State.ACCEPTED)[0]
    board.app.screen.query_one(BoardView).go_to(item.id)
    await board.keys("colon")
    await board.type("分项")
    await board.keys("enter")
    await board.until(lambda: isinstance(board.app.screen, FormScreen))
    fields = {e.field.key: e for e in board.app.screen.query("FormEntry")}
    fields["lead0"].line.value = "城管中队"
    fields["lead1"].line.value = "环卫所"
    fields["due1"].line.value = "9d"
    await board.keys("ctrl+s")
    await board.saved()
    return item.number


async def test_a_problem_is_two_cards_and_counted_once(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        before = len(board.in_state(State.RECTIFYING))
        number = await in_parts(board)
        parts = [i for i in board.in_state(State.RECTIFYING) if i.whole == number]
        assert [p.number for p in parts] == [f"{number}-1", f"{number}-2"]
        dues = [p.assignment.due for p in parts if p.assignment]
        assert dues[0] != dues[1]
        assert f"{before + 1}+1" in await board.still()
        assert f"give to several units: {number}" in board.text
        await board.keys("u")
        await board.saved()
        assert board.item(number).state == State.ACCEPTED


async def test_one_part_passed_and_the_whole_merged(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        number = await in_parts(board)
        board.app.screen.query_one(BoardView).go_to(board.item(f"{number}-1").id)
        await board.keys("i")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        fields = {e.field.key: e for e in board.app.screen.query("FormEntry")}
        fields["passed"].line.value = "passed"
        fields["finding"].line.value = "好"
        await board.keys("ctrl+s")
        await board.saved()
        assert board.item(f"{number}-1").state == State.CLOSED
        assert board.item(number).state == State.RECTIFYING
        assert f"inspect directly: {number}-1" in await board.still()
        board.app.screen.query_one(BoardView).go_to(board.item(f"{number}-2").id)
        await board.keys("enter")
        assert "In parts" in await board.still()
        await board.keys("m")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        screen = board.app.screen
        assert isinstance(screen, FormScreen)
        assert screen.standing[0].items == (board.item(number).id,), "the whole, not the part"


async def test_a_wrong_deadline_leads_to_its_own_line(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        item = board.in_state(State.ACCEPTED)[0]
        board.app.screen.query_one(BoardView).go_to(item.id)
        await board.keys("colon")
        await board.type("分项")
        await board.keys("enter")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        first = board.app.screen
        fields = {e.field.key: e for e in first.query("FormEntry")}
        fields["lead0"].line.value = "城管中队"
        fields["lead1"].line.value = "环卫所"
        fields["due1"].line.value = "someday"
        await board.keys("ctrl+s")
        await board.until(lambda: board.app.screen is not first and "someday" in board.text)
        focused = {
            e.field.key: e for e in board.app.screen.query("FormEntry") if e.has_focus_within
        }
        assert list(focused) == ["due1"]


async def test_a_refusal_calls_a_line_as_the_form_does(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        item = board.in_state(State.RECTIFYING)[0]
        board.app.screen.query_one(BoardView).go_to(item.id)
        await board.keys("b")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        fields = {e.field.key: e for e in board.app.screen.query("FormEntry")}
        fields["on"].line.value = "2099-01-01"
        fields["measure"].line.value = "清理"
        label = fields["on"].field.label
        await board.keys("ctrl+s")
        await board.until(lambda: "later than today" in board.text)
        assert f"{label}: 2099-01-01 is later than today" in board.text
