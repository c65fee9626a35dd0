"""`zg shop credit`: 诚信档案, the sheet and its letter for the market office (docs/year.md 2)."""

from pathlib import Path
from typing import Annotated, Any

import typer

from core.errors import NotAllowed
from core.measures.subjects.shops import RED, black_months, flag, mean_text
from core.model import OPEN_STATES, Role, Shop
from core.roles import acting_role
from core.stats.figures import in_points
from store.disk.files import check_target
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import save, write_rows
from store.papers.compose import chinese_day
from store.papers.paper import Block, Paper
from store.papers.word import as_docx
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.output import Force
from tui.whereabouts import expanded
from tui.words.i18n import _

HEADERS = {
    "code": "编号",
    "name": "名称",
    "credit_no": "统一社会信用代码",
    "address": "地址",
    "zone": "责任区",
    "signed_on": "责任书签订日",
    "until": "有效至",
    "plate": "责任牌",
    "checks": "检查次数",
    "mean": "平均分",
    "last": "最近得分",
    "flag": "红黑旗",
    "months": "连续黑旗月",
    "problems": "问题数",
    "open": "未销号数",
    "advice": "建议",
}


def rows_of(office: Office) -> list[dict[str, Any]]:
    """A row a shop that is open; no keepers, no telephones."""
    town, day = office.town, office.today
    settings = town.settings
    rows = []
    for shop in sorted((s for s in town.all(Shop) if s.open_on(day)), key=lambda s: s.id):
        held = shop.agreement_on(day)
        colour, months = flag(shop, day, settings), black_months(shop, day, settings)
        items = [town.items[c.item] for c in shop.checks if c.item in town.items]
        zone = town.zones.get(shop.zone)
        past = months >= settings.shop_months
        advice = "移交" if colour == "黑旗" and past else "提醒" if colour == "黑旗" else ""
        rows.append(
            {
                "code": shop.label,
                "name": shop.name,
                "credit_no": shop.credit_no or None,
                "address": shop.address or None,
                "zone": zone.name if zone else None,
                "signed_on": held.signed_on if held else None,
                "until": held.until if held else None,
                "plate": "有" if shop.posted_on(day) else "无",
                "checks": len(shop.checks),
                "mean": mean_text(shop, day) or None,
                "last": in_points(shop.checks[-1].score) if shop.checks else None,
                "flag": colour or None,
                "months": months or None,
                "problems": len(items) or None,
                "open": sum(item.state in OPEN_STATES for item in items) or None,
                "advice": "表扬" if colour == RED else advice or None,
            }
        )
    return rows


def letter(office: Office, rows: list[dict[str, Any]]) -> bytes:
    """The letter that goes with it, as a Word file."""
    counts = {word: sum(r["advice"] == word for r in rows) for word in ("移交", "提醒", "表扬")}
    told = "，".join(f"建议{word}{n}户" for word, n in counts.items() if n)
    settings = office.town.settings
    paper = Paper(
        mark=settings.office,
        number="",
        title="关于报送门前三包诚信档案的函",
        to="市场监管所",
        blocks=(
            Block(
                f"现将{len(rows)}户商户门前三包履行情况报送你单位"
                + (f"，其中{told}" if told else "")
                + "，请结合信用监管依法处理。"
            ),
        ),
        attachments=("门前三包诚信档案",),
        office=settings.office,
        day=chinese_day(office.today.isoformat()),
    )
    return as_docx(paper)


@opens()
def credit(
    office: Office,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.xlsx",
            show_default=False,
            help=_("Where to; the letter stands beside it as a Word file."),
        ),
    ] = "诚信档案.xlsx",
    force: Force = False,
) -> None:
    """诚信档案."""
    if acting_role(office.actor, (Role.LEADER,)) is None:
        raise NotAllowed("role", roles=(Role.LEADER,))
    office.repository.load_closed()
    target = expanded(output)
    beside = Path(target).with_name(f"{Path(target).stem}_函.docx")
    for path in (target, beside):
        check_target(path, force=force)
    rows = rows_of(office)
    save(write_rows(rows, Format.XLSX, HEADERS, title="门前三包诚信档案"), target, force=force)
    save(letter(office, rows), beside, force=force)
    for path in (target, beside):
        talk(str(path))
