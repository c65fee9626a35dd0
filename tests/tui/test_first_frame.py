"""The first frame is drawn before Textual is loaded, and is what Textual draws, cell for cell."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from board_support import AT_TEN, LAST, Board, demo
from tools.shades import SYSTEMS, code, codes

from core.roles import ALL_HANDS, Actor
from core.town.town import Town
from store.history.repository import Repository
from tui.app import ZhenggaiApp
from tui.board.drawn.frame import first_frame
from tui.session.session import Session
from tui.session.sight import BoardSight
from tui.terminal.early import painted
from tui.terminal.shades import SHADES
from tui.words import i18n

ACTOR = Actor("founder", ALL_HANDS, via="tui")
GROUND = re.compile(r"(?:48;[\d;]+|4\d|10\d)$")
Cells = list[tuple[str, str]]


def seen(char: str, codes_: str) -> tuple[str, str]:
    """What one sees of a cell: of a blank only what is behind it and whether it is underlined."""
    if char != " ":
        return char, codes_
    ground = GROUND.search(codes_)
    return char, (ground[0] if ground else "") + ("_" if "4" in codes_.split(";")[:2] else "")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 20), (40, 12)])
@pytest.mark.parametrize("few", [False, True])
async def test_it_is_what_textual_draws(
    tmp_path: Path, size: tuple[int, int], language: str, few: bool
) -> None:
    i18n.use(language)
    repository = Repository(demo(tmp_path / "town"))
    repository.load_closed()

    def who(_town: Town) -> Actor:
        return ACTOR

    rows = first_frame(BoardSight(repository, who).town, ACTOR, LAST, *size)
    session = Session(repository, who, lambda: AT_TEN)
    app = ZhenggaiApp(session, few_colours=few)
    async with app.run_test(size=size) as pilot:
        await Board(app, session, pilot).still()
        strips = app.screen._compositor.render_strips()
    session.stop()
    assert len(rows) == len(strips) == size[1]
    assert ["".join(text for text, _name in row) for row in rows] == [s.text for s in strips]
    for name, (system, of_few) in SYSTEMS.items():
        if of_few == few:
            for row, strip in zip(rows, strips, strict=True):
                early = [seen(c, SHADES[name][kind]) for text, kind in row for c in text]
                late = [seen(c, code(s.style, system)) for s in strip if s.style for c in s.text]
                assert early == late, "".join(text for text, _kind in row)


def test_the_shades_are_those_of_the_style_sheet() -> None:
    assert codes() == SHADES


def test_every_line_is_written_once() -> None:
    rows = [[("a", ""), ("b", "title")], [("c", "focus")]]
    told = painted(rows, SHADES["few"])
    assert told.count("\x1b[?1049h") == 1
    assert re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", told) == "abc"


def test_textual_is_not_needed() -> None:
    words = (
        "import sys, tui.opening\n"
        "print([m for m in sys.modules if m.split('.')[0] == 'textual' or m == 'rich.console'])"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
