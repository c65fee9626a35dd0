"""A person's own keys: a file in their configuration, by place and by the name of an action (docs/keys.md)."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from unicodedata import name as name_of_character

from msgspec.structs import replace

from core.errors import RuleError
from tui.frame.key import Key
from tui.words.i18n import _

OwnKeys = Mapping[str, Mapping[str, str]]
"""What keys do instead, by place, by name of the action."""


def path() -> Path:
    """Where the file is."""
    root = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(root) / "zg" / "keys.toml"


def read() -> tuple[OwnKeys, RuleError | None]:
    """What the file says, and why it cannot be read; nothing where there is none."""
    try:
        text = path().read_text("utf-8")
        import tomllib  # most people have no such file

        found = tomllib.loads(text)
    except FileNotFoundError:
        return {}, None
    except (OSError, ValueError, RuntimeError) as error:
        return {}, RuleError("own_keys_unread", path=str(path()), value=str(error))
    for place, keys in found.items():
        wrong = keys if isinstance(keys, dict) else {place: keys}
        for name, key in wrong.items():
            if not isinstance(keys, dict) or not isinstance(key, str) or not key.strip():
                return {}, RuleError("own_keys_unread", path=str(path()), value=f"{name} = {key}")
    return found, None


def as_textual(written: str) -> str:
    """A key as Textual names it: `!` is exclamation_mark, `ctrl+s` and letters are themselves."""
    key = written.strip()
    if len(key) == 1 and not key.isalnum():
        return name_of_character(key).lower().replace(" ", "_").replace("-", "_")
    return key


OWN, FAULT = read()
"""A person's own keys; why their file cannot be used."""


def owned(place: str, keys: Iterable[Key]) -> tuple[Key, ...]:
    """The keys of a place as a person has them."""
    own = OWN.get(place.lower(), {})
    return tuple(
        replace(key, keys=as_textual(own[key.name]), label=own[key.name].strip())
        if key.name in own
        else key
        for key in keys
    )


def check_own(places: Mapping[str, Sequence[Key]]) -> None:
    """Refuse a file that cannot be read, names what there is not, or gives one key to two actions.

    Raises `RuleError`.
    """
    if FAULT is not None:
        raise FAULT
    file = str(path())
    tables = {name.lower(): table for name, table in places.items()}
    for place, own in OWN.items():
        table = tables.get(place.lower(), ())
        names = tuple(dict.fromkeys(key.name for key in table if key.name))
        for name in own:
            if name not in names:
                expected = names or tuple(tables)
                value = name if names else place
                raise RuleError("own_key_unknown", path=file, value=value, expected=expected)
        _check_single(table, file)


def _check_single(table: Sequence[Key], file: str) -> None:
    owner: dict[str, Key] = {}
    for key in table:
        for each in filter(None, key.keys.split(",")):
            other = owner.setdefault(each, key)
            if other.action != key.action:
                one, two = _(other.text), _(key.text)
                raise RuleError("own_key_twice", path=file, value=each, one=one, two=two)
