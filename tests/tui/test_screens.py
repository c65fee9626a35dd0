"""Every screen and dialog as text, in both languages and two sizes, as kept in `snapshots`.

`ZG_KEEP=1` keeps them anew; look at the difference before you commit it.
"""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from board_support import Board, demo, matches, opened
from rich.cells import cell_len
from rich.color import ColorType
from rich.segment import Segment

from core.model import Item, State
from tui.words import i18n

S = State


class Scene(NamedTuple):
    """What is looked at: keys pressed on an item of a state."""

    name: str
    keys: tuple[str, ...]
    on: State | None = None


def scene(name: str, keys: str = "", on: State | None = None) -> Scene:
    return Scene(name, tuple(keys.split()), on)


SCENES = (
    scene("board"),
    scene("quick", "a 二 段 space 桂 花 街 space 积 水 space 城 管 space 3 天"),
    scene("report", "a tab"),
    scene("accepted", "y", S.REPORTED),
    scene("reject", "x", S.REPORTED),
    scene("fix", "f", S.REPORTED),
    scene("assign", "s", S.ACCEPTED),
    scene("detail", "enter", S.RECTIFYING),
    scene("receive", "n", S.RECTIFYING),
    scene("submit", "b", S.RECTIFYING),
    scene("inspect", "i", S.RECTIFYING),
    scene("return", "R", S.RECTIFYING),
    scene("reassign", "S", S.RECTIFYING),
    scene("extend", "D", S.RECTIFYING),
    scene("suspend", "H", S.RECTIFYING),
    scene("merge", "m", S.REPORTED),
    scene("void", "X", S.RECTIFYING),
    scene("supervise", "C", S.RECTIFYING),
    scene("pass", "p", S.AWAITING),
    scene("rework", "r", S.AWAITING),
    scene("withdraw", "w", S.AWAITING),
    scene("correct", "e", S.AWAITING),
    scene("attach", "U", S.AWAITING),
    scene("incoming-file", "I"),
    scene("rounds", "g r"),
    scene("round-plan", "g r a"),
    scene("sheet", "g r enter"),
    scene("sheet-find", "g r enter a"),
    scene("sheet-marks", "g r enter f"),
    scene("statistics", "g s"),
    scene("statistics-parts", "g s left_square_bracket f"),
    scene("statistics-zones", "g s o tab tab"),
    scene("overview", "g o"),
    scene("overview-units", "g o o"),
    scene("circulars", "g k"),
    scene("circular-text", "g k enter"),
    scene("places", "g"),
    scene("year", "g a"),
    scene("shops", "g p"),
    scene("shop-sign", "g p space s"),
    scene("duties", "g w"),
    scene("campaigns", "g e"),
    scene("campaign-cover", "g e enter"),
    scene("logs", "g l"),
    scene("log-line", "g l a"),
    scene("indicators", "g m"),
    scene("indicator-target", "g m s"),
    scene("trace", "g m equals_sign"),
    scene("pledges", "g b"),
    scene("summary", "g y"),
    scene("archive", "g j"),
    scene("papers", "Q"),
    scene("paper-draft", "Q n"),
    scene("resume", "W", S.SUSPENDED),
    scene("held", "K", S.CLOSED),
    scene("came-back", "P", S.CLOSED),
    scene("actions", "v", S.RECTIFYING),
    scene("decide", "6 A"),
    scene("refused-in-bulk", "asterisk exclamation_mark"),
    scene("search", "slash u n i t : c"),
    scene("jump", "J"),
    scene("palette", "colon"),
    scene("facets", "F"),
    scene("view-form", "F s"),
    scene("grouped", "o"),
    scene("folded", "o o minus", S.RECTIFYING),
    scene("chase", "c"),
    scene("today", "T"),
    scene("triage", "t"),
    scene("triage-due", "t tab d"),
    scene("zones", "z"),
    scene("zone-form", "z e"),
    scene("zone-assign", "z s"),
    scene("walk", "z p"),
    scene("units", "d"),
    scene("unit-form", "d e"),
    scene("help", "question_mark"),
    scene("help-triage", "t question_mark"),
)
SIZES = ((80, 24), (140, 40))


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return demo(tmp_path / "town")


def first(board: Board, state: State) -> Item:
    """The first item of a column nothing is asked about yet."""
    town = board.session.town
    found = next(lane for lane in board.app.screen.view.lanes if lane.column.state == state)
    return next(town.items[key] for key in found.column.keys if not town.pending(key))


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_screens_as_drawn(town: Path, size: tuple[int, int], language: str) -> None:
    i18n.use(language)
    for number, at in enumerate(SCENES):
        fresh = shutil.copytree(town, town.with_name(f"town-{number}"))
        async with opened(fresh, size, few_colours=True) as board:
            if at.on is not None:
                board.app.screen.view.go_to(first(board, at.on).id)
            await board.keys(*at.keys)
            text = await board.still()
            matches(f"{size[0]}-{language}/{at.name}", text)
            for line in text.splitlines():
                assert cell_len(line) <= size[0], at.name
            assert beyond_sixteen(board) == set(), at.name


def beyond_sixteen(board: Board) -> set[str]:
    """Colours on screen that a terminal of sixteen does not have."""
    segments: list[Segment] = [
        segment for strip in board.app.screen._compositor.render_strips() for segment in strip
    ]
    plain = (ColorType.DEFAULT, ColorType.STANDARD)
    colours = [
        colour for s in segments if s.style for colour in (s.style.color, s.style.bgcolor) if colour
    ]
    return {str(colour) for colour in colours if colour.type not in plain}
