"""What goes into an intake and what comes out."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from core.actions.coming_in import MoveIn
from core.actions.wish import Wish
from core.errors import Doubt
from core.ledger.record import PortableRecord
from core.words.cells import plain

Place = tuple[str | None, int]
"""Sheet and row."""


class RowChoice(StrEnum):
    """What a person said of a row that is about an item already here."""

    SURE = "sure"
    """It is the item it looks like."""
    THEIRS = "theirs"
    """It is, and what the row says holds, as far as it may."""
    OURS = "ours"
    """It is, and what stands here holds, but for the unit's own columns."""


Choices = Mapping[Place, RowChoice]


class Picture(Struct, frozen=True):
    """A picture that stands in a row of a file."""

    side: str
    """photos_before or photos_after."""
    name: str
    """The address of its cell, such as K5."""
    path: str = ""
    """Where in the file it is; empty where the file does not tell."""


class Filing(Struct, frozen=True):
    """What a sheet says of itself above its header."""

    sender: str = ""
    """Who filled it in (填报单位)."""
    year: int | None = None
    """The year it is about, by its title, its name or the file's."""
    until: date | None = None
    """The day it was filed (填报日期), else the end of the month it is about: no later day without a
    year belongs to that year."""
    month: int | None = None
    """The month it is of, where its title or its name says one."""
    layout: str = ""
    """Its headers, where nobody says who filled it in: what is told of a column holds for sheets headed alike."""

    @property
    def whose(self) -> str:
        """Whose headers these are: the sender's, else of this layout."""
        return self.sender or self.layout


UNFILED = Filing()


class Incoming(Struct, frozen=True):
    """One row as read from a file: cells by key of the portable record, as they stand."""

    row: int
    """Counted from 1 in its sheet."""
    cells: dict[str, Any]
    sheet: str | None = None
    doubts: tuple[Doubt, ...] = ()
    """What the reader itself noticed, such as characters it took out."""
    pictures: tuple[Picture, ...] = ()
    was: "Incoming | None" = None
    """The row as the file has it, where this one was mended or split out of it."""
    mark: str = ""
    """`number|revision` of a row that was handed out."""
    filing: Filing = UNFILED
    sender_leads: bool = False
    """Whether no row of the sheet names a unit that leads: then the sender does, or the unit that the
    sheet is named after."""

    placeless: bool = False
    """Whether the sheet has no column for a place: then the text says where."""

    @property
    def sender(self) -> str:
        """Who filled the sheet in."""
        return self.filing.sender


def filled(
    rows: Iterable["Incoming | Skipped"], values: Mapping[str, str]
) -> "list[Incoming | Skipped]":
    """Rows with what was said for the whole file where they leave it empty."""
    if not values:
        return list(rows)
    return [
        replace(row, cells=_with(row.cells, values)) if isinstance(row, Incoming) else row
        for row in rows
    ]


def _with(cells: dict[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    given = {key: value for key, value in values.items() if cells.get(key) in (None, "")}
    if "zone" in given and cells.get("zone_name"):
        del given["zone"]
    return {**cells, **given}


LONGEST_TOLD = 60
"""Characters of a row that was skipped which are told."""


def told_of(cells: Iterable[Any]) -> str:
    """What stands in a row, shortened."""
    text = " ".join(dict.fromkeys(" ".join(plain(cell).split()) for cell in cells))
    return text if len(text) <= LONGEST_TOLD else text[: LONGEST_TOLD - 1] + "…"


class Skipped(Struct, frozen=True):
    """A row that is no record; `rejected` where it holds data that must not be lost."""

    row: int
    why: Doubt
    sheet: str | None = None
    rejected: bool = False
    text: str = ""
    """What stands in it, shortened."""


class Entry(Struct, frozen=True):
    """What one row comes to."""

    sheet: str | None
    row: int
    action: str
    """new, update, same or conflict."""
    record: PortableRecord
    claim: str | None
    doubts: tuple[Doubt, ...]
    wish: Wish | None = None
    more: tuple[Wish, ...] = ()
    """What else it asks for, behind `wish`."""
    item: int | None = None
    """The item it is about, where there is one."""
    differs: tuple[str, ...] = ()
    """Keys in which a matched item is not what the row says; with `update`, what will change."""
    here: dict[str, Any] = {}
    """With `conflict`, what stands here in those."""

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """What saving it would ask for."""
        return () if self.wish is None else (self.wish, *self.more)

    @property
    def is_merged(self) -> bool:
        """Whether it moves in as merged into another, which must be there first."""
        action = self.wish.action if self.wish else None
        return isinstance(action, MoveIn) and bool(action.merged_number)

    @property
    def number(self) -> str:
        """The number of the item it is taken for, else the one it bears."""
        likely = (str(doubt.value) for doubt in self.doubts if doubt.code in LIKELY_ITEM)
        return next(likely, None) or self.record["number"] or ""


class Intake(Struct, frozen=True):
    """A whole file."""

    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...]

    @property
    def wishes(self) -> list[Wish]:
        """What saving it would ask for, in the order of the rows."""
        return [wish for entry in self.entries for wish in entry.wishes]

    @property
    def rejected(self) -> list[Skipped]:
        """Rows that hold data but cannot become a record."""
        return [skip for skip in self.skipped if skip.rejected]

    @property
    def unconfirmed(self) -> set[Place]:
        """Rows that are likely an item, which nobody has confirmed yet."""
        return {(e.sheet, e.row) for e in self.entries if is_unconfirmed(e)}

    @property
    def conflicts(self) -> list[Entry]:
        """Rows whose number is known and whose values are not."""
        return [entry for entry in self.entries if entry.action == "conflict"]


LIKELY_ITEM = frozenset({"perhaps", "number_slip", "edited"})
"""Doubts that name the item a row is likely to be."""


JOINABLE = frozenset({"order_known", "came_before", "closed_before"})
"""Doubts that name an item here to which a new row can be added, or of which it is the relapse."""


def is_unconfirmed(entry: Entry) -> bool:
    """Whether a row is only likely the item it is taken for."""
    return any(doubt.code in LIKELY_ITEM for doubt in entry.doubts)
