"""Words of a summary: written, brought back from files, compared."""

import json as js
from typing import Annotated

import typer

from core.actions.papers import EditSummary
from core.errors import Incomplete, NotFound, RuleError
from core.model import Document
from core.papers.made_from import said as said_of
from core.year.body import gaps_of, moved, typed_in
from core.year.drafting import draw
from core.year.stretch_numbers import Numbers
from core.year.taking import changes_of
from core.year.usual_sentences import PARTS
from store.papers.summary.taking import own_of, read_back
from tui.cli.faces.bringing import given
from tui.cli.frame.completing import of_words
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Reason
from tui.cli.frame.tables import print_json
from tui.cli.targets.summary_options import Which, moved_text, numbers_of, state, summary_of
from tui.terminal.display import shown
from tui.words.i18n import N_, _, ngettext

Key = Annotated[
    str,
    typer.Option(
        "--key", metavar="KEY", show_default=False, help=_("Which paragraph, as show has it.")
    ),
]
Text = Annotated[
    str | None,
    typer.Option(
        "--text",
        metavar="TEXT",
        show_default=False,
        help=_("Its words, with numbers as {问题.发现}; nothing gives the program's back."),
    ),
]
Part = Annotated[
    str,
    typer.Option(
        "--part",
        metavar="PART",
        show_default=False,
        help=_("Where a paragraph of one's own stands."),
        autocompletion=of_words([p.key for p in PARTS]),
    ),
]
Off = Annotated[
    bool | None,
    typer.Option("--off/--on-again", show_default=False, help=_("Leave it out, or take it back.")),
]
Accept = Annotated[
    str,
    typer.Option(
        "--accept",
        metavar="MARK",
        show_default=False,
        help=_("A gap that may stay, such as 【核】, with its --reason."),
    ),
]
File = Annotated[
    str,
    typer.Argument(
        metavar="FILE", show_default=False, help=_("A .docx or .md that export wrote, edited.")
    ),
]
KeepTyped = Annotated[
    bool,
    typer.Option(
        "--keep-typed", show_default=False, help=_("Numbers changed in the file stay as typed.")
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", show_default=False, help=_("Only show what would happen."))
]


@opens(saves=True)
def edit(
    office: Office,
    which: Which = "",
    key: Key = "",
    text: Text = None,
    part: Part = "",
    off: Off = None,
    accept: Accept = "",
    reason: Reason = "",
) -> None:
    """改文字."""
    paper = summary_of(office, which)
    office.repository.load_closed()
    if part and not key:
        used = {p.key for p in paper.body}
        key = next(f"自拟{n}" for n in range(1, 1000) if f"自拟{n}" not in used)
    if accept and not key:
        key = _where(paper, accept, numbers_of(office, paper))
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


def _where(paper: Document, mark: str, numbers: Numbers) -> str:
    """The one paragraph that has a mark. Raises `NotFound("no_gap")`, `RuleError("several_gaps")`."""
    found = [gap.key for gap in gaps_of(paper, numbers) if gap.mark == mark and not gap.accepted]
    if not found:
        raise NotFound("no_gap", value=mark)
    if len(found) > 1:
        raise RuleError("several_gaps", value=mark, expected=tuple(found))
    return found[0]


@opens(saves=True)
def take(
    office: Office,
    file: File,
    which: Which = "",
    keep_typed: KeepTyped = False,
    dry_run: DryRun = False,
) -> None:
    """收回文字."""
    paper = summary_of(office, which)
    office.repository.load_closed()
    data, name = given(file)
    evidence = said_of(paper, office.town, office.today)
    came, lost = own_of(read_back(data, name), evidence, name)
    for text in lost:
        said = _("Not taken, the program makes this list; write a paragraph of your own: {now}")
        talk(shown(said.format(now=text)))
    action, told = changes_of(paper, came, numbers_of(office, paper), keep_typed=keep_typed)
    for line in told:
        talk(
            shown(
                _(_SAID[line.what]).format(key=line.key, name=line.name, was=line.was, now=line.now)
            )
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
    "number": N_("{key}: {name} is {now} in the file; it stays {was}, as the measure has it."),
    "typed": N_("{key}: {name} was {was}; {now} is typed from now on."),
    "gone": N_("{key} is not in the file and is left out."),
    "own": N_("A paragraph of your own: {now}"),
    "edited": N_("{key}: new words"),
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
        print(moved_text(each))
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
    state(office, paper)
    for each in changed:
        talk(moved_text(each))
    open_gaps = [g for g in gaps if not g.accepted]
    if not open_gaps and not changed:
        ready = numbers.asked.period.over
        talk(_("It can be signed.") if ready else _("Its period is not over yet."))
