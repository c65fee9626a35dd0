"""Given back, given on, given longer."""

from collections.abc import Sequence

from core.actions import (
    Action,
    Extend,
    Reassign,
    Return,
)
from core.model import Item
from core.words.deadlines import wording
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Answers, Form
from tui.words.i18n import _


class HandoverForms(FormBasics):
    """Given back, given on, given longer."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "return": self._return,
            "reassign": self._reassign,
            "extend": self._extend,
        }

    def _return(self, items: Sequence[Item]) -> Form:
        return Form(
            _("The unit gives it back"),
            (
                self._reason(),
                self.unit_field(_("Proposed unit"), required=False),
                *self._on_behalf("return"),
            ),
            lambda item, a: Return(
                item=item.id, reason=a["reason"], unit=a["lead"], channel=a.get("channel")
            ),
        )

    def _reassign(self, items: Sequence[Item]) -> Form:
        suggested = self.suggestion(items[0])
        current = items[0].assignment
        lead = suggested.lead if current and suggested.lead != current.lead else None
        return Form(
            _("Give it to another unit"),
            (
                self.unit_field(_("Lead unit"), lead),
                self.due_field(_("Due"), suggested.deadline if len(items) == 1 else ""),
                self._reason(),
            ),
            lambda item, a: Reassign(
                item=item.id,
                lead=a["lead"],
                due=self.due(a["due"]),
                deadline=wording(a["due"]),
                reason=a["reason"],
            ),
        )

    def _extend(self, items: Sequence[Item]) -> Form:
        def make(item: Item, answers: Answers) -> Action:
            held = item.assignment.due if item.assignment else None
            return Extend(
                item=item.id,
                due=self.due(answers["due"], held),
                deadline=wording(answers["due"]),
                reason=answers["reason"],
                channel=answers.get("channel"),
            )

        return Form(
            _("Ask for a later deadline"),
            (self.due_field(_("New deadline")), self._reason(), *self._on_behalf("extend")),
            make,
            _("Days count from the deadline that is."),
        )
