"""Standing aside, and back to work."""

from collections.abc import Sequence

from core.actions import (
    Resume,
    Suspend,
)
from core.model import Item
from core.words.deadlines import wording
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Field, Form
from tui.words.i18n import _


class AsideForms(FormBasics):
    """Standing aside, and back to work."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "suspend": self._suspend,
            "resume": self._resume,
        }

    def _suspend(self, items: Sequence[Item]) -> Form:
        days = self.suggestion(items[0]).suspend_days
        return Form(
            _("Suspend with a plan"),
            (
                self._reason(),
                Field(key="measure", label=_("Meanwhile"), required=True),
                Field(
                    key="plan",
                    label=_("Planned for"),
                    required=True,
                    value=f"{days}d" if days else "",
                    hint=_("a day within a year"),
                ),
                Field(key="reference", label=_("Funds, project")),
            ),
            lambda item, a: Suspend(
                item=item.id,
                reason=a["reason"],
                measure=a["measure"],
                plan_on=self.due(a["plan"]),
                reference=a["reference"],
            ),
        )

    def _resume(self, items: Sequence[Item]) -> Form:
        fresh = any(not i.assignment or i.assignment.ended_on for i in items)
        suggested = self.suggestion(items[0])
        fields = [self.due_field(_("New deadline"), suggested.deadline)]
        if fresh:
            fields.insert(0, self.unit_field(_("Lead unit"), suggested.lead))
        return Form(
            _("Back to work"),
            tuple(fields),
            lambda item, a: Resume(
                item=item.id,
                due=self.due(a["due"]),
                deadline=wording(a["due"]),
                lead=a.get("lead"),
            ),
        )
