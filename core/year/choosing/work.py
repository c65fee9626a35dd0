"""Words that choose lines of the log and duties: zone: unit: kind: covered missed, or plain words (docs/year.md 8)."""

from collections.abc import Callable, Sequence

from core.errors import RuleError
from core.measures import Question
from core.measures.entered import value_of
from core.measures.indicators import indicator, indicators
from core.measures.subjects.duties import standing
from core.model import Duty, Log
from core.town.town import Town
from core.words.directory import Directory
from core.words.text import key_of
from core.year.choosing.shops import zones_called

KEYS = ("zone", "unit", "kind")
COVERED, MISSED = "covered", "missed"
INSIDE = "含于"
"""What a figure that a report covers is left out with."""
_CHINESE = {
    "责任区": "zone",
    "单位": "unit",
    "责任单位": "unit",
    "类型": "kind",
    "被盖住": COVERED,
    "漏办": MISSED,
}
KeepLog = Callable[[Log], bool]
KeepDuty = Callable[[Duty], bool]


def keep_logs(words: Sequence[str], asked: Question) -> KeepLog:
    """Which lines words let through. Raises `NotFound`, `RuleError("unknown_filter")`."""
    tests = [_log_test(word.strip(), asked) for word in words if word.strip()]
    return lambda log: all(test(log) for test in tests)


def keep_duties(words: Sequence[str], asked: Question) -> KeepDuty:
    """Which duties words let through. Raises `NotFound`, `RuleError("unknown_filter")`."""
    tests = [_duty_test(word.strip(), asked) for word in words if word.strip()]
    return lambda duty: all(test(duty) for test in tests)


def _parted(word: str) -> tuple[str, str]:
    """The key of a word and its value; a word without one is a key alone."""
    key, _colon, value = word.replace("：", ":").partition(":")
    return _CHINESE.get(key, key), value


def _log_test(word: str, asked: Question) -> KeepLog:
    town = asked.town
    key, value = _parted(word)
    if key == COVERED and not value:
        covered = _covered(asked)
        return lambda log: log.label in covered
    if not value:
        return lambda log: _says(log, town, key_of(word))
    if key == "zone":
        zones = zones_called(town, value)
        return lambda log: any(log.zone_of(f) in zones for f in log.figures) or log.zone in zones
    if key == "unit":
        unit = _unit(town, value)
        return lambda log: log.unit == unit
    if key == "kind":
        return lambda log: key_of(value) in key_of(log.kind)
    raise RuleError("unknown_filter", value=word, expected=(*(f"{k}:" for k in KEYS), COVERED))


def _duty_test(word: str, asked: Question) -> KeepDuty:
    town = asked.town
    key, value = _parted(word)
    if key == MISSED and not value:
        period = asked.period
        over = standing(town, period.first, asked.day, period.known)
        missed = {each.instance.duty.id for each in over if each.missed}
        return lambda duty: duty.id in missed
    if not value:
        wanted = key_of(word)
        return lambda duty: wanted in key_of(f"{duty.label} {duty.name} {duty.kind}")
    if key == "zone":
        zones = zones_called(town, value)
        return lambda duty: bool(zones & set(duty.zones))
    if key == "unit":
        unit = _unit(town, value)
        return lambda duty: duty.unit == unit
    if key == "kind":
        return lambda duty: key_of(value) in key_of(duty.kind)
    raise RuleError("unknown_filter", value=word, expected=(*(f"{k}:" for k in KEYS), MISSED))


def _unit(town: Town, value: str) -> int:
    found = Directory(town.units.values()).find(value)
    if found is None:
        raise RuleError("no_unit", value=value)
    return found.id


def _covered(asked: Question) -> set[str]:
    """Lines with a figure that a report covers."""
    return {
        left.ref
        for held in indicators(asked.town)
        if not held.counts
        for left in value_of(asked, held).left_out
        if left.why.startswith(INSIDE)
    }


def _says(log: Log, town: Town, wanted: str) -> bool:
    """Whether a line has a word in any of its own."""
    unit, zone = town.units.get(log.unit or 0), town.zones.get(log.zone or 0)
    texts = [log.label, log.kind, log.title, log.place, log.reference, log.note]
    texts += [unit.name if unit else "", f"{zone.code} {zone.name}" if zone else ""]
    held = [(figure, indicator(town, figure.indicator)) for figure in log.figures]
    texts += [f"{figure.indicator} {each.name if each else ''}" for figure, each in held]
    return any(wanted in key_of(text) for text in texts)
