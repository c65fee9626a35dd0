"""What a unit says."""

from collections.abc import Sequence

from core.actions import (
    Note,
    Receive,
    Submit,
    Withdraw,
)
from core.model import Item
from tui.terminal.display import shown
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import (
    Field,
    Form,
    names,
)
from tui.words.i18n import _
from tui.words.texts import name_of


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
        day = Field(key="on", label=_("Day"), required=True, value=self._today.isoformat())
        last = max((i.diary[-1] for i in items if i.diary), key=lambda d: d.on, default=None)
        told = (self.unit_field(_("Told by"), required=False), *self._on_behalf("note"))
        liaison = len(told) == 1  # who speaks for nobody else
        return Form(
            _("How it goes"),
            (
                Field(key="line", label=name_of("line"), required=True),
                day,
                *(() if liaison else told),
            ),
            lambda item, a: Note(
                item=item.id,
                line=a["line"],
                on=self.day(a["on"]),
                on_behalf_of=a.get("lead"),
                channel=a.get("channel"),
            ),
            note=f"{last.on.isoformat()} {shown(last.text)}" if last is not None else "",
        )

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
