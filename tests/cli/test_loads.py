"""A command loads nothing that it does not use: what may not be there, by command."""

import subprocess
import sys
from pathlib import Path

import pytest
from board_support import demo

ROOT = Path(__file__).parents[2]
PARSES = ("typer", "inspect")
READS = (
    "core.ledger.row_reader",
    "core.ledger.desk",
    "store.ledgers.coming_in.grids",
    "store.ledgers.coming_in.tables.table",
    "python_calamine",
)
DECIDES = ("core.deciding", "store.care.repair")
WRITES = ("store.ledgers.going_out", "store.history.head_start.writing", "zipfile", "xlsxwriter")
KEEPS = ("store.disk.photos", "store.disk.fence", "pickle")
ACTS = ("core.actions", "core.workflow", "core.stats", "core.calendar.cycles", "random", "base64")
DRAWS = ("textual", "tui.app", "tui.frame.keys", "rich.console")
LOADS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("list",): (*PARSES, *READS, *DECIDES, *ACTS, *DRAWS, *WRITES, *KEEPS, "tui.words.history"),
    ("today",): (*READS, *DECIDES, *DRAWS, *WRITES, *KEEPS),
    ("show", "CW-2026-0055"): (*READS, *DRAWS, *WRITES),
    ("zone", "list", "--json"): ("python_calamine", *DECIDES, *DRAWS, *WRITES, *KEEPS),
    ("export", "-f", "json"): (*READS, "tui.cli.ledger.office_forms", "core.deciding", *DRAWS),
}
CODE = (
    "import sys\n"
    "from tui.main import main\n"
    "try:\n    main()\n"
    "except SystemExit as end:\n    assert not end.code, end.code\n"
    "print('LOADED', *sys.modules)\n"
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory.mktemp("loads") / "town")


@pytest.mark.parametrize("words", LOADS)
def test_what_a_command_does_not_load(town: Path, words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, *words, "--store", str(town)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = set(done.stdout.rsplit("LOADED", 1)[1].split())
    there = {name for name in loaded if name.startswith(LOADS[words])}
    assert not there
