"""Fixtures every test may use."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests_support import Office

from tui.terminal import display
from tui.words import i18n


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a third of the time is waiting for a screen to stand still."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with three units and two zones."""
    made = Office(tmp_path / "store")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """A command and a board end with their process; here many share one, and must be let go of."""
    yield
    gc.unfreeze()
    gc.enable()


MOST_LEFT_OPEN = 50
"""Files that may be left behind a test; a system gives a process no more than 1,024."""


def _files_open() -> int:
    held = Path("/proc/self/fd")
    return sum(1 for _ in held.iterdir()) if held.is_dir() else 0


@pytest.fixture(autouse=True)
def letting_go() -> Iterator[None]:
    """Whoever opens many files closes them, or they go with what holds them."""
    before = _files_open()
    yield
    left = _files_open() - before
    if left > MOST_LEFT_OPEN:
        gc.unfreeze()
        gc.collect()
        left = _files_open() - before
    assert left <= MOST_LEFT_OPEN, f"{left} files left open"


@pytest.fixture(autouse=True)
def english(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Tests read English unless they say otherwise, on a terminal of ordinary width."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("ZG_HOME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "no-state"))
    i18n.use(i18n.ENGLISH)
    display.draw_plain(False)
    yield
    i18n.use(i18n.ENGLISH)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rounds", type=int, default=0, help="rounds of kill -9; 1000 for a long run")
