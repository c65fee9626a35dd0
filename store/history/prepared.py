"""What was decided before the lock is taken, and how much this process has saved."""

from __future__ import annotations

import os

from msgspec import Struct
from msgspec.structs import replace

from core.changes import Changes
from core.model import Document, DocumentState
from core.town.rebasing import Ground


class Saved:
    """What this process has saved, so that whoever answers for it knows."""

    count = 0


class Prepared(Struct, frozen=True):
    """A decision made outside the lock. What others saved since may move its numbers."""

    base: int
    hash: str
    """Of the last line it was decided on."""
    changes: Changes
    ground: Ground


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
