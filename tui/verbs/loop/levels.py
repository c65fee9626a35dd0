"""Levels of escalation."""

from collections.abc import Sequence

from core.actions import (
    Criticise,
    Remind,
    Summon,
    Supervise,
    Trigger,
)
from core.model import Item
from core.town.facts import Facts
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Choice, Field, Form, Make
from tui.words.i18n import _


class LevelForms(FormBasics):
    """Levels of escalation."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "remind": self._remind,
            "supervise": self._supervise,
            "criticise": self._criticise,
            "summon": self._summon,
        }

    def _remind(self, items: Sequence[Item]) -> Make:
        return lambda item, a: Remind(item=item.id)

    def _supervise(self, items: Sequence[Item]) -> Form:
        facts = Facts(self._town, self._today)
        late = all(facts.overdue(item) for item in items)
        triggers = tuple(Choice(t, t.value) for t in Trigger)
        return Form(
            _("Supervision notice"),
            (
                Field(
                    key="reason",
                    label=_("Reason"),
                    choices=triggers,
                    required=True,
                    value=Trigger.OVERDUE.value if late else "",
                ),
                self.due_field(_("Work until"), "3个工作日"),
                Field(key="reference", label=_("Notice"), hint=_("its number, if it has one")),
            ),
            lambda item, a: Supervise(
                item=item.id,
                reason=a["reason"],
                work_until=self.due(a["due"]),
                reference=a["reference"],
            ),
        )

    def _criticise(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Named in a circular"),
            (Field(key="reference", label=_("Approval"), required=True),),
            lambda item, a: Criticise(item=item.id, reference=a["reference"]),
        )

    def _summon(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Talked to, or handed over"),
            (
                Field(key="record", label=_("Record"), required=True),
                self.due_field(_("Promised for"), required=False),
            ),
            lambda item, a: Summon(
                item=item.id,
                record=a["record"],
                work_until=self.due(a["due"]) if a["due"] else None,
            ),
        )
