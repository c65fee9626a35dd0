"""The places of the year with real keys, counted."""

from pathlib import Path

import pytest
from board_support import LAST, Board, demo, opened

from core.model import DocumentKind, DocumentState, Log, Shop
from tui.targets.indicators import TargetsScreen
from tui.targets.summary import SummaryScreen
from tui.words import i18n
from tui.year.hub import HubScreen
from tui.year.shops import ShopsScreen
from tui.year.tracing import TraceScreen


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    i18n.use("zh")
    return demo(tmp_path / "town")


async def to(board: Board, letter: str, screen: type) -> None:
    await board.keys("g", letter)
    await board.until(lambda: isinstance(board.app.screen, screen))
    await board.pilot.pause()


def lines(board: Board) -> list[Log]:
    return [log for log in board.session.town.all(Log) if log.stands]


async def test_a_sweep_is_logged_from_the_hub_in_three_keys_beside_its_line(town: Path) -> None:
    async with opened(town) as board:
        await to(board, "a", HubScreen)
        before = len(lines(board))
        await board.keys("a")
        await board.type("大扫除 环卫所 二段 死角30余处 垃圾11余吨")
        await board.keys("enter")
        await board.until(lambda: "死角30余处" in board.text or "30余" in board.text)
        assert len(lines(board)) == before  # read back before it is saved
        await board.keys("enter")
        await board.saved()
        made = max(lines(board), key=lambda log: log.id)
        assert len(lines(board)) == before + 1
        assert (made.kind, made.on) == ("大扫除", LAST)
        assert {(f.indicator, str(f.value), f.approx) for f in made.figures} == {
            ("A03", "30", "余"),
            ("A01", "11", "余"),
        }
        await board.keys("u")
        await board.saved()
        assert len(lines(board)) == before


async def test_twenty_shops_are_signed_in_three_keys(town: Path) -> None:
    async with opened(town) as board:
        await to(board, "p", ShopsScreen)
        before = {s.id: len(s.agreements) for s in board.session.town.all(Shop)}
        await board.keys("asterisk", "s", "enter")
        await board.saved()
        after = {s.id: len(s.agreements) for s in board.session.town.all(Shop)}
        assert len(after) >= 20
        assert all(after[key] == count + 1 for key, count in before.items())
        await board.keys("u")
        await board.saved()
        assert {s.id: len(s.agreements) for s in board.session.town.all(Shop)} == before


async def test_marks_out_of_sight_are_counted_where_they_are_signed_and_posted(town: Path) -> None:
    async with opened(town) as board:
        await to(board, "p", ShopsScreen)
        shops = [shop for shop in board.session.town.all(Shop) if shop.active]
        signed = sum(shop.agreement_on(LAST) is not None for shop in shops)
        posted = sum(shop.posted_on(LAST) for shop in shops)
        assert 0 < signed < len(shops)
        assert 0 < posted < len(shops)
        await board.keys("asterisk", "f", "s")  # only the unsigned ones stay in sight
        await board.until(lambda: f"其中 {signed} 户" in board.text)
        await board.keys("escape", "b")
        await board.until(lambda: f"挂牌：{len(shops) - posted}" in board.text)
        assert f"其中 {posted} 户" in board.text


async def test_why_a_number_is_what_it_is_in_two_keys(town: Path) -> None:
    async with opened(town) as board:
        await to(board, "a", HubScreen)
        await board.keys("5", "equals_sign")
        await board.until(lambda: isinstance(board.app.screen, TraceScreen))
        await board.pilot.pause()
        assert "清理垃圾" in board.text and "L-" in board.text
        await board.keys("q")
        await board.until(lambda: isinstance(board.app.screen, TargetsScreen))


async def test_every_line_of_the_hub_opens(town: Path) -> None:
    async with opened(town) as board:
        for number in range(1, 9):
            await to(board, "a", HubScreen)
            await board.keys(str(number))
            await board.until(lambda: not isinstance(board.app.screen, HubScreen))
            await board.pilot.pause()
            assert board.text.strip()
            await board.keys("question_mark")
            await board.pilot.pause()
            await board.keys("escape")


async def test_a_summary_keeps_the_clerks_words_through_drafts(town: Path) -> None:
    async with opened(town) as board:
        await to(board, "y", SummaryScreen)
        await board.keys("left_square_bracket", "n")
        await board.saved()
        await board.until(lambda: "组织领导" in board.text)
        paper = _paper(board)
        first = paper.body[0]
        await board.keys("enter")
        await board.type("广泛发动")
        await board.keys("enter")
        await board.saved()
        assert _paper(board).body[0].text == first.text + "广泛发动"
        await board.keys("a")
        await board.pilot.pause()
        await board.keys("escape")
        await board.keys("x")
        await board.saved()
        assert _paper(board).body[0].off
        await board.keys("u")
        await board.saved()
        assert not _paper(board).body[0].off
        await board.keys("s", "enter")
        await board.saved()
        assert _paper(board).state == DocumentState.SIGNED
        assert "广泛发动" in "".join(board.text.split())


def _paper(board: Board) -> object:
    found = [d for d in board.session.town.documents.values() if d.kind == DocumentKind.SUMMARY]
    return found[-1]


async def test_a_duty_is_done_and_excused_with_a_reason(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("g", "w")
        await board.until(lambda: "每日巡查" in board.text)
        before = len(lines(board))
        await board.keys("enter")
        await board.pilot.pause()
        await board.keys("enter", "enter")
        await board.until(lambda: len(lines(board)) == before + 1)
        made = max(lines(board), key=lambda log: log.id)
        assert made.duty is not None and made.key
        await board.keys("x")
        await board.type("连日大雨")
        await board.keys("enter")
        await board.until(lambda: len(lines(board)) == before + 2)
        assert max(lines(board), key=lambda log: log.id).excused


async def test_a_zone_of_a_campaign_is_told_and_a_check_may_report(town: Path) -> None:
    async with opened(town) as board:
        await to(board, "p", ShopsScreen)
        items = len(board.session.town.items)
        await board.keys("c")
        await board.pilot.pause()
        assert "检查" in board.text
        await board.keys("escape")
        assert len(board.session.town.items) == items
        await board.keys("f")
        await board.pilot.pause()
        assert isinstance(board.app.screen, ShopsScreen)


async def test_a_leader_writes_the_credit_record(town: Path, tmp_path: Path) -> None:
    async with opened(town) as board:
        await to(board, "p", ShopsScreen)
        await board.keys("w", "enter")
        await board.until(lambda: (tmp_path / "诚信档案_函.docx").exists())
        assert (tmp_path / "诚信档案.xlsx").exists()
        await board.keys("w", "enter")
        await board.pilot.pause()
        assert "已存在" in board.text or "已有" in board.text
