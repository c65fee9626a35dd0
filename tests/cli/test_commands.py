"""Commands as a person types them: data on stdout, talk on stderr, exit codes."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from cli_support import Zg, first
from tests_support import TODAY

from core.ledger.record import KEYS
from store.disk import files
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_records
from tui.cli.running import IN_ORDER


def zg_said(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from tui.main import main; main()", *words],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


HOSTILE = (
    "a[/]b",
    "[@click=app.quit]x[/]",
    "[red]x",
    "x\x1b]52;c;ZXZpbA==\x07y",
    "倒\u202e序",
    "\x9b2J",
)


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
        (("staff", "add", "x", "--role", "king"), 3, "Roles cannot be king"),
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
    assert len(town("list", "-a").out.splitlines()) == 66
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


def test_every_command_is_tested_and_documented() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("*.py"))
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
        assert lang == "en" or not [word for word in english if word in result.out], result.out


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


def test_terms_that_say_no_are_no_options(town: Zg) -> None:
    every = town("list").out.splitlines()
    late = town("list", "overdue").out.splitlines()
    assert late
    assert sorted(town("list", "-overdue").out.splitlines()) == sorted(set(every) - set(late))
    assert "整改中" not in town("list", "-state:整改中", "--lang", "zh").out


def test_options_may_stand_before_the_command(town: Zg) -> None:
    assert town("--lang", "zh", "today").out == town("today", "--lang", "zh").out
    assert town("--as=inspector", "add", "--zone", "Z01", "--", "-x").code == 0
    assert town("--store", "anywhere", "log", "--help", lang="zh").code == 0


def test_what_goes_wrong_behind_a_change_is_told_and_the_change_holds(
    town: Zg, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.history.repository.Repository.snapshot_due", lambda self: True)
    monkeypatch.setattr("store.history.head_start.writing.write_all", full)
    said = town("add", "Z01 东街口 积水三处")
    assert said.code == 0
    assert said.err.count("is left for the next time") == 1
    assert "积水三处" in town("list", "state:待立案").out


HELPS = """
import sys
import typer
from tui.cli.running import program, run
from tui.words import i18n

i18n.use(sys.argv[1])
whole = typer.main.get_command(program(typer, []))
for name, command in whole.commands.items():
    for child in getattr(command, "commands", {}):
        print("=====", name, child, flush=True)
        assert run([name, child, "--help"]) == 0
"""
SAID_BY_THE_PARSER = ("Usage", "OPTIONS", "ARGS", "Show this", "Commands", "required", "default:")


@pytest.mark.parametrize(("lang", "begins"), [("zh", "用法"), ("en", "Usage")])
def test_every_command_of_a_group_has_help_in_the_language_asked_for(
    lang: str, begins: str
) -> None:
    """In a process of its own: the words of options are chosen as it starts."""
    done = subprocess.run(
        [sys.executable, "-c", HELPS, lang],
        capture_output=True,
        text=True,
        env=os.environ | {"LANG": f"{lang}.UTF-8", "COLUMNS": "100"},
        check=True,
    )
    pages = done.stdout.split("===== ")[1:]
    assert len(pages) > 100
    for page in pages:
        assert f"{begins}: " in page or f"{begins}：" in page, page
        assert len(page.splitlines()) > 5
        assert lang == "en" or not [word for word in SAID_BY_THE_PARSER if word in page], page
