"""`zg log`: what happened, with its figures."""

from typing import Annotated, Any

import typer

from core.actions.wish import Wish
from core.actions.year import AddLog, CorrectLog, VoidLog
from core.errors import Incomplete
from core.lists.known import LOGS
from core.measures import Question
from core.measures.subjects.logs import chapters
from core.model import Log
from core.year.choosing.work import keep_logs
from core.year.said import read_line, same_line, uncounted
from tui.cli.faces.bringing import bring_in
from tui.cli.faces.sheeted import Sheeted
from tui.cli.faces.sheets_in import Map, Table
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import DryRun, Encoding, On, Reason, Sheet
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.frame.wanted import Wanted
from tui.cli.year.log_options import (
    Figures,
    KindOption,
    People,
    Place,
    Reference,
    Title,
    TypedWords,
    UnitOption,
    Until,
    Words,
    ZoneOption,
)
from tui.cli.year.options import (
    Evidence,
    OneLog,
    PeriodOption,
    kept,
    period_of,
    record,
)
from tui.exits import at_terminal, confirm
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.tables.rows import log_row
from tui.words.tables.said import figures_of, not_counted, read_back, unsaid

COMMANDS = Commands(own=("log",))
HEADERS = {
    "number": "记事编号",
    "on": "日期",
    "until": "截止日期",
    "kind": "活动类型",
    "title": "名称",
    "unit": "责任单位",
    "zone": "责任区",
    "place": "地点",
    "people": "参加人数",
    "figures": "数量",
    "reference": "文号",
    "files": "佐证",
    "void_reason": "作废原因",
    "note": "备注",
}


def chosen(office: Office, words: list[str], period: str) -> list[Log]:
    """The lines of a stretch that words choose."""
    window = period_of(office, period)
    keep = keep_logs(words, Question(office.town, window))
    found = [
        log
        for log in office.town.all(Log)
        if log.active and log.on <= window.last and log.last >= window.first and keep(log)
    ]
    return sorted(found, key=lambda log: (log.on, log.id))


@opens(json=True)
def list_(
    office: Office, words: Words = None, period: PeriodOption = "", json: bool = False
) -> None:
    """记事列表."""
    rows = [log_row(office.town, log) for log in chosen(office, words or [], period)]
    if json:
        print_json(rows)
        return
    keys = ("number", "on", "kind", "unit", "title", "people", "figures", "files", "void_reason")
    used = [k for k in keys if any(row[k] is not None for row in rows)] or list(keys[:3])
    print_table(
        [[_cell(row[k]) for k in used] for row in rows],
        [HEADERS[k] for k in used],
        flexible=used.index("figures") if "figures" in used else -1,
    )


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


@opens(json=True)
def show(office: Office, which: OneLog, json: bool = False) -> None:
    """记事."""
    log: Log = record(office, "logs", which, retired=True)
    row = log_row(office.town, log)
    if json:
        print_json(row | {"files": [f.name for f in log.files], "key": log.key or None})
        return
    told = [[HEADERS[k], _cell(v)] for k, v in row.items() if v is not None]
    told += [[HEADERS["files"], file.name] for file in log.files]
    if log.duty is not None:
        duty = office.town.tables["duties"][log.duty]
        told.append([_("Duty"), f"{getattr(duty, 'label', '')}@{log.key}"])
    print_table(told, [_("Field"), _("Value")], flexible=1)


Duty = Annotated[
    str,
    typer.Option("--duty", metavar="DUTY", show_default=False, help=_("The duty it does.")),
]
Campaign = Annotated[
    str,
    typer.Option(
        "--campaign", metavar="CAMPAIGN", show_default=False, help=_("The campaign it is of.")
    ),
]
Yes = Annotated[
    bool,
    typer.Option("--yes", "-y", show_default=False, help=_("Save it without reading it back.")),
]
Again = Annotated[
    bool,
    typer.Option(
        "--again",
        show_default=False,
        help=_("It is another one, though one day's line is equal."),
    ),
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", show_default=False, help=_("A note."))]
TitleCorrect = Annotated[
    str | None, typer.Option("--title", metavar="TEXT", show_default=False, help=_("A title."))
]
PlaceCorrect = Annotated[
    str | None,
    typer.Option("--place", metavar="TEXT", show_default=False, help=_("Where it was.")),
]
ReferenceCorrect = Annotated[
    str | None,
    typer.Option(
        "--reference", metavar="TEXT", show_default=False, help=_("The number of its document.")
    ),
]


@opens(saves=True)
def add(
    office: Office,
    words: TypedWords,
    title: Title = "",
    place: Place = "",
    reference: Reference = "",
    duty: Duty = "",
    campaign: Campaign = "",
    file: Evidence = None,
    yes: Yes = False,
    again: Again = False,
    note: Note = "",
) -> None:
    """记一笔."""
    said = read_line(" ".join(words), office.town, office.today)
    if not said.kind:
        raise Incomplete("kind_needed", value=said.title, expected=tuple(chapters(office.town)))
    beside = {"title": title, "place": place, "reference": reference, "note": note}
    fields = said.fields | {name: text for name, text in beside.items() if text}
    fields["files"] = kept(office, file)
    if duty:
        fields["duty"] = record(office, "duties", duty).id
    if campaign:
        fields["campaign"] = record(office, "campaigns", campaign).id
    action = AddLog(kind=said.kind, on=said.on, fields=fields)
    trial = office.repository.preview([Wish(action)], office.actor, office.now)
    made: Any = trial.changes.of("logs")[0].new
    if not yes and at_terminal():
        talk(shown(read_back(office.town, made)))
        if uncounted(made.title):
            talk(not_counted(made))
        if not confirm(_("Save it?"), default=True):
            raise typer.Abort
    elif uncounted(made.title):
        talk(not_counted(made))
    equal = same_line(office.town, made)
    if equal is not None and not again:
        raise Incomplete("same_line", number=equal.label)
    changes = office.commit([action])
    _entered(office, changes.of("logs")[0].new)


def _entered(office: Office, log: Any) -> None:
    """The number of a line, and what it does not say."""
    print(log.label)
    if not at_terminal():
        talk(shown(read_back(office.town, log)))
    told = unsaid(office.town, log)
    if told:
        talk(shown(told))


@opens(saves=True)
def correct(
    office: Office,
    which: OneLog,
    reason: Reason = "",
    kind: KindOption = "",
    title: TitleCorrect = None,
    people: People = "",
    figure: Figures = None,
    unit: UnitOption = None,
    zone: ZoneOption = None,
    place: PlaceCorrect = None,
    reference: ReferenceCorrect = None,
    on: On = None,
    until: Until = None,
) -> None:
    """更正."""
    log: Log = record(office, "logs", which)
    said = {
        "title": title,
        "place": place,
        "reference": reference,
        "kind": kind or None,
        "people": people or None,
        "figures": figures_of(office.town, figure) if figure else None,
        "unit": office.unit(unit).id if unit else None,
        "zone": office.zone(zone).id if zone else None,
        "on": office.day(on),
        "until": office.day(until, "until"),
    }
    fields = {name: value for name, value in said.items() if value is not None}
    if not fields:
        raise Incomplete("nothing_given")
    office.commit([CorrectLog(log=log.id, fields=fields, reason=reason)])
    after: Any = office.town.tables["logs"][log.id]
    talk(shown(read_back(office.town, after)))


@opens(saves=True)
def void(office: Office, which: OneLog, reason: Reason = "") -> None:
    """作废."""
    log: Log = record(office, "logs", which)
    office.commit([VoidLog(log=log.id, reason=reason)])


@opens(writes=True)
def export(office: Office, wanted: Wanted, words: Words = None, period: PeriodOption = "") -> None:
    """导出."""
    rows = [log_row(office.town, log) for log in chosen(office, words or [], period)]
    asked = (
        wanted if wanted.output or wanted.columns or wanted.form else wanted._replace(output="-")
    )
    asked.taken(rows, HEADERS, "活动记事")


@opens(saves=True)
def import_(
    office: Office,
    file: Table,
    dry_run: DryRun = False,
    map_: Map = None,
    sheet: Sheet = None,
    encoding: Encoding = None,
) -> None:
    """导入."""
    bring_in(office, file, LOGS, Sheeted(map_ or (), sheet, encoding), dry_run=dry_run)


def _group() -> Any:
    group = typer.Typer(
        help=_("The log: what happened, with its figures and files."), no_args_is_help=True
    )
    for name, help_text, function in (
        ("add", _("Enter what happened, in one line; it is read back before it is saved."), add),
        ("list", _("List lines of a stretch; of this year by default."), list_),
        ("show", _("Show one line whole."), show),
        ("correct", _("Correct what was entered wrong, with the reason."), correct),
        ("void", _("Make a line void; it stays and counts no more."), void),
        ("import", _("Bring a table of lines in."), import_),
        ("export", _("Write lines to a file."), export),
    ):
        group.command(name, help=help_text)(function)
    return group


COMMANDS.group("log", _group)
