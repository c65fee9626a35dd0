"""`zg round plan|edit`: which rounds there will be, and of what."""

from typing import Annotated, Any

import typer

from core.actions.rounds import EditRound, PlanRound, PlanYear
from core.calendar.spans import read_year
from core.errors import Incomplete
from core.model import Round
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.options import complete_zones
from tui.cli.rounds.options import RoundNumber, kind_of_round, round_of
from tui.words.i18n import _

Zones = Annotated[
    list[str] | None,
    typer.Option(
        "--zone",
        metavar="ZONE",
        show_default=False,
        help=_("Only this zone; may be repeated."),
        autocompletion=complete_zones,
    ),
]
Categories = Annotated[
    list[str] | None,
    typer.Option(
        "--category",
        metavar="CATEGORY",
        show_default=False,
        help=_("Only this category; may be repeated."),
    ),
]
Team = Annotated[
    list[str] | None,
    typer.Option(
        "--team", metavar="LOGIN", show_default=False, help=_("Who inspects; may be repeated.")
    ),
]
Members = Annotated[
    str | None,
    typer.Option("--members", metavar="TEXT", show_default=False, help=_("Posts of guests.")),
]
Counts = Annotated[
    bool | None,
    typer.Option(
        "--counts/--no-counts",
        show_default=False,
        help=_("Whether it counts in the month's scores."),
    ),
]
PlanOn = Annotated[
    str | None,
    typer.Option(
        "--plan-on", metavar="DATE", show_default=False, help=_("The day it is planned for.")
    ),
]
Named = Annotated[
    str | None,
    typer.Option("--name", metavar="TEXT", show_default=False, help=_("What it is called.")),
]
Year = Annotated[
    str,
    typer.Argument(metavar="[YEAR]", show_default=False, help=_("The rounds of a whole year.")),
]
Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="专项|暗访|周末检查|月小查|…",
        show_default=False,
        help=_("One round of this kind."),
    ),
]


@opens(saves=True)
def plan(
    office: Office,
    year: Year = "",
    kind: Kind = "",
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE", show_default=False, help=_("The day it is planned for.")
        ),
    ] = None,
    name: Named = None,
    zones: Zones = None,
    categories: Categories = None,
    team: Team = None,
    members: Members = None,
    counts: Counts = None,
) -> None:
    """排计划."""
    if bool(year) == bool(kind):
        raise Incomplete("year_or_kind")
    if year:
        changes = office.commit([PlanYear(year=read_year(year, office.today))])
    else:
        planned = PlanRound(
            kind=kind_of_round(kind),
            plan_on=office.day(on) or office.today,
            name=name or "",
            zones=_zones(office, zones),
            categories=tuple(categories or ()),
            team=_logins(office, team),
            members=members or "",
            counts=counts,
        )
        changes = office.commit([planned])
    for change in changes.of("rounds"):
        assert isinstance(change.new, Round)
        print(f"{change.new.number}\t{change.new.plan_on.isoformat()}")


def _zones(office: Office, names: list[str] | None) -> tuple[int, ...]:
    return tuple(dict.fromkeys(office.zone(name).id for name in names or ()))


def _logins(office: Office, names: list[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(office.login_of(name) for name in names or ()))


@opens(saves=True)
def edit(
    office: Office,
    number: RoundNumber,
    plan_on: PlanOn = None,
    name: Named = None,
    zones: Zones = None,
    categories: Categories = None,
    team: Team = None,
    members: Members = None,
    counts: Counts = None,
) -> None:
    """改计划."""
    held = round_of(office, number)
    fields: dict[str, Any] = {
        "plan_on": office.day(plan_on, "plan_on"),
        "name": name,
        "zones": _zones(office, zones) if zones else None,
        "categories": tuple(categories) if categories else None,
        "team": _logins(office, team) if team else None,
        "members": members,
        "counts": counts,
    }
    fields = {key: value for key, value in fields.items() if value is not None}
    if not fields:
        raise Incomplete("nothing_given")
    office.commit([EditRound(round=held.id, fields=fields)])
