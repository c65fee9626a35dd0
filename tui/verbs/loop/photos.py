"""Photos of an item."""

from collections.abc import Sequence

from core.model import Item, Shows
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Choice, Form
from tui.words.i18n import _
from tui.words.texts import shows_name


class PhotoForms(FormBasics):
    """Photos of an item."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {"attach": self._attach}

    def _attach(self, items: Sequence[Item]) -> Form:
        """A form of its own on the board: its file is read before there is an action."""
        likely = Shows.AFTER if items[0].assignment else Shows.BEFORE
        sides = tuple(Choice(s, shows_name(s), (s.value,)) for s in Shows)
        lines = self.lines(
            "attach",
            {"shows": shows_name(likely)},
            required={"shows": True},
            choices={"shows": sides},
        )
        return Form(_("Photos of the item"), lines)
