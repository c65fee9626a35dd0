"""`zg shop`: 门前三包, its shops, agreements, plates and checks."""

from typing import Annotated, Any

import typer

from core.measures.subjects.shops import flag, mean_text
from core.model import Shop
from core.registers.shops import SHOPS
from core.stats.shares import in_points
from core.words.dates import iso
from core.year.choosing.shops import keep_shops
from tui.cli.faces.face import Face
from tui.cli.faces.group import group_of
from tui.cli.frame.office import Office
from tui.cli.frame.opening import opens
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import cell_text, print_json, print_table
from tui.cli.year.credit import credit
from tui.cli.year.options import OneShop, record
from tui.cli.year.shop_steps import check, close, plate, sign, transfer
from tui.words.i18n import _
from tui.words.tables.rows import open_items, shop_cells, shop_heads
from tui.words.texts import name_of

COMMANDS = Commands(own=("shop",))
Filter = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORD]...",
        show_default=False,
        help=_(
            "Words, zone: trade: flag:red|black score:<60 unsigned unposted closed; all open ones by default."
        ),
    ),
]


def values(office: Office, shop: Any) -> dict[str, Any]:
    """What a shop is told to be today beside what it is."""
    held = shop.agreement_on(office.today) or next(reversed(shop.agreements), None)
    posted = shop.plate_on if shop.posted_on(office.today) else None
    return {
        "signed_on": held.signed_on if held else None,
        "until": held.until if held else None,
        "plate_on": posted,
    }


@opens(json=True)
def list_(office: Office, words: Filter = None, json: bool = False) -> None:
    """商户列表."""
    keep = keep_shops(words or [], office.town, office.today)
    held = sorted((s for s in office.town.all(Shop) if s.active and keep(s)), key=lambda s: s.id)
    settings = office.town.settings
    if json:
        print_json(
            [
                FACE.row(office, s, contacts=False)
                | {
                    "flag": flag(s, office.today, settings) or None,
                    "mean": mean_text(s, office.today) or None,
                    "open_items": open_items(office.town, s),
                }
                for s in held
            ]
        )
        return
    heads = [FACE.label("code"), FACE.label("name"), name_of("zone"), FACE.label("trade")]
    rows = [shop_cells(office.town, shop, office.today) for shop in held]
    print_table(rows, [*heads, *shop_heads()], flexible=1)


@opens(json=True)
def show(office: Office, which: OneShop, json: bool = False) -> None:
    """商户."""
    shop: Shop = record(office, "shops", which, retired=True)
    row = FACE.row(office, shop, contacts=True)
    checks = [
        {
            "on": c.on.isoformat(),
            "score": in_points(c.score),
            "inspector": office.town.person(c.inspector),
            "finding": c.finding or None,
        }
        for c in shop.checks
    ]
    if json:
        agreements = [
            {"signed_on": iso(a.signed_on), "until": iso(a.until) or None} for a in shop.agreements
        ]
        print_json(row | {"agreements": agreements, "checks": checks})
        return
    told = [[FACE.label(k), cell_text(v)] for k, v in row.items() if v not in (None, "", [])]
    told += [
        [_("Agreement"), f"{iso(a.signed_on)} – {iso(a.until) or _('open')}"]
        for a in shop.agreements
    ]
    told += [
        [_("Check"), " ".join(filter(None, (c["on"], c["score"], c["inspector"], c["finding"])))]
        for c in checks
    ]
    print_table(told, [_("Field"), _("Value")], flexible=1)


def _added(_office: Office, _fields: dict[str, Any], changes: Any) -> None:
    print(changes.of("shops")[0].new.label)


FACE = Face(
    register=SHOPS,
    help=_("门前三包: shops, their agreements, plates and checks."),
    helps={
        "list": _("List shops with their agreements, plates and flags."),
        "import": _("Bring a list of shops in, with agreements and plates."),
        "export": _("Write the list of shops."),
    },
    which=OneShop,
    find=lambda office, text, retired=False: record(office, "shops", text, retired=retired),
    values=values,
    listing=list_,
    added=_added,
    without=("retire", "show"),
    own=(
        ("show", _("Show one shop whole."), show),
        ("sign", _("Sign the agreement with shops; until the end of its year by default."), sign),
        ("plate", _("Say that plates hang, or were taken down."), plate),
        ("check", _("Enter a check, 0 to 100 points."), check),
        ("transfer", _("Somebody else keeps it: the agreement ends the day before."), transfer),
        ("close", _("Say that a shop has closed."), close),
        ("credit", _("Write the credit record for the market office, with its letter."), credit),
    ),
)
COMMANDS.group("shop", lambda: group_of(FACE))
