"""The board by its keys: town, keys, town."""

import re
from datetime import date
from pathlib import Path

import pytest
from board_support import Board, demo, opened
from tests_support import NOW
from textual.events import Key, Paste

from core.actions.loop.correcting import Correct
from core.actions.wish import Wish
from core.day.kanban import Column, Group
from core.model import Outcome, State
from core.roles import ALL_HANDS, Actor
from core.town.facts import Facts
from store.history.repository import Repository
from tui.board.drawn.lanes import Lane, LaneRow
from tui.board.widgets.board_view import BoardView
from tui.frame.page import ReadingScreen
from tui.verbs.entries import FormEntry
from tui.verbs.screen import FormScreen


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


def cursor(board: Board) -> str:
    key = board.app.screen.query_one(BoardView).cursor
    assert key is not None
    return board.session.town.item(key).label


def form(board: Board) -> bool:
    return isinstance(board.app.screen, FormScreen)


async def test_report_accept_assign_submit_fail_submit_pass(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("a", "tab")
        await board.until(lambda: form(board))
        screen = board.app.screen
        fields = {e.field.key: e for e in screen.query("FormEntry")}
        fields["zone"].line.value = "Z03 第三段"
        fields["location"].line.value = "青杠路9号"
        fields["description"].line.value = "占道摆摊3处"
        fields["category"].line.value = "流动摊贩"
        await board.keys("ctrl+s")
        await board.saved()
        label = board.in_state(State.REPORTED)[-1].label
        assert cursor(board) == label
        await board.keys("y")
        await board.saved()
        item = board.item(label)
        assert (item.state, item.category, item.subcategory) == (
            State.ACCEPTED,
            "占道经营",
            "流动摊贩",
        )
        board.app.screen.query_one(BoardView).go_to(item.id)
        await board.keys("s")
        await board.until(lambda: form(board))
        assert "Suggested: " in board.text  # the rule's deadline, and who it goes to
        await board.type("cgd")
        await board.keys("tab")
        await board.type("3wd")
        await board.keys("enter")
        await board.saved()
        item = board.item(label)
        assert item.state == State.RECTIFYING
        assert board.session.town.units[item.assignment.lead].name == "城管中队"
        assert item.assignment.due == date(2026, 4, 3)
        for look, state in (("r", State.RECTIFYING), ("p", State.CLOSED)):
            board.app.screen.query_one(BoardView).go_to(item.id)
            await board.keys("b")
            await board.until(lambda: form(board))
            await board.type("ok")
            await board.keys("enter")
            await board.saved()
            assert board.item(label).state == State.AWAITING
            board.app.screen.query_one(BoardView).go_to(item.id)
            await board.keys(look)
            await board.until(lambda: form(board))
            if look == "r":
                await board.type("no")
            await board.keys("enter")
            await board.saved()
            assert board.item(label).state == state
        assert board.item(label).reworks == 1
        assert [f.outcome for f in board.item(label).assignment.feedbacks] == [
            Outcome.FAILED,
            Outcome.PASSED,
        ]


async def test_passing_takes_two_keys(town: Path) -> None:
    async with opened(town) as board:
        item = board.in_state(State.AWAITING)[0]
        board.app.screen.query_one(BoardView).go_to(item.id)
        await board.keys("p", "enter")
        await board.saved()
        assert board.item(item.label).state == State.CLOSED


async def test_marking_several_and_undoing_them_at_once(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        view = board.app.screen.query_one(BoardView)
        items = board.in_state(State.RECTIFYING)
        view.go_to(view.lanes[2].cards[0])
        await board.keys("space", "space", "space")
        assert "marked 3" in board.text
        await board.keys("b")
        await board.until(lambda: form(board))
        await board.type("ok")
        await board.keys("enter")
        await board.saved()
        assert len(board.in_state(State.RECTIFYING)) == len(items) - 3
        assert "marked" not in board.text
        await board.keys("u")
        await board.saved()
        assert len(board.in_state(State.RECTIFYING)) == len(items)


async def test_keys_that_are_refused_say_why(town: Path) -> None:
    async with opened(town) as board:
        item = board.in_state(State.RECTIFYING)[0]
        board.app.screen.query_one(BoardView).go_to(item.id)
        await board.keys("p")
        assert "it must be Awaiting" in board.text
        assert not form(board)


async def test_a_form_says_what_is_missing_and_keeps_what_was_typed(town: Path) -> None:
    async with opened(town) as board:
        item = board.in_state(State.ACCEPTED)[0]
        board.app.screen.query_one(BoardView).go_to(item.id)
        await board.keys("s")
        await board.until(lambda: form(board))
        await board.keys("tab", "end", "ctrl+u", "ctrl+s")
        assert "Due is missing" in board.text
        await board.keys("shift+tab")
        await board.type("zzzz")
        await board.keys("ctrl+s")
        assert "zzzz is none of those to choose from" in board.text
        await board.keys("ctrl+u")
        await board.type("hws")
        await board.keys("tab")
        await board.type("someday")
        await board.keys("ctrl+s")
        await board.until(lambda: form(board) and "is not a deadline" in board.text)
        assert "环卫所" in board.text
        await board.keys("escape", "escape")
        await board.until(lambda: not form(board))
        assert board.item(item.label).state == State.ACCEPTED


async def test_search_narrows_as_it_is_typed(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("slash")
        await board.type("unit:hws")
        await board.keys("enter")
        shown = [k for lane in board.app.screen.query_one(BoardView).lanes for k in lane.cards]
        assert shown
        for key in shown:
            assignment = board.session.town.item(key).assignment
            names = {board.session.town.units[u].name for u in (assignment.lead, *assignment.co)}
            assert "环卫所" in names
        await board.keys("slash")
        await board.type(" colour:")
        await board.keys("enter")
        assert "does not know" in board.text or "wrong" in board.text
        await board.keys("escape")
        assert "unit:hws" not in board.text


async def test_moving_and_grouping(town: Path) -> None:
    async with opened(town) as board:
        before = cursor(board)
        await board.keys("l", "j", "j")
        moved = cursor(board)
        assert moved != before
        await board.keys("k", "k", "h")
        assert cursor(board) == before
        await board.keys("l", "G")
        assert cursor(board) != moved
        await board.keys("g", "g")
        await board.keys("o")
        assert "by zone" in board.text
        (item,) = board.in_state(State.REPORTED)
        assert board.session.town.zones[item.zone or 0].name + " (1)" in board.text
        await board.keys("o", "o", "o")
        assert "by" not in board.text.splitlines()[0].split("all")[1]


async def test_somebody_elses_change_arrives(town: Path) -> None:
    async with opened(town) as board:
        item = board.in_state(State.RECTIFYING)[0]
        board.app.screen.query_one(BoardView).go_to(item.id)
        other = Repository(town)
        other.commit(
            [Wish(Correct(item=item.id, fields={"location": "somewhere else"}))],
            Actor("other", ALL_HANDS),
            NOW,
        )
        await board.until(lambda: "somewhere else" in board.text)
        assert cursor(board) == item.label
        other.close()


async def test_a_clash_is_refused_and_shown(town: Path) -> None:
    async with opened(town) as board:
        item = board.in_state(State.AWAITING)[0]
        board.app.screen.query_one(BoardView).go_to(item.id)
        await board.keys("p")
        await board.until(lambda: form(board))
        other = Repository(town)
        from core.actions.loop.inspection import Pass

        other.commit([Wish(Pass(item=item.id))], Actor("other", ALL_HANDS), NOW)
        await board.keys("end", *"无残留", "enter")
        await board.until(lambda: "other changed" in board.text)
        assert item.label in board.text
        assert "标准无残留" in board.text  # the form is back with what was typed
        await board.keys("escape", "escape")
        await board.until(lambda: not form(board))
        other.close()


async def test_details_beside_and_over_the_board(town: Path) -> None:
    for size in ((140, 40), (80, 24)):
        async with opened(town, size) as board:
            item = board.in_state(State.AWAITING)[0]
            board.app.screen.query_one(BoardView).go_to(item.id)
            await board.keys("enter")
            await board.until(lambda: "Measure" in board.text)
            if size == (80, 24):
                assert isinstance(board.app.screen, ReadingScreen)
                await board.keys("pagedown")
                await board.until(lambda: "sign for" in board.text)
                await board.keys("q")
                assert not isinstance(board.app.screen, ReadingScreen)
            else:
                await board.until(lambda: "sign for" in board.text)


async def test_the_language_is_switched_while_running(town: Path) -> None:
    async with opened(town) as board:
        assert "Rectifying" in board.text
        await board.keys("L")
        assert "整改中" in board.text
        assert "Rectifying" not in board.text
        await board.keys("L")
        assert "Rectifying" in board.text


async def test_zones_lead_to_their_items(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("z")
        await board.until(lambda: "第一段" in board.text)
        await board.keys("j", "enter")
        await board.until(lambda: "zone:Z02" in board.text)
        await board.keys("escape")
        assert "zone:Z02" not in board.text


async def test_a_zone_is_added_given_and_retired(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("z")
        await board.until(lambda: "第一段" in board.text)
        await board.keys("a")
        await board.until(lambda: form(board))
        await board.type("Z20")
        await board.keys("enter")
        await board.type("new")
        await board.keys("tab")
        await board.type("hws")
        await board.keys("enter")
        await board.saved()
        zone = board.session.town.zone_coded("Z20")
        assert zone is not None
        lead = board.session.town.lead_of(zone.id, date(2026, 3, 31))
        assert lead is not None
        assert lead.name == "环卫所"
        rows = board.app.screen.query_one("RowList")
        rows.go_to(zone.id)
        await board.keys("s")
        await board.until(lambda: form(board))
        await board.type("pcs")
        await board.keys("enter")
        await board.saved()
        assert board.session.town.lead_of(zone.id, date(2026, 3, 31)).name == "派出所"
        await board.keys("X")
        await board.saved()
        assert not board.session.town.zones[zone.id].active
        await board.keys("u")
        await board.saved()
        assert board.session.town.zones[zone.id].active


async def test_a_unit_is_edited(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("d", "j", "e")
        await board.until(lambda: form(board))
        aliases = next(e for e in board.app.screen.query("FormEntry") if e.field.key == "aliases")
        aliases.line.value += "、清扫队"
        await board.keys("ctrl+s")
        await board.saved()
        assert "清扫队" in board.session.town.units[2].aliases
        await board.keys("enter")
        await board.until(lambda: "lead:" in board.text)


HOSTILE = ("a[/]b", "[@click=app.quit]x[/]", "[red]x", "x\x1b]52;c;ZXZpbA==\x07y", "\x9b2Jz")


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_shown_letter_by_letter(tmp_path: Path, text: str) -> None:
    """Written into the store past every door, seen on every screen."""
    from core.changes import Change
    from core.model import Item, Settings, Staff, Unit, Zone
    from store.care.found import create

    records = [
        Change(
            "items",
            None,
            Item(
                id=1,
                report_no="CW-1",
                location=text,
                description=text,
                zone=1,
                note=text,
                reporter=text,
                category=text,
            ),
        ),
        Change("zones", None, Zone(id=1, code=text, name=text, scope=text)),
        Change("units", None, Unit(id=1, name=text, aliases=(text,))),
        Change("staff", None, Staff(id=1, login="a", name=text)),
    ]
    create(
        tmp_path / "s", Settings(demo=True, office=text), records, Actor("x", ALL_HANDS), NOW
    ).close()
    async with opened(tmp_path / "s", (140, 40)) as board:
        seen = [board.text]
        for keys in (
            ["enter"],
            ["o"],
            ["e"],
            ["escape"],
            ["y"],
            ["escape"],
            ["z"],
            ["e"],
            ["escape"],
            ["q"],
            ["d"],
            ["e"],
            ["escape"],
            ["q"],
            ["question_mark"],
            ["q"],
        ):
            await board.keys(*keys)
            seen.append(board.text)
        for screen in seen:
            assert not any(char in screen for char in "\x1b\x07\x9b")
        if text.isprintable():
            assert all(text in screen for screen in seen[:2])
        assert board.app._exit is False


# As the first mornings showed


async def test_a_paste_of_several_lines_stays_whole(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("a", "tab")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        line = next(e for e in board.app.screen.query(FormEntry) if e.field.key == "description")
        line.line.focus()
        line.line.post_message(Paste("第一行\n第二行 q"))
        await board.until(lambda: "第二行" in line.line.value)
        assert line.answer == "第一行 第二行 q"


async def test_what_is_looked_for_is_found_however_long_ago_it_was_closed(town: Path) -> None:
    async with opened(town) as board:
        today = board.session.moment.today
        old = next(
            i
            for i in board.in_state(State.CLOSED)
            if i.closed_on and (today - i.closed_on).days > 40
        )
        assert not board.app.screen.query_one(BoardView).go_to(old.id)
        await board.keys("slash")
        await board.type(old.label)
        await board.keys("enter")
        await board.until(lambda: board.app.screen.query_one(BoardView).cursor == old.id)


async def test_a_refused_form_comes_back_at_the_line_it_is_about(town: Path) -> None:
    async with opened(town) as board:
        item = board.in_state(State.RECTIFYING)[0]
        board.app.screen.query_one(BoardView).go_to(item.id)
        await board.keys("H")
        await board.until(lambda: isinstance(board.app.screen, FormScreen))
        form = board.app.screen
        values = {"reason": "等待资金", "measure": "围挡", "plan_on": "2031-01-01"}
        for entry in form.query(FormEntry):
            entry.line.value = values.get(entry.field.key, "")
        await board.keys("ctrl+s")
        await board.until(
            lambda: isinstance(board.app.screen, FormScreen) and board.app.screen is not form
        )
        entry = next(e for e in board.app.screen.query(FormEntry) if e.has_focus_within)
        assert entry.field.key == "plan_on"


async def test_keys_behind_the_last_one_open_nothing(town: Path) -> None:
    async with opened(town) as board:
        board.app.exit()
        await board.app.on_event(Key("enter", None))
        assert len(board.app.screen_stack) == 1


def test_the_last_screenful_of_a_column_is_full() -> None:
    column = Column(State.RECTIFYING, (Group("", tuple(range(1, 19))),))
    lane = Lane(column, 20)
    lane.go(17)
    assert lane.row(lane.top) == LaneRow(15, 0)
    assert lane.row(lane.top + 18) == LaneRow(18, 3)


async def test_a_heading_tells_what_stands_above_and_a_place_rewinds_the_others(
    town: Path,
) -> None:
    async with opened(town) as board:
        await board.keys("l", "l", "G")
        (head,) = [line for line in board.text.splitlines() if "rectifying" in line.lower()][:1]
        above = int(head.split("^")[1].split()[0].split("/")[0])
        lane = next(
            x
            for x in board.app.screen.query_one(BoardView).lanes
            if x.column.state == State.RECTIFYING
        )
        assert above == len(lane.above) > 0
        facts = Facts(board.session.town, board.session.moment.today)
        told = sum(facts.late(board.session.town.items[key]) for key in lane.above)
        assert f"late {told}" in head.split("^")[1] or f"/{told}" in head.split("^")[1]
        await board.keys("h")
        assert "^" in board.text.splitlines()[1]
        await board.keys("question_mark", "escape")
        assert lane.top, "a dialog is no other place"
        await board.keys("z", "q")
        await board.until(lambda: lane.top == 0)
        assert "^" not in board.text.splitlines()[1]


async def test_a_card_names_its_zone_where_it_does_not_stand_below_it(town: Path) -> None:
    async with opened(town) as board:
        assert "Z0" in "".join(board.text.splitlines()[3:])
        await board.keys("o")
        assert "by zone" in board.text
        headed = re.sub(r"Z\d\d \S+ \(\d+\)", "", board.text)
        assert not re.search(r"Z\d\d", headed), "only headings have codes"


async def test_the_title_names_what_is_out_of_sight_after_the_window_changed(town: Path) -> None:
    async with opened(town, (80, 24)) as board:
        narrow = board.text.splitlines()[0]
        await board.pilot.resize_terminal(200, 40)
        await board.until(lambda: " >" not in board.text.splitlines()[0])
        await board.pilot.resize_terminal(80, 24)
        await board.until(lambda: board.text.splitlines()[0] == narrow)
        assert " >" in narrow
