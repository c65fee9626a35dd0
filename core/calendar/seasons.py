"""Seasons of campaigns against pests."""

from datetime import date

SEASONS = {"春": "03-01..04-30", "秋": "09-01..10-31"}
"""First and last day of each, where the office has no others."""


def season_on(own: dict[str, str], day: date) -> str:
    """The season a day is in, or nothing."""
    at = day.isoformat()[5:]
    for name, span in (own or SEASONS).items():
        first, _dots, last = span.partition("..")
        if first <= at <= last:
            return name
    return ""


def season_of(own: dict[str, str], day: date) -> str:
    """The season a campaign that begins on a day is of: that of the office, else that of the year."""
    return season_on(own, day) or "冬春春春夏夏夏夏秋秋秋冬"[day.month - 1]
