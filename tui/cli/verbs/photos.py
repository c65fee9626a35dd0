"""`zg attach` and `zg files`: photos and scans of items, in and out."""

import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Annotated, Any

import typer
from msgspec import Struct

from core.actions import Action, Attach
from core.errors import Incomplete, NotFound, RuleError
from core.model import File, Item, Shows, State
from core.town.placing import items_named
from core.words.numbers import is_short
from store.disk.files import check_target, make_output_directory
from store.errors import FileRefused
from store.history.lock import WAIT
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.going_out.standard import safe_name
from store.ledgers.going_out.writing import save
from tui.cli.frame.office import Office, open_office, print_json, print_table, talk
from tui.cli.frame.options import As, Json, Lang, Numbers, On, Store, Wait
from tui.cli.frame.output import Force
from tui.cli.frame.registry import Commands
from tui.cli.verbs.attaching import attached
from tui.exits import at_terminal
from tui.photo_files import size_text
from tui.terminal.display import shown
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext
from tui.words.texts import name_of, quote, say, shows_name

COMMANDS = Commands(own=("files",))
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


What = Annotated[
    list[str],
    typer.Argument(
        metavar="[NUMBER] PATH...",
        show_default=False,
        help=_(
            "Files; without NUMBER named such as 'CW-2026-0012 整改后.jpg'. L-, S-, P-, W- numbers too."
        ),
    ),
]


@COMMANDS.command(
    "attach",
    _(
        "Keep photos with an item: NUMBER FILE..., or files and folders whose names bear the numbers."
    ),
)
def attach(
    what: What,
    before: Annotated[
        bool, typer.Option("--before", show_default=False, help=_("They show the problem."))
    ] = False,
    after: Annotated[
        bool, typer.Option("--after", show_default=False, help=_("They show what was done."))
    ] = False,
    on: On = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """附件."""
    if before and after:
        raise Incomplete("before_or_after")
    said = Shows.BEFORE if before else Shows.AFTER if after else None
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        if attached(office, what, day):
            return
        shots = _shots(office, what, said)
        if not shots:
            raise NotFound("no_match")
        kept: dict[int, list[File]] = {}
        false = 0
        for shot in shots:
            photos = office.repository.photos
            lacked = {f.digest for f in shot.item.files if not photos.is_whole(photos.path(f).name)}
            try:
                file = photos.keep(read_bytes(shot.path), shot.path.name, shot.shows)
            except FileRefused as error:
                if len(shots) == 1:
                    raise
                talk(_("{why} It was passed over.").format(why=say(error)))
                false += 1
                continue
            if file.digest in lacked:
                told = _("{file} of {number} was not whole, and is again.")
                talk(told.format(file=quote(shot.path.name), number=shown(shot.item.label)))
            held = shot.item.files + tuple(kept.get(shot.item.id, ()))
            if not any((f.digest, f.shows) == (file.digest, file.shows) for f in held):
                kept.setdefault(shot.item.id, []).append(file)
        actions: list[Action] = [
            Attach(item=item, files=tuple(files), on=day) for item, files in kept.items()
        ]
        if not actions:
            if false:
                raise RuleError("files_false", count=false)
            talk(_("They are all here already."))
            return
        office.commit(actions)
        count = sum(map(len, kept.values()))
        talk(ngettext("{count} file kept.", "{count} files kept.", count).format(count=count))
        if false:
            raise RuleError("files_false", count=false)


def _shots(office: Office, what: Sequence[str], said: Shows | None) -> list[Shot]:
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
    return typer.confirm(said, err=True, default=True)


def _it_may_be(item: Item, path: Path) -> str:
    told = f"zg attach {shown(item.label)} {shlex.quote(quote(path.name))}"
    return _("It may be of {number} {place}: {command}").format(
        number=shown(item.label), place=quote(item.location), command=told
    )


@COMMANDS.command("files", _("List the photos of items, or write them into a folder."))
def files(
    numbers: Numbers,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="DIR", show_default=False, help=_("Write them there.")
        ),
    ] = "",
    force: Force = False,
    as_role: As = None,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """照片."""
    with open_office(store, lang, as_role) as office:
        items = office.items(numbers)
        if output:
            _write_out(office, items, expanded(output), force=force)
            return
        rows = [
            {
                "number": item.label,
                "shows": file.shows.value,
                "name": file.name,
                "size": file.size,
                "on": file.on.isoformat() if file.on else None,
                "digest": file.digest,
            }
            for item in items
            for file in item.files
        ]
        if json:
            print_json(rows)
            return
        table: list[list[Any]] = [
            [
                r["number"],
                shows_name(str(r["shows"])),
                r["name"],
                size_text(int(r["size"] or 0)),
                r["on"] or "",
            ]
            for r in rows
        ]
        print_table(
            table, [name_of(k) for k in ("number", "shows", "name", "size", "on")], flexible=2
        )


def _write_out(office: Office, items: Sequence[Item], directory: Path, *, force: bool) -> None:
    """Photos under names that say what they are, such as CW-2026-0012 整改后 1.jpg."""
    targets: dict[Path, File] = {}
    for item in items:
        counts: dict[Shows, int] = {}
        for file in item.files:
            counts[file.shows] = counts.get(file.shows, 0) + 1
            word = "整改前" if file.shows == Shows.BEFORE else "整改后"
            name = safe_name(f"{item.label} {word} {counts[file.shows]}") + f".{file.kind}"
            targets[directory / name] = file
    if not targets:
        raise NotFound("no_match")
    make_output_directory(directory)
    for path in targets:
        check_target(path, force=force)
    for path, file in targets.items():
        save(office.repository.photos.read(file), path, force=force)
        print(path)
