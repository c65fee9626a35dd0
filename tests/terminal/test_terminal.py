"""The finished program in real terminals."""

import os
import re
import select
import signal
import subprocess
import termios
import time
from pathlib import Path

import pytest
from rich.cells import cell_len
from terminal_support import ZG, Pty, Tmux
from tests_support import NOW, TODAY

from core.actions.loop.correcting import Correct
from core.actions.wish import Wish
from core.model import State
from core.roles import ALL_HANDS, Actor
from store.history.repository import Repository
from store.samples import DemoSize, build_demo
from tui.whereabouts import login

LEAVES = (b"\x1b[?1049l", b"\x1b[?25h")
"""Alternate screen left, cursor shown."""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("terminal") / "town"
    build_demo(path, login(), TODAY, DemoSize(60), 1).close()
    return path


def board(town: Path, **more: str) -> Pty:
    return Pty(ZG, "--store", str(town), **more)


def test_a_move_is_cheap_and_hover_is_off(town: Path) -> None:
    with board(town) as terminal:
        terminal.until(lambda: b"CW-" in terminal.seen)
        terminal.rest()
        assert b"\x1b[?1000h" in terminal.seen
        assert b"1003h" not in terminal.seen
        for key in (b"l", b"l", b"j"):
            start = len(terminal.seen)
            terminal.write(key)
            terminal.rest()
        assert 0 < len(terminal.seen) - start <= 1000
        start = len(terminal.seen)
        terminal.write(b"\x1b[<35;10;5M" * 20)
        terminal.rest()
        assert len(terminal.seen) == start


def test_the_first_frame_keeps_what_is_typed_and_is_not_painted_into_another_screen(
    town: Path,
) -> None:
    with board(town) as terminal:
        terminal.until(lambda: b"CW-" in terminal.seen)
        terminal.write("aZ03 街口 又满了".encode())  # before Textual is there
        terminal.until(lambda: "又满了".encode() in terminal.seen)
        assert terminal.seen.count(b"\x1b[?1049h") == 1
        terminal.rest()
        terminal.write(b"\x1b")
        terminal.rest()
        terminal.write(b"q")
        assert terminal.ended() == 0
        assert terminal.seen.count(b"\x1b[?1049l") == 1
        flags = termios.tcgetattr(terminal.fd)
        assert flags[0] & termios.ICRNL
        assert flags[3] & termios.ECHO
        assert flags[3] & termios.ICANON


def test_a_signal_before_textual_is_there_puts_the_terminal_back(town: Path) -> None:
    with board(town) as terminal:
        terminal.until(lambda: b"CW-" in terminal.seen)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.ended() == 0
        assert LEAVES[0] in terminal.seen


def test_bytes_that_are_not_utf8_do_not_end_it(town: Path) -> None:
    with board(town) as terminal:
        terminal.until(lambda: b"CW-" in terminal.seen)
        terminal.rest()
        terminal.write("中".encode("gbk"))
        terminal.until(lambda: b"UTF-8" in terminal.seen)
        terminal.write("/中".encode())
        terminal.until(lambda: "中".encode() in terminal.seen)
        terminal.write(b"\x1b")
        terminal.rest()
        terminal.write(b"q")
        assert terminal.ended() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_puts_the_terminal_back(town: Path, number: signal.Signals) -> None:
    with board(town) as terminal:
        terminal.until(lambda: b"CW-" in terminal.seen)
        terminal.rest()
        os.kill(terminal.pid, number)
        assert terminal.ended() == 0
        for sequence in (*LEAVES, b"\x1b[?1000l"):
            assert sequence in terminal.seen


def test_an_input_method_commits_a_word(town: Path) -> None:
    with board(town) as terminal:
        terminal.until(lambda: b"CW-" in terminal.seen)
        terminal.rest()
        terminal.write(b"/")
        terminal.rest()
        terminal.write(b"\x1b[0;;26690:33457u")
        terminal.until(lambda: "桂花".encode() in terminal.seen)


@pytest.mark.parametrize("term", ["linux", "screen", "vt100", "xterm"])
def test_old_terminals_start(town: Path, term: str) -> None:
    with board(town, TERM=term) as terminal:
        terminal.until(lambda: b"CW-" in terminal.seen)
        terminal.rest()
        assert b"38;2;" not in terminal.seen
        terminal.write(b"q")
        assert terminal.ended() == 0


def test_no_color_has_no_hue(town: Path) -> None:
    with board(town, NO_COLOR="1") as terminal:
        terminal.until(lambda: b"CW-" in terminal.seen)
        terminal.write(b"q")
        assert terminal.ended() == 0


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"TERM": "dumb"}, b"cannot show a board"),
        ({"TERM": ""}, b"cannot show a board"),
    ],
)
def test_terminals_that_cannot(town: Path, more: dict[str, str], says: bytes) -> None:
    with board(town, **more) as terminal:
        assert terminal.ended() == 2
        assert says in terminal.seen


def test_a_small_terminal_is_refused(town: Path) -> None:
    with Pty("sh", "-c", f"sleep 0.3; exec {ZG} --store {town}", size=(36, 11)) as terminal:
        assert terminal.ended() == 2
        assert b"40 columns" in terminal.seen


TABLES = (
    ("list", 4),
    ("list asked", 2),
    ("today", 3),
    ("history", 5),
    ("zone list", -1),
    ("unit list", 1),
    ("rule list", 6),
)
"""Commands that show a table, and which of its columns may be cut."""


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize(("words", "gives_way"), TABLES)
def test_a_table_cuts_no_cell_but_those_that_give_way(
    town: Path, width: int, words: str, gives_way: int
) -> None:
    command = [ZG, *words.split(), "--store", str(town), "--lang", "zh"]
    rows = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    shell = f"stty rows 50 cols {width}; exec {' '.join(command)}"
    with Pty("sh", "-c", shell, size=(width, 50)) as terminal:
        assert terminal.ended() == 0
        lines = re.sub("\x1b\\[[0-9;]*m", "", terminal.seen.decode()).splitlines()
    assert len(rows) and max(map(cell_len, lines)) <= width
    shown = "\n".join(lines)
    for row in rows:
        cells = [cell for at, cell in enumerate(row.split("\t")) if at != gives_way]
        for cell in cells:
            if cell_len(cell) <= width:
                assert cell in shown, (row, cell)


def test_wide_ambiguous_characters_get_look_alikes(town: Path) -> None:
    repository = Repository(town)
    item = next(repository.town.in_state(State.REPORTED))
    repository.commit(
        [Wish(Correct(item=item.id, fields={"location": "“甲”…①"}))], Actor("x", ALL_HANDS), NOW
    )
    repository.close()
    for width, text in (("2", '"甲"..(1)'), ("1", "“甲”…①")):
        with board(town, ZG_AMBIGUOUS=width) as terminal:
            terminal.until(lambda text=text: text.encode() in terminal.seen)  # type: ignore[misc]


def test_a_terminal_that_draws_wide_is_known_the_second_time(town: Path, tmp_path: Path) -> None:
    plain, curly = '"乙"'.encode(), "“乙”".encode()
    repository = Repository(town)
    item = next(repository.town.in_state(State.REPORTED))
    wish = Wish(Correct(item=item.id, fields={"location": "“乙”"}))
    repository.commit([wish], Actor("x", ALL_HANDS), NOW)
    repository.close()
    for known in (False, True):
        with board(town, XDG_STATE_HOME=str(tmp_path)) as terminal:
            terminal.answer = b"\x1b[24;3R"
            terminal.until(lambda: plain in terminal.seen)  # read at once
            assert (curly in terminal.seen) != known
            terminal.rest()
    with board(town, XDG_STATE_HOME=str(tmp_path)) as terminal:
        terminal.answer = b""  # it never answers
        terminal.until(lambda: plain in terminal.seen)


@pytest.mark.parametrize("lang", ["zh_CN.UTF-8", "en_US.UTF-8"])
def test_two_people_at_two_terminals(town: Path, lang: str) -> None:
    words = ("待复查", "一行一个问题") if lang.startswith("zh") else ("Awaiting", "one line")
    with (
        Tmux("a", f"{ZG} --store {town}", LANG=lang) as mine,
        Tmux("b", f"{ZG} --store {town}", (140, 40), LANG=lang) as other,
    ):
        for terminal in (mine, other):
            terminal.until(words[0])
            terminal.until("CW-")
        mine.keys("a")
        mine.until(words[1])
        mine.type(f"Z01 corner tested in {lang}")
        mine.keys("Enter")
        mine.until(f"tested in {lang}"[:18])
        other.until(f"tested in {lang}"[:18])
        mine.keys("u")
        mine.keys("q")
        mine.until("ENDED 0")


def test_the_demo_opens_in_the_language_asked_for(tmp_path: Path) -> None:
    with Tmux("tongue", f"{ZG} demo --lang zh --at {tmp_path / 'town'}", (80, 24)) as terminal:
        terminal.until("整改中")
        terminal.keys("q")
        terminal.until("ENDED 0")


def test_the_demo_and_the_whole_road_in_tmux(tmp_path: Path) -> None:
    with Tmux("demo", f"{ZG} demo --at {tmp_path / 'town'}", (140, 40)) as terminal:
        terminal.until("Rectifying")
        terminal.keys("a")
        terminal.until("one line, one problem")
        terminal.type("Z01 pavement three stalls 流动摊贩")
        terminal.keys("Enter")
        terminal.until("report: R-")
        terminal.keys("y")
        terminal.until("accept: CW-")
        terminal.keys("q")
        terminal.until("ENDED 0")
    repository = Repository(tmp_path / "town")
    (item,) = [i for i in repository.town.open_items() if i.description == "three stalls 流动摊贩"]
    assert (item.state, item.subcategory) == (State.ACCEPTED, "流动摊贩")
    repository.close()


def test_a_terminal_that_goes_away_ends_it(town: Path) -> None:
    """No process is left behind, also where no hang-up is sent."""
    for _ in range(3):
        terminal = board(town)
        terminal.until(lambda t=terminal: b"CW-" in t.seen)  # type: ignore[misc]
        terminal.rest()
        terminal.write(b"jj")
        os.close(terminal.fd)
        end = time.monotonic() + 10
        while not os.waitpid(terminal.pid, os.WNOHANG)[0]:
            assert time.monotonic() < end
            select.select([], [], [], 0.05)
