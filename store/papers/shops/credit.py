"""诚信档案: the sheet of shops for the market office and the letter that goes with it (docs/year.md 2)."""

from datetime import date
from pathlib import Path
from typing import Any

from core.measures.subjects.shops import (
    HAND_OVER,
    PRAISE,
    REMIND,
    advice,
    black_months,
    flag,
    mean_text,
)
from core.model import OPEN_STATES, Shop
from core.stats.shares import in_points
from core.town.town import Town
from store.disk.files import check_target
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import save, write_rows
from store.papers.paper import Block, Paper, chinese_day
from store.papers.word import as_docx

NAME = "诚信档案.xlsx"
TITLE = "门前三包诚信档案"
MARKET = "市场监管"
"""What the name of the market office holds."""
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


def write_credit(town: Town, today: date, target: Path, *, force: bool) -> tuple[Path, Path]:
    """Write the sheet, and the letter beside it; where they are. Raises `FileRefused`."""
    beside = target.with_name(f"{target.stem}_函.docx")
    for path in (target, beside):
        check_target(path, force=force)
    rows = credit_rows(town, today)
    save(write_rows(rows, Format.XLSX, HEADERS, title=TITLE), target, force=force)
    save(_letter(town, today, rows), beside, force=force)
    return target, beside


def credit_rows(town: Town, day: date) -> list[dict[str, Any]]:
    """A row a shop that is open; no keepers, no telephones."""
    found = sorted((s for s in town.all(Shop) if s.open_on(day)), key=lambda s: s.id)
    return [_row(town, shop, day) for shop in found]


def _row(town: Town, shop: Shop, day: date) -> dict[str, Any]:
    settings, held = town.settings, shop.agreement_on(day)
    items = [town.items[c.item] for c in shop.checks if c.item in town.items]
    zone = town.zones.get(shop.zone)
    return {
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
        "flag": flag(shop, day, settings) or None,
        "months": black_months(shop, day, settings) or None,
        "problems": len(items) or None,
        "open": sum(item.state in OPEN_STATES for item in items) or None,
        "advice": advice(shop, day, settings) or None,
    }


def _letter(town: Town, today: date, rows: list[dict[str, Any]]) -> bytes:
    """To the market office, by the name it has among the units."""
    counts = {word: sum(r["advice"] == word for r in rows) for word in (HAND_OVER, REMIND, PRAISE)}
    told = "，".join(f"建议{word}{n}户" for word, n in counts.items() if n)
    office = town.settings.office
    units = (u.name for u in town.units.values() if u.active and MARKET in u.name)
    paper = Paper(
        mark=office,
        number="",
        title="关于报送门前三包诚信档案的函",
        to=next(units, f"{MARKET}部门"),
        blocks=(
            Block(
                f"现将{len(rows)}户商户门前三包履行情况报送你单位"
                + (f"，其中{told}" if told else "")
                + "，请结合信用监管依法处理。"
            ),
        ),
        attachments=(TITLE,),
        office=office,
        day=chinese_day(today.isoformat()),
    )
    return as_docx(paper)
