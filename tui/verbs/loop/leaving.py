"""What leaves the book, and comes back."""

from collections.abc import Sequence

from core.actions import (
    Merge,
    Revive,
    Void,
)
from core.model import VOIDED_AS, Item
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Choice, Field, Form
from tui.words.i18n import _


class LeavingForms(FormBasics):
    """What leaves the book, and comes back."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "merge": self._merge,
            "void": self._void,
            "revive": self._revive,
        }

    def _merge(self, items: Sequence[Item]) -> Form:
        zone, mine = items[0].zone, {item.id for item in items}
        others = tuple(
            Choice(i.id, f"{i.label} {i.location or i.description}", (i.label, i.description))
            for i in self._town.wholes_of(self._town.open_items())
            if i.zone == zone and i.id not in mine
        )
        return Form(
            _("The same problem twice"),
            (Field(key="main", label=_("Item that stays"), choices=others, required=True),)
            if others
            else (),
            lambda item, a: Merge(item=item.id, main=a["main"]),
            "" if others else _("There is no other open item in this zone."),
        )

    def _void(self, items: Sequence[Item]) -> Form:
        kinds = tuple(Choice(k, k.value) for k in VOIDED_AS)
        return Form(
            _("Does not count"),
            (
                Field(key="reason", label=_("Reason"), choices=kinds, required=True),
                Field(key="note", label=_("Note"), required=True),
            ),
            lambda item, a: Void(item=item.id, reason=a["reason"], note=a["note"]),
        )

    def _revive(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Back to where it came from"),
            (self._reason(),),
            lambda item, a: Revive(item=item.id, reason=a["reason"]),
        )
