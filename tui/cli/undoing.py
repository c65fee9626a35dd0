"""Taking back one's own last change."""

import sys

import typer

from core.errors import RuleError
from store.lock import WAIT
from tui.cli.office import open_office, talk
from tui.cli.options import As, Lang, Store, Wait, Yes
from tui.cli.registry import Commands
from tui.i18n import _
from tui.texts import verb_name

COMMANDS = Commands()


@COMMANDS.command("undo", _("Take back your own last change, whole."))
def undo(
    as_role: As = None, yes: Yes = False, store: Store = None, lang: Lang = None, wait: Wait = WAIT
) -> None:
    """撤销."""
    with open_office(store, lang, as_role, wait) as office:
        last = office.repository.undoable(office.actor.login)
        if last is None:
            raise RuleError("nothing_to_undo")
        wish = office.repository.undoing(last.seq)
        about = _("change {seq}: {verb}, {count} records").format(
            seq=last.seq,
            verb=verb_name(last.op),
            count=sum(c.table != "events" for c in wish.earlier),
        )
        if (
            not yes
            and sys.stdin.isatty()
            and not typer.confirm(_("Take back {about}?").format(about=about))
        ):
            raise RuleError("undo_declined")
        office.commit([wish])
        talk(_("Taken back: {about}.").format(about=about))
