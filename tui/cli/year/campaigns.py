"""`zg campaign`: 除四害, opened, covered, measured, closed."""

from typing import Annotated, Any

import typer

from core.actions import (
    CloseCampaign,
    CountTraces,
    CoverZone,
    EditCampaign,
    LayDrug,
    OpenCampaign,
    SampleRooms,
    Tick,
)
from core.calendar.periods import Stretch
from core.errors import Incomplete, RuleError
from core.measures import Question
from core.measures.of_campaigns import (
    after,
    all_,
    before,
    households,
    kg,
    missing,
    rooms,
    streets,
    ticks,
    unified_of,
)
from core.model import Campaign, Zone
from core.words.cells import names_of, read_whole
from tui.cli.frame.office import Office, print_json, print_table, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import DryRun, Encoding, On, Reason, Sheet, complete_zones
from tui.cli.frame.registry import Commands
from tui.cli.frame.wanted import Wanted
from tui.cli.registers.files import Map, bring_in_sheet
from tui.cli.year.cover_rows import HEADERS, CoverRows
from tui.cli.year.options import OneCampaign, day_text, record
from tui.words.i18n import _

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
ZoneArgument = Annotated[
    str,
    typer.Argument(
        metavar="ZONE",
        show_default=False,
        help=_("Code or name of a zone."),
        autocompletion=complete_zones,
    ),
]


def asked_of(office: Office, campaign: Campaign) -> Question:
    """The stretch of a campaign alone."""
    first = campaign.first
    return Question(office.town, Stretch(first, max(first, office.today), campaign.label))


def summary(office: Office, campaign: Campaign) -> dict[str, Any]:
    """A campaign in a line."""
    asked, name = asked_of(office, campaign), campaign.label
    return {
        "code": name,
        "title": campaign.title or None,
        "vectors": list(campaign.vectors),
        "from": campaign.first.isoformat(),
        "to": campaign.last.isoformat(),
        "ticks": f"{ticks(asked, name).text}/{len(unified_of(office.town))}",
        "streets": streets(asked, name).text,
        "households": households(asked, name).text,
        "rooms": rooms(asked, name).text,
        "kg": kg(asked, name).text,
        "before": before(asked, name).text,
        "after": after(asked, name).text,
        "missing": len(missing(office.town, campaign)),
        "closed_on": day_text(campaign.closed_on) or None,
    }


def cover_rows(office: Office, campaign: Campaign) -> list[dict[str, Any]]:
    """The rows of a campaign, a zone each."""
    town = office.town
    rows = []
    for cover in sorted(campaign.covers, key=lambda c: town.zones[c.zone].code):
        unit = town.units.get(cover.unit or 0)
        row = {key: getattr(cover, key) for key in COVERS if key not in ("zone", "unit")}
        named = {"zone": town.zones[cover.zone].name, "unit": unit.name if unit else None}
        rows.append({key: (named | row)[key] for key in COVERS})
    return rows


@opens(json=True)
def list_(office: Office, json: bool = False) -> None:
    """行动列表."""
    rows = [summary(office, each) for each in all_(office.town)]
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
    told = summary(office, held)
    rows = cover_rows(office, held)
    if json:
        print_json(told | {"covers": rows})
        return
    print_table(
        [[name, cell(value)] for name, value in told.items() if value not in (None, "", [])],
        [_("Field"), _("Value")],
        flexible=1,
    )
    if rows:
        print()
        keys = [key for key in COVERS if any(row[key] is not None for row in rows)]
        print_table([[cell(row[k]) for k in keys] for row in rows], [COVERS[k] for k in keys])


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


@opens(saves=True)
def tick(
    office: Office,
    which: OneCampaign,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            show_default=False,
            help=_("用药, 投药时间, 技术方案, 检查标准; all where none is named."),
        ),
    ] = None,
    reference: Annotated[
        str,
        typer.Option("--reference", metavar="TEXT", show_default=False, help=_("What says so.")),
    ] = "",
    undone: Annotated[
        bool, typer.Option("--undone", show_default=False, help=_("It is not so after all."))
    ] = False,
    on: On = None,
) -> None:
    """四统一."""
    held: Campaign = record(office, "campaigns", which)
    day = office.day(on)
    office.commit(
        [
            Tick(campaign=held.id, name=name, on=day, reference=reference, undone=undone)
            for name in names or unified_of(office.town)
        ]
    )


def _pair(text: str, field: str, fields: dict[str, Any]) -> None:
    """Done and planned of 205/210, of 205 done alone, of /210 planned alone."""
    done, slash, plan = text.partition("/")
    if slash and plan:
        fields[f"{field}_plan"] = read_whole(plan, field)
    if done:
        fields[f"{field}_done"] = read_whole(done, field)


def _covering(name: str, told: str) -> Any:
    return typer.Option(name, metavar="DONE/PLAN", show_default=False, help=told)


@opens(saves=True)
def cover(
    office: Office,
    which: OneCampaign,
    zone: ZoneArgument,
    streets_: Annotated[str, _covering("--streets", _("Streets, done/planned."))] = "",
    households_: Annotated[str, _covering("--households", _("Households, done/planned."))] = "",
    rooms_: Annotated[str, _covering("--rooms", _("Rooms, done/planned."))] = "",
    bait: Annotated[str, _covering("--bait", _("Bait stations, in order/set up."))] = "",
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="UNIT", show_default=False, help=_("Who reports.")),
    ] = None,
    on: On = None,
) -> None:
    """填报."""
    held: Campaign = record(office, "campaigns", which)
    fields: dict[str, Any] = {}
    for field, text in (
        ("streets", streets_),
        ("households", households_),
        ("rooms", rooms_),
        ("bait", bait),
    ):
        if text:
            _pair(text, field, fields)
    if unit:
        fields["unit"] = office.unit(unit).id
    place: Zone = office.zone(zone)
    office.commit([CoverZone(campaign=held.id, zone=place.id, fields=fields, on=office.day(on))])


@opens(saves=True)
def drug(
    office: Office,
    which: OneCampaign,
    name: Annotated[
        str, typer.Argument(metavar="NAME", show_default=False, help=_("What was laid out."))
    ],
    amount: Annotated[
        str, typer.Argument(metavar="AMOUNT", show_default=False, help=_("How much: 86.5公斤."))
    ],
    reg_no: Annotated[
        str,
        typer.Option(
            "--reg-no", metavar="NO", show_default=False, help=_("Its registration number.")
        ),
    ] = "",
    lot: Annotated[
        str, typer.Option("--lot", metavar="NO", show_default=False, help=_("Its lot."))
    ] = "",
    zone: Annotated[
        str | None,
        typer.Option(
            "--zone",
            metavar="ZONE",
            show_default=False,
            help=_("Zone, by code or name."),
            autocompletion=complete_zones,
        ),
    ] = None,
    on: On = None,
) -> None:
    """投药."""
    held: Campaign = record(office, "campaigns", which)
    office.commit(
        [
            LayDrug(
                campaign=held.id,
                name=name,
                kg=amount,
                reg_no=reg_no,
                lot=lot,
                zone=office.zone(zone).id if zone else None,
                on=office.day(on),
            )
        ]
    )


@opens(saves=True)
def density(
    office: Office,
    which: OneCampaign,
    when: Annotated[
        str, typer.Argument(metavar="前|后", show_default=False, help=_("Before or after."))
    ],
    share: Annotated[
        str,
        typer.Argument(
            metavar="FOUND/CHECKED", show_default=False, help=_("Places with traces, of how many.")
        ),
    ],
    method: Annotated[
        str, typer.Option("--method", metavar="TEXT", show_default=False, help=_("By what method."))
    ] = "",
    vector: Annotated[
        str,
        typer.Option("--of", metavar="鼠|蟑|…", show_default=False, help=_("Of which; the first.")),
    ] = "",
    zone: Annotated[
        str | None,
        typer.Option(
            "--zone",
            metavar="ZONE",
            show_default=False,
            help=_("Zone, by code or name."),
            autocompletion=complete_zones,
        ),
    ] = None,
    on: On = None,
) -> None:
    """密度."""
    held: Campaign = record(office, "campaigns", which)
    found, checked = _share(share)
    office.commit(
        [
            CountTraces(
                campaign=held.id,
                vector=vector,
                when={"before": "前", "after": "后"}.get(when, when),
                method=method,
                found=found,
                checked=checked,
                zone=office.zone(zone).id if zone else None,
                on=office.day(on),
            )
        ]
    )


def _share(text: str) -> tuple[int, int]:
    part, _slash, whole = text.partition("/")
    found = read_whole(part, "found"), read_whole(whole, "checked")
    if found[0] is None or found[1] is None:
        raise RuleError("bad_amount", value=text)
    return found[0], found[1]


@opens(saves=True)
def sample(
    office: Office,
    which: OneCampaign,
    zone: ZoneArgument,
    share: Annotated[
        str,
        typer.Argument(
            metavar="MISSED/CHECKED", show_default=False, help=_("Rooms missed, of how many.")
        ),
    ],
    on: On = None,
) -> None:
    """抽查."""
    held: Campaign = record(office, "campaigns", which)
    missed, checked = _share(share)
    office.commit(
        [
            SampleRooms(
                campaign=held.id,
                zone=office.zone(zone).id,
                checked=checked,
                missed=missed,
                on=office.day(on),
            )
        ]
    )


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
    bring_in_sheet(
        office,
        file,
        HEADERS,
        ("zone",),
        CoverRows(office, held).actions,
        map_=map_ or (),
        sheet=sheet,
        encoding=encoding,
        dry_run=dry_run,
    )


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
