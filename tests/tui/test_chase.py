"""催办 on the board: a message per unit, to the clipboard, recorded as a reminder."""

from datetime import date
from pathlib import Path

import pytest
from board_support import demo, opened
from tests_support import INSPECTOR, TODAY, Office

from core.actions.loop.inspection import Fail
from core.day.chase import chases
from core.town.facts import Facts
from store.papers.chase import MOST, chase_text


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


async def test_a_unit_is_chased_in_three_keys(town: Path) -> None:
    async with opened(town, (80, 24)) as board:
        moment = board.session.moment
        first = chases(board.session.town, moment.today)[0]
        await board.keys("c")
        await board.until(lambda: f"@{first.unit.name}" in board.text)
        await board.keys("enter")
        text = chase_text(first, Facts(board.session.town, moment.today))
        assert board.app.clipboard == text
        await board.keys("c")
        await board.saved()
        assert {board.item(i.label).level for i in first.items} == {1}
        await board.keys("u")
        await board.saved()
        assert {board.item(i.label).level for i in first.items} == {0}
        await board.keys("down", "space")
        second = chases(board.session.town, moment.today)[1]
        assert f"lead:{second.unit.name}" in board.text


async def test_it_begins_with_the_unit_of_the_card(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        last = chases(board.session.town, board.session.moment.today)[-1]
        board.app.screen.view.go_to(last.items[0].id)
        await board.keys("c")
        await board.until(lambda: f"@{last.unit.name}" in board.text)


async def test_a_message_is_short_enough_for_a_phone(town: Path) -> None:
    async with opened(town) as board:
        facts = Facts(board.session.town, board.session.moment.today)
        chase = chases(board.session.town, facts.today)[0]
        many = type(chase)(chase.unit, chase.overdue * 20)
        lines = chase_text(many, facts).splitlines()
        assert len(lines) == MOST + 3
        assert max(map(len, lines)) < 90
        assert f"逾期{len(many.items)}件" in lines[0]
        assert f"共{len(many.items)}件" in lines[-2]


def test_the_day_a_unit_is_told_anew_stands_beside_how_late_it_is(office: Office) -> None:
    key = office.fed_back(due=date(2026, 3, 30))
    office.do(Fail(item=key, reason="残留", work_until=date(2026, 4, 3)), actor=INSPECTOR)
    (chase,) = chases(office.town, TODAY)
    text = chase_text(chase, Facts(office.town, TODAY))
    assert "逾期1个工作日，现要求4月3日前完成" in text
    (late,) = chases(office.town, date(2026, 4, 7))
    assert "现要求" not in chase_text(late, Facts(office.town, date(2026, 4, 7)))
