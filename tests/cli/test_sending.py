"""Messages that leave by the office's own command: run without a shell, ended in time, remembered."""

import json
import os
import stat
from pathlib import Path

import pytest
from cli_support import Zg

from store.disk import hook
from store.disk.hook import MOST_KEPT, hook_of, send, set_hook
from store.errors import FileRefused


def ok(result: object) -> str:
    assert result.code == 0, result.err  # type: ignore[attr-defined]
    return str(result.out)  # type: ignore[attr-defined]


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def office(empty: Zg) -> Zg:
    """A unit that is late with one problem."""
    ok(empty("unit", "add", "环卫所"))
    ok(empty("zone", "add", "Z01", "第一段", "--kind", "街道段"))
    ok(empty("add", "第一段 街口 垃圾", "--on", "2026-03-01"))
    ok(empty("accept", "R-0001", "--category", "环境卫生", "--on", "2026-03-01"))
    given = ("--unit", "环卫所", "--due", "2026-03-04", "--on", "2026-03-01")
    ok(empty("assign", "CW-2026-0001", *given))
    return empty


def test_nothing_is_sent_where_nobody_set_a_command(office: Zg) -> None:
    told = office("chase", "--send")
    assert told.code != 0 and "zg config send" in told.err


def test_a_message_goes_with_its_unit_and_numbers_and_counts_as_reminded(
    office: Zg, tmp_path: Path
) -> None:
    robot = script(tmp_path / "robot", f'cat > {tmp_path}/got; echo "$ZG_UNIT|$ZG_NUMBERS|$1"')
    ok(office("config", "send", f"{robot} '; touch {tmp_path}/evil'"))
    assert str(robot) in ok(office("config", "send"))
    told = office("chase", "--send")
    assert told.code == 0, told.err
    assert f"环卫所|CW-2026-0001|; touch {tmp_path}/evil" in told.err
    assert "CW-2026-0001" in (tmp_path / "got").read_text("utf-8")
    assert not (tmp_path / "evil").exists()  # words are words: there is no shell
    assert json.loads(ok(office("show", "CW-2026-0001", "--json")))[0]["level"] == 1
    assert "环卫所|CW-2026-0001" in ok(office("history", "CW-2026-0001"))
    ok(office("config", "send", ""))
    assert office("chase", "--send").code != 0


def test_what_did_not_go_is_told_and_nobody_is_reminded(office: Zg, tmp_path: Path) -> None:
    robot = script(tmp_path / "robot", "echo 群里没有机器人; exit 3")
    ok(office("config", "send", str(robot)))
    told = office("chase", "--send")
    assert told.code != 0 and "群里没有机器人" in told.err
    assert json.loads(ok(office("show", "CW-2026-0001", "--json")))[0]["level"] == 0
    ok(office("config", "send", str(tmp_path / "nowhere")))
    assert office("chase", "--send").code != 0


def test_an_assignment_list_goes_the_same_way(office: Zg, tmp_path: Path) -> None:
    robot = script(tmp_path / "robot", f"cat > {tmp_path}/got")
    ok(office("config", "send", str(robot)))
    ok(office("add", "第一段 桥头 积水"))
    ok(office("accept", "R-0002", "--category", "环境卫生"))
    number = ok(office("list", "桥头")).split()[0]
    ok(office("assign", number, "--unit", "环卫所", "--due", "3wd"))
    draft = ok(office("notice", "draft", "--kind", "交办", "--unit", "环卫所")).split()[0]
    ok(office("notice", "export", draft, "--send"))
    assert "桥头" in (tmp_path / "got").read_text("utf-8")


def test_a_command_that_hangs_or_writes_without_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "SECONDS", 1)
    hanging = script(tmp_path / "hang", "sleep 60 & sleep 60")
    result = send([str(hanging)], "x", {})
    assert not result.ok and result.late
    loud = script(
        tmp_path / "loud", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done"
    )
    result = send([str(loud)], "x", {})
    assert not result.ok and len(result.output) <= MOST_KEPT
    deaf = script(tmp_path / "deaf", "exit 0")
    assert send([str(deaf)], "x" * 50_000, {}).ok
    assert not send([], "x", {}).ok
    wrong = script(tmp_path / "wrong", "exit 3")
    assert send([str(wrong)], "x", {}).code == 3


def test_only_the_stores_own_file_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_hook(tmp_path, ["/bin/true"])
    assert hook_of(tmp_path) == ("/bin/true",)
    path = tmp_path / hook.NAME
    path.chmod(path.stat().st_mode | stat.S_IWGRP)
    with pytest.raises(FileRefused):
        hook_of(tmp_path)
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(FileRefused):
        hook_of(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 7)
    with pytest.raises(FileRefused):
        set_hook(tmp_path, ["/bin/true"])
