"""Finding what one knows a word of; Enter goes to it."""

from collections.abc import Callable, Sequence
from typing import Any

from core.finding.anywhere import MOST, Hit, anywhere
from tui.frame import keys
from tui.frame.lines import TitleBar
from tui.messages import Committed
from tui.places.around import around
from tui.places.destinations import opening
from tui.places.listing import Listing
from tui.places.place import Place
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form
from tui.verbs.screen import FormScreen
from tui.words.i18n import N_, _

HIT_NAMES = {
    "item": N_("Problem"),
    "diary": N_("How it goes"),
    "photo": N_("Photo"),
    "paper": N_("Paper"),
    "shop": N_("Shop"),
    "log": N_("Log"),
}
_PLACES = {
    "paper": ("Papers", "papers"),
    "shop": ("Shops", "shops"),
    "log": ("Log", "logs"),
}
"""The place that shows it: what it is remembered by, and its name."""


def ask_words(place: Place[Any], then: Callable[[Place[str | None]], None]) -> None:
    """Ask for words, over every problem there is; `then` goes to what was found."""
    field = Field(key="words", label=_("Words"), required=True)

    def answered(answers: Answers | None) -> None:
        if answers is not None:
            then(FoundScreen(place.session, answers["words"].split()))

    if not place.session.town.complete:
        place.session.read_all_closed()
    form = Form(_("Find anywhere: problems, papers, shops, the log"), (field,))
    place.app.push_screen(FormScreen(form, ""), answered)


class FoundScreen(Listing):
    """Returns a query for the board where a problem was chosen."""

    NAME = "What was found"
    KEYS = keys.FOUND
    BINDINGS = keys.bindings(keys.FOUND)

    def __init__(self, session: Session, words: Sequence[str]) -> None:
        super().__init__(session)
        self._words = tuple(words)
        self._hits: Sequence[Hit] = ()

    @property
    def heading(self) -> str:
        """The words, and how much there is."""
        count = f"{len(self._hits)}+" if len(self._hits) == MOST else str(len(self._hits))
        return f"{_('Find')}  {shown(' '.join(self._words))}  {count}"

    def fill(self) -> None:
        """Everything the words stand in."""
        self._hits = anywhere(self.session.town, self._words)
        self.query_one(TitleBar).say(self.heading)
        rows = [
            (at, (_(HIT_NAMES[hit.kind]), shown(hit.number), shown(hit.text)))
            for at, hit in enumerate(self._hits)
        ]
        self.rows.show((_("What"), _("No."), _("Text")), (8, 18, 0), rows)

    def take_in(self, message: Committed) -> None:
        """What others saved may be found too."""
        self.fill()

    def action_choose(self) -> None:
        """To the board, or to the place that has it."""
        at = self.rows.cursor
        if at is None or at >= len(self._hits):
            return
        hit = self._hits[at]
        if hit.query:
            self.dismiss(hit.query)
            return
        name, place = _PLACES[hit.kind]
        around(self).left_at[name] = hit.record
        around(self).go(opening(place, str(hit.year or "")))
