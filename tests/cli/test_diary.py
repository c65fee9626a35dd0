"""记进展: a line of how it goes, out with the ledger and in again, never as feedback."""

import json
from pathlib import Path

import pytest
from cli_support import Zg


def ok(result: object) -> str:
    assert result.code == 0, result.err  # type: ignore[attr-defined]
    return str(result.out)  # type: ignore[attr-defined]


@pytest.fixture
def office(empty: Zg) -> Zg:
    """A town with one problem in a unit's hands."""
    ok(empty("unit", "add", "环卫所"))
    ok(empty("zone", "add", "Z01", "第一段", "--kind", "街道段"))
    ok(empty("add", "第一段 街口 垃圾", "--on", "2026-03-01"))
    ok(empty("accept", "R-0001", "--category", "环境卫生", "--on", "2026-03-01"))
    ok(
        empty(
            "assign",
            "CW-2026-0001",
            "--unit",
            "环卫所",
            "--due",
            "2026-03-09",
            "--on",
            "2026-03-01",
        )
    )
    return empty


def record(office: Zg) -> dict[str, object]:
    found: dict[str, object] = json.loads(ok(office("show", "CW-2026-0001", "--json")))[0]
    return found


def test_the_last_line_stands_in_the_ledger_all_of_them_in_the_history(office: Zg) -> None:
    ok(
        office(
            "note", "CW-2026-0001", "周五施工，材料已到", "--for", "环卫所", "--on", "2026-03-03"
        )
    )
    ok(office("note", "CW-2026-0001", "已清一半", "--on", "2026-03-04"))
    said = record(office)
    assert said["diary"] == "2026-03-04 已清一半"
    assert said["state"] == "rectifying" and not said["feedback_on"]
    history = ok(office("history", "CW-2026-0001"))
    assert "周五施工，材料已到" in history and "环卫所" in history and "已清一半" in history
    assert office("note", "CW-2026-0001", "已清一半", "--on", "2026-03-04").code != 0
    assert office("note", "CW-2026-0001").code == 2
    assert "已清一半" in ok(office("chase", "环卫所"))
    ok(office("undo"))
    assert record(office)["diary"] == "2026-03-03 周五施工，材料已到"


def test_a_line_is_one_line_and_its_limit_is_told(office: Zg) -> None:
    ok(office("note", "CW-2026-0001", "周五施工\n材料已到", "--on", "2026-03-03"))
    assert record(office)["diary"] == "2026-03-03 周五施工 材料已到"
    told = office("note", "CW-2026-0001", "长" * 400, lang="zh")
    assert told.code != 0 and "一句话太长" in told.err


def test_a_ledger_that_comes_back_adds_a_line_and_no_feedback(office: Zg, tmp_path: Path) -> None:
    ok(office("note", "CW-2026-0001", "周五施工", "--on", "2026-03-03"))
    ok(office("export", "-o", "a.csv"))
    told = office("import", "a.csv")
    assert told.code == 0 and "Nothing new" in told.err, told.err
    text = (tmp_path / "a.csv").read_text("utf-8-sig").replace("2026-03-03 周五施工", "下周一完工")
    (tmp_path / "b.csv").write_text(text, "utf-8")
    ok(office("import", "b.csv", "--on", "2026-03-05"))
    said = record(office)
    assert str(said["diary"]).endswith("下周一完工") and said["state"] == "rectifying"
    assert office("import", "b.csv").code == 0
    assert ok(office("history", "CW-2026-0001")).count("下周一完工") == 1


def test_a_new_row_and_one_that_moves_in_bring_their_line(office: Zg, tmp_path: Path) -> None:
    rows = (
        "责任区,点位,问题描述,检查时间,最近进展\n第一段,桥头,积水,2026-03-02,2026-03-03 等排水车\n"
    )
    (tmp_path / "n.csv").write_text(rows, "utf-8")
    ok(office("import", "n.csv"))
    found = [r for r in json.loads(ok(office("list", "--json"))) if r["location"] == "桥头"]
    assert [r["diary"] for r in found] == ["2026-03-03 等排水车"]
    past = "问题编号,责任区,点位,问题描述,检查时间,状态,最近进展\nCW-2025-0007,第一段,井边,破损,2025-03-02,整改中,已报预算\n"
    (tmp_path / "m.csv").write_text(past, "utf-8")
    ok(office("import", "m.csv", "--migrate"))
    moved = json.loads(ok(office("show", "CW-2025-0007", "--json")))[0]
    assert str(moved["diary"]).endswith("已报预算")
