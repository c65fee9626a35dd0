"""Measures the budgets as ratios to a floor taken in the same run: `python tests/bench [--json]`.

Towns are built below a directory of their own and kept there for the next run (`--keep DIR`).
"""

import argparse
import gc
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import commands  # noqa: E402
import gate  # noqa: E402
import imports  # noqa: E402
import year  # noqa: E402
from rows import Row, line  # noqa: E402
from terminal import Terminal  # noqa: E402

from core.actions.loop.correcting import Correct  # noqa: E402
from core.actions.wish import Wish  # noqa: E402
from core.calendar.spans import Length, Span  # noqa: E402
from core.ledger.record import KEYS, Projector  # noqa: E402
from core.model import State  # noqa: E402
from core.roles import ALL_HANDS, Actor  # noqa: E402
from core.stats.scoring.scores import unit_scores  # noqa: E402
from core.stats.tally import tally  # noqa: E402
from store.history.repository import Repository  # noqa: E402
from store.ledgers.formats import Format  # noqa: E402
from store.ledgers.going_out.writing import write_records  # noqa: E402
from store.samples import DemoSize, build_demo  # noqa: E402

ACTOR = Actor("bench", ALL_HANDS)
ROWS = 20_000
PYTHON = sys.executable
ZG = str(Path(PYTHON).parent / "zg")


def median(run: Callable[[], float], times: int = 5) -> float:
    return statistics.median(run() for _ in range(times))


def timed(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Runs a command from a small process: what a child may have used counts its parent's memory too."""


def peak(scratch: Path) -> float:
    """The most memory, in MB, of a command that brings a ledger in."""
    words = [ZG, "import", str(scratch / "a.xlsx"), "--store", str(scratch / "m")]
    done = subprocess.run(
        [PYTHON, "-c", PEAK, *words], stdout=subprocess.PIPE, text=True, check=True
    )
    return int(done.stdout) / 1024


def now() -> datetime:
    return datetime.now(UTC)


class Bench:
    """Towns, measurements and the table."""

    def __init__(self, keep: Path, sizes: list[int]) -> None:
        self.keep = keep
        self.sizes = sizes
        self.rows: list[Row] = []
        self._sizes: list[tuple[float, int]] = []
        """Bytes of the journals while an import runs, by the clock."""

    def add(self, what: str, value: float, unit: str, floor: float | None, budget: str) -> None:
        self.rows.append(Row(what, value, unit, value / floor if floor else None, budget))
        print(line(self.rows[-1]), file=sys.stderr)

    def town(self, items: int) -> Path:
        """A town of 1,000, 10,000 or 100,000 items; a tenth open, 2,000 in the largest."""
        path = self.keep / f"town-{items}"
        if not path.exists():
            open_count = min(items // 10, 2000)
            build_demo(
                path, "bench", date.today(), DemoSize(items, open_count, rework=1.0), 1
            ).close()
        return path

    # The board

    def board(self, items: int, size: tuple[int, int] = (80, 24)) -> Terminal:
        return Terminal([ZG, "--store", str(self.town(items)), "--lang", "en"], size)

    def minimal(self, size: tuple[int, int] = (80, 24)) -> Terminal:
        return Terminal([PYTHON, str(ROOT / "tests/bench/minimal.py")], size)

    def frames(self) -> None:
        first: dict[str, list[float]] = {"minimal": []}
        for _ in range(5):
            with self.minimal() as app:
                first["minimal"].append(app.first(b"READY"))
            for items in self.sizes:
                with self.board(items) as app:
                    first.setdefault(str(items), []).append(app.first(b"CW-"))
        floor = statistics.median(first.pop("minimal"))
        self.add("minimal app, first frame", floor, "s", None, "floor")
        for items, times in first.items():
            budget = "<= 0.8" if int(items) >= 100_000 else "<= 0.6"
            self.add(f"first frame, {items} items", statistics.median(times), "s", floor, budget)

    def moves(self) -> None:
        with self.minimal() as app:
            app.first(b"READY")
            app.rest(0.5)
            echo = statistics.median(app.press(b"x")[0] for _ in range(15))
            floor_memory = app.resident
        self.add("minimal app, key echo", echo * 1000, "ms", None, "floor")
        for size, budget in (((80, 24), "<= 600"), ((140, 40), "<= 650")):
            with self.board(10_000, size) as app:
                app.first(b"CW-")
                app.rest(1.0)
                app.press(b"l", 0.4)
                app.press(b"l", 0.4)
                presses = [app.press(b"j", 0.1) for _ in range(25)]
                times, sizes = zip(*presses, strict=True)
                mark = f"{size[0]}x{size[1]}"
                if size == (80, 24):
                    self.add(
                        "cursor move, 10000 items",
                        statistics.median(times) * 1000,
                        "ms",
                        echo * 1000,
                        "<= 2 and < 15 ms",
                    )
                    self.add("board memory, 10000 items", app.resident, "KiB", floor_memory, "<= 2")
                self.add(
                    f"bytes a cursor move, {mark}", statistics.median(sizes), "B", None, budget
                )
                self.add(f"bytes of the largest move, {mark}", max(sizes), "B", None, "<= 4000")
                before = len(app.seen)
                cpu = app.cpu
                end = time.perf_counter() + 5
                while time.perf_counter() < end:
                    app.read(0.5)
                self.add(f"idle, {mark}", (len(app.seen) - before) / 5, "B/s", None, "0")
                self.add(f"idle processor, {mark}", (app.cpu - cpu) / 5 * 100, "%", None, "<= 0.3")
                os.write(app.fd, b"".join(b"\x1b[<35;%d;%dM" % (x, 5) for x in range(1, 60)))
                before = len(app.seen)
                app.rest(0.5)
                self.add(f"mouse hover, {mark}", len(app.seen) - before, "B", None, "0")
                if size == (140, 40):
                    app.press(b"\r", 0.6)
                    detail = [app.press(b"j", 0.5)[1] for _ in range(9)]
                    self.add(
                        "bytes a move with details, 140x40",
                        statistics.median(detail),
                        "B",
                        None,
                        "<= 7000",
                    )

    def changes_seen(self) -> None:
        """An item moved by a key, and another board that sees it."""
        with self.board(10_000) as mine, self.board(10_000) as other:
            for app in (mine, other):
                app.first(b"CW-")
                app.rest(1.0)
            moved, seen = [], []
            for _ in range(7):
                begin = time.perf_counter()
                moved.append(mine.press(b"y", 0.25)[0])
                other.until(b"Accepted")
                seen.append(time.perf_counter() - begin)
                other.rest()
                mine.press(b"u", 0.4)
                other.rest(0.6)
        self.add(
            "item moved by a key, 10000 items",
            statistics.median(moved) * 1000,
            "ms",
            None,
            "<= 40 ms",
        )
        self.add("another board shows it", statistics.median(seen), "s", None, "<= 0.5")

    # The store

    def saving(self) -> None:
        scratch = self.keep / "append"
        record = b"x" * 1023 + b"\n"
        with scratch.open("ab", buffering=0) as file:

            def append() -> None:
                file.write(record)
                os.fdatasync(file.fileno())

            for items in (1_000, *[s for s in self.sizes if s != 1_000]):
                repository = Repository(self.town(items))
                item = next(repository.town.in_state(State.RECTIFYING)).id
                spent, floor = [], []
                for turn in range(60):
                    wish = Wish(Correct(item=item, fields={"note": f"{time.time()}-{turn}"}))
                    floor.append(timed(append))
                    begin = time.perf_counter()
                    repository.commit([wish], ACTOR, now())
                    spent.append(time.perf_counter() - begin)
                repository.close()
                self.add(
                    f"one durable change, {items} items",
                    statistics.median(spent) * 1000,
                    "ms",
                    statistics.median(floor) * 1000,
                    "<= 2.5",
                )

    def opening(self) -> None:
        """Opening what is open, and what a store takes on disk."""
        for items in (1_000, *[s for s in self.sizes if s != 1_000]):
            path = self.town(items)

            def open_store(path: Path = path) -> None:
                Repository(path).close()

            self.add(
                f"opening, {items} items", median(lambda: timed(open_store)) * 1000, "ms", None, ""
            )
            kept = sum(f.stat().st_size for f in path.glob("journal.*"))
            self.add(f"journals a problem, {items} items", kept / items, "B", None, "")

    def twenty_people(self) -> None:
        """Twenty writers, one change a second each, alone and while an import is brought in."""
        with tempfile.TemporaryDirectory(dir=self.keep) as scratch:
            path = Path(scratch) / "town"
            shutil.copytree(self.town(10_000), path)
            alone = sorted(wait for _begin, wait in self._twenty(path, 10))
            self.add("20 people saving, p99", _p99(alone) * 1000, "ms", None, "<= 20")
            ledger = Path(scratch) / "a.xlsx"
            ledger.write_bytes(self._ledger())
            words = [ZG, "import", str(ledger), "--store", str(path), "--yes"]
            quiet = subprocess.DEVNULL
            before = _journals(path)
            with subprocess.Popen(words, stdout=quiet, stderr=quiet) as bringing:
                waits = self._twenty(path, 20, until=bringing)
            saved = next(at for at, size in self._sizes if size > before + 5_000_000)
            meanwhile = sorted(w for begin, w in waits if begin + w < saved)
            self.add(
                "the same while an import is read and decided, p99",
                _p99(meanwhile) * 1000,
                "ms",
                None,
                "<= 20",
            )
            late = max(w for begin, w in waits if begin + w >= saved)
            self.add("longest wait, for the import's commit", late, "s", None, "<= 2")

    def _twenty(
        self, path: Path, rounds: int, until: subprocess.Popen[bytes] | None = None
    ) -> list[tuple[float, float]]:
        """When each change was asked for, and how long it took, seconds."""
        code = (
            "import sys,time,random\n"
            f"sys.path.insert(0,{str(ROOT)!r})\n"
            "from pathlib import Path\nfrom datetime import datetime,UTC\n"
            "from store.history.repository import Repository\nfrom core.actions import Report,Wish\n"
            "from core.roles import Actor,ALL_HANDS\n"
            f"r=Repository(Path({str(path)!r}))\na=Actor('p',ALL_HANDS)\n"
            "r.preview([Wish(Report(zone=1,description='x'))],a,datetime.now(UTC))\n"
            "time.sleep(random.random())\n"
            f"for n in range({rounds}):\n"
            "    for c in range(2): r.fresh() and r.follow(); time.sleep(.4*random.random())\n"
            "    b=time.perf_counter()\n"
            "    r.commit([Wish(Report(zone=1,description='x'))],a,datetime.now(UTC))\n"
            "    t=time.perf_counter()-b\n    print(b,t)\n    time.sleep(max(0,.6-t))\n"
        )
        running = [
            subprocess.Popen([PYTHON, "-c", code], stdout=subprocess.PIPE, text=True)
            for _ in range(20)
        ]
        self._sizes = []
        while until is not None and until.poll() is None:
            self._sizes.append((time.perf_counter(), _journals(path)))
            time.sleep(0.005)
        lines = [line for p in running for line in p.communicate()[0].splitlines()]
        return [(float(b), float(t)) for b, t in (line.split() for line in lines)]

    # Commands and ledgers

    def _records(self) -> list[dict[str, Any]]:
        """Rows of a ledger as an office keeps one, none of which is in a store."""
        source = Repository(self.town(10_000))
        source.load_closed()
        projector = Projector(source.town, date.today())
        found = [projector.record(i) for i in source.town.items.values()]
        source.close()
        found = [dict(r) for r in (found * 3)[:ROWS]]
        for at, record in enumerate(found):
            record["number"] = None
            record["description"] = f"{record['description']} {at}"
        return found

    def _ledger(self) -> bytes:
        return write_records(self._records(), Format.XLSX)

    def commands(self) -> None:
        self.rows += commands.measured(self.town(10_000), self.keep)

    def ledgers(self) -> None:
        """Measured as a command runs: without garbage collection, for the floors too."""
        import xlsxwriter

        gc.disable()

        records = self._records()
        data = write_records(records, Format.XLSX)
        with tempfile.TemporaryDirectory(dir=self.keep) as scratch:
            build_demo(Path(scratch) / "m", "bench", date.today(), DemoSize(0), 1).close()
            (Path(scratch) / "a.xlsx").write_bytes(data)
            took = [
                imports.imported(Path(scratch) / "m", Path(scratch) / "a.xlsx") for _ in range(5)
            ]
            raw, dry, saved, held = map(statistics.median, zip(*took, strict=True))
            self.add(f"calamine, {ROWS} rows", raw, "s", None, "floor")
            self.add(f"import {ROWS} rows, dry", dry, "s", raw, "<= 4")
            self.add(f"import {ROWS} rows, saved", saved, "s", raw, "<= 6.5")
            self.add("the import holds the lock", held, "s", None, "<= 2")
            self.add("memory of the import", peak(Path(scratch)), "MB", None, "<= 400")
        rows = [
            [r[k] if not isinstance(r[k], list) else "、".join(r[k]) or None for k in KEYS]
            for r in records
        ]

        def floor() -> None:
            book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True, "in_memory": True})
            sheet = book.add_worksheet()
            body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
            day = book.add_format({"num_format": "yyyy-m-d", "valign": "top", "border": 1})
            for y, row in enumerate(rows):
                for x, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(y, x, value, day)
                    elif isinstance(value, bool):
                        sheet.write_string(y, x, "是" if value else "否", body)
                    elif isinstance(value, int):
                        sheet.write_number(y, x, value, body)
                    elif value is None:
                        sheet.write_blank(y, x, None, body)
                    else:
                        sheet.write_string(y, x, value, body)
            book.close()

        pairs = [
            (timed(floor), timed(lambda: write_records(records, Format.XLSX))) for _ in range(3)
        ]
        self.add(
            f"XlsxWriter, {ROWS} rows", statistics.median(f for f, _ in pairs), "s", None, "floor"
        )
        self.add(
            f"export {ROWS} rows",
            statistics.median(e for _, e in pairs),
            "s",
            statistics.median(f for f, _ in pairs),
            "<= 1.2",
        )

    def figures(self) -> None:
        """A month's and a year's figures, and the scores of every unit."""
        repository = Repository(self.town(10_000))
        repository.load_closed()
        town, today = repository.town, date.today()
        month = Span.around(today, Length.MONTH)
        year = Span.around(today, Length.YEAR)
        for what, count in (
            ("figures of a month", lambda: tally(town, month, today)),
            ("figures of a year", lambda: tally(town, year, today)),
            ("scores of a month", lambda: unit_scores(town, month, today)),
        ):
            took = statistics.median(timed(count) for _ in range(5))
            self.add(f"{what}, 10,000 items", took, "s", None, "<= 0.5")
        repository.close()

    def year(self) -> None:
        """The hub on the screen, and a summary, in a town with 600 shops and 5,000 lines of its log."""
        year.measure(self, ACTOR, ZG)

    def gate(self) -> None:
        """A hidden number beside one that is not there, and fifty boards at once."""
        path = self.town(10_000)
        gate.hidden(self, path, ACTOR)
        gate.rush(self, path, ACTOR)


def _journals(path: Path) -> int:
    return sum(f.stat().st_size for f in path.glob("journal.*.jsonl"))


def _p99(waits: list[float]) -> float:
    return waits[int(len(waits) * 0.99) - 1]


PARTS = (
    "frames",
    "moves",
    "changes_seen",
    "opening",
    "saving",
    "twenty_people",
    "commands",
    "ledgers",
    "figures",
    "year",
    "gate",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--large", action="store_true", help="measure 100,000 items too")
    parser.add_argument("--keep", type=Path, help="where the towns are kept")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these")
    options = parser.parse_args()
    keep = options.keep or Path(tempfile.mkdtemp(prefix="zg-bench-"))
    keep.mkdir(parents=True, exist_ok=True)
    bench = Bench(keep, [10_000, 100_000] if options.large else [10_000])
    for part in options.parts or PARTS:
        getattr(bench, part)()
    if options.json:
        print(json.dumps([row._asdict() for row in bench.rows], ensure_ascii=False, indent=1))
    else:
        print("\n".join(line(row) for row in bench.rows))


if __name__ == "__main__":
    main()
