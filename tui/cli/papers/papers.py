"""`zg notice`: papers drafted, signed with a number, served, answered, withdrawn."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.actions.papers import DraftPaper, ReceivePaper, ServePaper, SignPaper, WithdrawPaper
from core.asks import NOTICE_DEADLINE
from core.errors import Incomplete, NotFound, RuleError
from core.model import Document, DocumentKind, Item, State
from core.papers.due import batch_of, by_addressee, candidates, drafted_already, late_of, overtaken
from core.town.facts import Facts
from core.words.numbers import is_ours, written_out
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Note, On, Query
from tui.cli.frame.output import Force
from tui.cli.frame.registry import Commands
from tui.cli.papers.notice_book import due, export, list_, template
from tui.cli.papers.options import (
    Directory,
    Kind,
    Names,
    Out,
    check_directory,
    document_of,
    kind_of,
    target_free,
    write_each,
    write_out,
)
from tui.words.i18n import _
from tui.words.texts import listed

COMMANDS = Commands(own=("notice",))


@opens(saves=True)
def _draft(
    office: Office,
    query: Query = None,
    kind: Kind = "督办",
    unit: Annotated[
        str, typer.Option("--unit", metavar="UNIT", show_default=False, help=_("Whom it goes to."))
    ] = "",
    overdue: Annotated[
        bool, typer.Option("--overdue", show_default=False, help=_("What is overdue there."))
    ] = False,
    due: Annotated[
        str,
        typer.Option(
            "--due", metavar="DUE", show_default=False, help=_("By when it must be done.")
        ),
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", show_default=False, help=_("Why."))
    ] = "",
    reference: Annotated[
        str,
        typer.Option(
            "--reference", metavar="TEXT", show_default=False, help=_("The approval it rests on.")
        ),
    ] = "",
    text: Annotated[
        str,
        typer.Option(
            "--text", metavar="TEXT", show_default=False, help=_("What is written into it.")
        ),
    ] = "",
    all_due: Annotated[
        bool,
        typer.Option(
            "--all-due",
            show_default=False,
            help=_("For every unit that is due; --due without a deadline means the same."),
        ),
    ] = False,
    sign: Annotated[
        bool, typer.Option("--sign", show_default=False, help=_("Sign it at once."))
    ] = False,
    output: Out = "",
    directory: Directory = "",
    on: On = None,
    note: Note = "",
    force: Force = False,
) -> None:
    target_free(output, force=force)
    check_directory(directory)
    chosen = kind_of(kind)
    day = office.day(on)
    lead = office.unit(unit).id if unit else None
    if all_due:
        found = candidates(office.town, day or office.today)
        items = [i for c in found for i in c.items if c.kind == chosen and lead in (None, c.unit)]
        if not items:
            raise NotFound("no_match")
    else:
        items = _items(office, chosen, lead, query or (), day or office.today, overdue=overdue)
    _tell_before(office, chosen, items, reference)
    by_unit = {lead: tuple(items)} if lead else by_addressee(items, chosen)
    if len(by_unit) > 1 and output:
        raise RuleError("one_paper")
    until = office.due(due or None, day or office.today)
    if until is None and chosen == DocumentKind.SUPERVISION:
        until = office.due(NOTICE_DEADLINE, day or office.today)
    wishes: list[Action] = []
    for key, held in (by_unit or {lead: ()}).items():
        draft = DraftPaper(
            kind=chosen,
            unit=key,
            items=tuple(item.id for item in held),
            work_until=until,
            reason=reason,
            reference=reference,
            text=text,
            on=day,
            note=note,
        )
        wishes += [draft, SignPaper(on=day)] if sign else [draft]
    changes = office.commit(wishes)
    made = {change.id: change.new for change in changes.of("documents")}
    papers = [document for document in made.values() if isinstance(document, Document)]
    for document in papers:
        print(document.label)
        if output:
            write_out(office, document, output, force=force)
    write_each(office, papers, directory, force=force)


def _tell_before(office: Office, kind: DocumentKind, items: Sequence[Item], reference: str) -> None:
    """What should be known before a paper is drafted: one is there already, or an approval is wanted."""
    for other in drafted_already(office.town, kind, (item.id for item in items)):
        text = _(
            "{number} is a draft about some of these already; zg notice withdraw throws it away."
        )
        talk(text.format(number=other.label))
    if kind == DocumentKind.CIRCULAR and not reference:
        talk(_("A circular rests on an approval: --reference here, or when it is signed."))


def _items(
    office: Office,
    kind: DocumentKind,
    unit: int | None,
    query: Sequence[str],
    day: date,
    *,
    overdue: bool,
) -> list[Item]:
    """What a paper is about: what the query lets through, else what is due for such a paper."""
    numbers = [part for word in query for part in re.split(r"[、，,]", word) if part]
    if numbers and all(is_ours(written_out(part)) for part in numbers):
        items = office.items(numbers)
    elif query:
        items = office.matching(query, every=False)
    if query:
        if unit is not None:
            items = [i for i in items if i.assignment and i.assignment.lead == unit]
    elif kind == DocumentKind.BRIEF:
        return []
    elif unit is None:
        raise Incomplete("nothing_given")
    elif kind == DocumentKind.ASSIGNMENT:
        items = batch_of(office.town, unit, day)
    elif overdue or kind not in (DocumentKind.SUPERVISION, DocumentKind.CIRCULAR):
        items = [
            i
            for i in office.town.in_state(State.RECTIFYING)
            if i.assignment and i.assignment.lead == unit
        ]
    else:
        due = candidates(office.town, day, [unit])
        items = [item for one in due if one.kind == kind for item in one.items]
    if overdue or (kind == DocumentKind.TALK and not query):
        items = late_of(items, kind, Facts(office.town, day))
    if not items:
        raise NotFound("no_match")
    return items


def _act(office: Office, names: Sequence[str], make: Any) -> list[Document]:
    """One transaction over all the papers; them as they are then."""
    documents = [document_of(office, name) for name in names]
    actions: list[Action] = [make(document) for document in documents]
    changes = office.commit(actions)
    after = {c.id: c.new for c in changes.of("documents")}
    return [d for d in (after[document.id] for document in documents) if isinstance(d, Document)]


@opens(saves=True)
def _sign(
    office: Office,
    names: Names,
    number: Annotated[
        str,
        typer.Option(
            "--number",
            metavar="NUMBER",
            show_default=False,
            help=_("A number given by hand before; the next one follows it."),
        ),
    ] = "",
    reference: Annotated[
        str,
        typer.Option(
            "--reference", metavar="TEXT", show_default=False, help=_("The approval it rests on.")
        ),
    ] = "",
    output: Out = "",
    directory: Directory = "",
    on: On = None,
    note: Note = "",
    force: Force = False,
) -> None:
    check_directory(directory)
    if len(names) > 1 and (number or output):
        raise RuleError("one_paper")
    target_free(output, force=force)
    day = office.day(on)
    signed = _act(
        office,
        names,
        lambda d: SignPaper(document=d.id, number=number, reference=reference, on=day, note=note),
    )
    for document in signed:
        print(document.number)
        if output:
            write_out(office, document, output, force=force)
    write_each(office, signed, directory, force=force)


@opens(saves=True)
def _serve(office: Office, names: Names, on: On = None) -> None:
    _act(office, names, lambda d: ServePaper(document=d.id, on=office.day(on)))


@opens(saves=True)
def _receipt(
    office: Office,
    names: Names,
    by: Annotated[
        str, typer.Option("--by", metavar="POST", show_default=False, help=_("Who signed it."))
    ] = "",
    on: On = None,
    note: Note = "",
) -> None:
    day = office.day(on)
    _act(office, names, lambda d: ReceivePaper(document=d.id, by=by, on=day, note=note))


@opens(saves=True)
def _withdraw(
    office: Office,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NUMBER]...",
            show_default=False,
            help=_("Numbers of papers, or D3 for a draft."),
        ),
    ] = None,
    past: Annotated[
        bool,
        typer.Option(
            "--overtaken",
            show_default=False,
            help=_("Every draft that can no longer be signed, since its items went another way."),
        ),
    ] = False,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", show_default=False, help=_("Why."))
    ] = "",
    on: On = None,
) -> None:
    day = office.day(on)
    town = office.town
    chosen = list(names or ())
    if past:
        office.repository.load_closed()
        chosen += [d.label for d in town.documents.values() if overtaken(d, town)]
    if not chosen:
        raise NotFound("no_match" if past else "nothing_given")
    done = _act(office, chosen, lambda d: WithdrawPaper(document=d.id, reason=reason, on=day))
    if past:
        talk(listed(document.label for document in done))


def _group() -> Any:
    group = typer.Typer(
        help=_("Official papers: assignment lists, supervision notices, circulars, talks, briefs."),
        no_args_is_help=True,
    )
    group.command("due", help=_("Which units are due for a notice or a circular."))(due)
    group.command("list", help=_("The register of papers."))(list_)
    group.command(
        "draft",
        help=_("Draft a paper; a supervision notice for what is overdue at a unit by default."),
        context_settings={"ignore_unknown_options": True},
    )(_draft)
    group.command("sign", help=_("Sign papers: the number is taken, the items rise."))(_sign)
    group.command("serve", help=_("They have reached their units."))(_serve)
    group.command("receipt", help=_("The slips came back."))(_receipt)
    group.command("withdraw", help=_("They hold no more; their numbers stay taken."))(_withdraw)
    group.command(
        "template", help=_("The office's own Word files: put in, taken out, one to begin with.")
    )(template)
    group.command("export", help=_("Write a paper as Word, text or a sheet; text by default."))(
        export
    )
    return group


COMMANDS.group("notice", _group)
