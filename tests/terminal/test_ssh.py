"""A morning over a real ssh: triage, the line breaks in a dialog, back again; nothing is lost."""

import select
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from board_support import demo
from sshd_support import Sshd
from terminal_support import PATIENCE, ZG, Tmux, needs

from core.model import State
from store.care.check import check
from store.history.repository import Repository


class Server(Sshd):
    """Lets in whoever runs the tests, with a key made for them, to a shell of their own."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, f"AuthorizedKeysFile {home / 'user.pub'}\n")
        self.make_key("user")

    def login(self, command: str) -> str:
        """The command line that runs a command behind a login."""
        return f'{self.line("user")} "{command}"'


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    needs("tmux")
    home = tmp_path / "ssh"
    home.mkdir(mode=0o700)
    server = Server(home)
    yield server
    server.stop()


def running(town: Path) -> bool:
    """Whether a board is open on a store."""
    found = subprocess.run(["pgrep", "-f", f"store {town}$"], capture_output=True, check=False)
    return found.returncode == 0


def test_the_line_breaks_in_a_dialog_and_nothing_is_lost(server: Server, tmp_path: Path) -> None:
    town = demo(tmp_path / "town")
    before = Repository(town)
    waiting = [item.label for item in before.town.in_state(State.REPORTED)]
    issued = [item.label for item in before.town.in_state(State.ACCEPTED)]
    before.close()
    board = server.login(f"{ZG} --lang en --store {town}")
    with Tmux("ssh", board) as terminal:
        terminal.until("CW-")
        terminal.keys("t")
        terminal.until("Enter: accept")  # the numbers alone stand on the board as well
        assert waiting[0] in terminal.screen
        terminal.keys("Enter")
        terminal.until("Enter: To issue")
        time.sleep(0.3)  # as a finger takes: sooner it would be a key that is held
        terminal.keys("Enter")
        terminal.until("Enter: assign")
        assert issued[0] in terminal.screen
        terminal.keys("d")
        terminal.until("Tab next")
        terminal.keys("C-u")
        terminal.type("30 working days, not sent")
        terminal.until("not sent")
        assert running(town)
    end = time.monotonic() + PATIENCE
    while running(town):  # the board ends with its line
        assert time.monotonic() < end
        select.select([], [], [], 0.1)
    assert check(town).sound
    with Tmux("ssh", board) as terminal:
        terminal.until("CW-")
        terminal.keys("t")
        terminal.until("Enter: assign")
        assert issued[0] in terminal.screen
        terminal.keys("q")
        terminal.until("Rectifying 17")
        terminal.keys("q")
        terminal.until("ENDED 0")
    after = Repository(town)
    item = after.town.find(waiting[0])
    assert item is not None
    assert item.state == State.RECTIFYING
    kept = after.town.find(issued[0])
    assert kept is not None
    assert (kept.state, kept.assignments) == (State.ACCEPTED, ())
    after.close()
