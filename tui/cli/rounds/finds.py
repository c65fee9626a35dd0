"""`zg round visit|find|waive|mark`: what is seen and found."""

from typing import Annotated

import typer

from core.actions.rounds import AddFind, DropFind, MarkUnit, VisitZone, WaiveFind
from core.errors import RuleError
from core.model import Find
from core.stats.scoring.round_sheet import sheet_of
from core.stats.shares import read_points
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import (
    Category,
    Note,
    On,
    Reason,
    Severity,
    complete_numbers,
    complete_units,
    complete_zones,
)
from tui.cli.rounds.options import RoundNumber, round_of
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.rounds.figures import factor_name

ZoneName = Annotated[
    str,
    typer.Argument(
        metavar="ZONE",
        show_default=False,
        help=_("Zone, by code or name."),
        autocompletion=complete_zones,
    ),
]
FindId = Annotated[
    int,
    typer.Argument(
        metavar="FIND", show_default=False, help=_("Number of a find, as show lists it.")
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="LOGIN",
        show_default=False,
        help=_("The inspector, where somebody else enters it."),
    ),
]
FoundText = Annotated[
    str, typer.Argument(metavar="[TEXT]", show_default=False, help=_("What was found."))
]
About = Annotated[
    str,
    typer.Option(
        "--item",
        metavar="NUMBER",
        show_default=False,
        help=_("It is about this item."),
        autocompletion=complete_numbers,
    ),
]
NoItem = Annotated[
    bool,
    typer.Option("--no-item", show_default=False, help=_("Slight, or put right at once: no item.")),
]
Where = Annotated[
    str, typer.Option("--location", metavar="TEXT", show_default=False, help=_("Where it is."))
]
Deduct = Annotated[
    str,
    typer.Option(
        "--deduct",
        metavar="N",
        show_default=False,
        help=_("Points for one place; by its rule by default."),
    ),
]
Places = Annotated[int, typer.Option("--count", metavar="N", min=1, help=_("How many places."))]
Times = Annotated[
    str,
    typer.Option(
        "--factor",
        metavar="N",
        show_default=False,
        help=_("How often it counts; as proposed by default."),
    ),
]
Twin = Annotated[
    str,
    typer.Option(
        "--twin",
        metavar="NUMBER",
        show_default=False,
        help=_("The item it repeats."),
        autocompletion=complete_numbers,
    ),
]
From = Annotated[
    str,
    typer.Option(
        "--source",
        metavar="TEXT",
        show_default=False,
        help=_("Where it came from, if not from the round."),
    ),
]


@opens(saves=True)
def visit(
    office: Office,
    number: RoundNumber,
    zone: ZoneName,
    unseen: Annotated[
        bool, typer.Option("--unseen", show_default=False, help=_("It was not seen; say --why."))
    ] = False,
    why: Annotated[
        str,
        typer.Option("--why", metavar="TEXT", show_default=False, help=_("Why it was not seen.")),
    ] = "",
    na: Annotated[
        list[str] | None,
        typer.Option(
            "--na",
            metavar="CATEGORY",
            show_default=False,
            help=_("A category that does not apply there; may be repeated, - for none."),
        ),
    ] = None,
    by: By = "",
    on: On = None,
) -> None:
    """看过或没看."""
    held = round_of(office, number)
    none = None if na is None else tuple(c for c in na if c != "-")
    action = VisitZone(
        round=held.id,
        zone=office.zone(zone).id,
        seen=not unseen,
        why=why,
        na=none,
        by=office.login_of(by) if by else "",
        on=office.day(on),
    )
    office.commit([action])


@opens(saves=True)
def find(
    office: Office,
    number: RoundNumber,
    zone: ZoneName,
    text: FoundText = "",
    item: About = "",
    no_item: NoItem = False,
    category: Category = "",
    location: Where = "",
    deduct: Deduct = "",
    count: Places = 1,
    factor: Times = "",
    twin: Twin = "",
    severity: Severity = "",
    source: From = "",
    note: Note = "",
    by: By = "",
    on: On = None,
) -> None:
    main, sub = office.kind(category)
    action = AddFind(
        round=round_of(office, number).id,
        zone=office.zone(zone).id,
        category=main,
        subcategory=sub,
        item=_item(office, item),
        itemless=no_item,
        location=location,
        text=text,
        severity=severity,
        source=source,
        deduct=read_points(deduct),
        count=count,
        factor=read_points(factor),
        twin=_item(office, twin),
        note=note,
        by=office.login_of(by) if by else "",
        on=office.day(on),
    )
    _enter(office, action)


def _item(office: Office, number: str) -> int | None:
    return office.items([number])[0].id if number else None


def _enter(office: Office, action: AddFind) -> None:
    office.repository.load_closed()
    changes = office.commit([action])
    for change in changes.of("finds"):
        if isinstance(change.new, Find):
            _tell(office, change.new)


def _tell(office: Office, found: Find) -> None:
    """The number of the item, what it takes off and why; what the zone has now."""
    held = office.town.rounds[found.round]
    sheet = sheet_of(office.town, held)
    row = sheet.row(found.zone)
    entry = next(e for e in row.finds if e.find == found.id) if row else None
    if entry is None or row is None:
        return
    print(entry.number or f"#{found.id}")
    why = f"（{factor_name(entry.factor_why)}）" if entry.factor_why else ""
    talk(
        shown(
            _("{off} off{why}; {zone} now {score}").format(
                off=f"{entry.off / 10000:g}", why=why, zone=row.code, score=sheet.printed(row)
            )
        )
    )


@opens(saves=True)
def waive(office: Office, key: FindId, reason: Reason = "") -> None:
    """免扣."""
    office.commit([WaiveFind(find=key, reason=reason)])


@opens(saves=True)
def drop(office: Office, key: FindId, reason: Reason = "") -> None:
    """记错的扣分."""
    office.commit([DropFind(find=key, reason=reason)])


@opens(saves=True)
def mark(
    office: Office,
    number: RoundNumber,
    unit: Annotated[
        str,
        typer.Argument(
            metavar="UNIT",
            show_default=False,
            help=_("Unit, by name or alias."),
            autocompletion=complete_units,
        ),
    ],
    points: Annotated[
        str, typer.Argument(metavar="POINTS", show_default=False, help=_("0 to 10."))
    ],
    note: Note = "",
) -> None:
    """资料得分."""
    held, given = round_of(office, number), read_points(points, "points")
    if given is None:
        raise RuleError("bad_number", value=points)
    office.commit([MarkUnit(round=held.id, unit=office.unit(unit).id, points=given, note=note)])
