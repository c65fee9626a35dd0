"""Which two photos show an item before and after, and what is said of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from core.calendar.periods import read_period
from core.model import Document, File, Item, Shows
from core.town.town import Town
from store.disk.photos import PICTURES, Photos
from store.disk.pictures import made_small
from store.errors import FileRefused

LONGEST = 900
"""Pixels of the longer side on paper: 86 mm at 265 dots an inch."""
NO_PHOTO = "（无照片）"
Progress = Callable[[int, int], None]
Tell = Callable[[str, FileRefused], None]
"""Told of a photo that cannot be shown: the number of its item, and why."""


class Pair(Struct, frozen=True):
    """One item for the sheet."""

    number: str
    place: str
    description: str
    unit: str
    days: str
    before: File | None = None
    after: File | None = None


class Shown(Struct, frozen=True):
    """A pair with its pictures, JPEG; empty where there is none."""

    pair: Pair
    before: bytes = b""
    after: bytes = b""


def pairs_of(town: Town, items: Iterable[Item]) -> list[Pair]:
    """Items that have a photo of before or after: the first that shows the problem, the last of what was done."""
    found = []
    for item in items:
        photos = [file for file in item.files if file.kind in PICTURES]
        before = [file for file in photos if file.shows == Shows.BEFORE]
        before = before or [f for f in _of_whole(town, item) if f.shows == Shows.BEFORE]
        after = [file for file in photos if file.shows == Shows.AFTER]
        if before or after:
            found.append(_pair(town, item, before[:1], after[-1:]))
    return found


def _of_whole(town: Town, item: Item) -> list[File]:
    """Of a part, the pictures that its whole has."""
    return [file for file in town.whole_of(item).files if file.kind in PICTURES]


def pairs_of_paper(town: Town, document: Document, today: date) -> list[Pair]:
    """Pairs for the annex of a paper: of the items it is about; of a period, those struck off in it that have both."""
    if document.items:
        return pairs_of(town, (town.items[key] for key in document.items if key in town.items))
    if not document.period:
        return []
    stretch = read_period(document.period, today)
    closed = sorted(
        (i for i in town.in_hand() if i.closed_on and stretch.first <= i.closed_on <= stretch.last),
        key=lambda i: (i.closed_on or today, i.id),
    )
    return [pair for pair in pairs_of(town, closed) if pair.before and pair.after]


def _pair(town: Town, item: Item, before: Sequence[File], after: Sequence[File]) -> Pair:
    zone = town.zones.get(item.zone or 0)
    last = item.assignments[-1] if item.assignments else None
    unit = town.units.get((last.lead if last else None) or 0)
    claim = last.feedback if last else None
    days = (
        ("发现", item.found_on),
        ("完成", claim.on if claim else None),
        ("销号", item.closed_on),
    )
    return Pair(
        item.label,
        " ".join(filter(None, (zone.name if zone else "", item.location))),
        item.description,
        unit.name if unit else "",
        "　".join(f"{what}{day.isoformat()}" for what, day in days if day),
        before[0] if before else None,
        after[0] if after else None,
    )


def shown(
    photos: Photos,
    pairs: Sequence[Pair],
    tell: Tell,
    progress: Progress = lambda done, total: None,
    *,
    exif: bool = False,
) -> Iterator[Shown]:
    """Pairs with their pictures, one after the other; what cannot be shown is told and left empty.

    Raises `FileRefused("needs_office")` where no picture can be decoded here.
    """
    for done, pair in enumerate(pairs, 1):
        sides = (
            _picture(photos, pair, file, tell, exif=exif) if file else b""
            for file in (pair.before, pair.after)
        )
        yield Shown(pair, *sides)
        progress(done, len(pairs))


def _picture(photos: Photos, pair: Pair, file: File, tell: Tell, *, exif: bool) -> bytes:
    try:
        return made_small(photos.read(file), file.name, LONGEST, exif=exif)
    except FileRefused as error:
        if error.code == "needs_office":
            raise
        tell(pair.number, error)
        return b""
