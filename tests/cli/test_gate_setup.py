"""The set-up of a server: the page shows what `zg gate setup` prints, and sshd takes it as it stands."""

import getpass
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from cli_support import Zg
from terminal_support import needs

from core.errors import Incomplete, RuleError
from core.model import Role
from tui.cli.frame.registry import Passing
from tui.cli.keeping import server
from tui.cli.running import program
from tui.gate.asked import words_of
from tui.gate.policy import FileUse, check_command, named_by, passing
from tui.gate.surroundings import PATH, surroundings

PAGE = Path(__file__).parents[2] / "docs" / "server.md"
SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")


def test_the_page_shows_the_set_up(zg: Zg) -> None:
    here = str(Path(server.gate_program()).parent)
    told = zg("gate", "setup").out.strip().replace(here, "/opt/zhenggai/bin")
    assert f"```\n{told}\n```" in PAGE.read_text("utf-8")


def test_sshd_takes_the_snippet_and_the_check_finds_nothing_in_it(tmp_path: Path) -> None:
    needs("ssh")
    if SSHD is None:
        needs("sshd")
    account = getpass.getuser()
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "host")], check=True
    )
    config = tmp_path / "config"
    base = f"HostKey {tmp_path / 'host'}\nAcceptEnv LANG LC_*\n"
    config.write_text(base + server.snippet(account, tmp_path / "town"))
    words = [
        str(SSHD),
        "-T",
        "-f",
        str(config),
        "-C",
        f"user={account},host=localhost,addr=127.0.0.1",
    ]
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    known = dict(line.split(" ", 1) for line in said.stdout.splitlines() if " " in line)
    assert list(server._of_sshd(known, tmp_path / "town")) == []
    bad = known | {"acceptenv": "*", "maxstartups": "10:30:100", "permittunnel": "yes"}
    assert len(list(server._of_sshd(bad, tmp_path / "town"))) == 3
    asked = known["authorizedkeyscommand"]
    for wrong in (
        asked.replace("%k", ""),
        asked.replace("town", "twn"),
        asked.replace("keys ", "keys --idle 2h "),
        asked.replace("keys ", "keys --idle 0 "),
        "/bin/true",
    ):
        assert len(list(server._of_command(wrong, tmp_path / "town"))) == 1, wrong
    assert not list(server._of_command(asked.replace("keys ", "keys --idle 2 "), tmp_path / "town"))


def test_what_is_wrong_with_a_store_is_named(town: Zg, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.chmod(0o750)
    (store / "trays").mkdir(mode=0o700)
    (store / "trays" / "ann").mkdir(mode=0o770)
    (store / "trays" / "ann").chmod(0o770)
    done = town("gate", "check")
    assert done.code == 9
    assert "0700" in done.out and "ann" in done.out
    journal = next(store.glob("journal.*.jsonl"))
    journal.chmod(0o666)
    assert journal.name in town("gate", "check").out
    if os.geteuid() == 0:
        journal.chmod(0o600)
        os.chown(journal, 12345, -1)
        assert journal.name in town("gate", "check").out


def every_parameter() -> list[tuple[str, object]]:
    found = []
    whole = typer.main.get_command(program(typer, []))
    for name, command in whole.commands.items():  # type: ignore[attr-defined]
        for inner in getattr(command, "commands", {name: command}).values():
            found += [(name, parameter) for parameter in inner.params]
    return found


def test_every_command_and_every_value_that_names_a_file_is_declared() -> None:
    names = {name for name, _parameter in every_parameter()}
    assert {n for n in names if passing(n) == Passing.NOBODY} == {"init", "demo", "restore", "gate"}
    assert {n for n in names if passing(n) == Passing.ADMINS} == {"backup", "key"}
    for name, parameter in every_parameter():
        smells = re.search(r"FILE|DIR|PATH", parameter.metavar or "")  # type: ignore[attr-defined]
        if smells:
            assert named_by(parameter) != FileUse.WORDS, (name, parameter)


def test_a_command_that_is_not_there_or_not_ones_own_is_refused() -> None:
    for command in ("nonsense", "", "init", "/bin/sh", "--help"):
        with pytest.raises(RuleError):
            check_command(command, tuple(Role))
    with pytest.raises(RuleError):
        check_command("key", (Role.CLERK, Role.LEADER))
    check_command("key", (Role.ADMIN,))
    check_command("unit", (Role.VIEWER,))


def test_the_environment_is_made_anew() -> None:
    sent = {
        "TERM": "xterm-256color",
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "\x1b]0;x\x07",
        "COLORTERM": "truecolor",
        "ZG_HOME": "/x",
        "PYTHONPATH": "/x",
        "LD_PRELOAD": "/x.so",
        "HOME": "/root",
        "ESCDELAY": "1",
        "TZ": "../../etc",
    }
    assert surroundings(sent) == {
        "PATH": PATH,
        "HOME": "/nonexistent",
        "TERM": "xterm-256color",
        "LANG": "zh_CN.UTF-8",
        "COLORTERM": "truecolor",
    }
    for term in ("x" * 33, "../x", "xterm;id", "X\x1b"):
        assert "TERM" not in surroundings({"TERM": term})


def test_standard_input_that_is_silent_is_given_up() -> None:
    code = (
        "import tui.gate.surroundings as s; s.STALLED = 0.3\n"
        "from core.errors import Incomplete, RuleError\n"
        "try: s.Patient().readinto(memoryview(bytearray(9)))\n"
        "except RuleError as no: print(no.refusal.code)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as quiet:
        assert quiet.stdout is not None
        assert quiet.stdout.read().strip() == "stdin_stalled"


@pytest.mark.parametrize(
    "raw",
    [
        b"list \xff",
        b"x" * 65537,
        b"a\nb",
        b"a\x00b",
        b"a\x1bb",
        b"'a",
        b"a\\",
        "a\u202eb".encode(),
        "a\u2028b".encode(),
        "a\x85b".encode(),
    ],
)
def test_what_is_no_line_of_words_is_refused(raw: bytes) -> None:
    with pytest.raises(Incomplete):
        words_of(raw)


def test_words_are_split_as_a_shell_would_and_nothing_is_expanded() -> None:
    assert words_of(b"note 20 'two words' \"it's\" $(id) `id` * ~ ${IFS} {a,b} # x") == [
        "note", "20", "two words", "it's", "$(id)", "`id`", "*", "~", "${IFS}", "{a,b}", "#", "x"
    ]  # fmt: skip
    assert words_of(b"") == []


@pytest.mark.parametrize(
    "words",
    [
        ("--account", "x; rm"),
        ("--account", "root"),
        ("--store", "/srv/a"),
        ("--store", "/town"),
        ("--store", "/srv/x/a'b"),
    ],
)
def test_nothing_hostile_is_printed_to_be_pasted_as_root(zg: Zg, words: tuple[str, str]) -> None:
    done = zg("gate", "setup", *words)
    assert done.code == 3 and not done.out


def test_sshd_asking_nonsense_gets_nothing(tmp_path: Path) -> None:
    for words in (["--store"], ["--store", str(tmp_path), "a"], [], ["a", "b", "c", "d"]):
        done = subprocess.run(
            [sys.executable, "-I", "-m", "tui.gate", "keys", *words],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
