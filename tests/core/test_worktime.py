"""Working days against the tables of docs/domain.md 7 and against another library."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from core.calendar.working_days import (
    OFFICIAL,
    Deadline,
    Kind,
    add_workdays,
    due_on,
)


@pytest.mark.parametrize(
    ("issued", "days", "due"),
    [
        ("02-12", 3, "02-24"),
        ("02-13", 1, "02-14"),
        ("02-13", 3, "02-25"),
        ("02-14", 1, "02-24"),
        ("02-27", 1, "02-28"),
        ("04-03", 1, "04-07"),
        ("04-30", 2, "05-07"),
        ("05-08", 1, "05-09"),
        ("05-08", 3, "05-12"),
        ("06-18", 2, "06-23"),
        ("09-24", 2, "09-29"),
        ("09-30", 3, "10-10"),
        ("10-09", 1, "10-10"),
        ("12-28", 3, "12-31"),
    ],
)
def test_working_days_of_2026(issued: str, days: int, due: str) -> None:
    start = date.fromisoformat(f"2026-{issued}")
    assert add_workdays(start, days) == date.fromisoformat(f"2026-{due}")
    assert OFFICIAL.workdays_between(start, date.fromisoformat(f"2026-{due}")) == days


@pytest.mark.parametrize(
    ("issued", "days", "due"),
    [
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-04-28", 3, "2026-05-06"),
        ("2026-09-29", 5, "2026-10-08"),
    ],
)
def test_natural_days_roll_to_a_working_day(issued: str, days: int, due: str) -> None:
    deadline = Deadline(Kind.NATURAL_DAYS, days)
    assert due_on(deadline, date.fromisoformat(issued)) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        (Deadline(Kind.SAME_DAY), "2026-02-15"),
        (Deadline(Kind.HOURS, 4), "2026-02-15"),
        (Deadline(Kind.HOURS, 24), "2026-02-16"),
        (Deadline(Kind.DATE, on=date(2026, 2, 17)), "2026-02-17"),
    ],
)
def test_urgent_and_written_deadlines_never_roll(deadline: Deadline, due: str) -> None:
    assert due_on(deadline, date(2026, 2, 15)) == date.fromisoformat(due)


def test_every_day_agrees_with_another_calendar() -> None:
    day = date(2020, 1, 1)
    while day <= date(2026, 12, 31):
        assert OFFICIAL.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_a_year_without_a_table_counts_by_weekday_and_says_so() -> None:
    assert not OFFICIAL.official(2027)
    assert OFFICIAL.is_workday(date(2027, 1, 1))


def test_working_days_are_counted_over_any_years() -> None:
    first = date(2024, 12, 20)
    days = [first + timedelta(days=n) for n in range(0, 1200, 7)]
    for start, end in ((a, b) for a in days[::9] for b in days):
        counted = sum(
            OFFICIAL.is_workday(start + timedelta(days=n + 1)) for n in range((end - start).days)
        )
        assert OFFICIAL.workdays_between(start, end) == counted
