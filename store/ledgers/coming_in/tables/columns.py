"""Which field each column of a sheet is: by its header, else by what it holds, else asked.

A column whose header is one of the names of a field is that field. One whose header is only like a name, or
that holds what only one field can hold, is taken and told once. What may be two things is asked; nothing is
taken that does not fit what stands in it (docs/domain.md 8).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from store.ledgers.coming_in.tables.heading import Heading
from store.ledgers.coming_in.tables.holds import MOST, Holds, Known, clocked, fits, holds, with_unit
from store.ledgers.wording import LEADING, Meaning, Vocabulary, folded

SHORTEST_SLIP = 3
"""Characters of a header up to which another one in it makes another word."""
_NEAR = 0.72
"""How much alike a header and a name must be before one is asked about."""


class ToldOf(Struct, frozen=True):
    """What is to be told of a column, once a file."""

    sheet: str | None
    header: str
    why: str
    """`guessed`: taken as `fields[0]`; `asked`: it may be any of `fields`; `twice`; `unknown`; `hidden`."""
    fields: tuple[str, ...] = ()
    """With `unknown`, what it may have been meant as."""

    @property
    def taken(self) -> bool:
        """Whether its cells went into a field."""
        return self.why in ("guessed", "hidden")


def _by_content(found: Holds, free: Collection[str]) -> str | None:
    """The one field a column can only be, by what stands in it."""
    for field, share in (
        ("zone", found.zone),
        ("category", found.category),
        ("severity", found.severity),
        ("lead_unit", found.unit),
        ("subcategory", found.subcategory),
    ):
        if share >= MOST and field in free:
            return field
    return None


class Settled(Struct):
    """Columns with their fields, and what is to be told of the others."""

    columns: dict[int, str]
    told: list[ToldOf]


def settled(
    heading: Heading,
    cells: Callable[[int], Sequence[Any]],
    words: Vocabulary,
    known: Known,
    sheet: str | None,
    needed: Collection[str],
) -> Settled:
    """Every column under a header as a field or as one to be told of; `cells` gives what stands below one."""
    columns, named = _by_name(heading, cells, words, known, sheet)
    told = list(named.values())
    open_ = {
        at: heading.columns.get(at) for at in heading.names if at not in columns and at not in named
    }
    seen = {at: holds([with_unit(heading.names[at], c) for c in cells(at)], known) for at in open_}
    fields = words.fields - {""}

    def take(at: int, field: str) -> None:
        columns[at] = field
        del open_[at]
        told.append(ToldOf(sheet, heading.names[at], "guessed", (field,)))

    def free() -> set[str]:
        return set(fields) - set(columns.values())

    # By name: what means one thing and fits; then what may be two, where only one is left.
    for several in (False, True):
        ranked = sorted(open_.items(), key=lambda each: each[1].rank if each[1] else 0)
        for at, meaning in ranked:
            if meaning is None or (len(meaning.fields) > 1) != several:
                continue
            fitting = [f for f in meaning.fields if _free(f, free()) and fits(f, seen[at])]
            if several and len(fitting) > 1 and seen[at].deadline and "due_on" in fitting:
                fitting = ["due_on"]
            if len(fitting) == 1:
                take(at, fitting[0])
    # By content, or by a name with a slip of the pen in it.
    for at, meaning in list(open_.items()):
        if meaning is None and seen[at].count:
            name, left = heading.names[at], free() - words.never(heading.names[at])
            field = _by_content(seen[at], left) or _slip(name, words, free(), seen[at])
            if field is not None:
                take(at, field)
    for key in set(needed) - set(columns.values()):
        texts = [at for at, meaning in open_.items() if meaning is None and _is_text(seen[at])]
        if key == "description" and len(texts) == 1 and OF_ITEMS & set(columns.values()):
            take(texts[0], key)
    for at, meaning in open_.items():
        if not seen[at].count:
            continue
        name = heading.names[at]
        if meaning is not None and len(meaning.fields) > 1 and set(meaning.fields) <= free():
            told.append(ToldOf(sheet, name, "asked", meaning.fields))
        elif meaning is not None and meaning.field in columns.values():
            told.append(ToldOf(sheet, name, "also", meaning.fields))
        else:
            near = tuple(
                f for f in _near(name, words, free()) if fits(f, seen[at]) and _proven(f, seen[at])
            )
            told.append(ToldOf(sheet, name, "unknown", near))
    return _due_when_done(Settled(columns, told), heading, sheet)


_WHEN_DONE = frozenset(
    map(folded, ("完成时间", "完成日期", "整改完成时间", "整改完成日期", "办结时间"))
)
_HOW_IT_GOES = frozenset(
    {
        "due_on",
        "progress",
        "state",
        "measure",
        "inspection",
        "inspected_on",
        "photos_after",
        "closed_on",
    }
)


def _due_when_done(found: Settled, heading: Heading, sheet: str | None) -> Settled:
    """完成时间 of a list that says neither a deadline nor how it goes is by when it is to be done, and told."""
    if not _HOW_IT_GOES & set(found.columns.values()):
        for at, field in found.columns.items():
            if field == "feedback_on" and folded(heading.names[at]) in _WHEN_DONE:
                found.columns[at] = "due_on"
                found.told.append(ToldOf(sheet, heading.names[at], "guessed", ("due_on",)))
                break
    return found


_LOOSELY_NAMED = frozenset({"lead_unit", "location"})
"""Fields of whose names some, such as 单位 and 区域, head other columns too."""


def _by_name(
    heading: Heading,
    cells: Callable[[int], Sequence[Any]],
    words: Vocabulary,
    known: Known,
    sheet: str | None,
) -> tuple[dict[int, str], dict[int, ToldOf]]:
    """Columns whose header is a name of their field, and those to be told of, both by column.

    Of several the one whose name says it best is it; where one of two places holds zones, it is the zone.
    """
    own = ((at, m) for at, m in heading.columns.items() if at in heading.names)
    meant = {at: m for at, m in own if m.field is not None and not clocked(m.field, cells(at))}
    told: dict[int, ToldOf] = {}
    columns: dict[int, str] = {}
    if (zone := _place_that_is_zone(meant, cells, known)) is not None:
        del meant[zone]
        columns[zone] = "zone"
        told[zone] = ToldOf(sheet, heading.names[zone], "guessed", ("zone",))
    named: dict[str, list[int]] = {}
    for at, meaning in meant.items():
        if meaning.sure:
            named.setdefault(str(meaning.field), []).append(at)
    for field, several in named.items():
        best = several[0]
        if field in _LOOSELY_NAMED:
            best = min(several, key=lambda at: (not cells(at), words.rank(heading.names[at])))
        for at in several:
            again = field and at != best and at not in heading.widened
            if again and _helps(heading.names[best], heading.names[at], meant.values()):
                columns[at] = "co_units"
                told[at] = ToldOf(sheet, heading.names[at], "guessed", ("co_units",))
                continue
            if again and cells(at):
                told[at] = ToldOf(sheet, heading.names[at], "twice")
            if not again or at > best:
                columns[at] = field
    return dict(sorted(columns.items())), told


def _place_that_is_zone(
    meant: Mapping[int, Meaning], cells: Callable[[int], Sequence[Any]], known: Known
) -> int | None:
    """Of two columns for a place the one that holds names of zones, where no other is a zone."""
    fields = [meaning.field for meaning in meant.values()]
    if fields.count("location") < 2 or {"zone", "zone_name"} & set(fields):
        return None
    places = [at for at, meaning in meant.items() if meaning.field == "location"]
    zones = [at for at in places if holds(cells(at), known).zone >= MOST]
    return zones[0] if len(zones) == 1 else None


def _helps(best: str, other: str, meant: Iterable[Meaning]) -> bool:
    """Whether 责任单位 stands beside 牵头单位 and no other column says who helps: it does."""
    beside = folded(best).startswith(LEADING) and folded(other).startswith("责任")
    return beside and all("co_units" not in meaning.fields for meaning in meant)


OF_ITEMS = frozenset({"found_on", "issued_on", "due_on", "feedback_on", "progress", "state"})
"""Fields only a ledger of problems has; lists of units and zones have texts too."""


def _free(field: str, free: Collection[str]) -> bool:
    return field in free or (field == BOTH and {"measure", "requirement"} & set(free) != set())


BOTH = "both"
"""A column that is 整改要求 and 整改措施 at once."""


def _is_text(found: Holds) -> bool:
    """Whether a column holds sentences of people's own."""
    return (
        found.count > 0
        and found.length >= 4
        and found.distinct > 0.5
        and found.day + found.number + found.claim + found.photo < 0.3
        and found.unit + found.zone + found.category < 0.5
    )


def _near(name: str, words: Vocabulary, free: Collection[str]) -> list[str]:
    """Fields a header may have been meant as: it is written much like one of their names."""
    plain = folded(name)
    names = {header: field for header, field in words.headers.items() if field in free and header}
    found = get_close_matches(plain, names, 3, _NEAR) if len(plain) > 3 else []
    return list(dict.fromkeys(names[each] for each in found))


def _slip(name: str, words: Vocabulary, free: Collection[str], seen: Holds) -> str | None:
    """The one field of whose names a header is one with another character in it: 发现时问; none that does not fit."""
    plain = folded(name)
    found = {
        field
        for header, field in words.headers.items()
        if len(header) == len(plain) > SHORTEST_SLIP
        and field in free
        and sum(a != b for a, b in zip(header, plain, strict=True)) == 1
    }
    field = next(iter(found)) if len(found) == 1 else None
    return field if field and fits(field, seen) and _proven(field, seen) else None


def _proven(field: str, found: Holds) -> bool:
    """Whether what stands in a column speaks for a field, not only not against it."""
    if field in ("zone", "zone_name"):
        return found.zone > 0
    if field in ("lead_unit", "co_units"):
        return found.unit > 0 or found.length >= 3
    return field != "closed_on"  # never by likeness: what it would do cannot be seen
