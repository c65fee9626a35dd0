"""What the last word of a query may be meant as, while it is typed."""

from collections.abc import Iterable

from core.finding.terms import FLAGS, KEYS, STATE_WORDS, Term, written
from core.stats.statistics import OF_UNITS
from core.town.town import Town
from core.words.categories import CATEGORIES, subcategories
from core.words.pinyin.sounds import rank
from core.words.text import key_of

MOST = 6
SOURCES = ("日常巡查", "周检查", "月检查", "群众举报", "上级交办", "媒体曝光", "回头看")
"""Where problems usually come from; any other text will do."""
_VALUES = {
    "level": ("1+", "2+", "3+", "4"),
    "rework": ("1+", "2+", "3+"),
    "due": ("today", "<3d", "<7d", ">7d"),
    "found": ("today", "<7d", "<30d", ">30d"),
    "source": SOURCES,
    "stat": tuple(f"{each.chinese}@{when}" for when in ("本月", "上月") for each in OF_UNITS),
}
Named = Iterable[tuple[str, tuple[str, ...]]]


def last_word(text: str) -> str:
    """What is being typed: everything behind the last blank that is not in quotes."""
    begin = 0
    quoted = False
    for at, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char.isspace() and not quoted:
            begin = at + 1
    return text[begin:]


def completions(text: str, town: Town) -> list[str]:
    """Terms for the last word, likeliest first; none where it is complete or fits nothing."""
    word = last_word(text)
    minus = "-" if word.startswith("-") else ""
    bare = word[len(minus) :]
    if not bare:
        return []
    key, colon, value = bare.replace("：", ":").partition(":")
    found = _values(key, value, town) if colon else _words(bare, town)
    return [minus + one for one in found if one != bare][:MOST]


def _values(key: str, value: str, town: Town) -> list[str]:
    kind = KEYS.get(key.lower())
    before, bar, value = value.replace('"', "").rpartition("|")
    return [written(Term(key, before + bar + name)) for name in _fitting(value, _named(kind, town))]


def _words(word: str, town: Town) -> list[str]:
    flags = [(flag, (flag,)) for flag in FLAGS]
    keys = [(f"{key}:", (key,)) for key in KEYS]
    found = _fitting(word, [*flags, *keys])
    for key in ("unit", "zone", "cat"):
        found += [written(Term(key, name)) for name in _fitting(word, _named(key, town))]
    return found


def _named(kind: str | None, town: Town) -> Named:
    """What a key may be given: as it is written, and the names it is found by."""
    match kind:
        case "unit" | "lead":
            units = [u for u in town.units.values() if u.active]
            return [(u.name, u.names) for u in units]
        case "zone":
            zones = [z for z in town.zones.values() if z.active]
            return [(z.code, (z.code, z.name)) for z in sorted(zones, key=lambda z: z.code)]
        case "cat":
            kinds = [k for c in CATEGORIES for k in (c, *subcategories(c)[:-1])]
            return [(name, (name,)) for name in kinds]
        case "state":
            return [(name, (name, state)) for name, state in STATE_WORDS.items()]
        case _:
            return [(value, (value,)) for value in _VALUES.get(kind or "", ())]


def _fitting(word: str, named: Named) -> list[str]:
    wanted = key_of(word) or word
    ranked = []
    for order, (text, names) in enumerate(named):
        fits = rank(wanted, [key_of(name) or name for name in names if name])
        if fits is not None:
            ranked.append((fits, order, text))
    return [text for _fits, _order, text in sorted(ranked)]
