"""What the list of shops is narrowed to, one after the other."""

from core.measures.subjects.shops import BLACK, RED
from tui.words.i18n import N_

VIEWS = ("", "unsigned", "unposted", f"flag:{BLACK}", f"flag:{RED}", "closed")
"""What `f` goes through."""
VIEW_NAMES = (
    "",
    N_("not signed"),
    N_("no plate"),
    N_("black flags"),
    N_("red flags"),
    N_("closed shops"),
)
