"""Rows of a table of activities as actions (docs/year.md 9)."""

from collections.abc import Iterator
from typing import Any

from core.actions.action import Action
from core.actions.year import AddLog
from core.errors import Doubt, Incomplete, NotFound, RuleError
from core.lists.coming import Cells, RowReader
from core.lists.list_reading import Reading
from core.measures.subjects.logs import chapters
from core.model import ATTENDED, Log
from core.patterns import later
from core.words.cells import text_of
from core.year.said import read_figure

HEADERS = {
    "number": "记事编号",
    "on": "日期|时间|活动日期|活动时间|开展日期|开展时间",
    "until": "截止日期|结束日期|至",
    "kind": "活动类型|活动|类型|活动类别|类别",
    "title": "名称|主题|活动名称|活动主题|活动内容|内容|会议名称",
    "unit": "责任单位|单位|主办单位|承办单位|组织单位|开展单位",
    "zone": "责任区|片区|区域",
    "place": "地点|活动地点|场所|会议地点",
    "people": "参加人数|人数|参加人次|参与人数|参会人数|人次|受众人数",
    "copies": "份数|发放份数|发放资料|宣传资料|发放宣传资料|资料份数",
    "figures": "数量|完成情况|工作量",
    "reference": "文号",
    "files": "佐证",
    "void_reason": "作废原因",
    "note": "备注|说明",
}
ALIASES = {
    "清扫": "大扫除",
    "清洁": "大扫除",
    "宣传": "宣传活动",
    "健康讲座": "讲座",
    "大清扫": "大扫除",
    "绿化": "绿化养护",
    "植树": "绿化养护",
    "灭鼠": "消杀",
    "灭蚊": "消杀",
    "灭蝇": "消杀",
    "灭蟑": "消杀",
    "投药": "消杀",
    "调度会": "会议",
    "推进会": "会议",
    "整治": "专项整治",
}
"""Kinds as sheets have them."""


_STRETCH = later(
    r"((?:20\d\d年)?(\d{1,2}月)\d{1,2})日?\s*(?:[-—–~～至到]+)\s*((?:\d{1,2}月)?)(\d{1,2})日?"
)


def _stretch(cells: dict[str, Any]) -> dict[str, str]:
    """The first and the last day of a cell such as 3月20-22日; nothing of a single one."""
    found = _STRETCH.fullmatch(text_of(cells, "on").strip())
    if found is None or text_of(cells, "until"):
        return {}
    year = found[1].partition("年")[0] + "年" if "年" in found[1] else ""
    return {"on": f"{found[1]}日", "until": f"{year}{found[3] or found[2]}{found[4]}日"}


class LogRows(RowReader):
    """Rows of a table of activities as actions."""

    NEEDED = ("on",)

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._kinds = chapters(reading.town)
        self._held = {_key(log) for log in reading.town.all(Log) if log.stands}
        self._labels = {log.label for log in reading.town.all(Log) if log.active}

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row adds; nothing where it is known. Raises `RuleError`."""
        reading = self._reading
        if text_of(cells, "number") in self._labels or text_of(cells, "void_reason"):
            return []
        cells = cells | _stretch(cells)
        on = reading.cell_day(cells.get("on"), "on")
        if on is None:
            raise Incomplete("missing", fields=("on",), table="logs")
        fields: dict[str, Any] = {
            name: text
            for name in ("title", "place", "reference", "note")
            if (text := text_of(cells, name))
        }
        if text_of(cells, "until"):
            fields["until"] = reading.cell_day(cells["until"], "until")
        if text_of(cells, "unit"):
            fields["unit"] = reading.unit(text_of(cells, "unit")).id
        if text_of(cells, "zone"):
            fields["zone"] = reading.zone(text_of(cells, "zone")).id
        kind = self._kind(text_of(cells, "kind"), fields.get("title", ""))
        figures = list(self._figures(cells, kind))
        for figure in figures:
            fields |= figure if "people" in figure else {}
        fields["figures"] = [figure for figure in figures if "people" not in figure]
        key = (kind, on, fields.get("until"), fields.get("unit"), fields.get("title", ""))
        if key in self._held:
            return []
        self._held.add(key)
        return [AddLog(kind=kind, on=on, fields=fields)]

    def doubts(self, cells: Cells) -> Iterator[Doubt]:
        """What of a row is not taken."""
        if text_of(cells, "void_reason"):
            yield Doubt("void_left_out")

    def _figures(self, cells: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
        """Heads, copies and whatever else is counted, each as a figure; heads of what one attends as people."""
        people, copies = text_of(cells, "people"), text_of(cells, "copies")
        if people:
            attended = self._kinds.get(kind) in ATTENDED
            yield {"people": people} if attended else {"indicator": "A19", "text": people}
        if copies:
            yield {"indicator": "B01", "text": copies}
        for word in text_of(cells, "figures").replace("、", " ").split():
            figure = read_figure(word, self._reading.town, kind)
            if figure is None:
                raise NotFound("no_indicator", value=word)
            yield figure

    def _kind(self, text: str, title: str) -> str:
        """The kind a row is of: as its cell says, else as its title does."""
        for word in (text, ALIASES.get(text, "")):
            if word in self._kinds:
                return word
        said = [k for k in (*self._kinds, *ALIASES) if k in (text or title)]
        if said:
            found = max(said, key=len)
            return ALIASES.get(found, found)
        raise RuleError(
            "unknown_word",
            table="logs",
            field="kind",
            value=text or title,
            expected=tuple(self._kinds),
        )


def _key(log: Log) -> tuple[Any, ...]:
    return (log.kind, log.on, log.until, log.unit, log.title)
