"""The gate where it comes to an end: a full disk, and a board that nobody touches (docs/gate.md 3, 4)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from board_support import demo
from gate_support import GateServer
from terminal_support import Tmux, needs

from store.care.check import check
from store.history.repository import Repository

LEFT = 24 * 1024
"""Bytes that are free when people begin to write."""
MOST = 40


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    if os.geteuid() != 0:
        pytest.skip("mounting a file system needs root")
    place.mkdir(mode=0o700)
    command = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_on_a_full_disk_what_was_answered_is_kept(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = tmp_path_factory.mktemp("full")
    home.chmod(0o700)
    with small_disk(home / "disk") as disk:
        server = GateServer(home, demo(disk / "town", 24))
        try:
            server.person("ann", "--role", "clerk")
            filler = disk / "filler"
            filler.write_bytes(b"\0" * (shutil.disk_usage(disk).free - LEFT))
            came = server.ssh("ann", "put a.txt", stdin=b"x")
            assert came.code == 3 and came.err.count("\n") == 1
            answers = []
            for number in range(MOST):
                came = server.ssh("ann", f"note 20 'line{number} {'字' * 280}'")
                answers.append(came.code)
                if came.code:
                    assert "the store" in came.err and str(disk) not in came.err
                    break
            assert answers.pop() == 8 and set(answers) == {0}, "it filled up"
            said = notes(server.store)
            assert [line.split()[0] for line in said] == [f"line{n}" for n in range(len(answers))]
            assert server.ssh("ann", "list -n 1").code == 0
            filler.unlink()
            assert server.ssh("ann", "note 20 afterwards").code == 0
            assert notes(server.store)[-1] == "afterwards"
            assert check(server.store).sound
        finally:
            server.stop()


def notes(store: Path) -> list[str]:
    repository = Repository(store)
    item = repository.town.find_short("20")
    assert item is not None
    repository.close()
    return [line.text for line in item.diary if line.text.startswith(("line", "after"))]


def test_a_board_nobody_touches_ends(tmp_path_factory: pytest.TempPathFactory) -> None:
    needs("tmux")
    if os.geteuid() != 0:
        pytest.skip("sshd asks a program of root's only")
    home = tmp_path_factory.mktemp("idle")
    home.chmod(0o700)
    server = GateServer(home, demo(home / "town"), asks=True, idle=0.0015)
    try:
        server.person("ann", "--role", "clerk")
        with Tmux("idle", server.line("ann")) as terminal:
            terminal.until("CW-")
            terminal.keys("a")
            terminal.until("one line, one problem")
            terminal.type("Z03 街口 垃圾")
            terminal.until("Nothing is lost")
        with Tmux("idle2", server.line("ann")) as terminal:
            terminal.until("Z03 街口 垃圾")
    finally:
        server.stop()
