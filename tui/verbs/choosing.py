"""Forms that are not about one transition: deciding what waits, and choosing among everything that may be done."""

from collections.abc import Sequence

from core.actions import Action, Approve, Recall, Refuse
from core.errors import RuleError
from core.model import Item, Request, Role
from core.workflow import offered
from tui.frame.key import label_of
from tui.frame.keys import UNLETTERED, VERBS
from tui.verbs.basics import FormBasics
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.words.history import request_text
from tui.words.i18n import _
from tui.words.texts import verb_name


class ChoosingForms(FormBasics):
    """Forms of one town that lead to others."""

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
            raise RuleError("missing_reason", field="reason")
        if verb == "approve":
            return [Approve(request=r.id, note=reason) for r in requests]
        if verb == "refuse":
            return [Refuse(request=r.id, reason=reason) for r in requests]
        return [Recall(request=r.id, note=reason) for r in requests]

    def verbs(self, items: Sequence[Item]) -> Form | None:
        """Everything that may be done to all of the items, to pick from."""
        common = [
            verb
            for verb in offered(items[0], self._actor)
            if all(verb in offered(item, self._actor) for item in items[1:])
        ]
        if any(self._town.pending(item.id) for item in items):
            common.append("decide")
        if not common:
            return None
        labels = {key.verb: label_of(key) for key in (*VERBS, *UNLETTERED)} | {"decide": "A"}
        choices = tuple(
            Choice(verb, f"{verb_name(verb)}  {labels.get(verb, '')}", (verb_name(verb), verb))
            for verb in common
        )
        field = Field(key="verb", label=_("Action"), choices=choices, required=True)
        hint = _("Type a few letters, Enter does it, Esc cancel")
        return Form(_("All actions"), (field,), hint=hint)
