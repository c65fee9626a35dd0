"""工作总结 in words: made of its evidence and nothing else (docs/year.md 5)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.year.clauses import BLANK, HOLE
from core.year.usual_sentences import FIRST, NEXT, PARTS, PROBLEMS
from store.papers.paper import Block, Level, Number, Paper, PaperTable, numeral

Evidence = dict[str, Any]
PROGRESS_HEADER = (
    "编码",
    "指标",
    "单位",
    "完成",
    "全年目标",
    "完成率",
    "序时",
    "状态",
    "同比",
    "缺报",
)
PROGRESS_WIDTHS = (4, 10, 5, 9, 7, 7, 7, 6, 7, 8)
LATE = "补报说明"
OURS = "程序"
"""What keys of lists begin with that the program makes; words of a clerk stand in paragraphs of their own."""
MOST_NAMED = 10
"""Names listed in a sentence; the others are counted."""


def title_of(evidence: Evidence) -> str:
    """示例镇创卫办2026年工作总结."""
    until = f"（截至{evidence['until']}）" if evidence["until"] else ""
    return f"{evidence['office']}{evidence['chinese']}工作总结{until}"


def summary_paper(evidence: Evidence) -> Paper:
    """The summary, with its table on a page that lies on its side."""
    year, month, day = evidence["day"].split("-")
    table = table_of(evidence)
    tables = (table,) if table.rows or table.below else ()
    return Paper(
        mark=evidence["office"],
        number="",
        title=title_of(evidence),
        blocks=tuple(blocks(evidence)),
        attachments=tuple(table.title for table in tables),
        office=evidence["office"],
        day=f"{year}年{int(month)}月{int(day)}日",
        tables=tables,
    )


def blocks(evidence: Evidence) -> Iterator[Block]:
    """Headings, paragraphs and lists, in the order of the parts."""
    texts = {n["name"]: n["text"] for n in evidence["numbers"]}
    accepted: dict[str, list[str]] = {}
    for gap in evidence["gaps"]:
        if gap["reason"] and gap["mark"] != BLANK:
            accepted.setdefault(gap["key"], []).append(gap["mark"])
    by_part: dict[str, list[dict[str, Any]]] = {}
    for each in evidence["paragraphs"]:
        by_part.setdefault(each["part"], []).append(each)
    counts = {Level.FIRST: 0, Level.SECOND: 0}

    def headed(text: str, level: Level) -> Block:
        counts[level] += 1
        number = numeral(counts[level])
        return Block(
            f"{number}、{text}" if level == Level.FIRST else f"（{number}）{text}。", level
        )

    for part in PARTS:
        said = by_part.get(part.key, [])
        lists = list(listed(evidence, part.key))
        if not said and not lists:
            continue
        if part.level == 2 and part.heading and not counts[Level.FIRST]:
            yield headed(FIRST, Level.FIRST)
        if part.heading:
            yield headed(part.heading, Level.FIRST if part.level == 1 else Level.SECOND)
        yield from (Block(line, key=f"{OURS}.{part.key}") for line in lists)
        yield from (named(each, texts, accepted.get(each["key"], ())) for each in said)
    if evidence["late"]:
        yield headed(LATE, Level.FIRST)
        for each in evidence["late"]:
            why = "、".join((*each["came"], *each["gone"], *each["changed"])[:MOST_NAMED])
            behind = f"（{why}）" if why else ""
            said_so = f"{each['name']}由{each['before']}改为{each['now']}{behind}。"
            yield Block(said_so, key=f"{OURS}.{LATE}")


def named(each: Mapping[str, Any], texts: Mapping[str, str], accepted: Sequence[str] = ()) -> Block:
    """A paragraph with the places of its numbers; marks that were accepted are told below the table alone."""
    text, numbers, at = "", [], 0
    template = each["template"]
    for found in HOLE.finditer(template):
        text += template[at : found.start()]
        said = texts.get(found[1], "")
        number = BLANK if said in ("", "—") else said
        for mark in accepted:
            number = number.replace(mark, "")
        numbers.append(Number(len(text), len(text) + len(number), found[1]))
        text += number
        at = found.end()
    return Block(text + template[at:], Level.TEXT, each["key"], tuple(numbers))


def listed(evidence: Evidence, part: str) -> Iterator[str]:
    """What the program lists of what is not well, and of what comes next."""
    found = evidence["problems"]
    names = found.get("names", {})

    def called(labels: Sequence[str]) -> list[str]:
        return [names.get(label, label) for label in labels]

    if part == PROBLEMS:
        if found["top"]:
            told = "、".join(_top(each) for each in found["top"])
            yield f"问题较多的小类：{told}。"
        if found["suspended"]:
            yield f"挂账{len(found['suspended'])}件：{_named(found['suspended'])}。"
        if found["worst_zones"]:
            yield f"问题较多的责任区：{'、'.join(_zone(each, names) for each in found['worst_zones'])}。"
        if found["missed"]:
            yield f"漏办经常性工作{len(found['missed'])}次：{_named(called(found['missed']))}。"
        if found["lagging"]:
            goals = {t["code"]: t["name"] for t in evidence["targets"]}
            told = _named([goals.get(code, code) for code in found["lagging"]])
            yield f"滞后的目标{len(found['lagging'])}项：{told}。"
        if found["unsigned"]:
            yield f"未签责任书的商户{len(found['unsigned'])}户：{_named(called(found['unsigned']))}。"
    elif part == NEXT:
        if found["plans"]:
            told = "、".join(f"{label}（{day or '未定'}）" for label, day in found["plans"])
            yield f"挂账问题计划整改时间：{told}。"
        if found["targets"]:
            yield f"下年度目标：{'、'.join(text for _code, text in found['targets'])}。"
        if found["archive"]:
            yield f"补齐迎检档案：{_named(found['archive'])}。"


def _top(each: Mapping[str, Any]) -> str:
    again = f"，复发{len(each['recurring'])}件" if each["recurring"] else ""
    return f"{each['subcategory']}（发现{each['found']}件{again}）"


def _zone(each: Mapping[str, Any], names: Mapping[str, str]) -> str:
    mean = each.get("mean")
    told = f"检查均分{mean}" if mean else f"{each['found']}件"
    return f"{names.get(each['zone'], each['zone'])}（{told}）"


def _named(names: list[str]) -> str:
    more = f"等{len(names)}项" if len(names) > MOST_NAMED else ""
    return "、".join(names[:MOST_NAMED]) + more


def table_of(evidence: Evidence) -> PaperTable:
    """附表: every indicator with a target, and why gaps may stay."""
    below = [f"{g['key']}{g['mark']}：{g['reason']}" for g in evidence["gaps"] if g["reason"]]
    return PaperTable(
        title="年度指标完成情况表",
        header=PROGRESS_HEADER,
        rows=tuple(map(progress_row, evidence["targets"])),
        widths=PROGRESS_WIDTHS,
        below=("注：" + "；".join(below),) if below else (),
        size=10.5,
        landscape=True,
    )


def progress_row(each: Mapping[str, Any]) -> tuple[str, ...]:
    """An indicator in a line of 附表."""
    missing = "、".join(gap["cycle"] for gap in each["missing"])
    value = each["text"] if each["year"] is None else f"{each['text']}（本年{each['year']}）"
    return (
        each["code"],
        each["name"],
        each["unit"],
        value,
        each["target"] or "",
        each["done"] or "",
        each["pace"] or "",
        each["state"],
        each["yoy"] or "",
        missing,
    )
