"""`zg notice`: papers drafted, signed with a number, served, answered, withdrawn, written out."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Annotated, Any

import typer

from core.actions import (
    Action,
    ChangeSettings,
    DraftPaper,
    ReceivePaper,
    ServePaper,
    SignPaper,
    WithdrawPaper,
)
from core.errors import RuleError
from core.facts import Facts
from core.model import Document, DocumentKind, Item, State
from core.pressing import batch_of, candidates
from core.text import key_of
from store.ledgers.grids import read_bytes
from store.ledgers.writing import save, write_rows
from store.lock import WAIT
from store.papers.issuing import REGISTER, paper, register, written
from store.papers.paper import plain_text
from store.papers.templates import KNOWN, check_template, sample
from tui.cli.masters import print_rows
from tui.cli.office import Office, open_office, print_json
from tui.cli.options import As, Json, Lang, Note, On, Query, Store, Wait
from tui.cli.output import Force, form_of, suffix_of
from tui.cli.registry import Commands
from tui.i18n import _
from tui.place import expanded
from tui.texts import DOCUMENT_KINDS

COMMANDS = Commands()
_KINDS = {
    "督办": DocumentKind.SUPERVISION,
    "交办": DocumentKind.ASSIGNMENT,
    "通报": DocumentKind.CIRCULAR,
    "约谈": DocumentKind.TALK,
    "曝光": DocumentKind.EXPOSURE,
    "简报": DocumentKind.BRIEF,
} | {kind.value: kind for kind in DocumentKind}
FORMS = ("docx", "txt", "xlsx")
"""What a paper is written as."""
Names = Annotated[
    list[str],
    typer.Argument(
        metavar="NUMBER...", show_default=False, help=_("Numbers of papers, or D3 for a draft.")
    ),
]
Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="督办|交办|通报|约谈|曝光|简报",
        help=_("What it is."),
    ),
]
Out = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE", show_default=False, help=_("Write it: docx, txt or xlsx.")
    ),
]


def kind_of(text: str) -> DocumentKind:
    """A kind by its word. Raises `RuleError("unknown_paper")`."""
    found = _KINDS.get(text.strip())
    if found is None:
        raise RuleError(
            "unknown_paper", value=text, expected=tuple(k for k in _KINDS if not k.isascii())
        )
    return found


def document_of(office: Office, text: str) -> Document:
    """A paper by its number, or a draft as D and its number. Raises `RuleError("no_document")`."""
    wanted = key_of(text)
    for document in office.town.documents.values():
        if (
            document.active
            and wanted
            and wanted in (key_of(document.label), key_of(f"D{document.id}"))
        ):
            return document
    raise RuleError("no_document", value=text)


def _draft(
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
    sign: Annotated[
        bool, typer.Option("--sign", show_default=False, help=_("Sign it at once."))
    ] = False,
    output: Out = "",
    on: On = None,
    note: Note = "",
    force: Force = False,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        _checked(output)
        chosen = kind_of(kind)
        day = office.day(on) or office.today
        lead = office.unit(unit).id if unit else None
        items = _items(office, chosen, lead, query or (), day, overdue=overdue)
        if (
            lead is None
            and items
            and chosen in (DocumentKind.SUPERVISION, DocumentKind.ASSIGNMENT, DocumentKind.TALK)
        ):
            leads = {item.assignment.lead for item in items if item.assignment}
            lead = next(iter(leads)) if len(leads) == 1 else None
        until = office.due(due or None, day)
        if until is None and chosen == DocumentKind.SUPERVISION:
            until = office.due("3个工作日", day)
        wish = DraftPaper(
            kind=chosen,
            unit=lead,
            items=tuple(item.id for item in items),
            work_until=until,
            reason=reason,
            reference=reference,
            text=text,
            on=office.day(on),
            note=note,
        )
        (changed,) = office.commit([wish]).of("documents")
        document = changed.new
        if sign:
            (changed,) = office.commit([SignPaper(document=document.id, on=office.day(on))]).of(
                "documents"
            )
            document = changed.new
        assert isinstance(document, Document)
        print(document.label)
        if output:
            _write(office, document, output, force=force)


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
    if query:
        items = office.matching(query, every=False)
        if unit is not None:
            items = [i for i in items if i.assignment and i.assignment.lead == unit]
    elif kind == DocumentKind.BRIEF:
        return []
    elif unit is None:
        raise RuleError("nothing_given")
    elif kind == DocumentKind.ASSIGNMENT:
        items = batch_of(office.town, unit, day)
    elif overdue or kind != DocumentKind.SUPERVISION:
        items = [
            i
            for i in office.town.in_state(State.RECTIFYING)
            if i.assignment and i.assignment.lead == unit
        ]
    else:
        due = candidates(office.town, day, [unit])
        items = [item for one in due if one.kind == kind for item in one.items]
    if overdue:
        facts = Facts(office.town, day)
        items = [item for item in items if facts.overdue(item)]
    if not items:
        raise RuleError("no_match")
    return items


def _checked(output: str) -> str:
    """What a file is written as. Raises `FileRefused("unknown_format")`."""
    return suffix_of(output, FORMS) if output else ""


def _write(office: Office, document: Document, output: str, *, force: bool) -> None:
    photos = office.repository.photos
    data = written(document, office.town, office.today, _checked(output), photos)
    save(data, expanded(output), force=force)


def _act(office: Office, names: Sequence[str], make: Any) -> list[Document]:
    """One transaction over all the papers; them as they are then."""
    documents = [document_of(office, name) for name in names]
    actions: list[Action] = [make(document) for document in documents]
    changes = office.commit(actions)
    after = {c.id: c.new for c in changes.of("documents")}
    return [d for d in (after[document.id] for document in documents) if isinstance(d, Document)]


def _sign(
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
    on: On = None,
    note: Note = "",
    force: Force = False,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    if len(names) > 1 and (number or output):
        raise RuleError("one_paper")
    with open_office(store, lang, as_role, wait) as office:
        _checked(output)
        day = office.day(on)
        signed = _act(
            office,
            names,
            lambda d: SignPaper(
                document=d.id, number=number, reference=reference, on=day, note=note
            ),
        )
        for document in signed:
            print(document.number)
            if output:
                _write(office, document, output, force=force)


def _serve(
    names: Names,
    on: On = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        _act(office, names, lambda d: ServePaper(document=d.id, on=office.day(on)))


def _receipt(
    names: Names,
    by: Annotated[
        str, typer.Option("--by", metavar="POST", show_default=False, help=_("Who signed it."))
    ] = "",
    on: On = None,
    note: Note = "",
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        _act(office, names, lambda d: ReceivePaper(document=d.id, by=by, on=day, note=note))


def _withdraw(
    names: Names,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", show_default=False, help=_("Why."))
    ] = "",
    on: On = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        day = office.day(on)
        _act(office, names, lambda d: WithdrawPaper(document=d.id, reason=reason, on=day))


def _export(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER", show_default=False, help=_("Number of a paper, or D3 for a draft.")
        ),
    ],
    output: Out = "",
    force: Force = False,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        office.repository.load_closed()
        document = document_of(office, name)
        if output:
            _write(office, document, output, force=force)
        else:
            print(plain_text(paper(document, office.town, office.today)), end="")


def _list(
    kind: Annotated[
        str,
        typer.Option("--kind", metavar="KIND", show_default=False, help=_("Only this kind.")),
    ] = "",
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False, help=_("The register as a file.")
        ),
    ] = "",
    force: Force = False,
    as_role: As = None,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        office.repository.load_closed()
        wanted = kind_of(kind) if kind else None
        held = [d for d in office.town.documents.values() if d.active and wanted in (None, d.kind)]
        rows = register(held, office.town)
        if output:
            signed = register([d for d in held if d.number], office.town)
            form = form_of(output, None)
            save(
                write_rows(signed, form, REGISTER, title="文书登记簿"),
                expanded(output),
                force=force,
            )
        elif json:
            print_json(rows)
        else:
            print_rows(
                rows, ("number", "kind", "unit", "count", "work_until", "stage"), 2, json=False
            )


def _due(as_role: As = None, json: Json = False, store: Store = None, lang: Lang = None) -> None:
    with open_office(store, lang, as_role) as office:
        rows = [
            {
                "kind": _(DOCUMENT_KINDS[one.kind]),
                "unit": office.town.units[one.unit].name,
                "count": len(one.items),
                "items": "、".join(item.label for item in one.items),
            }
            for one in candidates(office.town, office.today)
        ]
        print_rows(rows, ("kind", "unit", "count", "items"), 3, json=json)


def _template(
    kind: Annotated[
        str,
        typer.Argument(metavar="[KIND]", show_default=False, help=_("What it is.")),
    ] = "",
    file: Annotated[
        str,
        typer.Argument(
            metavar="[FILE]", show_default=False, help=_("The office's own Word file for it.")
        ),
    ] = "",
    remove: Annotated[
        bool,
        typer.Option("--remove", show_default=False, help=_("Back to the layout of the program.")),
    ] = False,
    sample_to: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False, help=_("Write one to begin with.")
        ),
    ] = "",
    force: Force = False,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    chosen = kind_of(kind) if kind else None
    if sample_to and chosen is not None:
        suffix_of(sample_to, ("docx",))
        save(sample(chosen), expanded(sample_to), force=force)
        return
    with open_office(store, lang, as_role, wait) as office:
        held = dict(office.town.settings.templates)
        if chosen is None or not (file or remove):
            rows = [
                {"kind": _(DOCUMENT_KINDS[k]), "template": held.get(k.value, "")[:8]}
                for k in DocumentKind
                if chosen in (None, k)
            ]
            print_rows(rows, ("kind", "template"), 1, json=False)
            return
        if remove:
            held.pop(chosen.value, None)
        else:
            data = read_bytes(expanded(file))
            found = check_template(data, chosen, PurePath(file).name)
            if found.missing or found.unknown:
                raise RuleError(
                    "template_lacks",
                    missing="、".join(found.missing) or "-",
                    unknown="、".join(found.unknown) or "-",
                    expected=KNOWN,
                )
            held[chosen.value] = office.repository.photos.keep_template(data)
        office.commit([ChangeSettings(fields={"templates": held})])


def _group() -> Any:
    group = typer.Typer(
        help=_("Official papers: assignment lists, supervision notices, circulars, talks, briefs."),
        no_args_is_help=True,
    )
    group.command("due", help=_("Which units are due for a notice or a circular."))(_due)
    group.command("list", help=_("The register of papers."))(_list)
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
    )(_template)
    group.command("export", help=_("Write a paper as Word, text or a sheet; text by default."))(
        _export
    )
    return group


COMMANDS.group("notice", _group)
