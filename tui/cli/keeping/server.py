"""What a server with a gate must be like: the text of its set-up, and what is wrong with one (docs/gate.md 5)."""

import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from core.errors import RuleError
from core.registers.public_keys import LOGIN
from store.disk.trays import TRAYS
from tui.whereabouts import CONFIG, idle_hours
from tui.words.i18n import _
from tui.words.texts import say

ACCOUNT = "zg"
STORE = Path("/srv/zhenggai/town")
SNIPPET = Path("/etc/ssh/sshd_config.d/zhenggai.conf")
_PLAIN = re.compile(r"/[A-Za-z0-9_./-]+")
FEWEST_PARTS = 4
"""Of the path of a store: what is above it becomes the account's."""
WANTED = {
    "authorizedkeysfile": "none",
    "authenticationmethods": "publickey",
    "passwordauthentication": "no",
    "kbdinteractiveauthentication": "no",
    "disableforwarding": "yes",
    "trustedusercakeys": "none",
    "permittunnel": "no",
    "permituserrc": "no",
    "permituserenvironment": "no",
    "maxsessions": "4",
}
"""What sshd must say of the account (sshd -T)."""
ENOUGH_STARTUPS = 50
"""Logins that may be under way at once, so that nobody is dropped at nine in the morning."""
UNUSED_FROM = (9, 2)
"""OpenSSH that ends connections without a session."""


def gate_program() -> str:
    """Where `zg-gate` of this installation is."""
    return str(Path(sys.executable).parent / "zg-gate")


def snippet(account: str, store: Path) -> str:
    """The part of sshd's configuration."""
    lines = (
        "MaxStartups 100:30:200",
        f"Match User {account}",
        f"    AuthorizedKeysCommand {gate_program()} keys --store {store} %u %t %k",
        f"    AuthorizedKeysCommandUser {account}",
        "    AuthorizedKeysFile none",
        "    AuthenticationMethods publickey",
        "    PasswordAuthentication no",
        "    KbdInteractiveAuthentication no",
        "    DisableForwarding yes",
        "    TrustedUserCAKeys none",
        "    PermitTunnel no",
        "    PermitUserRC no",
        "    MaxSessions 4",
        "    ClientAliveInterval 15",
        "    UnusedConnectionTimeout 60",
    )
    return "\n".join(lines) + "\n"


def setup(account: str, store: Path) -> str:
    """What root does once, a line a step. Raises `RuleError("gate_setup_words")`.

    It is pasted as root: an account is a plain name, a store lies in a directory of its own.
    """
    plain = LOGIN.fullmatch(account) and _PLAIN.fullmatch(str(store))
    if not plain or len(store.parts) < FEWEST_PARTS or account == "root":
        raise RuleError("gate_setup_words", value=f"{account} {store}")
    zg = str(Path(sys.executable).parent / "zg")
    return "\n".join(
        (
            f"useradd --system --create-home --shell /bin/sh {account} && usermod -p '*' {account}",
            f"install -d -o {account} -g {account} -m 0755 {store.parent}",
            f"printf 'store = \"{store}\"\\n' >{CONFIG}",
            f"su {account} -c '{zg} init {store}'",
            f"cat >{SNIPPET} <<'END'",
            snippet(account, store) + "END",
            "sshd -t && systemctl reload ssh",
            f"su {account} -c '{zg} staff add ann --name 内勤 --role clerk --role admin --key -' <ann.pub",
            f"{zg} gate check",
            f"ssh {account}@localhost list          # as ann",
        )
    )


def troubles(store: Path, *, account: str, sshd: Mapping[str, str] | None) -> Iterator[str]:
    """What is wrong, a sentence each. `sshd` is what it says of the account; None where it does not tell."""
    yield from _of_store(store)
    yield from _of_account(account)
    yield from _of_program()
    if sshd is None:
        yield _("sshd does not tell how it is set up (sshd -T needs root); nothing is known of it.")
    else:
        yield from _of_sshd(sshd, store)


def _of_store(store: Path) -> Iterator[str]:
    found = store.stat()
    if stat.S_IMODE(found.st_mode) != 0o700:
        yield _("The store is not its account's alone: its mode must be 0700.")
    if os.getuid() not in (0, found.st_uid):
        yield _("The store belongs to another account than this one.")
    trays = store / TRAYS
    for tray in (trays, *(trays.iterdir() if trays.is_dir() else ())):
        if tray.exists() and (tray.is_symlink() or tray.stat().st_mode & 0o077):
            yield _("Tray {name} is open to others, or a link; its mode must be 0700.").format(
                name=tray.name
            )
    for path in sorted(store.rglob("*")):
        held = path.lstat()
        name = path.relative_to(store)
        if held.st_uid != found.st_uid:
            yield _(
                "{name} in the store is another account's: chown it to that of the store."
            ).format(name=name)
        elif stat.S_ISREG(held.st_mode) and held.st_mode & 0o022:
            yield _("{name} in the store can be written by others: chmod go-w.").format(name=name)


def _of_account(account: str) -> Iterator[str]:
    if account == "root":
        yield _("The store is root's; give it an account of its own.")
    try:
        entry = pwd.getpwnam(account)
    except KeyError:
        yield _("There is no account {name}.").format(name=account)
        return
    if entry.pw_shell.rsplit("/", 1)[-1] in ("nologin", "false"):
        yield _(
            "Account {name} has no shell, so nothing runs for its keys; give it /bin/sh."
        ).format(name=account)
    shadow = Path("/etc/shadow")
    if os.access(shadow, os.R_OK):
        for line in shadow.read_text("utf-8", "replace").splitlines():
            name, _colon, rest = line.partition(":")
            if name == account and rest.startswith("!"):
                yield _(
                    "Account {name} is locked (!); its password must be * (usermod -p)."
                ).format(name=account)


def _of_program() -> Iterator[str]:
    """sshd runs a program only where nobody but root can alter it, up to the root directory."""
    program = Path(gate_program())
    ours = Path(__file__).resolve().parents[3]
    for path in dict.fromkeys((program, *program.parents, ours, *ours.parents)):
        try:
            found = path.stat()
        except OSError:
            yield _("{name} is not there.").format(name=path)
            continue
        if found.st_uid != 0 or found.st_mode & 0o022:
            yield _("{name} must be root's and writable by nobody else.").format(name=path)


def _of_command(asks: str, store: Path) -> Iterator[str]:
    """The program sshd asks for keys: with the store and, where it is said, hours that are such."""
    program, *words = asks.split() or [""]
    found = dict(zip(words[1:-3:2], words[2:-3:2], strict=False))
    right = (
        program.endswith("zg-gate")
        and words[:1] == ["keys"]
        and words[-3:] == ["%u", "%t", "%k"]
        and not found.keys() - {"--store", "--idle"}
        and Path(found.get("--store", store)).resolve() == store.resolve()
    )
    if not right:
        yield _("sshd: AuthorizedKeysCommand should be {value}.").format(
            value=f"{gate_program()} keys --store {store} %u %t %k"
        )
    try:
        idle_hours(found.get("--idle"))
    except RuleError as error:
        yield say(error)


def _of_sshd(said: Mapping[str, str], store: Path) -> Iterator[str]:
    for key, value in WANTED.items():
        if said.get(key, "").lower() != value:
            yield _("sshd: {key} should be {value}, not {now}.").format(
                key=key, value=value, now=said.get(key, "-")
            )
    yield from _of_command(said.get("authorizedkeyscommand", ""), store)
    if said.get("authorizedkeyscommanduser") in (None, "none"):
        yield _("sshd: {key} should be {value}, not {now}.").format(
            key="authorizedkeyscommanduser", value=account_of(store), now="-"
        )
    if "*" in said.get("acceptenv", "").split():
        yield _("sshd: AcceptEnv * lets anything be sent.")
    if said.get("strictmodes", "yes") != "yes":
        yield _("sshd: StrictModes should be yes.")
    first = said.get("maxstartups", "10:30:100").partition(":")[0]
    if first.isdigit() and int(first) < ENOUGH_STARTUPS:
        yield _(
            "sshd: MaxStartups {now} drops people when many log in at once; 100:30:200 is better."
        ).format(now=said["maxstartups"])
    version = _version()
    if version and version < UNUSED_FROM:
        yield _("sshd is older than 9.2: a connection without a session (-N) is never ended.")
    elif said.get("unusedconnectiontimeout", "none") in ("none", "0"):
        yield _("sshd: UnusedConnectionTimeout should be 60.")


def _version() -> tuple[int, int] | None:
    program = shutil.which("ssh")
    if program is None:
        return None
    told = subprocess.run([program, "-V"], capture_output=True, text=True, check=False)
    found = re.search(r"OpenSSH_(\d+)\.(\d+)", told.stderr + told.stdout)
    return (int(found[1]), int(found[2])) if found else None


def sshd_says(account: str) -> dict[str, str] | None:
    """What sshd would do for the account; None where it does not tell."""
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:" + os.defpath)
    if program is None:
        return None
    words = [program, "-T", "-C", f"user={account},host=localhost,addr=127.0.0.1"]
    told = subprocess.run(words, capture_output=True, text=True, check=False)
    if told.returncode:
        return None
    return dict(line.split(" ", 1) for line in told.stdout.splitlines() if " " in line)


def account_of(store: Path) -> str:
    """Whose a store is."""
    try:
        return pwd.getpwuid(store.stat().st_uid).pw_name
    except KeyError:
        return str(store.stat().st_uid)
