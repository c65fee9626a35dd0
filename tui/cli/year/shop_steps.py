"""What is done with shops: signed, posted, checked, handed on, closed."""

from datetime import date
from typing import Annotated

import typer

from core.actions.year import CheckShop, CloseShop, PlateShops, SignShops, TransferShop
from core.errors import Incomplete, RuleError
from core.model import Shop, Shows
from core.stats.shares import hundredths
from core.year.choosing.shops import keep_shops, plated
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Category, On, Photos
from tui.cli.year.options import Evidence, OneShop, kept, record
from tui.terminal.display import shown
from tui.words.i18n import _, ngettext

Several = Annotated[
    list[str],
    typer.Argument(
        metavar="SHOP...",
        show_default=False,
        help=_("Numbers or names; or words that choose: zone:Z01 trade:餐饮 unsigned unposted."),
    ),
]


def several(office: Office, words: list[str], on: date | None = None) -> list[Shop]:
    """The shops numbers and names stand for, or those that words choose, as they are on a day. Raises `NotFound`, `RuleError`."""
    try:
        return [record(office, "shops", word) for word in words]
    except RuleError as error:
        keep = keep_shops(words, office.town, on or office.today)
        found = [s for s in office.town.all(Shop) if s.active and keep(s)]
        if not found:
            raise error
        return found


Until = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="DATE|open",
        show_default=False,
        help=_("The last day it holds; the end of its year by default."),
    ),
]
Score = Annotated[
    float | None,
    typer.Argument(metavar="[POINTS]", show_default=False, help=_("0 to 100.")),
]
Finding = Annotated[
    str, typer.Option("--finding", metavar="TEXT", show_default=False, help=_("What was seen."))
]
Off = Annotated[
    list[str] | None,
    typer.Option(
        "--off",
        metavar="REASON=POINTS",
        show_default=False,
        help=_("Points taken off, and why; may be repeated."),
    ),
]
Report = Annotated[
    bool,
    typer.Option("--report", show_default=False, help=_("Report it as a problem as well.")),
]
By = Annotated[
    str, typer.Option("--by", metavar="LOGIN", show_default=False, help=_("Who inspected."))
]
Name = Annotated[
    str | None,
    typer.Option("--name", metavar="TEXT", show_default=False, help=_("Its new sign.")),
]
Keeper = Annotated[
    str | None,
    typer.Option("--keeper", metavar="POST", show_default=False, help=_("The post in charge.")),
]
Phone = Annotated[
    str | None,
    typer.Option("--phone", metavar="TEXT", show_default=False, help=_("Telephone.")),
]
CreditNo = Annotated[
    str | None,
    typer.Option("--credit-no", metavar="NO", show_default=False, help=_("Its credit number.")),
]


@opens(saves=True)
def sign(
    office: Office,
    which: Several,
    on: On = None,
    until: Until = None,
    file: Evidence = None,
) -> None:
    """签责任书."""
    day = office.day(on)
    shops = several(office, which, day)
    files = kept(office, file)
    open_ = until in ("open", "长期")
    last = None if open_ else office.day(until, "until")
    office.commit(
        [
            SignShops(
                shops=tuple(s.id for s in shops),
                on=day,
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
    shops, day = several(office, which), office.day(on)
    fitting = plated(shops, day or office.today, down=down)
    if len(fitting) < len(shops):
        told = _("{count} of them have no plate and are left as they are.")
        if not down:
            told = _("{count} of them have their plate already and are left as they are.")
        talk(told.format(count=len(shops) - len(fitting)))
    office.commit([PlateShops(shops=tuple(s.id for s in fitting), on=day, down=down)])


@opens(saves=True)
def check(
    office: Office,
    which: OneShop,
    score: Score = None,
    finding: Finding = "",
    off: Off = None,
    report: Report = False,
    category: Category = "",
    photo: Photos = None,
    on: On = None,
    by: By = "",
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
        files=tuple(office.keep(path, Shows.BEFORE) for path in photo or ()),
    )
    changes = office.commit([action])
    items = changes.of("items")
    if items:
        print(getattr(items[0].new, "label", ""))
        return
    _proposed(office, shop.id)


def _proposed(office: Office, key: int) -> None:
    """That a check below the black line could be reported as a problem."""
    shop = office.town.tables["shops"][key]
    limit = office.town.settings.shop_black
    if isinstance(shop, Shop) and shop.checks[-1].score < limit * 100:
        command = f"zg shop check {shown(shop.label)} … --report"
        told = _("Below {limit}: report it as a problem with {command}.")
        talk(told.format(limit=limit, command=command))


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
    name: Name = None,
    keeper: Keeper = None,
    phone: Phone = None,
    credit_no: CreditNo = None,
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
