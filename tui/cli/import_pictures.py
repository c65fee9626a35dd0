"""The pictures that stand in the rows of a ledger, kept with the items those become."""

from collections.abc import Sequence

from msgspec.structs import replace

from core.actions import Attach, Submit, TakeIn, Wish
from core.intake import Incoming, Intake
from core.model import File, Shows
from store.errors import FileRefused
from store.photos import Photos
from tui.cli.import_words import Source, place_of
from tui.cli.office import Office, talk
from tui.texts import say

_SIDES = {"photos_before": Shows.BEFORE, "photos_after": Shows.AFTER}


def with_pictures(
    office: Office, source: Source, intake: Intake, wishes: Sequence[Wish]
) -> list[Wish]:
    """Wishes that also keep the pictures of their rows; a picture that cannot be kept is told."""
    if source.archive is None:
        return list(wishes)
    rows = {(r.sheet, r.row): r for r in source.ledger.rows if isinstance(r, Incoming)}
    of = {id(e.wish): rows[e.sheet, e.row] for e in intake.entries if e.wish is not None}
    found: list[Wish] = []
    for wish in wishes:
        row = of.get(id(wish))
        files = _kept(office.repository.photos, source, row) if row and row.pictures else ()
        if files and isinstance(wish.action, TakeIn):
            wish = replace(wish, action=replace(wish.action, files=files))
        found.append(wish)
        if files and isinstance(wish.action, Submit):
            found.append(Wish(Attach(item=wish.action.item, files=files)))
    return found


def _kept(photos: Photos, source: Source, row: Incoming) -> tuple[File, ...]:
    files = []
    for picture in row.pictures:
        data = source.archive.read(picture.path) if source.archive and picture.path else b""
        if not data:
            continue
        try:
            files.append(photos.keep(data, picture.name, _SIDES[picture.side]))
        except FileRefused as error:
            talk(f"{place_of(source, row.sheet, row.row)}: {say(error)}")
    return tuple(files)
