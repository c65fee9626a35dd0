"""Commands as a person types them: data on stdout, talk on stderr, exit codes."""

import base64
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from cli_support import Zg
from tests_support import TODAY

from core.ledger.record import KEYS
from store.disk import files
from store.ledgers import Format, write_records
from tui.cli.frame.running import IN_ORDER


def first(town: Zg, query: str) -> str:
    return town("list", query, "-n", 1, "-c", "number").out.strip()


def test_init_makes_an_empty_store(zg: Zg, tmp_path: Path) -> None:
    assert zg("init", "--office", "青石镇创卫办").out.strip() == str(tmp_path / "store")
    assert zg("init").code == 6
    assert zg("list").out == ""
    assert "clerk" in zg("staff", "list", "--json").out


def test_the_whole_road(town: Zg) -> None:
    number = town(
        "add", "垃圾桶满溢", "--zone", "Z01", "-l", "桂花街1号", "--category", "暴露垃圾"
    ).out.strip()
    assert number.startswith("R-")
    item = town("accept", number).out.strip()
    assert item.startswith("CW-")
    assert town("assign", item, "--unit", "环卫站", "--due", "3个工作日").code == 0
    assert town("receive", item, "--channel", "电话").code == 0
    assert town("submit", number, "--measure", "已清运").code == 0
    assert town("fail", item, "--reason", "残留").code == 0
    assert town("submit", item, "--measure", "再清").code == 0
    assert town("pass", item, "--finding", "好").code == 0
    (record,) = json.loads(town("show", item, "--json").out)
    assert record["state"] == "closed"
    assert record["reworks"] == 1
    assert [e["action"] for e in record["events"]] == [
        "report",
        "accept",
        "assign",
        "receive",
        "submit",
        "fail",
        "submit",
        "pass",
    ]
    assert town("history", item).out.count("\n") == 8


def test_other_ends_of_the_road(town: Zg) -> None:
    for verb, options, state in (
        ("reject", ("--reason", "误报", "--note", "不属实"), "void"),
        ("fix", ("--measure", "当场清理"), "closed"),
    ):
        number = town("add", "x", "--zone", "Z02").out.strip()
        assert town(verb, number, *options).code == 0
        assert json.loads(town("show", number, "--json").out)[0]["state"] == state
    number = first(town, "state:rectifying")
    assert town("inspect", number, "--fail", "--finding", "未动").code == 0
    assert town("submit", number, "--measure", "清").code == 0
    assert town("withdraw", number, "--reason", "照片有误").code == 0
    assert town("correct", number, "--location", "别处").code == 0
    assert town("inspect", number, "--pass", "--finding", "好").code == 0


def test_bulk_is_one_step_and_one_undo(town: Zg) -> None:
    numbers = town("list", "state:rectifying", "-n", 3, "-c", "number").out.split()
    assert town("inspect", *numbers, "--pass", "--finding", "好").code == 0
    assert town("undo", "--yes").code == 0
    states = {r["state"] for r in json.loads(town("show", *numbers, "--json").out)}
    assert states == {"rectifying"}


def test_undo_without_anything_of_ones_own(town: Zg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.whereabouts.login", lambda: "stranger")
    assert town("undo", "--yes").code == 6


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("list", "--foo"), 2, "no option --foo"),
        (("lst",), 2, "Did you mean list?"),
        (("show",), 2, "missing"),
        (("show", "CW-2026-9999"), 6, "no item CW-2026-9999"),
        (("show", "999999999"), 6, "no item"),
        (("show", "-1"), 2, "no option"),
        (("assign", "X", "--unit", "[/red]", "--due", "3wd"), 3, "[/red]"),
        (("accept", "X", "--zone", "Z99"), 3, "No zone is called Z99"),
        (("assign", "X", "--unit", "环卫所", "--due", "tomorow"), 3, "tomorow is not a deadline"),
        (("accept", "X", "--on", "2026-02-30"), 3, "not a date"),
        (("accept", "X", "--on", "2099-01-01"), 3, "later than today"),
        (("accept", "X", "--category", "卫生"), 3, "not one of the nine categories"),
        (("accept", "X", "--severity", "坏"), 3, "not a severity"),
        (("accept", "X", "--as", "king"), 3, "not a role"),
        (("accept", "X", "--as", "liaison"), 5, "do not hold"),
        (("accept", "X", "--as", "inspector"), 5, "needs the role"),
        (("pass", "X", "--finding", "好"), 4, "it must be"),
        (("inspect", "X"), 2, "--pass or --fail"),
        (("correct", "X"), 2, "what should change"),
        (("assign", "X"), 4, "must be"),
        (("list", "colour:red"), 3, "does not know colour"),
        (("list", "-c", "size"), 3, "not a column"),
        (("list", "--lang", "fr"), 3, "not a language"),
        (("export", "-o", "a.pdf"), 3, "unknown format"),
        (("export", "-o", "no/a.csv"), 3, "no directory"),
        (("export", "zzzz"), 6, "Nothing matches"),
        (("export", "-f", "csv", "--encoding", "klingon"), 3, "not a known encoding"),
        (("import", "no.xlsx"), 3, "no file no.xlsx"),
        (("import", "."), 3, "no ledger"),
        (("import", "/dev/zero"), 3, "not a plain file"),
        (("zone", "add", "Z01", "新"), 4, "already stands"),
        (("zone", "assign", "Z01", "没有"), 3, "No unit is called"),
        (("unit", "edit", "环卫所"), 2, "what should change"),
        (("staff", "add", "x", "--role", "king"), 3, "not a role"),
        (("submit", "X", "--channel", "传真"), 3, "not a channel"),
    ],
)
def test_one_clear_sentence(town: Zg, args: tuple[str, ...], code: int, says: str) -> None:
    number = town("add", "x", "--zone", "Z02").out.strip()
    before = town("history").out
    result = town(*(number if a == "X" else a for a in args))
    assert result.code == code, result.err
    assert says in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""
    assert town("history").out == before


def test_no_store(zg: Zg) -> None:
    result = zg("list")
    assert result.code == 6
    assert "zg init" in result.err
    assert "zg demo" in result.err


def test_a_damaged_store(town: Zg, tmp_path: Path) -> None:
    path = tmp_path / "store" / "journal.000001.jsonl"
    data = path.read_bytes()
    (tmp_path / "store" / "snapshot.json").unlink()
    path.write_bytes(data.replace("桂花".encode(), "杏花".encode(), 1))
    assert town("list").code == 9


def test_piped_lists_are_tab_separated(town: Zg) -> None:
    lines = town("list").out.splitlines()
    assert all(len(line.split("\t")) == 7 for line in lines)
    assert len(town("list", "-a").out.splitlines()) == 60
    assert set(json.loads(town("list", "--json").out)[0]) == set(KEYS)


def test_queries_narrow(town: Zg) -> None:
    assert town("list", "state:closed").out.count("\n") > 0
    assert town("list", "unit:hws").out == town("list", "unit:环卫站").out
    assert 0 < town("list", "overdue").out.count("\n") < town("list").out.count("\n")


def test_history_by_person_and_day(town: Zg) -> None:
    assert town("history", "--by", "zhuren").out.count("创卫办主任") > 0
    events = json.loads(town("history", "--json").out)
    day = events[50]["at"][:10]
    assert 0 < len(json.loads(town("history", "--day", day, "--json").out)) < len(events)


# Ledgers


LEDGER = (
    "点位,存在问题,责任单位,整改时限,检查时间,问题类别,责任区,是否整改\n"
    "桂花街1号,占道摆摊,城管队,3个工作日,2026-03-20,占道经营,Z01,已整改\n"
    "桂花街2号,垃圾,环卫队,长期,2026-03-20,市容环境,Z01,\n"
)


def test_import_says_what_it_doubts(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LEDGER, encoding="gb18030")
    dry = town("import", "a.csv", "--dry-run", "--json", "--on", "2026-03-31")
    report = json.loads(dry.out)
    assert dry.code == 0
    assert report["file"] == "a.csv"
    assert [r["action"] for r in report["records"]] == ["new", "new"]
    assert [r["source_row"] for r in report["records"]] == [2, 3]
    assert report["records"][0]["state_claim"] == "done"
    assert report["records"][0]["due_on"] == "2026-03-25"
    assert report["records"][1]["lead_unit"] is None
    assert any("环卫队" in w for w in report["records"][1]["warnings"])
    result = town("import", "a.csv")
    assert result.code == 0
    assert "a.csv, row 3: Lead unit: 环卫队 is not known here" in result.err
    assert "2 items saved" in result.err
    again = town("import", "a.csv")
    assert "Nothing new" in again.err
    assert json.loads(town("list", "占道摆摊", "--json").out)[0]["state"] == "awaiting"
    assert town("undo", "--yes").code == 0
    assert town("list", "占道摆摊", "桂花街1号").out == ""


def test_import_from_standard_input(town: Zg) -> None:
    result = town("import", "-", "--json", stdin=LEDGER.encode())
    assert json.loads(result.out)["file"] == "-"
    assert town("list", "占道摆摊").out


def test_a_rejected_row_saves_nothing(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LEDGER + "桂花街3号,,,,,,,\n", encoding="utf-8")
    result = town("import", "a.csv")
    assert result.code == 3
    assert "row 4: rejected: Description: is empty" in result.err
    assert town("list", "占道摆摊", "桂花街1号").out == ""
    assert town("import", "a.csv", "--accept-good").code == 0
    assert town("list", "占道摆摊", "桂花街1号").out


def test_strict_allows_no_doubt(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LEDGER, encoding="utf-8")
    assert town("import", "a.csv", "--strict").code == 3


def test_a_known_number_with_other_values_is_a_conflict(town: Zg, tmp_path: Path) -> None:
    number = first(town, "state:rectifying")
    (tmp_path / "a.csv").write_text(
        f"问题编号,点位,问题描述\n{number},别处,别的\n", encoding="utf-8"
    )
    result = town("import", "a.csv")
    assert result.code == 4
    assert number in result.err


def test_several_files_are_one_step(town: Zg, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(
            LEDGER.replace("桂花街", f"{name}街"), encoding="utf-8"
        )
    result = town("import", "a.csv", "b.csv", "--json")
    assert [r["file"] for r in json.loads(result.out)] == ["a.csv", "b.csv"]
    assert town("undo", "--yes").code == 0
    assert town("list", "占道摆摊", "a街1号|b街1号").out == ""


def test_export_and_move_in(town: Zg, tmp_path: Path) -> None:
    for form in ("xlsx", "csv", "json", "jsonl"):
        assert town("export", "-o", f"out.{form}").code == 0
        other = str(tmp_path / f"other-{form}")
        assert town("demo", "--at", other, "--no-board", "--items", 0).code == 0
        assert town("import", f"out.{form}", "--migrate", "--store", other).code == 0
        again = json.loads(town("export", "-f", "json", "--store", other).out)
        before = json.loads(town("export", "-f", "json").out)
        for row in (*again, *before):
            del row["revision"]
        assert again == before
        assert town("import", f"out.{form}", "--migrate", "--store", other).code == 3


def test_moving_in_is_for_leaders(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LEDGER, encoding="utf-8")
    assert town("import", "a.csv", "--migrate", "--as", "clerk").code == 5
    assert town("import", "a.csv", "--migrate").code == 0
    assert town("check").code == 0
    town("export", "-o", "out.json")
    other = str(tmp_path / "other")
    town("demo", "--at", other, "--no-board", "--items", 0)
    assert town("import", "out.json", "--migrate", "--store", other, "--as", "clerk").code == 5


def test_export_writes_whole_files_once(town: Zg, tmp_path: Path) -> None:
    assert town("export", "unit:环卫所", "-o", "a.xlsx").code == 0
    assert town("export", "-o", "a.xlsx").code == 3
    assert town("export", "-o", "a.xlsx", "--force").code == 0
    assert town("export", "-c", "number,state", "-f", "md").out.startswith("| 问题编号 | 状态 |")
    out = town("export").out
    assert out.startswith("问题编号,")


def test_a_returned_export_is_the_same(town: Zg) -> None:
    town("export", "-o", "a.xlsx")
    result = town("import", "a.xlsx")
    assert result.code == 0, result.err
    assert "60 already here" in result.err


# Masters


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


def test_every_command_is_tested_and_documented() -> None:
    source = Path(__file__).read_text("utf-8")
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
    for name in IN_ORDER:
        assert f'"{name}"' in source, name
        assert f"`zg {name}" in page, name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_has_help(zg: Zg, lang: str) -> None:
    english = ("Usage", "OPTIONS", "ARGS", "Show this", "Install completion", "Commands")
    for name in ("", *IN_ORDER):
        result = zg(*([name] if name else []), "--help", lang=lang)
        assert result.code == 0
        assert len(result.out.splitlines()) > 5
        assert lang == "en" or not any(word in result.out for word in english)


def test_help_stands_in_panels_in_the_language_asked_for() -> None:
    for words in (("--help", "--lang", "zh"), ("--lang=zh", "--help"), ("--lang", "zh", "-h")):
        said = zg_said(*words)
        places = [
            said.index(f"─ {panel} ─")
            for panel in ("每日", "一件问题", "进与出", "谁与哪里", "文书", "数据")
        ]
        assert places == sorted(places), "the panels stand in the order of a day"
    assert "责任单位及其名称" in zg_said("unit", "--lang", "zh", "--help")
    assert "Units and their names" in zg_said("--lang", "en", "unit", "--help")


def zg_said(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from tui.main import main; main()", *words],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_check_says_what_is_wrong_and_mends(town: Zg, tmp_path: Path) -> None:
    sound = town("check")
    assert sound.code == 0
    assert "Sound: " in sound.out
    assert json.loads(town("check", "--json").out)["sound"]
    journal = sorted((tmp_path / "store").glob("journal.*"))[0]
    whole = journal.read_bytes()
    at = whole.index("顶棚多处漏雨".encode())
    journal.chmod(0o600)
    journal.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    (tmp_path / "store" / "snapshot.json").unlink(missing_ok=True)
    found = town("check")
    assert found.code == 9
    assert "not what was written" in found.out
    listed = town("list")
    assert listed.code == 9
    assert "damaged" in listed.err
    assert town("add", "x", "--zone", "Z01").code == 9
    mended = town("check", "--repair", "--yes")
    assert mended.code == 0
    assert "Set right to the bit" in mended.err
    assert town("list").code == 0


def test_backup_and_restore_from_the_command_line(town: Zg, tmp_path: Path) -> None:
    before = town("export", "-o", "-", "-f", "jsonl").out
    assert town("backup", "a.tar.gz").out.strip() == "a.tar.gz"
    assert town("backup", "a.tar.gz").code == 3
    assert town("backup", "a.tar.gz", "--force").code == 0
    town("add", "later", "--zone", "Z01")
    restored = town("restore", "a.tar.gz", "--yes")
    assert restored.code == 0
    assert "The old store is kept" in restored.err
    assert town("export", "-o", "-", "-f", "jsonl").out == before
    assert town("restore", "a.tar.gz", "--store", tmp_path / "moved").code == 0
    assert town("export", "-o", "-", "-f", "jsonl", "--store", tmp_path / "moved").out == before
    assert town("restore", "none.tar.gz").code == 3
    (tmp_path / "bad").write_bytes(b"no")
    assert "not a backup" in town("restore", "bad", "--yes").err
    (tmp_path / "daily").mkdir()
    for day in range(1, 5):
        (tmp_path / "daily" / f"zhenggai-2020-01-0{day}.tar.gz").touch()
    assert town("backup", "daily", "--keep", 3).code == 0
    assert len(list((tmp_path / "daily").iterdir())) == 3


def issued(town: Zg, *, due: str = "5wd", zone: str = "Z01") -> str:
    """A problem of today, issued to 环卫所 with a deadline."""
    number = town("add", "垃圾桶满溢", "--zone", zone, "--category", "暴露垃圾").out.strip()
    item = town("accept", number).out.strip()
    assert town("assign", item, "--unit", "环卫所", "--due", due).code == 0
    return item


def record(town: Zg, number: str) -> dict[str, object]:
    return dict(json.loads(town("show", number, "--json").out)[0])


def test_a_request_waits_and_is_decided(town: Zg) -> None:
    item = issued(town)
    asked = town("extend", item, "--due", "2wd", "--reason", "雨天", "--as", "clerk")
    assert asked.code == 0
    assert "waits for approval" in asked.err
    due = record(town, item)["due_on"]
    assert item in town("list", "asked", "-c", "number").out
    assert town("extend", item, "--due", "2wd", "--reason", "x", "--as", "clerk").code == 4
    assert town("approve", item, "--as", "clerk").code == 5
    assert town("refuse", item).code == 2
    assert town("approve", item).code == 0
    assert str(record(town, item)["due_on"]) > str(due)
    assert town("approve", item).code == 6
    assert town("recall", item).code == 6
    other = issued(town)
    assert town("void", other, "--reason", "误报", "--note", "x", "--as", "clerk").code == 0
    assert town("recall", other, "--as", "clerk").code == 0
    assert town("void", other, "--reason", "没有", "--note", "x").code == 3
    assert town("void", other, "--reason", "误报", "--note", "查无此事").code == 0
    assert town("revive", other, "--reason", "查实").code == 0
    assert record(town, other)["state"] == "rectifying"


def test_units_give_back_and_others_take_over(town: Zg) -> None:
    item = issued(town)
    assert town("return", item, "--reason", "不属本单位", "--unit", "城管中队").code == 0
    assert record(town, item)["state"] == "accepted"
    assert town("assign", item, "--unit", "环卫所", "--due", "3wd").code == 0
    late = town("reassign", item, "--unit", "环卫所", "--due", "3wd", "--reason", "x")
    assert late.code == 3
    assert (
        town("reassign", item, "--unit", "城管中队", "--due", "3wd", "--reason", "调整").code == 0
    )
    assert record(town, item)["lead_unit"] == "城管中队"


def test_suspending_resuming_and_merging(town: Zg) -> None:
    item, other = issued(town), issued(town)
    plan = ("--measure", "围挡", "--plan", "180d", "--reference", "年度计划")
    assert town("suspend", item, *plan).code == 2
    assert town("suspend", item, "--reason", "资金", *plan).code == 0
    assert record(town, item)["plan_on"]
    assert "资金" in town("show", item).out
    assert town("resume", item, "--due", "3wd").code == 0
    assert town("merge", item, "--into", other).code == 0
    assert record(town, item)["merged_into"] == other
    assert town("merge", other, "--into", other).code == 3


def test_pressing_and_looking_back(town: Zg, tmp_path: Path) -> None:
    item = issued(town)
    for name in ("后.jpg", "乱.jpg"):
        (tmp_path / name).write_bytes(b"\xff\xd8\xff\xe0" + name.encode() * 40)
    assert town("remind", item).code == 0
    assert town("criticise", item, "--reference", "x").code == 4
    assert town("supervise", item, "--reason", "逾期", "--due", "3wd").code == 3
    notice = ("--reason", "现场效果差", "--due", "3wd", "--reference", "创卫办督〔2026〕1号")
    assert town("supervise", item, *notice).code == 0
    assert record(town, item)["level"] == 2
    assert "创卫办督〔2026〕1号" in town("history", item).out
    assert town("summon", item, "--record", "x").code == 4
    assert town("inspect", item, "--pass", "--finding", "好").code == 0
    assert record(town, item)["level"] == 0
    assert town("recheck", item).code == 2
    gone = town("recheck", item, "--photo", "没有.jpg")
    assert gone.code == 3
    assert "zg attach" in gone.err  # a name is no evidence
    assert town("recheck", item, "--photo", "后.jpg").code == 0
    back = ("--photo", "乱.jpg", "--reason", "反弹", "--due", "2wd")
    assert town("reopen", item, *back).code == 0
    assert record(town, item)["reopened"] == 1
    assert [f["name"] for f in json.loads(town("files", item, "--json").out)] == [
        "后.jpg",
        "乱.jpg",
    ]
    made = town("add", "垃圾", "--zone", "Z01", "--photo", str(tmp_path / "后.jpg")).out.strip()
    assert record(town, made)["photos_before"] == ["后.jpg"]  # and no path of anybody's home
    assert town("check").code == 0


def test_today(town: Zg) -> None:
    item = issued(town, due="当天")
    queues = {q["queue"]: q for q in json.loads(town("today", "--json").out)}
    count = queues["due_today"]["count"]
    assert item in {r["number"] for r in queues["due_today"]["items"]}
    assert town("today").out.splitlines()[0].startswith(f"Due today\t{count}\ttoday\t")
    assert queues["awaiting"]["count"] == len(town("list", "state:awaiting").out.splitlines())
    assert f"今日到期 {count}" in town("today", "--line", lang="zh").out
    assert len(town("today", "--line").out.splitlines()) == 1


def test_looking_back_by_sample(town: Zg, tmp_path: Path) -> None:
    first = town("lookback", "--share", 20, "--seed", 7)
    assert first.out == town("lookback", "--share", 20, "--seed", 7).out
    assert "seed 7" in first.err
    everything = json.loads(town("lookback", "--share", 100, "--json").out)
    assert 0 < len(first.out.splitlines()) < len(everything)
    assert all(r["state"] == "closed" for r in everything)
    assert town("lookback", "-o", "walk.md").code == 0
    assert "责任区" in (tmp_path / "walk.md").read_text()


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


NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。"""


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


def test_undo_lists_ones_own_changes(town: Zg) -> None:
    number = town("add", "x", "--zone", "Z01").out.strip()
    town("correct", number, "--location", "别处")
    (second, first) = json.loads(town("undo", "--list", "-n", 2, "--json").out)
    assert (second["op"], first["op"]) == ("correct", "report")
    assert town("undo", "--change", first["seq"], "--yes").code == 4
    assert town("undo", "--yes").code == 0
    undone = json.loads(town("undo", "--list", "-n", 2, "--json").out)
    assert undone[0]["undoes"] == second["seq"]
    assert undone[1]["taken_back_by"] == undone[0]["seq"]
    assert town("undo", "--change", undone[0]["seq"], "--yes").code == 0
    assert json.loads(town("show", number, "--json").out)[0]["location"] == "别处"
    assert "takes back" in town("undo", "--list").out
    assert town("undo", "--change", 1, "--yes").code == 6


HOSTILE = (
    "a[/]b",
    "[@click=app.quit]x[/]",
    "[red]x",
    "x\x1b]52;c;ZXZpbA==\x07y",
    "倒\u202e序",
    "\x9b2J",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_letter_by_letter(zg: Zg, tmp_path: Path, text: str) -> None:
    """Written into the store past every door, it still drives nobody's terminal."""
    from tests_support import NOW

    from core.changes import Change
    from core.model import Item, Settings, Staff
    from core.roles import ALL_HANDS, Actor
    from store.care.found import create

    actor = Actor("x", ALL_HANDS)
    item = Item(
        id=1,
        report_no="R-0001",
        location=text,
        description=text,
        note=text,
        found_on=date(2026, 3, 1),
        reported_on=TODAY,
        reporter=text,
    )
    create(
        tmp_path / "store",
        Settings(demo=True, office=text),
        [Change("items", None, item), Change("staff", None, Staff(id=1, login="a", name=text))],
        actor,
        NOW,
    ).close()
    for args in (
        ("list",),
        ("list", "-a"),
        ("show", "R-0001"),
        ("history",),
        ("staff", "list"),
        ("export",),
        ("export", "-f", "md"),
        ("accept", "R-0001"),
        ("list", text),
    ):
        result = zg(*args)
        for stream in (result.out, result.err):
            assert not any(char in stream for char in "\x1b\x07\x9b\u202e"), args
    if "[" in text and text.isprintable():
        assert text in zg("show", "R-0001").out
    hostile = [{"location": text, "description": text, "found_on": None}]
    data = write_records(hostile, Format.JSON, columns=("location", "description"))
    result = zg("import", "-", stdin=data)
    assert not any(char in result.err for char in "\x1b\x07\x9b\u202e")


def test_options_are_cleaned_aloud(town: Zg) -> None:
    result = town("add", "x\x1b[2Jy", "--zone", "Z01")
    assert "U+001B" in result.err
    (record,) = json.loads(town("show", result.out.strip(), "--json").out)
    assert record["description"] == "x[2Jy"


def test_a_read_only_store(town: Zg, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files.open_file

    def read_only(path: Path, flags: int, mode: int = 0o600) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY):
            raise OSError(30, "Read-only file system")
        return real(path, flags, mode)

    monkeypatch.setattr("store.disk.custody.open_file", read_only)
    assert town("list").code == 0
    result = town("add", "x", "--zone", "Z01")
    assert result.code == 8
    assert "can only be read" in result.err


def test_demo_sizes_and_days(zg: Zg, tmp_path: Path) -> None:
    made = zg("demo", "--at", tmp_path / "d", "--no-board", "--on", "2026-03-31", "--items", 5)
    assert made.code == 0
    assert len(zg("list", "-a", "--store", tmp_path / "d").out.splitlines()) == 5
    assert zg("demo", "--at", tmp_path / "e", "--no-board", "--on", "x").code == 3
    assert zg("demo", "--at", tmp_path / "d", "--no-board").code == 6


@pytest.mark.parametrize(
    "command", [("list", "--store", "~nobody-here/x"), ("restore", "~nobody-here/x")]
)
def test_the_home_of_nobody_is_a_sentence(town: Zg, command: tuple[str, ...]) -> None:
    done = town(*command)
    assert done.code not in (0, 1)
    assert "nobody-here" in done.err
    assert "Traceback" not in done.err


def test_a_line_is_understood_as_one_writes_it(town: Zg) -> None:
    result = town("add", "二段 桂花街西段 占道摆摊3处 城管 3天")
    assert result.code == 0
    (item,) = json.loads(town("show", result.out.strip(), "--json").out)
    assert (item["zone"], item["location"], item["description"]) == (
        "Z02",
        "桂花街西段",
        "占道摆摊3处",
    )
    assert "城管中队" in result.err
    several = town("add", "-", stdin="1. 三段 校门口 流动摊贩\n2、老场街：积水\n".encode())
    assert len(several.out.split()) == 2
    refused = town("add", "积水")
    assert (refused.code, refused.out) == (2, "")
    assert "积水" in refused.err


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


def test_terms_that_say_no_are_no_options(town: Zg) -> None:
    every = town("list").out.splitlines()
    late = town("list", "overdue").out.splitlines()
    assert late
    assert sorted(town("list", "-overdue").out.splitlines()) == sorted(set(every) - set(late))
    assert "整改中" not in town("list", "-state:整改中", "--lang", "zh").out


def test_units_are_chased(town: Zg) -> None:
    found = json.loads(town("chase", "--json").out)
    late = town("list", "overdue", "-state:awaiting").out.splitlines()
    assert sum(one["overdue"] for one in found) == len(late)
    unit = found[0]["unit"]
    text = town("chase", unit).out
    assert text.startswith(f"@{unit} ")
    assert found[0]["items"][0]["number"] in text
    assert all(len(line) < 90 for line in text.splitlines())
    assert town("chase", unit, "--log").code == 0
    number = found[0]["items"][0]["number"]
    assert json.loads(town("show", number, "--json").out)[0]["level"] == 1


def test_options_may_stand_before_the_command(town: Zg) -> None:
    assert town("--lang", "zh", "today").out == town("today", "--lang", "zh").out
    assert town("--as=inspector", "add", "--zone", "Z01", "--", "-x").code == 0


def test_a_list_to_walk_is_a_page_a_zone(town: Zg) -> None:
    pages = town("zone", "walk").out.split("\f")
    assert len(pages) > 5
    assert all(page.strip().startswith("巡查单") for page in pages)
    numbers = town("list", "zone:Z05", "-c", "number").out.split()
    page = town("zone", "walk", "第五段").out
    assert [number for number in numbers if number not in page] == []


def test_what_is_not_said_is_assigned_as_suggested(town: Zg) -> None:
    number = town("add", "六段 候车厅 控烟标识 缺两处", "--yes").out.strip()
    number = town("accept", number).out.strip()
    result = town("assign", number)
    assert result.code == 0
    assert "Suggested: " in result.err
    (item,) = json.loads(town("show", number, "--json").out)
    assert item["lead_unit"] in result.err
    assert item["due_on"] > item["issued_on"]
    assert number in town("undo", "--list").out.splitlines()[0]


def test_options_override_what_a_line_says_and_are_shown_back(town: Zg) -> None:
    said = town("add", "昨天 桂花街 暴露垃圾 成堆", "--category", "宣传", "--on", "2026-03-10")
    (item,) = json.loads(town("show", said.out.strip(), "--json").out)
    assert (item["found_on"], item["category"], item["subcategory"]) == ("2026-03-09", "宣传", None)
    assert "宣传" in said.err
    assert "暴露垃圾 成堆" in said.err


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


def test_a_ledger_a_unit_goes_out_and_comes_back(town: Zg, tmp_path: Path) -> None:
    result = town("export", "--by-unit", "out")
    assert result.code == 0
    files = dict(line.split("\t") for line in result.out.splitlines())
    assert len(files) > 3
    for path, count in files.items():
        unit = Path(path).stem
        mine = town("list", f"lead:{unit}", "-c", "state").out.splitlines()
        assert len([s for s in mine if s in ("Rectifying", "Awaiting check")]) == int(count)
    assert town("export", "--by-unit", "out").code == 3
    assert town("export", "--by-unit", "out", "--force").code == 0
    again = town("import", *files)
    assert again.code == 0
    assert "Nothing new" in again.err
    assert town("export", "state:rectifying", "--ledger", "-o", "l.xlsx").code == 0
    assert town("export", "--ledger", "-o", "l.csv").code == 3


def test_what_a_sender_writes_is_told_once(town: Zg, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(
        "填报单位：三社区\n检查时间,摸查处所,问题说什么,责任单位\n2026.3.2,路口,垃圾满溢,保洁三组\n"
    )
    (record,) = json.loads(town("import", sheet, "--dry-run", "--json").out)["records"]
    assert record["lead_unit"] is None
    told = town(
        "import",
        sheet,
        "--map",
        "摸查处所=点位",
        "--map",
        "问题说什么=问题描述",
        "--map",
        "保洁三组=环卫所",
    )
    assert told.code == 0
    assert town("list", "路口", "-c", "lead_unit").code == 0
    rows = json.loads(town("sender", "list", "--json").out)
    assert {(r["sender"], r["text"], r["header"] or r["unit"]) for r in rows} == {
        ("三社区", "摸查处所", "点位"),
        ("三社区", "问题说什么", "问题描述"),
        ("三社区", "保洁三组", "环卫所"),
    }
    sheet.write_text(sheet.read_text().replace("满溢", "成堆"))
    (record,) = json.loads(town("import", sheet, "--dry-run", "--json").out)["records"]
    assert (record["location"], record["lead_unit"]) == ("路口", "环卫所")
    sheet.write_text(sheet.read_text().replace("三社区", "四社区"))
    (record,) = json.loads(town("import", sheet, "--dry-run", "--json").out)["records"]
    assert record["lead_unit"] is None
    assert town("sender", "forget", "三社区", "保洁三组").code == 0
    assert len(json.loads(town("sender", "list", "--json").out)) == 2
    assert town("sender", "forget", "五社区").code == 6
    assert town("import", sheet, "--map", "垃圾").code == 2


def test_what_is_in_doubt_is_written_to_be_mended(town: Zg, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(
        "检查时间,地点,问题,责任单位,整改时限,网格员\n"
        "2026.3.2,路口,垃圾满溢,环卫索,3天,老周\n"
        "2026.3.2,,垃圾成堆,环卫所,3天,老周\n"
    )
    result = town("import", sheet, "--report", "r.xlsx")
    assert result.code == 3
    assert "网格员" in result.err
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    header, *rows = book.active.iter_rows(values_only=True)
    at = {name: column for column, name in enumerate(header)}
    assert "环卫所" in rows[0][at["责任单位存疑"]]
    assert rows[1][at["点位存疑"]]
    assert town("import", sheet, "--report", "r.xlsx").code == 3  # never over a file
    book.active.cell(2, at["责任单位"] + 1).value = "环卫所"
    book.active.cell(3, at["点位"] + 1).value = "巷尾"
    book.save(tmp_path / "r.xlsx")
    assert town("import", "r.xlsx").code == 0
    records = json.loads(town("list", "found:2026-03-02..2026-03-02", "--json").out)
    assert {(r["location"], r["description"]) for r in records} >= {
        ("路口", "垃圾满溢"),
        ("巷尾", "垃圾成堆"),
    }
    assert all("存疑" not in (r["note"] or "") for r in records)


def test_rows_go_out_in_order_and_together_with_what_they_come_to(town: Zg, tmp_path: Path) -> None:
    due = json.loads(town("export", "state:rectifying", "--sort=-整改时限", "-f", "json").out)
    days = [record["due_on"] for record in due]
    assert days == sorted(days, reverse=True)
    assert len(days) > 3
    out = town("export", "--group", "unit", "-c", "责任单位,问题编号,返工次数").out
    lines = [line.split(",") for line in out.splitlines()[1:]]
    assert lines[-1][0] == f"合计：{len(json.loads(town('export', '-f', 'json').out))}项"
    parts = [line for line in lines if line[0].startswith("小计")]
    units = [line[0] for line in lines if line[0][:2] not in ("小计", "合计")]
    assert [int(part[0][3:-1]) for part in parts] == [
        units.count("" if part[1] == "（空）" else part[1]) for part in parts
    ]
    assert int(lines[-1][2]) == sum(int(part[2]) for part in parts)
    assert town("export", "--group", "unit", "-o", "g.xlsx").code == 0
    again = json.loads(town("import", "g.xlsx", "--dry-run", "--json").out)
    assert len(again["skipped"]) == len(parts) + 1
    assert not any(skip["rejected"] for skip in again["skipped"])
    assert {record["action"] for record in again["records"]} == {"same"}
    assert town("export", "-c", "nothing").code == 3
    assert town("export", "--sheets", "-o", "s.xlsx").code == 2


def test_a_sheet_or_a_table_for_each_group(town: Zg, tmp_path: Path) -> None:
    assert town("export", "--group", "类别", "--sheets", "-o", "s.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    records = json.loads(town("export", "-f", "json").out)
    for sheet in book:
        header, *rows = sheet.iter_rows(values_only=True)
        found = {row[header.index("问题类别")] or "（空）" for row in rows}
        assert found == {sheet.title}
    assert sum(sheet.max_row - 1 for sheet in book) == len(records)
    assert town("export", "--group", "类别", "--sheets", "-o", "s.docx").code == 0
    tables = docx.Document(str(tmp_path / "s.docx")).tables
    assert len(tables) == len(book.sheetnames)
    assert sum(len(table.rows) - 1 for table in tables) == len(records)
    texts = {row.cells[4].text for table in tables for row in table.rows[1:]}
    assert texts == {record["description"] for record in records}


def test_a_blank_ledger_is_filled_in_and_comes_back(town: Zg, tmp_path: Path) -> None:
    assert town("export", "--template", "-o", "blank.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    sheet = book["问题台账"]
    lists = {v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"}
    assert len(lists) == 6
    at = {cell.value: cell.column for cell in sheet[3]}
    units = [row[0].value for row in book["选项"].iter_rows(min_col=5, max_col=5, min_row=2)]
    for header, value in {
        "检查时间": date(2026, 3, 2),
        "点位": "桥头",
        "问题描述": "=垃圾",
        "责任单位": units[0],
        "整改时限": "3个工作日",
    }.items():
        cell = sheet.cell(4, at[header])
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(tmp_path / "blank.xlsx")
    (record,) = json.loads(town("import", "blank.xlsx", "--dry-run", "--json").out)["records"]
    assert record["lead_unit"] == units[0]
    assert (record["description"], record["due_on"]) == ("=垃圾", "2026-03-05")


def test_mobile_numbers_stay_here_unless_asked_for(town: Zg, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(
        "检查时间,地点,问题,责任单位,时限,问题类别,责任区,责任人\n"
        "2026.3.2,路口,电话13812345678公示牌倒伏,环卫所,2026-4-1,市容环境,Z01,岗长 138 1234 5678\n"
    )
    assert town("import", sheet).code == 0
    for form in ("csv", "json", "md"):
        struck = town("export", "13812345678", "-f", form)
        assert "5678" in struck.out
        assert "1234 5678" not in struck.out
        assert "13812345678" not in struck.out
        assert "2" in struck.err
        assert "13812345678" in town("export", "13812345678", "-f", form, "--with-contacts").out
    assert town("export", "13812345678", "--ledger", "-o", "l.xlsx").code == 0
    assert "Nothing new" in town("import", "l.xlsx").err  # what was struck out is no difference


JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4
TINY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one dot."""


def test_photos_come_by_name_and_go_out_again(town: Zg, tmp_path: Path) -> None:
    mending, done = first(town, "state:rectifying"), first(town, "state:awaiting")
    folder = tmp_path / "照片"
    folder.mkdir()
    for number, name in enumerate(
        (
            f"{mending} 整改前.jpg",
            f"{mending.lower()}整改后(2).JPG",
            f"{done}.png",
            "IMG_1.jpg",
            "CW-2026-9999.jpg",
        )
    ):
        (folder / name).write_bytes(JPEG + bytes([number]))
    (folder / "说明.txt").write_text("x")
    result = town("attach", folder)
    assert result.code == 0
    assert "IMG_1.jpg" in result.err
    assert "CW-2026-9999" in result.err
    listed = json.loads(town("files", mending, done, "--json").out)
    assert [(r["number"], r["shows"]) for r in listed] == [
        (mending, "before"),
        (mending, "after"),
        (done, "after"),
    ]
    assert "all here" in town("attach", folder).err
    assert "整改后(2).JPG" in town("show", mending).out
    assert town("files", mending, done, "-o", "out").code == 0
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {f"{mending} 整改前 1.jpg", f"{mending} 整改后 1.jpg", f"{done} 整改后 1.jpg"}
    assert town("files", mending, "-o", "out").code == 3
    assert town("attach", mending, folder / "IMG_1.jpg", "--before").code == 0
    assert town("attach", mending, folder / "说明.txt").code == 3
    assert town("attach", mending, "--before", "--after").code == 2
    assert town("attach", "IMG_2.jpg").code in (3, 6)
    assert town("check").code == 0


def test_pictures_of_a_ledger_are_kept_with_its_items(town: Zg, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["检查时间", "责任区", "点位", "问题", "类别", "整改前照片"])
    sheet.write_row(1, 0, ["2026-3-2", "Z01", "桥头", "垃圾", "市容环境"])
    sheet.insert_image(1, 5, "a.png", {"image_data": io.BytesIO(TINY)})
    book.close()
    assert town("import", "a.xlsx").code == 0
    (record,) = json.loads(town("export", "桥头", "found:2026-03-02..2026-03-02", "-f", "json").out)
    assert record["photos_before"] == ["F2"]
    (file,) = json.loads(town("files", record["number"], "--json").out)
    assert (file["name"], file["shows"], file["size"]) == ("F2", "before", len(TINY))
    assert "Nothing new" in town("import", "a.xlsx").err
    assert town("check").code == 0


def test_a_notice_from_draft_to_receipt(town: Zg, tmp_path: Path) -> None:
    due = json.loads(town("notice", "due", "--json").out)
    unit = due[0]["unit"]
    drafted = town("notice", "draft", "--unit", unit, "--overdue", "-o", "notice.docx")
    assert drafted.out.strip() == "D1"
    assert docx.Document(str(tmp_path / "notice.docx")).tables
    assert town("notice", "sign", "D1", "--as", "clerk").code == 5
    assert town("notice", "sign", "D1", "-o", "signed.docx").out.strip().endswith("1号")
    number = town("notice", "list").out.split("\t")[0]
    item = json.loads(town("show", due[0]["items"].split("、")[0], "--json").out)[0]
    assert item["level"] == 2
    assert number in town("notice", "export", number).out
    assert town("notice", "export", number, "-o", "n.xlsx").code == 0
    assert town("notice", "export", number, "-o", "n.pdf").code == 3
    assert town("notice", "serve", number).code == 0
    assert town("notice", "receipt", number, "--by", "副所长").code == 0
    assert town("notice", "withdraw", number).code == 2
    assert town("notice", "withdraw", number, "--reason", "重复").code == 0
    assert town("notice", "serve", number).code == 3
    again = town(
        "notice",
        "draft",
        "--unit",
        json.loads(town("notice", "due", "--json").out)[0]["unit"],
        "--sign",
    )
    assert again.out.strip().endswith("2号")
    rows = json.loads(town("notice", "list", "--json").out)
    assert [row["number"][-2:] for row in rows] == ["1号", "2号"]
    assert "（作废）" in town("notice", "export", number).out
    assert town("notice", "list", "-o", "register.csv").code == 0
    assert town("notice", "draft", "--unit", unit, "--overdue", "--sign", "-o", "n.xlsx").code == 3
    assert "D" not in town("notice", "list").out.split("\t")[0]
    items = "、".join(one["items"].split("、")[0] for one in due[1:3])
    assert len(town("notice", "draft", items, "--reason", "领导批示").out.split()) == 2
    assert town("notice", "draft", "--kind", "简报", "--sign").code == 2
    assert town("notice", "draft", items.split("、")[0], "--reason", "催办").code == 3
    assert town("notice", "sign", "D9").code == 6
    assert town("notice", "draft", "--kind", "函", "--unit", unit).code == 3
    assert town("check").code == 0


def test_settings_are_shown_and_changed(town: Zg) -> None:
    assert town("config", "doc_prefix", "青石创").code == 0
    assert town("config", "copies", "镇党政办").code == 0
    assert (
        town("config", "doc_prefix").out.strip() == "doc_prefix\tWord in numbers of papers\t青石创"
    )
    unit = json.loads(town("notice", "due", "--json").out)[0]["unit"]
    number = town("notice", "draft", "--unit", unit, "--overdue", "--sign").out.strip()
    assert number.startswith("青石创督〔")
    assert "抄送：镇党政办" in town("notice", "export", number).out
    assert town("config", "nothing", "x").code == 2
    assert town("config", "lookback_days", "viele").code == 3


def test_an_office_has_a_word_file_of_its_own(town: Zg, tmp_path: Path) -> None:
    assert town("notice", "template", "督办", "-o", "own.docx").code == 0
    book = docx.Document(str(tmp_path / "own.docx"))
    book.add_paragraph("本镇自用 {{ wrong }}")
    book.save(str(tmp_path / "wrong.docx"))
    refused = town("notice", "template", "督办", "wrong.docx")
    assert refused.code == 3
    assert "wrong" in refused.err
    assert town("notice", "template", "督办", "own.docx").code == 0
    assert [
        line.split("\t")[1] != "" for line in town("notice", "template").out.splitlines()
    ].count(True) == 1
    unit = json.loads(town("notice", "due", "--json").out)[0]["unit"]
    assert town("notice", "draft", "--unit", unit, "--overdue", "--sign", "-o", "n.docx").code == 0
    told = "\n".join(p.text for p in docx.Document(str(tmp_path / "n.docx")).paragraphs)
    assert "整改督办通知书" in told
    assert "{" not in told
    assert town("notice", "template", "督办", "--remove").code == 0
    assert town("check").code == 0


def test_lists_to_walk_and_messages_as_files(town: Zg, tmp_path: Path) -> None:
    for name in ("w.docx", "w.xlsx", "w.txt"):
        assert town("zone", "walk", "-o", name).code == 0
    pages = town("zone", "walk").out.split("\f")
    assert len(docx.Document(str(tmp_path / "w.docx")).tables) == len(pages)
    assert len(openpyxl.load_workbook(tmp_path / "w.xlsx").sheetnames) == len(pages)
    assert (tmp_path / "w.txt").read_text() == town("zone", "walk").out.rstrip("\n")
    assert town("chase", "-o", "c.docx").code == 0
    told = [p.text for p in docx.Document(str(tmp_path / "c.docx")).paragraphs]
    assert [line for line in town("chase").out.splitlines() if line] == [
        line for line in told if line
    ]
    assert town("chase", "-o", "c.pdf").code == 3


def test_after_assigning_the_list_is_offered(town: Zg) -> None:
    number = first(town, "state:accepted")
    said = town("assign", number, "--unit", "环卫所", "--due", "3wd").err
    assert "zg notice draft --kind 交办 --unit 环卫所" in said
    drafted = town("notice", "draft", "--kind", "交办", "--unit", "环卫所", "--sign")
    assert drafted.out.strip().endswith("第1批")
    assert number in town("notice", "export", drafted.out.strip()).out
