"""Which files on the way in are photos of which item, by what they are called."""

import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from msgspec import Struct

from core.errors import Incomplete, RuleError
from core.model import Item, Shows, State
from core.town.placing import items_named
from core.words.numbers import is_short
from store.errors import FileRefused
from tui.cli.frame.office import Office, talk
from tui.exits import at_terminal, confirm
from tui.terminal.display import shown
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.texts import quote, shows_name

_NAMED = re.compile(
    r"(?<![A-Za-z0-9])(CW[-_－—]?\d{4}[-_－—]?\d+|R[-_－—]?\d+)(?:([-_－—]\d{1,2})(?!\d))?(?!\d)",
    re.IGNORECASE,
)
"""A number in a name; behind it perhaps that of a part, perhaps which photo of several it is."""
_SIDE = re.compile(r"整改(前|后)|^[\s_.-]*(前|后)[\s_.()（）\d-]*$")
"""What a name says of a photo, its number taken out: 整改前, or a 前 that stands alone."""
_AND_ANOTHER = re.compile(r"\s*[、，,和及&+]\s*(?:CW|R)?[-\d]{2,}", re.IGNORECASE)
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".bmp", ".pdf"})
"""Files of a folder that are looked at."""
_DONE = (State.RECTIFYING, State.AWAITING, State.CLOSED)
"""States in which a photo shows what was done, where nobody says otherwise."""


class Shot(Struct, frozen=True):
    """A file on the way in, and what it shows of which item."""

    path: Path
    item: Item
    shows: Shows


def shows_of(name: str, item: Item, said: Shows | None) -> Shows:
    """What was said, else what a name says (整改前, 整改后), else what the item's state makes likely."""
    likely = Shows.AFTER if item.state in _DONE else Shows.BEFORE
    return said or _named_side(name) or likely


def _named_side(name: str) -> Shows | None:
    """What a name says of a photo: 整改前, 整改后."""
    sides = {a or b for a, b in _SIDE.findall(_NAMED.sub("", PurePath(name).stem))}
    if len(sides) != 1:
        return None
    return Shows.BEFORE if "前" in sides else Shows.AFTER


def _tell_guessed(shot: Shot, said: Shows | None) -> Shot:
    """A file whose name says its item, but not what it shows of it."""
    if said is None and _named_side(shot.path.name) is None:
        text = _("{file} does not say what it shows: kept as {side} (--before, --after).")
        talk(text.format(file=quote(shot.path.name), side=shows_name(shot.shows)))
    return shot


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Files as they are named, and those of folders."""
    for path in paths:
        if not _is_folder(path):
            yield path
            continue
        for found in sorted(path.iterdir()):
            if found.suffix.lower() in ENDINGS and found.is_file():
                yield found
            elif not found.name.startswith("."):
                talk(_("{file} is no photo and was passed over.").format(file=quote(found.name)))


def _is_there(name: str) -> bool:
    """Whether a word that could be a number is a file after all."""
    try:
        return expanded(name).exists()
    except FileRefused:  # no name of a tray
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name no file can have
        return False


def shots_of(office: Office, what: Sequence[str], said: Shows | None) -> list[Shot]:
    """Files and folders as photos; what is no photo, or of nobody knows what, is told. Raises `RuleError`."""
    first = _NAMED.fullmatch(what[0].strip()) or (len(what) > 1 and is_short(what[0]))
    if first and not _is_there(what[0]):
        (item,) = office.items([what[0]])
        paths = [expanded(name) for name in what[1:]]
        if not paths:
            raise Incomplete("nothing_given")
        return [Shot(path, item, shows_of(path.name, item, said)) for path in _files(paths)]
    shots = []
    for path in _files([expanded(name) for name in what]):
        named = _NAMED.search(path.name)
        if named is None:
            fitting = items_named(office.town, PurePath(path.name).stem)
            if len(fitting) == 1 and _is_of(path, fitting[0]):
                shots.append(Shot(path, fitting[0], shows_of(path.name, fitting[0], said)))
                continue
            said_so = _("{file} names no item and was passed over.").format(file=quote(path.name))
            talk(" ".join([said_so, *(_it_may_be(item, path) for item in fitting[:3])]))
            continue
        if _AND_ANOTHER.match(path.name, named.end()):
            talk(
                _("{file} names more than one item and was passed over.").format(
                    file=quote(path.name)
                )
            )
            continue
        number = named.group(1).upper()
        part = office.town.find(number + (named[2] or "")) if named[2] else None
        try:
            item = part or office.items([number])[0]
        except RuleError:
            talk(
                _("{file} was passed over: there is no item {number}.").format(
                    file=quote(path.name), number=number
                )
            )
            continue
        shots.append(_tell_guessed(Shot(path, item, shows_of(path.name, item, said)), said))
    return shots


def _is_of(path: Path, item: Item) -> bool:
    """Whether whoever sits at the terminal says that a photo is of an item."""
    if not at_terminal():
        return False
    text = _("{file}: is it of {number} {place}?")
    said = text.format(file=quote(path.name), number=shown(item.label), place=quote(item.location))
    return confirm(said, default=True)


def _it_may_be(item: Item, path: Path) -> str:
    told = f"zg attach {shown(item.label)} {shlex.quote(quote(path.name))}"
    return _("It may be of {number} {place}: {command}").format(
        number=shown(item.label), place=quote(item.location), command=told
    )
