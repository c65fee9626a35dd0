"""`zg notice due|list|export|template`: who is due, the register, papers as files, the office's own layout."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Annotated

import typer

from core.actions.registers import ChangeSettings
from core.errors import RuleError
from core.model import NOTICES, Document
from core.papers.due import candidates
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.going_out.writing import save, write_rows
from store.papers.issuing import REGISTER, paper, register
from store.papers.paper import plain_text
from store.papers.templates import KNOWN, check_template, sample
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.output import Force, form_of, suffix_of
from tui.cli.frame.tables import print_json, print_rows
from tui.cli.papers.options import (
    Annex,
    Directory,
    Names,
    Out,
    document_of,
    kind_of,
    write_each,
    write_out,
)
from tui.cli.papers.sending import Send, hook, sent
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.papers import DOCUMENT_KINDS


@opens()
def export(
    office: Office,
    names: Names,
    output: Out = "",
    directory: Directory = "",
    photos: Annex = False,
    send: Send = False,
    force: Force = False,
) -> None:
    """出文件."""
    office.repository.load_closed()
    documents = [document_of(office, name) for name in names]
    if output and len(documents) > 1:
        raise RuleError("one_paper")
    if output:
        write_out(office, documents[0], output, force=force, annex=photos)
    elif send:
        _send(office, documents)
    elif directory:
        write_each(office, documents, directory, force=force)
    else:
        texts = (plain_text(paper(d, office.town, office.today)) for d in documents)
        print("\n".join(texts), end="")


def _send(office: Office, documents: Sequence[Document]) -> None:
    """Each to its unit. Raises `RuleError`."""
    words, units = hook(office), office.town.units
    went = []
    for each in documents:
        text = plain_text(paper(each, office.town, office.today))
        items = [office.town.items[key] for key in each.items if key in office.town.items]
        went.append(sent(office, words, text, units.get(each.unit or 0), items))
    if not all(went):
        raise RuleError("not_sent", count=went.count(False))


@opens(json=True)
def list_(
    office: Office,
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
    *,
    json: bool,
) -> None:
    """登记簿."""
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
        print_rows(rows, ("number", "kind", "unit", "count", "work_until", "stage"), 2, json=False)


@opens(json=True)
def due(office: Office, *, json: bool) -> None:
    """应发."""
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


@opens(saves=True)
def template(
    office: Office,
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
) -> None:
    """模板."""
    chosen = kind_of(kind) if kind else None
    if sample_to and chosen is not None:
        suffix_of(sample_to, ("docx",))
        save(sample(chosen), expanded(sample_to), force=force)
        return
    held = dict(office.town.settings.templates)
    if chosen is None or not (file or remove):
        rows = [
            {"kind": _(DOCUMENT_KINDS[k]), "template": held.get(k.value, "")[:8]}
            for k in NOTICES
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
                lacking="、".join(found.missing) or "-",
                unknown="、".join(found.unknown) or "-",
                expected=KNOWN,
            )
        held[chosen.value] = office.repository.photos.keep_template(data)
    office.commit([ChangeSettings(fields={"templates": held})])
