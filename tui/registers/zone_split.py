"""A zone that is divided: its open problems and shops, sorted into the parts before anything is saved."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.actions.year import SplitZone
from core.model import Item, Shop, Zone
from tui.frame import keys, year_keys
from tui.frame.lines import RowList, TitleBar
from tui.messages import Committed
from tui.places.listing import Telling
from tui.session.session import Session
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.texts import name_of


class DividingScreen(Telling):
    """拆分责任区."""

    NAME = "Dividing a zone"
    KEYS = year_keys.DIVIDING
    BINDINGS = keys.bindings(year_keys.DIVIDING)

    def __init__(
        self, session: Session, zone: Zone, parts: Sequence[dict[str, Any]], on: date | None
    ) -> None:
        super().__init__(session)
        self._zone, self._parts, self._on = zone, list(parts), on
        town = session.town
        items = [i for i in town.open_items() if i.zone == zone.id]
        shops = [
            s for s in town.all(Shop) if s.active and s.closed_on is None and s.zone == zone.id
        ]
        self._things: list[Item | Shop] = [
            *sorted(items, key=lambda i: i.label),
            *sorted(shops, key=lambda s: s.id),
        ]
        self._at = [0] * len(self._things)
        """The part each goes to."""

    @property
    def heading(self) -> str:
        """The zone, and how much each part takes."""
        told = "  ".join(
            f"{at} {part['code']} {part['name']} {self._at.count(at - 1)}"
            for at, part in enumerate(self._parts, 1)
        )
        return shown(f"{self._zone.code} {self._zone.name} → {told}")

    def fill(self) -> None:
        """Each with the part it goes to."""
        self.query_one(TitleBar).say(self.heading)
        rows = [
            (at, (thing.label, shown(_said(thing)), shown(self._parts[part]["code"])))
            for at, (thing, part) in enumerate(zip(self._things, self._at, strict=True), 1)
        ]
        self.rows.show((_("No."), _("What"), name_of("zone")), (12, 0, 10), rows)
        if not rows:
            told = _("Nothing open lies in it; s divides it.")
            self.message.show([("text", told)])

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """What is said follows the cursor."""
        if event.key:
            self.message.show([("text", shown(_said(self._things[event.key - 1])))])

    def action_put(self, part: int) -> None:
        """The one under the cursor goes to a part; the next comes under the cursor."""
        at = self.rows.cursor
        if not at or part > len(self._parts):
            return
        self._at[at - 1] = part - 1
        self.fill()
        self.rows.move(1)

    def action_turn(self) -> None:
        """To the next part."""
        at = self.rows.cursor
        if at:
            self.action_put((self._at[at - 1] + 1) % len(self._parts) + 1)

    def action_save(self) -> None:
        """Divide it, everything in one step."""
        put = list(zip(self._things, self._at, strict=True))
        action = SplitZone(
            zone=self._zone.id,
            parts=tuple(self._parts),
            moves={thing.id: part for thing, part in put if isinstance(thing, Item)},
            shops={thing.id: part for thing, part in put if isinstance(thing, Shop)},
            on=self._on,
        )
        self.submit([action])

    def take_in(self, message: Committed) -> None:
        """Back to the zones once it is saved."""
        zones = {change.id for change in message.changes.of("zones")}
        if message.own and self._zone.id in zones:
            self.dismiss(None)


def _said(thing: Item | Shop) -> str:
    if isinstance(thing, Shop):
        return " ".join(filter(None, (thing.name, thing.address, thing.trade)))
    return " ".join(filter(None, (thing.location, thing.description)))
