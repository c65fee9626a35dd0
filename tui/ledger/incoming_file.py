"""A file of rows on its way in, for the command line and the board alike."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from core.actions.coming_in import TakeIn
from core.actions.loop.feedback import Submit
from core.actions.loop.photos import Attach
from core.actions.wish import Wish
from core.ledger.outcome import Incoming
from core.lists.coming import ListKind
from core.lists.walks import is_walked
from core.model import File, Shows
from core.town.town import Town
from core.words.directory import Directory
from core.words.text import key_of
from store.disk.photos import Photos
from store.errors import FileRefused
from store.ledgers.coming_in.pictures import Pictures
from store.ledgers.coming_in.reading import Ledger, Taking, read_ledger, read_table
from store.ledgers.coming_in.separated import decoded
from store.ledgers.coming_in.tables.holds import Known
from store.ledgers.formats import Content, content_of
from store.ledgers.headers import WALKED, vocabulary
from store.ledgers.wording import folded
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.texts import say

_SIDES = {"photos_before": Shows.BEFORE, "photos_after": Shows.AFTER}


class Source(Struct, frozen=True):
    """A file as it was read."""

    name: str
    mark: str
    """Name and digest, for the history."""
    ledger: Ledger
    pictures: Pictures | None = None
    """Its pictures, if it has any."""


def known_in(town: Town, told: Mapping[str, str]) -> Known:
    """What a town knows that helps to read a sheet; `told` are fields by header, said just now."""
    headers = {key_of(s.name): dict(s.headers) for s in town.senders.values() if s.active}
    """By whose they are; "" is everybody."""
    now = {folded(text): field for text, field in told.items()}
    return Known(
        headers | {name: {**headers.get(name, {}), **now} for name in ("", *headers)},
        Directory(town.units.values(), retired=True).names,
        frozenset(key_of(n) for zone in town.zones.values() for n in (zone.code, zone.name)),
    )


def read_list(
    data: bytes,
    name: str,
    listed: ListKind,
    known: Known,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    partly: bool = False,
) -> Ledger:
    """A list that is no ledger, as a sheet or, where it may come so, as plain text. Raises `FileRefused`."""
    if listed.lines is not None and content_of(data, name) == Content.TEXT:
        rows = listed.lines(decoded(data, name, encoding).splitlines())
        if rows:
            return Ledger(tuple(rows))
    words = vocabulary(listed.headers, listed.table)
    wanted = frozenset(listed.needed)
    return read_table(
        data, name, words, wanted, sheet=sheet, encoding=encoding, known=known, partly=partly
    )


def source_of(
    data: bytes,
    name: str,
    known: Known,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    partly: bool = False,
    taking: Taking | None = None,
) -> Source:
    """What was read of a file called `name`. Raises `FileRefused`; `"is_walk"` for a list somebody walked with."""
    base = os.fsencode(Path(name).name).decode("utf-8", "replace")
    if content_of(data, base) == Content.TEXT and is_walked(decoded(data, base, encoding)):
        raise FileRefused("is_walk", file=base)
    ledger = read_ledger(
        data, base, sheet=sheet, encoding=encoding, known=known, partly=partly, taking=taking
    )
    if any(isinstance(row, Incoming) and WALKED in row.cells for row in ledger.rows):
        raise FileRefused("is_walk", file=base)
    paths = dict.fromkeys(
        picture.path
        for row in ledger.rows
        if isinstance(row, Incoming)
        for picture in row.pictures
        if picture.path
    )
    pictures = Pictures(data, base, tuple(paths)) if paths and data.startswith(b"PK") else None
    return Source(base, f"{base} sha256:{sha256(data).hexdigest()}", ledger, pictures)


def with_pictures(
    photos: Photos,
    source: Source,
    row: Incoming,
    wishes: Iterable[Wish],
    held: Collection[File],
    tell: Callable[[str], None],
) -> list[Wish]:
    """What a row asks for, with the pictures that stand in it; one that cannot be kept is told.

    `held` are the files the item has already.
    """
    found = list(wishes)
    here = {(file.digest, file.shows) for file in held}
    files = tuple(
        file
        for file in (_kept(photos, source, row, tell) if source.pictures and row.pictures else ())
        if (file.digest, file.shows) not in here
    )
    if not files:
        return found
    for at, wish in enumerate(found):
        if isinstance(wish.action, TakeIn):
            found[at] = replace(wish, action=replace(wish.action, files=files))
        elif isinstance(wish.action, Submit):
            return [*found, Wish(Attach(item=wish.action.item, files=files))]
    return found


def _kept(
    photos: Photos, source: Source, row: Incoming, tell: Callable[[str], None]
) -> Iterable[File]:
    assert source.pictures is not None
    for picture in row.pictures:
        data = source.pictures.read(picture.path) if picture.path else b""
        if not data:
            if picture.path:
                tell(_("the picture {name} cannot be unpacked").format(name=shown(picture.name)))
            continue
        try:
            yield photos.keep(data, picture.name, _SIDES[picture.side])
        except FileRefused as error:
            tell(say(error))
