"""Forms that are not about one transition: deciding what waits, and choosing among everything that may be done."""

from collections.abc import Sequence

from core.model import Item
from core.workflow import offered
from tui.frame.key import label_of
from tui.frame.keys import UNLETTERED, VERBS, VIEWS
from tui.verbs.basics import FormBasics
from tui.verbs.fields import Choice, Field, Form
from tui.words.i18n import _
from tui.words.texts import verb_name


class ChoosingForms(FormBasics):
    """Forms of one town that lead to others."""

    def verbs(self, items: Sequence[Item]) -> Form | None:
        """Everything that may be done to all of the items, to pick from."""
        common = [
            verb
            for verb in offered(items[0], self._actor)
            if all(verb in offered(item, self._actor) for item in items[1:])
        ]
        if any(self._town.pending(item.id) for item in items):
            common.append("decide")
        if not common:
            return None
        labels = {key.verb or key.action: label_of(key) for key in (*VERBS, *UNLETTERED, *VIEWS)}
        choices = tuple(
            Choice(verb, f"{verb_name(verb)}  {labels.get(verb, '')}", (verb_name(verb), verb))
            for verb in common
        )
        field = Field(key="verb", label=_("Action"), choices=choices, required=True, menu=True)
        hint = _("Type a few letters, Enter does it, Esc cancel")
        return Form(_("All actions"), (field,), hint=hint)
