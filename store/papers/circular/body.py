"""考核通报 in words: made of its evidence and nothing else (docs/circular.md 3)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.calendar.spans import read_span
from core.stats.statistics import RANKING
from store.papers.circular.tables import (
    DETAIL_HEADER,
    DETAIL_WIDTHS,
    FINE,
    NONE,
    OFF_HEADER,
    OFF_WIDTHS,
    SCORE_HEADER,
    SCORE_WIDTHS,
    SMALL,
    UNIT_HEADER,
    UNIT_WIDTHS,
    ZONE_HEADER,
    ZONE_WIDTHS,
    detail_rows,
    listed_by,
    off_rows,
    problem_said,
    score_rows,
    unit_rows,
    zone_rows,
)
from store.papers.paper import Block, Level, Paper, PaperTable, chinese_day, numeral

Evidence = dict[str, Any]
ADJUSTED = {
    "gone": "不再计入",
    "rejudged": "重新判定",
    "lifted": "不再算超期",
    "sheet": "检查得分变动",
    "recorded": "补记",
}
CAUSES = {
    "void": "作废",
    "merged": "合并",
    "returned": "退回",
    "reassigned": "改派",
    "appeal": "申诉成立",
    "corrected": "更正",
    "extended": "延期",
    "waived": "免扣",
    "late": "签发后补录",
    "gone": "不再计入",
    "": "",
}
_NOT_HELD = {"cancelled": "未开展", "planned": "未开展", "underway": "进行中"}


def title_of(evidence: Evidence) -> str:
    """关于2026年3月创卫整改考核情况的通报."""
    return f"关于{_span(evidence['period'])}创卫整改考核情况的通报"


def _span(code: str) -> str:
    return read_span(code, date.min).chinese


def appraisal_paper(evidence: Evidence) -> Paper:
    """The circular, its tables in the body and three attachments."""
    day = evidence["day"]
    attached = _attachments(evidence)
    return Paper(
        mark=evidence["office"],
        number=evidence["number"] or f"〔{day[:4]}〕　　号",
        title=title_of(evidence),
        to="各责任单位",
        blocks=tuple(_body(evidence)),
        attachments=tuple(table.title for table in attached),
        office=evidence["office"],
        day=chinese_day(day),
        copies=evidence["copies"],
        note=f"（联系人：{evidence['contact']}）" if evidence["contact"] else "",
        tables=attached,
    )


def _body(evidence: Evidence) -> list[Block | PaperTable]:
    found: list[Block | PaperTable] = []
    for heading, parts in (
        ("总体情况", [*_overall(evidence)]),
        ("责任单位整改排名", [*_units(evidence)]),
        ("责任区检查得分排名", [*_zones(evidence)]),
        ("工作较好的", [*_good(evidence)]),
        ("突出问题", [*_problems(evidence)]),
        ("前期问题整改", [*_former(evidence)]),
        ("下步要求", [*_paragraphs(evidence["texts"].get("next", ""))]),
        ("调整说明", [*_adjustments(evidence)]),
    ):
        if parts:
            number = "一二三四五六七八九"[
                sum(isinstance(b, Block) and b.level == Level.FIRST for b in found)
            ]
            found += [Block(f"{number}、{heading}", Level.FIRST), *parts]
    return [*found, Block(_basis(evidence))]


def share(evidence: Evidence, rate: str, part: str, whole: str) -> str:
    """87.50%（7/8）; nothing below the line is a dash."""
    figures = evidence["total"]
    return f"{figures[rate]}%（{figures[part]}/{figures[whole]}）" if figures[rate] else NONE


def _overall(evidence: Evidence) -> list[Block]:
    total = evidence["total"]
    lines = [*_rounds_said(evidence)]
    lines.append(
        f"{_span(evidence['period'])}交办问题{total['issued']}件，应销号{total['need']}件，"
        f"已销号{total['closed']}件，销号率{share(evidence, 'close_rate', 'closed', 'need')}，"
        f"按期整改率{share(evidence, 'ontime_rate', 'ontime', 'need')}；"
        f"超期未销{total['overdue_open']}件，返工{total['rework']}件，挂账{total['suspended']}件。"
        f"立案{total['accepted']}件，当场整改{total['fixed']}件。"
    )
    before = _compared(evidence)
    return [Block(line) for line in (*lines, *([before] if before else []))]


def _rounds_said(evidence: Evidence) -> list[str]:
    said = []
    for held in evidence["rounds"]:
        state = _NOT_HELD.get(held["state"])
        if state:
            why = f"（{held['why']}）" if held["why"] else ""
            said.append(f"{held['number']}{state}{why}。")
            continue
        apart = "" if held["counts"] else "，不计入考核"
        said.append(
            f"{chinese_day(held['on'])}开展{held['kind']}，检查责任区{held['seen']}个"
            f"（应查{held['zones']}个），发现问题{held['finds']}个{apart}。"
        )
    return said or ["本期未开展检查。"]


def _compared(evidence: Evidence) -> str:
    """较上月: rates in 百分点, counts as they are."""
    before, total = evidence["before"], evidence["total"]
    if before is None:
        return ""
    old = before["total"]
    parts = [
        f"{name}{_moved(total[code], old.get(code, ''), unit)}"
        for code, name, unit in (
            ("close_rate", "销号率", "个百分点"),
            ("ontime_rate", "按期整改率", "个百分点"),
            ("overdue_open", "超期未销", "件"),
        )
        if total[code] and old.get(code)
    ]
    base = before["number"] or "未定稿"
    return f"与{_span(before['period'])}（{base}）相比，{'，'.join(parts)}。" if parts else ""


def _moved(now: str, before: str, unit: str) -> str:
    change = _hundredths(now) - _hundredths(before)
    if not change:
        return "持平"
    text = f"{abs(change) / 100:.2f}" if "." in now else str(abs(change) // 100)
    return f"{'上升' if change > 0 else '下降'}{text}{unit}"


def _hundredths(text: str) -> int:
    whole, _dot, part = text.partition(".")
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * 100 + sign * int((part + "00")[:2])


def _units(evidence: Evidence) -> list[Block | PaperTable]:
    below = ["* 基数小；— 不排名或无数据。"]
    out = evidence["notes"]["out_overdue"]
    below.append(f"超期后移出{out}件，不计入各率。")
    if evidence.get("missing"):
        below.append(
            f"得分为已签发月份的平均，缺{'、'.join(_span(m) for m in evidence['missing'])}。"
        )
    table = PaperTable(
        "", UNIT_HEADER, tuple(unit_rows(evidence)), UNIT_WIDTHS, tuple(below), SMALL
    )
    found: list[Block | PaperTable] = [table]
    if evidence.get("cohort"):
        rows = tuple(
            (row["unit"] or "全镇", *(row[c] or NONE for c in RANKING))
            for row in evidence["cohort"]
        )
        header = ("责任单位", *UNIT_HEADER[2:-1])
        found.append(
            PaperTable(
                "批次口径：本年交办的问题", header, rows, (24, 9, 9, 9, 9, 10, 9, 11, 11), (), SMALL
            )
        )
    return found


def _zones(evidence: Evidence) -> list[PaperTable]:
    rows = tuple(zone_rows(evidence))
    return [PaperTable("", ZONE_HEADER, rows, ZONE_WIDTHS)] if rows else []


def _names(evidence: Evidence, ids: Sequence[int]) -> str:
    known = {unit["id"]: unit["unit"] for unit in evidence["units"]}
    return "、".join(known[key] for key in ids if key in known)


def _good(evidence: Evidence) -> list[Block]:
    red = _names(evidence, evidence["red"])
    how = listed_by(evidence, "red", "以上")
    found = [Block(f"红榜（{how}）：{red}。")] if red else []
    return [*found, *_paragraphs(evidence["texts"].get("good", ""))]


def _problems(evidence: Evidence) -> list[Block]:
    black = f"黑榜（{listed_by(evidence, 'black', '以下')}）"
    named = {black: evidence["black"], "末位": evidence["last"]}
    found = [Block(f"{how}：{_names(evidence, ids)}。") for how, ids in named.items() if ids]
    for number, group in enumerate(evidence["problems"], 1):
        items = "；".join(problem_said(item) for item in group["items"])
        unit = group["unit"] or "未定责任单位"
        found.append(
            Block(
                f"（{numeral(number)}）{unit}（{len(group['items'])}个）。{items}。", Level.SECOND
            )
        )
    return found


def _former(evidence: Evidence) -> list[Block]:
    former = evidence["former"]
    if not former:
        return []
    left = [item for item in former if not item["done"]]
    text = f"上期通报的{len(former)}个突出问题，已整改销号{len(former) - len(left)}个"
    if left:
        numbers = "、".join(item["name"].rpartition("/")[0] for item in left)
        text += f"，未完成{len(left)}个：{numbers}"
    return [Block(f"{text}。")]


def _paragraphs(text: str) -> list[Block]:
    return [Block(line.strip()) for line in text.splitlines() if line.strip()]


def _adjustments(evidence: Evidence) -> list[Block]:
    return [
        Block(f"{number}. {adjusted(each)}")
        for number, each in enumerate(evidence["adjustments"], 1)
    ]


def adjusted(each: Evidence) -> str:
    """One line of 调整说明."""
    period = f"{_span(each['period'])}：" if each["period"] else ""
    cause = CAUSES.get(each["why"], each["why"])
    said = f"，{each['said']}" if each["said"] else ""
    scores = f"，得分{each['then']}→{each['now']}" if each["kind"] == "sheet" else ""
    unit = f"（{each['unit']}）" if each["unit"] else ""
    return f"{period}{each['name']}{unit}{ADJUSTED[each['kind']]}，{cause}{said}{scores}。"


def _basis(evidence: Evidence) -> str:
    """口径."""
    notes, scheme = evidence["notes"], evidence["scheme"]
    reference = f"（{scheme['reference']}）" if scheme.get("reference") else ""
    name = scheme.get("name") or ("考核办法" if reference else "")
    named = f"，{name}{reference}" if name else ""
    provisional = "，工作日暂按星期计算" if evidence["provisional"] else ""
    return (
        f"口径：滚动，{_span(evidence['period'])}，截至{chinese_day(evidence['until'])}{named}；"
        f"含补记{notes['late_recorded']}件，申诉不计超期{notes['exempted']}件，"
        f"超期后移出{notes['out_overdue']}件{provisional}。"
    )


def _attachments(evidence: Evidence) -> tuple[PaperTable, ...]:
    tables = (
        PaperTable(
            "单位得分明细", SCORE_HEADER, tuple(score_rows(evidence)), SCORE_WIDTHS, (), FINE
        ),
        PaperTable("责任区扣分表", OFF_HEADER, tuple(off_rows(evidence)), OFF_WIDTHS, (), FINE),
        PaperTable(
            "交办明细", DETAIL_HEADER, tuple(detail_rows(evidence)), DETAIL_WIDTHS, (), FINE
        ),
    )
    return tuple(table for table in tables if table.rows)
