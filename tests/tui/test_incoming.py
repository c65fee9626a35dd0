"""A ledger coming in on the board: doubts settled one by one, one step to save, one to take it back."""

import threading
from pathlib import Path

import pytest
from board_support import Board, demo, opened

from core.ledger.record import Projector
from core.model import State
from store.ledgers.going_out.standard import standard_ledger
from tui.words import i18n

LEDGER = """填报单位：三社区
检查时间,责任区,地点,存在问题,问题类别,整改单位,整改时限,甲乙丙
2026.3.20,Z01,路口,垃圾满溢,市容环境,保洁三组,3天,老周
2026.3.20,Z01,二组,1.占道经营；2.油污未清,占道经营,保洁三组,3.10,老周
2026.3.20,,,墙面张贴,市容环境,城管队,4月1日,老周
2026.3.20,Z02,河边,护栏缺失,基础设施,环卫所,4月1日,老周
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    i18n.use("zh")
    (tmp_path / "a.csv").write_text(LEDGER, encoding="utf-8")
    return demo(tmp_path / "town")


async def bring(board: Board, path: Path) -> None:
    await board.until(lambda: board.session.town.complete)
    await board.keys("I")
    await board.type(str(path))
    await board.keys("enter")


def title(board: Board) -> str:
    return board.text.splitlines()[0]


async def test_a_ledger_is_settled_and_saved_in_one_step(town: Path, tmp_path: Path) -> None:
    async with opened(town, (80, 24)) as board:
        before = len(board.session.town.items)
        await bring(board, tmp_path / "a.csv")
        assert "新增 1  存疑 2  退回 1" in title(board)
        await board.keys("m", *"hws", "enter")  # one name told settles both rows
        assert "新增 2  存疑 1  退回 1" in title(board)
        await board.keys("n", "p")
        assert "存疑 2" in title(board)
        await board.keys("enter", *"2026-04-02", "enter")  # begins on the deadline
        assert "新增 3  存疑 1" in title(board)
        await board.keys("n", "x", "n", "enter", *"中街", "enter")
        assert "新增 4  不要 1" in title(board)
        await board.keys("s")
        await board.until(lambda: len(board.session.town.items) == before + 4)
        found = {i.location: i for i in board.session.town.items.values() if i.id > before}
        assert found.keys() == {"路口", "二组", "中街", "河边"}
        assert found["路口"].note == "甲乙丙：老周"
        unit = found["路口"].assignment
        assert unit is not None
        assert board.session.town.units[unit.lead or 0].name == "环卫所"
        assert board.session.town.sender("三社区").units
        await board.keys("u")
        await board.until(lambda: board.session.town.items[before + 1].state == State.VOID)
        assert {board.session.town.items[key].state for key in range(before + 1, before + 5)} == {
            State.VOID
        }
        assert not board.session.town.sender("三社区").units


async def test_what_is_said_is_taken_back_and_leaving_asks_twice(
    town: Path, tmp_path: Path
) -> None:
    async with opened(town, (80, 24)) as board:
        await bring(board, tmp_path / "a.csv")
        first = title(board)
        await board.keys("m", *"hws", "enter", "x", "u", "u")
        assert title(board) == first
        await board.keys("u")
        assert "没有可撤销的" in board.text
        await board.keys("x", "q")
        assert "再按 q" in board.text
        await board.keys("q")
        assert "待立案" in board.text


async def test_a_column_told_is_read_anew(town: Path, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(LEDGER.replace("整改单位", "由谁办"), encoding="utf-8")
    async with opened(town, (140, 40)) as board:
        await bring(board, tmp_path / "b.csv")
        await board.keys("c")
        await board.type("责任单位")
        await board.keys("enter")
        assert "保洁三组?" in board.text
        await board.keys("x", "n", "x", "n", "x", "s")
        await board.until(lambda: board.session.town.sender("三社区").headers != {})


async def test_what_comes_back_changed_on_both_sides_is_decided_here(
    town: Path, tmp_path: Path
) -> None:
    async with opened(town, (80, 24)) as board:
        session = board.session
        item = next(iter(session.town.in_state(State.RECTIFYING)))
        record = Projector(session.town, session.moment.today).record(item)
        changed = {
            **record,
            "location": "改过的点位",
            "measure": "已清理",
            "progress": "已整改",
            "feedback_on": session.moment.today,
        }
        path = tmp_path / "back.xlsx"
        path.write_bytes(standard_ledger([changed], "台账"))
        await bring(board, path)
        assert "冲突 1" in title(board)
        assert "改过的点位" in board.text
        assert "t 以来件为准" in board.text
        await board.keys("o")
        assert "有变 1" in title(board)
        await board.keys("u", "t", "s")
        await board.until(lambda: session.town.items[item.id].state == State.AWAITING)
        assert session.town.items[item.id].location == "改过的点位"


async def test_saving_twice_saves_once_and_a_dialog_over_it_is_no_trouble(
    town: Path, tmp_path: Path
) -> None:
    async with opened(town, (80, 24)) as board:
        before = len(board.session.town.items)
        await bring(board, tmp_path / "a.csv")
        await board.keys("x", "n", "x", "n", "x")
        gate = threading.Event()
        board.session._jobs.put(gate.wait)  # the store is busy
        await board.keys("s", "s", "enter", "x")
        gate.set()
        await board.until(lambda: len(board.session.town.items) > before)
        await board.still()
        assert len(board.session.town.items) == before + 1
        assert "待立案" in board.text


async def test_what_was_mended_split_or_left_out_is_not_new_a_second_time(
    town: Path, tmp_path: Path
) -> None:
    async with opened(town, (80, 24)) as board:
        before = len(board.session.town.items)
        await bring(board, tmp_path / "a.csv")
        await board.keys("m", *"hws", "enter", "n", "p", "s", "enter")
        await board.until(lambda: len(board.session.town.items) == before + 4)
        await bring(board, tmp_path / "a.csv")
        assert "新增" not in title(board)
        assert "存疑" not in title(board)


async def test_a_unit_much_like_it_is_offered_first(town: Path, tmp_path: Path) -> None:
    near = LEDGER.replace("保洁三组", "环卫索")
    (tmp_path / "a.csv").write_text(near, encoding="utf-8")
    async with opened(town, (80, 24)) as board:
        await bring(board, tmp_path / "a.csv")
        await board.keys("m", "enter")
        told = board.session.town.units
        assert "环卫所" in board.text
        await board.keys("s", "enter")
        await board.until(lambda: bool(board.session.town.sender("三社区").units))
        (unit,) = set(board.session.town.sender("三社区").units.values())
        assert told[unit].name == "环卫所"


async def test_a_file_that_cannot_be_read_is_asked_for_again(town: Path, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    async with opened(town, (80, 24)) as board:
        await bring(board, tmp_path / "nothing.csv")
        assert "没有文件" in board.text
        await board.keys("escape", "escape")
        await bring(board, tmp_path / "c.csv")
        assert "c.csv" in board.text
        await board.keys("escape", "escape")
        assert "待立案" in board.text


YEAR = """2025年整改台账
检查日期,责任区,点位,存在问题,责任单位,整改时限,完成日期,整改状态
4月2日,Z01,路口,垃圾满溢,环卫所,3天,4月4日,已销号
5月6日,Z01,桥头,护栏缺失,城管队,3天,,整改中
"""


async def test_a_year_moves_in_on_the_board(town: Path, tmp_path: Path) -> None:
    (tmp_path / "y.csv").write_text(YEAR, encoding="utf-8")
    async with opened(town, (80, 24)) as board:
        before = len(board.session.town.items)
        await board.until(lambda: board.session.town.complete)
        await board.keys("I")
        await board.type(str(tmp_path / "y.csv"))
        await board.keys("up", *"迁入", "enter")
        await board.until(lambda: "迁入" in title(board))
        assert "新增 2" in title(board) or "存疑" in title(board)
        await board.keys("s")
        if len(board.session.town.items) == before:
            await board.keys("enter")
        await board.until(lambda: len(board.session.town.items) == before + 2)
        made = {i.location: i for i in board.session.town.items.values() if i.id > before}
        assert made["路口"].state == State.CLOSED
        assert made["路口"].number.startswith("CW-2025-")
        assert made["桥头"].state == State.RECTIFYING


async def test_values_for_the_whole_file(town: Path, tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text("点位,存在问题\n路口,垃圾满溢\n", encoding="utf-8")
    async with opened(town, (80, 24)) as board:
        await bring(board, tmp_path / "w.csv")
        await board.keys("w", *"Z01", "tab", "tab", *"2026-03-20", "enter")
        await board.until(lambda: "第一段" in board.text)
        lines = board.app.screen._lines
        assert lines[0].result.record["zone"] == "Z01"
        assert lines[0].result.record["found_on"].isoformat() == "2026-03-20"


async def test_the_helping_units_a_row_came_to_stay_when_another_leads(
    town: Path, tmp_path: Path
) -> None:
    text = "点位,存在问题,责任单位\n路口,垃圾满溢,城管队、环卫所\n"
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    async with opened(town, (80, 40)) as board:
        await bring(board, tmp_path / "c.csv")
        await board.keys("enter")
        await board.until(lambda: "配合单位" in board.text)
        assert "环卫所" in board.text
        await board.keys(*(["tab"] * 5), *"市场监管", "enter")
        line = board.app.screen._lines[0]
        assert line.result.record["lead_unit"] != "城管中队"
        assert line.result.record["co_units"] == ["环卫所"]
