"""Looks on the spot."""

from collections.abc import Sequence

from core.actions.loop.inspection import MEETS_STANDARD
from core.model import Item
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Choice, Form
from tui.verbs.proofs import proof_note
from tui.words.i18n import _


class InspectionForms(FormBasics):
    """Looks on the spot."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {"pass": self._pass, "fail": self._fail, "inspect": self._inspect}

    def _pass(self, items: Sequence[Item]) -> Form:
        dated = not any(item.undated for item in items)
        lines = self.lines(
            "pass",
            {"finding": MEETS_STANDARD, "feedback_on": self._today.isoformat()},
            without=("feedback_on",) if dated else (),
            required={"finding": True},
        )
        return Form(
            _("Passed: strike off"),
            lines,
            lambda item, answers: self.wish(
                "pass", item, answers, **({} if item.undated else {"feedback_on": None})
            ),
            proof_note(self._town, items),
        )

    def _fail(self, items: Sequence[Item]) -> Form:
        return Form(_("Failed: rework"), self.lines("fail"), self.as_asked("fail"))

    def _inspect(self, items: Sequence[Item]) -> Form:
        results = (Choice(True, _("passed")), Choice(False, _("failed")))
        return Form(
            _("Inspect before the unit reports"),
            self.lines("inspect", required={"passed": True}, choices={"passed": results}),
            lambda item, answers: self.wish(
                "inspect", item, answers, **({"work_until": None} if answers["passed"] else {})
            ),
        )
