"""What was sent and is not saved yet."""

from tui.messages import Refused
from tui.words.i18n import _, ngettext
from tui.words.texts import say


class Unsaved:
    """Why what was sent is not saved, by its ticket; whoever leaves all the same is asked once."""

    def __init__(self) -> None:
        self._why: dict[int, str] = {}
        self._warned = False

    @property
    def why(self) -> str:
        """Why the first of them is not saved; nothing where all are."""
        return next(iter(self._why.values()), "")

    def waits(self, message: Refused) -> None:
        """It is kept, and tried again."""
        why = _("Not saved yet, trying again (u gives it up): {why}")
        self._why[message.ticket] = why.format(why=say(message.error))

    def settled(self, ticket: int) -> bool:
        """It is saved, refused or given up; False where it did not wait."""
        if self._why.pop(ticket, None) is None:
            return False
        self._warned = False
        return True

    def warning(self) -> str:
        """What whoever leaves is told first, once; nothing where all is saved."""
        if not self._why or self._warned:
            return ""
        self._warned = True
        count = len(self._why)
        return ngettext(
            "{count} change is not saved; q again leaves without it.",
            "{count} changes are not saved; q again leaves without them.",
            count,
        ).format(count=count)
