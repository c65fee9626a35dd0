"""A form with every field that may be set right."""

from collections.abc import Sequence
from typing import Any

from core.actions import (
    Action,
    Correct,
)
from core.model import Item
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import (
    Answers,
    Field,
    Form,
    kind_name,
    kinds,
    severities,
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
        fields = [
            Field(
                key="zone",
                label=_("Zone"),
                choices=self.zones(item.zone),
                value=self.zone_name(item.zone),
            ),
            Field(key="location", label=_("Location"), value=item.location),
            Field(key="description", label=_("Description"), value=item.description, required=True),
            Field(
                key="category",
                label=_("Category"),
                choices=kinds((item.category, item.subcategory)),
                value=kind_name(item.category, item.subcategory),
            ),
            Field(key="severity", label=_("Severity"), choices=severities(), value=item.severity),
            Field(
                key="found_on",
                label=_("Found on"),
                value=item.found_on.isoformat() if item.found_on else "",
            ),
        ]
        if item.assignment is not None:
            due = item.assignment.due
            fields += [
                Field(key="due", label=_("Due"), value=due.isoformat() if due else ""),
                Field(key="requirement", label=_("Requirement"), value=item.assignment.requirement),
            ]
        fields.append(
            Field(key="reason", label=_("Reason"), hint=_("needed for deadline and category"))
        )
        return Form(_("Correct {number}").format(number=item.label), tuple(fields), self._corrected)

    def _corrected(self, item: Item, answers: Answers) -> Action:
        category, sub = answers["category"] or ("", "")
        values: dict[str, Any] = {
            "zone": answers["zone"],
            "location": answers["location"],
            "description": answers["description"],
            "category": category,
            "subcategory": sub,
            "severity": answers["severity"] or "",
            "found_on": self.day(answers["found_on"], "found_on"),
        }
        if item.assignment is not None:
            values["requirement"] = answers["requirement"]
            issued = item.assignment.issued_on
            if answers["due"]:
                values["due"] = self.due(answers["due"], issued)
        changed = {
            name: value
            for name, value in values.items()
            if value
            != (
                getattr(item.assignment, name)
                if name in ("requirement", "due")
                else getattr(item, name)
            )
        }
        return Correct(item=item.id, fields=changed, reason=answers["reason"])
