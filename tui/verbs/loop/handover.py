"""Given back, given on, given longer."""

from collections.abc import Sequence

from core.deciding.loop.handover import returned_until
from core.model import Item
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Form
from tui.words.i18n import _


class HandoverForms(FormBasics):
    """Given back, given on, given longer."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {"return": self._return, "reassign": self._reassign, "extend": self._extend}

    def _return(self, items: Sequence[Item]) -> Form:
        given = [i.assignment for i in items if i.assignment is not None]
        until = list(filter(None, (returned_until(a, self._town.calendar) for a in given)))
        why = ""
        if until and min(until) < self._today:
            late = _("It could be given back until {due}: enter the day it was, until then.")
            why = late.format(due=min(until).isoformat())
        return Form(_("The unit gives it back"), self.lines("return"), self.as_asked("return"), why)

    def _reassign(self, items: Sequence[Item]) -> Form:
        suggested = self.suggestion(items[0])
        current = items[0].assignment
        lead = suggested.lead if current and suggested.lead != current.lead else None
        known = {
            "lead": self.unit_name(lead),
            "due": suggested.deadline if len(items) == 1 else "",
        }
        lines = self.lines("reassign", known)
        return Form(_("Give it to another unit"), lines, self.as_asked("reassign"))

    def _extend(self, items: Sequence[Item]) -> Form:
        why = _("Days count from the deadline that is.")
        dues = [i.assignment.due for i in items if i.assignment is not None and i.assignment.due]
        if dues and min(dues) < self._today:
            late = _("The deadline was {due}: enter the day it was asked for, until then.")
            why = late.format(due=min(dues).isoformat())
        lines = self.lines("extend")
        return Form(_("Ask for a later deadline"), lines, self.as_asked("extend"), why)
