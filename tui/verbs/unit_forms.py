"""What units are given and do, step by step, and what a correction does. Pure: no widget, no store."""

from collections.abc import Sequence
from typing import Any

from core.actions import (
    Action,
    Correct,
    Receive,
    Split,
    Submit,
    UnitPart,
    Withdraw,
)
from core.model import Item
from core.model.parts import FEWEST
from core.words.deadlines import wording
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import (
    Answers,
    Field,
    Form,
    kind_name,
    kinds,
    names,
    severities,
)
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
                    hint=_("as the first") if at else _("date, 3wd, 3d, today"),
                ),
            )
        fields.append(Field(key="requirement", label=_("Requirement"), value=found.requirement))
        return Form(_("Give to several units"), tuple(fields), self._in_parts)

    def _in_parts(self, item: Item, answers: Answers) -> Action:
        parts = []
        for at in range(LINES):
            lead, wanted = answers[f"lead{at}"], answers[f"due{at}"] or answers["due0"]
            if lead is not None:
                parts.append(UnitPart(lead=lead, due=self.due(wanted), deadline=wording(wanted)))
        return Split(item=item.id, parts=tuple(parts), requirement=answers["requirement"])


class UnitForms(FormBasics):
    """Forms of the steps a unit takes, or a clerk for it."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "receive": self._receive,
            "submit": self._submit,
            "withdraw": self._withdraw,
        }

    def _receive(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Signed for"),
            (
                Field(key="on", label=_("Date"), value=self._today.isoformat()),
                *self._on_behalf("receive"),
            ),
            lambda item, a: Receive(item=item.id, on=self.day(a["on"]), channel=a.get("channel")),
        )

    def _submit(self, items: Sequence[Item]) -> Form:
        proposed = items[0].proposed if len(items) == 1 else None
        done = proposed.feedback_on if proposed and proposed.feedback_on else self._today
        fields = (
            Field(
                key="measure",
                label=_("Measure"),
                required=True,
                value=proposed.measure if proposed else "",
            ),
            Field(key="on", label=_("Done on"), value=done.isoformat()),
            Field(
                key="photo",
                label=_("Photos after"),
                hint=_("files on this server, joined by 、"),
                value="、".join(proposed.photos_after) if proposed else "",
            ),
            *self._on_behalf("submit"),
        )
        return Form(
            _("The unit reports it done"),
            fields,
            lambda item, a: Submit(
                item=item.id,
                measure=a["measure"],
                on=self.day(a["on"]),
                photos=names(a["photo"]),
                progress=item.proposed.progress if item.proposed else "",
                channel=a.get("channel"),
            ),
        )

    def _withdraw(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Take the feedback back"),
            (
                Field(key="reason", label=_("Reason"), required=True),
                *self._on_behalf("withdraw"),
            ),
            lambda item, a: Withdraw(item=item.id, reason=a["reason"], channel=a.get("channel")),
        )


class CorrectingForms(FormBasics):
    """The form of a correction, filled with what stands there."""

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
