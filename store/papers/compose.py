"""The words of each paper, made of its evidence and nothing else (docs/domain.md 10)."""

import re
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from core.model import DocumentKind
from store.papers.circular import body as circular
from store.papers.paper import (
    Block,
    Level,
    Paper,
    PaperTable,
    chinese_day,
    numeral,
    one_line,
    short_day,
)
from store.papers.summary import body as summary

Evidence = dict[str, Any]
_HEADED = re.compile(r"^(?:[一二三四五六七八九十]+、|【[^】]+】)")  # heads what follows


def paper_of(evidence: Evidence) -> Paper:
    """The paper of a document, signed or drafted."""
    return _KINDS[DocumentKind(evidence["kind"])](evidence)


def _sentence(text: str) -> str:
    """Text with its full stop."""
    line = one_line(text)
    return line if not line or line[-1] in "。！？!?；;" else line + "。"


def where(item: Evidence) -> str:
    """Zone and place of an item."""
    zone, place = item["zone"], one_line(item["location"])
    if zone and place and zone not in place:
        return f"{zone}（{place}）"
    return place or zone


def told(item: Evidence, of: str) -> str:
    """What is said of one item in the text of a notice whose own day is `of`, ISO."""
    parts = [f"{where(item)}（{item['number']}）。{_sentence(item['description'])}"]
    if item["finding"]:
        parts.append(f"复查：{_sentence(item['finding'])}")
    days = []
    if item["issued_on"]:
        days.append(f"{short_day(item['issued_on'], of)}交办")
    if item["due"]:
        days.append(f"限{short_day(item['due'], of)}完成")
    if item["overdue"]:
        late = item["overdue_days"]
        days.append(f"已逾期{late}个工作日" if late else "已逾期")
    if item["reworks"]:
        days.append(f"返工{item['reworks']}次")
    return "".join(parts) + ("，".join(days) + "。" if days else "")


def _common(evidence: Evidence, title: str, **rest: Any) -> Paper:
    office = evidence["office"]
    return Paper(
        mark=office,
        number=evidence["number"] or _blank_number(evidence),
        title=title,
        office=office,
        day=chinese_day(evidence["day"]),
        copies=evidence["copies"],
        note=f"（联系人：{evidence['contact']}）" if evidence["contact"] else "",
        **rest,
    )


def _blank_number(evidence: Evidence) -> str:
    """Where the number will stand, on a draft."""
    return f"〔{evidence['day'][:4]}〕　　号"


LIST_HEADER = ("序号", "问题编号", "点位", "问题", "整改要求", "整改时限", "销号标准")
_LIST_WIDTHS = (6, 21, 15, 21, 15, 18, 15)


def _list_of(evidence: Evidence, title: str, **rest: Any) -> PaperTable:
    """附件: the items one by one."""
    rows = tuple(
        (
            str(number),
            item["number"],
            where(item),
            item["description"],
            item["requirement"],
            item["work_until"] or item["due"],
            item["close_standard"],
        )
        for number, item in enumerate(evidence["items"], 1)
    )
    return PaperTable(title, LIST_HEADER, rows, _LIST_WIDTHS, **rest)


def _receipt(evidence: Evidence) -> PaperTable:
    """回执: what the unit sends back, an item a row."""
    rows = tuple(
        (str(number), item["number"], where(item), "", "", "")
        for number, item in enumerate(evidence["items"], 1)
    )
    return PaperTable(
        "整改情况反馈回执",
        ("序号", "问题编号", "点位", "整改情况", "完成日期", "照片份数"),
        rows,
        (7, 21, 20, 34, 14, 9),
        below=(
            f"文号：{evidence['number']}　　　　责任单位：{evidence['unit']}",
            "签收人：　　　　　　　　　　签收时间：　　　　年　　月　　日",
            "单位负责人（签字）：　　　　　　　　　　（盖章）",
        ),
    )


def _free(evidence: Evidence) -> list[Block]:
    """What the clerk adds in words of their own."""
    return [Block(line.strip()) for line in evidence["text"].splitlines() if line.strip()]


def _supervision(evidence: Evidence) -> Paper:
    items = evidence["items"]
    late = sum(item["overdue"] for item in items)
    redone = sum(item["reworks"] > 0 for item in items)
    counted = f"其中返工{redone}个" if redone else ""
    found = f"{late}个问题逾期未整改到位" if late else f"{len(items)}个问题未整改到位"
    first = (
        f"{chinese_day(evidence['day'])}，{evidence['office']}对交办你单位的问题进行核查，"
        f"发现{found}{f'（{counted}）' if counted else ''}。现予督办，有关事项通知如下："
    )
    blocks = [Block(first), Block("一、存在问题", Level.FIRST)]
    blocks += [
        Block(f"（{numeral(number)}）{told(item, evidence['day'])}", Level.SECOND)
        for number, item in enumerate(items, 1)
    ]
    standards = list(
        dict.fromkeys(one_line(i["close_standard"]) for i in items if i["close_standard"])
    )
    blocks += [
        Block("二、整改要求", Level.FIRST),
        Block(
            "（一）对照销号标准逐项整改到位"
            + (f"：{'；'.join(standards)}。" if standards else "。"),
            Level.SECOND,
        ),
        Block("（二）举一反三，排查责任区内同类问题，一并整改。", Level.SECOND),
        Block("三、整改时限", Level.FIRST),
        Block(
            f"请于{chinese_day(evidence['work_until'])}前整改到位，并于完成后1个工作日内将整改情况"
            "（附整改前后照片、回执）报我办。"
            if evidence["work_until"]
            else "请立即整改到位，并于完成后1个工作日内将整改情况（附整改前后照片、回执）报我办。"
        ),
        Block("逾期仍未整改到位的，将按有关规定报请通报批评。"),
        *_free(evidence),
    ]
    return _common(
        evidence,
        "整改督办通知书",
        to=evidence["unit"],
        blocks=tuple(blocks),
        attachments=("督办问题清单", "整改情况反馈回执"),
        tables=(_list_of(evidence, "督办问题清单"), _receipt(evidence)),
    )


def _assignment(evidence: Evidence) -> Paper:
    count = len(evidence["items"])
    text = (
        f"现将{count}个问题交办你单位，请对照整改要求和时限抓好整改，"
        "整改完成后反馈整改情况和整改前后照片，由我办复查销号。"
    )
    signed = (
        "交办人：　　　　　　　　　　　签收人：",
        "签收时间：　　　　年　　月　　日",
    )
    return _common(
        evidence,
        "问题整改交办单",
        to=evidence["unit"],
        blocks=(Block(text), *_free(evidence)),
        attachments=("问题整改清单",),
        tables=(_list_of(evidence, "问题整改清单", below=signed),),
    )


def _circular(evidence: Evidence) -> Paper:
    by_unit: dict[str, list[Evidence]] = {}
    for item in evidence["items"]:
        by_unit.setdefault(item["unit"] or "未定单位", []).append(item)
    first = (
        f"经督办，截至{chinese_day(evidence['day'])}，以下{len(by_unit)}个单位的"
        f"{len(evidence['items'])}个问题仍未整改到位。"
        + (f"根据{evidence['reference']}，" if evidence["reference"] else "")
        + "现予通报批评。"
    )
    blocks = [Block(first)]
    for at, (unit, items) in enumerate(by_unit.items(), 1):
        blocks.append(Block(f"{numeral(at)}、{unit}（{len(items)}个）", Level.FIRST))
        blocks += [
            Block(f"（{numeral(number)}）{told(item, evidence['day'])}", Level.SECOND)
            for number, item in enumerate(items, 1)
        ]
    until = chinese_day(evidence["work_until"])
    blocks.append(
        Block(
            "被通报单位要认真查找原因，"
            + (f"于{until}前" if until else "立即")
            + "整改到位，并书面报告整改情况。"
        )
    )
    blocks += _free(evidence)
    return _common(
        evidence,
        "关于创卫问题整改不力情况的通报",
        to="各责任单位",
        blocks=tuple(blocks),
        attachments=("问题清单",),
        tables=(_list_of(evidence, "问题清单"),),
    )


def _talk(evidence: Evidence) -> Paper:
    post = evidence["leader_post"]
    rows = [
        ("约谈单位", evidence["unit"]),
        ("约谈对象", post),
        ("约谈时间", chinese_day(evidence["day"])),
        ("约谈事由", evidence["reason"] or f"{len(evidence['items'])}个问题未整改到位"),
        ("承诺时限", chinese_day(evidence["work_until"])),
    ]
    blocks = [Block(f"{name}：{value}") for name, value in rows if value]
    blocks.append(Block("一、主要问题", Level.FIRST))
    blocks += [
        Block(f"（{numeral(number)}）{told(item, evidence['day'])}", Level.SECOND)
        for number, item in enumerate(evidence["items"], 1)
    ]
    blocks.append(Block("二、约谈内容", Level.FIRST))
    blocks += [Block(line) for line in (evidence["text"] or "　").splitlines()]
    blocks.append(Block("约谈人（签字）：　　　　　　　被约谈人（签字）："))
    return _common(evidence, "约谈记录", blocks=tuple(blocks))


def _exposure(evidence: Evidence) -> Paper:
    blocks = []
    for number, item in enumerate(evidence["items"], 1):
        unit = f"责任单位：{item['unit']}。" if item["unit"] else ""
        blocks.append(Block(f"{number}. {where(item)}。{_sentence(item['description'])}{unit}"))
    until = chinese_day(evidence["work_until"])
    blocks.append(
        Block(
            (f"请有关单位于{until}前整改到位，" if until else "请有关单位立即整改，")
            + "整改情况将继续公布。"
        )
    )
    return _common(evidence, "曝光台", blocks=(*blocks, *_free(evidence)))


def _brief(evidence: Evidence) -> Paper:
    """简报: its issue of the year and of all, what is in it, then the news as the clerk wrote them."""
    items = evidence["items"]
    lines = [line.strip() for line in evidence["text"].splitlines() if line.strip()]
    heads = [line for line in lines if _HEADED.match(line)]
    blocks = []
    if len(heads) > 1:
        blocks.append(Block("本期要目", Level.FIRST))
        blocks += [Block(f"● {_HEADED.sub('', head)}") for head in heads]
    blocks += [Block(line, Level.FIRST if line in heads else Level.TEXT) for line in lines]
    if items:
        late = sum(item["overdue"] for item in items)
        closed = sum(item["closed"] for item in items)
        blocks.append(Block("督查情况", Level.FIRST))
        blocks.append(Block(f"本期涉及问题{len(items)}个，已销号{closed}个，逾期{late}个。"))
        blocks += [Block(f"{n}. {told(item, evidence['day'])}") for n, item in enumerate(items, 1)]
    paper = _common(evidence, "创卫简报", blocks=tuple(blocks))
    if not evidence["number"]:
        return paper
    return replace(paper, number=f"{evidence['number']}（总第{evidence.get('total', 1)}期）")


_KINDS: dict[DocumentKind, Callable[[Evidence], Paper]] = {
    DocumentKind.SUPERVISION: _supervision,
    DocumentKind.ASSIGNMENT: _assignment,
    DocumentKind.CIRCULAR: _circular,
    DocumentKind.TALK: _talk,
    DocumentKind.EXPOSURE: _exposure,
    DocumentKind.BRIEF: _brief,
    DocumentKind.APPRAISAL: circular.appraisal_paper,
    DocumentKind.SUMMARY: summary.summary_paper,
}
