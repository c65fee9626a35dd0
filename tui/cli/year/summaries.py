"""`zg summary`: the work summary, from its draft to its signature."""

import json as js
from pathlib import Path
from typing import Annotated, Any

import typer

from core.actions import Action, DraftSummary, EditSummary, SignSummary, WithdrawPaper
from core.calendar.periods import read_period
from core.errors import Incomplete, NotFound
from core.model import Document, DocumentKind, DocumentState
from core.papers.evidence import said as said_of
from core.words.text import key_of
from core.year.body import gaps_of, moved, typed_in
from core.year.drafting import draw
from core.year.evidence import asked_of
from core.year.numbers import Numbers
from core.year.standard import PARTS
from core.year.taking import changes_of
from store.disk.files import check_target
from store.ledgers.going_out.writing import save
from store.papers.issuing import written
from store.papers.summary.body import title_of
from store.papers.summary.taking import read_back
from tui.cli.frame.office import Office, print_json, print_table, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On, Reason, from_store, of_words
from tui.cli.frame.output import Force, suffix_of
from tui.cli.frame.registry import Commands
from tui.cli.registers.files import given
from tui.terminal.display import shown
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext
from tui.words.names import DOCUMENT_STATES
from tui.words.texts import listed

COMMANDS = Commands()
FORMS = ("docx", "md", "txt", "xlsx")


def _summaries(town: Any) -> list[Document]:
    held = [d for d in town.documents.values() if d.kind == DocumentKind.SUMMARY and d.active]
    return sorted(held, key=lambda d: (d.period, d.id))


Which = Annotated[
    str,
    typer.Argument(
        metavar="[PERIOD]",
        show_default=False,
        help=_("The stretch it is about, its number, or D3 for a draft; the latest by default."),
        autocompletion=from_store(lambda town: [d.period for d in _summaries(town)]),
    ),
]


def summary_of(office: Office, text: str) -> Document:
    """The summary of a stretch or a number; the latest where none is named. Raises `NotFound`."""
    held = _summaries(office.town)
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
            for d in _summaries(office.town)
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
        talk(_moved_text(each))
    _state(office, made)


def _moved_text(each: Any) -> str:
    why = []
    for sign, refs in (("+", each.came), ("-", each.gone), ("~", each.changed)):
        why += [f"{sign}{ref}" for ref in refs]
    return shown(f"{each.name}: {each.before} → {each.now}  {' '.join(why)}".rstrip())


def _state(office: Office, paper: Document) -> None:
    """What a draft still lacks."""
    numbers = numbers_of(office, paper)
    lacking = draw(numbers.asked, numbers).lacking
    gaps = [g for g in gaps_of(paper, numbers) if not g.accepted]
    typed = list(typed_in(paper, numbers))
    if lacking:
        talk(_("No number yet: {names}").format(names=listed(list(lacking))))
    for gap in gaps:
        talk(
            _("{key} has {mark}: fill it in, leave the paragraph out, or accept it.").format(
                key=gap.key, mark=gap.mark
            )
        )
    if typed:
        told = [f"{t.key} {t.text}" + (f"={t.measures[0]}" if t.measures else "") for t in typed]
        talk(_("Typed numbers: {told}").format(told=listed(told)))


@opens(json=True)
def list_(office: Office, json: bool = False) -> None:
    """总结列表."""
    held = _summaries(office.town)
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
    if paper.state == DocumentState.DRAFTED:
        _state(office, paper)


@opens(saves=True)
def edit(
    office: Office,
    which: Which = "",
    key: Annotated[
        str,
        typer.Option(
            "--key", metavar="KEY", show_default=False, help=_("Which paragraph, as show has it.")
        ),
    ] = "",
    text: Annotated[
        str | None,
        typer.Option(
            "--text",
            metavar="TEXT",
            show_default=False,
            help=_("Its words, with numbers as {问题.发现}; nothing gives the program's back."),
        ),
    ] = None,
    part: Annotated[
        str,
        typer.Option(
            "--part",
            metavar="PART",
            show_default=False,
            help=_("Where a paragraph of one's own stands."),
            autocompletion=of_words([p.key for p in PARTS]),
        ),
    ] = "",
    off: Annotated[
        bool | None,
        typer.Option(
            "--off/--on-again", show_default=False, help=_("Leave it out, or take it back.")
        ),
    ] = None,
    accept: Annotated[
        str,
        typer.Option(
            "--accept",
            metavar="MARK",
            show_default=False,
            help=_("A gap that may stay, such as 【核】, with its --reason."),
        ),
    ] = "",
    reason: Reason = "",
) -> None:
    """改文字."""
    paper = summary_of(office, which)
    office.repository.load_closed()
    if part and not key:
        used = {p.key for p in paper.body}
        key = next(f"自拟{n}" for n in range(1, 1000) if f"自拟{n}" not in used)
    if not key or (text is None and off is None and not accept):
        raise Incomplete("nothing_given")
    action = EditSummary(
        document=paper.id,
        texts={} if text is None else {key: text},
        parts={key: part} if part else {},
        off={} if off is None else {key: off},
        accepted={f"{key}|{accept}": reason} if accept else {},
    )
    office.commit([action])
    talk(key)


@opens(saves=True)
def take(
    office: Office,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", show_default=False, help=_("A .docx or .md that export wrote, edited.")
        ),
    ],
    which: Which = "",
    keep_typed: Annotated[
        bool,
        typer.Option(
            "--keep-typed", show_default=False, help=_("Numbers changed in the file stay as typed.")
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", show_default=False, help=_("Only show what would happen."))
    ] = False,
) -> None:
    """收回文字."""
    paper = summary_of(office, which)
    office.repository.load_closed()
    data, name = given(file)
    came = read_back(data, name)
    action, told = changes_of(paper, came, numbers_of(office, paper), keep_typed=keep_typed)
    for line in told:
        talk(
            shown(_SAID[line.what].format(key=line.key, name=line.name, was=line.was, now=line.now))
        )
    if action is None:
        talk(_("Nothing new."))
        return
    if not dry_run:
        office.commit([action])
    count = len(action.texts) + len(action.off)
    text = (
        ngettext("{count} paragraph would change.", "{count} paragraphs would change.", count)
        if dry_run
        else ngettext("{count} paragraph changed.", "{count} paragraphs changed.", count)
    )
    talk(text.format(count=count))


_SAID = {
    "number": _("{key}: {name} is {now} in the file; it stays {was}, as the measure has it."),
    "typed": _("{key}: {name} was {was}; {now} is typed from now on."),
    "gone": _("{key} is not in the file and is left out."),
    "own": _("A paragraph of your own: {now}"),
    "edited": _("{key}: new words"),
}


@opens(json=True)
def diff(office: Office, which: Which = "", json: bool = False) -> None:
    """变动."""
    paper = summary_of(office, which)
    numbers = numbers_of(office, paper)
    drawn = paper.numbers
    if paper.evidence:
        drawn = js.dumps(
            {
                n["name"]: {
                    "measure": n["measure"],
                    "text": n["text"],
                    "lines": [[line["ref"], line["value"]] for line in n["lines"]],
                }
                for n in js.loads(paper.evidence)["numbers"]
            }
        )
    found = moved(drawn, numbers)
    if json:
        print_json(found)
        return
    for each in found:
        print(_moved_text(each))
    if not found:
        talk(_("Nothing has moved."))


@opens(json=True)
def check(office: Office, which: Which = "", json: bool = False) -> None:
    """检查."""
    paper = summary_of(office, which)
    numbers = numbers_of(office, paper)
    lacking = list(draw(numbers.asked, numbers).lacking)
    gaps = gaps_of(paper, numbers)
    typed = list(typed_in(paper, numbers))
    changed = moved(paper.numbers, numbers)
    if json:
        print_json({"lacking": lacking, "gaps": gaps, "typed": typed, "moved": changed})
        return
    _state(office, paper)
    for each in changed:
        talk(_moved_text(each))
    open_gaps = [g for g in gaps if not g.accepted]
    if not open_gaps and not changed:
        ready = numbers.asked.period.over
        talk(_("It can be signed.") if ready else _("Its period is not over yet."))


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
    force: Force = False,
) -> None:
    """写文件."""
    paper = summary_of(office, which)
    office.repository.load_closed()
    target = expanded(output or f"{paper.period}工作总结.docx")
    form = suffix_of(str(target), FORMS)
    targets = [(target, form)]
    if trace and form != "xlsx":
        targets.append((Path(target).with_suffix(".xlsx"), "xlsx"))
    for path, _form in targets:
        check_target(path, force=force)
    for path, each in targets:
        data = written(paper, office.town, office.today, each, office.repository.photos)
        save(data, path, force=force)
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
