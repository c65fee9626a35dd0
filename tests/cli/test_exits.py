"""Every exit of every command: no hostile character gets out, and what is saved ends with 0."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cli_support import Zg
from everything import fill
from msgspec.structs import replace
from tests_support import Office

from core.changes import Change, Changes
from core.model import Document, Item, Sender, Staff, Unit, View, Zone
from core.words.text import HOSTILE, clean, escaped, visible
from store.ledgers.formulas import guarded, unquoted

HOSTILE_TEXT = "x\x1b]52;c;AAAA\x07\x9b31m\x00\u202e\ufffe\U0001fffe[/]y"


def test_noncharacters_are_hostile() -> None:
    codes = [
        *range(0xFDD0, 0xFDF0),
        *(p << 16 | low for p in range(17) for low in (0xFFFE, 0xFFFF)),
    ]
    assert len(codes) == 66
    for code in [*codes, 0xD800, 0xDFFF, 0x1B, 0x9B]:
        assert HOSTILE.fullmatch(chr(code))
        assert clean(f"a{chr(code)}b") == "ab"
        assert visible(chr(code)) == f"⟨{code:02X}⟩"
    assert escaped('"\U0001fffe"') == '"\\ud83f\\udffe"'


def spoiled(office: Office) -> None:
    """Texts as an older program, or a hand in the files, may have left them."""
    town = office.town
    changes = []
    for table, field in (
        ("items", "description"),
        ("items", "location"),
        ("units", "name"),
        ("zones", "name"),
        ("zones", "scope"),
        ("staff", "name"),
        ("views", "name"),
        ("senders", "name"),
        ("documents", "number"),
        ("documents", "text"),
        ("documents", "reason"),
    ):
        for record in list(town.tables[table].values()):
            if isinstance(record, Item | Unit | Zone | Staff | View | Sender | Document):
                text = f"{getattr(record, field)}{HOSTILE_TEXT}{record.id}"
                new = replace(record, **{field: text})
                changes.append(Change(table, record, new))
                office.repository.town.put(table, new)
    settings = town.settings
    changes.append(
        Change("settings", settings, replace(settings, office=f"{settings.office}{HOSTILE_TEXT}"))
    )
    office.repository.save(
        Changes(changes=tuple(changes), at="2026-03-31T02:00:00Z", who="older", op="older")
    )


READING = (
    ["list", "-a"],
    ["list", "-a", "--json"],
    ["show", "R-0001", "R-0002", "R-0010"],
    ["history"],
    ["history", "--json"],
    ["today"],
    ["today", "--line"],
    ["chase"],
    ["chase", "--json"],
    ["lookback"],
    *(["export", "-f", form] for form in ("csv", "json", "jsonl", "md")),
    ["zone", "list", "-a"],
    ["zone", "export"],
    ["zone", "walk"],
    ["unit", "list", "-a"],
    ["unit", "export"],
    ["staff", "list"],
    ["view", "list"],
    ["view", "export"],
    ["sender", "list"],
    ["rule", "list"],
    ["route", "list"],
    ["route", "export"],
    ["notice", "list"],
    ["notice", "due"],
    *(["notice", "export", f"D{key}"] for key in range(1, 8)),
    ["undo", "--list"],
    ["config"],
    ["check"],
)


FILES = (
    *(["export", "-f", form] for form in ("xlsx", "docx")),
    ["export", "--ledger", "-f", "xlsx"],
    ["export", "--template", "-f", "xlsx"],
    ["lookback", "-f", "xlsx"],
    *([table, "export", "-f", "xlsx"] for table in ("zone", "unit", "rule", "route", "view")),
)


def test_no_command_says_anything_hostile(zg: Zg, tmp_path: Path) -> None:
    office = Office(tmp_path / "store")
    fill(office)
    spoiled(office)
    office.close()
    for words in READING:
        result = zg(*words)
        assert result.code in (0, 6, 9), (words, result.err)
        assert "Traceback" not in result.err, words
        for said in (result.out, result.err):
            pages = said.replace("\n\f", "\n") if words == ["zone", "walk"] else said
            assert not HOSTILE.search(pages.replace("\r\n", "\n")), words
    for form in ("docx", "xlsx", "txt"):
        for key in range(1, 8):
            done = zg("notice", "export", f"D{key}", "-o", f"{key}.{form}")
            assert done.code in (0, 3), done.err
            assert "Traceback" not in done.err
    for number, words in enumerate(FILES):
        done = zg(*words, "-o", f"out{number}.{words[-1]}")
        assert done.code == 0, (words, done.err)
    for made in tmp_path.glob("*.*x"):
        with zipfile.ZipFile(made) as parts:
            for part in parts.namelist():
                if part.endswith((".xml", ".rels")):
                    content = parts.read(part).decode().replace("\r", "")
                    assert not HOSTILE.search(content), (made.name, part)


def test_a_csv_cell_is_guarded_however_the_sign_is_written() -> None:
    for text in ("=1", "＝1", "＋1", "－1", "＠x", "\u200b=1", "\u00ad+1", " \u2060@x", "\t", "-5"):
        assert guarded(text) == "'" + text
        assert unquoted(guarded(text)) == text
    for text in ("1", "'", "a=1", "'a", "（=1）", ""):
        assert guarded(text) == text
        assert unquoted(text) == text
    assert unquoted(guarded("'=1")) == "'=1"


# Saved is 0


def zg_process(store: Path, *words: str, **more: object) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-c", "from tui.main import main; main()", *words],
        env=os.environ | {"ZG_HOME": str(store), "PYTHONPATH": str(Path(__file__).parents[2])},
        timeout=60,
        check=False,
        **more,  # type: ignore[call-overload]
    )


@pytest.mark.parametrize("full", [True, False])
def test_what_is_saved_ends_with_0_though_nobody_hears_of_it(
    town: Zg, tmp_path: Path, full: bool
) -> None:
    def count() -> int:
        return len(town("list", "-a", "-c", "number").out.splitlines())

    before, words = count(), ("add", "Z01 桥头 垃圾满溢", "--yes")
    if full:
        with Path("/dev/full").open("wb") as out:
            done = zg_process(tmp_path / "store", *words, stdout=out, stderr=subprocess.PIPE)
    else:
        read, write = os.pipe()
        os.close(read)
        done = zg_process(tmp_path / "store", *words, stdout=write, stderr=subprocess.PIPE)
        os.close(write)
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr
    assert done.returncode == 0
    assert count() == before + 1


def test_reading_into_a_closed_pipe_is_not_called_done(tmp_path: Path) -> None:
    Office(tmp_path / "store").close()
    with Path("/dev/full").open("wb") as out:
        done = zg_process(tmp_path / "store", "unit", "list", stdout=out, stderr=subprocess.PIPE)
    assert done.returncode == 8


def test_lines_are_read_with_other_options_too(town: Zg) -> None:
    done = town("add", "-", "--zone", "Z01", stdin="垃圾满溢\n路灯不亮\n".encode())
    assert done.code == 0
    assert len(re.findall(r"R-\d+", done.out)) == 2


def test_fault_reports_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from store.disk.machine_log import MOST_FAILURES
    from tui.main import _report

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "zg").mkdir()
    for number in range(MOST_FAILURES + 5):
        (tmp_path / "zg" / f"fault-2020{number:04d}.txt").write_text("x")
    assert _report() == 1
    assert len(list((tmp_path / "zg").glob("fault-*.txt"))) == MOST_FAILURES


def test_no_folder_of_anybody_goes_out(town: Zg, tmp_path: Path) -> None:
    rows = (
        '[{"found_on":"2026-11-20","source":"日常巡查","zone":"Z01","location":"桥头二","description":"测试二",'
        '"photos_before":["/home/wang/私/1.jpg","C:\\\\Users\\\\wang\\\\2.jpg","https://gov/3.jpg"],'
        '"photos":["file:///home/wang/c.jpg"],"别的":"见 D:\\\\照片\\\\x.jpg，和 /home/wang/y.png；比例 1/2"}]'
    )
    (tmp_path / "in.json").write_text(rows)
    assert town("import", "in.json", "--yes").code == 0
    for form in ("json", "csv", "md"):
        told = town("export", "测试二", "-f", form).out
        assert "wang" not in told and "照片\\" not in told
        assert "1.jpg" in told and "2.jpg" in told and "https://gov/3.jpg" in told
        assert "c.jpg" in told and "x.jpg，和 y.png；比例 1/2" in told
    assert "wang" not in town("show", "R-0060").out + town("list", "测试二", "--json").out


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_stream_that_was_closed_spoils_nothing(town: Zg, tmp_path: Path, closed: int) -> None:
    """What was saved ends with 0, and nothing is written where a stream would have been."""
    run = f'exec {closed}>&-; exec "$0" -m tui.main "$@"'
    root = str(Path(__file__).parents[2])
    env = {**os.environ, "PYTHONPATH": root, "ZG_HOME": str(tmp_path / "store")}
    report = ["sh", "-c", run, sys.executable, "add", "第一段 桥头 垃圾"]
    ended = subprocess.run(report, env=env, cwd=root, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert town("check").code == 0
    listed = ["sh", "-c", run, sys.executable, "list"]
    assert (
        subprocess.run(listed, env=env, cwd=root, capture_output=True, check=False).returncode == 0
    )


def test_what_goes_out_is_utf8_whatever_the_terminal_is_said_to_take(
    town: Zg, tmp_path: Path
) -> None:
    root = str(Path(__file__).parents[2])
    env = {
        "PYTHONPATH": root,
        "ZG_HOME": str(tmp_path / "store"),
        "PYTHONIOENCODING": "ascii",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
    }
    listed = [sys.executable, "-m", "tui.main", "list", "-n", "1"]
    ended = subprocess.run(listed, env=env, cwd=root, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "CW-" in ended.stdout.decode("utf-8")


def test_a_name_that_is_too_long_for_a_file_is_one_sentence(town: Zg) -> None:
    for command in (("export",), ("progress",), ("zone", "export")):
        ended = town(*command, "-o", "长" * 90 + ".csv")
        assert ended.code == 8
        assert "Not saved" in ended.err
        assert "Traceback" not in ended.err
