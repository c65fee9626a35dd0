"""Values of a history as words: what a line kept as an identity or a code is named as people do."""

from datetime import datetime

from core.model import DocumentState, Record, RoundState, Route, Staff, State, Unit, Zone, name_at
from core.model.scheme import WHOLE
from core.registers import REGISTERS
from core.stats.shares import in_points
from core.town.town import Town
from tui.words.i18n import _
from tui.words.papers import DOCUMENT_STATES
from tui.words.rounds.names import ROUND_STATES, SCHEME_KEYS
from tui.words.texts import listed, name_of, state_name, word_name, word_names

POINTERS = {
    **{
        name: each.of
        for register in REGISTERS.values()
        for each in register.fields
        if each.of
        for name in (each.name, each.key)
    },
    "into": "zones",
}
"""Fields that name a record of a register, by the table it stands in."""


def step_name(table: str, state: str) -> str:
    """What a state of an item or a paper is called."""
    if table == "documents":
        return _(DOCUMENT_STATES[DocumentState(state)])
    if table == "rounds":
        return _(ROUND_STATES[RoundState(state)])
    return state_name(State(state))


IN_HUNDREDTHS = frozenset(
    {("finds", "deduct"), ("finds", "factor"), ("points", "points")}
    | {("schemes", key) for key in SCHEME_KEYS.keys() - WHOLE.keys()}
)
"""Fields kept as hundredths that people write as points."""


class Told:
    """Names behind identities in one town."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def named(self, table: str, key: int, at: datetime | None = None) -> str:
        """What a zone or unit is called, at an instant where one is given."""
        record = self._town.tables[table].get(key)
        if not isinstance(record, Zone | Unit | Staff):
            return ""
        day = self._town.settings.local(at).date() if at else None
        name = name_at(record.name, record.former, day) if day else record.name
        return f"{record.code} {name}" if isinstance(record, Zone) else name

    def label(self, table: str, record: Record) -> str:
        """What people call a record of a register, with the names of what it is of; empty for other records."""
        if table not in REGISTERS:
            return ""
        if isinstance(record, Route):
            zone = self.named("zones", record.zone) if record.zone else record.zone_kind
            words = (record.category, record.subcategory, zone)
            return "/".join(word for word in words if word) or _("everything")
        if isinstance(record, Staff):
            return f"{record.login} {record.name}".strip()
        return REGISTERS[table].label(record)

    def value(self, table: str, field: str, text: str) -> str:
        """A value as a line of history kept it, as words."""
        if field == "into" and table == "units":
            return self._pointer("units", text)
        if field in POINTERS:
            return self._pointer(POINTERS[field], text)
        if text in ("True", "False"):
            return _("yes") if text == "True" else _("no")
        if table == "senders":
            return name_of(text)
        if (table, field) in IN_HUNDREDTHS and text.lstrip("-").isdigit():
            return in_points(int(text))
        if word_names(table, field):
            parts = (part.lower() for part in text.split("、") if part)
            return listed(word_name(table, field, part) for part in parts)
        if field == "state" and text in tuple(State):
            return state_name(text)
        return text

    def _pointer(self, table: str, text: str) -> str:
        """Identities, one or several, as names; what is no identity of ours stays."""
        if table == "zones" and self._town.zone_coded(text) is not None:
            return text
        parts = [part.strip("() ") for part in text.replace("、", ",").split(",")]
        if not all(part.isascii() and part.isdigit() for part in parts if part):
            return text
        return listed(self.named(table, int(part)) or "?" for part in parts if part)
