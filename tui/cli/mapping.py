"""`--map`: what a header or a name in somebody's ledgers stands for, told once and remembered."""

from collections.abc import Sequence

from msgspec import Struct

from core.actions import Remember, Wish
from core.errors import RuleError
from core.record import KEYS
from core.text import key_of
from store.ledgers.headers import LEDGER
from store.ledgers.table import Known
from tui.cli.office import Office
from tui.source import Source


class Mapping(Struct, frozen=True):
    """What `--map` says: fields by header, units by what is written for them."""

    headers: dict[str, str] = {}
    units: dict[str, int] = {}

    def wishes(self, sources: Sequence[Source]) -> list[Wish]:
        """What is to be remembered, a sender each."""
        if not self.headers and not self.units:
            return []
        senders = dict.fromkeys(s for source in sources for s in source.ledger.senders)
        return [
            Wish(Remember(sender=sender, headers=self.headers, units=self.units))
            for sender in senders
        ]


def mapping_of(office: Office, said: Sequence[str]) -> Mapping:
    """`TEXT=FIELD` and `TEXT=UNIT`. Raises `RuleError`."""
    headers: dict[str, str] = {}
    units: dict[str, int] = {}
    for each in said:
        text, equals, target = each.rpartition("=")
        if not equals or not key_of(text):
            raise RuleError("bad_map", value=each)
        field = LEDGER.get(key_of(target))
        if field is not None and field in KEYS:
            headers[text] = field
        else:
            units[text] = office.unit(target).id
    return Mapping(headers, units)


def known_headers(office: Office, mapping: Mapping) -> Known:
    """The headers of each sender as they are remembered, and those just told for everybody."""
    known = office.town.headers_by_sender()
    told = {key_of(text): field for text, field in mapping.headers.items()}
    return known | {name: {**known.get(name, {}), **told} for name in ("", *known)}
