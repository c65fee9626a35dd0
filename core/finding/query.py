"""The query language of `/`, `zg list` and `zg export`: words and `key:value` terms.

Terms stand side by side and all must hold; `-` before one negates it, `|` inside a value gives
alternatives, quotes keep blanks. Keys are English or Chinese (docs/commands.md).
"""

import re
from collections.abc import Callable, Iterable
from datetime import date

from core.errors import RuleError
from core.finding.anywhere import numbered, told_beside
from core.finding.day_terms import days_named
from core.finding.terms import CLOSED_FLAGS, FLAGS, OPEN_WORDS, STATE_WORDS, Term, parse
from core.model import OPEN_STATES, Item, Role, State
from core.roles import Actor
from core.town.facts import Facts, outstanding
from core.town.town import Town
from core.words.pinyin.sounds import sounds_like
from core.words.text import key_of

Keep = Callable[[Item], bool]

DATED: dict[str, Callable[[Item], tuple[date | None, ...]]] = {
    "found": lambda item: (item.found_on,),
    "due": lambda item: (item.assignment.work_until,) if item.assignment else (),
    "issued": lambda item: tuple(a.issued_on for a in item.assignments),
    "closed": lambda item: (item.closed_on,),
    "recheck": lambda item: tuple(look.on for look in item.rechecks),
}
"""The days of an item that a key asks for; any of them may be meant."""


def compile_query(text: str | Iterable[str], town: Town, today: date, actor: Actor) -> Keep:
    """A predicate over items. Raises `RuleError` where the query is wrong."""
    line = text if isinstance(text, str) else " ".join(text)
    terms = parse(line)
    units = counted_units(terms, town)
    tests = [
        _negated(_test(term, town, today, actor, units), term.negated)
        for term in terms
        if units is None or term.key not in _BY_UNIT or term.negated
    ]
    if not tests:
        return lambda item: True
    if len(tests) == 1:
        return tests[0]
    return lambda item: all(test(item) for test in tests)


_BY_UNIT = ("unit", "lead")


def counted_units(terms: Iterable[Term], town: Town) -> set[int | None] | None:
    """The units whose assignments a figure is asked of; None where no figure is, or of no unit."""
    asked = list(terms)
    if not any(term.key == "stat" for term in asked):
        return None
    named = [_unit_named(t.value, town) for t in asked if t.key in _BY_UNIT and not t.negated]
    return set.intersection(*named) if named else None


def times(query: str, items: Iterable[Item], town: Town, today: date) -> int | None:
    """How often the figure a query asks for counts these items; None where it asks for none.

    Raises `RuleError` as `counted` does.
    """
    terms = parse(query)
    figure = next((t.value for t in terms if t.key == "stat" and not t.negated), None)
    if figure is None:
        return None
    from core.finding.stat_term import counted  # only where a figure is asked for

    labels = counted(figure, town, today, counted_units(terms, town))
    held = list(items)
    wholes = {item.whole for item in held if item.whole}
    return sum(labels.get(label, 0) for label in (*(item.label for item in held), *wholes))


def wants_closed(text: str | Iterable[str]) -> bool:
    """Whether a query speaks of closed items, or names one, so that they must be loaded."""
    line = text if isinstance(text, str) else " ".join(text)
    for term in parse(line):
        if term.key in CLOSED_FLAGS:
            return True
        if term.key == "state" and not _states(term.value) <= OPEN_STATES:
            return True
    return False


def asks_for_requests(text: str | Iterable[str]) -> bool:
    """Whether a query is about what waits for a decision."""
    line = text if isinstance(text, str) else " ".join(text)
    return any(term.key == "asked" and not term.negated for term in parse(line))


def _negated(test: Keep, negated: bool) -> Keep:
    return (lambda item: not test(item)) if negated else test


def _test(term: Term, town: Town, today: date, actor: Actor, units: set[int | None] | None) -> Keep:
    match term.key:
        case "":
            return _words(term.value, town)
        case "overdue":
            return lambda item: outstanding(item, today)
        case "mine":
            return _mine(actor)
        case flag if flag in FLAGS.values():
            holds = getattr(Facts(town, today), flag)
            return lambda item: bool(holds(item))
        case "unit":
            wanted = _unit_named(term.value, town)
            return lambda item: bool(wanted & _units(item))
        case "lead":
            leading = _unit_named(term.value, town)
            return lambda item: item.holder in leading
        case "zone":
            zones = _named(
                term.value, {z.id: (z.code, z.name) for z in town.zones.values()}, "zone"
            )
            return lambda item: item.zone in zones
        case "state":
            states = _states(term.value)
            return lambda item: item.state in states
        case "cat" | "source":
            words = [key_of(word) for word in term.value.split("|")]
            text = _kind_of if term.key == "cat" else _source_of
            return lambda item: any(_like(word, text(item)) for word in words)
        case "stat":
            return _counted(term.value, town, today, units)
        case "round":
            held = {r.id for r in town.rounds.values() if r.number.startswith(term.value)}
            return lambda item: item.round in held
        case "level" | "rework":
            low, high = _range(term.value)
            name = "level" if term.key == "level" else "reworks"
            return lambda item: low <= getattr(item, name) <= high
        case "no":
            return numbered(term.value)
        case _:
            return _dated(term, today)


def _kind_of(item: Item) -> str:
    return f"{item.category} {item.subcategory}"


def _source_of(item: Item) -> str:
    return item.source


def _counted(value: str, town: Town, today: date, units: set[int | None] | None) -> Keep:
    from core.finding.stat_term import counted  # only where a figure is asked for

    labels = counted(value, town, today, units)
    return lambda item: item.label in labels or item.whole in labels


def _like(word: str, text: str) -> bool:
    return word in key_of(text) or (word.isascii() and word.isalpha() and sounds_like(word, text))


def _words(value: str, town: Town) -> Keep:
    """A word: in a number, the place, the text, the category or a unit; or their initials."""
    words = [(word.casefold(), word.isascii() and word.isalpha()) for word in value.split("|")]
    names = {u.id: u.name for u in town.units.values()}

    def test(item: Item) -> bool:
        text = "\n".join(
            (
                item.number,
                item.report_no,
                item.location,
                item.description,
                *told_beside(item),
                *(names.get(unit or 0, "") for unit in _units(item)),
            )
        ).casefold()
        return any(word in text or (letters and sounds_like(word, text)) for word, letters in words)

    return test


def _mine(actor: Actor) -> Keep:
    if actor.unit is not None and Role.LIAISON in actor.roles:
        return lambda item: actor.unit in _units(item)
    return lambda item: item.reporter == actor.login


def _units(item: Item) -> set[int | None]:
    assignment = item.assignment
    return {assignment.lead, *assignment.co} if assignment else set()


def _unit_named(value: str, town: Town) -> set[int | None]:
    return _named(value, {u.id: u.names for u in town.units.values()}, "unit")


def _named(value: str, names: dict[int, tuple[str, ...]], kind: str) -> set[int | None]:
    """Ids of the names meant: exactly, else by their beginning, else by pinyin initials."""
    found: set[int | None] = set()
    for word in value.split("|"):
        key = key_of(word)
        hits: set[int] = set()
        for alike in (str.__eq__, str.startswith, str.endswith, _initials):
            hits = {
                i
                for i, all_names in names.items()
                if any(n and alike(key_of(n), key) for n in all_names)
            }
            if hits:
                break
        if not hits:
            raise RuleError(f"no_{kind}", value=word)
        found |= hits
    return found


def _initials(name: str, key: str) -> bool:
    return key.isascii() and sounds_like(key, name)


def _states(value: str) -> frozenset[State]:
    found: set[State] = set()
    for word in value.split("|"):
        found |= OPEN_STATES if word.lower() in OPEN_WORDS else {_state(word)}
    return frozenset(found)


def _state(word: str) -> State:
    found = STATE_WORDS.get(word.lower())
    if found is None:
        raise RuleError("unknown_state", value=word, expected=tuple(State))
    return found


def _range(value: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,4})(\+|(?:\.\.|-)(\d{1,4}))?", value)
    if match is None:
        raise RuleError("bad_number", value=value)
    low = int(match.group(1))
    if match.group(3):
        return low, int(match.group(3))
    return low, 9999 if match.group(2) else low


def _dated(term: Term, today: date) -> Keep:
    """A stretch of days: `due:` looks at `work_until`, the others at what they are called."""
    first, last = days_named(term.value, today, term.key)
    days_of = DATED[term.key]
    return lambda item: any(on is not None and first <= on <= last for on in days_of(item))
