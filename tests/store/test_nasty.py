"""The collection of nasty ledgers: every field as it must be, every row accounted for."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from nasty import COLLECTION
from nasty_rows import ALWAYS, File
from tests_support import FOUNDER, NOW

from core.ledger.row_reader import Reader
from store.history.repository import Repository
from store.ledgers.coming_in.reading import read_ledger
from store.samples import DemoSize, build_demo

TODAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    path = tmp_path_factory.mktemp("nasty") / "town"
    repository = build_demo(path, "founder", TODAY, DemoSize(0), 1)
    yield repository
    repository.close()


FILES = [made() for made in COLLECTION]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_field_of_every_row(town: Repository, file: File) -> None:
    ledger = read_ledger(file.data, file.name)
    intake = Reader(town.town, FOUNDER, TODAY).read(ledger.rows)
    assert {(s.sheet, s.row): s.why.code for s in intake.skipped} == file.skipped
    assert [(e.sheet, e.row) for e in intake.entries] == list(file.rows)
    for entry in intake.entries:
        answer = file.rows[entry.sheet, entry.row]
        record = entry.record
        read: dict[str, Any] = {
            "place": record["location"],
            "fault": record["description"],
            "found": record["found_on"],
            "due": record["due_on"],
            "lead": record["lead_unit"],
            "co": record["co_units"],
            "claim": entry.claim,
            "doubts": {d.code for d in entry.doubts} - ALWAYS,
            "category": record["category"],
        }
        assert read == answer._asdict(), (file.name, entry.sheet, entry.row)


def test_the_collection_is_as_large_as_it_says() -> None:
    assert len(FILES) == 13
    assert sum(len(file.rows) for file in FILES) >= 280


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_second_time_nothing_is_new(tmp_path: Path, file: File) -> None:
    repository = build_demo(tmp_path / "town", "founder", TODAY, DemoSize(0), 1)
    for wanted in ("new", "same"):
        rows = read_ledger(file.data, file.name).rows
        intake = Reader(repository.town, FOUNDER, TODAY).read(rows)
        assert {entry.action for entry in intake.entries} == {wanted}
        if intake.wishes:
            repository.commit(intake.wishes, FOUNDER, NOW, op="import")
    repository.close()


def test_sheets_that_were_passed_over_are_told() -> None:
    file = next(f for f in FILES if f.name == "12.xlsx")
    passed = read_ledger(file.data, file.name).passed_over
    assert [(p.sheet, p.hidden) for p in passed] == [("填表说明", False), ("旧数据", True)]
    assert len(read_ledger(file.data, file.name, sheet="旧数据").rows) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_rows_looked_at_while_their_file_is_read_say_the_same(town: Repository, file: File) -> None:
    reader = Reader(town.town, FOUNDER, TODAY)
    ledger = read_ledger(file.data, file.name, taking=reader.expect)
    after = Reader(town.town, FOUNDER, TODAY).read(ledger.rows)
    assert reader.read(ledger.rows) == after
