"""`zg zone walk`: what to look at in a zone, on the terminal or as a file to take along."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from core.day.walk import to_walk
from core.lists.known import walks
from core.town.facts import Facts
from core.words.text import visible
from tui.cli.faces.sheeted import Sheeted
from tui.cli.faces.sheets_in import Table as TableFile
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import DryRun, Encoding, On, Sheet, complete_zones
from tui.cli.frame.output import Force, suffix_of
from tui.exits import print_pages
from tui.whereabouts import expanded
from tui.words.i18n import _

if TYPE_CHECKING:
    from store.papers.paper import PaperTable


@opens()
def walk(
    office: Office,
    zones: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ZONE]...",
            show_default=False,
            help=_("Only these; by default every zone with something to look at."),
            autocompletion=complete_zones,
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            show_default=False,
            help=_("Write it: docx, xlsx or txt."),
        ),
    ] = "",
    force: Force = False,
) -> None:
    """巡查单."""
    office.repository.load_closed()
    form = suffix_of(output, ("docx", "xlsx", "txt")) if output else ""
    texts, tables = _walks(office, zones)
    if texts and form:
        from store.ledgers.going_out.writing import save

        save(_walk_file(form, texts, tables), expanded(output), force=force)
    elif texts:
        print_pages(texts)
    else:
        talk(_("Nothing is to be looked at."))


def _walks(office: Office, names: Sequence[str] | None) -> "tuple[list[str], list[PaperTable]]":
    """The lists of some zones, or of all with something to look at, as text and as tables."""
    from store.papers.walk import walk_table, walk_text

    wanted = [office.zone(name) for name in names] if names else None
    every = sorted(office.town.zones.values(), key=lambda z: z.code)
    facts = Facts(office.town, office.today)
    texts, tables = [], []
    for zone in wanted or every:
        items = to_walk(zone.id, facts)
        if items or wanted:
            lead = office.town.lead_of(zone.id, office.today)
            texts.append(walk_text(zone, items, facts, lead.name if lead else ""))
            tables.append(walk_table(zone, items, facts))
    return texts, tables


@opens(saves=True)
def walked(
    office: Office,
    file: TableFile,
    on: On = None,
    dry_run: DryRun = False,
    sheet: Sheet = None,
    encoding: Encoding = None,
) -> None:
    """巡查单收回."""
    from tui.cli.faces.bringing import bring_in

    office.repository.load_closed()
    how = Sheeted((), sheet, encoding)
    bring_in(office, file, walks(office.day(on)), how, dry_run=dry_run)


def _walk_file(form: str, texts: Sequence[str], tables: "Sequence[PaperTable]") -> bytes:
    """Lists to walk as text, as a Word file with a page a zone, or as a sheet a zone."""
    from store.ledgers.formats import Format
    from store.ledgers.going_out.grouping import Section
    from store.ledgers.going_out.writing import write_sections
    from store.papers.walk import HEADER
    from store.papers.word import as_pages

    if form == "txt":
        return "\n\f".join(visible(text) for text in texts).encode()
    if form == "docx":
        return as_pages("巡查单", tables)
    parts = [
        Section(t.title, [dict(zip(t.header, row, strict=True)) for row in t.rows]) for t in tables
    ]
    return write_sections(
        parts, Format.XLSX, dict(zip(HEADER, HEADER, strict=True)), title="巡查单"
    )
