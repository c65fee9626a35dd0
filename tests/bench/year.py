"""A year of an office of 10,000 problems: 600 shops, 5,000 lines of the log."""

import os
import shutil
import statistics
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from terminal import Terminal

from core.actions.registers import Add
from core.actions.wish import Wish
from core.actions.year import AddLog, SignShops
from core.calendar.periods import read_period
from core.measures import Question
from core.model import Log, Shop
from core.roles import Actor
from core.town.town import Town
from core.year.clauses import filled
from core.year.drafting import draw
from core.year.stretch_numbers import Numbers
from store.history.repository import Repository

SHOPS, LINES = 600, 5_000
CODES = ("A01", "A03", "A06", "A07", "A19", "C03")
AT_ONCE = 400


def fill(path: Path, actor: Actor) -> None:
    """Bring a sample town up to what a large office has."""
    repository, random, today = Repository(path), Random(1), date.today()
    town = repository.town
    zones, units = list(town.zones), list(town.units)

    def save(wishes: list[Wish]) -> None:
        for at in range(0, len(wishes), AT_ONCE):
            repository.commit(wishes[at : at + AT_ONCE], actor, datetime.now(UTC))

    missing = SHOPS - len(list(town.all(Shop)))
    save(
        [
            Wish(Add(table="shops", fields={"name": f"店{n}", "zone": random.choice(zones)}))
            for n in range(missing)
        ]
    )
    signed = tuple(s.id for s in town.all(Shop) if not s.agreements)[: SHOPS // 2]
    save([Wish(SignShops(shops=signed))])
    save(
        [
            Wish(
                AddLog(
                    kind=random.choice(("大扫除", "专项整治")),
                    on=today - timedelta(days=random.randint(0, 600)),
                    fields={
                        "title": f"第{n}次",
                        "unit": random.choice(units),
                        "zone": random.choice(zones),
                        "figures": [
                            {"indicator": code, "text": str(random.randint(1, 50))}
                            for code in random.sample(CODES, 3)
                        ],
                    },
                )
            )
            for n in range(LINES - len(list(town.all(Log))))
        ]
    )
    repository.write_snapshot()
    repository.close()


def drafted(town: Town) -> None:
    """A summary of the year in hand, with its numbers."""
    today = date.today()
    asked = Question(town, read_period(str(today.year), today))
    numbers = Numbers(asked)
    for each in draw(asked, numbers).paragraphs:
        filled(each.text, numbers)


def measure(bench: Any, actor: Actor, command: str) -> None:
    """The hub on the screen and a summary, in a town of 10,000 problems."""
    path = bench.keep / "town-year"
    if not path.exists():
        shutil.copytree(bench.town(10_000), path)
        fill(path, actor)
    repository = Repository(path)
    repository.load_closed()
    spent = []
    for _ in range(5):
        begin = time.perf_counter()
        drafted(repository.town)
        spent.append(time.perf_counter() - begin)
    repository.close()
    bench.add("a summary of the year, 10,000 items", statistics.median(spent), "s", None, "<= 1")
    with Terminal([command, "--store", str(path), "--lang", "en"], (80, 24)) as app:
        app.first(b"CW-")
        app.rest(1.0)
        spent = []
        for _ in range(7):
            app.press(b"g", 0.5)
            os.write(app.fd, b"a")
            spent.append(app.until(b"Archive for"))
            app.rest(0.5)
            app.press(b"q", 0.5)
    bench.add("hub of the year", statistics.median(spent), "s", None, "<= 0.3")
