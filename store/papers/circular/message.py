"""考核通报 as a message for a group."""

from typing import Any

from store.papers.circular.body import share, title_of
from store.papers.circular.tables import NONE
from store.papers.paper import chinese_day

Evidence = dict[str, Any]


def appraisal_message(evidence: Evidence) -> str:
    """The circular as a message for a group: forty lines at the most."""
    total = evidence["total"]
    lines = [title_of(evidence), evidence["number"] or "（未签发）", ""]
    lines.append(
        f"交办{total['issued']}，应销号{total['need']}，已销号{total['closed']}，"
        f"销号率{share(evidence, 'close_rate', 'closed', 'need')}，"
        f"按期率{share(evidence, 'ontime_rate', 'ontime', 'need')}，超期未销{total['overdue_open']}"
    )
    ranked = [_ranked(unit) for unit in evidence["units"]]
    lines += ["", "单位排名", *_at_most(ranked, 16)]
    zones = [
        f"{zone['place']} {zone['name']} {zone['score']}"
        if zone["score"]
        else f"{NONE} {zone['name']} 未检查"
        for zone in evidence["zones"]
    ]
    if zones:
        lines += ["", "责任区得分", *_at_most(zones, 10)]
    late = [f"{group['unit']}（{len(group['items'])}个）" for group in evidence["problems"]]
    if late:
        lines += ["", f"突出问题：{'、'.join(late)}"]
    lines += ["", f"{evidence['office']} {chinese_day(evidence['day'])}"]
    return "\n".join(lines) + "\n"


def _at_most(lines: list[str], most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"……共{len(lines)}个"]


def _ranked(unit: Evidence) -> str:
    figures = unit["figures"]
    rate = figures.get("ontime_rate", "")
    share_of = f"（按期{rate}%，{figures['ontime']}/{figures['need']}）" if rate else ""
    return f"{unit['place'] or NONE} {unit['unit']} {unit['score'] or NONE}{share_of}"
