"""Acting on many cards: marks, the preview of what is refused, one step of undo."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from board_support import LAST, Board, demo, opened

from core.actions.loop.road import Accept, Report
from core.actions.registers import AddZone, AssignZone
from core.actions.wish import Wish
from core.model import Item, State
from tui.board.widgets.board_view import BoardView
from tui.verbs.screen import FormScreen


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


def view(board: Board) -> BoardView:
    return board.app.screen.query_one(BoardView)


def form(board: Board) -> bool:
    return isinstance(board.app.screen, FormScreen)


async def mark(board: Board, items: Sequence[Item]) -> None:
    """Mark some cards."""
    for item in items:
        view(board).go_to(item.id)
        await board.keys("space")


async def report_lines(board: Board, *lines: str) -> None:
    """Report problems, a line each."""
    await board.keys("a")
    for line in lines:
        await board.type(line)
        await board.keys("down")
    await board.keys("enter")
    await board.saved()


async def test_a_range_and_everything_in_sight_are_marked(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        view(board).go_to(board.in_state(State.RECTIFYING)[0].id)
        await board.keys("home", "space", "down", "down", "B")
        assert "marked 4" in board.text
        await board.keys("escape", "1", "asterisk")
        lanes = [n for n in view(board).lanes if n.column.state != State.CLOSED]
        count = sum(lane.column.count for lane in lanes)
        assert f"marked {count}" in board.text
        await board.keys("asterisk")
        assert "marked" not in board.text


async def test_what_is_refused_is_named_before_the_others_go_ahead(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        out = board.in_state(State.RECTIFYING)
        waiting = board.in_state(State.AWAITING)
        reported = board.in_state(State.REPORTED)[0]
        for item in (*out[:2], *waiting, reported):
            view(board).go_to(item.id)
            await board.keys("space")
        await board.keys("exclamation_mark")
        await board.until(lambda: form(board))
        assert reported.label in board.text
        assert f"go on with the other {2 + len(waiting)}" in board.text
        await board.keys("escape")
        assert {board.item(i.label).level for i in out[:2]} == {0}
        await board.keys("exclamation_mark")
        await board.until(lambda: form(board))
        await board.keys("enter")
        await board.saved()
        assert {board.item(i.label).level for i in out[:2]} == {1}
        assert board.item(reported.label).level == 0
        await board.keys("u")
        await board.saved()
        assert {board.item(i.label).level for i in out[:2]} == {0}


async def test_where_none_can_go_ahead_it_is_said_of_how_many(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        out = board.in_state(State.RECTIFYING)[:3]
        await mark(board, out)
        await board.keys("y")
        await board.until(lambda: "and 2 more" in board.text)
        assert "marked 3" in board.text
        await board.keys("escape")
        await mark(board, out[:1])
        await board.keys("y")
        await board.until(lambda: out[0].label in board.text.splitlines()[-1])
        assert "more" not in board.text.splitlines()[-1]


async def test_what_only_deciding_knows_is_named_too(town: Path) -> None:
    """Nothing is done before it was issued: of two marks one was issued later."""
    async with opened(town, (140, 40)) as board:
        out = sorted(board.in_state(State.RECTIFYING), key=lambda i: i.assignment.issued_on)
        early, late = out[0], out[-1]
        assert early.assignment.issued_on < late.assignment.issued_on
        for item in (early, late):
            view(board).go_to(item.id)
            await board.keys("space")
        await board.keys("b")
        await board.until(lambda: form(board))
        entries = {e.field.key: e for e in board.app.screen.query("FormEntry")}
        entries["measure"].line.value = "已清理"
        entries["on"].line.value = early.assignment.issued_on.isoformat()
        await board.keys("ctrl+s")
        await board.until(lambda: "go on with the other 1" in board.text)
        assert late.label in board.text
        await board.keys("enter")
        await board.saved()
        assert board.item(early.label).state == State.AWAITING
        assert board.item(late.label).state == State.RECTIFYING


async def test_many_are_accepted_each_as_it_is_suggested(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await report_lines(board, "Z01 桥头 流动摊贩3个", "Z02 街口 路灯全坏了")
        made = board.in_state(State.REPORTED)[-2:]
        assert [item.category for item in made] == ["", ""]
        await mark(board, made)
        await board.keys("y")
        await board.until(lambda: form(board))
        assert "as suggested for each" in board.text
        await board.keys("ctrl+s")
        await board.saved()
        kinds = [board.item(item.report_no).subcategory for item in made]
        assert kinds == ["流动摊贩", "路灯不亮"]


async def test_of_many_those_without_a_suggestion_are_asked_about_and_no_other(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await report_lines(
            board, "Z01 桥头 流动摊贩3个", "Z02 街口 说不清的事", "Z02 街尾 另一件事"
        )
        made = board.in_state(State.REPORTED)[-3:]
        await mark(board, made)
        await board.keys("y")
        await board.until(lambda: form(board))
        await board.until(
            lambda: f"is suggested for {made[1].label}, {made[2].label}" in board.text
        )
        await board.type("路灯不亮")
        await board.keys("ctrl+s")
        await board.saved()
        kinds = [board.item(item.report_no).subcategory for item in made]
        assert kinds == ["流动摊贩", "路灯不亮", "路灯不亮"]


async def test_of_many_given_out_those_without_a_unit_are_named(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        for number in (1, 2):
            report = Report(
                zone=1, location=f"街口{number}", description=f"说不清的事{number}", found_on=LAST
            )
            board.session.submit([Wish(report)])
            await board.saved()
        made = board.in_state(State.REPORTED)[-2:]
        accepted = [Accept(item=i.id, category="宣传", subcategory="其他") for i in made]
        board.session.submit([Wish(each) for each in accepted])
        await board.saved()
        await mark(board, made)
        await board.keys("s")
        await board.until(lambda: form(board))
        assert "as suggested for each" in board.text
        await board.keys("ctrl+s")
        await board.until(
            lambda: f"{board.item(made[0].report_no).label} cannot be done yet" in board.text
        )
        assert {board.item(i.report_no).state for i in made} == {State.ACCEPTED}


async def test_what_was_undone_is_named(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("z")
        await board.until(lambda: "第一段" in board.text)
        board.session.submit([Wish(AddZone(fields={"code": "Z20", "name": "新段"}))])
        await board.saved()
        zone = board.session.town.zone_coded("Z20")
        assert zone is not None
        board.app.screen.query_one("RowList").go_to(zone.id)
        await board.keys("X")
        await board.saved()
        await board.keys("q", "u")
        await board.saved()
        await board.until(lambda: zone.name in board.text.splitlines()[-1])
        assert "undo" in board.text.splitlines()[-1]


async def test_what_was_undone_of_another_place_is_named(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("z")
        await board.until(lambda: "第一段" in board.text)
        unit = list(board.session.town.units)[-1]
        board.session.submit([Wish(AssignZone(zone=1, unit=unit, since=LAST))])
        await board.saved()
        await board.until(lambda: "第一段" in board.text.splitlines()[-1])
        await board.keys("u")
        await board.saved()
        await board.until(lambda: "undo" in board.text.splitlines()[-1])
        assert "第一段" in board.text.splitlines()[-1]


async def test_much_that_was_typed_is_thrown_away_only_when_asked_twice(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        view(board).go_to(board.in_state(State.RECTIFYING)[0].id)
        await board.keys("b")
        await board.until(lambda: form(board))
        await board.type("已经组织人员清理干净并冲洗路面")
        await board.keys("escape")
        assert form(board)
        assert "Esc again" in board.text
        await board.keys("escape")
        await board.until(lambda: not form(board))


async def test_an_empty_line_to_pick_on_is_nobodys_choice(town: Path) -> None:
    async with opened(town, (80, 24)) as board:
        await report_lines(board, "桥头边 流动摊贩3个")
        (made,) = board.in_state(State.REPORTED)[-1:]
        assert made.zone is None
        view(board).go_to(made.id)
        await board.keys("y")
        await board.until(lambda: form(board))
        await board.keys("enter")
        await board.until(lambda: "Zone is missing" in board.text)
        assert board.item(made.report_no).state == State.REPORTED
        await board.keys("down", "enter")
        await board.saved()
        assert board.item(made.report_no).zone is not None


async def test_what_can_only_be_refused_opens_no_form(town: Path) -> None:
    async with opened(town, (80, 24)) as board:
        await report_lines(board, "桥头边 流动摊贩3个")
        (made,) = board.in_state(State.REPORTED)[-1:]
        assert [i for i in board.session.town.open_items() if i.zone == made.zone] == [made]
        view(board).go_to(made.id)
        await board.keys("m")
        await board.until(lambda: "no other open item" in board.text)
        assert not form(board)
