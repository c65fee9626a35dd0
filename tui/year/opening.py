"""The places of the year by their names; each is loaded when it is opened."""

from importlib import import_module
from typing import Any

YEAR = {
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
"""Modules and screens of the places of the year, loaded when they are first gone to."""


def place_of(name: str) -> Any:
    """The screen of a place."""
    module, screen = YEAR[name]
    return getattr(import_module(module), screen)
