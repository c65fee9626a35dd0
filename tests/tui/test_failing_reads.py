"""A board whose store cannot be read for a while, and what comes back after a refusal."""

from pathlib import Path

import pytest
from board_support import Board, demo, opened

from core.actions.loop.feedback import Note
from core.actions.loop.road import Report
from core.actions.registers import Edit
from core.actions.wish import Wish
from core.errors import Clash
from core.model import State
from store.errors import NoStore, NotSaved
from tui.board.screen import BoardScreen
from tui.messages import Committed


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


def unreadable(*_args: object, **_named: object) -> bool:
    raise NoStore("unreadable_store", path="/srv/town", why="Input/output error")


def title(board: Board) -> str:
    return board.text.splitlines()[0]


async def test_a_store_that_could_not_be_read_for_a_while_is_followed_again(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(town, (140, 40)) as board:
        before = title(board)
        with monkeypatch.context() as broken:
            broken.setattr(board.session._repository, "fresh", unreadable)
            await board.until(lambda: "Input/output error" in title(board))
        await board.until(lambda: title(board) == before)
        with monkeypatch.context() as broken:  # the same fault is told a second time
            broken.setattr(board.session._repository, "fresh", unreadable)
            await board.until(lambda: "Input/output error" in title(board))


async def test_closed_items_that_could_not_be_read_are_read_later(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(town, (140, 40)) as board:
        read, calls = board.session._sight.closed, []

        def fails_once(*args: object, **named: object) -> object:
            calls.append(named)
            return unreadable() if len(calls) == 1 else read(*args, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(board.session._sight, "closed", fails_once)
        board.session.read_all_closed()
        await board.until(lambda: len(calls) == 2)
        assert calls[1] == {"every": True}


async def test_a_history_that_cannot_be_read_is_told_once_and_leaves_the_title(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(town, (140, 40)) as board:
        before = title(board)
        monkeypatch.setattr(board.session._repository, "history", unreadable)
        await board.keys("enter")
        await board.until(lambda: "Input/output error" in board.text.splitlines()[-1])
        await board.still()
        assert title(board) == before
        monkeypatch.undo()
        await board.keys("down")
        await board.until(lambda: "Reported" in board.text)


async def test_a_disk_that_refuses_for_good_is_not_tried_again(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_args: object, **_named: object) -> None:
        raise NotSaved("disk_refuses", path="/srv/town")

    async with opened(town, (140, 40)) as board:
        monkeypatch.setattr(board.session._repository, "commit", refuses)
        await board.keys("a")
        await board.type("Z01 甲处 积水")
        await board.keys("enter")
        await board.until(lambda: "the disk refuses writes" in board.text)
        assert "trying again" not in board.text
        assert "积水" in board.text, "the line that was typed comes back"


async def test_what_was_marked_is_marked_again_where_it_was_refused(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clashes(*_args: object, **_named: object) -> None:
        raise Clash("nothing_changed", number="CW")

    async with opened(town, (140, 40)) as board:
        home = board.app.screen
        assert isinstance(home, BoardScreen)
        home.view.go_to(board.in_state(State.RECTIFYING)[0].id)
        with monkeypatch.context() as broken:
            broken.setattr(board.session._repository, "commit", clashes)
            await board.keys("space", "space")
            sent = [Note(item=item.id, line="已到现场") for item in home.marks.items]
            home.submit(sent, home.marks.items)
            assert not home.marks.keys, "two marked cards are not acted on twice"
            await board.until(lambda: "marked 2" in board.text)
        home.submit(sent, home.marks.items)
        await board.saved()
        assert "marked" not in await board.still()


async def test_what_was_told_before_a_town_was_read_anew_takes_nothing_back(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        told: list[Committed] = []
        home = board.app.screen
        assert isinstance(home, BoardScreen)
        publish = board.session._publish_to
        board.session._publish_to = lambda message: (
            told.append(message) if isinstance(message, Committed) else publish(message)
        )
        for text in ("甲处", "乙处"):
            board.session.submit([Wish(Report(location=text, description="积水"))])
        await board.until(lambda: len(told) == 2)
        home.inflow.anew()
        seq = board.session.town.seq
        assert seq == told[-1].changes.seq
        home.bring(told[0], in_front=True)
        assert board.session.town.seq == seq


async def test_a_query_that_is_given_up_leaves_nothing_behind(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        home = board.app.screen
        assert isinstance(home, BoardScreen)
        unit = next(u for u in board.session.town.units.values() if u.name == "城管中队")
        home.narrowing.to("unit:城管中队 closed:2026")
        assert home.narrowing.everywhere
        board.session.submit(
            [Wish(Edit(table="units", record=unit.id, fields={"name": "执法队", "aliases": ()}))]
        )
        await board.saved()
        await board.until(lambda: home.narrowing.query == "")
        assert not home.narrowing.everywhere
