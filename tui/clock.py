"""A server whose clock stands before the last change: said, and asked, before numbers are given.

Numbers bear the year, and are never given again; deadlines are counted from the day.
"""

from datetime import datetime, timedelta

from core.errors import RuleError
from store.history.past import last_saved
from store.history.repository import Repository
from tui.exits import at_terminal, confirm, talk
from tui.words.i18n import _
from tui.words.texts import sentence

BEHIND = timedelta(days=1)
"""So far a clock may stand behind: servers agree to within minutes, time zones to within hours."""


def check_clock(repository: Repository, now: datetime) -> None:
    """Say where the clock stands a day or more before the last change; at a terminal, ask.

    Raises `RuleError("declined")` where the answer is no.
    """
    last = last_saved(repository.reader.path)
    if last is None or repository.town.settings.demo or now > last - BEHIND:
        return
    local = repository.town.settings.local
    fields = {"value": f"{local(now):%Y-%m-%d %H:%M}", "last": f"{local(last):%Y-%m-%d %H:%M}"}
    talk(sentence("clock_behind", fields))
    if not at_terminal():
        return

    if not confirm(_("Go on with this date?")):
        raise RuleError("declined")
