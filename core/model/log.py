"""记事: what happened on a day or over a stretch, with any number of figures (docs/year.md 2)."""

from datetime import date
from decimal import Decimal

from core.model.base import Nested, Record
from core.model.file import File

OVER, ABOUT = "余", "约"

CHAPTER_OF: dict[str, int] = {
    kind: chapter
    for chapter, kinds in {
        1: "会议 制度文件 上级文件 考核奖惩 督查会商 慰问服务 满意度调查 填报",
        2: "培训 讲座 宣传活动 宣传栏 控烟 文体活动 志愿服务 媒体报道",
        3: "大扫除 专项整治 巡查 设施建设 维修保养 绿化养护",
        4: "节能治污",
        5: "场所检查",
        6: "食品检查 健康检查",
        7: "消杀",
    }.items()
    for kind in kinds.split()
}
"""Kinds of log lines, each with the chapter of the standard it belongs to; an office adds its own."""
REPORTED = "填报"
"""A report of figures over a stretch."""
ATTENDED = (1, 2)
"""Chapters whose lines say how many came; in the others heads are figures."""


class Figure(Nested, frozen=True, kw_only=True):
    """One number: of an indicator by its code, in the unit of that indicator."""

    indicator: str
    value: Decimal
    part: Decimal | None = None
    whole: Decimal | None = None
    """What a share is made of; `value` is percent then."""
    approx: str = ""
    """余 (somewhat more), 约 (about) or nothing."""
    zone: int | None = None
    note: str = ""


class Log(Record, frozen=True, kw_only=True):
    """One line; it is called L-0001 after its id."""

    kind: str
    title: str = ""
    on: date
    until: date | None = None
    """The last day of a report over a stretch."""
    saved_on: date | None = None
    """The day it was entered."""
    place: str = ""
    zone: int | None = None
    unit: int | None = None
    units: tuple[int, ...] = ()
    people: int | None = None
    people_approx: str = ""
    """余, 约 or nothing."""
    figures: tuple[Figure, ...] = ()
    duty: int | None = None
    key: str = ""
    """The instance of the duty it does: 2026-08, 2026-W46."""
    excused: bool = False
    campaign: int | None = None
    items: tuple[int, ...] = ()
    source: str = ""
    reference: str = ""
    """文号."""
    chapter: int | None = None
    """Where it is filed; that of its kind where it names none."""
    files: tuple[File, ...] = ()
    void_reason: str = ""
    note: str = ""
    active: bool = True

    @property
    def label(self) -> str:
        """What people call it."""
        return f"L-{self.id:04d}"

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until or self.on

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.active and not self.void_reason

    def zone_of(self, figure: Figure) -> int | None:
        """The zone a figure is of."""
        return figure.zone if figure.zone is not None else self.zone
