"""Quick entry: one line as a person writes it, read as the report it stands for.

`二段 桂花街西段 占道摆摊3处 城管 3天` names a zone, a place, what is wrong, a unit and a deadline, in
any order but place before problem. A word is taken only where it can stand for one thing; whatever
is left is the place and, behind it, the problem. Unit and deadline are proposed, not issued.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from core.actions.loop.road import Report
from core.asks import SOURCE
from core.calendar.working_days import Kind
from core.ledger.line_words import (
    FULL_DAY,
    HELPING,
    LABEL,
    LIKE_UNIT,
    NO_DAY,
    apart,
    cut_off,
    ends_with,
    is_chatter,
    is_work,
    kind_of,
    letters_of,
    look_of,
    role_of,
    says_by,
    shortened,
    street,
    unfolded,
    usual,
    who_and_when,
    words_of,
)
from core.model import Proposed, Severity
from core.town.town import Town
from core.words.claims import claim_of
from core.words.dates import DAYS_AGO, Period, read_date
from core.words.deadlines import deadline_of, without_work, wording
from core.words.directory import Directory, Named
from core.words.placing import Gazetteer, place_of
from core.words.text import clean, key_of

SHORTEST_PART = 2
"""Characters that stand for the one zone whose name ends, or unit whose name begins, with them."""
PLACE_AND_PROBLEM = 2
"""Words a line has before what else is said of it may be a unit."""
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}\s*[.、．)）](?!\d)|[（(]\d{1,3}[)）]|[①-⑳])\s*")
_PLACE = re.compile(r"^([^：:]{1,40})：\s*(?=\S)")
_TODAY = frozenset({"今天", "今日"})


def lines_of(text: str) -> list[str]:
    """The lines of a paste that say something, without their numbering."""
    found = (_NUMBERING.sub("", line).strip() for line in clean(text).split("\n"))
    return [line for line in found if line]


class _Said(Struct):
    """What the words of a line have said so far."""

    zone: int | None = None
    named: Named | None = None
    stands: str = ""
    """The unit that stands where the place does."""
    deadline: str = ""
    found_on: date | None = None
    kind: tuple[str, str] = ("", "")
    severity: str = ""
    work: str = ""
    """How far it is."""
    words: list[str] = []
    """What is left: the place and the problem."""
    unread: dict[str, str] = {}


class QuickReader:
    """Reads lines of one town on one day."""

    def __init__(self, town: Town, today: date) -> None:
        self._today = today
        self._period = Period(today, calendar=town.calendar)
        self._units = Directory(town.units.values())
        self._gazetteer = Gazetteer(town.zones.values())
        self._unit_names = [
            (unit.id, [key_of(name) for name in unit.names])
            for unit in town.units.values()
            if unit.active
        ]
        zones = [zone for zone in town.zones.values() if zone.active]
        self._places = [
            (zone.id, [key_of(name) for name in (zone.name, street(zone)) if len(name) > 2])
            for zone in zones
        ]
        self._zone_names = [(zone.id, key_of(zone.name)) for zone in zones]
        self._letters = {letters_of(zone.code) for zone in zones} - {""}

    def read_all(self, lines: Iterable[str]) -> list[Report]:
        """The reports of several lines; a line that only says when they looked holds for those below it."""
        day, found = self._today, []
        for line in lines:
            look = look_of(_NUMBERING.sub("", line))
            told = read_date(look, self._period).value if look else None
            day = min(told, self._today) if told else day
            said = self.read("" if look is not None else line)
            found.append(said if said.found_on != self._today else replace(said, found_on=day))
        return found

    def read(self, line: str) -> Report:
        """The report a line stands for; it may lack a place or a description."""
        line = _NUMBERING.sub("", line)
        if not line or is_chatter(line):
            return Report(source=SOURCE, found_on=self._today)
        said = _Said()
        bare, told = cut_off(line, self._told)
        parts = words_of(bare if LABEL.search(bare) else _PLACE.sub(r"\1 ", bare))
        for word in (*(LABEL.sub("", w) for w in unfolded(parts, self._is_told)), *told):
            if not (self._says_where_or_who(word, said) or self._says_when_or_what(word, said)):
                said.words.append(word)
        place, words = apart(list(filter(None, said.words)), said.kind, said.stands)
        zone = said.zone if said.zone is not None else self._zone_in(line)
        if not place and zone is None and told:
            place = [place_of("".join(words))]
        category, below = said.kind
        return Report(
            zone=zone,
            location=" ".join(place),
            description=(" " if len(bare.split()) > 1 else "，").join(words) or below or category,
            category=category,
            subcategory=below,
            severity=said.severity,
            source=SOURCE,
            found_on=said.found_on or self._today,
            proposed=self._proposed(said),
        )

    def _says_where_or_who(self, word: str, said: "_Said") -> bool:
        """Whether a word names the zone, the unit or one that helps it; it is taken then."""
        words, named = said.words, said.named
        behind = len(words) >= PLACE_AND_PROBLEM and self._units.find(word) is not None
        if said.zone is None and not behind and (found := self._zone(word)) is not None:
            said.zone = found
        elif (named is None or said.stands) and (
            units := self._named(word, first=not words)
        ) is not None:
            # A unit in the place of the place may be the place: 客运站 门口, until another comes.
            first = named is None and not words and not word.startswith("@")
            said.stands, said.named = word if first else "", units
            words += [word] if first else []
        elif named is not None and self._helps(word, named, behind=len(words)):
            said.named = replace(named, co=(*named.co, self._helper(*role_of(word)) or 0))
        else:
            return False
        return True

    def _says_when_or_what(self, word: str, said: "_Said") -> bool:
        """Whether a word says by when, of which day, of what kind, how grave or how far; it is taken then."""
        if said.named is not None and word in _TODAY:
            said.deadline = said.deadline or "当天"
        elif not said.deadline and (due := self._deadline(word)):
            said.deadline = due  # before what is done: 4月3号清运 is not, while that day is to come
        elif said.words and not said.work and is_work(word, behind=said.named is not None):
            said.work = word
        elif said.found_on is None and (day := self._day(word)) is not None:
            said.found_on = day
        elif not said.kind[0] and (read := kind_of(word)) is not None:
            said.kind = read
            said.words += [word] if word == read[1] else []  # it says what is wrong as well
        elif not said.severity and word in tuple(Severity):
            said.severity = word
        elif not said.deadline and NO_DAY.fullmatch(word):
            said.unread["due_on"] = word
        elif said.zone is None and letters_of(word) in self._letters:
            said.unread["zone"] = word
        elif (
            said.named is None
            and len(said.words) >= PLACE_AND_PROBLEM
            and LIKE_UNIT.fullmatch(word)
        ):
            said.unread["lead_unit"] = word
        else:
            return False
        return True

    def _helps(self, word: str, named: Named, *, behind: int) -> bool:
        """Whether a word behind the unit that leads is another unit, by one of its names, or says that it helps."""
        name, role = role_of(word)
        unit = self._helper(name, role)
        if unit is None or unit == named.lead or unit in named.co:
            return False
        return role in HELPING or behind >= PLACE_AND_PROBLEM

    def _helper(self, name: str, role: str) -> int | None:
        """A unit behind the one that leads: by one of its names, or where it is said to help, by how one begins."""
        found = self._units.find(name.removeprefix("@"))
        if found is not None:
            return found.id
        return self._unit(name) if role in HELPING else None

    def _told(self, piece: str) -> list[str]:
        """The words of a piece that says nothing but who and by when."""
        bare = LABEL.sub("", piece.strip("。. "))
        if bare and self._is_told(bare):
            return [bare]
        return who_and_when(
            piece, lambda name: self._unit(name) is not None, lambda due: bool(self._deadline(due))
        )

    def _is_told(self, word: str) -> bool:
        """Whether a word says who or by when."""
        name, role = role_of(word)
        if word in _TODAY or self._deadline(word):
            return True
        return bool(role and self._unit(name)) or self._named(word, first=False) is not None

    def _zone_in(self, line: str) -> int | None:
        """The one zone whose name, or whose street as its bounds begin, stands in a line."""
        text = key_of(line)
        found = {zone for zone, names in self._places if any(name in text for name in names)}
        return next(iter(found)) if len(found) == 1 else None

    def _proposed(self, said: "_Said") -> Proposed | None:
        named, deadline = said.named, said.deadline
        if named is None and not deadline and not said.unread and not said.work:
            return None
        rule = deadline_of(deadline, self._today, self._period).value if deadline else None
        due = self._period.calendar.due_on(rule, self._today) if rule else None
        return Proposed(
            lead=named.lead if named else None,
            co=named.co if named else (),
            due=due,
            deadline=wording(deadline),
            unread=said.unread,
            progress=said.work,
            claim=claim_of(said.work) or "",
        )

    def _zone(self, word: str) -> int | None:
        exact = self._gazetteer.find(word)
        key = key_of(word)
        if exact is not None or len(key) < SHORTEST_PART or self._units.find(word):
            return exact
        for alike in (ends_with, shortened):
            found = [zone for zone, name in self._zone_names if alike(name, key)]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _named(self, word: str, *, first: bool) -> Named | None:
        """Units by name or alias; behind the place also by the beginning of one."""
        word = word.removeprefix("@")
        name, role = role_of(word)
        read = self._units.read(word)
        if read.unknown and role and role not in HELPING:
            word, read = name, self._units.read(name)
        elif first and read.unknown and role and self._units.find(name) is not None:
            return self._units.read(name)  # who helps, asked of by itself
        if read.lead is not None and not read.unknown:
            return read
        if first:
            return None
        units = [self._unit(part) for part in re.split("[、,，]", word)]
        known = [unit for unit in units if unit is not None]
        return Named(known[0], tuple(known[1:])) if len(known) == len(units) else None

    def _unit(self, word: str) -> int | None:
        exact = self._units.find(word)
        if exact is not None:
            return exact.id
        key = key_of(word)
        if len(key) < SHORTEST_PART:
            return None
        found = [u for u, names in self._unit_names if any(n.startswith(key) for n in names)]
        return found[0] if len(found) == 1 else None

    def _deadline(self, word: str) -> str:
        if (bare := without_work(word)) and bare != word:
            word = "当天" if bare in _TODAY else bare
        word = usual(word, self._today)
        rule = deadline_of(word, self._today, self._period).value
        if rule is None or (rule.kind == Kind.DATE and not says_by(word, rule.on, self._today)):
            return ""
        return word

    def _day(self, word: str) -> date | None:
        if word in DAYS_AGO:
            return self._today - timedelta(days=DAYS_AGO[word])
        word = usual(word, self._today)
        if not FULL_DAY.fullmatch(word):
            return None
        day = read_date(word, self._period).value
        return day if day is not None and day <= self._today else None
