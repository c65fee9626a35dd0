"""Levels of escalation."""

from collections.abc import Sequence

from core.model import Item, Trigger
from core.town.facts import Facts
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Form, Make
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
        return self.as_asked("remind")

    def _supervise(self, items: Sequence[Item]) -> Form:
        facts = Facts(self._town, self._today)
        late = all(facts.overdue(item) for item in items)
        known = {"reason": Trigger.OVERDUE.value if late else ""}
        lines = self.lines("supervise", known)
        return Form(_("Supervision notice"), lines, self.as_asked("supervise"))

    def _criticise(self, items: Sequence[Item]) -> Form:
        return Form(_("Named in a circular"), self.lines("criticise"), self.as_asked("criticise"))

    def _summon(self, items: Sequence[Item]) -> Form:
        return Form(_("Talked to, or handed over"), self.lines("summon"), self.as_asked("summon"))
