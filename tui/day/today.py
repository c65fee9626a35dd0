"""今日: the morning's queues with their counts and first items; Enter shows one on the board."""

from collections.abc import Sequence

from core.day.month import asked_today
from core.day.today import Queue, queues
from tui.frame import keys
from tui.messages import Committed
from tui.places.around import around
from tui.places.destinations import opening
from tui.places.listing import Listing
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.queues import first_of
from tui.words.texts import queue_name

MOST = 6
"""Names told of a row."""
OF_MONTH = 1000
"""Key of the first row that is not about items: rounds, circulars, appeals."""


class TodayScreen(Listing):
    """Returns the query of the queue that was chosen."""

    NAME = "Today"
    KEYS = keys.TODAY
    BINDINGS = keys.bindings(keys.TODAY)

    @property
    def heading(self) -> str:
        """What the title says."""
        return f"{super().heading}  {self.session.moment.today.isoformat()}"

    def fill(self) -> None:
        """Show every row."""
        self._queues: Sequence[Queue] = [
            q for q in queues(self.session.town, self.session.moment.today) if q.items
        ]
        town, today = self.session.town, self.session.moment.today
        self._of_month = asked_today(town, today, own=self.own_only)
        self.rows.show(
            (_("Queue"), _("Items"), _("First")),
            (22, -6, 0),
            [
                *(
                    (at, (queue_name(q.code), str(q.count), first_of(q)))
                    for at, q in enumerate(self._queues)
                ),
                *(
                    (
                        OF_MONTH + at,
                        (
                            queue_name(each.code),
                            str(each.count),
                            shown("  ".join(each.names[:MOST])),
                        ),
                    )
                    for at, each in enumerate(self._of_month)
                ),
            ],
        )

    def take_in(self, message: Committed) -> None:
        """The board has brought the town up to it."""
        self.fill()

    def action_choose(self) -> None:
        """Show its items on the board."""
        at = self.rows.cursor
        if at is not None and at >= OF_MONTH:
            place = self._of_month[at - OF_MONTH].place
            around(self).go(opening(place))
        elif at is not None and self._queues:
            self.dismiss(self._queues[at].query)
