"""Registers on the command line."""

import json
from pathlib import Path

from cli_support import Zg

NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。"""


def test_zones_out_and_in(town: Zg, zg: Zg, tmp_path: Path) -> None:
    assert town("zone", "add", "Z20", "新区", "--unit", "环卫所", "--households", 12).code == 0
    assert town("zone", "edit", "Z20", "--name", "新城区").code == 0
    assert town("zone", "assign", "新城区", "派出所", "--since", "2026-03-01").code == 0
    town("zone", "export", "-o", "zones.xlsx")
    town("unit", "export", "-o", "units.csv")
    fresh = str(tmp_path / "fresh")
    town("init", fresh)
    assert town("unit", "import", "units.csv", "--store", fresh).code == 0
    assert town("zone", "import", "zones.xlsx", "--store", fresh).code == 0
    assert (
        town("zone", "list", "--json", "--store", fresh).out == town("zone", "list", "--json").out
    )
    again = town("zone", "import", "zones.xlsx", "--store", fresh)
    assert "Nothing new" in again.err
    assert town("zone", "retire", "Z20").code == 0
    assert "Z20" not in town("zone", "list").out
    assert town("zone", "edit", "Z20", "--active").code == 0


def test_units_and_their_names(town: Zg) -> None:
    assert town("unit", "add", "园林所", "--alias", "绿化队", "--phone", "55501234").code == 0
    assert town("unit", "edit", "绿化队", "--alias", "园林站").code == 0
    (row,) = [r for r in json.loads(town("unit", "list", "--json").out) if r["name"] == "园林所"]
    assert row["aliases"] == ["绿化队", "园林站"]
    assert row["phone"] is None
    assert "55501234" not in town("unit", "export").out
    assert "55501234" in town("unit", "export", "--with-contacts").out
    assert town("unit", "retire", "园林所").code == 0


def test_a_bad_row_in_a_master_file_changes_nothing(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "z.csv").write_text(
        "编码,名称,责任单位\nZ30,甲,环卫所\nZ31,乙,没有\n", encoding="utf-8"
    )
    result = town("zone", "import", "z.csv")
    assert result.code == 3
    assert "z.csv, row 3" in result.err
    assert "Z30" not in town("zone", "list").out


def test_staff_and_roles(town: Zg) -> None:
    assert town("staff", "add", "li", "--role", "liaison").code == 3
    assert town("staff", "add", "li", "--role", "liaison", "--unit", "环卫所").code == 0
    assert town("staff", "edit", "li", "--role", "clerk").code == 0
    assert town("staff", "retire", "li").code == 0
    assert any(
        r["login"] == "li" and not r["active"]
        for r in json.loads(town("staff", "list", "--json").out)
    )


# Every command


def test_rules_and_routes(town: Zg, tmp_path: Path) -> None:
    assert len(town("rule", "list").out.splitlines()) == 60
    number = json.loads(town("rule", "list", "--category", "乱贴乱画", "--json").out)[0]["code"]
    assert town("rule", "edit", number, "--value", 4).code == 0
    assert town("rule", "edit", number, "--kind", "weeks").code == 3
    assert town("rule", "add", "乱贴乱画", "--kind", "work_days", "--value", 1).code == 4
    more = ("--kind", "work_days", "--value", 1, "--condition", "学校周边")
    assert town("rule", "add", "乱贴乱画", *more).code == 0
    assert town("rule", "export", "-o", "rules.xlsx").code == 0
    assert "Nothing new" in town("rule", "import", "rules.xlsx").err
    assert town("rule", "retire", number).code == 0
    route = town("route", "add", "--category", "乱贴乱画", "--unit", "城管队", "--zone", "Z01")
    assert route.code == 0
    assert (
        town("route", "add", "--category", "乱贴乱画", "--unit", "环卫所", "--zone", "Z01").code
        == 4
    )
    assert town("route", "edit", route.out.strip(), "--unit", "环卫所").code == 0
    assert town("route", "export", "-o", "routes.csv").code == 0
    assert "Nothing new" in town("route", "import", "routes.csv").err
    assert "环卫所" in town("route", "list").out
    assert town("route", "retire", 1).code == 0


def test_a_holiday_notice_is_pasted_and_deadlines_are_counted_again(town: Zg) -> None:
    dry = town("calendar", "import", "-", "--year", 2027, "--dry-run", stdin=NOTICE.encode())
    assert dry.code == 0
    assert "02-05~02-11" in dry.err
    assert town("calendar", "import", "-", stdin=NOTICE.encode()).code == 3
    wrong = town("calendar", "import", "-", "--year", 2026, stdin=NOTICE.encode())
    assert wrong.code == 3
    assert "weekday" in wrong.err
    assert town("calendar", "import", "-", "--year", 2027, stdin=NOTICE.encode()).code == 0
    assert "2027" in town("calendar", "list").out
    table = json.loads(town("calendar", "export", 2027).out)
    assert table["work"] == ["0131", "0220"]
    assert town("calendar", "recount").code == 6
    fewer = json.dumps({**table, "rest": ["0101"]}).encode()
    refused = town("calendar", "import", "-", stdin=fewer)
    assert (refused.code, "01-02" in refused.err) == (4, True)
    assert town("calendar", "import", "-", "--yes", stdin=fewer).code == 0
    assert json.loads(town("calendar", "list", "--year", 2027, "--json").out)[0]["rest"] == ["0101"]


def test_units_and_zones_are_merged(town: Zg) -> None:
    merged = town("unit", "merge", "环卫所", "--into", "城管中队")
    assert merged.code == 0
    assert "Went along with their deadlines" in merged.err
    assert town("list", "orphaned").code == 6 or not town("list", "orphaned").out
    assert town("check").code == 0
    assert town("zone", "merge", "Z02", "--into", "Z01").code == 0
    assert not town("list", "zone:Z02").out


def test_retiring_names_what_still_rests_on_it(town: Zg) -> None:
    for noun, name in (("unit", "环卫所"), ("zone", "Z02")):
        refused = town(noun, "retire", name)
        assert refused.code == 4
        assert "item" in refused.err
    assert "zone" in town("unit", "retire", "城管中队").err
    assert town("zone", "merge", "Z02", "--into", "Z01").code == 0
    assert town("undo").code == 0
    assert town("check").code == 0


def test_views_are_kept_and_counted(town: Zg) -> None:
    rows = json.loads(town("view", "list", "--json").out)
    assert [row["key"] for row in rows][:3] == [1, 2, 3]
    late = next(row for row in rows if row["query"] == "overdue")
    assert late["count"] == len(town("list", "overdue").out.splitlines())
    assert town("view", "add", "农贸市场", "zone:Z08 -overdue", "--key", 9).code == 0
    assert town("view", "add", "别的", "zone:Z07", "--key", 9).code == 4
    assert town("view", "add", "坏的", "zone:Z99").code == 3
    assert town("view", "edit", "9", "--name", "市场").code == 0
    assert town("view", "export", "-o", "views.csv").code == 0
    assert town("view", "retire", "市场").code == 0
    assert "市场" not in town("view", "list").out
    assert town("view", "import", "views.csv").code == 0
    assert "市场" in town("view", "list").out
    assert town("undo", "--yes").code == 0
    assert "市场" not in town("view", "list").out


def test_a_table_of_views_changes_only_what_it_has_columns_for(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text("名称,查询\n超期,overdue\n", "utf-8")
    assert town("view", "import", "v.csv").code == 0
    keys = {r["name"]: r["key"] for r in json.loads(town("view", "list", "--json").out)}
    assert keys["超期"] == 1
    (tmp_path / "v.csv").write_text("名称,查询,数字键\n超期,overdue,2\n今日到期,today,1\n", "utf-8")
    assert town("view", "import", "v.csv").code == 0
    keys = {r["name"]: r["key"] for r in json.loads(town("view", "list", "--json").out)}
    assert (keys["超期"], keys["今日到期"]) == (2, 1)


def test_a_zone_taken_back_from_a_unit_leaves_no_gap(town: Zg) -> None:
    assert town("zone", "assign", "Z01", "环卫所", "--since", "2026-11-10").code == 0
    assert town("undo", "--yes").code == 0
    assert town("zone", "assign", "Z01", "水利站", "--since", "2026-11-01").code == 0
    assert "责任单位：水利站" in town("zone", "walk", "Z01").out


def test_units_are_found_by_what_they_have_in_hand(town: Zg) -> None:
    unit = json.loads(town("chase", "--json").out)[0]["unit"]
    led = town("list", f"lead:{unit}", "-c", "lead_unit").out.split()
    every = town("list", f"unit:{unit}", "-c", "lead_unit").out.split()
    assert set(led) == {unit}
    assert every.count(unit) == len(led)
    assert town("list", "zone:二段").out == town("list", "zone:Z02").out
