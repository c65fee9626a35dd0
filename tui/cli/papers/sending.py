"""Messages that leave by the office's own command: what was sent counts as reminded."""

from collections.abc import Sequence
from typing import Annotated

import typer

from core.actions.loop.levels import Remind
from core.errors import RuleError
from core.model import Item, Unit
from core.roles import require_role
from core.workflow import TABLE, parted
from store.disk.hook import hook_of, send
from tui.cli.frame.office import Office, talk
from tui.terminal.display import shown
from tui.words.i18n import _, ngettext
from tui.words.texts import listed

Send = Annotated[
    bool,
    typer.Option(
        "--send",
        show_default=False,
        help=_(
            "Send it by the office's command (zg config send); what was sent counts as reminded."
        ),
    ),
]


_NOTED = "已发送"
"""Before what the command said, in the history."""


def hook(office: Office) -> tuple[str, ...]:
    """The command, for whoever may remind a unit. Raises `RuleError("no_hook")`, `NotAllowed`, `FileRefused`."""
    require_role(office.actor, TABLE["remind"].roles)
    words = hook_of(office.repository.path)
    if not words:
        raise RuleError("no_hook")
    return words


def sent(
    office: Office, words: Sequence[str], text: str, unit: Unit | None, items: Sequence[Item]
) -> bool:
    """Send one message and say what came of it; its items are reminded of. False where it did not go."""
    name = unit.name if unit is not None else ""
    told = {"ZG_UNIT": name, "ZG_NUMBERS": " ".join(item.label for item in items)}
    result = send(words, text, told | {"ZG_OFFICE": office.town.settings.office})
    first = shown(result.output.split("\n")[0])
    if not result.ok:
        why = _("its time was up") if result.late else ""
        if not why and result.code:
            why = _("it ended with {code}").format(code=result.code)
        said = listed([part for part in (why, first) if part])
        talk(_("Not sent to {unit}: {said}").format(unit=shown(name), said=said))
        return False
    able, _others = parted(items, "remind", office.actor)
    note = " ".join(filter(None, (_NOTED, first[:200])))
    count = (
        len(office.commit([Remind(item=i.id, note=note) for i in able]).of("items")) if able else 0
    )
    said = f": {first}" if first else ""
    reminded = ngettext("{count} item reminded of", "{count} items reminded of", count)
    talk(
        _("Sent to {unit}{said}; {reminded}.").format(
            unit=shown(name), said=said, reminded=reminded.format(count=count)
        )
    )
    return True
