"""What forms share: picking units and zones, reading days and deadlines, speaking for a unit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from core.day.routing import Suggestion, suggest
from core.model import Channel, Item, Role
from core.roles import Actor, acting_role
from core.town.town import Moment, Town
from core.words.dates import Period, day_written
from core.words.deadlines import due_written
from core.workflow import TABLE
from tui.verbs.fields import Choice, Field, Form, Make
from tui.words.i18n import _
from tui.words.texts import channel_name

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

    def due(self, text: str, start: date | None = None) -> date:
        """The day a deadline means. Raises `RuleError("bad_due")`."""
        return due_written(text, start or self._today, self._period)

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
            hint=_("date, 3wd, 3d, today"),
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

    def _on_behalf(self, verb: str) -> tuple[Field, ...]:
        """How the unit's word arrived, where a clerk enters it."""
        if acting_role(self._actor, TABLE[verb].roles) == Role.LIAISON:
            return ()
        channels = tuple(Choice(c, channel_name(c), (c.value,)) for c in Channel)
        return (
            Field(
                key="channel",
                label=_("Channel"),
                choices=channels,
                required=True,
                value=channel_name(Channel.WECHAT),
            ),
        )

    def suggestion(self, item: Item) -> Suggestion:
        """What is suggested for an item."""
        return suggest(self._town, item, self._today)

    @staticmethod
    def _reason(label: str = "") -> Field:
        """A line that must be filled in with why."""
        return Field(key="reason", label=label or _("Reason"), required=True)
