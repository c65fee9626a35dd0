"""Which store, and who is asking."""

import os
import pwd
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from core.errors import Incomplete, NotAllowed, RuleError
from core.model import Role, Staff
from core.model.ssh_key import mark_of
from core.roles import Actor
from core.town.access import lets_in
from core.town.town import Town
from store.disk.files import Confined
from store.disk.trays import Tray, tray_name
from store.errors import NoStore
from tui.terminal.display import Places
from tui.words.i18n import _
from tui.words.names import ROLES
from tui.words.texts import code_called, role_name

CONFIG = Path("/etc/zhenggai.toml")
IDLE = 12.0
"""Hours after which a board that nobody touches ends, where the set-up says nothing else (`keys --idle HOURS`)."""
MOST_IDLE = 720.0


class Caller(Struct, frozen=True):
    """Somebody who came through the gate (docs/gate.md)."""

    person: str
    fingerprint: str
    store: Path
    tray: Tray
    idle: float
    """Hours after which a board that nobody touches ends."""


class Gate:
    """Who came through the gate into this process; nobody where people have accounts of their own."""

    caller: Caller | None = None


def come_in(caller: Caller) -> None:
    """Have this process be one person's: their files lie in their tray, and no path of the machine is shown.

    Raises `FileRefused`, `OSError`.
    """
    tray, store = caller.tray, caller.store
    tray.make()
    Gate.caller = caller
    Confined.to, Confined.room = tray.path, tray.check_room
    Places.hidden = {
        f"{tray.path}/": str,
        f"{store}/": str,
        str(store): lambda: _("the store"),
        f"{store.parent}/": str,
    }


def idle_hours(text: str | None) -> float:
    """The hours an option says, more than none and 720 at the most. Raises `Incomplete("bad_idle")`."""
    try:
        hours = float(text or IDLE)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= MOST_IDLE:
        raise Incomplete("bad_idle", value=text)
    return hours


def expanded(text: str) -> Path:
    """The path a person names; ~ of nobody known stays as it is written.

    Through the gate it is a name in their tray. Raises `FileRefused`.
    """
    if Gate.caller is not None:
        return Gate.caller.tray.path / tray_name(text.removeprefix("~/"))
    return Path(os.path.expanduser(text))  # noqa: PTH111  # Path's own raises on ~nobody


def fetching(path: str) -> str:
    """The line that brings a file of one's tray to one's own computer; empty where there is no gate."""
    if Gate.caller is None:
        return ""
    from shlex import quote  # only where it is said

    name = quote(Path(path).name)
    asked = f"get {name}"
    if name != Path(path).name:  # two shells read it: one's own, and the gate
        asked = f'"{asked}"'
    import socket

    account = pwd.getpwuid(os.getuid()).pw_name
    return f"ssh {account}@{socket.gethostname()} {asked} >{name}"


def state_file(name: str) -> Path:
    """A file in which a person's own state is kept; through the gate in their tray, for the account is everybody's."""
    if Gate.caller is not None:
        return Gate.caller.tray.path / f".{name}"
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "zg" / name


def store_path(asked: str | None) -> Path:
    """`--store`, else `$ZG_HOME`, else /etc/zhenggai.toml, else the user's data directory."""
    if Gate.caller is not None:
        return Gate.caller.store
    if asked:
        return expanded(asked)
    home = os.environ.get("ZG_HOME")
    if home:
        return expanded(home)
    configured = _configured()
    if configured:
        return Path(configured)
    import platformdirs

    return Path(platformdirs.user_data_dir("zhenggai"))


def _configured() -> str:
    if not CONFIG.exists():
        return ""
    import tomllib

    try:
        with CONFIG.open("rb") as file:
            return str(tomllib.load(file).get("store", ""))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise NoStore("no_store", path=str(CONFIG)) from error


def login() -> str:
    """The login name of the uid, never an environment variable; through the gate the person of the key."""
    if Gate.caller is not None:
        return Gate.caller.person
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid{os.getuid()}"


def is_known_login(name: str) -> bool:
    """Whether this machine has an account of that name."""
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def role_named(word: str) -> Role:
    """The role of a word, by its code or as the screens call it. Raises `RuleError`."""
    found = code_called(word, ROLES)
    if found is not None:
        return found
    known = tuple(f"{role} {role_name(role)}" for role in Role)
    raise RuleError("unknown_role", value=word, expected=known)


def actor_in(town: Town, acting: str | None, via: str) -> Actor:
    """The person at the keyboard, with the roles the town gives them now."""
    who = login()
    role = role_named(acting) if acting else None
    caller, member = Gate.caller, town.member(who)
    today = town.settings.local(datetime.now(UTC)).date()
    if caller is not None and not lets_in(town, who, caller.fingerprint, today):
        member = None
    actor = Actor.of(
        who,
        member,
        acting=role,
        via=via,
        demo=town.settings.demo and caller is None,
        today=today,
        key=mark_of(caller.fingerprint) if caller is not None else "",
    )
    if role is not None and role not in actor.roles:
        raise NotAllowed("not_held", value=role)
    return actor


def own_language(member: Staff | None) -> str:
    """The language a person has chosen, if any."""
    return member.language if member else ""
