"""Deciding what others asked for: approve, refuse, recall."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from core.actions import Action, Approve, Recall, Refuse
from core.errors import Incomplete, NotFound, RuleError
from core.model import Request, RequestKind
from store.history.lock import WAIT
from tui.cli.frame.office import Office, open_office, print_json
from tui.cli.frame.options import As, Json, Lang, Note, Numbers, Reason, Store, Wait, Yes
from tui.cli.frame.registry import Commands
from tui.cli.verbs.verb import changed_items, sure_of_many
from tui.words.i18n import _
from tui.words.names import VERBS
from tui.words.texts import code_called, verb_name

COMMANDS = Commands()
KINDS = tuple(RequestKind)


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


def _waiting(office: Office, numbers: Sequence[str], kind: str) -> list[Request]:
    """The one request of each item that waits. Raises `RuleError`."""
    kind = _kind_code(kind) if kind else ""
    found = []
    for item in office.items(numbers):
        requests = [r for r in office.town.pending(item.id) if not kind or r.kind == kind]
        if not requests:
            raise NotFound("nothing_asked", number=item.label)
        if len(requests) > 1:
            kinds = tuple(r.kind for r in requests)
            raise Incomplete("several_asked", number=item.label, expected=kinds)
        found += requests
    return found


def _decide(
    office: Office,
    numbers: list[str],
    kind: str,
    make: Callable[[Request], Action],
    *,
    yes: bool,
    json: bool,
) -> None:
    requests = _waiting(office, numbers, kind)
    sure_of_many(len(requests), yes=yes)
    changes = office.commit([make(request) for request in requests])
    if json:
        print_json(office.records(changed_items(office, changes)))


@COMMANDS.command("approve", _("Agree to what was asked for; it takes effect."))
def approve(
    numbers: Numbers,
    kind: _Kind = "",
    note: Note = "",
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """同意."""
    with open_office(store, lang, as_role, wait) as office:
        _decide(
            office, numbers, kind, lambda r: Approve(request=r.id, note=note), yes=yes, json=json
        )


@COMMANDS.command("refuse", _("Say no to what was asked for, with the reason."))
def refuse(
    numbers: Numbers,
    kind: _Kind = "",
    reason: Reason = "",
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """不同意."""
    with open_office(store, lang, as_role, wait) as office:
        _decide(
            office, numbers, kind, lambda r: Refuse(request=r.id, reason=reason), yes=yes, json=json
        )


@COMMANDS.command("recall", _("Take your own request back."))
def recall(
    numbers: Numbers,
    kind: _Kind = "",
    note: Note = "",
    as_role: As = None,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """撤回申请."""
    with open_office(store, lang, as_role, wait) as office:
        _decide(
            office, numbers, kind, lambda r: Recall(request=r.id, note=note), yes=yes, json=json
        )
