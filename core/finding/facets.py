"""What the board can be narrowed to, each with how much is open under the rest of the query."""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from core.errors import RuleError
from core.finding.query import compile_query, wants_closed
from core.finding.terms import KEYS, Term, parse, written
from core.model import Item, View
from core.roles import Actor
from core.town.town import Town
from core.words.categories import CATEGORIES

TIMES = ("overdue", "today", "soon", "due:<7d", "found:<7d", "found:<30d")
LEVELS = ("1+", "2+", "3+")


class Facet(Struct, frozen=True):
    """One thing to narrow to; `key` is what it belongs to, such as `zone` or `time`."""

    key: str
    name: str
    query: str
    """The term as it is written."""
    count: int
    on: bool


def facets(query: str, town: Town, today: date, actor: Actor) -> list[Facet]:
    """Every facet that shows something, and those that are on."""
    on = {t.key for t in parse(query) if not t.negated}
    found = []
    for key, choices in _choices(town):
        base = _under(_without(query, key), town, today, actor)
        for name, text in choices:
            wanted = parse(text)[0]
            here = _among(query, wanted) if wanted.key in _VALUED else wanted.key in on
            count = sum(map(compile_query(text, town, today, actor), base))
            if count or here:
                found.append(Facet(key, name, text, count, here))
    return found


def view_counts(town: Town, today: date, actor: Actor) -> list[tuple[View, int]]:
    """The views in use with how much each shows; -1 where its query no longer holds."""
    found = []
    for view in town.all(View):
        if view.active:
            try:
                keep = compile_query(view.query, town, today, actor)
                count = sum(map(keep, _pool(view.query, town)))
            except RuleError:
                count = -1
            found.append((view, count))
    return sorted(found, key=lambda pair: (pair[0].key or 99, pair[0].id))


def toggled(query: str, text: str) -> str:
    """The query with a term added, or taken out where it is there; values of one key are joined."""
    wanted = parse(text)[0]
    terms = [t for t in parse(query) if not _denies(t, wanted)]
    same = [t for t in terms if t.key == wanted.key and not t.negated]
    if wanted.key in _VALUED:
        values = [v for t in same for v in t.value.split("|")]
        if wanted.value in values:
            values.remove(wanted.value)
        elif wanted.key in _JOINED:
            values.append(wanted.value)
        else:
            values = [wanted.value]
        rest = [t for t in terms if t not in same]
        terms = [*rest, Term(wanted.key, "|".join(values))] if values else rest
    elif same:
        terms = [t for t in terms if t not in same]
    else:
        terms.append(wanted)
    return " ".join(map(written, terms))


def _denies(one: Term, wanted: Term) -> bool:
    """Whether a term takes out what is wanted."""
    return one.negated and one.key == wanted.key and wanted.value in one.value.split("|")


_JOINED = frozenset({"zone", "unit", "cat"})
_VALUED = frozenset(KEYS.values())


def _among(query: str, wanted: Term) -> bool:
    """Whether a term with several values names this one."""
    return any(
        t.key == wanted.key and not t.negated and wanted.value in t.value.split("|")
        for t in parse(query)
    )


def _choices(town: Town) -> list[tuple[str, list[tuple[str, str]]]]:
    """Keys, and under each the names and terms there are."""
    zones = sorted((z for z in town.zones.values() if z.active), key=lambda z: z.code)
    units = [u for u in town.units.values() if u.active]
    return [
        ("time", [(word, word) for word in TIMES]),
        ("level", [(level, f"level:{level}") for level in LEVELS]),
        ("zone", [(f"{z.code} {z.name}", written(Term("zone", z.code))) for z in zones]),
        ("unit", [(u.name, written(Term("unit", u.name))) for u in units]),
        ("cat", [(name, written(Term("cat", name))) for name in CATEGORIES]),
    ]


def _without(query: str, key: str) -> str:
    """The query without the terms of one facet, so that its others can be counted."""
    times = {t.key for word in TIMES for t in parse(word)}
    left = [t for t in parse(query) if t.key != key and not (key == "time" and t.key in times)]
    return " ".join(map(written, left))


def _pool(query: str, town: Town) -> Iterable[Item]:
    return town.in_hand() if wants_closed(query) else town.open_items()


def _under(query: str, town: Town, today: date, actor: Actor) -> list[Item]:
    keep: Callable[[Item], bool] = compile_query(query, town, today, actor)
    return [item for item in _pool(query, town) if keep(item)]
