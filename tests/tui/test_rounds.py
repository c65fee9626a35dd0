"""Rounds, figures and circulars on the screen: with real keys, counted."""

from datetime import UTC, datetime
from pathlib import Path

import board_support
import pytest
from board_support import AT_TEN, LAST, Board, demo, opened

from core.actions.appeals import Appeal
from core.actions.papers import SignCircular
from core.actions.wish import Wish
from core.calendar.spans import read_span
from core.model import Channel, DocumentState, Find, Points, Role, RoundState, State, Variant
from core.roles import Actor
from core.stats.scoring.round_sheet import sheet_of
from core.stats.tally import tally
from core.workflow import offered
from store.history.repository import Repository
from tui.frame.grid import CellGrid
from tui.rounds.overview import OverviewScreen
from tui.rounds.score_sheet import SheetScreen
from tui.rounds.statistics import StatisticsScreen
from tui.words import i18n


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    i18n.use("zh")
    return demo(tmp_path / "town")


def underway(board: Board) -> int:
    return next(r.id for r in board.session.town.rounds.values() if r.state == RoundState.UNDERWAY)


def shown_keys(board: Board) -> list[int]:
    """Items that have a card."""
    return [key for lane in board.app.screen.view.lanes for key in lane.column.keys]


async def to_the_sheet(board: Board) -> SheetScreen:
    key = underway(board)
    board.app.push_screen(SheetScreen(board.session, key))
    await board.until(lambda: isinstance(board.app.screen, SheetScreen))
    await board.pilot.pause()
    screen = board.app.screen
    assert isinstance(screen, SheetScreen)
    return screen


def finds(board: Board) -> list[Find]:
    return [f for f in board.session.town.tables["finds"].values() if f.active]


async def test_the_sheet_is_three_keys_from_the_board(town: Path) -> None:
    async with opened(town) as board:
        await board.keys("g", "r", "enter")
        await board.until(lambda: isinstance(board.app.screen, SheetScreen))
        assert "季普查" in board.text


async def test_a_find_takes_two_keys_beside_its_text_and_redraws_its_row(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    whole: list[object] = []
    async with opened(town) as board:
        screen = await to_the_sheet(board)
        count, before = len(finds(board)), screen._grid._rows
        await board.keys("a")
        await board.type("垃圾桶满溢")
        redraw, refresh = CellGrid._redraw, CellGrid.refresh
        monkeypatch.setattr(
            CellGrid, "_redraw", lambda self, at: (drawn.append(at), redraw(self, at))[1]
        )

        def refreshed(self: CellGrid, *regions: object, **how: bool) -> CellGrid:
            if not regions:
                whole.append(how)
            return refresh(self, *regions, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(CellGrid, "refresh", refreshed)
        await board.keys("enter")
        await board.saved()
        assert len(finds(board)) == count + 1
        assert finds(board)[-1].zone == screen._grid.key
        rows = screen._grid._rows
        assert drawn == [at for at, row in enumerate(rows) if row != before[at]]
        assert len(drawn) < len(rows)
        assert not whole
        assert "垃圾桶满溢" in board.text


async def test_a_find_is_counted_again_waived_and_taken_back(town: Path) -> None:
    async with opened(town) as board:
        screen = await to_the_sheet(board)

        def score() -> str:
            row = sheet_of(board.session.town, screen.held).row(screen._grid.key or 0)
            assert row is not None
            return str(sheet_of(board.session.town, screen.held).printed(row))

        before = score()
        await board.keys("a", *"宣传栏破损", "enter")
        await board.saved()
        once = score()
        await board.keys("t")
        await board.saved()
        assert float(score()) != float(once)
        await board.keys("x", *"当场改好", "enter")
        await board.saved()
        assert score() == before
        for _ in range(3):
            await board.keys("u")
            await board.saved()
        assert score() == before


async def test_thirty_finds_in_twelve_zones(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await to_the_sheet(board)
        before = len(finds(board))
        pressed = 0
        for number in range(30):
            keys = ["a", *f"问题{number}", "enter"]
            pressed += 2
            await board.keys(*keys)
            await board.saved()
            if number % 3 == 2:
                await board.keys("down")
                pressed += 1
            await board.keys("right")
            pressed += 1
        assert len(finds(board)) == before + 30
        assert pressed <= 4 * 30
        latest = finds(board)[-30:]
        assert len({f.zone for f in latest}) >= 10
        assert {f.by for f in latest} == {"founder"}


async def test_from_the_end_of_the_round_to_the_circular_in_six_keys(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_support, "AT_TEN", datetime(2026, 4, 1, 2, 0, tzinfo=UTC))
    async with opened(town) as board:
        screen = await to_the_sheet(board)
        for row in sheet_of(board.session.town, screen.held).rows:
            if not row.on:
                screen._grid.go_to(row.zone)
                await board.keys("o")
                await board.saved()
        keys = ["s", "g", "k", "n", "enter"]
        await board.keys(keys[0])
        await board.saved()
        await board.keys(*keys[1:])
        await board.saved()
        assert len(keys) <= 6
        papers = board.session.town.documents.values()
        drafts = [p for p in papers if p.variant == Variant.MONTH and p.period == "2026-03"]
        assert [p.state for p in drafts] == [DocumentState.DRAFTED]


async def test_a_number_opens_into_its_items(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("g", "s")
        await board.until(lambda: isinstance(board.app.screen, StatisticsScreen))
        assert "2026年3月" in board.text
        await board.keys("end")
        table = tally(
            board.session.town,
            read_span("2026-03", board.session.moment.today),
            board.session.moment.today,
        )
        labels = {name.partition("/")[0] for name in table.total.cell("overdue_open").listed}
        await board.keys("enter")
        await board.until(lambda: not isinstance(board.app.screen, StatisticsScreen))
        await board.still()
        assert labels
        assert {board.session.town.items[key].label for key in shown_keys(board)} == labels
        await board.keys("escape")
        await board.until(lambda: isinstance(board.app.screen, StatisticsScreen))
        assert f"全镇 · 超期未销 {len(labels)}" in board.text
        await board.keys("escape")
        assert "全部" in board.text


async def test_a_cell_of_the_overview_opens_and_one_comes_back_to_it(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        await board.keys("g", "o", "o")
        await board.until(lambda: isinstance(board.app.screen, OverviewScreen))
        screen = board.app.screen
        assert isinstance(screen, OverviewScreen)
        assert screen._by_unit
        await board.keys("end", "enter")
        await board.still()
        here = {board.session.town.items[key].category for key in shown_keys(board)}
        assert here == {"市容环境"}
        await board.keys("escape")
        await board.until(lambda: isinstance(board.app.screen, OverviewScreen))


async def test_cards_a_figure_counts_twice_and_what_was_left_off_are_told(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        item = board.in_state(State.RECTIFYING)[0]
        board.app.screen.view.go_to(item.id)
        await board.keys("X", *"不属实", "tab", *"查过没有", "enter")
        await board.saved()
        assert board.session.town.items[item.id].state == State.VOID
        assert item.id not in shown_keys(board)
        await board.keys("slash", *f"no:{item.label}", "enter")
        await board.still()
        assert shown_keys(board) == [item.id]
        assert "作废" in board.text


async def test_a_late_item_is_appealed_about_from_its_menu(town: Path) -> None:
    async with opened(town, (140, 40)) as board:
        town = board.session.town
        late = next(
            item
            for key in shown_keys(board)
            if "appeal" in offered(item := town.items[key], board.session.actor)
        )
        board.app.screen.view.go_to(late.id)
        await board.keys("v", *"申诉")
        assert "申诉" in board.text
        await board.keys("enter", *"停电", "enter")
        await board.saved()
        assert town.items[late.id].assignment.exempt_why == "停电"


async def test_a_card_says_that_an_appeal_waits(town: Path) -> None:
    repository = Repository(town)
    repository.load_closed()
    clerk = Actor("founder", (Role.CLERK,), via="cli")
    table = tally(repository.town, read_span("2026-02", LAST), LAST)
    named = (
        (repository.town.find(n.partition("/")[0]), n) for n in table.total.cell("late").listed
    )
    held, label = next((i, name) for i, name in named if i and i.state == State.CLOSED)
    wish = Wish(Appeal(item=held.id, no=int(label.partition("/")[2]), reason="停电"))
    repository.commit([wish], clerk, AT_TEN)
    repository.close()
    async with opened(town, (140, 40)) as board:
        await board.keys("slash", *f"no:{held.label}", "enter")
        await board.still()
        assert shown_keys(board) == [held.id]
        assert "申诉待批" in board.text


async def test_a_signed_month_marks_what_differs_now(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_support, "AT_TEN", datetime(2026, 4, 3, 2, 0, tzinfo=UTC))
    async with opened(town, (140, 40)) as board:
        known, today = board.session.town, board.session.moment.today
        month = read_span("2026-02", today)
        paper = next(p for p in known.documents.values() if p.state == DocumentState.PUBLISHED)
        screen = StatisticsScreen(board.session, month)
        board.app.push_screen(screen)
        await board.until(lambda: "2026年2月" in board.text)
        screen.submit([SignCircular(document=paper.id)])
        await board.saved()
        await board.until(lambda: known.documents[paper.id].number in board.text)
        assert "≠" not in board.text
        label = tally(known, month, today).total.cell("overdue_closed").listed[0]
        item = known.find(label.partition("/")[0])
        assert item is not None
        screen.submit([Appeal(item=item.id, reason="停电")])
        await board.saved()
        await board.until(lambda: "≠" in board.text)
        lines = [line for line in board.text.splitlines() if "≠" in line]
        assert len(lines) == 1


async def test_a_month_of_the_overview_opens_into_what_it_counts(town: Path) -> None:
    async with opened(town, (100, 30)) as board:
        await board.keys("g", "o", "tab", "left")
        await board.until(lambda: isinstance(board.app.screen, OverviewScreen))
        await board.keys("up", "up", "up", "up", "tab", "down", "enter")
        await board.until(lambda: "stat:已销号@2026-02" in board.text)
        await board.keys("escape", "g", "o")
        await board.until(lambda: isinstance(board.app.screen, OverviewScreen))
        await board.keys("end", "down", "down", "up", "enter")
        await board.until(lambda: "found:2026-0" in board.text)


async def test_an_appeal_against_points_is_taken_in_by_an_open_board(town: Path) -> None:
    async with opened(town) as board:
        with_points = Repository(town)
        entry = next(p for p in with_points.town.all(Points) if p.active)
        asked = Appeal(
            points=entry.id, reason="有函", on_behalf_of=entry.unit, channel=Channel.PHONE
        )
        with_points.commit([Wish(asked)], Actor("zhuren", (Role.LEADER,)), AT_TEN)
        with_points.close()
        await board.saved()
        assert "CW-" in await board.still()
