"""`zg duty`: what is to be done again and again, and whether it was."""

from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.actions.registers import Add
from core.actions.year import AddLog
from core.errors import Incomplete
from core.measures.subjects.duties import kept as kept_duty
from core.model import Duty
from core.registers.catalogue import default_duties
from core.registers.duties import DUTIES
from core.year.choosing.work import keep_duties
from core.year.waiting import due_soon, missed_lately
from tui.cli.faces.face import Face
from tui.cli.faces.group import group_of
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.year.options import Evidence, OneDuty, PeriodOption, asked_of, kept, record
from tui.words.i18n import _
from tui.words.tables.rows import duty_cells, duty_row, instance_said
from tui.words.tables.said import figures_of

COMMANDS = Commands(own=("duty",))
Every = Annotated[
    bool, typer.Option("--all", "-a", show_default=False, help=_("Retired ones too."))
]


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORD]...",
        show_default=False,
        help=_("Only duties that say this; zone: unit: kind: missed."),
    ),
]


@opens(json=True)
def list_(
    office: Office,
    words: Words = None,
    period: PeriodOption = "",
    every: Every = False,
    json: bool = False,
) -> None:
    """经常性工作列表."""
    asked = asked_of(office, period)
    keep = keep_duties(words or [], asked)
    known = (d for d in office.town.all(Duty) if d.active or (every and kept_duty(d)))
    held = [duty for duty in known if keep(duty)]
    rows = [duty_row(asked, duty) for duty in sorted(held, key=lambda d: d.id)]
    if json:
        print_json(rows)
        return
    print_table(
        [duty_cells(row) for row in rows],
        [
            FACE.label("code"),
            FACE.label("name"),
            FACE.label("terms"),
            FACE.label("unit"),
            _("Done/due"),
            _("Missed"),
            _("Rate"),
        ],
        flexible=1,
    )


@opens(json=True)
def due(office: Office, json: bool = False) -> None:
    """到期."""
    today = office.today
    found = [*missed_lately(office.town, today), *due_soon(office.town, today)]
    found.sort(key=lambda s: s.instance.due)
    if json:
        print_json(
            [
                {
                    "instance": s.instance.ref,
                    "name": s.instance.duty.name,
                    "due": s.instance.due.isoformat(),
                    "missed": s.missed,
                }
                for s in found
            ]
        )
        return
    print_table(
        [
            [
                s.instance.ref,
                s.instance.duty.name,
                s.instance.due.isoformat(),
                instance_said(s, today),
            ]
            for s in found
        ],
        [_("Instance"), FACE.label("name"), _("Due"), _("State")],
        flexible=1,
    )


What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FIGURE]...",
        show_default=False,
        help=_("Figures, such as 死角30余处 A01=11吨."),
    ),
]
Key = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="KEY",
        show_default=False,
        help=_("Which time, such as 2026-08 or 2026-W46; that of the day by default."),
    ),
]
Title = Annotated[
    str, typer.Option("--title", metavar="TEXT", show_default=False, help=_("A title."))
]
Unit = Annotated[
    str | None,
    typer.Option("--unit", metavar="UNIT", show_default=False, help=_("Who did it.")),
]
Reason = Annotated[str, typer.Argument(metavar="REASON", show_default=False, help=_("Why."))]


@opens(saves=True)
def done(
    office: Office,
    which: OneDuty,
    what: What = None,
    key: Key = "",
    title: Title = "",
    unit: Unit = None,
    file: Evidence = None,
    on: On = None,
) -> None:
    """记完成."""
    duty: Duty = record(office, "duties", which)
    if not duty.kind:
        raise Incomplete("missing", table="duties", fields=("kind",))
    fields: dict[str, Any] = {
        "duty": duty.id,
        "title": title or duty.name,
        "unit": office.unit(unit).id if unit else duty.unit,
        "key": key,
        "figures": figures_of(office.town, what or ()),
        "files": kept(office, file),
    }
    changes = office.commit([AddLog(kind=duty.kind, on=office.day(on), fields=fields)])
    made: Any = changes.of("logs")[0].new
    print(made.label)
    if made.key:
        talk(f"{duty.label}@{made.key}")
    else:
        talk(
            _("{duty} is not due on that day; the line counts all the same.").format(
                duty=duty.label
            )
        )


@opens(saves=True)
def excuse(
    office: Office,
    which: OneDuty,
    reason: Reason,
    key: Key = "",
    on: On = None,
) -> None:
    """免."""
    duty: Duty = record(office, "duties", which)
    fields = {"duty": duty.id, "excused": True, "key": key, "unit": duty.unit}
    office.commit([AddLog(kind=duty.kind or "巡查", on=office.day(on), fields=fields, note=reason)])


def defaults(office: Office) -> list[Action]:
    """The usual duties that are not kept yet."""
    known = {d.name for d in office.town.all(Duty) if d.active}
    return [Add(table="duties", fields=fields) for fields in default_duties(known)]


def _added(_office: Office, _fields: dict[str, Any], changes: Any) -> None:
    print(changes.of("duties")[0].new.label)


FACE = Face(
    register=DUTIES,
    help=_("Recurring duties: when they fall due, and whether they were done."),
    helps={"list": _("List duties, and how much of each was done in a stretch.")},
    which=OneDuty,
    find=lambda office, text, retired=False: record(office, "duties", text, retired=retired),
    listing=list_,
    added=_added,
    own=(
        ("due", _("What is due until the second working day ahead, or was missed lately."), due),
        ("done", _("Say that it was done, with its figures and files."), done),
        ("excuse", _("Say that it need not be done this time, and why."), excuse),
    ),
    usual=defaults,
)
COMMANDS.group("duty", lambda: group_of(FACE))
