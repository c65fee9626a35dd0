"""Sentences offered for a line of a form: the office's own, and what is typed here again and again (docs/street.md 5)."""

from collections import Counter
from collections.abc import Iterator

from core.model import Item, Phrase
from core.registers.phrases import LINES
from core.town.town import Town

OFTEN = 3
"""Times a sentence is written before it is offered by itself."""
MOST = 30
LONGEST = 60
"""Characters beyond which a text is no set phrase."""


LEARNT = frozenset({"assign", "submit", "fix", "pass", "fail", "inspect"})
"""Verbs in whose lines what was written often is offered; in others, only the office's own sentences."""


def offered(town: Town, line: str, *, often: bool = True) -> list[str]:
    """Sentences for a line (measure, requirement, finding, reason), most used here first."""
    used = Counter(text for item in town.items.values() for text in _written(item, line))
    held = [each for each in town.all(Phrase) if each.of == LINES[line]]
    own = [each.text for each in held if each.active]
    dropped = {each.text for each in held if not each.active}
    learnt = [
        text
        for text, count in used.items()
        if often and count >= OFTEN and 0 < len(text) <= LONGEST and text not in dropped
    ]
    every = dict.fromkeys([*own, *learnt])
    return sorted(every, key=lambda text: (-used[text], text))[:MOST]


def _written(item: Item, line: str) -> Iterator[str]:
    for each in item.assignments:
        if line == "requirement":
            yield each.requirement
        elif line == "measure":
            yield from {f.measure for f in each.feedbacks}
        elif line == "finding":
            yield from (i.finding for i in each.inspections if i.passed)
        elif line == "reason":
            yield from (i.finding for i in each.inspections if not i.passed)
