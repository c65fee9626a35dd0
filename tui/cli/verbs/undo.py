"""Taking back one's own changes, and looking at what can be taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from core.changes import Changes
from core.errors import NotAllowed, NotFound
from core.model import Document, DocumentState
from store.history.past import Taken
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Yes
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.verbs.verb import changed_items
from tui.exits import make_sure
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.texts import listed, name_of, verb_name

COMMANDS = Commands(own=("undo",))
NAMED = 3
"""Items a change is told by."""


@COMMANDS.command("undo", _("Take back your own last change, whole; a bulk or an import is one."))
@opens(saves=True, json=True)
def undo(
    office: Office,
    listed: Annotated[
        bool,
        typer.Option(
            "--list", "-l", show_default=False, help=_("Only list your own changes, newest first.")
        ),
    ] = False,
    change: Annotated[
        int | None,
        typer.Option(
            "--change",
            metavar="N",
            min=1,
            show_default=False,
            help=_("Take back this change of yours; one that took back another does it again."),
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help=_("At most so many."))
    ] = 20,
    *,
    yes: Yes = False,
    json: bool = False,
) -> None:
    """撤销."""
    if listed:
        _list(office, limit, json)
        return
    seq = change or _last(office)
    wish = office.repository.undoing(seq)
    _check_own(office, wish.earlier)
    about = _about(office, wish.earlier)
    make_sure(_("Take back {about}?").format(about=about), yes=yes)
    changes = office.commit([wish])
    _tell(changes, about)
    if json:
        print_json(office.records(changed_items(office, changes)))


def _check_own(office: Office, earlier: Changes) -> None:
    """Refuse somebody else's change; to whoever may not see it, it is not there."""
    if earlier.who == office.actor.login:
        return
    seq = str(earlier.seq)
    if office.limited:
        raise NotFound("no_transaction", value=seq)
    raise NotAllowed("not_yours", value=seq, who=office.town.person(earlier.who))


def _last(office: Office) -> int:
    last = office.repository.undoable(office.actor.login)
    if last is None:
        raise NotFound("nothing_to_undo")
    return last.seq


def _about(office: Office, earlier: Changes) -> str:
    said = _("change {seq}: {verb}, {count} records").format(
        seq=earlier.seq,
        verb=verb_name(earlier.op),
        count=sum(c.table != "events" for c in earlier),
    )
    labels = _labels(office, [c.id for c in earlier.of("items")])
    return f"{said} ({labels})" if labels else said


def _list(office: Office, limit: int, json: bool) -> None:
    office.repository.load_closed()
    taken = office.repository.past.own(office.actor.login, limit)
    if json:
        print_json([_record(t) for t in taken])
        return
    settings = office.town.settings
    print_table(
        [
            (
                str(t.head.s),
                f"{settings.local(datetime.fromisoformat(t.head.t)):%Y-%m-%d %H:%M}",
                verb_name(t.head.op),
                _labels(office, t.items),
                str(t.records),
                _standing(t),
            )
            for t in taken
        ],
        [_("Change"), _("When"), _("Action"), name_of("number"), _("Records"), _("Standing")],
        flexible=5,
    )


def _tell(changes: Changes, about: str) -> None:
    """What was taken back; a paper whose signing it was is void, since its number was seen."""
    talk(_("Taken back: {about}.").format(about=about))
    for change in changes.of("documents"):
        paper = change.new
        if isinstance(paper, Document) and paper.state == DocumentState.WITHDRAWN and paper.number:
            text = _("{number} is void; the number stays taken. Draft it anew.")
            talk(text.format(number=shown(paper.number)))


def _labels(office: Office, items: Sequence[int]) -> str:
    """The first numbers of what a change touched."""
    labels = [office.town.items[key].label for key in items[:NAMED] if key in office.town.items]
    return listed(labels) + (" .." if len(items) > NAMED else "")


def _record(taken: Taken) -> dict[str, object]:
    head = taken.head
    return {
        "seq": head.s,
        "at": head.t,
        "op": head.op,
        "records": taken.records,
        "undoes": head.undoes,
        "taken_back_by": taken.by,
    }


def _standing(taken: Taken) -> str:
    if taken.by is not None:
        return _("taken back by change {seq}").format(seq=taken.by)
    if taken.head.undoes is not None:
        return _("takes back change {seq}").format(seq=taken.head.undoes)
    return ""
