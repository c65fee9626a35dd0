"""A form with a line for each unit and its deadline."""

from collections.abc import Sequence

from core.actions.action import Action
from core.actions.loop.dividing import Split, UnitPart
from core.asks import AskKind
from core.model import Item
from core.model.parts import FEWEST
from core.words.deadlines import wording
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import (
    Answers,
    Field,
    Form,
)
from tui.verbs.labels import HINTS
from tui.words.i18n import _

LINES = 4
"""Units that are asked for at once; a problem in parts may be given to more."""


class DividingForms(FormBasics):
    """A form with a line for each unit and its deadline."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "split": self._split,
        }

    def _split(self, items: Sequence[Item]) -> Form:
        """A line for each unit and its deadline; units that are suggested stand there already."""
        found = self.suggestion(items[0])
        likely = [unit for unit in (found.lead, *found.co) if unit is not None]
        fields: list[Field] = []
        for at in range(LINES):
            known = likely[at] if at < len(likely) and not items[0].parts else None
            fields += (
                Field(
                    key=f"lead{at}",
                    label=_("Unit {no}").format(no=at + 1),
                    choices=self.units(),
                    required=at < max(1, FEWEST - len(items[0].parts)),
                    value=self.unit_name(known),
                ),
                Field(
                    key=f"due{at}",
                    label=_("Due"),
                    required=not at,
                    value="" if at else found.deadline,
                    hint=_("as the first") if at else _(HINTS[AskKind.DUE]),
                ),
            )
        fields += self.lines("split", {"requirement": found.requirement})
        return Form(_("Give to several units"), tuple(fields), self._in_parts)

    def _in_parts(self, item: Item, answers: Answers) -> Action:
        parts = []
        for at in range(LINES):
            lead, line = answers[f"lead{at}"], f"due{at}" if answers[f"due{at}"] else "due0"
            if lead is not None:
                due = self.due(answers[line], line=line)
                parts.append(UnitPart(lead=lead, due=due, deadline=wording(answers[line])))
        return Split(item=item.id, parts=tuple(parts), requirement=answers["requirement"])
