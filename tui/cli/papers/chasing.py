"""`zg chase`: messages that remind units of what is due, ready for their chat groups."""

from typing import Annotated

import typer

from core.actions.loop.levels import Remind
from core.day.chase import Chase, chases_for
from core.errors import RuleError
from core.town.facts import Facts
from core.words.text import visible
from core.workflow import parted
from store.ledgers.going_out.writing import save
from store.papers.chase import chase_text, chase_texts
from store.papers.word import as_pages
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import complete_units
from tui.cli.frame.output import Force, suffix_of
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json
from tui.cli.papers.sending import Send, hook, sent
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext

COMMANDS = Commands(own=("chase",))


Units = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[UNIT]...",
        show_default=False,
        help=_("Only these; by default every unit that has something."),
        autocompletion=complete_units,
    ),
]
Logged = Annotated[
    bool,
    typer.Option("--log", show_default=False, help=_("Record that they were reminded: level 1.")),
]
Out = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE", show_default=False, help=_("Write it: docx or txt.")
    ),
]


@COMMANDS.command("chase", _("Messages that remind units of what is overdue or due soon."))
@opens(saves=True, json=True)
def chase(
    office: Office,
    units: Units = None,
    log: Logged = False,
    output: Out = "",
    send: Send = False,
    force: Force = False,
    *,
    json: bool,
) -> None:
    """催办."""
    wanted = [office.unit(name).id for name in units] if units else None
    words = hook(office) if send else ()
    found = chases_for(office.town, office.actor, office.today, wanted)
    facts = Facts(office.town, office.today)
    if json:
        print_json([_record(office, one, facts) for one in found])
    elif found and send:
        went = [sent(office, words, chase_text(c, facts), c.unit, c.items) for c in found]
        if not all(went):
            raise RuleError("not_sent", count=went.count(False))
    elif found and output:
        text = chase_texts(found, facts)
        made = {"txt": visible(text).encode(), "docx": as_pages("催办", (), text.splitlines())}
        save(made[suffix_of(output, tuple(made))], expanded(output), force=force)
    elif found:
        print(chase_texts(found, facts))
    else:
        talk(_("Nobody is to be reminded."))
    if log and found:
        _log(office, found)


def _record(office: Office, one: Chase, facts: Facts) -> dict[str, object]:
    return {
        "unit": one.unit.name,
        "overdue": len(one.overdue),
        "due_today": len(one.due_today),
        "due_soon": len(one.due_soon),
        "text": chase_text(one, facts),
        "items": office.records(one.items),
    }


def _log(office: Office, found: list[Chase]) -> None:
    able, others = parted((i for one in found for i in one.items), "remind", office.actor)
    if not able:
        no = others[0][1]
        raise RuleError.of(no)
    count = len(office.commit([Remind(item=item.id) for item in able]).of("items"))
    text = ngettext(
        "Recorded as reminded: {count} item.", "Recorded as reminded: {count} items.", count
    )
    talk(text.format(count=count))
