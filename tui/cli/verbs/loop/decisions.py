"""Deciding what others asked for: approve, refuse, recall."""

from collections.abc import Callable, Sequence
from typing import Annotated, NamedTuple

import typer

from core.actions.action import Action
from core.actions.loop.decisions import Approve, Recall, Refuse
from core.day.month import appeals_waiting
from core.errors import Incomplete, NotFound, RuleError
from core.model import Item, Request, RequestKind
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Yes, complete_numbers
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json
from tui.cli.verbs.asks import Said, asking
from tui.cli.verbs.verb import changed_items, sure_of_many
from tui.words.i18n import _
from tui.words.names import VERBS
from tui.words.texts import code_called, verb_name

COMMANDS = Commands()
KINDS = tuple(RequestKind)
OfFind = Annotated[
    int | None,
    typer.Option(
        "--find", metavar="FIND", show_default=False, help=_("A find of a round instead.")
    ),
]
OfPoints = Annotated[
    int | None,
    typer.Option(
        "--points", metavar="N", show_default=False, help=_("An entry of points instead.")
    ),
]


_Items = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NUMBER]...",
        help=_("Numbers of items, such as R-0012 or CW-2026-0003."),
        autocompletion=complete_numbers,
        show_default=False,
    ),
]


def _kind_code(word: str) -> str:
    """The kind a word names: the verb, or what it is called. Raises `RuleError("unknown_request")`."""
    found = code_called(word, {kind: VERBS[kind] for kind in KINDS})
    if found is None:
        raise RuleError("unknown_request", value=word, expected=tuple(verb_name(k) for k in KINDS))
    return found


_Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="KIND",
        show_default=False,
        help=_("Which, where several wait: as the verb is called."),
        autocompletion=lambda incomplete: [
            w for w in map(verb_name, KINDS) if w.startswith(incomplete)
        ],
    ),
]


class _Matter(NamedTuple):
    """What a request is about, as it was said."""

    numbers: Sequence[str]
    kind: str
    find: int | None
    points: int | None


def _waiting(office: Office, matter: _Matter) -> list[Request]:
    """The one request of each item that waits, and of each part. Raises `RuleError`."""
    numbers = matter.numbers
    kind = _kind_code(matter.kind) if matter.kind else ""
    found = _appeals(office, matter)
    if not numbers and not found:
        raise Incomplete("one_matter")
    for item in office.items(numbers):
        mine = [_of_piece(office, piece, kind) for piece in office.town.pieces_of(item)]
        if not any(mine):
            raise NotFound("nothing_asked", number=item.label)
        found += [request for request in mine if request is not None and request not in found]
    return found


def _of_piece(office: Office, piece: Item, kind: str) -> Request | None:
    """What waits of an item or of a part. Raises `Incomplete("several_asked")`."""
    requests = [r for r in office.town.pending(piece.id) if not kind or r.kind == kind]
    if len(requests) > 1:
        kinds = tuple(r.kind for r in requests)
        raise Incomplete("several_asked", number=piece.label, expected=kinds)
    return next(iter(requests), None)


def _appeals(office: Office, matter: _Matter) -> list[Request]:
    """The appeals about a find or points that wait. Raises `NotFound("nothing_asked")`."""
    found = []
    for name, key in (("find", matter.find), ("points", matter.points)):
        if key is None:
            continue
        waiting = [r for r in appeals_waiting(office.town) if getattr(r.asked, name) == key]
        if not waiting:
            raise NotFound("nothing_asked", number=f"--{name} {key}")
        found += waiting
    return found


def _decides(
    verb: str, help_text: str, made: Callable[[Request, Said], Action], *, note: bool = True
) -> None:
    """Register a command that decides what waits, in one transaction."""

    @asking(verb, note=note, on=False)
    def command(
        office: Office,
        numbers: _Items = None,
        kind: _Kind = "",
        find: OfFind = None,
        points: OfPoints = None,
        *,
        given: Said,
        yes: Yes = False,
        json: bool = False,
    ) -> None:
        requests = _waiting(office, _Matter(numbers or (), kind, find, points))
        sure_of_many(len(requests), yes=yes)
        changes = office.commit([made(request, given) for request in requests])
        if json:
            print_json(office.records(changed_items(office, changes)))

    COMMANDS.command(verb, help_text)(opens(saves=True, json=True)(command))


_decides(
    "approve",
    _("Agree to what was asked for; it takes effect."),
    lambda request, given: Approve(request=request.id, note=given["note"] or ""),
)
_decides(
    "refuse",
    _("Say no to what was asked for, with the reason."),
    lambda request, given: Refuse(request=request.id, reason=given["reason"] or ""),
    note=False,
)
_decides(
    "recall",
    _("Take your own request back."),
    lambda request, given: Recall(request=request.id, note=given["note"] or ""),
)
