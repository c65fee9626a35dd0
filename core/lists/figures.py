"""Rows of a table of figures as actions: a figure a row, or twelve months side by side (docs/year.md 9)."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from core.actions.action import Action
from core.actions.year import AddLog
from core.calendar.spans import Length, Span, read_span
from core.errors import Clash, Doubt, Incomplete, NotFound, RuleError
from core.lists.coming import Cells, RowReader
from core.lists.list_reading import Reading
from core.measures.indicators import indicator_called
from core.model import REPORTED, Indicator, Log
from core.words.amounts import is_measure, read_amount, written
from core.words.cells import text_of
from core.year.said import alike, meant

MONTHS = {f"m{n}": f"{n}月|{n}月份" for n in range(1, 13)}
HEADERS = {
    "indicator": "指标|项目|内容|指标名称|指标编码|工作内容|项目名称|统计项目",
    "amount": "数量|完成数|数值|完成数量|完成情况|本期完成|数目",
    "measure": "计量单位|单位名称|量纲",
    "on": "日期|月份|时间|期间|填报月份|所属期|统计时间",
    "unit": "责任单位|填报单位|单位|上报单位",
    "zone": "责任区|片区|区域",
    "note": "备注|说明",
    "total": "合计|总计|全年合计",
    "so_far": "累计|累计完成|本年累计|1至本月累计",
    **MONTHS,
}


NONE = ("", "—", "-", "－", "/", "无")
"""What stands in a cell of which nothing is told."""


def _measured(cells: dict[str, Any]) -> dict[str, Any]:
    """A column 单位 of 吨, 处 and the like says what is counted, not who reports it."""
    said = text_of(cells, "unit")
    if said and is_measure(said) and not text_of(cells, "measure"):
        return {**cells, "unit": None, "measure": said}
    return cells


class FigureRows(RowReader):
    """Rows of a table of figures as actions; `year` is that of months side by side."""

    NEEDED = ("indicator",)

    def __init__(self, reading: Reading, year: int | None, unit: int | None = None) -> None:
        self._reading = reading
        self._asked_year, self._unit = year, unit
        self._told: dict[tuple[Any, ...], tuple[Decimal, str]] = {}
        for log in reading.town.all(Log):
            if log.stands:
                for figure in log.figures:
                    key = (figure.indicator, log.unit, log.zone_of(figure), log.on, log.last)
                    self._told[key] = (figure.value, log.label)

    @property
    def _year(self) -> int:
        """As it was asked for, else as the sheet says of itself."""
        return self._asked_year or self._reading.year or self._reading.today.year

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row adds. Raises `RuleError`."""
        cells = _measured(cells)
        name = text_of(cells, "indicator")
        if not name:
            raise Incomplete("missing", fields=("indicator",), table="logs")
        months = {key: text for key in MONTHS if (text := text_of(cells, key)) not in NONE}
        held = self._indicator(name, text_of(cells, "measure"))
        unit = text_of(cells, "unit")
        zone = text_of(cells, "zone")
        who = self._reading.unit(unit).id if unit else self._unit
        where = self._reading.zone(zone).id if zone else None
        done: list[Action] = []
        if months:
            self._check_total(cells, months, held)
            for key, text in months.items():
                span = Span.of(self._year, Length.MONTH, int(key[1:]))
                done += self._figure(held, text, span.first, span.last, who, where, cells)
            return done
        text = text_of(cells, "amount")
        if text in NONE:
            return []
        first, last = self._days(cells)
        return self._figure(held, text, first, last, who, where, cells)

    def doubts(self, cells: Cells) -> Iterator[Doubt]:
        """What of a row is not taken, and what looks odd."""
        if text_of(cells, "so_far"):
            yield Doubt("so_far_left_out", field="so_far")
        months = [text for key in MONTHS if (text := text_of(cells, key)) not in NONE]
        if months and not (self._asked_year or self._reading.year):
            yield Doubt("year_assumed", str(self._reading.today.year))
        try:
            values = [float(text) for text in months]
        except ValueError:
            return
        grows = all(a < b for a, b in pairwise(values))
        if len(values) >= 4 and grows and values[-1] > 2 * values[0]:
            yield Doubt("only_grows")

    def _indicator(self, name: str, measure: str) -> Indicator:
        found = meant(name, f"1{measure}", self._reading.town)
        if found is None:
            near = alike(name, self._reading.town)
            if near:
                told = tuple(f"{i.code} {i.name}({i.unit})" for i in near)
                raise NotFound("no_indicator_near", value=name, expected=told)
        return found or indicator_called(self._reading.town, name)

    def _days(self, cells: dict[str, Any]) -> tuple[date, date]:
        raw = cells.get("on")
        if raw in (None, ""):
            raise Incomplete("missing", fields=("on",), table="logs")
        text = str(raw).strip()
        if isinstance(raw, str):
            said = (
                text
                if not text.rstrip("月份").isdigit()
                else f"{self._year}-{int(text.rstrip('月份')):02d}"
            )
            try:
                span = read_span(said, self._reading.today)
            except RuleError:
                pass
            else:
                return span.first, span.last
        day = self._reading.cell_day(raw, "on")
        assert day is not None
        return day, day

    def _figure(
        self,
        held: Indicator,
        text: str,
        first: date,
        last: date,
        unit: int | None,
        zone: int | None,
        cells: Mapping[str, Any],
    ) -> list[Action]:
        measure = text_of(dict(cells), "measure")
        said = text + measure if measure and text.replace(".", "").isdigit() else text
        try:
            amount = read_amount(said, held.unit)
        except RuleError as error:
            if said == text:
                raise
            amount = read_amount(text, held.unit)
            said = text
            del error
        key = (held.code, unit, zone, first, last)
        if key in self._told:
            value, label = self._told[key]
            if value == amount.value:
                return []
            told = written(value)
            raise Clash("figure_differs", value=f"{held.code} {text}", number=label, now=told)
        self._told[key] = (amount.value, "")
        fields: dict[str, Any] = {
            "figures": [{"indicator": held.code, "text": said}],
            "unit": unit,
            "zone": zone,
            "title": "",
        }
        if last > first:
            fields["until"] = last
        kind = REPORTED if last > first or held.kind == "last" else "维修保养"
        kind = _DAILY.get(held.code[:1], kind) if last == first and held.kind != "last" else kind
        return [AddLog(kind=kind, on=first, fields=fields, note=text_of(dict(cells), "note"))]

    def _check_total(
        self, cells: Mapping[str, Any], months: Mapping[str, str], held: Indicator
    ) -> None:
        """合计 is checked, and not taken."""
        text = text_of(dict(cells), "total")
        if not text or held.kind != "sum":
            return
        total = read_amount(text, held.unit).value
        found = sum((read_amount(each, held.unit).value for each in months.values()), Decimal(0))
        if total != found:
            raise RuleError("total_differs", value=text, now=written(found))


_DAILY = {"A": "专项整治", "B": "宣传活动", "C": "设施建设", "D": "场所检查", "F": "满意度调查"}
"""The kind of a line for a figure of one day, by the group of its indicator."""


def together(actions: list[Action]) -> list[Action]:
    """Figures of one unit, zone and stretch as one line."""
    found: dict[tuple[Any, ...], AddLog] = {}
    for action in actions:
        assert isinstance(action, AddLog)
        key = (
            action.kind,
            action.on,
            action.fields.get("until"),
            action.fields.get("unit"),
            action.fields.get("zone"),
        )
        if key in found:
            found[key].fields["figures"].extend(action.fields["figures"])
        else:
            found[key] = action
    return list(found.values())
