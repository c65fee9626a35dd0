"""A register of which there is nothing but a record and a declaration is whole (tests/new_register.py)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def zg(tmp_path: Path) -> Run:
    """The program that has the register of bins, on a store of its own."""

    def run(*words: str, lang: str = "en", code: int = 0) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, str(ROOT / "tests" / "new_register.py"), *words],
            cwd=tmp_path,
            env=os.environ
            | {
                "ZG_HOME": str(tmp_path / "store"),
                "PYTHONPATH": str(ROOT),
                "LANG": f"{lang}.UTF-8",
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done

    run("init", str(tmp_path / "store"))
    run("unit", "add", "环卫所")
    run("unit", "add", "城管中队")
    run("zone", "add", "Z01", "第一段")
    run("zone", "add", "Z02", "第二段")
    words = ("--zone", "Z01", "--keeper", "环卫所", "--helpers", "城管中队", "--colours", "绿")
    more = ("--litres", "240", "--count", "3", "--bought-on", "2026-03-01", "--covered")
    assert run("bin", "add", "T01", "路口桶", *words, *more, "--state", "好").stdout == "T01\n"
    return run


def row(zg: Run) -> dict[str, object]:
    found = json.loads(zg("bin", "show", "T01", "--json").stdout)
    assert isinstance(found, dict)
    return found


def test_it_is_added_shown_and_listed(zg: Run) -> None:
    assert row(zg) == {
        "code": "T01",
        "name": "路口桶",
        "zone": "Z01",
        "keeper": "环卫所",
        "helpers": ["城管中队"],
        "colours": ["绿"],
        "litres": 240.0,
        "count": 3,
        "bought_on": "2026-03-01",
        "covered": True,
        "state": "好",
        "active": True,
    }
    assert "管护单位\t环卫所" in zg("bin", "show", "T01", lang="zh_CN").stdout
    assert "Keeper\t环卫所" in zg("bin", "show", "T01").stdout
    assert zg("bin", "list").stdout.startswith("T01\t路口桶\tZ01\t环卫所\t城管中队\t绿\t240\t3\t")


def test_a_second_of_its_key_is_refused(zg: Run) -> None:
    assert "T01" in zg("bin", "add", "t01", "又一个", code=4).stderr
    zg("bin", "retire", "T01")
    zg("bin", "add", "T01", "又一个")
    zg("check")


def test_every_change_is_taken_back_and_told(zg: Run) -> None:
    zg("bin", "edit", "T01", "--litres", "120")
    assert row(zg)["litres"] == 120
    zg("undo", "--yes")
    assert row(zg)["litres"] == 240
    zg("bin", "retire", "T01")
    assert zg("bin", "list").stdout == ""
    zg("undo", "--yes")
    assert row(zg)["active"] is True
    told = zg("history", lang="zh_CN").stdout
    assert "新增垃圾桶" in told and "修改垃圾桶\t容积: 240.0 → 120.0" in told
    assert "add bin" in zg("history").stdout
    zg("check")


def test_what_it_names_stays_and_goes_along(zg: Run) -> None:
    assert "T01" in zg("unit", "retire", "环卫所", code=4).stderr
    assert "T01" in zg("zone", "retire", "Z01", code=4).stderr
    zg("unit", "merge", "环卫所", "--into", "城管中队")
    zg("zone", "merge", "Z01", "--into", "Z02")
    assert (row(zg)["keeper"], row(zg)["zone"]) == ("城管中队", "Z02")
    assert "no unit" in zg("bin", "edit", "T01", "--keeper", "没有", code=3).stderr.lower()
    zg("check")


def test_its_sheet_goes_out_and_comes_in(zg: Run, tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx"):
        zg("bin", "export", "-o", name)
        assert "Nothing new" in zg("bin", "import", name).stderr
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("桶号,桶名,所在责任区,管护单位,")
    (tmp_path / "b.csv").write_text(
        "桶号,叫法,所在责任区,管护单位,容积,购置日期,有盖\nT02,村口,第二段,环卫所,约240升,3月5日,否\n",
        "utf-8",
    )
    told = zg("bin", "import", "b.csv", lang="zh_CN").stderr
    assert "新增：T02" in told and "管护单位 环卫所" in told
    found = json.loads(zg("bin", "show", "T02", "--json").stdout)
    assert (found["litres"], found["zone"], found["covered"]) == (240.0, "Z02", False)
    (tmp_path / "c.csv").write_text("桶号,叫法,所在责任区\nT03,,第二段\nT04,桥头,第九段\n", "utf-8")
    wrong = zg("bin", "import", "c.csv", lang="zh_CN", code=3).stderr
    assert "桶名" in wrong and "第九段" in wrong


@pytest.mark.parametrize(("lang", "words"), [("en", "Add a bin."), ("zh_CN", "新增垃圾桶。")])
def test_its_help_is_in_both_languages(zg: Run, lang: str, words: str) -> None:
    assert words in zg("bin", "--help", lang=lang).stdout
    for command in ("list", "show", "add", "edit", "retire", "import", "export"):
        zg("bin", command, "--help", lang=lang)


BOARD = """
import asyncio, sys
sys.path[:0] = ["tests"]
import new_register
from pathlib import Path
from board_support import opened
from tui.words import i18n

async def seen(board, text):
    await board.until(lambda: text in board.text)

async def tried(path):
    i18n.use("zh")
    async with opened(path, ready="") as board:
        await board.keys("g", "up")
        await seen(board, "垃圾桶")
        await board.keys("enter")
        await seen(board, "管护单位")
        await seen(board, "T01")
        await board.keys("a")
        await seen(board, "新增垃圾桶")
        await board.keys("T", "0", "9", "tab", *"bridge", "enter")
        await seen(board, "T09")
        await board.keys("down", "e")
        await seen(board, "编辑垃圾桶")
        await board.keys("escape", "X")
        await board.until(lambda: "T09（停用）" in board.text or "T01（停用）" in board.text)

asyncio.run(tried(Path(sys.argv[1])))
"""


def test_its_list_and_form_are_on_the_board(zg: Run, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOARD, str(tmp_path / "store")],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "T09" in zg("bin", "list", "-a").stdout
