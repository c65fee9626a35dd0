"""Tables of a circular: units, zones, scores, what was taken off, every assignment."""

from typing import Any

from core.stats.statistics import RANKING

Evidence = dict[str, Any]
NONE = "—"
WHY_NAMED = {
    "overdue": "超期未销",
    "rework": "多次返工",
    "relapsed": "反弹",
    "plan_due": "挂账到期",
}
"""Why a problem is named."""
SMALL, FINE = 10.5, 9.0
"""Points of letters in tables of many columns: in the text, and behind it."""
UNIT_HEADER = (
    "名次",
    "责任单位",
    "交办",
    "应销号",
    "已销号",
    "按期",
    "超期未销",
    "返工",
    "销号率",
    "按期率",
    "得分",
)
UNIT_WIDTHS = (6, 19, 6, 7, 7, 6, 8, 6, 11, 11, 11)
ZONE_HEADER = ("名次", "责任区", "牵头单位", "得分", "扣分最多的类别")
ZONE_WIDTHS = (8, 30, 26, 12, 24)
VERDICTS = {
    "issued": "在办",
    "ontime": "按期销号",
    "overdue_closed": "超期销号",
    "overdue_open": "超期未销",
    "awaiting": "待复查",
    "suspended": "挂账",
}
PARTS = {"zones": "责任区", "rectify": "整改", "files": "资料"}


def unit_rows(evidence: Evidence) -> list[tuple[str, ...]]:
    """The units by place, and the town below; a star is a small base, a dash no place."""
    rows: list[tuple[str, ...]] = []
    for unit in evidence["units"]:
        figures = unit["figures"]
        cells = [figures.get(code, "") or (NONE if "rate" in code else "0") for code in RANKING]
        name = (
            unit["unit"] + ("*" if unit["small"] else "") + ("（停用）" if unit["retired"] else "")
        )
        if unit["absorbed"]:
            name += f"（含并入：{'、'.join(unit['absorbed'])}）"
        rows.append((str(unit["place"] or NONE), name, *cells, unit["score"] or NONE))
    total = evidence["total"]
    cells = [total[code] or (NONE if "rate" in code else "0") for code in RANKING]
    return [*rows, ("", "全镇", *cells, "")]


def zone_rows(evidence: Evidence) -> list[tuple[str, ...]]:
    """The zones by place; those that were not seen last, with the reason."""
    rows: list[tuple[str, ...]] = []
    for zone in evidence["zones"]:
        name = f"{zone['code']} {zone['name']}"
        if not zone["score"]:
            rows.append((NONE, name, zone["lead"], "未检查", f"（{zone['why']}）"))
        else:
            rows.append(
                (str(zone["place"]), name, zone["lead"], zone["score"], zone["worst"] or NONE)
            )
    return rows


SCORE_HEADER = (
    "责任单位",
    "责任区",
    "整改",
    "资料",
    "可比分",
    "基础分",
    "加分",
    "减分",
    "得分",
    "加减分说明",
)
SCORE_WIDTHS = (20, 15, 15, 15, 16, 16, 12, 12, 16, 19)
KINDS = {
    "praise": "表扬",
    "leader": "领导指出未改",
    "fake": "虚假整改",
    "shirk": "推诿",
    "adjust": "调整",
    "other": "其他",
    "supervision": "督办通知书",
    "circular": "通报批评",
}


def score_rows(evidence: Evidence) -> list[tuple[str, ...]]:
    """附件 1: every part, what was available and each plus and minus with its reason."""
    rows: list[tuple[str, ...]] = []
    for unit in evidence["units"]:
        if "parts" not in unit:
            continue
        parts = [
            f"{p['earned']}/{p['of']}" if (p := unit["parts"].get(code)) else NONE for code in PARTS
        ]
        extras = "；".join(extra_said(each) for each in unit["extras"])
        rows.append(
            (
                unit["unit"],
                *parts,
                unit["available"],
                unit["base"] or NONE,
                unit["plus"],
                unit["minus"],
                unit["score"] or NONE,
                extras,
            )
        )
    return rows


def extra_said(each: Evidence) -> str:
    """One plus or minus with its reason."""
    why = f" {each['why']}" if each["why"] else ""
    return f"{KINDS.get(each['kind'], each['kind'])}{each['points'] / 100:+g}{why}"


OFF_HEADER = ("检查", "责任区", "类别", "扣分", "内容")
OFF_WIDTHS = (17, 20, 12, 14, 37)
WITHOUT = {"waived": "免扣", "void": "作废不扣", "merged": "合并不扣"}


def off_rows(evidence: Evidence) -> list[tuple[str, ...]]:
    """附件 2: every find of every sheet."""
    return [
        (
            sheet["round"],
            f"{row['code']} {row['name']}",
            find["category"],
            find_off(find),
            " ".join(filter(None, (find.get("number"), find.get("text")))),
        )
        for sheet in evidence["sheets"]
        for row in sheet["rows"]
        for find in row.get("finds", ())
    ]


def find_off(find: Evidence) -> str:
    """1×2×2=4; or why it takes nothing off."""
    if find.get("without"):
        return WITHOUT[find["without"]]
    deduct, count, factor = (
        find["deduct"] / 100,
        find.get("count", 1),
        find.get("factor", 100) / 100,
    )
    whole = deduct * count * factor
    if count == 1 and factor == 1:
        return f"{deduct:g}"
    times = "".join(f"×{n:g}" for n in (count, factor) if n != 1)
    return f"{deduct:g}{times}={whole:g}"


DETAIL_HEADER = ("问题编号", "责任单位", "点位", "问题", "交办", "时限", "完成", "结果")
DETAIL_WIDTHS = (25, 20, 16, 33, 15, 15, 15, 17)


def detail_rows(evidence: Evidence) -> list[tuple[str, ...]]:
    """附件 3: every assignment of the stretch."""
    return [
        (
            each["name"],
            each["unit"],
            each["location"] or each["zone"],
            each["description"],
            each["issued_on"][5:],
            each["due"][5:],
            (each["done"] or each.get("claimed", ""))[5:],
            VERDICTS[each["verdict"]] + ("（申诉）" if each["exempt"] else ""),
        )
        for each in evidence["assignments"]
    ]


def listed_by(evidence: Evidence, which: str, side: str) -> str:
    """By what, and from where on, a list goes."""
    scheme = evidence["scheme"]
    figure = {"close": "销号率", "ontime": "按期率", "score": "得分"}[scheme["list_by"]]
    return f"{figure}{scheme[which] / 100:g}{side}，基数小的不列"


def problem_said(item: Evidence) -> str:
    """A problem that is named: where, what, its number and why."""
    where = " ".join((item["location"] or item["zone"]).split())
    late = f"{item['late']}个工作日" if item["why"] == "overdue" and item["late"] else ""
    number = item["name"].rpartition("/")[0]
    text = " ".join(item["description"].split()).rstrip("。；;")
    return f"{where}：{text}（{number}，{WHY_NAMED[item['why']]}{late}）"
