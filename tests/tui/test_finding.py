"""Finding and arranging: views, facets, completion, jumps, order, folding, everything by name."""

from pathlib import Path

import pytest
from board_support import Board, demo, opened

from core.actions.registers import Edit
from core.actions.wish import Wish
from core.day.kanban import COLUMNS
from core.finding.query import compile_query
from core.model import Item, State
from core.words.pinyin.sounds import initials
from tui.board.widgets.board_view import BoardView
from tui.registers.views import FacetsScreen
from tui.verbs.screen import FormScreen
from tui.words import i18n


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


def view(board: Board) -> BoardView:
    return board.app.screen.query_one(BoardView)


def shown(board: Board) -> set[int]:
    return {key for lane in view(board).lanes for key in lane.column.keys}


async def test_a_number_key_shows_a_saved_view_and_0_everything(town: Path) -> None:
    async with opened(town) as board:
        every = shown(board)
        await board.keys("1")
        late = {
            i.id
            for i in board.in_state(State.RECTIFYING)
            if i.assignment.due < board.session.moment.today
        }
        assert shown(board) & {i.id for i in board.in_state(State.RECTIFYING)} == late
        assert shown(board) < every
        assert "超期" in board.text.splitlines()[0]
        await board.keys("0")
        assert shown(board) == every
        await board.keys("9")
        assert "No view is on key 9" in board.text


async def test_a_search_is_saved_as_a_view_changed_and_removed(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("slash")
        await board.type("zone:Z05")
        await board.keys("enter", "F")
        await board.until(lambda: isinstance(board.app.screen, FacetsScreen))
        await board.keys("s")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        await board.type("河边")
        await board.keys("ctrl+s")
        await board.saved()
        await board.keys("escape", "0", "8")
        assert {board.session.town.items[k].zone for k in shown(board)} == {5}
        assert "河边" in board.text.splitlines()[0]
        await board.keys("F")
        await board.until(lambda: "河边" in board.text)
        await board.keys(*["down"] * 7, "X")
        await board.saved()
        await board.until(lambda: "河边" not in board.text.replace(board.text.splitlines()[0], ""))


async def test_facets_narrow_one_by_one_and_say_how_much_is_left(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("F")
        await board.until(lambda: isinstance(board.app.screen, FacetsScreen))
        lines = board.text.splitlines()
        at = next(n for n, line in enumerate(lines) if "Z05" in line)
        count = int(lines[at].split()[-1])
        await board.keys(*["down"] * (at - 2), "enter", "down", "enter")
        assert "zone:Z05|Z" in board.text
        await board.keys("up", "enter", "down", "enter")  # both off again
        assert "zone:" not in board.text.splitlines()[0]
        await board.keys("up", "enter", "q")
        opened_ = [k for k in shown(board) if board.session.town.items[k].state != State.CLOSED]
        assert len(opened_) == count


async def test_the_search_line_completes_terms(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("slash")
        await board.type("unit:hw")
        await board.until(lambda: "Tab: unit:环卫所" in board.text)
        await board.keys("tab")
        await board.type(" cha")
        await board.keys("backspace", "backspace", "backspace")
        await board.type("超")
        await board.keys("tab", "enter")
        assert "unit:环卫所 超期" in board.text.splitlines()[0]
        await board.keys("slash")
        await board.type("zone:Z01")  # typing replaces what was looked for
        await board.keys("enter")
        assert "unit:" not in board.text.splitlines()[0]
        await board.keys("slash")
        await board.type("nothing like this")
        await board.keys("enter")
        assert "Nothing is found" in board.text


def distinct(board: Board) -> tuple[Item, str]:
    """An item on the board, and three initials of its place that only it has."""
    town, moment = board.session.town, board.session.moment
    for item in board.in_state(State.RECTIFYING):
        for at in range(len(item.location) - 2):
            letters = initials(item.location[at : at + 3])
            keep = compile_query(letters, town, moment.today, board.session.actor)
            if letters.isalpha() and letters.isascii():
                found = [i for i in town.items.values() if i.state in COLUMNS and keep(i)]
                if [i.id for i in found] == [item.id]:
                    return item, letters
    raise AssertionError("no item has initials of its own")


async def test_an_item_is_found_by_pinyin_and_opened_with_six_keys(town: Path) -> None:
    async with opened(town) as board:
        wanted, letters = distinct(board)
        await board.keys("slash", *letters, "enter", "enter")
        await board.until(lambda: wanted.label in board.text.splitlines()[0])
        assert wanted.location in board.text


async def test_a_jump_goes_to_a_number_by_its_last_digits(town: Path) -> None:
    async with opened(town) as board:
        item = board.in_state(State.SUSPENDED)[0]
        await board.keys("1", "J")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        await board.type(str(int(item.number[-4:])))
        await board.keys("enter")
        assert view(board).cursor == item.id
        await board.keys("J")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        await board.type("99999")
        await board.keys("enter")
        assert "99999" in board.text
        assert view(board).cursor == item.id


async def test_columns_are_put_in_another_order_and_folded(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        lane = next(n for n in view(board).lanes if n.column.state == State.RECTIFYING)
        numbers = [board.session.town.items[k].number for k in lane.cards]
        assert numbers != sorted(numbers)
        await board.keys("O")
        lane = next(n for n in view(board).lanes if n.column.state == State.RECTIFYING)
        assert [board.session.town.items[k].number for k in lane.cards] == sorted(numbers)
        assert "sorted by number" in board.text
        await board.keys("minus")
        assert "+ Reported" in board.text
        here = view(board).cursor
        assert here is not None
        assert board.session.town.items[here].state == State.ACCEPTED
        await board.keys("plus")
        assert "+ " not in board.text
        await board.keys("o", "o", "minus")  # by unit: the group is folded
        assert "+ " in board.text
        folded = next(n for n in view(board).lanes if n.column.count > len(n.cards))
        view(board).go_to(next(k for k in folded.column.keys if k not in folded.cards))
        await board.pilot.pause()
        assert "+ " not in board.text


async def test_suspended_items_are_folded_until_they_are_looked_for(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        assert "+ Suspended 3" in board.text
        await board.keys("slash")
        await board.type("state:suspended")
        await board.keys("enter")
        assert "+ Suspended" not in board.text
        assert view(board).cursor is not None


@pytest.mark.parametrize("word", ["chase", "催办单", "cbd"])
async def test_everything_has_a_name(town: Path, word: str) -> None:
    i18n.use(i18n.CHINESE)
    async with opened(town) as board:
        await board.keys("colon")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        await board.type(word)
        await board.keys("enter")
        await board.until(lambda: type(board.app.screen).__name__ == "ChaseScreen")


async def test_a_query_that_no_longer_holds_is_given_up_and_ends_nothing(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        unit = board.session.town.unit_named("环卫所")
        assert unit is not None
        await board.keys("slash")
        await board.type("unit:环卫所")
        await board.keys("enter", "F")
        await board.until(lambda: isinstance(board.app.screen, FacetsScreen))
        rename = Edit(
            table="units", record=unit.id, fields={"name": "园林所", "aliases": (), "short": ""}
        )
        board.session.submit([Wish(rename)])
        await board.saved()
        await board.keys("down", "escape")
        assert "all" in board.text.splitlines()[0]
        await board.keys("slash")
        await board.type('"a:b"')
        await board.keys("enter", "F")
        await board.until(lambda: isinstance(board.app.screen, FacetsScreen))


async def test_no_number_ends_the_board(town: Path) -> None:
    async with opened(town) as board:
        for text in ("①", "²", "-3", " "):
            await board.keys("J")
            await board.until(lambda: isinstance(board.app.screen, FormScreen))
            await board.type(text)
            await board.keys("enter", "escape")
        assert view(board).cursor is not None


async def test_folded_groups_open_when_cards_are_grouped_another_way(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("o", "o", "minus", "minus", "minus", "minus", "minus", "o", "o")
        assert view(board).cursor is not None
        lanes = [lane for lane in view(board).lanes if lane.column.state != State.SUSPENDED]
        assert all(len(lane.cards) == lane.column.count for lane in lanes)
