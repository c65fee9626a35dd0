"""`zg zone fact` and `zg zone split`: what a zone is told to be, and one divided into several."""

import re
from typing import Annotated, Any

import typer

from core.actions import SplitZone, TellFacts
from core.errors import Incomplete, RuleError
from core.model import FACTS, Shop, Zone
from core.words.cells import count_of, figure_of
from tui.cli.frame.office import Office, print_json, print_table, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On, complete_zones, of_words
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
    told: dict[str, float] = {}
    for each in facts:
        found = re.fullmatch(r"(.+?)\s*[=＝:：]\s*(.+)", each)
        if found is None or found[1] not in FACTS:
            name = found[1] if found else each
            raise RuleError("unknown_word", field="fact", value=name, expected=tuple(FACTS))
        read = figure_of if found[1] == "面积" else count_of
        number = read(found[1], found[2])
        if number is None:
            raise RuleError("bad_number", field=found[1], value=found[2])
        told[found[1]] = number
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
    parts = [_part(each) for each in into or ()]
    if len(parts) < 2:
        raise RuleError("one_part", value=held.name)
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


def _part(text: str) -> dict[str, Any]:
    code, equals, name = text.replace("＝", "=").partition("=")
    if not equals or not code.strip() or not name.strip():
        raise Incomplete("bad_pair", value=text)
    return {"code": code.strip(), "name": name.strip()}
