"""A small town to test on, and the people in it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from core.actions.action import Action
from core.actions.loop.feedback import Submit
from core.actions.loop.road import Accept, Assign, Report
from core.actions.registers import Add, AddZone, AssignZone
from core.actions.wish import Wish
from core.changes import Change, Changes, stamp
from core.model import Channel, Item, Role, Settings, Staff
from core.roles import ALL_HANDS, Actor
from store.care.found import create
from store.history.repository import Repository

TODAY = date(2026, 3, 31)
NOW = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
"""Ten in the morning of `TODAY` in the town."""

CLERK = Actor("clerk", (Role.CLERK,), via="tui")
INSPECTOR = Actor("inspector", (Role.INSPECTOR,), via="tui")
LEADER = Actor("leader", (Role.LEADER,), via="tui")
VIEWER = Actor("viewer", (Role.VIEWER,), via="tui")
FOUNDER = Actor("founder", ALL_HANDS, via="cli")
UNITS = ("城管中队", "环卫所", "村镇建设办")
LIAISON = Actor("liaison", (Role.LIAISON,), unit=2, via="tui")
"""Speaks for 环卫所."""


class Office:
    """A store and shorthand for what people do in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.repository = create(
            path,
            Settings(office="测试镇创卫办"),
            [Change("staff", None, Staff(id=1, login="founder", roles=ALL_HANDS))],
            FOUNDER,
            NOW,
        )
        self.do(
            *(
                Add(table="units", fields={"name": name, "aliases": aliases})
                for name, aliases in zip(
                    UNITS, (("城管队", "城管办"), ("环卫站",), ("规建办", "建管办")), strict=True
                )
            )
        )
        self.do(
            AddZone(fields={"code": "Z01", "name": "第一段"}),
            AddZone(fields={"code": "Z02", "name": "第二段"}),
        )
        self.do(
            AssignZone(zone=1, unit=1, since=date(2026, 1, 1)),
            Add(table="staff", fields={"login": "liaison", "roles": (Role.LIAISON,), "unit": 2}),
        )

    @property
    def town(self) -> Any:
        return self.repository.town

    def do(self, *actions: Action, actor: Actor = FOUNDER, **options: Any) -> Changes:
        return self.repository.commit([Wish(a) for a in actions], actor, NOW, **options)

    def undo(self, actor: Actor = FOUNDER) -> Changes:
        last = self.repository.undoable(actor.login)
        assert last is not None
        return self.do(self.repository.undoing(last.seq), actor=actor)

    def item(self, key: int) -> Item:
        return self.town.item(key)

    def reported(self, **fields: Any) -> int:
        values: dict[str, Any] = {
            "zone": 1,
            "location": "桂花街12号",
            "description": "垃圾桶满溢",
            "found_on": date(2026, 3, 27),
            "source": "日常巡查",
        } | fields
        return self.do(Report(**values)).of("items")[0].id

    def accepted(self, **fields: Any) -> int:
        key = self.reported(**fields)
        self.do(Accept(item=key, category="市容环境", subcategory="暴露垃圾", on=date(2026, 3, 28)))
        return key

    def issued(self, due: date = date(2026, 4, 2), **fields: Any) -> int:
        key = self.accepted(**fields)
        self.do(Assign(item=key, lead=2, due=due, on=date(2026, 3, 28)))
        return key

    def fed_back(self, actor: Actor = LIAISON, **fields: Any) -> int:
        key = self.issued(**fields)
        channel = None if actor is LIAISON else Channel.WECHAT
        self.do(Submit(item=key, measure="已清运", channel=channel), actor=actor)
        return key

    def left_so(self, table: str, *records: Any) -> None:
        """Records as an older program left them, by no rule of this one."""
        rows = self.town.tables[table]
        changes = tuple(Change(table, rows.get(record.id), record) for record in records)
        self.repository.save(Changes(changes=changes, at=stamp(NOW), who="older", op="older"))

    def close(self) -> None:
        self.repository.close()


def open_again(office: Office) -> Repository:
    """The same store as another process would see it."""
    return Repository(office.path)
