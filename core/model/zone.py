"""责任区: a stretch of the town that somebody answers for."""

from datetime import date

from core.model.base import Former, Nested, Record

FACTS = [
    "面积",
    "楼院",
    "户数",
    "人口",
    "挂口户",
    "挂口人数",
    "单位",
    "学校",
    "幼儿园",
    "党支部",
    "党员",
    "70岁以上",
    "80岁以上",
    "90岁以上",
    "困难户",
    "低保户",
    "下岗失业",
    "企业退休",
    "6—16岁",
    "单亲家庭",
    "公厕",
    "垃圾桶",
    "毒饵站",
]
"""What is told of a zone."""
AS_FIELDS = {"面积": "area", "户数": "households", "人口": "population"}
"""Facts that are fields of the register too: the field is the latest one told."""


class Fact(Nested, frozen=True, kw_only=True):
    """概况: a number told of a zone, as of a day."""

    name: str
    value: float
    on: date


class Zone(Record, frozen=True, kw_only=True):
    """A zone; who leads it is a `Responsibility`, with its dates."""

    code: str
    name: str
    kind: str = ""
    """街道段, 重点场所, 村, 社区, 片区 or 路段; free text."""
    parent: int | None = None
    scope: str = ""
    area: float | None = None
    """Square metres."""
    households: int | None = None
    population: int | None = None
    note: str = ""
    active: bool = True
    until: date | None = None
    """The day it was retired."""
    into: int | None = None
    """The zone it was merged into."""
    former: tuple[Former, ...] = ()
    """Names it had before; they still read."""
    facts: tuple[Fact, ...] = ()
    split_from: int | None = None
    """The zone it was a part of."""

    def fact_on(self, name: str, day: date) -> Fact | None:
        """The latest of a name up to a day; what an older program kept without a day holds from the beginning."""
        told = [fact for fact in self.facts if fact.name == name]
        found = [fact for fact in told if fact.on <= day]
        if found:
            return max(found, key=lambda fact: fact.on)
        plain = getattr(self, AS_FIELDS[name]) if name in AS_FIELDS and not told else None
        return None if plain is None else Fact(name=name, value=plain, on=date.min)


def zone_code(number: int) -> str:
    """The code of a zone that is only counted: Z01."""
    return f"Z{number:02d}"
