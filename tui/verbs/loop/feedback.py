"""What a unit says."""

from collections.abc import Sequence

from core.model import Item
from tui.terminal.display import shown
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Form
from tui.words.i18n import _


class FeedbackForms(FormBasics):
    """What a unit says."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "note": self._note,
            "receive": self._receive,
            "submit": self._submit,
            "withdraw": self._withdraw,
        }

    def _note(self, items: Sequence[Item]) -> Form:
        last = max((i.diary[-1] for i in items if i.diary), key=lambda d: d.on, default=None)
        lines = self.lines("note", {"on": self._today.isoformat()})
        told = f"{last.on.isoformat()} {shown(last.text)}" if last is not None else ""
        return Form(_("How it goes"), lines, self.as_asked("note"), told)

    def _receive(self, items: Sequence[Item]) -> Form:
        lines = self.lines("receive", {"on": self._today.isoformat()})
        return Form(_("Signed for"), lines, self.as_asked("receive"))

    def _submit(self, items: Sequence[Item]) -> Form:
        proposed = items[0].proposed if len(items) == 1 else None
        done = proposed.feedback_on if proposed and proposed.feedback_on else self._today
        known = {"on": done.isoformat()}
        if proposed:
            known |= {"measure": proposed.measure, "photos": "、".join(proposed.photos_after)}
        return Form(
            _("The unit reports it done"),
            self.lines("submit", known),
            lambda item, answers: self.wish(
                "submit", item, answers, progress=item.proposed.progress if item.proposed else ""
            ),
        )

    def _withdraw(self, items: Sequence[Item]) -> Form:
        lines = self.lines("withdraw")
        return Form(_("Take the feedback back"), lines, self.as_asked("withdraw"))
