"""What leaves the book, and comes back."""

from collections.abc import Sequence

from core.deciding.loop.leaving import check_same
from core.errors import RuleError
from core.model import Item
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Choice, Form
from tui.words.i18n import _


class LeavingForms(FormBasics):
    """What leaves the book, and comes back."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {"merge": self._merge, "void": self._void, "revive": self._revive}

    def _merge(self, items: Sequence[Item]) -> Form:
        zone, mine = items[0].zone, {item.id for item in items}
        others = tuple(
            Choice(i.id, f"{i.label} {i.location or i.description}", (i.label, i.description))
            for i in self._town.wholes_of(self._town.open_items())
            if i.zone == zone and i.id not in mine and all(_same(each, i) for each in items)
        )
        if not others:
            raise RuleError("nothing_to_merge", number=items[0].label)
        lines = self.lines("merge", choices={"main": others})
        return Form(_("The same problem twice"), lines, self.as_asked("merge"))

    def _void(self, items: Sequence[Item]) -> Form:
        return Form(_("Does not count"), self.lines("void"), self.as_asked("void"))

    def _revive(self, items: Sequence[Item]) -> Form:
        return Form(_("Back to where it came from"), self.lines("revive"), self.as_asked("revive"))


def _same(item: Item, main: Item) -> bool:
    """Whether one may be merged into the other."""
    try:
        check_same(item, main)
    except RuleError:
        return False
    return True
