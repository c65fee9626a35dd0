"""The forms of every verb: each family of verbs makes its own."""

from collections.abc import Sequence

from msgspec.structs import replace

from core.model import Item
from core.roles import Actor
from core.town.town import Moment, Town
from tui.verbs.basics import FormBasics
from tui.verbs.choosing import ChoosingForms
from tui.verbs.fields import Form, Make
from tui.verbs.loop.aside import AsideForms
from tui.verbs.loop.correcting import CorrectingForms
from tui.verbs.loop.decisions import DecisionForms
from tui.verbs.loop.dividing import DividingForms
from tui.verbs.loop.feedback import FeedbackForms
from tui.verbs.loop.handover import HandoverForms
from tui.verbs.loop.inspection import InspectionForms
from tui.verbs.loop.leaving import LeavingForms
from tui.verbs.loop.levels import LevelForms
from tui.verbs.loop.lookback import LookbackForms
from tui.verbs.loop.photos import PhotoForms
from tui.verbs.loop.road import RoadForms
from tui.verbs.proofs import with_phrases


class Forms(FormBasics):
    """Forms of one town, filled in advance with what is known."""

    def __init__(self, town: Town, actor: Actor, moment: Moment) -> None:
        super().__init__(town, actor, moment)
        made = (town, actor, moment)
        self.road = RoadForms(*made)
        self.decisions = DecisionForms(*made)
        self.choosing = ChoosingForms(*made)
        families = (
            self.road,
            self.decisions,
            FeedbackForms(*made),
            InspectionForms(*made),
            HandoverForms(*made),
            AsideForms(*made),
            LeavingForms(*made),
            LevelForms(*made),
            LookbackForms(*made),
            CorrectingForms(*made),
            PhotoForms(*made),
            DividingForms(*made),
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
