"""Looking back at what was struck off."""

from collections.abc import Sequence

from core.actions import Recheck, Reopen
from core.model import Item
from core.words.deadlines import wording
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Field, Form, names
from tui.words.i18n import _


class LookbackForms(FormBasics):
    """Looking back at what was struck off."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "recheck": self._recheck,
            "reopen": self._reopen,
        }

    def _photo(self) -> Field:
        return Field(
            key="photo",
            label=_("Photos"),
            required=True,
            hint=_("files on this server, joined by 、"),
        )

    def _recheck(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Looked back: it held"),
            (self._photo(), Field(key="finding", label=_("Finding"), value="保持")),
            lambda item, a: Recheck(item=item.id, photos=names(a["photo"]), finding=a["finding"]),
        )

    def _reopen(self, items: Sequence[Item]) -> Form:
        held = items[0].assignment
        suggested = self.suggestion(items[0])
        return Form(
            _("Looked back: it came back"),
            (
                self._photo(),
                self._reason(),
                self.unit_field(_("Lead unit"), held.lead if held else suggested.lead),
                self.due_field(_("Due"), suggested.deadline),
            ),
            lambda item, a: Reopen(
                item=item.id,
                photos=names(a["photo"]),
                reason=a["reason"],
                lead=a["lead"],
                due=self.due(a["due"]),
                deadline=wording(a["due"]),
            ),
        )
