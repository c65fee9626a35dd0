"""Standing aside, and back to work."""

from collections.abc import Sequence

from core.model import Item
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Form
from tui.words.i18n import _


class AsideForms(FormBasics):
    """Standing aside, and back to work."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {"suspend": self._suspend, "resume": self._resume}

    def _suspend(self, items: Sequence[Item]) -> Form:
        days = self.suggestion(items[0]).suspend_days
        planned = f"{days}d" if days else ""
        lines = self.lines("suspend", {"plan_on": planned})
        return Form(_("Suspend with a plan"), lines, self.as_asked("suspend"))

    def _resume(self, items: Sequence[Item]) -> Form:
        fresh = any(not i.assignment or i.assignment.ended_on for i in items)
        found = [self.suggestion(item) for item in items]
        leads, deadlines = {each.lead for each in found}, {each.deadline for each in found}
        known = {
            "due": found[0].deadline if len(deadlines) == 1 else "",
            "lead": self.unit_name(found[0].lead) if len(leads) == 1 else "",
        }
        lines = self.lines("resume", known, without=() if fresh else ("lead",))
        return Form(_("Back to work"), lines, self.as_asked("resume"))
