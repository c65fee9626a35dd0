"""Entry of the gate: who comes with a key, what they ask for, and nothing else (docs/gate.md).

`zg-gate keys [--store DIR] ACCOUNT TYPE KEY` is asked by sshd; `--person NAME --key FINGERPRINT` is what the key runs.
"""

import os
import select
import stat
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from core.errors import Incomplete, NotAllowed, RuleError
from core.registers.public_keys import LOGIN
from core.sight import sees_own
from store.disk.files import Confined
from store.disk.trays import Tray
from store.errors import StoreError
from store.history.repository import Repository
from tui.exit_codes import exit_code
from tui.exits import talk
from tui.gate import surroundings
from tui.gate.asked import words_of
from tui.terminal.display import Places
from tui.whereabouts import Caller, Gate, actor_in, holds, store_path
from tui.words import i18n
from tui.words.i18n import _
from tui.words.texts import say

REPORTS = "reports"
MOST_REPORTS = 50
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
    store, word, code = Path(found.get("--store", "/nonexistent")), "-", 1
    try:
        store = store_path(found.get("--store"))
        words = words_of(raw)
        word = _first(words)
        _let_in(store, person, key)
        code = _do(words)
        if code:
            surroundings.note_refusal(store, person, word, f"exit {code}")
    except (RuleError, StoreError) as error:
        code = exit_code(error)
        refusal = error.refusal if isinstance(error, RuleError) else error
        surroundings.note_refusal(store, person or "-", word, refusal.code)
        talk(say(error))
    except (BrokenPipeError, SystemExit):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except KeyboardInterrupt:
        code = 130
    except Exception:
        _report(store)
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

    store = None
    try:
        if args[:1] == ["--store"]:
            store, args = args[1], args[2:]
        account, kind, blob = args
        line = line_for(store_path(store), account, kind, blob)
    except (RuleError, StoreError, OSError, ValueError, IndexError) as error:
        syslog.openlog("zg-gate", 0, syslog.LOG_AUTH)
        syslog.syslog(syslog.LOG_WARNING, f"keys: {type(error).__name__}")
        return 0
    if line:
        print(line)
    return 0


def _options(args: list[str]) -> dict[str, str]:
    return dict(zip(args[::2], args[1::2], strict=False))


def _let_in(store: Path, person: str, key: str) -> None:
    """Know who comes. Raises `NotAllowed("gate_closed")`, `StoreError`."""
    directory = store.stat() if store.is_dir() else None
    mine = directory is not None and directory.st_uid == os.getuid()
    if directory is None or not mine or stat.S_IMODE(directory.st_mode) != 0o700:
        raise NotAllowed("gate_store")
    repository = Repository(store, partial=True)
    try:
        if not LOGIN.fullmatch(person) or not holds(repository.town, person, key):
            raise NotAllowed("gate_closed")
        tray = Tray(store, person)
        Gate.visit = Caller(person, key, store, tray)
        tray.make()
        Confined.to, Confined.room = tray.path, tray.check_room
        Places.hidden = (f"{tray.path}/", f"{store}/", str(store), f"{store.parent}/")
        actor = actor_in(repository.town, None, "cli")
        own = repository.town.member(person)
        if own is not None and own.language:
            i18n.use(own.language)
        Roles.held = tuple(str(role) for role in actor.roles)
        Roles.limited = sees_own(repository.town, actor)
    finally:
        repository.close()


class Roles:
    """What the visitor holds."""

    held: tuple[str, ...] = ()
    limited: bool = False
    """Whether they see only what is their unit's."""


def _do(words: list[str]) -> int:
    visit = Gate.visit
    assert visit is not None
    if not words:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise Incomplete("gate_needs_terminal")
        from tui.opening import open_board

        visit.tray.sweep()
        return open_board([])
    own: dict[str, Callable[[Caller, list[str]], int]] = {"put": _put, "get": _get, "drop": _drop}
    if words[0] in own:
        return own[words[0]](visit, words[1:])
    from core.model import Role
    from tui.cli.frame.running import run
    from tui.gate.policy import check_command, fence

    held = tuple(Role(role) for role in Roles.held)

    def check(command: str) -> None:
        check_command(command, held, limited=Roles.limited)

    check(_named(words))
    return run(words, fence(check))


def _named(words: list[str]) -> str:
    """The command among the words: options that every command has may stand before it."""
    rest = iter(words)
    for word in rest:
        name, equals, _value = word.partition("=")
        if name in ("--store",):
            raise Incomplete("gate_no_option", value=name)
        if name in ("--lang", "--as"):
            if not equals:
                next(rest, None)
            continue
        if word in ("--help", "-h"):
            return "list"
        return word
    raise Incomplete("gate_no_command", value=words[0])


def _put(visit: Caller, words: list[str]) -> int:
    """Standard input into one's tray; prints the name it lies under."""
    if len(words) != 1:
        raise Incomplete("gate_put")
    print(visit.tray.put(words[0], _sent))
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


def _get(visit: Caller, words: list[str]) -> int:
    """A file of one's tray on standard output; without a name what lies there."""
    if not words:
        for each in visit.tray.names():
            day = datetime.fromtimestamp(each.at, UTC).date().isoformat()
            print(f"{each.name}\t{each.size}\t{day}")
        return 0
    if len(words) != 1:
        raise Incomplete("gate_get")
    if sys.stdout.isatty():
        raise Incomplete("binary_to_terminal")
    visit.tray.read(words[0], sys.stdout.buffer.write)
    return 0


def _drop(visit: Caller, words: list[str]) -> int:
    """Files of one's tray, for good."""
    if not words:
        raise Incomplete("gate_get")
    for word in words:
        visit.tray.drop(word)
    return 0


def _report(store: Path) -> None:
    """Write what went wrong beside the trays and say its number."""
    number = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    directory = store / REPORTS
    with suppress(OSError):
        directory.mkdir(mode=0o700, exist_ok=True)
        path = directory / f"fault-{number}.txt"
        path.touch(mode=0o600)
        path.write_text(traceback.format_exc(), encoding="utf-8")
        for old in sorted(directory.glob("fault-*.txt"))[:-MOST_REPORTS]:
            old.unlink()
    talk(_("zg failed; please pass on the number {number}.").format(number=number))
