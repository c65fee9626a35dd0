"""`zg zone fact` and `zg zone split`: what a zone is told to be, and one divided into several."""

import re
from typing import Annotated

import typer

from core.actions.year import SplitZone, TellFacts
from core.errors import RuleError
from core.model import FACTS, Shop, Zone
from core.year.zone_words import read_facts, read_parts
from tui.cli.frame.completing import of_words
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On, complete_zones
from tui.cli.frame.tables import print_json, print_table
from tui.cli.year.options import record
from tui.words.i18n import _

WhichZone = Annotated[
    str,
    typer.Argument(
        metavar="ZONE",
        show_default=False,
        help=_("Code or name of a zone."),
        autocompletion=complete_zones,
    ),
]
SaidFacts = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME=NUMBER]...",
        show_default=False,
        help=_("What is told: 户数=320 人口=1102 面积=350000; nothing shows what is known."),
        autocompletion=of_words([f"{name}=" for name in FACTS]),
    ),
]
Into = Annotated[
    list[str] | None,
    typer.Option(
        "--into",
        metavar="CODE=NAME",
        show_default=False,
        help=_("A new zone; at least two, the first takes what nobody names."),
    ),
]
Move = Annotated[
    list[str] | None,
    typer.Option(
        "--move",
        metavar="CODE:NUMBER,…",
        show_default=False,
        help=_("Open items and shops that go to another part than the first."),
    ),
]


@opens(saves=True, json=True)
def fact(
    office: Office, zone: WhichZone, facts: SaidFacts = None, on: On = None, json: bool = False
) -> None:
    """概况."""
    held: Zone = office.any_zone(zone)
    if not facts:
        _told(office, held, json=json)
        return
    told = read_facts(facts)
    office.commit([TellFacts(zone=held.id, facts=told, on=office.day(on))])


def _told(office: Office, zone: Zone, *, json: bool) -> None:
    rows = []
    for name in FACTS:
        known = zone.fact_on(name, office.today)
        if known is not None:
            day = known.on.isoformat() if known.on.year > 1 else None
            rows.append({"fact": name, "value": known.value, "on": day})
    if json:
        print_json(rows)
        return
    print_table(
        [[str(r["fact"]), f"{r['value']:g}", str(r["on"] or "")] for r in rows],
        [_("Fact"), _("Value"), _("Day")],
    )


@opens(saves=True)
def split(
    office: Office, zone: WhichZone, into: Into = None, move: Move = None, on: On = None
) -> None:
    """拆分."""
    held = office.zone(zone)
    parts = read_parts(into or (), held.name)
    codes = [str(part["code"]).upper() for part in parts]
    moves: dict[int, int] = {}
    shops: dict[int, int] = {}
    for each in move or ():
        code, _colon, numbers = each.replace("：", ":").partition(":")
        if code.upper() not in codes or not numbers:
            raise RuleError("no_part", value=code)
        at = codes.index(code.upper())
        for number in filter(None, re.split("[,，、]", numbers)):
            if number.upper().startswith("S-"):
                shop: Shop = record(office, "shops", number)
                shops[shop.id] = at
            else:
                moves[office.items([number])[0].id] = at
    action = SplitZone(
        zone=held.id, parts=tuple(parts), moves=moves, shops=shops, on=office.day(on)
    )
    changes = office.commit([action])
    talk(
        _("{items} open items and {shops} shops have gone to the parts.").format(
            items=len(changes.of("items")), shops=len(changes.of("shops"))
        )
    )
