"""A liaison's board shows the same whatever is changed in what they may not see (docs/gate.md 5)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from board_support import AT_TEN, Board
from cli_support import comes_in
from sight_support import ACTOR, twin_stores
from tests_support import CLERK
from textual import events
from textual.screen import Screen

from core.sight.seen import seen_by
from store.history.repository import Repository
from tui.app import ZhenggaiApp
from tui.frame import common_keys, keys
from tui.frame.key import Key
from tui.places.destinations import FIRST, Destination, destinations, opening
from tui.session.session import Session
from tui.whereabouts import actor_in

ANYWHERE = {
    key.keys
    for table in (common_keys.LEAVE, common_keys.LIST_MOVES, common_keys.TELLING_MOVES, keys.MOVES)
    for key in table
}
"""Keys that only move, leave, or change how everything looks."""
Seen = list[tuple[str, str]]
Slice = tuple[int, int]
PARTS = 3
"""The board, and the places of the menu in turns."""
REFRESHED = 0.03
"""Seconds in which a screen is drawn again."""


@asynccontextmanager
async def entered(store: Path) -> AsyncIterator[Board]:
    """The board of whoever came in."""
    session = Session(Repository(store), lambda town: actor_in(town, None, "tui"), lambda: AT_TEN)
    app = ZhenggaiApp(session)
    async with app.run_test(size=(100, 30)) as pilot:
        board = Board(app, session, pilot)
        await board.until(lambda: session.town.complete and "CW-" in board.text)
        yield board
    session.stop()


class Walk:
    """Goes everywhere on a board and keeps what stood on the screen."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.found: Seen = []
        self.home = board.app.screen

    async def keys(self, *keys: str) -> None:
        """Press keys and wait until what they bring about is drawn, without waiting for an idle process."""
        board = self.board
        for key in keys:
            board.app.post_message(events.Key(key, key if len(key) == 1 else None))
            for _ in range(2):
                await board.pilot._wait_for_screen()
                board.session._asked(lambda: None)
                await asyncio.sleep(REFRESHED)

    async def look(self, name: str) -> None:
        self.found.append((name, await self.board.still()))

    async def back(self, there: Screen[Any] | None = None) -> None:
        """To a place, whatever is open over it; to the board where it has gone."""
        for _ in range(8):
            if self.board.app.screen in (there, self.home):
                return
            await self.keys("escape")
        raise AssertionError(f"no way back from\n{self.board.text}")

    async def press(self, name: str, key: Key) -> None:
        pressed = key.keys.split(",")[0]
        if pressed and key.keys not in ANYWHERE and key.action not in ("quit", "undo"):
            await self.keys(pressed)
            await self.look(f"{name} {pressed}")

    async def on_the_board(self) -> None:
        """Every key on a card, then every card in details."""
        for key in keys.BOARD:
            await self.press("board", key)
            await self.back()
            await self.keys("escape")

    async def in_places(self, part: Slice) -> None:
        """Every `of`-th place of the menu, and every key in it."""
        at, of = part
        await self.keys("g")
        await self.look("menu")
        await self.back()
        for place in destinations(self.board.session)[at::of]:
            if place.action != FIRST:
                await self.keys("g", place.letter)
                await self.look(place.action)
                await self.in_place(place)
                await self.back()

    async def in_place(self, place: Destination) -> None:
        there = self.board.app.screen
        for key in getattr(there, "KEYS", ()):
            await self.press(place.action, key)
            await self.back(there)
            if self.board.app.screen is not there:
                await self.keys("g", place.letter)
                there = self.board.app.screen


async def seen(store: Path, places: Slice | None) -> Seen:
    """What is seen on the board of a store, or in some places of the menu."""
    async with entered(store) as board:
        walk = Walk(board)
        await walk.look("board")
        if places is None:
            await walk.on_the_board()
        else:
            await walk.in_places(places)
        return walk.found


@pytest.mark.long
@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(PARTS))
async def test_no_screen_tells_of_what_is_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    one, two, fingerprint = twin_stores(tmp_path)
    comes_in(monkeypatch, one, "liaison", fingerprint)
    parts = [None] if part == 0 else [(part - 1, PARTS - 1)]
    first, second = await asyncio.gather(*(seen(store, p) for store in (one, two) for p in parts))
    assert [name for name, _text in first] == [name for name, _text in second]
    for (name, here), (_name, there) in zip(first, second, strict=True):
        assert here == there, name
    assert len(first) > 30
    assert any("CW-" in text for _name, text in first)


async def test_a_hidden_number_is_no_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _two, fingerprint = twin_stores(tmp_path)
    comes_in(monkeypatch, store, "liaison", fingerprint)
    town, absent = Repository(store).town, "CW-2026-0999"
    shown = seen_by(town, ACTOR).town.items
    hidden = next(i.label for i in town.items.values() if i.id not in shown and i.number)
    async with entered(store) as board:
        for key in ("J", "slash"):
            said = []
            for number in (hidden, absent):
                walk = Walk(board)
                await walk.keys(key, *number, "enter")
                said.append((await board.still()).replace(number, absent))
                await walk.keys("escape", "escape")
            assert said[0] == said[1], key


async def test_a_liaison_goes_where_the_menu_says_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _two, fingerprint = twin_stores(tmp_path)
    everywhere = Session(Repository(store), lambda _town: CLERK)
    every = [place.action for place in destinations(everywhere)]
    everywhere.stop()
    comes_in(monkeypatch, store, "liaison", fingerprint)
    async with entered(store) as board:
        home = board.app.screen
        open_to = {place.action for place in destinations(board.session)}
        assert "units" not in open_to < set(every)
        for action in set(every) - open_to - {opening("incoming")}:
            await home.run_action(action)
            await board.until(lambda: "office" in board.text)
            assert board.app.screen is home, action
            await board.keys("down", "up")
