"""The forms of every verb: each family of verbs makes its own."""

from collections.abc import Sequence

from msgspec.structs import replace

from core.model import Item
from core.roles import Actor
from core.town.town import Moment, Town
from tui.verbs.basics import FormBasics
from tui.verbs.choosing import ChoosingForms
from tui.verbs.fields import Form, Make
from tui.verbs.looks import LookForms, with_phrases
from tui.verbs.off_road import LoopForms
from tui.verbs.road import RoadForms
from tui.verbs.unit_forms import CorrectingForms, DividingForms, UnitForms


class Forms(FormBasics):
    """Forms of one town, filled in advance with what is known."""

    def __init__(self, town: Town, actor: Actor, moment: Moment) -> None:
        super().__init__(town, actor, moment)
        made = (town, actor, moment)
        self.reports = RoadForms(*made)
        self.choosing = ChoosingForms(*made)
        families = (
            self.reports,
            LoopForms(*made),
            LookForms(*made),
            DividingForms(*made),
            UnitForms(*made),
            CorrectingForms(*made),
        )
        self._builders = {verb: make for each in families for verb, make in each.builders.items()}

    def of(self, verb: str, items: Sequence[Item]) -> Form | Make:
        """The form of a verb, or how to make its action where nothing is missing."""
        made = self._builders[verb](items)
        if isinstance(made, Form):
            fields = tuple(with_phrases(self._town, verb, field) for field in made.fields)
            ids = tuple(item.id for item in items)
            return replace(made, fields=fields, verb=verb, items=ids)
        return made
