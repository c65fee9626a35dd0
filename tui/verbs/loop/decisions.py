"""What waits for approval, and appeals."""

from collections.abc import Sequence

from core.actions.action import Action
from core.actions.loop.decisions import Approve, Recall, Refuse
from core.errors import Incomplete
from core.model import Item, Request, Role
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.words.history import request_text
from tui.words.i18n import _
from tui.words.texts import verb_name


class DecisionForms(FormBasics):
    """What waits for approval, and appeals."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "appeal": self._appeal,
        }

    def _appeal(self, items: Sequence[Item]) -> Form:
        lines = self.lines("appeal")
        return Form(_("Its lateness should not count"), lines, self.as_asked("appeal"))

    def decision(self, requests: Sequence[Request]) -> Form:
        """What waits for approval, and how it is decided."""
        decisions = tuple(Choice(verb, verb_name(verb)) for verb in ("approve", "refuse", "recall"))
        return Form(
            _("Decide"),
            (
                Field(
                    key="decision",
                    label=_("Decision"),
                    choices=decisions,
                    required=True,
                    value=verb_name("approve" if Role.LEADER in self._actor.roles else "recall"),
                ),
                Field(key="reason", label=_("Reason"), hint=_("needed to refuse")),
            ),
            None,
            "\n".join(request_text(request, self._town) for request in requests),
        )

    @staticmethod
    def decided(requests: Sequence[Request], answers: Answers) -> list[Action]:
        """The actions of the form of `decision`."""
        verb, reason = answers["decision"], answers["reason"]
        if verb == "refuse" and not reason:
            raise Incomplete("missing", verb=verb, number="", fields=("reason",))
        if verb == "approve":
            return [Approve(request=r.id, note=reason) for r in requests]
        if verb == "refuse":
            return [Refuse(request=r.id, reason=reason) for r in requests]
        return [Recall(request=r.id, note=reason) for r in requests]
