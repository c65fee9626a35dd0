"""`zg export`: any query as a ledger."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from core.day.tallies import in_hand, in_tree
from core.errors import Incomplete, NotFound, RuleError
from core.ledger.record import ASKED_KEYS, KEYS, FieldValues, PortableRecord, Projector, rows_of
from core.model import OPEN_STATES, Item
from core.model.parts import problems_in
from store.disk.files import check_target, make_output_directory
from store.ledgers.formats import Format
from store.ledgers.going_out.blank import blank_ledger
from store.ledgers.going_out.contacts import without_contacts
from store.ledgers.going_out.grouping import Section, in_order, sections, with_totals
from store.ledgers.going_out.standard import safe_name, standard_ledger
from store.ledgers.going_out.writing import save, write_columns, write_sections
from store.ledgers.headers import ASKED_HEADERS, HEADERS
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import NEGATED_WORDS, Query
from tui.cli.frame.output import Encoding, Force, FormatOption, Output, form_of, put
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import keys_of
from tui.cli.ledger.export_options import (
    ByUnit,
    Columns,
    Contacts,
    GroupBy,
    Ledger,
    OnlyOpen,
    OtherForm,
    PhotoPairs,
    Sheets,
    SortBy,
    Template,
    WithExif,
)
from tui.exits import progress
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext

COMMANDS = Commands(own=("export",))
IN_WORD = (
    "number",
    "found_on",
    "zone_name",
    "location",
    "description",
    "category",
    "lead_unit",
    "due_on",
    "state",
    "note",
)
"""Fields of a table in a Word file, where none are named."""
_GROUPED = {"zone": "zone_name"}
"""What a field is shown as where rows are grouped by it."""


@COMMANDS.command(
    "export",
    _("Write a ledger: everything, or what a query lets through."),
    context_settings=NEGATED_WORDS,
)
@opens()
def export(
    office: Office,
    query: Query = None,
    output: Output = "-",
    form: FormatOption = None,
    columns: Columns = "",
    sort: SortBy = "",
    group: GroupBy = "",
    sheets: Sheets = False,
    ledger: Ledger = False,
    by_unit: ByUnit = "",
    template: Template = False,
    only_open: OnlyOpen = False,
    contacts: Contacts = False,
    photos: PhotoPairs = False,
    exif: WithExif = False,
    other: OtherForm = "",
    encoding: Encoding = "",
    force: Force = False,
) -> None:
    """导出."""
    chosen = form_of(output, form)
    order, by = keys_of(sort), keys_of(group)[:1]
    keys = keys_of(columns) or list(IN_WORD if chosen == Format.DOCX else KEYS)
    if (ledger or template or other) and output != "-" and chosen != Format.XLSX:
        raise RuleError("only_xlsx", value=output)
    if sheets and not by:
        raise Incomplete("needs_group")
    title = office.town.settings.office
    if template:
        put(output, Format.XLSX, lambda: _blank(office), force=force)
        return
    items = office.matching(query or (), every=not (by_unit or only_open))
    if query and not items:
        raise NotFound("no_match")
    if sys.stdout.isatty() or (output != "-" and sys.stderr.isatty()):
        _tell_count(items)
    if photos:
        _write_pairs(office, items, output, chosen, force=force, exif=exif)
        return
    if by_unit:
        _by_unit(office, items, expanded(by_unit), force=force, contacts=contacts)
        return
    asked = [key.removeprefix("-") for key in (*keys, *order, *by)]
    headers = {key: (HEADERS | ASKED_HEADERS)[key] for key in keys}
    if not (by or order or other or ledger or chosen.binary):
        made = _columns(office, items, keys, contacts=contacts)
        put(output, chosen, lambda: write_columns(made, chosen, headers, encoding), force=force)
        return
    records = _records(office, items, asked, contacts=contacts)
    records = in_order(records, [*by, *order] if by else order) if by or order else records
    if other:
        put(output, Format.XLSX, lambda: _form_filled(office, other, records), force=force)
        return
    if ledger:
        put(output, Format.XLSX, lambda: standard_ledger(records, title_of(title)), force=force)
        return
    parts = _together(records, by, keys, apart=sheets)
    with progress(_("Writing"), shown=output != "-") as advance:
        put(
            output,
            chosen,
            lambda: write_sections(
                parts,
                chosen,
                headers,
                title=title_of(title),
                encoding=encoding,
                progress=advance,
            ),
            force=force,
        )


def _together(
    records: Sequence[PortableRecord], by: Sequence[str], keys: Sequence[str], *, apart: bool
) -> list[Section]:
    """Rows by what they share, where that was asked for: a sheet each, or one behind the other with their totals."""
    if not by:
        return [Section("", records)]
    parts = sections(records, _GROUPED.get(by[0], by[0]))
    return parts if apart else [Section("", with_totals(parts, keys))]


def _write_pairs(
    office: Office, items: Sequence[Item], output: str, form: Format, *, force: bool, exif: bool
) -> None:
    """Photos side by side; loads what only that needs."""
    from tui.cli.ledger.pairs import write_pairs

    write_pairs(office, items, output, form, force=force, exif=exif)


def _form_filled(office: Office, name: str, records: Sequence[PortableRecord]) -> bytes:
    """Rows in a form of somebody's own; loads what only that needs."""
    from tui.cli.ledger.office_forms import form_filled

    return form_filled(office, name, records)


def _tell_count(items: Sequence[Item]) -> None:
    """How many of what goes out are open: a list with the same words shows those only."""
    count = problems_in(items)
    text = ngettext(
        "{count} item, {open} of them open.", "{count} items, {open} of them open.", count
    )
    talk(text.format(count=count, open=problems_in(i for i in items if i.state in OPEN_STATES)))


def _records(
    office: Office, items: Sequence[Item], asked: Sequence[str] = (), *, contacts: bool
) -> list[PortableRecord]:
    """Items as they go out, every field, and what is `asked` for."""
    keys = (*KEYS, *(key for key in ASKED_KEYS if key in asked))
    made = _columns(office, items, keys, contacts=contacts)
    return [record for columns in made for record in rows_of(columns)]


def _columns(
    office: Office, items: Sequence[Item], keys: Sequence[str], *, contacts: bool
) -> Iterator[FieldValues]:
    """Items as they go out, made as they are written: without mobile numbers, unless they were asked for."""
    count = 0
    for columns in Projector(office.town, office.today).columns(items, keys):
        kept, struck = (columns, 0) if contacts else without_contacts(columns)
        yield kept
        count += struck
    if count:
        talk(
            ngettext(
                "A mobile number was struck out; --with-contacts keeps it.",
                "Mobile numbers were struck out in {count} fields; --with-contacts keeps them.",
                count,
            ).format(count=count)
        )


def _blank(office: Office) -> bytes:
    """A ledger to fill in."""
    zones = [z.name for _depth, z in in_tree(office.town.zones) if z.active]
    units = [u.name for u in office.town.units.values() if u.active]
    return blank_ledger(title_of(office.town.settings.office), zones, units)


def title_of(office: str, unit: str = "") -> str:
    """The title of a standard ledger; always Chinese."""
    return f"{office}问题整改台账" + (f"（{unit}）" if unit else "")


def _by_unit(
    office: Office, items: Sequence[Item], directory: Path, *, force: bool, contacts: bool
) -> None:
    """A file a unit of what it has in hand."""
    held = in_hand(items)
    if not held:
        raise NotFound("no_match")
    files: dict[Path, int] = {}
    for unit in sorted(held):
        name = safe_name(office.town.units[unit].name)
        path = directory / f"{name}.xlsx"
        files[path if path not in files else directory / f"{name}-{unit}.xlsx"] = unit
    make_output_directory(directory)
    for path in files:
        check_target(path, force=force)
    with progress(_("Writing")) as advance:
        for done, (path, unit) in enumerate(files.items(), 1):
            name = office.town.units[unit].name
            records = _records(office, held[unit], contacts=contacts)
            title = title_of(office.town.settings.office, name)
            save(standard_ledger(records, title), path, force=force)
            print(f"{path}\t{len(records)}")
            advance(done, len(files))
