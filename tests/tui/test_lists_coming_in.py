"""Lists brought in on the board: looked at, mended, saved, taken back."""

from pathlib import Path

import pytest
from board_support import LAST, Board, demo, opened

from core.model import Campaign, Log, Shop, State
from core.town.facts import Facts
from store.ledgers.going_out.writing import save
from store.papers.walk import walk_text
from tui.ledger.listed import ListScreen
from tui.targets.indicators import TargetsScreen
from tui.words import i18n
from tui.year.shops import ShopsScreen

SHOPS = """商户名称,责任区,门牌号,负责人,签订日期,行业
老王面馆,第二段,12号,王店长,2026-3-1,餐饮
小丽理发,哪里路,3号,张丽,√,理发
大众五金,第二段,14号,经理,,零售
"""
FIGURES = """项目,单位,1月,2月,3月
清除牛皮癣,条,100,120,
没有的指标,个,1,2,3
"""
OTHERS = {
    "odd": "招牌上的字,责任区,门牌号\n新面馆,第二段,9号\n",
    "unit": "单位名称,简称\n第九小学,九小\n",
    "log": "日期,类型,地点\n2026-03-05,讲座,文化站\n",
    "duty": "名称,周期\n河道保洁,每周五\n",
    "cover": "责任区,户数应投,户数实投\n第一段,30,28\n",
}


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    i18n.use("zh")
    Path("shops.csv").write_text(SHOPS, encoding="utf-8")
    Path("figures.csv").write_text(FIGURES, encoding="utf-8")
    for name, text in OTHERS.items():
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    return demo(tmp_path / "town")


async def brought(board: Board, letter: str, name: str) -> ListScreen:
    """The list of a file, opened from a place."""
    await board.keys("g", letter)
    await board.pilot.pause()
    await board.keys("I")
    await board.type(name)
    await board.keys("enter")
    await board.until(lambda: isinstance(board.app.screen, ListScreen))
    await board.pilot.pause()
    assert isinstance(board.app.screen, ListScreen)
    return board.app.screen


def shops(board: Board) -> dict[str, Shop]:
    return {shop.name: shop for shop in board.session.town.all(Shop) if shop.active}


async def test_shops_come_in_with_one_row_mended_and_go_again(town: Path) -> None:
    async with opened(town) as board:
        await brought(board, "p", "shops.csv")
        assert "新增 2" in board.text and "退回 1" in board.text
        assert "没有叫 哪里路 的责任区" in board.text and "不留人名" in board.text
        await board.keys("enter", "down")  # the first row that asks is under the cursor
        for _letter in "哪里路":
            await board.keys("backspace")
        await board.type("第三段")
        await board.keys("ctrl+s")
        await board.until(lambda: "新增 3" in board.text)
        await board.keys("s")
        await board.saved()
        await board.until(lambda: isinstance(board.app.screen, ShopsScreen))
        found = shops(board)
        assert {"老王面馆", "小丽理发", "大众五金"} <= set(found)
        assert str(found["老王面馆"].agreements[0].signed_on) == "2026-03-01"
        assert not found["小丽理发"].agreements and found["小丽理发"].keeper == ""
        await board.keys("u")
        await board.saved()
        assert "老王面馆" not in shops(board)


async def test_rows_that_do_not_fit_are_told_before_the_rest_is_saved(town: Path) -> None:
    async with opened(town) as board:
        await brought(board, "p", "shops.csv")
        before = len(shops(board))
        await board.keys("s")
        await board.until(lambda: "有 1 行不合要求，不保存" in board.text)
        assert len(shops(board)) == before
        await board.keys("enter")
        await board.saved()
        assert len(shops(board)) == before + 2 and "小丽理发" not in shops(board)


async def test_a_row_left_out_and_taken_back(town: Path) -> None:
    async with opened(town) as board:
        screen = await brought(board, "p", "shops.csv")
        await board.keys("x")
        assert "不要 1" in board.text and "退回" not in screen.heading
        await board.keys("u")
        assert "退回 1" in board.text
        await board.keys("q")
        await board.until(lambda: isinstance(board.app.screen, ShopsScreen))


async def test_leaving_what_was_mended_asks_again(town: Path) -> None:
    async with opened(town) as board:
        await brought(board, "p", "shops.csv")
        await board.keys("x", "q")
        assert isinstance(board.app.screen, ListScreen) and "再按 q" in board.text
        await board.keys("q")
        await board.until(lambda: isinstance(board.app.screen, ShopsScreen))


async def test_figures_take_the_year_they_are_told(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("g", "m")
        await board.until(lambda: isinstance(board.app.screen, TargetsScreen))
        await board.keys("I")
        await board.type("figures.csv")
        await board.keys("tab")
        await board.type("2024")
        await board.keys("ctrl+s")
        await board.until(lambda: isinstance(board.app.screen, ListScreen))
        await board.pilot.pause()
        assert "退回 1" in board.text and "没有的指标" in board.text
        await board.keys("s", "enter")
        await board.saved()
        made = [log for log in board.session.town.all(Log) if log.on.year == 2024]
        assert [(str(log.on), str(log.last), str(log.figures[0].value)) for log in made] == [
            ("2024-01-01", "2024-01-31", "100"),
            ("2024-02-01", "2024-02-29", "120"),
        ]


async def test_a_column_nobody_knows_is_named(town: Path) -> None:
    async with opened(town) as board:
        await brought(board, "p", "odd.csv")
        assert "退回 1" in board.text
        await board.keys("c")
        await board.type("商户名称")
        await board.keys("ctrl+s")
        await board.until(lambda: "新增 1" in board.text)
        await board.keys("s")
        await board.saved()
        assert "新面馆" in shops(board)


async def test_every_place_with_a_sheet_brings_it_in(town: Path) -> None:
    async with opened(town) as board:
        for letter, name in zip(
            "dlwe", ("unit.csv", "log.csv", "duty.csv", "cover.csv"), strict=True
        ):
            await brought(board, letter, name)
            assert "新增 1" in board.text or "有变 1" in board.text
            await board.keys("s")
            await board.saved()
            await board.keys("q")
        town_now = board.session.town
        assert town_now.unit_named("第九小学") is not None
        assert any(log.place == "文化站" for log in town_now.all(Log))
        zone = next(z for z in town_now.zones.values() if z.name == "第一段")
        covers = [c for each in town_now.all(Campaign) for c in each.covers if c.zone == zone.id]
        assert any((c.households_plan, c.households_done) == (30, 28) for c in covers)


async def test_a_file_that_is_not_there_is_asked_for_again(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("g", "p")
        await board.pilot.pause()
        await board.keys("I")
        await board.type("nowhere.csv")
        await board.keys("enter")
        await board.until(lambda: "nowhere.csv" in board.text and "导入表格" in board.text)
        assert not isinstance(board.app.screen, ListScreen)


async def test_a_walk_is_taken_in_on_the_day_that_is_said(town: Path) -> None:
    async with opened(town) as board:
        item = board.in_state(State.AWAITING)[0]
        zone = board.session.town.zones[item.zone or 0]
        facts = Facts(board.session.town, board.session.moment.today)
        text = walk_text(zone, [item], facts, "").replace("现场情况：", "现场情况：不合格：还在", 1)
        save(text.encode(), Path("walk.txt"), force=False)
        await board.keys("I")
        await board.type("walk.txt")
        await board.keys("ctrl+s")
        await board.until(lambda: "巡查日期" in board.text)
        await board.keys("enter")
        await board.until(lambda: isinstance(board.app.screen, ListScreen))
        await board.pilot.pause()
        assert "复查不合格" in board.text or "返工" in board.text
        await board.keys("s")
        await board.saved()
        after = board.session.town.items[item.id]
        assert after.state == State.RECTIFYING and after.assignment is not None
        look = after.assignment.inspection
        assert look is not None and (look.finding, look.on) == ("还在", LAST)
