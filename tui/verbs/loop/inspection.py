"""Looks on the spot."""

from collections.abc import Sequence

from core.actions import Fail, Inspect, Pass
from core.actions.loop.inspection import MEETS_STANDARD, REWORK_DUE
from core.model import Item
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Choice, Field, Form
from tui.verbs.proofs import proof_note
from tui.words.i18n import _


class InspectionForms(FormBasics):
    """Looks on the spot."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "pass": self._pass,
            "fail": self._fail,
            "inspect": self._inspect,
        }

    def _pass(self, items: Sequence[Item]) -> Form:
        fields = [
            Field(
                key="finding",
                label=_("Finding"),
                required=True,
                value=MEETS_STANDARD,
                hint=_("what you saw on the spot"),
            )
        ]
        if any(item.undated for item in items):
            fields.append(
                Field(
                    key="feedback_on",
                    label=_("Done on"),
                    required=True,
                    value=self._today.isoformat(),
                )
            )
        return Form(
            _("Passed: strike off"),
            tuple(fields),
            note=proof_note(self._town, items),
            make=lambda item, a: Pass(
                item=item.id,
                finding=a["finding"],
                feedback_on=self.day(a.get("feedback_on", ""), "feedback_on")
                if item.undated
                else None,
            ),
        )

    def _rework_fields(self, key: str, label: str) -> tuple[Field, ...]:
        return (
            Field(key=key, label=label, required=True),
            Field(
                key="due",
                label=_("Work until"),
                required=True,
                value=REWORK_DUE,
                hint=_("date, 3wd, 3d, today"),
            ),
        )

    def _fail(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Failed: rework"),
            self._rework_fields("reason", _("Reason")),
            lambda item, a: Fail(item=item.id, reason=a["reason"], work_until=self.due(a["due"])),
        )

    def _inspect(self, items: Sequence[Item]) -> Form:
        results = (Choice(True, _("passed")), Choice(False, _("failed")))
        return Form(
            _("Inspect before the unit reports"),
            (
                Field(key="passed", label=_("Result"), choices=results, required=True),
                *self._rework_fields("finding", _("Finding")),
            ),
            lambda item, a: Inspect(
                item=item.id,
                passed=a["passed"],
                finding=a["finding"],
                work_until=None if a["passed"] else self.due(a["due"]),
            ),
        )
