"""The list of shops to take along on a check."""

from collections.abc import Sequence

from core.measures.subjects.shops import flag
from core.model import Shop
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_rows
from tui.rounds.writing import write_to
from tui.words.year.rows import agreement_said
from tui.year.base import YearPlace

HEADS = {
    "code": "编号",
    "name": "商户名称",
    "zone": "责任区",
    "address": "门牌号",
    "until": "责任书至",
    "flag": "旗",
    "score": "得分",
    "finding": "发现",
}
TITLE = "门前三包检查单"
FORMS = ("xlsx", "docx", "csv")


def write_list(place: YearPlace, shops: Sequence[Shop]) -> None:
    """The shops in sight as a list with room for points and finds."""
    town, today = place.town, place.today
    rows = [
        {
            "code": s.label,
            "name": s.name,
            "zone": town.zones[s.zone].name,
            "address": s.address or None,
            "until": agreement_said(s, today),
            "flag": flag(s, today, town.settings) or None,
            "score": None,
            "finding": None,
        }
        for s in shops
    ]
    write_to(
        place,
        f"{TITLE}.xlsx",
        FORMS,
        lambda form: write_rows(rows, Format(form), HEADS, title=TITLE),
    )
