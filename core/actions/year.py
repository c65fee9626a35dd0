"""The year's registers: shops, duties, campaigns, the log, targets, zone facts, the summary (docs/year.md)."""

from datetime import date
from typing import Any

from core.actions.action import Action
from core.model import File


class SignShops(Action, frozen=True, kw_only=True):
    """签责任书: `on` is the day it was signed; None of `until` as the office has it, `open` for no end."""

    shops: tuple[int, ...]
    until: date | None = None
    open: bool = False
    files: tuple[File, ...] = ()


class PlateShops(Action, frozen=True, kw_only=True):
    """挂牌, or taken down."""

    shops: tuple[int, ...]
    down: bool = False


class CheckShop(Action, frozen=True, kw_only=True):
    """检查: 0 to 100 points, in hundredths; with what was reported, where it is a problem."""

    shop: int
    score: int | None = None
    """None for 100 less what is taken off."""
    deductions: dict[str, int] = {}
    finding: str = ""
    by: str = ""
    """Login of the inspector, where a clerk enters it."""
    report: bool = False
    category: str = ""
    subcategory: str = ""
    files: tuple[File, ...] = ()
    """Photos of what is reported."""


class TransferShop(Action, frozen=True, kw_only=True):
    """换人: whoever kept it is gone; the agreement ends the day before."""

    shop: int
    fields: dict[str, Any] = {}


class CloseShop(Action, frozen=True, kw_only=True):
    """停业."""

    shop: int


class SetTerms(Action, frozen=True, kw_only=True):
    """New terms of a duty, which hold from a day on."""

    duty: int
    since: date | None = None
    cycle: str
    day: str = ""
    roll: bool = False


class OpenCampaign(Action, frozen=True, kw_only=True):
    """A campaign from its first day to its last."""

    first: date
    last: date
    season: str = ""
    title: str = ""
    vectors: tuple[str, ...] = ("鼠",)


class EditCampaign(Action, frozen=True, kw_only=True):
    """Other days, title or vectors."""

    campaign: int
    fields: dict[str, Any]


class Tick(Action, frozen=True, kw_only=True):
    """One of the unified things is so, or (`undone`) is not."""

    campaign: int
    name: str
    reference: str = ""
    undone: bool = False


class CoverZone(Action, frozen=True, kw_only=True):
    """Totals so far of a zone; what is not said stays as it was."""

    campaign: int
    zone: int
    fields: dict[str, Any]


class LayDrug(Action, frozen=True, kw_only=True):
    """投药, in kilograms."""

    campaign: int
    name: str
    kg: str
    reg_no: str = ""
    lot: str = ""
    zone: int | None = None


class CountTraces(Action, frozen=True, kw_only=True):
    """密度 before or after."""

    campaign: int
    vector: str = ""
    when: str
    method: str = ""
    found: int
    checked: int
    zone: int | None = None


class SampleRooms(Action, frozen=True, kw_only=True):
    """抽查: rooms looked at again."""

    campaign: int
    zone: int
    checked: int
    missed: int


class CloseCampaign(Action, frozen=True, kw_only=True):
    """收尾; with gaps, by a leader."""

    campaign: int
    reason: str = ""


class AddLog(Action, frozen=True, kw_only=True):
    """记一笔: `on` is the day, or the first of several."""

    kind: str
    fields: dict[str, Any] = {}
    """Attributes of `Log`; figures as {indicator, text, zone, note}, people as a number or as written."""


class CorrectLog(Action, frozen=True, kw_only=True):
    """What was entered wrong; the history keeps both."""

    log: int
    fields: dict[str, Any]
    reason: str = ""


class VoidLog(Action, frozen=True, kw_only=True):
    """作废: it stays and counts no more."""

    log: int
    reason: str = ""


class SetTarget(Action, frozen=True, kw_only=True):
    """定目标: `on` is the day it was set."""

    indicator: int
    year: int
    value: str
    reference: str = ""
    plan: tuple[str, ...] = ()


class SignPledge(Action, frozen=True, kw_only=True):
    """签目标责任书; it replaces one of the same unit and year."""

    unit: int
    year: int
    lines: dict[str, str] = {}
    post: str = ""
    text: str = ""
    files: tuple[File, ...] = ()


class TellFacts(Action, frozen=True, kw_only=True):
    """概况 of a zone as of a day."""

    zone: int
    facts: dict[str, float]


class SplitZone(Action, frozen=True, kw_only=True):
    """A zone is divided; open work goes to the first part unless `moves` says where to."""

    zone: int
    parts: tuple[dict[str, Any], ...]
    """Attributes of each new zone."""
    moves: dict[int, int] = {}
    """By open item, the place of the part it goes to."""
    shops: dict[int, int] = {}
    """By shop, the place of the part it lies in."""


class AttachFiles(Action, frozen=True, kw_only=True):
    """佐证 of a log line, a pledge, or a shop's latest agreement; their content is kept already."""

    table: str
    record: int
    files: tuple[File, ...]
