"""A form with every field that may be set right."""

from collections.abc import Sequence
from typing import Any

from core.actions.action import Action
from core.actions.loop.correcting import Correct
from core.model import Item
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import (
    Answers,
    Form,
    kind_name,
    kinds,
)
from tui.words.i18n import _


class CorrectingForms(FormBasics):
    """A form with every field that may be set right."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "correct": self._correct,
        }

    def _correct(self, items: Sequence[Item]) -> Form:
        item = items[0]
        known = {
            "description": item.description,
            "location": item.location,
            "zone": self.zone_name(item.zone),
            "category": kind_name(item.category, item.subcategory),
            "severity": item.severity,
            "found_on": item.found_on.isoformat() if item.found_on else "",
        }
        if item.assignment is not None:
            due = item.assignment.due
            known |= {
                "due": due.isoformat() if due else "",
                "requirement": item.assignment.requirement,
            }
        lines = self.lines(
            "correct",
            known,
            without=() if item.assignment is not None else ("due", "requirement"),
            required={"description": True, "reason": False},
            choices={
                "zone": self.zones(item.zone),
                "category": kinds((item.category, item.subcategory)),
            },
        )
        return Form(_("Correct {number}").format(number=item.label), lines, self._corrected)

    def _corrected(self, item: Item, answers: Answers) -> Action:
        said = self.said("correct", answers)
        reason, due = said.pop("reason"), said.pop("due", "")
        category, sub = said.pop("category") or ("", "")
        values = said | {"category": category, "subcategory": sub}
        values["severity"] = said["severity"] or ""
        if due and item.assignment is not None:
            values["due"] = self.due(due, item.assignment.issued_on)
        changed = {name: value for name, value in values.items() if value != _held(item, name)}
        return Correct(item=item.id, fields=changed, reason=reason)


def _held(item: Item, name: str) -> Any:
    """A field as it is: of the item, else of its assignment."""
    return getattr(item if hasattr(item, name) else item.assignment, name)
