"""What the commands of a summary share: which one is meant, what it lacks."""

from typing import Annotated, Any

import typer

from core.calendar.periods import read_period
from core.errors import NotFound
from core.measures import measure
from core.model import Document, DocumentState
from core.town.town import Town
from core.words.text import key_of
from core.year.body import gaps_of, typed_in
from core.year.drafting import draw
from core.year.evidence import asked_of, summaries
from core.year.stretch_numbers import Numbers
from tui.cli.frame.completing import from_store
from tui.cli.frame.office import Office, talk
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.texts import listed

Which = Annotated[
    str,
    typer.Argument(
        metavar="[PERIOD]",
        show_default=False,
        help=_("The stretch it is about, its number, or D3 for a draft; the latest by default."),
        autocompletion=from_store(
            lambda town: [d.period for d in summaries(town.documents.values())]
        ),
    ),
]


def summary_of(office: Office, text: str) -> Document:
    """The summary of a stretch or a number; the latest where none is named. Raises `NotFound`."""
    held = summaries(office.town.documents.values())
    live = [d for d in held if d.state != DocumentState.WITHDRAWN]
    if not text:
        if not live:
            raise NotFound("no_summary", value="")
        return live[-1]
    wanted = key_of(text)
    for each in reversed(held):
        if wanted in (key_of(each.label), key_of(f"D{each.id}")):
            return each
    code = read_period(text, office.today).code
    found = [d for d in held if d.period == code]
    if not found:
        raise NotFound("no_summary", value=text)
    return next((d for d in reversed(found) if d.state != DocumentState.WITHDRAWN), found[-1])


def numbers_of(office: Office, paper: Document) -> Numbers:
    """Its numbers as they are now."""
    office.repository.load_closed()
    return Numbers(asked_of(paper, office.town, office.today))


def moved_text(each: Any) -> str:
    why = []
    for sign, refs in (("+", each.came), ("-", each.gone), ("~", each.changed)):
        why += [f"{sign}{ref}" for ref in refs]
    return shown(f"{each.name}: {each.before} → {each.now}  {' '.join(why)}".rstrip())


def measure_name(town: Town, code: str) -> str:
    """A measure in words: 问题.发现.市容环境."""
    meant = measure(town, code)
    return meant.measure.name(meant.of)


def state(office: Office, paper: Document) -> None:
    """What a draft still lacks."""
    numbers = numbers_of(office, paper)
    lacking = draw(numbers.asked, numbers).lacking
    gaps = [g for g in gaps_of(paper, numbers) if not g.accepted]
    typed = list(typed_in(paper, numbers))
    if lacking:
        named = [measure_name(office.town, code) for code in lacking]
        talk(_("No number yet: {names}").format(names=listed(named)))
    for gap in gaps:
        talk(
            _("{key} has {mark}: fill it in, leave the paragraph out, or accept it.").format(
                key=gap.key, mark=gap.mark
            )
        )
    if typed:
        told = [f"{t.key} {t.text}" + (f"={t.measures[0]}" if t.measures else "") for t in typed]
        talk(_("Typed numbers: {told}").format(told=listed(told)))
