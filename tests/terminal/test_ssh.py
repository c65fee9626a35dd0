"""A morning over a real ssh: triage, the line breaks in a dialog, back again; nothing is lost."""

import getpass
import os
import select
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from board_support import demo
from terminal_support import PATIENCE, ZG, Tmux, needs

from core.model import State
from store.care.check import check
from store.history.repository import Repository

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"


class Server:
    """A local sshd that lets in whoever runs the tests, with a key made for them."""

    def __init__(self, home: Path) -> None:
        self._home = home
        for name in ("host", "user"):
            words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)]
            subprocess.run(words, check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        config = home / "sshd_config"
        config.write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {home / 'host'}\n"
            f"AuthorizedKeysFile {home / 'user.pub'}\nPidFile {home / 'pid'}\n"
            "StrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\n"
        )
        self._process = subprocess.Popen(
            [SSHD, "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL
        )
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self._process.poll() is None, "sshd does not start"
            assert time.monotonic() < end
            select.select([], [], [], 0.05)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def login(self, command: str) -> str:
        """The command line that runs a command behind a login."""
        quiet = "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
        to = f"{getpass.getuser()}@127.0.0.1"
        return f'ssh -tt {quiet} -i {self._home / "user"} -p {self.port} {to} "{command}"'


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    for program in ("tmux", "ssh", "ssh-keygen"):
        needs(program)
    if not Path(SSHD).exists():
        needs("sshd")
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
