"""Keys that arrive in one burst, as on a slow line: what is typed behind a key that opens a dialog is in it."""

import stat
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from board_support import AT_TEN, Board, demo, opened
from textual.events import Key
from textual.widgets import Input

from core.model import Item, State
from tui.board.left_off import AT_REST
from tui.day.line import QuickScreen
from tui.terminal.driver import entered as enter_of
from tui.verbs.screen import FormScreen


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
        for entry in board.app.screen.query("FormEntry"):
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


# What was half typed when the line broke


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "zg" / "unfinished.json"


def mode_of(path: Path) -> int | None:
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else None


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


async def left_half_typed(town: Path) -> Item:
    """A form whose line broke; the item it was about."""
    async with opened(town, (140, 40)) as board:
        item = board.in_state(State.RECTIFYING)[0]
        board.app.screen.query_one("BoardView").go_to(item.id)
        burst(board, ["b", *"清了一半"])
        await board.until(lambda: entered(board) == "清了一半")
        board.app._leave()
    return item


async def test_a_form_is_gone_on_with_at_the_next_login(town: Path, state: Path) -> None:
    item = await left_half_typed(town)
    assert (mode_of(state), "清了一半" in text_of(state)) == (0o600, True)
    async with opened(town, (140, 40)) as board:
        await board.until(lambda: "Not finished when the line broke" in board.text)
        assert "清了一半" in board.text
        await board.keys("enter")
        await board.until(lambda: entered(board) == "清了一半")
        await board.keys("enter")
        await board.saved()
        assert board.session.town.item(item.id).assignment.feedback.measure == "清了一半"
    assert mode_of(state) is None


async def test_lines_are_gone_on_with_or_thrown_away(town: Path, state: Path) -> None:
    async with opened(town, (140, 40)) as board:
        burst(board, ["a", *"Z02 桥头 垃圾"])
        await board.until(lambda: entered(board) == "Z02 桥头 垃圾")
        board.app._leave()
    async with opened(town, (140, 40)) as board:
        await board.until(lambda: "Z02 桥头 垃圾" in board.text)
        await board.keys("enter")
        await board.until(lambda: entered(board) == "Z02 桥头 垃圾")
        board.app._leave()
    async with opened(town, (140, 40)) as board:
        await board.until(lambda: "Z02 桥头 垃圾" in board.text)
        await board.keys("escape")
        await board.until(lambda: "Z02 桥头 垃圾" not in board.text)
    assert mode_of(state) is None


async def test_what_is_offered_takes_no_key_meant_for_something_else(
    town: Path, state: Path
) -> None:
    item = await left_half_typed(town)
    async with opened(town, (140, 40)) as board:
        burst(board, ["a", *"Z02 桥头 垃圾"])
        await board.until(lambda: entered(board) == "Z02 桥头 垃圾")
        await board.pilot.pause(AT_REST * 2)
        assert entered(board) == "Z02 桥头 垃圾"
        await board.keys("enter")
        await board.saved()
        await board.until(lambda: "Not finished when the line broke" in board.text)
        assert item.label in board.text


def test_a_line_feed_is_enter() -> None:
    typed, other = enter_of(Key("ctrl+j", None)), Key("j", "j")
    assert isinstance(typed, Key)
    assert (typed.key, typed.character) == ("enter", "\r")
    assert enter_of(other) is other


async def test_nothing_typed_is_nothing_kept(town: Path, state: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("e")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        board.app._leave()
    assert mode_of(state) is None


async def test_it_is_not_offered_for_ever_nor_in_another_store(
    town: Path, state: Path, tmp_path: Path
) -> None:
    from tui.session.unfinished import KEPT, QUICK, Unfinished, keep

    async with opened(town) as board:
        store = board.session.store
        old = Unfinished(store=store, at=AT_TEN - KEPT * 2, verb=QUICK, texts={"0": "旧的"})
        other = Unfinished(store="another", at=AT_TEN, verb=QUICK, texts={"0": "别处"})
    for left, gone in ((other, False), (old, True)):
        keep(left)
        async with opened(town) as board:
            await board.still()
            assert "Not finished" not in board.text
        assert (mode_of(state) is None) == gone
