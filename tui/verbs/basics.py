"""What forms share: picking units and zones, reading days and deadlines, speaking for a unit."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from core.actions.action import ItemAction
from core.actions.wishing import wish_of
from core.asks import ASKS, Ask, AskKind
from core.day.routing import Suggestion, suggest
from core.errors import RuleError
from core.model import Channel, Item, Severity
from core.roles import Actor
from core.town.town import Moment, Town
from core.words.dates import Period, day_written
from core.words.deadlines import due_written
from core.workflow import speaks_for_itself
from tui.verbs.fields import Answers, Choice, Field, Form, Make, kinds, names
from tui.verbs.labels import HINTS, hint_of, label_of
from tui.words.i18n import _, chinese
from tui.words.names import CHANNELS
from tui.words.texts import channel_name, code_called

Builders = Mapping[str, Callable[[Sequence[Item]], Form | Make]]
"""By verb: the form for some items, or how to make the action of each where nothing is missing."""


class FormBasics:
    """What every form of a town needs: its units and zones to pick from, days as people write them."""

    def __init__(self, town: Town, actor: Actor, moment: Moment) -> None:
        self._town = town
        self._actor = actor
        self._today = moment.today
        self._period = Period(moment.today, calendar=moment.calendar)

    def units(self) -> tuple[Choice, ...]:
        """Units in use, by name."""
        return tuple(
            Choice(u.id, u.name, u.names[1:]) for u in self._town.units.values() if u.active
        )

    def zones(self, current: int | None = None) -> tuple[Choice, ...]:
        """Zones in use, and the `current` one, by code and name."""
        return tuple(
            Choice(z.id, f"{z.code} {z.name}", (z.code, z.name, z.scope))
            for z in sorted(self._town.zones.values(), key=lambda z: z.code)
            if z.active or z.id == current
        )

    def unit_name(self, key: int | None) -> str:
        """The name of a unit."""
        unit = self._town.units.get(key or 0)
        return unit.name if unit else ""

    def zone_name(self, key: int | None) -> str:
        """Code and name of a zone."""
        zone = self._town.zones.get(key or 0)
        return f"{zone.code} {zone.name}" if zone else ""

    def due(self, text: str, start: date | None = None, line: str = "due") -> date:
        """The day a deadline means, as it stands on a line. Raises `RuleError("bad_due")`, which names that."""
        try:
            return due_written(text, start or self._today, self._period)
        except RuleError as error:
            raise error.about(line) from None

    def day(self, text: str, field: str = "on") -> date | None:
        """A day as written; None where nothing is. Raises `RuleError("bad_date")`."""
        return day_written(text, self._today, field) if text.strip() else None

    def due_field(self, label: str, value: str = "", *, required: bool = True) -> Field:
        """A line for a deadline, as a day or in words."""
        return Field(
            key="due",
            label=label,
            required=required,
            value=value,
            hint=_(HINTS[AskKind.DUE]),
        )

    def unit_field(self, label: str, value: int | None = None, *, required: bool = True) -> Field:
        """A line to pick a unit on."""
        return Field(
            key="lead",
            label=label,
            choices=self.units(),
            required=required,
            value=self.unit_name(value),
        )

    def lines(
        self,
        verb: str,
        filled: Mapping[str, str] | None = None,
        *,
        without: Collection[str] = (),
        required: Mapping[str, bool] | None = None,
        choices: Mapping[str, tuple[Choice, ...]] | None = None,
        hints: Mapping[str, str] | None = None,
    ) -> tuple[Field, ...]:
        """The lines of the form of a verb, in the order it asks: `filled` in with what is known, by what is asked.

        `required`, `choices` and `hints` are those that are not as everywhere.
        """
        of = _Told(filled or {}, required or {}, choices or {}, hints or {})
        unspoken = ("on_behalf_of", "channel") if speaks_for_itself(self._actor, verb) else ()
        return tuple(
            self._line(verb, ask, of)
            for ask in ASKS[verb]
            if ask.board and ask.name not in (*without, *unspoken)
            if ask.kind not in (AskKind.OWN, AskKind.ITEM) or ask.name in of.choices
        )

    def _line(self, verb: str, ask: Ask, of: "_Told") -> Field:
        return Field(
            key=ask.name,
            label=label_of(verb, ask),
            value=of.filled.get(ask.name, self._usual(ask)),
            choices=of.choices.get(ask.name) or self._choices(ask),
            required=of.required.get(ask.name, ask.required and not ask.either),
            hint=of.hints.get(ask.name) or hint_of(verb, ask),
        )

    def _usual(self, ask: Ask) -> str:
        """What stands on a line before anybody says it."""
        if ask.kind == AskKind.CHANNEL:
            code = code_called(ask.usual, CHANNELS)
            return channel_name(code) if code is not None else ""
        return ask.usual

    def _choices(self, ask: Ask) -> tuple[Choice, ...]:
        """What may be picked on a line; empty where it is typed."""
        match ask.kind:
            case AskKind.UNIT:
                return self.units()
            case AskKind.ZONE:
                return self.zones()
            case AskKind.CATEGORY:
                return kinds()
            case AskKind.SEVERITY:
                return tuple(Choice(s.value, s.value) for s in Severity)
            case AskKind.WORD:
                return tuple(Choice(word, word.value) for word in ask.words)
            case AskKind.CHANNEL:
                names = {c: (c.value, chinese(CHANNELS[c])) for c in Channel}
                return tuple(Choice(c, channel_name(c), names[c]) for c in Channel)
            case _:
                return ()

    def wish(self, verb: str, item: Item, answers: Answers, **known: Any) -> ItemAction:
        """The wish a form makes of an item; `known` is taken before what was entered. Raises `RuleError`."""
        return wish_of(verb, item, self.said(verb, answers) | known, self._period)

    def said(self, verb: str, answers: Answers) -> dict[str, Any]:
        """What was entered, by what the verb asks: days and files read, deadlines in words. Raises `RuleError`."""
        said: dict[str, Any] = {}
        for ask in ASKS[verb]:
            if ask.name not in answers:
                continue
            value = answers[ask.name]
            if ask.kind == AskKind.DAY:
                value = self.day(value or "", ask.name)
            said[ask.name] = names(value or "") if ask.kind == AskKind.FILES else value
        return said

    def as_asked(self, verb: str) -> Make:
        """How the wish of a verb is made where it is what was entered."""
        return lambda item, answers: self.wish(verb, item, answers)

    def suggestion(self, item: Item) -> Suggestion:
        """What is suggested for an item."""
        return suggest(self._town, item, self._today)


class _Told(NamedTuple):
    """What a family says of lines of its own, by what is asked."""

    filled: Mapping[str, str]
    required: Mapping[str, bool]
    choices: Mapping[str, tuple[Choice, ...]]
    hints: Mapping[str, str]
