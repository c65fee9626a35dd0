"""`zg shop`: 门前三包, its shops, agreements, plates and checks."""

from typing import Annotated, Any

import typer

from core.actions import CheckShop, CloseShop, PlateShops, SignShops, TransferShop
from core.errors import Incomplete, RuleError
from core.measures.of_shops import flag, mean_text
from core.model import OPEN_STATES, Shop
from core.registers.shops import SHOPS
from core.stats.figures import hundredths, in_points
from core.year.choosing import keep_shops
from tui.cli.frame.office import Office, print_json, print_table, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Category, On, Photos
from tui.cli.frame.registry import Commands
from tui.cli.registers.face import Face
from tui.cli.registers.group import group_of
from tui.cli.year.credit import credit
from tui.cli.year.options import Evidence, OneShop, day_text, kept, record
from tui.cli.year.shop_rows import ShopRows, left_out
from tui.terminal.display import shown
from tui.words.i18n import _, ngettext
from tui.words.texts import name_of

COMMANDS = Commands()
Several = Annotated[
    list[str],
    typer.Argument(
        metavar="SHOP...",
        show_default=False,
        help=_("Numbers or names; or words that choose: zone:Z01 trade:餐饮 unsigned unposted."),
    ),
]
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


def several(office: Office, words: list[str]) -> list[Shop]:
    """The shops numbers and names stand for, or those that words choose. Raises `NotFound`, `RuleError`."""
    try:
        return [record(office, "shops", word) for word in words]
    except RuleError as error:
        keep = keep_shops(words, office.town, office.today)
        found = [s for s in office.town.all(Shop) if s.active and keep(s)]
        if not found:
            raise error
        return found


def values(office: Office, shop: Any) -> dict[str, Any]:
    """What a shop is told to be today beside what it is."""
    held = shop.agreement_on(office.today) or next(reversed(shop.agreements), None)
    posted = shop.plate_on if shop.posted_on(office.today) else None
    return {
        "signed_on": held.signed_on if held else None,
        "until": held.until if held else None,
        "plate_on": posted,
    }


def open_items(office: Office, shop: Shop) -> int:
    """Problems found at a shop that are not struck off."""
    keys = {check.item for check in shop.checks if check.item is not None}
    held = (office.town.items.get(key) for key in keys)
    return sum(item is not None and item.state in OPEN_STATES for item in held)


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
                    "open_items": open_items(office, s),
                }
                for s in held
            ]
        )
        return
    rows = []
    for shop in held:
        agreement = shop.agreement_on(office.today)
        until = _("open") if agreement and agreement.until is None else ""
        if agreement and agreement.until:
            until = agreement.until.isoformat()
        expired = bool(shop.agreements) and agreement is None
        zone = office.town.zones.get(shop.zone)
        rows.append(
            [
                shop.label,
                shop.name,
                zone.name if zone else "",
                shop.trade,
                until or (_("expired") if expired else _("unsigned")),
                _("yes") if shop.posted_on(office.today) else _("no"),
                mean_text(shop, office.today),
                flag(shop, office.today, settings),
                str(open_items(office, shop) or ""),
            ]
        )
    print_table(
        rows,
        [
            FACE.label("code"),
            FACE.label("name"),
            name_of("zone"),
            FACE.label("trade"),
            _("Agreement until"),
            _("Plate"),
            _("Mean"),
            _("Flag"),
            _("Problems"),
        ],
        flexible=1,
    )


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
            {"signed_on": day_text(a.signed_on), "until": day_text(a.until) or None}
            for a in shop.agreements
        ]
        print_json(row | {"agreements": agreements, "checks": checks})
        return
    told = [[FACE.label(k), str(v)] for k, v in row.items() if v not in (None, "", [])]
    told += [
        [_("Agreement"), f"{day_text(a.signed_on)} – {day_text(a.until) or _('open')}"]
        for a in shop.agreements
    ]
    told += [
        [_("Check"), " ".join(filter(None, (c["on"], c["score"], c["inspector"], c["finding"])))]
        for c in checks
    ]
    print_table(told, [_("Field"), _("Value")], flexible=1)


@opens(saves=True)
def sign(
    office: Office,
    which: Several,
    on: On = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE|open",
            show_default=False,
            help=_("The last day it holds; the end of its year by default."),
        ),
    ] = None,
    file: Evidence = None,
) -> None:
    """签责任书."""
    shops = several(office, which)
    files = kept(office, file)
    open_ = until in ("open", "长期")
    last = None if open_ else office.day(until, "until")
    office.commit(
        [
            SignShops(
                shops=tuple(s.id for s in shops),
                on=office.day(on),
                until=last,
                open=open_,
                files=files,
            )
        ]
    )
    count = len(shops)
    talk(
        ngettext("{count} agreement signed.", "{count} agreements signed.", count).format(
            count=count
        )
    )


@opens(saves=True)
def plate(
    office: Office,
    which: Several,
    on: On = None,
    down: Annotated[
        bool, typer.Option("--down", show_default=False, help=_("It was taken down."))
    ] = False,
) -> None:
    """挂牌."""
    shops = several(office, which)
    office.commit([PlateShops(shops=tuple(s.id for s in shops), on=office.day(on), down=down)])


@opens(saves=True)
def check(
    office: Office,
    which: OneShop,
    score: Annotated[
        float | None,
        typer.Argument(metavar="[POINTS]", show_default=False, help=_("0 to 100.")),
    ] = None,
    finding: Annotated[
        str, typer.Option("--finding", metavar="TEXT", show_default=False, help=_("What was seen."))
    ] = "",
    off: Annotated[
        list[str] | None,
        typer.Option(
            "--off",
            metavar="REASON=POINTS",
            show_default=False,
            help=_("Points taken off, and why; may be repeated."),
        ),
    ] = None,
    report: Annotated[
        bool,
        typer.Option("--report", show_default=False, help=_("Report it as a problem as well.")),
    ] = False,
    category: Category = "",
    photo: Photos = None,
    on: On = None,
    by: Annotated[
        str, typer.Option("--by", metavar="LOGIN", show_default=False, help=_("Who inspected."))
    ] = "",
) -> None:
    """检查."""
    shop: Shop = record(office, "shops", which)
    if score is None and not off:
        raise Incomplete("nothing_given")
    main, sub = office.kind(category)
    action = CheckShop(
        shop=shop.id,
        on=office.day(on),
        score=None if score is None else hundredths(score),
        deductions=dict(map(_deduction, off or ())),
        finding=finding,
        by=office.login_of(by) if by else "",
        report=report,
        category=main,
        subcategory=sub,
        photos=tuple(photo or ()),
    )
    changes = office.commit([action])
    items = changes.of("items")
    if items:
        print(getattr(items[0].new, "label", ""))
        return
    after = office.town.tables["shops"][shop.id]
    assert isinstance(after, Shop)
    settings = office.town.settings
    if after.checks[-1].score < settings.shop_black * 100:
        command = f"zg shop check {shown(shop.label)} … --report"
        talk(
            _("Below {limit}: report it as a problem with {command}.").format(
                limit=settings.shop_black, command=command
            )
        )


def _deduction(text: str) -> tuple[str, int]:
    reason, _equals, points = text.replace("＝", "=").rpartition("=")
    try:
        return reason, hundredths(float(points))
    except ValueError:
        raise RuleError("bad_pair", value=text) from None


@opens(saves=True)
def transfer(
    office: Office,
    which: OneShop,
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="TEXT", show_default=False, help=_("Its new sign.")),
    ] = None,
    keeper: Annotated[
        str | None,
        typer.Option("--keeper", metavar="POST", show_default=False, help=_("The post in charge.")),
    ] = None,
    phone: Annotated[
        str | None,
        typer.Option("--phone", metavar="TEXT", show_default=False, help=_("Telephone.")),
    ] = None,
    credit_no: Annotated[
        str | None,
        typer.Option("--credit-no", metavar="NO", show_default=False, help=_("Its credit number.")),
    ] = None,
    on: On = None,
) -> None:
    """换人."""
    shop: Shop = record(office, "shops", which)
    said = {"name": name, "keeper": keeper, "phone": phone, "credit_no": credit_no}
    fields = {k: v for k, v in said.items() if v is not None}
    office.commit([TransferShop(shop=shop.id, on=office.day(on), fields=fields)])


@opens(saves=True)
def close(office: Office, which: OneShop, on: On = None) -> None:
    """停业."""
    shop: Shop = record(office, "shops", which)
    office.commit([CloseShop(shop=shop.id, on=office.day(on))])


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
    needed=("name",),
    reader=lambda office: ShopRows(office).actions,
    doubts=lambda office: lambda cells: left_out(office, cells),
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
