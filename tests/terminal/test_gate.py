"""The gate behind a real sshd: everybody comes in by one account and a key, and as nobody else (docs/gate.md)."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from board_support import demo
from gate_support import PEOPLE, Came, GateServer, zg
from terminal_support import PATIENCE, Tmux, needs

from store.care.check import check
from store.disk.trays import MOST_FILES
from store.history.repository import Repository

HOSTILE = "; id && id | id > pwned $(id) `id` < /etc/passwd & ${IFS} * ~ {a,b}"


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GateServer]:
    home = tmp_path_factory.mktemp("gate")
    home.chmod(0o700)
    store = demo(home / "town")
    server = GateServer(home, store)
    for name, words in PEOPLE.items():
        server.person(name, *words)
    yield server
    server.stop()


def journals(gate: GateServer) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(gate.store.glob("journal.*.jsonl")))


def one_line(came: Came) -> str:
    """What a refusal says: one sentence, no path, no raw byte."""
    text = came.err.strip()
    assert text and "\n" not in text, came.err
    assert "Traceback" not in text and "\x1b" not in text
    return text


def test_each_is_who_their_key_says_and_the_journal_names_it(gate: GateServer) -> None:
    before = journals(gate)
    assert gate.ssh("ann", "note 20 'two words'").code == 0
    added = journals(gate)[len(before) :].decode()
    fingerprint = zg("key", "list", "--store", gate.store).stdout.decode()
    mark = next(line.split("\t")[2] for line in fingerprint.splitlines() if line.startswith("ann"))
    assert '"who":"ann"' in added and "two words" in added
    assert f'"key":"{mark.removeprefix("SHA256:")[:12]}"' in added
    assert gate.ssh("ann", "note", "20", '"it\'s so"').code == 0
    assert "it's so" in journals(gate).decode()
    assert "Sound" in gate.ssh("lea", "check").text


def test_data_comes_out_and_goes_in(gate: GateServer, tmp_path: Path) -> None:
    out = gate.ssh("ann", "export unit:环卫所 -f xlsx -o -")
    assert out.code == 0 and out.out.startswith(b"PK")
    assert gate.ssh("ann", "import - --name 环卫所.xlsx", stdin=out.out).code == 0
    assert gate.ssh("ann", "put 3月台账.xlsx", stdin=out.out).text == "3月台账.xlsx\n"
    assert "3月台账.xlsx" in gate.ssh("ann", "get").text
    assert gate.ssh("ann", "get 3月台账.xlsx").out == out.out
    assert gate.ssh("ann", "import 3月台账.xlsx").code == 0
    assert "3月台账.xlsx" not in gate.ssh("bob", "get").text
    assert gate.ssh("bob", "get 3月台账.xlsx").code != 0
    assert gate.ssh("ann", "put 3月台账.xlsx", stdin=b"x").text == "3月台账(2).xlsx\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("--store /x list", 2),
        ("list --store=/x", 2),
        ("list --as=bob", 2),
        ("--as bob list", 2),
        ("list --as admin", 5),
        ("export -o /tmp/zg-pwned.csv", 2),
        ("export --output=/tmp/zg-pwned.csv", 2),
        ("export -o ~/.profile", 2),
        ("export --by-unit /tmp/zg-pwned", 2),
        ("export -o ../../town/journal.000002.jsonl", 2),
        ("import - --report zg-pwned.xlsx", 2),
        ("import /etc/shadow", 3),
        ("import /proc/self/environ", 3),
        ("attach CW-2026-0020 /etc/shadow", 3),
        ("attach CW-2026-0020 ../ann/x.jpg", 3),
        ("notice template 督办 /etc/passwd", 3),
        ("notice template 督办 -o /tmp/zg-pwned.docx", 3),
        ("files 20 -o /tmp/zg-pwned", 2),
        ("archive export -o /tmp/zg-pwned", 2),
        ("zone walk Z03 -o /tmp/zg-pwned.txt", 3),
        ("backup /tmp/zg-pwned", 5),
        ("backup -", 5),
        ("init /tmp/zg-pwned", 2),
        ("demo --at /tmp/zg-pwned", 2),
        ("restore -", 2),
        ("gate check", 2),
        ("check --repair", 2),
        ("check --accept-older", 2),
        ("key list", 5),
        ("config send /bin/sh", 5),
        ("put ../x", 3),
        ("put /etc/x", 3),
        ("put .x", 3),
        ("put -- -x", 2),
        ("put CON", 3),
        ("put " + "x" * 300, 3),
        ("get ../../snapshot.json", 3),
        ("import - --map @/etc/passwd", 2),
        ("--install-completion", 2),
        ("list --show-completion", 2),
        ("nonsense", 2),
        ("'unbalanced", 2),
        ("trailing\\", 2),
        ("list 'a\x1b[31mb'", 2),
        ("list 'a\u202eb'", 2),
        ("scp -f /etc/passwd", 2),
        ("rsync --server . /", 2),
        ("git-upload-pack /", 2),
        ("/bin/sh", 2),
    ],
)
def test_what_is_not_allowed_is_one_line_and_changes_nothing(
    gate: GateServer, words: str, code: int
) -> None:
    before, here = journals(gate), sorted(p.name for p in Path("/tmp").glob("zg-pwned*"))
    came = gate.ssh("ann", words)
    said = one_line(came)
    assert came.code == code, (came.code, said)
    assert str(gate.store) not in said + came.text and "/root" not in said
    assert not came.out
    assert journals(gate) == before
    assert sorted(p.name for p in Path("/tmp").glob("zg-pwned*")) == here == []


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("vic", "--as --lang list viewer key list --lang --help"),
        ("vic", "--as --lang list --account=x gate setup --account --lang --help"),
        ("vic", "--as --lang list --office=x init --lang --help --office"),
        ("bob", "--as --lang list liaison staff list --lang --help"),
        ("vic", "chase --send"),
        ("bob", "chase --send"),
        ("vic", "notice export D1 --send"),
        ("vic", "config send"),
        ("vic", "stats -o v.xlsx"),
    ],
)
def test_what_runs_is_what_was_looked_at(gate: GateServer, who: str, words: str) -> None:
    before = journals(gate)
    came = gate.ssh(who, words)
    assert came.code in (2, 5), (came.code, came.text, came.err)
    assert not came.out and sys.prefix not in came.err and str(gate.store) not in came.err
    assert journals(gate) == before


def test_a_liaison_sees_their_units_and_no_other(gate: GateServer) -> None:
    town = Repository(gate.store).town
    mine = {
        item.label
        for item in town.open_items()
        if (a := item.assignment) is not None
        and not a.over
        and "环卫所" in (town.units[u].name for u in (a.lead, *a.co) if u is not None)
    }
    others = next(i.label for i in town.open_items() if i.label not in mine and not i.proposed)
    listed = {line.split("\t")[0] for line in gate.ssh("bob", "list").text.splitlines()}
    assert mine <= listed and others not in listed
    for words in ("show", "history", "files"):
        came, gone = gate.ssh("bob", f"{words} {others}"), gate.ssh("bob", f"{words} CW-2026-0999")
        assert (came.code, came.text) == (gone.code, gone.text)
        assert came.err.replace(others, "CW-2026-0999") == gone.err
    assert gate.ssh("bob", f"note {others} x").code == 6
    assert gate.ssh("bob", "staff list").code == 5


def test_shell_words_are_letters(gate: GateServer) -> None:
    line = HOSTILE.replace("'", "")
    assert gate.ssh("ann", f"note 21 '{line}'").code == 0
    shown = gate.ssh("ann", "history 21").text
    assert "$(id)" in shown and "${IFS}" in shown and "uid=" not in shown
    for words in ("list; id", "list && id", "list | id", "list $(id)", "list `id`"):
        assert "uid=" not in gate.ssh("ann", words).text


def test_an_overlong_or_broken_command_is_refused(gate: GateServer) -> None:
    assert one_line(gate.ssh("ann", "note 20 " + "x" * (64 * 1024)))
    done = subprocess.run(
        [
            b"ssh",
            *map(os.fsencode, gate.options("ann")),
            b"-p",
            str(gate.port).encode(),
            gate.to.encode(),
            b"list \xff",
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2 and b"\xff" not in done.stderr


def test_only_commands_get_through(gate: GateServer, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    base = [*gate.options("ann"), "-P", str(gate.port)]
    for words in (
        ["scp", *base, str(tmp_path / "x"), f"{gate.to}:/tmp/zg-pwned"],
        ["scp", "-O", *base, str(tmp_path / "x"), f"{gate.to}:/tmp/zg-pwned"],
        ["sftp", "-b", "-", *base, gate.to],
    ):
        done = subprocess.run(words, input=b"ls /\n", capture_output=True, check=False, timeout=30)
        assert done.returncode != 0, words
        assert b"etc" not in done.stdout
    assert not Path("/tmp/zg-pwned").exists()
    forward = ("-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1")
    assert gate.ssh("ann", "list -n 1", more=forward).code != 0
    through = gate.ssh("ann", more=("-W", f"127.0.0.1:{gate.port}"))
    assert through.code != 0 and not through.out


def test_what_is_sent_as_environment_has_no_effect(gate: GateServer, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('pwned')")
    sent = {
        "_ZG_COMPLETE": "bash_complete",
        "ZG_HOME": str(tmp_path),
        "HOME": str(tmp_path),
        "USER": "lea",
        "LOGNAME": "lea",
        "SUDO_USER": "lea",
        "PYTHONPATH": str(tmp_path),
        "PYTHONSTARTUP": str(tmp_path / "sitecustomize.py"),
        "PYTHONINSPECT": "1",
        "XDG_STATE_HOME": str(tmp_path),
        "LC_MESSAGES": "../../etc",
        "TZ": "../../etc/passwd",
    }
    came = gate.ssh("ann", "note 22 sent", **sent)
    assert came.code == 0, came.err
    assert "pwned" not in came.text + came.err
    assert journals(gate).decode().rstrip().splitlines()[-1].count('"who":"ann"') == 1


def test_keys_are_one_persons_and_strong(gate: GateServer, tmp_path: Path) -> None:
    mine = (gate.home / "ann.pub").read_bytes()
    taken = gate.ssh("lea", "key add bob -", stdin=mine)
    assert taken.code == 3 and "ann" in one_line(taken)
    weak = tmp_path / "weak"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", str(weak)], check=True
    )
    for text in (
        weak.with_suffix(".pub").read_bytes(),
        b'command="/bin/sh" ' + mine,
        mine + mine,
        b"nonsense",
        b"ssh-ed25519 AAAA",
    ):
        assert gate.ssh("lea", "key add bob -", stdin=text).code == 3
    assert gate.ssh("ann", "key add ann -", stdin=mine).code == 5
    subprocess.run(
        [
            "ssh-keygen",
            "-q",
            "-t",
            "ed25519",
            "-N",
            "",
            "-C",
            "a\x1b[31mb",
            "-f",
            str(tmp_path / "k"),
        ],
        check=True,
    )
    assert gate.ssh("lea", "key add vic -", stdin=(tmp_path / "k.pub").read_bytes()).code == 0
    listed = gate.ssh("lea", "key list --json").text
    assert "\x1b" not in listed and "\\u001b" not in listed


def test_who_left_or_whose_time_is_up_is_refused(gate: GateServer) -> None:
    gate.person("eve", "--role", "clerk")
    assert gate.ssh("eve", "list -n 1").code == 0
    lines = gate.lines.read_bytes()
    assert gate.ssh("lea", "staff edit eve --expires 2026-01-01").code == 0
    came = gate.ssh("eve", "list -n 1")
    assert came.code == 5 and one_line(came)
    assert gate.ssh("lea", "staff edit eve --expires 2099-01-01").code == 0
    assert gate.ssh("eve", "list -n 1").code == 0
    which = next(x for x in gate.ssh("lea", "key list").text.splitlines() if x.startswith("eve"))
    assert gate.ssh("lea", f"key retire {which.split(chr(9))[2][:20]}").code == 0
    gate.lines.write_bytes(lines)  # sshd still has the old line: the gate itself refuses
    assert gate.ssh("eve", "list -n 1").code == 5


def test_a_viewer_looks_and_changes_nothing(gate: GateServer) -> None:
    assert gate.ssh("vic", "list -n 1").code == 0
    for words in ("add 'Z03 街口 垃圾'", "note 20 x", "staff add x --role admin"):
        assert gate.ssh("vic", words).code == 5


def test_a_guest_sees_no_telephone_and_no_draft(gate: GateServer) -> None:
    phone = ("unit", "edit", "环卫所", "--phone", "13800000077", "--store", gate.store)
    assert zg(*phone).returncode == 0
    brief = ("notice", "draft", "--kind", "简报", "CW-2026-0016", "--text", "本周", "--store")
    drafted = zg(*brief, gate.store)
    assert drafted.returncode == 0, drafted.stderr
    number = drafted.stdout.decode().split()[0]
    for words in ("unit list --with-contacts", "unit export -o -", "unit show 环卫所"):
        assert "13800000077" not in gate.ssh("vic", words).text
    assert "13800000077" in gate.ssh("ann", "unit show 环卫所").text
    assert number not in gate.ssh("vic", "notice list").text.split()
    assert number in gate.ssh("ann", "notice list").text.split()
    assert gate.ssh("vic", "list -n 1").code == 0


def test_the_tray_follows_no_link_and_has_its_limits(gate: GateServer) -> None:
    tray = gate.store / "trays" / "ann"
    gate.ssh("ann", "put a.txt", stdin=b"a")
    (tray / "link.csv").symlink_to("/etc/passwd")
    os.mkfifo(tray / "fifo.csv")
    for name in ("link.csv", "fifo.csv"):
        assert gate.ssh("ann", f"get {name}").code == 3
        assert gate.ssh("ann", f"import {name}").code == 3
        assert name not in gate.ssh("ann", "get").text
        (tray / name).unlink()
    assert gate.ssh("ann", "put A.TXT", stdin=b"b").text.strip() != "A.TXT"
    old = tray / "old.txt"
    old.write_text("x")
    os.utime(old, (1, 1))
    for number in range(MOST_FILES):
        (tray / f"n{number}").write_text("")
    assert gate.ssh("ann", "put b.txt", stdin=b"b").code == 3
    assert not old.exists()
    for number in range(MOST_FILES):
        (tray / f"n{number}").unlink()
    assert stat_mode(tray) == 0o700


def stat_mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_every_writer_keeps_the_limits_of_the_tray(gate: GateServer) -> None:
    tray = gate.store / "trays" / "vic"
    tray.mkdir(mode=0o700, exist_ok=True)
    for number in range(MOST_FILES):
        (tray / f"n{number}").write_text("")
    assert gate.ssh("vic", "today -o over.ics").code == 3
    assert gate.ssh("vic", "drop n0 n1").code == 0
    assert gate.ssh("vic", "today -o over.ics").code == 0
    for number in range(MOST_FILES):
        (tray / f"n{number}").unlink(missing_ok=True)
    assert gate.ssh("lea", "key add bob -", stdin=b"a" * (60 << 20)).code == 3


def test_too_much_on_standard_input_is_refused(gate: GateServer) -> None:
    came = gate.ssh("ann", "put big.bin", stdin=b"\0" * (51 << 20))
    assert came.code == 3 and one_line(came)
    assert "big.bin" not in gate.ssh("ann", "get").text


def test_the_board_as_somebody_and_read_only_once_they_left(gate: GateServer) -> None:
    needs("tmux")
    gate.person("dan", "--role", "clerk")
    with Tmux("gate", gate.line("dan")) as terminal:
        terminal.until("CW-")
        terminal.until("dan")
        assert zg("staff", "retire", "dan", "--store", gate.store).returncode == 0
        before = journals(gate)
        terminal.keys("a")
        terminal.until("one line, one problem")
        terminal.type("Z03 街口 又一处垃圾")
        terminal.until("又一处垃圾")
        time.sleep(0.3)
        terminal.keys("Enter")
        terminal.until("no longer")
        assert journals(gate) == before


def test_sshd_asks_the_program_itself(tmp_path_factory: pytest.TempPathFactory) -> None:
    if os.geteuid() != 0:
        pytest.skip("sshd asks a program of root's only")
    home = tmp_path_factory.mktemp("asked")
    home.chmod(0o700)
    server = GateServer(home, demo(home / "town"), asks=True)
    try:
        server.person("ann", "--role", "clerk")
        assert server.ssh("ann", "list -n 1").code == 0
        listed = zg("key", "list", "--store", server.store).stdout.decode()
        zg("key", "retire", listed.split("\t")[2], "--store", server.store)
        assert server.ssh("ann", "list -n 1").code == 255
    finally:
        server.stop()


def test_a_damaged_first_line_lets_nobody_be_an_admin(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    home = tmp_path_factory.mktemp("damaged")
    home.chmod(0o700)
    server = GateServer(home, demo(home / "town"))
    try:
        server.person("ann", "--role", "clerk")
        journal = min(server.store.glob("journal.*.jsonl"))
        journal.chmod(0o600)
        data = bytearray(journal.read_bytes())
        data[200] ^= 1
        journal.write_bytes(data)
        (server.store / "snapshot.json").unlink(missing_ok=True)
        for words in ("note 20 x", "check --repair", "staff edit ann --role admin"):
            assert server.ssh("ann", words).code != 0
        assert journal.read_bytes() == data
    finally:
        server.stop()


def test_many_at_once_lose_nothing(gate: GateServer) -> None:
    before = Repository(gate.store).town.seq
    words = ["ssh", *gate.options("ann"), "-p", str(gate.port), gate.to]
    running = [
        subprocess.Popen([*words, f"note 23 line{n}"], stdout=subprocess.DEVNULL) for n in range(12)
    ]
    end = time.monotonic() + 6 * PATIENCE
    assert [each.wait(max(1.0, end - time.monotonic())) for each in running] == [0] * 12
    assert Repository(gate.store).town.seq == before + 12
    assert check(gate.store).sound


def test_an_admin_takes_a_backup_that_restores(gate: GateServer, tmp_path: Path) -> None:
    came = gate.ssh("lea", "backup -")
    assert came.code == 0, came.err
    (tmp_path / "b.tar.gz").write_bytes(came.out)
    done = zg("restore", tmp_path / "b.tar.gz", "--store", tmp_path / "again")
    assert done.returncode == 0, done.stderr
    assert check(tmp_path / "again").sound
    assert not (tmp_path / "again" / "trays").exists()


def test_a_reader_who_leaves_and_clients_that_die_leave_nothing_behind(gate: GateServer) -> None:
    words = ["ssh", *gate.options("ann"), "-p", str(gate.port), gate.to, "--"]
    leaving = subprocess.Popen([*words, "export -f jsonl -o -"], stdout=subprocess.PIPE)
    assert leaving.stdout is not None
    leaving.stdout.read(10)
    leaving.stdout.close()
    leaving.wait(30)
    dying = [
        subprocess.Popen(
            [*words, f"note 24 dying{n}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for n in range(8)
    ]
    for n, each in enumerate(dying):
        time.sleep(0.05 * n)
        each.kill()
        each.wait()
    stalled = subprocess.Popen([*words, "put never.bin"], stdin=subprocess.PIPE)
    assert stalled.stdin is not None
    stalled.stdin.write(b"half of it")
    stalled.stdin.flush()
    time.sleep(1)
    stalled.kill()
    stalled.wait()
    end = time.monotonic() + PATIENCE
    tray = gate.store / "trays" / "ann"
    while list(tray.glob(".zg-*")):  # what was half sent goes with whoever sent it
        assert time.monotonic() < end
        time.sleep(0.1)
    assert not (gate.store / "reports").exists()
    assert check(gate.store).sound
    assert "never.bin" not in gate.ssh("ann", "get").text
    assert gate.ssh("ann", "put empty.bin").code == 3


def test_refusals_are_logged_without_contents(gate: GateServer) -> None:
    gate.ssh("ann", "list --as=secret-word")
    log = (gate.store / "gate.log").read_text()
    assert " ann " in log and "secret-word" not in log
    assert stat_mode(gate.store / "gate.log") == 0o600
