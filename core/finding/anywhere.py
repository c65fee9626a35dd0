"""Finding what one knows a word of: problems, lines of their diaries, photos, papers, shops, lines of the log."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from core.model import Document, Item, Log, Shop
from core.town.town import Town
from core.words.numbers import ending_of, written_out
from core.words.pinyin.sounds import sounds_like
from core.words.text import key_of

MOST = 200
"""Hits that are shown."""


class Hit(Struct, frozen=True):
    """Something that was found."""

    kind: str
    """item, diary, photo, paper, shop or log."""
    number: str
    text: str
    record: int
    """Its id; that of the item for a diary line or a photo of one."""
    year: int | None = None
    """The year it stands in, where its place shows one at a time."""

    @property
    def query(self) -> str:
        """What shows it on the board; empty where another place does."""
        return f"no:{self.number}" if self.kind in ("item", "diary", "photo") else ""


def anywhere(town: Town, words: Sequence[str]) -> list[Hit]:
    """Everything all of the words stand in, problems first and the latest first; `MOST` at the most."""
    wanted = [key_of(word) for word in words if key_of(word)]
    if not wanted:
        return []
    found = [hit for hit, said in _said(town) if _holds(said, wanted)]
    return found[:MOST]


def _holds(said: str, words: Sequence[str]) -> bool:
    text = key_of(said)
    return all(
        word in text or (word.isascii() and word.isalpha() and sounds_like(word, said))
        for word in words
    )


def _said(town: Town) -> Iterator[tuple[Hit, str]]:
    """Everything that can be found, with what it says."""
    for item in sorted(town.items.values(), key=lambda i: -i.id):
        place = " ".join(filter(None, (item.location, item.description)))
        parts = " ".join(piece.number for piece in town.pieces_of(item))
        numbers = f"{parts} {item.number} {item.report_no} {item.external_no}"
        whole = town.whole_of(item)
        if whole is item or (item.location, item.description) != (
            whole.location,
            whole.description,
        ):
            yield Hit("item", item.label, place, item.id), f"{numbers} {place}"
        for line in reversed(item.diary):
            yield Hit("diary", item.label, f"{line.on.isoformat()} {line.text}", item.id), line.text
        for file in item.files:
            yield Hit("photo", item.label, file.name, item.id), file.name
    for paper in sorted(town.all(Document), key=lambda d: -d.id):
        if paper.active:
            unit = town.units.get(paper.unit or 0)
            text = " ".join(filter(None, (paper.reason, paper.text, unit.name if unit else "")))
            yield (
                Hit("paper", paper.label, text, paper.id),
                f"{paper.label} {paper.reference} {text}",
            )
    for shop in town.all(Shop):
        if shop.active:
            text = " ".join(filter(None, (shop.name, shop.address, shop.note)))
            said = f"{shop.label} {text} {shop.credit_no} {shop.permit_no}"
            yield Hit("shop", shop.label, text, shop.id), said
    for log in sorted(town.all(Log), key=lambda each: (each.on, each.id), reverse=True):
        if log.stands:
            text = " ".join(filter(None, (log.on.isoformat(), log.kind, log.title, log.place)))
            yield (
                Hit("log", log.label, text, log.id, log.on.year),
                f"{log.label} {text} {log.reference}",
            )
            for file in log.files:
                yield Hit("log", log.label, file.name, log.id, log.on.year), file.name


def told_beside(item: Item) -> tuple[str, ...]:
    """What is known of an item beside its place and text: its kind, the sender's number, its diary, its photos."""
    return (
        item.category,
        item.subcategory,
        item.external_no,
        *(line.text for line in item.diary),
        *(file.name for file in item.files),
    )


def numbered(value: str) -> Callable[[Item], bool]:
    """`no:`: items of numbers joined by |, as people write them; the sender's own (来件编号) too."""
    words = value.split("|")
    numbers = {form for word in words for form in (written_out(word), word.upper())}
    senders = {key_of(word) for word in words}
    ends = tuple(filter(None, map(ending_of, words)))
    return lambda item: (
        item.number in numbers
        or item.report_no in numbers
        or item.whole in numbers
        or bool(item.external_no and key_of(item.external_no) in senders)
        or bool(ends and (item.label.endswith(ends) or item.whole.endswith(ends)))
    )
