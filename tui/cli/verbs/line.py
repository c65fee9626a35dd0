"""`zg add`: problems in, a line each as a person writes it, or by options."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer
from msgspec.structs import replace

from core.actions.action import Action
from core.actions.loop.road import Report
from core.day.sameness import Before, added, is_open, likeliest
from core.errors import Incomplete, RuleError
from core.ledger.line import QuickReader, lines_of
from core.model import Item, Shows
from tui.cli.frame.input import read_text
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Yes
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json
from tui.cli.verbs.asks import Said, asking
from tui.day.line_text import in_a_line, like_text, missing_text
from tui.exits import at_terminal, confirm
from tui.terminal.display import shown
from tui.words.i18n import _

COMMANDS = Commands()


@COMMANDS.command("add", _("Report a problem; prints its number."))
@opens(saves=True, json=True)
@asking("report")
def add(
    office: Office,
    description: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|-",
            show_default=False,
            help=_(
                "A line as one writes it: zone, place, what is wrong, unit, deadline; several lines "
                "are several problems, - reads them. With --zone or --location: what is wrong."
            ),
        ),
    ],
    given: Said,
    *,
    yes: Yes = False,
    json: bool = False,
) -> None:
    """登记."""
    day = given.day
    main, sub = given["category"] or ("", "")
    shown_before = tuple(office.keep(path, Shows.BEFORE) for path in given["photos"] or ())
    known = {name: given[name] for name in ("severity", "external_no", "found_on", "note", "on")}
    said = {name: value for name, value in {**known, "files": shown_before}.items() if value}
    if main:
        said |= {"category": main, "subcategory": sub}
    left = 0
    if given["zone"] or given["location"]:
        where = {"zone": given["zone"], "location": given["location"] or ""}
        reports = [
            Report(**where, description=text, found_on=day or office.today)
            for text in (_lines() if description == "-" else [description])
        ]
    else:
        reports, left = _understood(office, description, day, said, yes=yes)
    reports = [replace(report, source=given["source"], **said) for report in reports]
    changes = office.commit(_not_here(office, reports, yes=yes))
    made = [office.town.item(change.id) for change in changes.of("items")]
    if json:
        print_json(office.records(made))
    else:
        for item in made:
            print(item.label)
    if left:
        raise RuleError("lines_left", count=left)


def _not_here(office: Office, reports: Sequence[Report], *, yes: bool) -> list[Action]:
    """What is to be saved: each report, or, where somebody says so, its being added to what is here."""
    before = Before(office.town, office.today)
    asks = at_terminal() and not yes
    actions: list[Action] = []
    for report in reports:
        like = before.like(report.zone, report.location, report.description)
        for item in like:
            talk(like_text(item))
        known = likeliest(like) if asks else None
        if known is not None and is_open(known) and _is_that(known):
            actions += added(known, report, office.today)
            continue
        if known is not None and not is_open(known) and _is_relapse(known):
            report = replace(report, recurrence_of=known.id)
        actions.append(report)
    return actions


def _is_relapse(item: Item) -> bool:
    number = shown(item.label)
    talk(_("zg reopen {number} opens it again, at level 2.").format(number=number))
    text = _("Save this as a relapse of {number}?").format(number=number)
    return confirm(text, default=True)


def _is_that(item: Item) -> bool:
    text = _("Add it to {number} instead of a new one?").format(number=shown(item.label))
    return confirm(text, default=False)


def _lines() -> list[str]:
    """Lines of standard input, a problem each. Raises `Incomplete("nothing_given")`."""
    found = lines_of(read_text("-", _("A line a problem; end with Ctrl-D.")))
    if not found:
        raise Incomplete("nothing_given")
    return found


def _understood(
    office: Office, text: str, day: date | None, given: dict[str, Any], *, yes: bool
) -> tuple[list[Report], int]:
    """The reports of lines, shown back before they are saved, and how many lines are none. Raises
    `RuleError`."""
    asks = at_terminal() and text != "-" and not yes
    lines = _lines() if text == "-" else lines_of(text)
    read = QuickReader(office.town, day or office.today).read_all(lines)
    reports = [replace(report, **given) for report in read]
    if not reports:
        raise Incomplete("nothing_given")
    if len(reports) == 1 and reports[0].lacking:
        raise Incomplete("missing", number=lines[0], fields=reports[0].lacking)
    for number, (line, report) in enumerate(zip(lines, reports, strict=True), start=1):
        told = in_a_line(report, office.town)
        if report.lacking:
            told = _("line {number}: not saved: {line} ({why})").format(
                number=number, line=shown(line), why=missing_text(report)
            )
        talk(told)
    reports = [report for report in reports if not report.lacking]
    if not reports:
        raise RuleError("lines_left", count=len(lines))
    if asks and not confirm(_("Save?"), default=True):
        raise typer.Exit(0)
    return reports, len(lines) - len(reports)
