"""Driving the board in tests: real keys, text as drawn, waiting for a condition and no clock."""

import os
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from textual.pilot import Pilot

from core.model import Item, State
from core.roles import ALL_HANDS, Actor
from store.history.repository import Repository
from store.samples import DemoSize, build_demo
from tui.app import ZhenggaiApp
from tui.session.session import Session

LAST = date(2026, 3, 31)
AT_TEN = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
SNAPSHOTS = Path(__file__).parent / "tui" / "snapshots"
TRIES = 200


class Board:
    """A running board and the store behind it."""

    def __init__(self, app: ZhenggaiApp, session: Session, pilot: Pilot[None]) -> None:
        self.app = app
        self.session = session
        self.pilot = pilot
        self._seen = session.town.seq

    @property
    def text(self) -> str:
        """The screen as a person sees it."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    async def keys(self, *keys: str) -> None:
        """Press keys one after the other."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type text as a person (or an input method) would."""
        await self.pilot.press(*text)
        await self.pilot.pause()

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is so."""
        for _ in range(TRIES):
            if true():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"never came true; the screen:\n{self.text}")

    async def still(self) -> str:
        """The screen once nothing changes any more, and nothing stands as .. that is still being read."""
        before, same = "", 0
        for _ in range(TRIES):
            await self._told()
            await self.pilot.pause(0.03)
            text = self.text
            read = ".." not in (line.strip() for line in text.splitlines())
            same = same + 1 if text == before and read else 0
            before = text
            if same == 3:
                return text
        raise AssertionError(f"never still; the screen:\n{before}")

    async def _told(self) -> None:
        """Wait until the store has answered what it was asked so far."""
        answered = Event()
        self.session._jobs.put(answered.set)
        for _ in range(TRIES):
            if answered.is_set():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"the store never answered; the screen:\n{self.text}")

    async def saved(self, count: int = 1) -> None:
        """Wait until as many transactions as said have arrived since the last wait."""
        self._seen += count
        await self.until(lambda: self.session.town.seq >= self._seen)

    def item(self, number: str) -> Item:
        found = self.session.town.find(number)
        assert found is not None
        return found

    def in_state(self, state: State) -> list[Item]:
        return list(self.session.town.in_state(state))


def demo(path: Path, size: int = 60) -> Path:
    """A demo town ending on `LAST`."""
    build_demo(path, "founder", LAST, DemoSize(size), 1).close()
    return path


@asynccontextmanager
async def opened(
    path: Path,
    size: tuple[int, int] = (80, 24),
    login: str = "founder",
    ready: str = "CW-",
    *,
    few_colours: bool = False,
) -> AsyncIterator[Board]:
    """A board on a store."""
    session = Session(
        Repository(path), lambda _town: Actor(login, ALL_HANDS, via="tui"), lambda: AT_TEN
    )
    app = ZhenggaiApp(session, few_colours=few_colours)
    async with app.run_test(size=size, notifications=True) as pilot:
        board = Board(app, session, pilot)
        await board.until(lambda: session.town.complete and ready in board.text)
        yield board
    session.stop()


def matches(name: str, text: str) -> None:
    """Compare a screen with the one kept, or keep it where ZG_KEEP=1 is set."""
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("ZG_KEEP"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text("utf-8"), f"{name} is drawn differently:\n{text}"


def joined(items: Iterable[Item]) -> set[str]:
    """The labels of items."""
    return {item.label for item in items}
