"""Every indicator: its code, its names, and what it is made of (docs/statistics.md 3.1)."""

from enum import StrEnum

from msgspec import Struct


class Shape(StrEnum):
    """What an indicator is."""

    COUNT = "count"
    RATE = "rate"
    """Percent, two decimals."""
    DAYS = "days"
    """Working days, one decimal."""


class Statistic(Struct, frozen=True, kw_only=True):
    """One indicator. A count lists what it counts; a rate the part, and of what."""

    code: str
    chinese: str
    english: str
    measure: Shape = Shape.COUNT
    part: str = ""
    """Of a rate: the count above the line. Of days: the count they are taken over."""
    whole: str = ""
    """Of a rate: the count below it."""


def _count(code: str, chinese: str, english: str) -> Statistic:
    return Statistic(code=code, chinese=chinese, english=english)


def _rate(code: str, chinese: str, english: str, part: str, whole: str) -> Statistic:
    return Statistic(
        code=code, chinese=chinese, english=english, measure=Shape.RATE, part=part, whole=whole
    )


def _days(code: str, chinese: str, english: str) -> Statistic:
    return Statistic(code=code, chinese=chinese, english=english, measure=Shape.DAYS, part="closed")


OF_UNITS: tuple[Statistic, ...] = (
    _count("issued", "交办数", "Issued"),
    _count("need", "应销号", "To close"),
    _count("closed", "已销号", "Closed"),
    _count("ontime", "按期", "In time"),
    _count("late", "逾期数", "Late"),
    _count("overdue_open", "超期未销", "Overdue, open"),
    _count("overdue_closed", "超期已销", "Closed late"),
    _rate("close_rate", "销号率", "Closed share", "closed", "need"),
    _rate("ontime_rate", "按期整改率", "In time share", "ontime", "need"),
    _rate("overdue_rate", "超期率", "Late share", "late", "need"),
    _count("inspected", "复查数", "Inspected"),
    _count("first_pass", "一次合格", "Passed at once"),
    _count("rework", "返工", "Rework"),
    _count("rework_times", "返工次数", "Failed looks"),
    _rate("rework_rate", "返工率", "Rework share", "rework", "inspected"),
    _rate("first_pass_rate", "一次合格率", "Passed at once share", "first_pass", "inspected"),
    _count("extended", "延期", "Extended"),
    _rate("ext_rate", "延期率", "Extended share", "extended", "issued"),
    _count("open", "在办", "Open"),
    _count("awaiting", "待复查", "Awaiting inspection"),
    _count("suspended", "挂账", "Suspended"),
    _rate("suspend_rate", "挂账率", "Suspended share", "suspended", "open"),
    _count("stockpiled", "积存", "Suspended over 60 days"),
    _count("given", "交办次数", "Given"),
    _count("accurate", "准确交办", "Given rightly"),
    _rate("accurate_rate", "准确交办率", "Given rightly share", "accurate", "given"),
    _days("mean_days", "平均整改时长", "Mean days"),
    _days("median_days", "整改时长中位数", "Median days"),
    _count("out_overdue", "超期后移出", "Left when late"),
    _count("late_multiple", "超期三倍以上", "Three times over"),
    _count("late_recorded", "补记", "Recorded later"),
    _count("exempted", "申诉不计超期", "Not late on appeal"),
    _count("rechecked", "回头看", "Looked back at"),
    _count("relapsed", "反弹", "Relapsed"),
    _rate("relapse_rate", "反弹率", "Relapse share", "relapsed", "rechecked"),
    _count("helping", "配合", "Helping"),
)
"""Of assignments, by unit, zone, category or group."""

OF_OFFICE: tuple[Statistic, ...] = (
    _count("accepted", "立案数", "Accepted"),
    _count("rejected", "不予立案数", "Not accepted"),
    _count("decided", "受理数", "Decided on"),
    _rate("accept_rate", "立案率", "Accepted share", "accepted", "decided"),
    _count("issued_timely", "及时交办数", "Issued within a day"),
    _count("issue_base", "应交办数", "To be issued"),
    _rate("issue_timely", "交办及时率", "Issued in time share", "issued_timely", "issue_base"),
    _count("inspected_timely", "及时复查数", "Inspected within two days"),
    _count("inspect_base", "应复查数", "To be inspected"),
    _rate(
        "inspect_timely",
        "复查及时率",
        "Inspected in time share",
        "inspected_timely",
        "inspect_base",
    ),
    _count("recurred", "复发数", "Recurred"),
    _rate("recur_rate", "复发率", "Recurrence share", "recurred", "accepted"),
    _count("fixed", "立行立改", "Fixed on the spot"),
    _count("noticed", "到期督办", "Notices due"),
    _count("notice_kept", "按期办结督办", "Notices kept"),
    _rate("notice_rate", "督办按期办结率", "Notices kept share", "notice_kept", "noticed"),
    _count("suspended_unissued", "未交办挂账", "Suspended before issue"),
)
"""Of the office's own work; counted by items, notices by papers."""

RANKING = (
    "issued",
    "need",
    "closed",
    "ontime",
    "overdue_open",
    "rework",
    "close_rate",
    "ontime_rate",
)
"""What the ranking shows: on the screen, at the terminal and in a circular."""
NOTED = ("late_recorded", "exempted", "out_overdue")
"""What is always told under a table: it is in no rate, or counts where one would not look for it."""
INDICATORS: dict[str, Statistic] = {each.code: each for each in (*OF_UNITS, *OF_OFFICE)}


def indicator_called(text: str) -> Statistic | None:
    """The indicator that a code or a name stands for."""
    said = text.strip().lower()
    return next(
        (i for i in INDICATORS.values() if said in (i.code, i.chinese, i.english.lower())), None
    )
