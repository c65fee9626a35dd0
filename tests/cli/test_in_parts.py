"""分项: `zg split`; parts in lists, ledgers, walks, figures, and in again by a ledger that moves in."""

import json
from pathlib import Path
from typing import Any

import pytest
from cli_support import Result, Zg

from store.history.repository import Repository


def ok(result: Result) -> str:
    assert result.code == 0, result.err
    return result.out


@pytest.fixture
def office(empty: Zg) -> Zg:
    """CW-2026-0001 with two units, CW-2026-0002 with one of them."""
    for unit in ("城管中队", "环卫所", "村镇建设办"):
        ok(empty("unit", "add", unit))
    ok(empty("zone", "add", "Z01", "第一段", "--kind", "街道段"))
    for line in ("第一段 桥头 占道又堆垃圾", "第一段 街尾 垃圾"):
        ok(empty("add", line, "--category", "市容环境/暴露垃圾", "--on", "2026-03-01"))
    ok(empty("accept", "R-0001", "R-0002", "--on", "2026-03-01"))
    split = ("--part", "城管中队=2026-03-09", "--part", "环卫所=3d=清运垃圾", "--on", "2026-03-01")
    out = ok(empty("split", "CW-2026-0001", *split))
    assert out.split() == ["CW-2026-0001-1", "CW-2026-0001-2"]
    ok(
        empty(
            "assign",
            "CW-2026-0002",
            "--unit",
            "环卫所",
            "--due",
            "2026-03-09",
            "--on",
            "2026-03-01",
        )
    )
    return empty


def records(office: Zg, *query: str) -> list[dict[str, Any]]:
    return list(json.loads(ok(office("list", *query, "--json"))))


def test_each_part_is_a_row_with_its_unit_and_deadline(office: Zg) -> None:
    rows = {row["number"]: row for row in records(office)}
    assert list(rows) == ["CW-2026-0001-1", "CW-2026-0001-2", "CW-2026-0002"]
    first, second = rows["CW-2026-0001-1"], rows["CW-2026-0001-2"]
    assert (first["lead_unit"], first["due_on"]) == ("城管中队", "2026-03-09")
    assert (second["lead_unit"], second["due_on"]) == ("环卫所", "2026-03-04")
    assert second["requirement"] == "清运垃圾"
    assert {first["part_of"], second["part_of"]} == {"CW-2026-0001"}
    assert rows["CW-2026-0002"]["part_of"] is None
    assert [r["number"] for r in records(office, "no:1")] == ["CW-2026-0001-1", "CW-2026-0001-2"]
    assert "CW-2026-0001-2" in ok(office("chase", "环卫所"))


@pytest.mark.parametrize("written", ["cw-26-1-2", "1-2", "CW－2026－0001－2", "CW-2026-0001-2号"])
def test_a_part_is_found_however_its_number_is_written(office: Zg, written: str) -> None:
    assert "CW-2026-0001-2" in ok(office("show", written))


def test_what_is_done_to_the_whole_is_told(office: Zg) -> None:
    refused = office("submit", "CW-2026-0001", "--measure", "清了")
    assert refused.code == 4
    assert "CW-2026-0001-1" in refused.err
    refused = office("merge", "CW-2026-0001-1", "--into", "CW-2026-0002")
    assert refused.code == 4 and "CW-2026-0001" in refused.err
    assert office("split", "CW-2026-0002", "--part", "城管中队", "--part", "环卫所").code == 4
    assert "无此单位" in office("split", "CW-2026-0001", "--part", "无此单位=3d").err
    assert "五天后" in office("split", "CW-2026-0001", "--part", "村镇建设办=五天后些").err
    assert office("split", "CW-2026-0001").code == 2
    shown = ok(office("show", "CW-2026-0001"))
    assert "CW-2026-0001-1" in shown and "城管中队" in shown and "CW-2026-0001-2" in shown


def test_figures_count_the_whole_once_and_each_assignment(office: Zg) -> None:
    ok(office("inspect", "CW-2026-0001-1", "--pass", "--on", "2026-03-03"))
    period = ("--period", "202603", "--json")
    by_unit = json.loads(ok(office("stats", *period)))
    assert sum(row["issued"] for row in by_unit if row["unit"]) == 3

    def found() -> tuple[str, str]:
        told = [
            json.loads(ok(office("trace", f"问题.{what}", "--period", "202603", "--json")))
            for what in ("发现", "已销号")
        ]
        return told[0]["text"], told[1]["text"]

    assert found() == ("2", "0")
    ok(office("inspect", "CW-2026-0001-2", "--pass", "--on", "2026-03-04"))
    assert found() == ("2", "1")


@pytest.mark.parametrize("ending", ["xlsx", "csv", "jsonl"])
def test_a_ledger_with_parts_moves_into_another_store(
    office: Zg, tmp_path: Path, ending: str
) -> None:
    ok(office("inspect", "CW-2026-0001-1", "--pass", "--on", "2026-03-03"))
    file = tmp_path / f"台账.{ending}"
    ok(office("export", "-o", file))
    before = {row["number"]: row for row in records(office, "-a")}
    other = tmp_path / "other"
    ok(office("init", other))

    def there(*args: object) -> Result:
        return office(*args, "--store", other)

    for unit in ("城管中队", "环卫所", "村镇建设办"):
        ok(there("unit", "add", unit))
    ok(there("zone", "add", "Z01", "第一段", "--kind", "街道段"))
    ok(there("import", file, "--migrate", "--yes"))
    after = {row["number"]: row for row in records(there, "-a")}
    assert after.keys() == before.keys()
    for number, row in after.items():
        for key in ("part_of", "lead_unit", "due_on", "state", "closed_on", "description"):
            assert row[key] == before[number][key], (number, key)
    assert "CW-2026-0001-2" in ok(there("show", "CW-2026-0001"))
    ok(there("check"))
    ok(there("inspect", "CW-2026-0001-2", "--pass"))
    whole = json.loads(ok(there("show", "CW-2026-0001", "--json")))[0]
    assert whole["state"] == "closed"
    assert ok(there("add", "第一段 街中 垃圾", "--category", "市容环境/暴露垃圾"))
    assert ok(there("accept", "R-0001")).strip().endswith("-0003"), "the series went on"


def test_photos_named_by_a_part_are_its_own(office: Zg, tmp_path: Path) -> None:
    for name in ("CW-2026-0001-1 整改后.pdf", "CW-2026-0001-2.pdf", "CW-2026-0002-1.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4 " + name.encode())
    ok(office("attach", *sorted(tmp_path.glob("*.pdf"))))
    town = Repository(tmp_path / "store").town
    held = {
        n: [f.name for f in item.files]
        for n in ("CW-2026-0001", "CW-2026-0001-1", "CW-2026-0001-2", "CW-2026-0002")
        if (item := town.find(n))
    }
    assert held == {
        "CW-2026-0001": [],
        "CW-2026-0001-1": ["CW-2026-0001-1 整改后.pdf"],
        "CW-2026-0001-2": ["CW-2026-0001-2.pdf"],
        "CW-2026-0002": ["CW-2026-0002-1.pdf"],
    }


@pytest.mark.parametrize(
    ("number", "whole"),
    [
        ("CW-2026-0400-1", "CW-2026-0400-1"),
        ("CW-2026-0200-2", "CW-2026-0201"),
        ("", "CW-2026-0400"),
        ("CW-2026-0400", "R-0400"),
    ],
)
def test_a_row_that_is_no_part_of_what_it_names_is_told(
    office: Zg, tmp_path: Path, number: str, whole: str
) -> None:
    file = tmp_path / "m.csv"
    file.write_text(
        "问题编号,检查时间,责任区,问题描述,责任单位,状态,所属问题\n"
        f"{number},2026-03-01,第一段,垃圾,环卫所,整改中,{whole}\n",
        encoding="utf-8",
    )
    done = office("import", file, "--migrate", "--yes")
    assert done.code != 0
    assert whole in done.err
    assert "CW-2026-0400" not in ok(office("list", "-a"))
    ok(office("check"))


def test_a_part_number_is_normalised_with_its_whole(office: Zg, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(
        "问题编号,检查时间,责任区,问题描述,责任单位,状态,所属问题\n"
        "CW-2026-0900-1,2026-03-01,第一段,垃圾,环卫所,整改中,cw-2026-900\n",
        encoding="utf-8",
    )
    ok(office("import", file, "--migrate", "--yes"))
    assert "CW-2026-0900-1" in ok(office("show", "CW-2026-0900"))


def test_a_split_that_was_undone_leaves_no_rows(office: Zg, tmp_path: Path) -> None:
    ok(office("add", "第一段 街中 垃圾", "--category", "市容环境/暴露垃圾", "--on", "2026-03-01"))
    ok(office("accept", "R-0003", "--on", "2026-03-01"))
    ok(office("split", "CW-2026-0003", "--part", "城管中队=9d", "--part", "环卫所=9d"))
    ok(office("undo", "--yes"))
    assert [r["number"] for r in records(office, "-a", "no:3")] == ["CW-2026-0003"]
    ok(office("export", "-o", "all.jsonl"))
    other = tmp_path / "other"
    ok(office("init", other))
    for unit in ("城管中队", "环卫所", "村镇建设办"):
        ok(office("unit", "add", unit, "--store", other))
    ok(office("zone", "add", "Z01", "第一段", "--kind", "街道段", "--store", other))
    ok(office("import", "all.jsonl", "--migrate", "--yes", "--store", other))


def test_a_suspended_part_moves_in(office: Zg, tmp_path: Path) -> None:
    say = ("--reason", "等资金", "--measure", "围挡", "--plan", "2027-03-01")
    ok(office("suspend", "CW-2026-0001", *say))
    ok(office("export", "-o", "all.xlsx"))
    other = tmp_path / "other"
    ok(office("init", other))
    for unit in ("城管中队", "环卫所", "村镇建设办"):
        ok(office("unit", "add", unit, "--store", other))
    ok(office("zone", "add", "Z01", "第一段", "--kind", "街道段", "--store", other))
    ok(office("import", "all.xlsx", "--migrate", "--yes", "--store", other))
    whole = json.loads(ok(office("show", "CW-2026-0001", "--json", "--store", other)))[0]
    assert whole["state"] == "suspended"


def test_a_file_is_attached_by_the_last_digits_of_a_number(office: Zg, tmp_path: Path) -> None:
    (tmp_path / "p.pdf").write_bytes(b"%PDF-1.4 x")
    ok(office("attach", "2", "p.pdf"))
    assert "p.pdf" in ok(office("files", "CW-2026-0002"))
