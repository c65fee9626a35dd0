"""Which store, and who is asking."""

import os
import pwd
from pathlib import Path

from core.errors import NotAllowed, RuleError
from core.model import Role, Staff
from core.roles import Actor
from core.town.town import Town
from store.errors import NoStore
from tui.words.names import ROLES
from tui.words.texts import code_called, role_name

CONFIG = Path("/etc/zhenggai.toml")


def expanded(text: str) -> Path:
    """The path a person names; ~ of nobody known stays as it is written."""
    return Path(os.path.expanduser(text))  # noqa: PTH111  # Path's own raises on ~nobody


def store_path(asked: str | None) -> Path:
    """`--store`, else `$ZG_HOME`, else /etc/zhenggai.toml, else the user's data directory."""
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
    """The login name of the uid, never an environment variable."""
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
    actor = Actor.of(who, town.member(who), acting=role, via=via, demo=town.settings.demo)
    if role is not None and role not in actor.roles:
        raise NotAllowed("not_held", value=role)
    return actor


def own_language(member: Staff | None) -> str:
    """The language a person has chosen, if any."""
    return member.language if member else ""
