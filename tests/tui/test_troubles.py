"""A board that lives long: saves that fail, another day, the terminal's own mouse, dark and light."""

import errno
from datetime import timedelta
from pathlib import Path

import pytest
from board_support import AT_TEN, Board, demo, opened

import store.history.repository as repository_module
import tui.session.saving as saving_module
from core.model import State
from tui.board.widgets.board_view import BoardView


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


class Disk:
    """A disk that is full until it is not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        write = repository_module.write_all

        def write_all(descriptor: int, data: bytes) -> None:
            if self.full:
                raise OSError(errno.ENOSPC, "full")
            write(descriptor, data)

        monkeypatch.setattr(repository_module, "write_all", write_all)
        monkeypatch.setattr(saving_module, "AGAIN", 0.0)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def title(board: Board) -> str:
    return board.text.splitlines()[0]


async def report(board: Board, text: str) -> None:
    await board.keys("a")
    await board.type(f"Z01 {text} 积水")
    await board.keys("enter")


async def test_what_cannot_be_saved_stays_in_sight_until_it_is(town: Path, disk: Disk) -> None:
    async with opened(town, (140, 40)) as board:
        disk.full = True
        await report(board, "甲处")
        await board.until(lambda: "Not saved yet" in title(board))
        await report(board, "乙处")
        await board.keys("down", "up")
        assert "Not saved yet" in title(board)
        before = len(board.in_state(State.REPORTED))
        await board.keys("q")
        await board.until(lambda: "2 changes are not saved" in board.text)
        disk.full = False
        await board.saved(2)
        made = board.in_state(State.REPORTED)[before:]
        assert [item.location for item in made] == ["甲处", "乙处"]
        await board.until(lambda: "Not saved yet" not in title(board))


async def test_what_is_not_saved_yet_is_given_up(town: Path, disk: Disk) -> None:
    async with opened(town, (140, 40)) as board:
        before = len(board.in_state(State.REPORTED))
        disk.full = True
        await report(board, "甲处")
        await board.until(lambda: "Not saved yet" in title(board))
        await board.keys("u")
        await board.until(lambda: "Not saved yet" not in title(board))
        await board.keys("down")
        disk.full = False
        await report(board, "丙处")
        await board.saved()
        assert [i.location for i in board.in_state(State.REPORTED)[before:]] == ["丙处"]


async def test_a_head_start_that_is_damaged_while_the_board_is_open_is_told(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        assert (town / "snapshot.json").stat().st_size
        (town / "snapshot.json").write_bytes(b"")
        await board.keys("g", "p")
        await board.until(lambda: "is damaged; the journals" in " ".join(board.text.split()))


async def test_a_board_left_open_turns_to_the_new_day(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        late = board.text.count("late 24wd")
        assert late
        board.session._clock = lambda: AT_TEN + timedelta(days=1)
        board.app.screen._turn()
        await board.until(lambda: "late 25wd" in board.text)
        assert board.text.count("late 25wd") >= late


async def test_dark_and_light(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("Z")
        assert board.app.theme == "textual-light"
        await board.keys("Z")
        assert board.app.theme == "textual-dark"


async def test_the_cursor_stays_while_others_work(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        view = board.app.screen.query_one(BoardView)
        view.go_to(board.in_state(State.RECTIFYING)[5].id)
        here = view.cursor
        await board.keys("1", "0", "O", "O", "O", "O", "o", "o", "o", "o")
        assert view.cursor == here
