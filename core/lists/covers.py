"""Rows of a table of coverage as actions: 户数应投, 户数实投, 房间应投 … by zone (docs/year.md 9)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from core.actions.action import Action
from core.actions.year import CoverZone, LayDrug
from core.errors import Incomplete
from core.lists.coming import RowReader
from core.lists.list_reading import Reading
from core.model import Campaign, Cover
from core.words.cells import count_of, text_of

HEADERS = {
    "zone": "责任区|片区|社区|村|村社区|区域|路段|名称|单位名称",
    "streets_plan": "街道应到|街道应|应到街道|应投街道|街巷应到|街道应投",
    "streets_done": "街道实到|街道实|实到街道|实投街道|街巷实到|街道实投",
    "households_plan": "户数应投|应投户数|户应投|应投放户数",
    "households_done": "户数实投|实投户数|户实投|实投放户数",
    "rooms_plan": "房间应投|应投房间|应投房间数|房间应投数",
    "rooms_done": "房间实投|实投房间|实投房间数|房间实投数",
    "bait_plan": "毒饵站设置|毒饵站|毒饵站数|毒饵站设置数",
    "bait_done": "毒饵站完好|完好毒饵站|毒饵站完好数",
    "kg": "用药量|投药量|用药|投药|公斤|用药量公斤|投药公斤",
    "drug": "药品|药物|药物名称|药品名称",
    "reg_no": "登记证号|农药登记证号|登记证|药品登记证号",
    "lot": "批号|生产批号|产品批号",
    "laid_on": "投药日期|投放日期|用药日期|投药时间",
    "unit": "填报单位|单位|责任单位",
    "on": "填报日期|日期",
}


class CoverRows(RowReader):
    """Rows of a table of coverage as actions."""

    NEEDED = ("zone",)

    def __init__(self, reading: Reading, campaign: Campaign) -> None:
        self._reading = reading
        self._campaign = campaign
        self._held = {cover.zone: cover for cover in campaign.covers}

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What one row changes. Raises `RuleError`."""
        name = text_of(cells, "zone")
        if not name:
            raise Incomplete("missing", fields=("zone",), table="campaigns")
        if name in ("合计", "总计", "小计"):
            return []
        zone = self._reading.zone(name)
        fields: dict[str, Any] = {}
        for key in HEADERS:
            if key.endswith(("_plan", "_done")) and text_of(cells, key):
                fields[key] = count_of(key, cells[key])
        unit = text_of(cells, "unit")
        if unit:
            fields["unit"] = self._reading.unit(unit).id
        held = self._held.get(zone.id, Cover(zone=zone.id))
        changed = {k: v for k, v in fields.items() if getattr(held, k) != v}
        day = self._day(cells, "on")
        done: list[Action] = []
        if changed:
            done.append(CoverZone(campaign=self._campaign.id, zone=zone.id, fields=changed, on=day))
        return [*done, *self._drug(cells, zone.id, self._day(cells, "laid_on") or day)]

    def _drug(self, cells: dict[str, Any], zone: int, day: date | None) -> Iterator[Action]:
        """What was laid out there, where it is not known yet."""
        kg = text_of(cells, "kg")
        if not kg or kg == "0":
            return
        name = text_of(cells, "drug") or "灭鼠毒饵"
        for held in self._campaign.drugs:
            if (held.zone, held.name) == (zone, name) and day in (None, held.on):
                return
        yield LayDrug(
            campaign=self._campaign.id,
            name=name,
            kg=kg,
            reg_no=text_of(cells, "reg_no"),
            lot=text_of(cells, "lot"),
            zone=zone,
            on=day,
        )

    def _day(self, cells: dict[str, Any], name: str) -> date | None:
        """A day of the campaign, in its year where the sheet says none."""
        return self._reading.cell_day(cells.get(name), name, self._campaign.first.year)
