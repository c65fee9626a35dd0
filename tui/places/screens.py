"""The places that are gone to by name; each is loaded when it is first gone to."""

from importlib import import_module
from typing import Any

SCREENS = {
    "today": ("tui.day.today", "TodayScreen"),
    "zones": ("tui.registers.zones", "ZonesScreen"),
    "units": ("tui.registers.units", "UnitsScreen"),
    "rounds": ("tui.rounds.rounds", "RoundsScreen"),
    "statistics": ("tui.rounds.statistics", "StatisticsScreen"),
    "overview": ("tui.rounds.overview", "OverviewScreen"),
    "circulars": ("tui.rounds.circulars", "CircularsScreen"),
    "hub": ("tui.year.hub", "HubScreen"),
    "shops": ("tui.year.shops", "ShopsScreen"),
    "duties": ("tui.year.duties", "DutiesScreen"),
    "campaigns": ("tui.year.campaigns", "CampaignsScreen"),
    "logs": ("tui.year.logs", "LogsScreen"),
    "indicators": ("tui.targets.indicators", "TargetsScreen"),
    "pledges": ("tui.targets.pledges", "PledgesScreen"),
    "summary": ("tui.targets.summary", "SummaryScreen"),
    "archive": ("tui.targets.archive", "ArchiveScreen"),
}
"""Modules and screens."""


def screen_of(name: str) -> Any:
    """The screen of a place."""
    module, screen = SCREENS[name]
    return getattr(import_module(module), screen)
