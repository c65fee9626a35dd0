"""`zg calendar`: published holidays, pasted or from a file, and what they do to deadlines."""

from datetime import date
from typing import Annotated, Any

import msgspec
import typer

from core.actions.registers import Recount, SetHolidays
from core.calendar.holiday_notice import Notice, merged, read_notice, spelled
from core.calendar.holidays import TABLE, Year
from core.calendar.working_days import days_of
from core.errors import Clash, NotFound
from core.model import Holidays
from core.town.facts import Facts
from core.words.deadlines import recounted
from store.errors import FileRefused
from store.ledgers.coming_in.objects import byte_of
from tui.cli.frame.input import read_text
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import DryRun, Yes
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.exits import at_terminal, confirm
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.texts import listed

COMMANDS = Commands()
_Year = Annotated[
    int | None,
    typer.Option("--year", metavar="YEAR", show_default=False, help=_("The year it is of.")),
]


class _File(msgspec.Struct):
    """A table of one year as `zg calendar export` writes it."""

    year: int
    rest: list[str] = []
    work: list[str] = []
    source: str = ""


def _tables(office: Office) -> dict[int, tuple[Year, str]]:
    """Every year's table and where it is from."""
    found = {year: (table, _("program")) for year, table in TABLE.items()}
    for held in office.town.tables["holidays"].values():
        if isinstance(held, Holidays) and held.active:
            table = Year(rest=held.rest, work=held.work)
            found[held.year] = (table, held.source or _("entered"))
    return dict(sorted(found.items()))


@opens(json=True)
def _list(office: Office, year: _Year = None, *, json: bool) -> None:
    tables = {y: t for y, t in _tables(office).items() if year in (None, y)}
    if json:
        print_json(
            [
                {"year": y, "rest": table.rest, "work": table.work, "source": source}
                for y, (table, source) in tables.items()
            ]
        )
        return
    rows = [
        (str(y), _spans(table, y), _days(table, y), shown(source))
        for y, (table, source) in tables.items()
    ]
    print_table(rows, [_("Year"), _("Off"), _("Worked"), _("Source")], flexible=1)
    if year is not None and not tables:
        raise NotFound("no_record", table="holidays", value=str(year))


def _spans(table: Year, year: int) -> str:
    return " ".join(
        f"{a:%m-%d}" if a == b else f"{a:%m-%d}~{b:%m-%d}" for a, b in spelled(table, year)
    )


def _days(table: Year, year: int) -> str:
    return " ".join(f"{date(year, int(d[:2]), int(d[2:])):%m-%d}" for d in table.work)


@opens(saves=True)
def _import(
    office: Office,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|-",
            show_default=False,
            help=_("The notice as text, or a table as JSON; - reads what is pasted."),
        ),
    ] = "-",
    year: _Year = None,
    source: Annotated[
        str,
        typer.Option(
            "--source", metavar="TEXT", show_default=False, help=_("Number of the notice.")
        ),
    ] = "",
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    text = read_text(file, _("Paste the notice, then press Ctrl-D."))
    notice, noted = _read(text, year)
    found = notice.year
    before = _tables(office).get(found, (NO_TABLE, ""))[0]
    table, gone = merged(before, notice)
    talk(f"{found}: {_spans(table, found)}")
    talk(_("worked: {days}").format(days=_days(table, found)))
    if not notice.whole and before != NO_TABLE:
        talk(_("The rest of the year stays as it was."))
    if gone:
        days = listed(f"{day:%m-%d}" for day in gone)
        talk(_("No longer off or worked as known before: {days}").format(days=days))
    if dry_run:
        return
    asked = at_terminal()
    if not notice.whole and before == NO_TABLE and not yes:
        talk(
            _("The rest of {year} is not known yet: other holidays would count as work.").format(
                year=found
            )
        )
        whole = _("Save it as the whole year?")
        if asked and not confirm(whole, default=False):
            raise typer.Exit(0)
    if gone and not yes and not (asked and confirm(_("Is that meant?"))):
        raise Clash("days_gone", count=len(gone))
    office.commit(
        [SetHolidays(year=found, rest=table.rest, work=table.work, source=source or noted)]
    )
    waiting = len(_recountable(office))
    if waiting:
        text = _("{count} provisional deadlines can be counted now: zg calendar recount.")
        talk(text.format(count=waiting))


NO_TABLE = Year(rest=(), work=())


def _read(text: str, year: int | None) -> tuple[Notice, str]:
    if text.lstrip().startswith("{"):
        try:
            found = msgspec.json.decode(text, type=_File)
        except msgspec.MsgspecError as error:
            raise FileRefused("bad_json", file="-", at=byte_of(error)) from error
        table = Year(rest=tuple(found.rest), work=tuple(found.work))
        try:
            days_of(found.year, table)
        except ValueError as error:
            raise FileRefused("bad_json", file="-", at=byte_of(error)) from error
        return Notice(found.year, table, whole=True), found.source
    return read_notice(text, year), ""


@opens()
def _export(
    office: Office,
    year: Annotated[
        int, typer.Argument(metavar="YEAR", help=_("The year it is of."), show_default=False)
    ],
) -> None:
    found = _tables(office).get(year)
    if found is None:
        raise NotFound("no_record", table="holidays", value=str(year))
    table, source = found
    print_json(_File(year, list(table.rest), list(table.work), source))


def _recountable(office: Office) -> list[tuple[int, date, date]]:
    """Items whose provisional deadline can be counted now: id, the day that is, the day to be."""
    facts = Facts(office.town, office.today)
    found = []
    for item in office.town.open_items():
        if item.assignment is None or not facts.provisional(item):
            continue
        due = recounted(item.assignment, office.today, office.town.calendar)
        if due is not None and item.assignment.due is not None:
            found.append((item.id, item.assignment.due, due))
    return found


@opens(saves=True)
def _recount(office: Office, yes: Yes = False) -> None:
    found = _recountable(office)
    if not found:
        raise NotFound("no_match")
    print_table(
        [(office.town.item(key).label, str(old), str(new)) for key, old, new in found],
        [_("Number"), _("Due"), _("New deadline")],
    )
    if not yes:
        talk(_("Nothing is changed yet; --yes counts them again."))
        return
    office.commit([Recount(item=key) for key, _old, _new in found], op="recount")


def _group() -> Any:
    group = typer.Typer(help=_("Holidays and made-up working days, by year."), no_args_is_help=True)
    group.command("list", help=_("List the years that are known."))(_list)
    group.command("import", help=_("Enter a year from the notice."))(_import)
    group.command("export", help=_("Write a year as JSON."))(_export)
    group.command("recount", help=_("Count provisional deadlines again."))(_recount)
    return group


COMMANDS.group("calendar", _group)
