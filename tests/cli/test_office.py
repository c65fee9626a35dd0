"""The first week of an office that was made up before anybody looked at the program: its lists, its last year, its
files of two months, with what each row should come to.

Deadlines counted in natural days follow docs/domain.md 8: from the day of the find, and on to the next working day.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_support import Zg

DATA = Path(__file__).parents[1] / "data" / "office"
ANSWERS: dict[str, list[dict[str, Any]]] = json.loads((DATA / "answers.json").read_text("utf-8"))
TOLD = {
    "东门小区": "东门安置小区",
    "新市街夜市": "新市街",
    "老街": "老街片区",
    "医院周边": "卫生院及周边",
    "柳溪河": "柳溪河河道（场镇段）",
    "人民路段": "人民路",
    "中心市场": "中心集贸市场",
}
"""What an office is asked once: everyday names of zones."""
MAPS = [word for written, zone in TOLD.items() for word in ("--map", f"{written}={zone}")]
ON = ("--on", "2026-11-26")


@pytest.fixture
def office(empty: Zg) -> Zg:
    for noun in ("unit", "zone"):
        result = empty(noun, "import", DATA / f"{noun}s.xlsx")
        assert result.code == 0, result.err
    return empty


def _wrong(wanted: dict[str, Any], record: dict[str, Any]) -> list[str]:
    """Fields in which a row is not what it should be; "?" is what nobody can know."""
    found = []
    for key, value in wanted.items():
        got = record.get(key)
        if key in ("sheet", "row") or value == "?":
            continue
        if key == "co_units":
            value, got = sorted(value), sorted(got or [])
        if isinstance(value, str) and isinstance(got, str):
            value, got = value.strip(), got.strip()
        if (value or None) != (got or None):
            found.append(key)
    return found


def test_the_lists_are_whole(office: Zg) -> None:
    assert len(json.loads(office("unit", "list", "--json").out)) == 18
    zones = json.loads(office("zone", "list", "--json").out)
    assert len(zones) == 14
    assert all(zone["lead_unit"] and zone["code"] for zone in zones)


@pytest.mark.parametrize("file", ANSWERS)
def test_hardly_a_row_is_wrong_and_none_in_silence(office: Zg, file: str) -> None:
    moves = ["--migrate"] if file.startswith("ledger") else []
    result = office("import", DATA / file, "--dry-run", "--json", *ON, *MAPS, *moves)
    report = json.loads(result.out)
    records = {(r["source_sheet"], r["source_row"]): r for r in report["records"]}
    wanted = {(a["sheet"], a["row"]): a for a in ANSWERS[file]}
    assert set(wanted) <= set(records)  # none is lost
    assert set(records) - set(wanted) <= {("工单列表", 11)}  # and nothing else is a row
    wrong = {place: _wrong(_plain(a), records[place]) for place, a in wanted.items()}
    bad = {place: keys for place, keys in wrong.items() if keys}
    assert len(bad) <= 0.03 * len(wanted), bad
    for place, keys in bad.items():
        said = " ".join(records[place]["warnings"])
        for key in keys:
            assert _NAMES[key] in said, (place, key, said)


_NAMES = {
    "found_on": "Found on",
    "due_on": "Due",
    "issued_on": "Issued on",
    "feedback_on": "Done on",
    "zone_name": "Zone",
    "category": "Category",
    "lead_unit": "Lead unit",
    "co_units": "unit",
}
"""What warnings call a field."""


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    """What a dry run can say: states are made when it is saved."""
    return {key: value for key, value in answer.items() if key != "state"}


def test_last_year_moves_in_whole_and_sound(office: Zg) -> None:
    rows = ANSWERS["ledger2025.xlsx"]
    result = office("import", DATA / "ledger2025.xlsx", "--migrate", *ON, *MAPS)
    assert result.code == 0, result.err
    assert "200 items saved" in result.err
    made = json.loads(office("export", "-f", "json").out)
    assert len(made) == len(rows)
    assert all(r["number"].startswith("CW-2025-") for r in made if r["state"] != "reported")
    states = [(a["state"], r["state"]) for a, r in zip(rows, made, strict=True)]
    assert all(wanted in ("?", got) for wanted, got in states)
    assert office("check").code == 0
    assert "damaged" not in office("check").err
    again = office("import", DATA / "ledger2025.xlsx", "--migrate", *ON, *MAPS)
    assert "200 already here" in again.err
    office("export", "-o", "out.xlsx")
    back = office("import", "out.xlsx", "--dry-run")
    assert "0 new, 0 fed back, 200 already here, 0 in conflict" in back.err
