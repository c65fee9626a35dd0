"""`zg pledge`: what units promise for a year."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import typer

from core.actions.year import SignPledge
from core.errors import NotFound, RuleError
from core.measures.indicators import indicator
from core.measures.progress import targets_of
from core.measures.subjects.archive import year_of
from core.measures.subjects.office_work import pledges_of
from core.measures.subjects.standard_points import owing_pledges
from core.model import Pledge
from core.words.amounts import written
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On, complete_units
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.frame.wanted import Wanted
from tui.cli.year.options import Evidence, indicator_of, kept
from tui.words.i18n import _
from tui.words.texts import listed

COMMANDS = Commands()
HEADERS = {
    "number": "责任书编号",
    "year": "年度",
    "unit": "责任单位",
    "signed_on": "签订日期",
    "signer_post": "签订人职务",
    "lines": "目标",
    "text": "其他承诺",
}
YearOption = Annotated[
    int | None,
    typer.Option("--year", metavar="YEAR", show_default=False, help=_("Which; this year.")),
]


def row_of(office: Office, pledge: Pledge) -> dict[str, Any]:
    """A pledge as data."""
    unit = office.town.units.get(pledge.unit)
    told = []
    for code, value in pledge.lines.items():
        held = indicator(office.town, code)
        told.append(f"{held.name if held else code}{written(value)}{held.unit if held else ''}")
    return {
        "number": pledge.label,
        "year": pledge.year,
        "unit": unit.name if unit else None,
        "signed_on": pledge.signed_on,
        "signer_post": pledge.signer_post or None,
        "lines": "、".join(told) or None,
        "text": pledge.text or None,
    }


@opens(json=True)
def list_(office: Office, year: YearOption = None, json: bool = False) -> None:
    """责任书列表."""
    window = year_of(year or office.today.year, office.today)
    held = pledges_of(office.town, window)
    rows = [row_of(office, each) for each in held]
    owing = [office.town.units[u].name for u in owing_pledges(office.town, window)]
    if json:
        print_json({"signed": rows, "unsigned": owing})
        return
    keys = ("number", "unit", "signed_on", "lines", "text")
    print_table(
        [["" if row[k] is None else str(row[k]) for k in keys] for row in rows],
        [HEADERS[k] for k in keys],
        flexible=3,
    )
    if owing:
        talk(_("Not signed: {units}").format(units=listed(owing)))
    _shared_out(office, held, window.year)


def _shared_out(office: Office, held: list[Pledge], year: int) -> None:
    """What of each target is promised by nobody (未分解)."""
    sums: dict[str, Decimal] = {}
    for pledge in held:
        for code, value in pledge.lines.items():
            sums[code] = sums.get(code, Decimal(0)) + value
    for code, value in sorted(sums.items()):
        one = indicator(office.town, code)
        told = targets_of(one, year, office.today) if one else ()
        if one is None or not told or told[-1].value == value:
            continue
        rest = told[-1].value - value
        text = (
            _("{indicator}: {rest} of {target} is promised by nobody.")
            if rest > 0
            else _("{indicator}: {rest} more than the target {target} is promised.")
        )
        talk(
            text.format(
                indicator=f"{code} {one.name}",
                rest=f"{written(abs(rest))}{one.unit}",
                target=f"{written(told[-1].value)}{one.unit}",
            )
        )


Unit = Annotated[
    str,
    typer.Argument(
        metavar="UNIT",
        show_default=False,
        help=_("Unit, by name or alias."),
        autocompletion=complete_units,
    ),
]
Lines = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[INDICATOR=AMOUNT]...",
        show_default=False,
        help=_("What it promises: A01=1200."),
    ),
]
Post = Annotated[
    str,
    typer.Option("--post", metavar="POST", show_default=False, help=_("Who signed, by post.")),
]
Text = Annotated[
    str,
    typer.Option("--text", metavar="TEXT", show_default=False, help=_("What else it says.")),
]


def _signing(*, again: bool) -> Callable[..., None]:
    """The command that signs a pledge; `again` where there must be one of the year that it takes the place of."""

    @opens(saves=True)
    def sign(
        office: Office,
        unit: Unit,
        lines: Lines = None,
        year: YearOption = None,
        post: Post = "",
        text: Text = "",
        file: Evidence = None,
        on: On = None,
    ) -> None:
        """签责任书."""
        day, held = office.day(on), office.unit(unit)
        wanted = year or (day or office.today).year
        signed = pledges_of(office.town, year_of(wanted, office.today))
        if again and all(pledge.unit != held.id for pledge in signed):
            raise NotFound("no_pledge", value=held.name, year=wanted)
        action = SignPledge(
            unit=held.id,
            year=wanted,
            lines=dict(_line(office, each) for each in lines or ()),
            post=post,
            text=text,
            files=kept(office, file),
            on=day,
        )
        made: Any = office.commit([action]).of("pledges")[0].new
        print(made.label)

    return sign


def _line(office: Office, text: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.+?)\s*[=＝:：]\s*(.+)", text)
    if found is None:
        raise RuleError("bad_pair", value=text)
    return indicator_of(office, found[1]).code, found[2]


@opens(writes=True)
def export(office: Office, wanted: Wanted, year: YearOption = None) -> None:
    """导出."""
    window = year_of(year or office.today.year, office.today)
    rows = [row_of(office, each) for each in pledges_of(office.town, window)]
    asked = (
        wanted if wanted.output or wanted.columns or wanted.form else wanted._replace(output="-")
    )
    asked.taken(rows, HEADERS, "目标责任书")


def _group() -> Any:
    group = typer.Typer(help=_("Pledges of units for a year."), no_args_is_help=True)
    for name, help_text, function in (
        (
            "list",
            _("List the pledges of a year, who has not signed, and what nobody promised."),
            list_,
        ),
        (
            "sign",
            _("Sign a unit's pledge; a later one of its year takes the place of it."),
            _signing(again=False),
        ),
        (
            "replace",
            _("Sign another pledge in place of the one of the year."),
            _signing(again=True),
        ),
        ("export", _("Write the pledges of a year to a file."), export),
    ):
        group.command(name, help=help_text)(function)
    return group


COMMANDS.group("pledge", _group)
