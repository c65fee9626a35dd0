"""Commands as whole processes, each in turn with its floor: a bare Typer command, Taskwarrior where it is installed."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rows import Row, line

PYTHON = sys.executable
ZG = str(Path(PYTHON).parent / "zg")
TASK = shutil.which("task")
TIMES = 9
BARE = "import typer\napp = typer.Typer()\n@app.command()\ndef f() -> None: print('x')\napp()"
AGAINST_TASKS = (
    ("list -a", "list", "<= 0.8"),
    ("export -f json", "export", "<= 2"),
    ("export -f csv", "export", "<= 3"),
)
"""A command, the one of Taskwarrior it is measured against, and the budget."""


def measured(town: Path, keep: Path) -> list[Row]:
    """Seconds of commands on a town of 10,000 problems, as medians."""
    store = str(town)
    runs: dict[str, Callable[[], object]] = {
        "bare Typer command": partial(quietly, PYTHON, "-c", BARE),
        "zg list piped, 10000 items": partial(quietly, ZG, "list", "--store", store),
    }
    budgets = {"zg list piped, 10000 items": ("bare Typer command", "<= 1.4")}
    if TASK:
        tasks = Tasks(keep / "tasks", 10_000)
        for words, floor, budget in AGAINST_TASKS:
            runs[f"task {floor}"] = partial(tasks.run, floor)
            runs[f"zg {words}"] = partial(quietly, ZG, *words.split(), "--store", store)
            budgets[f"zg {words}"] = f"task {floor}", budget
    spent: dict[str, list[float]] = {what: [] for what in runs}
    for _ in range(TIMES):
        for what, run in runs.items():
            begin = time.perf_counter()
            run()
            spent[what].append(time.perf_counter() - begin)
    took = {what: statistics.median(times) for what, times in spent.items()}
    rows = []
    for what, seconds in took.items():
        floor, budget = budgets.get(what, ("", "floor"))
        rows.append(Row(what, seconds, "s", seconds / took[floor] if floor else None, budget))
        print(line(rows[-1]), file=sys.stderr)
    return rows


def quietly(*words: str) -> None:
    """A command whose answer nobody reads."""
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True)


class Tasks:
    """A list of tasks of its own; nobody's is read."""

    def __init__(self, directory: Path, count: int) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        data, rc = directory / "data", directory / "rc"
        self._env = os.environ | {"TASKDATA": str(data), "TASKRC": str(rc)}
        if data.exists():
            return
        data.mkdir()
        rc.write_text("confirmation=off\n", "utf-8")
        tasks = [
            {
                "description": f"店外经营，占道堆物影响通行 {at}",
                "project": f"Z{at % 14 + 1:02d}",
                "due": "20261201T000000Z",
                "entry": "20261101T000000Z",
                "tags": ["东街", "城管"],
                "status": "pending",
            }
            for at in range(count)
        ]
        (directory / "tasks.json").write_text(json.dumps(tasks), "utf-8")
        self.run("import", str(directory / "tasks.json"))

    def run(self, *words: str) -> None:
        """One command of it."""
        assert TASK is not None
        subprocess.run(
            [TASK, *words],
            env=self._env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
