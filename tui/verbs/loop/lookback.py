"""Looking back at what was struck off."""

from collections.abc import Sequence

from core.model import Item
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Form
from tui.words.i18n import _


class LookbackForms(FormBasics):
    """Looking back at what was struck off."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {"recheck": self._recheck, "reopen": self._reopen}

    def _recheck(self, items: Sequence[Item]) -> Form:
        lines = self.lines("recheck")
        return Form(_("Looked back: it held"), lines, self.as_asked("recheck"))

    def _reopen(self, items: Sequence[Item]) -> Form:
        held = items[0].assignment
        suggested = self.suggestion(items[0])
        known = {
            "lead": self.unit_name(held.lead if held else suggested.lead),
            "due": suggested.deadline,
        }
        lines = self.lines("reopen", known)
        return Form(_("Looked back: it came back"), lines, self.as_asked("reopen"))
