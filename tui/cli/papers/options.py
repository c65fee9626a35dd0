"""What the commands about papers share: kinds by their words, papers by their numbers, files."""

from collections.abc import Sequence
from typing import Annotated

import typer

from core.errors import NotFound, RuleError
from core.model import IN_SHORT, Document, DocumentKind
from store.disk.files import check_target, make_output_directory, refuse_inside_store
from store.ledgers.going_out.standard import safe_name
from store.ledgers.going_out.writing import save
from store.papers.issuing import FORMS, KIND_NAMES, written
from store.papers.pairs.before_after import pairs_of_paper
from store.papers.pairs.word import with_annex
from tui.cli.frame.office import Office, talk
from tui.cli.frame.output import suffix_of
from tui.cli.ledger.pairs import shown_pairs
from tui.whereabouts import expanded
from tui.words.i18n import _

_KINDS = (
    IN_SHORT
    | {kind.value: kind for kind in DocumentKind}
    | {name: kind for kind, name in KIND_NAMES.items()}
)
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


Directory = Annotated[
    str,
    typer.Option(
        "--dir",
        metavar="DIR",
        show_default=False,
        help=_("Write each as a Word file into a directory, named by its number."),
    ),
]


Annex = Annotated[
    bool,
    typer.Option(
        "--photos",
        show_default=False,
        help=_("With the photos of before and after behind it (docx)."),
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
    """A paper by its number, or a draft as D and its number. Raises `NotFound("no_document")`."""
    document = office.paper(text)
    if document is not None and document.active:
        return document
    raise NotFound("no_document", value=text)


def form_asked(output: str) -> str:
    """What a file is written as. Raises `FileRefused("unknown_format")`."""
    return suffix_of(output, FORMS) if output else ""


def write_out(
    office: Office, document: Document, output: str, *, force: bool, annex: bool = False
) -> None:
    """A paper into a file, with the photos of before and after behind it where an `annex` is asked for.

    Raises `FileRefused`, `RuleError`, `NotFound`.
    """
    form = form_asked(output)
    if annex and form != "docx":
        raise RuleError("annex_docx", value=output)
    data = written(document, office.town, office.today, form, office.repository.photos)
    save(with_photos(office, document, data) if annex else data, expanded(output), force=force)


def with_photos(office: Office, document: Document, data: bytes) -> bytes:
    """A Word file with the photos of before and after behind it. Raises `NotFound("no_photos")`, `FileRefused`."""
    pairs = pairs_of_paper(office.town, document, office.today)
    if not pairs:
        raise NotFound("no_photos")
    return with_annex(data, shown_pairs(office, pairs))


def write_each(
    office: Office, documents: Sequence[Document], directory: str, *, force: bool
) -> None:
    """Papers as Word files into a directory. Raises `FileRefused`."""
    if not directory:
        return
    where = expanded(directory)
    make_output_directory(where)
    for document in documents:
        path = where / f"{safe_name(document.label)}.docx"
        write_out(office, document, str(path), force=force)
        talk(str(path))


def check_directory(directory: str) -> None:
    """Refuse, before anything is done, a directory inside a store. Raises `FileRefused`."""
    if directory:
        refuse_inside_store(expanded(directory))


def target_free(output: str, *, force: bool) -> None:
    """Refuse, before anything is done, a file that could not be written. Raises `FileRefused`."""
    if output:
        form_asked(output)
        check_target(expanded(output), force=force)
