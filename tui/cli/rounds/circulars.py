"""`zg appraisal` and `zg appeal`: the circular of a period, and what units say against it."""

from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.actions.papers import (
    DraftCircular,
    EditCircular,
    PublishCircular,
    ServePaper,
    SignCircular,
    WithdrawPaper,
)
from core.calendar.spans import Length, read_span
from core.errors import Incomplete, NotFound, RuleError
from core.model import Document, DocumentKind, DocumentState
from core.papers.adjustments import adjustments
from core.stats.recorded import span_of
from core.words.text import key_of
from store.papers.circular.body import adjusted
from store.papers.issuing import paper, written
from store.papers.paper import plain_text
from tui.cli.frame.completing import from_store
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On, Reason
from tui.cli.frame.output import Force
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.papers.options import Annex, write_out
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.papers import DOCUMENT_STATES
from tui.words.rounds.figures import span_name

COMMANDS = Commands(own=("appraisal list", "appraisal show", "appraisal export"))


def _circulars(town: Any) -> list[Document]:
    held = [d for d in town.documents.values() if d.kind == DocumentKind.APPRAISAL and d.active]
    return sorted(held, key=lambda d: (span_of(d).last, d.id))


def _names(town: Any) -> list[str]:
    return [d.period for d in _circulars(town) if d.state != DocumentState.WITHDRAWN]


Which = Annotated[
    str,
    typer.Argument(
        metavar="PERIOD",
        show_default=False,
        help=_("The period it is about, its number, or D3 for a draft."),
        autocompletion=from_store(_names),
    ),
]
Good = Annotated[
    str | None,
    typer.Option("--good", metavar="TEXT", show_default=False, help=_("What went well.")),
]
Next = Annotated[
    str | None,
    typer.Option("--next", metavar="TEXT", show_default=False, help=_("What is asked for.")),
]


def circular_of(office: Office, text: str) -> Document:
    """The circular of a period or a number; of a period the one that holds. Raises `NotFound`."""
    wanted = key_of(text)
    held = _circulars(office.town)
    for each in reversed(held):
        if wanted in (key_of(each.label), key_of(f"D{each.id}")):
            return each
    try:
        code = read_span(text, office.today).code
    except RuleError:
        code = ""
    found = [d for d in held if d.period == code]
    live = [d for d in found if d.state != DocumentState.WITHDRAWN]
    if not found:
        raise NotFound("no_circular", value=text)
    return (live or found)[-1]


def _texts(good: str | None, following: str | None) -> dict[str, str]:
    said = {"good": good, "next": following}
    return {part: text.replace("\\n", "\n") for part, text in said.items() if text is not None}


@opens(saves=True)
def draft(
    office: Office,
    period: Annotated[
        str,
        typer.Argument(
            metavar="[PERIOD]",
            show_default=False,
            help=_("2026-03, 2026-Q1 …; last month by default."),
        ),
    ] = "",
    good: Good = None,
    following: Next = None,
) -> None:
    """拟稿."""
    office.repository.load_closed()
    span = read_span(period or "上月", office.today)
    changes = office.commit([DraftCircular(period=span.code, texts=_texts(good, following))])
    made = changes.of("documents")[0].new
    assert isinstance(made, Document)
    print(made.label)


@opens(saves=True)
def edit(office: Office, which: Which, good: Good = None, following: Next = None) -> None:
    """改文字."""
    texts = _texts(good, following)
    if not texts:
        raise Incomplete("nothing_given")
    office.commit([EditCircular(document=circular_of(office, which).id, texts=texts)])


@opens(json=True)
def list_(office: Office, json: bool = False) -> None:
    """考核通报列表."""
    held = _circulars(office.town)
    if json:
        print_json([_record(each) for each in held])
        return
    print_table(
        [
            [
                each.label,
                span_name(span_of(each)),
                _(DOCUMENT_STATES[each.state]),
                each.published_on.isoformat() if each.published_on else "",
                each.objections_until.isoformat() if each.objections_until else "",
                each.signed_on.isoformat() if each.signed_on else "",
            ]
            for each in held
        ],
        [_("Number"), _("Period"), _("State"), _("Published"), _("Objections until"), _("Signed")],
    )


def _record(each: Document) -> dict[str, Any]:
    return {
        "number": each.number or None,
        "draft": f"D{each.id}",
        "period": each.period,
        "variant": each.variant,
        "state": each.state.value,
        "published_on": each.published_on,
        "objections_until": each.objections_until,
        "signed_on": each.signed_on,
        "served_on": each.served_on,
        "digest": each.digest or None,
        "revision": each.revision,
    }


@opens()
def show(office: Office, which: Which) -> None:
    """看全文."""
    office.repository.load_closed()
    found = circular_of(office, which)
    print(shown(plain_text(paper(found, office.town, office.today)), lines=True), end="")


def _step(office: Office, which: str, make: Any) -> None:
    found = circular_of(office, which)
    office.repository.load_closed()
    action: Action = make(found.id)
    office.commit([action])
    after = office.town.documents[found.id]
    said = f"{after.label}: {_(DOCUMENT_STATES[after.state])}"
    if after.state == DocumentState.PUBLISHED and after.objections_until is not None:
        said += _(", objections until {day}").format(day=after.objections_until.isoformat())
    talk(shown(said))
    if after.state == DocumentState.SIGNED:
        print(shown(after.number))


@opens(saves=True)
def publish(office: Office, which: Which, on: On = None) -> None:
    """公示."""
    _step(office, which, lambda key: PublishCircular(document=key, on=office.day(on)))


@opens(saves=True)
def sign(
    office: Office,
    which: Which,
    number: Annotated[
        str,
        typer.Option(
            "--number",
            metavar="NUMBER",
            show_default=False,
            help=_("Given by hand; the next by default."),
        ),
    ] = "",
    on: On = None,
) -> None:
    """签发."""
    day = office.day(on)
    _step(office, which, lambda key: SignCircular(document=key, number=number, on=day))


@opens(saves=True)
def serve(office: Office, which: Which, on: On = None) -> None:
    """送达."""
    _step(office, which, lambda key: ServePaper(document=key, on=office.day(on)))


@opens(saves=True)
def withdraw(office: Office, which: Which, reason: Reason = "") -> None:
    """作废."""
    _step(office, which, lambda key: WithdrawPaper(document=key, reason=reason))


@opens()
def export(
    office: Office,
    which: Which,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            show_default=False,
            help=_("Write it: docx, xlsx or txt."),
        ),
    ] = "",
    photos: Annex = False,
    force: Force = False,
) -> None:
    """出文件."""
    office.repository.load_closed()
    found = circular_of(office, which)
    if output:
        write_out(office, found, output, force=force, annex=photos)
        return
    print(
        written(found, office.town, office.today, "txt", office.repository.photos).decode(), end=""
    )


@opens(json=True)
def adjust(
    office: Office,
    period: Annotated[
        str,
        typer.Argument(
            metavar="[PERIOD]", show_default=False, help=_("The month that would tell of it.")
        ),
    ] = "",
    json: bool = False,
) -> None:
    """调整说明."""
    office.repository.load_closed()
    span = read_span(period or "本月", office.today)
    if span.length != Length.MONTH:
        raise RuleError("bad_period", value=period)
    found = adjustments(office.town, span, office.today)
    if json:
        print_json(found)
        return
    for each in found:
        print(shown(adjusted(each)))
    if not found:
        talk(_("Nothing differs from what was signed."))


def _group() -> Any:
    group = typer.Typer(
        help=_("Circulars of a month, quarter, half or year: figures, places, scores."),
        no_args_is_help=True,
    )
    for name, help_text, function in (
        ("draft", _("Draft the circular of a period."), draft),
        ("edit", _("Write what went well and what is asked for."), edit),
        ("list", _("List circulars."), list_),
        ("show", _("Print one whole."), show),
        ("publish", _("Publish it for objections; its scored rounds with it."), publish),
        ("sign", _("Sign it: the number is taken, everything in it is frozen."), sign),
        ("serve", _("It has been sent out."), serve),
        ("withdraw", _("It does not hold any more; its number stays taken."), withdraw),
        ("export", _("Write it as Word, as a workbook, or as a message."), export),
        ("adjust", _("What later records say of months that are signed."), adjust),
    ):
        group.command(name, help=help_text)(function)
    return group


COMMANDS.group("appraisal", _group)
