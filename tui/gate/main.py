"""Entry of the gate: who comes with a key, what they ask for, and nothing else (docs/gate.md).

`zg-gate keys [--store DIR] [--idle HOURS] ACCOUNT TYPE KEY` is asked by sshd; `--person NAME --key FINGERPRINT` is what the key runs.
"""

import os
import select
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from core.errors import Incomplete, NotAllowed, RuleError
from core.registers.public_keys import LOGIN
from core.roles import Actor
from core.sight.whose import sees_own
from core.town.access import lets_in
from core.town.town import Town
from store.disk.machine_log import FAILURES, keep_failure, note_refusal
from store.disk.trays import Tray
from store.errors import StoreError
from store.history.repository import Repository
from tui.exit_codes import ExitCode
from tui.exits import exit_code, talk
from tui.gate import surroundings
from tui.gate.asked import words_of
from tui.whereabouts import Caller, Gate, actor_in, come_in, idle_hours, store_path
from tui.words import i18n
from tui.words.i18n import _
from tui.words.texts import say

GONE_WITHIN = 200
"""Milliseconds in which it shows that a sender whose data ended has gone."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the gate and end the process with one of the exit codes of docs/commands.md."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    if args[:1] == ["keys"]:
        sys.exit(_keys(args[1:]))
    sent = dict(os.environ)
    raw = os.environb.get(b"SSH_ORIGINAL_COMMAND", b"")
    address = sent.get("SSH_CONNECTION", "").partition(" ")[0][:45]
    surroundings.enter(sent, board=not raw.strip())
    i18n.use(i18n.chosen(None, "", os.environ))
    found = _options(args)
    person, key = found.get("--person", ""), found.get("--key", "")
    store, word = Path(found.get("--store", "/nonexistent")), "-"
    code: int = ExitCode.FAULT
    try:
        store = store_path(found.get("--store"))
        idle = idle_hours(found.get("--idle"))
        words = words_of(raw)
        word = _first(words)
        actor, town = _let_in(Caller(person, key, store, Tray(store, person), idle))
        code = _do(words, actor, town)
        if code:
            note_refusal(store, person, word, f"exit {code}")
    except (RuleError, StoreError) as error:
        code = exit_code(error)
        refusal = error.refusal if isinstance(error, RuleError) else error
        note_refusal(store, person or "-", word, refusal.code)
        talk(say(error))
    except (BrokenPipeError, SystemExit):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except KeyboardInterrupt:
        code = ExitCode.STOPPED
    except Exception:
        number, _where = keep_failure(store / FAILURES)
        talk(_("zg failed; please pass on the number {number}.").format(number=number))
    surroundings.note_session(person, key, address, word, code)
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(code)


def _first(words: list[str]) -> str:
    """The first word for a log: a command there is, the board, or nothing that somebody sent."""
    if not words:
        return "board"
    plain = words[0].isascii() and words[0].replace("-", "").isalpha()
    return words[0][:16] if plain else "-"


def _keys(args: list[str]) -> int:
    """What sshd is told of a key; nothing where anything is amiss, with a line for the machine's log."""
    import syslog

    from tui.cli.keeping.key_lines import line_for

    try:
        *said, account, kind, blob = args
        found = _options(said)
        store = store_path(found.get("--store"))
        line = line_for(store, account, kind, blob, idle_hours(found.get("--idle")))
    except (RuleError, StoreError, OSError, ValueError, IndexError) as error:
        syslog.openlog("zg-gate", 0, syslog.LOG_AUTH)
        syslog.syslog(syslog.LOG_WARNING, f"keys: {type(error).__name__}")
        return 0
    if line:
        print(line)
    return 0


def _options(args: list[str]) -> dict[str, str]:
    return dict(zip(args[::2], args[1::2], strict=False))


def _let_in(caller: Caller) -> tuple[Actor, Town]:
    """Know who comes, and to which town. Raises `NotAllowed`, `FileRefused`, `StoreError`."""
    store, person = caller.store, caller.person
    directory = store.stat() if store.is_dir() else None
    mine = directory is not None and directory.st_uid == os.getuid()
    if directory is None or not mine or stat.S_IMODE(directory.st_mode) != 0o700:
        raise NotAllowed("gate_store")
    repository = Repository(store, partial=True)
    try:
        town = repository.town
        today = town.settings.local(datetime.now(UTC)).date()
        if not LOGIN.fullmatch(person) or not lets_in(town, person, caller.fingerprint, today):
            raise NotAllowed("gate_closed")
        come_in(caller)
        own = town.member(person)
        if own is not None and own.language:
            i18n.use(own.language)
        return actor_in(town, None, "cli"), town
    finally:
        repository.close()


def _do(words: list[str], actor: Actor, town: Town) -> int:
    caller = Gate.caller
    assert caller is not None
    tray = caller.tray
    if not words:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise Incomplete("gate_needs_terminal")
        from tui.opening import open_board

        tray.sweep()
        return open_board([])
    match words[0]:
        case "put":
            return _put(tray, words[1:])
        case "get":
            return _get(tray, words[1:], town)
        case "drop":
            return _drop(tray, words[1:])
        case _:
            return _command(words, actor, limited=sees_own(town, actor))


def _command(words: list[str], actor: Actor, *, limited: bool) -> int:
    """A command of `zg`: asked about before it is parsed, so that it tells no help either, and when it runs."""
    from tui.cli.running import ordered, run
    from tui.gate.policy import check_command, fence

    def check(command: str) -> None:
        check_command(command, actor.roles, limited=limited)

    first = ordered(words)[0]
    if first not in ("--help", "-h"):
        check(first)
    return run(words, fence(check))


def _put(tray: Tray, words: list[str]) -> int:
    """Standard input into one's tray; prints the name it lies under."""
    if len(words) != 1:
        raise Incomplete("gate_put")
    print(tray.put(words[0], _sent))
    return 0


def _sent(size: int) -> bytes:
    """Some of what is sent. Raises `BrokenPipeError` where it ends because whoever sent it has gone."""
    data = sys.stdin.buffer.read(size)
    if not data:
        line = select.poll()
        line.register(sys.stdout.fileno(), 0)
        if line.poll(GONE_WITHIN):
            raise BrokenPipeError
    return data


def _get(tray: Tray, words: list[str], town: Town) -> int:
    """A file of one's tray on standard output; without a name what lies there."""
    if not words:
        for each in tray.names():
            day = town.settings.local(datetime.fromtimestamp(each.at, UTC)).date().isoformat()
            print(f"{each.name}\t{each.size}\t{day}")
        return 0
    if len(words) != 1:
        raise Incomplete("gate_get")
    if sys.stdout.isatty():
        raise Incomplete("binary_to_terminal")
    tray.read(words[0], sys.stdout.buffer.write)
    return 0


def _drop(tray: Tray, words: list[str]) -> int:
    """Files of one's tray, for good."""
    if not words:
        raise Incomplete("gate_get")
    for word in words:
        tray.drop(word)
    return 0
