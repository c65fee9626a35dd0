"""What is entered of a campaign: coverage, drugs, counts of traces."""

from typing import Annotated, Any

import typer

from core.actions.year import CountTraces, CoverZone, LayDrug, SampleRooms, Tick
from core.measures.subjects.campaigns import (
    unified_of,
)
from core.model import Campaign, Zone
from core.words.cells import read_share, read_whole
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On, complete_zones
from tui.cli.year.options import OneCampaign, record
from tui.words.i18n import _

ZoneArgument = Annotated[
    str,
    typer.Argument(
        metavar="ZONE",
        show_default=False,
        help=_("Code or name of a zone."),
        autocompletion=complete_zones,
    ),
]


Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...",
        show_default=False,
        help=_("用药, 投药时间, 技术方案, 检查标准; all where none is named."),
    ),
]
Reference = Annotated[
    str,
    typer.Option("--reference", metavar="TEXT", show_default=False, help=_("What says so.")),
]
Undone = Annotated[
    bool, typer.Option("--undone", show_default=False, help=_("It is not so after all."))
]


def _covering(name: str, told: str) -> Any:
    return typer.Option(name, metavar="DONE/PLAN", show_default=False, help=told)


Streets = Annotated[str, _covering("--streets", _("Streets, done/planned."))]
Households = Annotated[str, _covering("--households", _("Households, done/planned."))]
Rooms = Annotated[str, _covering("--rooms", _("Rooms, done/planned."))]
Bait = Annotated[str, _covering("--bait", _("Bait stations, in order/set up."))]
Unit = Annotated[
    str | None,
    typer.Option("--unit", metavar="UNIT", show_default=False, help=_("Who reports.")),
]
Name = Annotated[
    str, typer.Argument(metavar="NAME", show_default=False, help=_("What was laid out."))
]
Amount = Annotated[
    str, typer.Argument(metavar="AMOUNT", show_default=False, help=_("How much: 86.5公斤."))
]
RegNo = Annotated[
    str,
    typer.Option("--reg-no", metavar="NO", show_default=False, help=_("Its registration number.")),
]
Lot = Annotated[str, typer.Option("--lot", metavar="NO", show_default=False, help=_("Its lot."))]
ZoneDrug = Annotated[
    str | None,
    typer.Option(
        "--zone",
        metavar="ZONE",
        show_default=False,
        help=_("Zone, by code or name."),
        autocompletion=complete_zones,
    ),
]
When = Annotated[
    str, typer.Argument(metavar="前|后", show_default=False, help=_("Before or after."))
]
Share = Annotated[
    str,
    typer.Argument(
        metavar="FOUND/CHECKED", show_default=False, help=_("Places with traces, of how many.")
    ),
]
Method = Annotated[
    str, typer.Option("--method", metavar="TEXT", show_default=False, help=_("By what method."))
]
Vector = Annotated[
    str,
    typer.Option("--of", metavar="鼠|蟑|…", show_default=False, help=_("Of which; the first.")),
]
ZoneDensity = Annotated[
    str | None,
    typer.Option(
        "--zone",
        metavar="ZONE",
        show_default=False,
        help=_("Zone, by code or name."),
        autocompletion=complete_zones,
    ),
]
Share2 = Annotated[
    str,
    typer.Argument(
        metavar="MISSED/CHECKED", show_default=False, help=_("Rooms missed, of how many.")
    ),
]


@opens(saves=True)
def tick(
    office: Office,
    which: OneCampaign,
    names: Names = None,
    reference: Reference = "",
    undone: Undone = False,
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


@opens(saves=True)
def cover(
    office: Office,
    which: OneCampaign,
    zone: ZoneArgument,
    streets_: Streets = "",
    households_: Households = "",
    rooms_: Rooms = "",
    bait: Bait = "",
    unit: Unit = None,
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
    name: Name,
    amount: Amount,
    reg_no: RegNo = "",
    lot: Lot = "",
    zone: ZoneDrug = None,
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
    when: When,
    share: Share,
    method: Method = "",
    vector: Vector = "",
    zone: ZoneDensity = None,
    on: On = None,
) -> None:
    """密度."""
    held: Campaign = record(office, "campaigns", which)
    found, checked = read_share(share)
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


@opens(saves=True)
def sample(
    office: Office,
    which: OneCampaign,
    zone: ZoneArgument,
    share: Share2,
    on: On = None,
) -> None:
    """抽查."""
    held: Campaign = record(office, "campaigns", which)
    missed, checked = read_share(share)
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
