"""`zg summary`: the work summary, from its draft to its signature."""

from pathlib import Path
from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.actions.papers import DraftSummary, SignSummary, WithdrawPaper
from core.calendar.periods import read_period
from core.errors import RuleError
from core.model import Document, DocumentState
from core.papers.made_from import said as said_of
from core.year.body import moved
from core.year.drafting import draw
from core.year.evidence import asked_of, summaries
from core.year.stretch_numbers import Numbers
from core.year.usual_sentences import PARTS
from store.disk.files import check_target
from store.ledgers.going_out.writing import save
from store.papers.issuing import written
from store.papers.summary.body import title_of
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On, Reason
from tui.cli.frame.output import Force, suffix_of
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.papers.options import Annex, with_photos
from tui.cli.targets.summary_options import (
    Which,
    moved_text,
    numbers_of,
    state,
    summary_of,
)
from tui.cli.targets.summary_words import check, diff, edit, take
from tui.terminal.display import shown
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.papers import DOCUMENT_STATES

COMMANDS = Commands()
FORMS = ("docx", "md", "txt", "xlsx")


@opens(saves=True)
def draft(
    office: Office,
    period: Annotated[
        str,
        typer.Argument(
            metavar="[PERIOD]",
            show_default=False,
            help=_("2026, 2026H1, 2026Q3, 2026-07 or a..b; this year by default."),
        ),
    ] = "",
) -> None:
    """拟稿."""
    office.repository.load_closed()
    asked = period or str(office.today.year)
    before = next(
        (
            d
            for d in summaries(office.town.documents.values())
            if d.period == read_period(asked, office.today).code
            and d.state == DocumentState.DRAFTED
        ),
        None,
    )
    changed = (
        moved(before.numbers, Numbers(asked_of(before, office.town, office.today)))
        if before
        else []
    )
    changes = office.commit([DraftSummary(period=asked)])
    made: Any = changes.of("documents")[0].new
    print(made.label)
    for each in changed:
        talk(moved_text(each))
    state(office, made)


@opens(json=True)
def list_(office: Office, json: bool = False) -> None:
    """总结列表."""
    held = summaries(office.town.documents.values())
    rows = [
        {
            "number": d.label,
            "period": d.period,
            "state": d.state.value,
            "drafted_on": d.drafted_on.isoformat() if d.drafted_on else None,
            "signed_on": d.signed_on.isoformat() if d.signed_on else None,
        }
        for d in held
    ]
    if json:
        print_json(rows)
        return
    print_table(
        [
            [
                str(r["number"]),
                str(r["period"]),
                _(DOCUMENT_STATES[DocumentState(str(r["state"]))]),
                str(r["drafted_on"] or ""),
                str(r["signed_on"] or ""),
            ]
            for r in rows
        ],
        [_("Number"), _("Period"), _("State"), _("Drafted on"), _("Signed on")],
    )


@opens(json=True)
def show(office: Office, which: Which = "", json: bool = False) -> None:
    """总结."""
    paper = summary_of(office, which)
    office.repository.load_closed()
    evidence = said_of(paper, office.town, office.today)
    if json:
        numbers = numbers_of(office, paper)
        lacking = [] if paper.evidence else list(draw(numbers.asked, numbers).lacking)
        print_json(
            {
                "period": paper.period,
                "number": paper.number or None,
                "paragraphs": [
                    {"key": p["key"], "text": p["text"]} for p in evidence["paragraphs"]
                ],
                "lacking": lacking,
                "problems": evidence["problems"],
                "gaps": evidence["gaps"],
            }
        )
        return
    print(shown(title_of(evidence)))
    _paragraphs(paper, evidence)
    if paper.state == DocumentState.DRAFTED:
        state(office, paper)


def _paragraphs(paper: Document, evidence: dict[str, Any]) -> None:
    """Every paragraph with its key, and whose words they are."""
    part = ""
    headings = {p.key: p.heading for p in PARTS}
    marks = {p.key: p for p in paper.body}
    for each in evidence["paragraphs"]:
        if each["part"] != part:
            part = each["part"]
            print()
            print(shown(headings[part] or part))
        held = marks.get(each["key"])
        told = ""
        if held is not None and not paper.evidence:
            if held.edited:
                told = _("edited")
            elif held.own:
                told = _("own")
            elif held.new:
                told = _("new")
        mark = f"[{each['key']}{' ' + told if told else ''}] "
        print(shown(mark + each["text"]))
    for held in paper.body:
        if held.off:
            print(shown(f"[{held.key} {_('left out')}]"))


@opens(saves=True)
def sign(
    office: Office,
    which: Which = "",
    on: On = None,
) -> None:
    """签发."""
    paper = summary_of(office, which)
    office.repository.load_closed()
    office.commit([SignSummary(document=paper.id, on=office.day(on))])
    print(office.town.documents[paper.id].label)


@opens(saves=True)
def withdraw(office: Office, which: Which, reason: Reason = "") -> None:
    """作废."""
    paper = summary_of(office, which)
    actions: list[Action] = [WithdrawPaper(document=paper.id, reason=reason)]
    office.commit(actions)


@opens()
def export(
    office: Office,
    which: Which = "",
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", show_default=False, help=_("docx, md, txt or xlsx.")
        ),
    ] = "",
    trace: Annotated[
        bool,
        typer.Option("--trace", show_default=False, help=_("The workbook of lines beside it too.")),
    ] = False,
    photos: Annex = False,
    force: Force = False,
) -> None:
    """写文件."""
    paper = summary_of(office, which)
    office.repository.load_closed()
    target = expanded(output or f"{paper.period}工作总结.docx")
    form = suffix_of(str(target), FORMS)
    if photos and form != "docx":
        raise RuleError("annex_docx", value=str(target))
    targets = [(target, form)]
    if trace and form != "xlsx":
        targets.append((Path(target).with_suffix(".xlsx"), "xlsx"))
    for path, _form in targets:
        check_target(path, force=force)
    for path, each in targets:
        data = written(paper, office.town, office.today, each, office.repository.photos)
        save(
            with_photos(office, paper, data) if photos and each == "docx" else data,
            path,
            force=force,
        )
        talk(str(path))


def _group() -> Any:
    group = typer.Typer(help=_("The work summary of a year or any stretch."), no_args_is_help=True)
    for name, help_text, function in (
        ("draft", _("Draft it, or draft it anew with your words kept."), draft),
        ("list", _("List summaries."), list_),
        ("show", _("Show its paragraphs, and what they lack."), show),
        ("edit", _("Write a paragraph, leave one out, accept a gap."), edit),
        ("take", _("Bring words back from a Word or Markdown file."), take),
        ("diff", _("Which numbers have moved since, and by which lines."), diff),
        ("check", _("What stands in the way of signing."), check),
        ("sign", _("Sign it: text, numbers and lines are frozen."), sign),
        ("withdraw", _("Say that it does not hold any more."), withdraw),
        ("export", _("Write it as Word, Markdown, text or a workbook."), export),
    ):
        group.command(name, help=help_text)(function)
    return group


COMMANDS.group("summary", _group)
