"""Commands run in this process, against a store of their own."""

import io
import sys
from pathlib import Path

import pytest
from cli_support import Result, Zg

from tui.cli.running import run
from tui.words import i18n


@pytest.fixture
def zg(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Zg:
    """Run a command against a store of its own."""
    monkeypatch.setenv("ZG_HOME", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)

    def call(*args: object, lang: str = "en", stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        i18n.use(lang)
        code = run([str(a) for a in args])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Result(code, out.decode("utf-8-sig", "replace"), err.decode())

    return call


@pytest.fixture
def town(zg: Zg, tmp_path: Path) -> Zg:
    """The demo town with a day in the past as its today."""
    assert (
        zg("demo", "--at", tmp_path / "store", "--no-board", "--items", 60, "--seed", 3).code == 0
    )
    return zg


@pytest.fixture
def empty(zg: Zg, tmp_path: Path) -> Zg:
    """A store with nothing in it but whoever made it."""
    assert zg("init", tmp_path / "store").code == 0
    return zg
