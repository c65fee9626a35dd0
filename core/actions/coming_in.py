"""Rows of ledgers that come in, and items that move in."""

from core.actions.action import Action
from core.actions.loop.feedback import Note, Submit
from core.actions.loop.road import Accept, Assign, Report
from core.model import File, Item


class TakeIn(Action, frozen=True, kw_only=True):
    """One ledger row: reported, and on from there as far as it carries what each step needs.

    The item of the later steps is the one the report makes; theirs is left 0.
    """

    report: Report
    accept: Accept | None = None
    assign: Assign | None = None
    submit: Submit | None = None
    files: tuple[File, ...] = ()
    """Pictures that stood in the row."""
    told: Note | None = None
    """最近进展."""


class MoveIn(Action, frozen=True, kw_only=True):
    """迁入: an item taken over as it stands from an earlier ledger, by a leader."""

    item: Item
    merged_number: str = ""
    """Number of the item this one was merged into."""
    whole_number: str = ""
    """Number of the problem this one is a part of, which is made with the first of its parts."""
    year: int | None = None
    """The year of the case number it is given where it is past acceptance and has none."""
    source: str = ""
    """The file it came from, with its digest."""
