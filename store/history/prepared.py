"""What was decided before the lock is taken, what it is about, and how much this process has saved."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from core.changes import Changes
from core.errors import RuleError
from core.model import Document, DocumentState, Item
from core.town.rebasing import CountedFrom
from core.town.town import Town

if TYPE_CHECKING:
    from core.actions.wish import Wish


class Saved:
    """What this process has saved, so that whoever answers for it knows."""

    count = 0


class Prepared(Struct, frozen=True):
    """A decision made outside the lock. What others saved since may move its numbers."""

    base: int
    hash: str
    """Of the last line it was decided on."""
    changes: Changes
    ground: CountedFrom


def signed_in(changes: Changes) -> dict[int, Document]:
    """The papers that a decision signs, by id, whatever its transaction will be numbered."""
    found = (change.new for change in changes.of("documents"))
    return {
        paper.id: replace(paper, revision=0)
        for paper in found
        if isinstance(paper, Document) and paper.state == DocumentState.SIGNED
    }


def why_of(error: OSError) -> str:
    return os.strerror(error.errno or 0)


PROVED = 64 * 1024
"""Bytes of a line up to which it is read back before it is written."""


def about(wish: Wish, town: Town) -> list[int] | None:
    """The items a wish is about; None where it may be about any."""
    from core.actions.loop.road import Report

    action = wish.action
    request = town.requests.get(getattr(action, "request", 0))
    found = [getattr(action, "item", None), getattr(action, "main", None)]
    keys = [key for key in found if isinstance(key, int)]
    if request is not None:
        keys.append(request.item)
    return keys if keys or isinstance(action, Report) else None


def may_be_about_any(wish: Wish) -> bool:
    """Whether what a wish is about shows only when it is decided: something closed, as like as not."""
    from core.actions.coming_in import MoveIn, TakeIn
    from core.actions.wish import Undo

    return isinstance(wish.action, Undo | TakeIn | MoveIn)


def check_not_imported(wishes: Sequence[Wish], saved: Iterable[Changes]) -> None:
    """Refuse a ledger that somebody else brought in since it was compared with the town."""
    from core.actions.coming_in import TakeIn

    meanwhile = {
        change.new.origin
        for changes in saved
        for change in changes.of("items")
        if change.old is None and isinstance(change.new, Item) and change.new.origin
    }
    if meanwhile and any(
        isinstance(w.action, TakeIn) and w.action.report.origin in meanwhile for w in wishes
    ):
        raise RuleError("imported_meanwhile")
