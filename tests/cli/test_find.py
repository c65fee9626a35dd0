"""Finding what one knows a word of, wherever it stands."""

import json
from pathlib import Path

import pytest
from board_support import demo, opened
from cli_support import Zg

from core.model import Item, Log
from tui.day.anywhere import FoundScreen
from tui.words import i18n
from tui.year.logs import LogsScreen
from tui.year.shops import ShopsScreen


def ok(result: object) -> str:
    assert result.code == 0, result.err  # type: ignore[attr-defined]
    return str(result.out)  # type: ignore[attr-defined]


def kinds(office: Zg, *words: str) -> list[tuple[str, str]]:
    found = json.loads(ok(office("find", *words, "--json")))
    return [(each["kind"], each["number"]) for each in found]


def test_every_kind_is_found(town: Zg, tmp_path: Path) -> None:
    first = json.loads(ok(town("list", "--json")))[0]["number"]
    ok(town("note", first, "吊车周五进场"))
    (tmp_path / "吊车照片.jpg").write_bytes(b"\xff\xd8\xff" + b"\x00" * 90)
    ok(town("attach", first, "吊车照片.jpg", "--before"))
    assert set(kinds(town, "吊车")) == {("diary", first), ("photo", first)}
    assert ("shop", "S-0008") in kinds(town, "万家五金店")
    assert all(kind == "shop" for kind, _number in kinds(town, "五金"))
    assert "log" in {kind for kind, _number in kinds(town, "大扫除")}
    assert "paper" in {kind for kind, _number in kinds(town, "创卫办通")}
    assert town("find", "没有这个词的").code != 0
    assert kinds(town, "吊车", "周五") == [("diary", first)]


def test_a_number_of_the_senders_finds_its_item(empty: Zg) -> None:
    ok(empty("zone", "add", "Z01", "第一段", "--kind", "街道段"))
    ok(empty("add", "第一段 街口 垃圾", "--external-no", "热线-778"))
    assert "R-0001" in ok(empty("list", "no:热线-778"))
    assert kinds(empty, "热线-778") == [("item", "R-0001")]


async def test_from_the_board_enter_goes_to_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    i18n.use("zh")
    async with opened(demo(tmp_path / "town")) as board:
        item = next(i for i in board.session.town.all(Item) if i.state == "rectifying")
        for words, there in (("五金店", ShopsScreen), (item.number, None)):
            await board.keys("colon")
            await board.type("查找")
            await board.keys("enter")
            await board.type(words)
            await board.keys("enter")
            await board.until(lambda: isinstance(board.app.screen, FoundScreen))
            await board.pilot.pause()
            await board.keys("enter")
            if there is not None:
                await board.until(lambda there=there: isinstance(board.app.screen, there))
                assert "S-0008" in board.text
                await board.keys("q")
            await board.pilot.pause()
        assert item.number in board.text


async def test_a_line_of_the_log_is_found_in_its_own_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    i18n.use("zh")
    async with opened(demo(tmp_path / "town")) as board:
        this_year = board.session.moment.today.year
        old = next(log for log in board.session.town.all(Log) if log.on.year < this_year)
        await board.keys("colon")
        await board.type("查找")
        await board.keys("enter")
        await board.type(old.label)
        await board.keys("enter")
        await board.until(lambda: isinstance(board.app.screen, FoundScreen))
        await board.pilot.pause()
        await board.keys("enter")
        await board.until(lambda: isinstance(board.app.screen, LogsScreen))
        await board.pilot.pause()
        assert f"{old.on.year}年" in board.text and old.label in board.text


async def test_a_line_of_the_diary_from_the_menu_of_actions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    i18n.use("zh")
    async with opened(demo(tmp_path / "town")) as board:
        here = board.app.screen.marks.current  # type: ignore[attr-defined]
        await board.keys("v")
        await board.type("记进展")
        await board.keys("enter")
        await board.type("周五施工")
        await board.keys("ctrl+s")
        await board.saved()
        assert [line.text for line in board.session.town.items[here.id].diary] == ["周五施工"]
        await board.keys("u")
        await board.saved()
        assert not board.session.town.items[here.id].diary
