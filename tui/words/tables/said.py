"""Lines of the log in words: figures as they are typed, and a line read back before it is saved."""

from collections.abc import Sequence
from typing import Any

from core.measures.indicators import indicator
from core.measures.subjects.logs import chapters
from core.model import ATTENDED, Log
from core.town.town import Town
from core.words.amounts import written
from core.year.said import read_figures, uncounted
from tui.words.i18n import _
from tui.words.texts import listed


def figures_of(town: Town, words: Sequence[str]) -> list[dict[str, Any]]:
    """Figures as they are typed. Raises `NotFound("no_indicator")`."""
    return read_figures(words, town)


def figure_texts(town: Town, log: Log) -> list[str]:
    """The figures of a line in words: 清理垃圾11余吨."""
    found = []
    for figure in log.figures:
        held = indicator(town, figure.indicator)
        name, unit = (held.name, held.unit) if held else (figure.indicator, "")
        if figure.part is not None and figure.whole is not None:
            text = f"{written(figure.part)}/{written(figure.whole)}"
            unit = ""
        else:
            about, over = ("约", "") if figure.approx == "约" else ("", figure.approx)
            text = f"{about}{written(figure.value)}{over}"
        zone = town.zones.get(figure.zone or 0)
        found.append(f"{name}{text}{unit}" + (f"（{zone.code}）" if zone else ""))
    return found


def read_back(town: Town, log: Log) -> str:
    """A line as it is read back: day, kind, who, where, how many, figures, title."""
    unit = town.units.get(log.unit or 0)
    zone = town.zones.get(log.zone or 0)
    days = f"{log.on.isoformat()}..{log.last.isoformat()}" if log.last > log.on else str(log.on)
    parts = [days, log.kind, unit.name if unit else "", zone.name if zone else ""]
    if log.people is not None:
        about, over = ("约", "") if log.people_approx == "约" else ("", log.people_approx)
        parts.append(f"{about}{log.people}{over}人次")
    parts += figure_texts(town, log)
    parts.append(log.title)
    return " ".join(part for part in parts if part)


def not_counted(log: Log) -> str:
    """Words with a number that count as nothing, so that nobody takes them for figures."""
    return _("Not counted as figures: {words}").format(words=listed(uncounted(log.title)))


def unsaid(town: Town, log: Log) -> str:
    """What a line of its kind usually tells and this one does not; empty where nothing is missing."""
    if chapters(town).get(log.kind) in ATTENDED and log.people is None and log.kind != "填报":
        return _("How many came is not said.")
    return (
        ""
        if log.files
        else _("Nothing proves it yet: zg attach {number} FILE").format(number=log.label)
    )
