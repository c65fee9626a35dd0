"""Facts of a zone and parts of one that is divided, as people write them (docs/year.md 2)."""

import re
from collections.abc import Iterable
from typing import Any

from core.errors import RuleError
from core.model import FACTS
from core.words.cells import count_of, figure_of

_PAIR = re.compile(r"(.+?)\s*[=＝:：]\s*(.+)")
AREA = "面积"
"""The one fact that may have places behind the point."""


def read_facts(words: Iterable[str]) -> dict[str, float]:
    """户数=320 人口=1102. Raises `RuleError`: `unknown_word`, `bad_number`."""
    told: dict[str, float] = {}
    for each in words:
        found = _PAIR.fullmatch(each)
        if found is None or found[1] not in FACTS:
            name = found[1] if found else each
            raise RuleError("unknown_word", field="fact", value=name, expected=tuple(FACTS))
        read = figure_of if found[1] == AREA else count_of
        number = read(found[1], found[2])
        if number is None:
            raise RuleError("bad_number", field=found[1], value=found[2])
        told[found[1]] = number
    return told


def read_parts(words: Iterable[str], of: str) -> list[dict[str, Any]]:
    """Z03A=三段东 Z03B=三段西, of the zone named. Raises `RuleError("bad_pair")`, `RuleError("one_part")`."""
    parts = []
    for each in words:
        code, equals, name = each.replace("＝", "=").partition("=")
        if not equals or not code.strip() or not name.strip():
            raise RuleError("bad_pair", value=each)
        parts.append({"code": code.strip(), "name": name.strip()})
    if len(parts) < 2:
        raise RuleError("one_part", value=of)
    return parts
