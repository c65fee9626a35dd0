"""`zg campaign`: 除四害, opened, covered, measured, closed."""

from typing import Annotated, Any

import typer

from core.actions.year import CloseCampaign, EditCampaign, OpenCampaign
from core.errors import Incomplete
from core.lists.known import covers
from core.measures.subjects.campaigns import (
    all_,
    missing,
)
from core.model import Campaign
from core.words.cells import names_of
from tui.cli.faces.bringing import bring_in
from tui.cli.faces.sheeted import Sheeted
from tui.cli.faces.sheets_in import Map
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import DryRun, Encoding, On, Reason, Sheet
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.frame.wanted import Wanted
from tui.cli.year.campaign_steps import cover, density, drug, sample, tick
from tui.cli.year.options import OneCampaign, record
from tui.words.i18n import N_, _
from tui.words.tables.rows import campaign_row, drug_rows

COMMANDS = Commands()
COVERS = {
    "zone": "责任区",
    "streets_plan": "街道应到",
    "streets_done": "街道实到",
    "households_plan": "户数应投",
    "households_done": "户数实投",
    "rooms_plan": "房间应投",
    "rooms_done": "房间实投",
    "bait_plan": "毒饵站设置",
    "bait_done": "毒饵站完好",
    "unit": "填报单位",
    "on": "填报日期",
}


def cover_rows(office: Office, campaign: Campaign) -> list[dict[str, Any]]:
    """The rows of a campaign, a zone each."""
    town = office.town
    rows = []
    for each in sorted(campaign.covers, key=lambda c: town.zones[c.zone].code):
        unit = town.units.get(each.unit or 0)
        row = {key: getattr(each, key) for key in COVERS if key not in ("zone", "unit")}
        named = {"zone": town.zones[each.zone].name, "unit": unit.name if unit else None}
        rows.append({key: (named | row)[key] for key in COVERS})
    return rows


@opens(json=True)
def list_(office: Office, json: bool = False) -> None:
    """行动列表."""
    rows = [campaign_row(office.town, each, office.today) for each in all_(office.town)]
    if json:
        print_json(rows)
        return
    print_table(
        [
            [
                r["code"],
                "、".join(r["vectors"]),
                f"{r['from']}–{r['to']}",
                r["ticks"],
                r["households"],
                r["rooms"],
                r["kg"],
                _("closed") if r["closed_on"] else str(r["missing"] or ""),
            ]
            for r in rows
        ],
        [
            _("Campaign"),
            _("Against"),
            _("Days"),
            _("Unified"),
            _("Households"),
            _("Rooms"),
            _("Drug (kg)"),
            _("Lacks"),
        ],
        flexible=1,
    )


@opens(json=True)
def show(office: Office, which: OneCampaign, json: bool = False) -> None:
    """行动."""
    held: Campaign = record(office, "campaigns", which)
    told = campaign_row(office.town, held, office.today)
    rows = cover_rows(office, held)
    if json:
        print_json(told | {"covers": rows, "drugs": drug_rows(office.town, held)})
        return
    print_table(
        [
            [_(_TOLD[name]), cell(value)]
            for name, value in told.items()
            if value not in (None, "", [])
        ],
        [_("Field"), _("Value")],
        flexible=1,
    )
    if rows:
        print()
        keys = [key for key in COVERS if any(row[key] is not None for row in rows)]
        print_table([[cell(row[k]) for k in keys] for row in rows], [COVERS[k] for k in keys])
    drugs = drug_rows(office.town, held)
    if drugs:
        print()
        heads = [_("Drug"), _("Drug (kg)"), _("Registration no."), _("Lot"), _("Zone"), _("Day")]
        print_table([[cell(value) for value in row.values()] for row in drugs], heads)


_TOLD = {
    "code": N_("Campaign"),
    "title": N_("Title"),
    "vectors": N_("Against"),
    "from": N_("From"),
    "to": N_("To"),
    "ticks": N_("Unified"),
    "streets": N_("Streets"),
    "households": N_("Households"),
    "rooms": N_("Rooms"),
    "kg": N_("Drug (kg)"),
    "before": N_("density before"),
    "after": N_("density after"),
    "missing": N_("Lacks"),
    "closed_on": N_("Campaign closed on"),
}


def cell(value: Any) -> str:
    """A value in a table."""
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


@opens(saves=True)
def open_(
    office: Office,
    first: Annotated[
        str, typer.Argument(metavar="FROM", show_default=False, help=_("Its first day."))
    ],
    last: Annotated[str, typer.Argument(metavar="TO", show_default=False, help=_("Its last day."))],
    against: Annotated[
        str,
        typer.Option("--against", metavar="鼠、蟑", help=_("What it is against.")),
    ] = "鼠",
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", show_default=False, help=_("A title."))
    ] = "",
    season: Annotated[
        str,
        typer.Option(
            "--season",
            metavar="春|秋|…",
            show_default=False,
            help=_("What it is called after its year; by its first day where nobody says."),
        ),
    ] = "",
) -> None:
    """开始行动."""
    begin, end = office.day(first, "first"), office.day(last, "last")
    assert begin is not None
    assert end is not None
    changes = office.commit(
        [OpenCampaign(first=begin, last=end, vectors=names_of(against), title=title, season=season)]
    )
    print(getattr(changes.of("campaigns")[0].new, "label", ""))


@opens(saves=True)
def edit(
    office: Office,
    which: OneCampaign,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", show_default=False, help=_("Its first day.")),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", show_default=False, help=_("Its last day.")),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="鼠、蟑", show_default=False, help=_("What it is against.")
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", show_default=False, help=_("A title."))
    ] = None,
) -> None:
    """改行动."""
    held: Campaign = record(office, "campaigns", which)
    said = {
        "first": office.day(first, "first"),
        "last": office.day(last, "last"),
        "vectors": names_of(against) if against else None,
        "title": title,
    }
    fields = {k: v for k, v in said.items() if v is not None}
    if not fields:
        raise Incomplete("nothing_given")
    office.commit([EditCampaign(campaign=held.id, fields=fields)])


@opens(json=True)
def missing_(office: Office, which: OneCampaign, json: bool = False) -> None:
    """漏项."""
    held: Campaign = record(office, "campaigns", which)
    rows = [{"of": each.ref, "lacks": each.why} for each in missing(office.town, held)]
    if json:
        print_json(rows)
        return
    if not rows:
        talk(_("Nothing is missing."))
    print_table([[r["of"], r["lacks"]] for r in rows], [_("Of"), _("Lacks")], flexible=1)


@opens(saves=True)
def close(office: Office, which: OneCampaign, reason: Reason = "", on: On = None) -> None:
    """收尾."""
    held: Campaign = record(office, "campaigns", which)
    office.commit([CloseCampaign(campaign=held.id, reason=reason, on=office.day(on))])


@opens(saves=True)
def import_(
    office: Office,
    which: OneCampaign,
    file: Annotated[str, typer.Argument(metavar="FILE|-", show_default=False, help=_("A table."))],
    dry_run: DryRun = False,
    map_: Map = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
) -> None:
    """收表."""
    held: Campaign = record(office, "campaigns", which)
    how = Sheeted(map_ or (), sheet, encoding)
    bring_in(office, file, covers(held), how, dry_run=dry_run)


@opens(writes=True)
def export(office: Office, which: OneCampaign, wanted: Wanted) -> None:
    """导出."""
    held: Campaign = record(office, "campaigns", which)
    rows = cover_rows(office, held)
    asked = wanted if wanted.output or wanted.columns else wanted._replace(output="-")
    asked.taken(rows, COVERS, held.label)


def _group() -> Any:
    group = typer.Typer(
        help=_("Campaigns against pests: coverage, drugs, densities."), no_args_is_help=True
    )
    for name, help_text, function in (
        ("list", _("List campaigns with how far they reached."), list_),
        ("show", _("Show a campaign with its rows."), show),
        ("open", _("Begin a campaign, from its first day to its last."), open_),
        ("edit", _("Change a campaign's days, title or pests."), edit),
        ("tick", _("Say what is the same everywhere: drug, days, plan, standard."), tick),
        ("cover", _("Say how far a zone has come; what is not said stays."), cover),
        ("drug", _("Enter what was laid out, in kilograms."), drug),
        ("density", _("Enter a count of traces before or after."), density),
        ("sample", _("Enter rooms looked at again, and how many were missed."), sample),
        ("missing", _("What a campaign still lacks."), missing_),
        ("close", _("Close a campaign; with gaps it takes a leader and a reason."), close),
        ("import", _("Bring a table of coverage in."), import_),
        ("export", _("Write the table of coverage."), export),
    ):
        group.command(name, help=help_text)(function)
    return group


COMMANDS.group("campaign", _group)
