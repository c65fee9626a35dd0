"""`--map`: what a header or a word in somebody's ledgers stands for, told once and remembered."""

import re
from collections.abc import Sequence

from msgspec import Struct

from core.actions.wish import Wish
from core.errors import Incomplete, RuleError
from core.finding.terms import STATE_WORDS
from core.ledger.desk import remembering
from core.ledger.record import KEYS
from core.words.categories import CATEGORIES
from core.words.directory import Directory
from core.words.placing import Gazetteer
from core.words.text import key_of
from store.ledgers.coming_in.tables.holds import Known
from store.ledgers.headers import LEDGER
from store.ledgers.wording import folded
from tui.cli.frame.office import Office
from tui.ledger.incoming_file import Source, known_in

_DATED = re.compile(r"\d+(?:年度?|月份?|日|号)?|[:：].*$")
"""What changes from one ledger to the next is not remembered with a header."""


class Mapping(Struct, frozen=True):
    """What `--map` says: fields by header, units, categories and states by what is written for them."""

    headers: dict[str, str] = {}
    units: dict[str, int] = {}
    words: dict[str, str] = {}

    def wishes(self, sources: Sequence[Source]) -> list[Wish]:
        """What is to be remembered, a sender each."""
        if not (self.headers or self.units or self.words):
            return []
        return remembering(
            dict.fromkeys(s for source in sources for s in source.ledger.senders),
            dict.fromkeys(s for source in sources for s in source.ledger.layouts),
            self.headers,
            self.units,
            self.words,
        )


def mapping_of(office: Office, said: Sequence[str]) -> Mapping:
    """`TEXT=FIELD`, `TEXT=UNIT`, `TEXT=CATEGORY` and `TEXT=STATE`. Raises `RuleError`."""
    headers: dict[str, str] = {}
    units: dict[str, int] = {}
    words: dict[str, str] = {}
    for each in said:
        text, equals, target = each.rpartition("=")
        if not equals or not key_of(text):
            raise Incomplete("bad_map", value=each)
        field = LEDGER.get(key_of(target))
        if target in CATEGORIES:
            words[text] = target
        elif target in STATE_WORDS:
            words[text] = STATE_WORDS[target].value
        elif field is not None and field in KEYS:
            headers[remembered(text)] = field
        else:
            zone = Gazetteer(office.town.zones.values()).find(target)
            known = Directory(office.town.units.values()).find(target)
            if known is not None:
                units[text] = known.id
            elif zone is not None:
                words[text] = office.town.zones[zone].code
            else:
                raise RuleError("bad_target", value=target)
    return Mapping(headers, units, words)


def remembered(header: str) -> str:
    """A header as it is kept for the next ledgers: without a date or a value in it."""
    return _DATED.sub("", folded(header)) or folded(header) or header


def known_headers(office: Office, mapping: Mapping) -> Known:
    """What the town knows, and the headers just told for everybody."""
    return known_in(office.town, mapping.headers)
