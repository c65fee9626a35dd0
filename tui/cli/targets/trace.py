"""`zg trace`: a number with the lines it is made of."""

from typing import Annotated, Any

import typer

from core.measures import MEASURES, Question, measure
from core.measures.indicators import indicators
from core.year.evidence import full, trace_rows
from tui.cli.frame.completing import from_store
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.frame.wanted import Wanted
from tui.cli.year.options import PeriodOption, asked_of
from tui.words.i18n import _
from tui.words.tables.rows import TRACE_HEADERS, trace_heads

COMMANDS = Commands()
JOINED = {
    "sum": "求和",
    "count": "计数",
    "share": "占比",
    "mean": "平均",
    "latest": "最近一次",
}


def every_name(town: Any) -> list[str]:
    """Measures as they may be asked for."""
    names = [m.name(of) for m in MEASURES.values() for of in (("",) if not m.needs else m.of(town))]
    return [*names, *(i.code for i in indicators(town))]


Which = Annotated[
    str,
    typer.Argument(
        metavar="[MEASURE]",
        show_default=False,
        help=_(
            "问题.发现.市容环境, items.found(市容环境)@2026H1, A01, 三包.签订率; all where none is named."
        ),
        autocompletion=from_store(every_name),
    ),
]


@COMMANDS.command("trace", _("Show where a number comes from: its lines, and what is left out."))
@opens(json=True, writes=True)
def trace(
    office: Office,
    wanted: Wanted,
    which: Which = "",
    period: PeriodOption = "",
    json: bool = False,
) -> None:
    """溯源."""
    if not which:
        _list(office, wanted, period, json=json)
        return
    name, at, said = which.rpartition("@")
    asked = asked_of(office, said if at else period)
    meant = measure(office.town, name if at else which)
    counted = meant.count(asked)
    told = full(counted, meant.code, asked)
    told = {"measure": meant.code, "period": asked.period.code, "by": meant.measure.by.value} | {
        k: v for k, v in told.items() if k != "measure"
    }
    if json:
        print_json(told)
        return
    rows = trace_rows(told)
    if wanted.taken(rows, TRACE_HEADERS, meant.measure.name(meant.of)):
        return
    head = f"{meant.measure.name(meant.of)} {asked.period.chinese}"
    talk(
        f"{head}: {counted.text}{'' if counted.share else meant.measure.unit}"
        f"（{JOINED[meant.measure.by.value]}）"
    )
    print_table(
        [[str(row[k] or "") for k in TRACE_HEADERS] for row in rows],
        list(trace_heads()),
        flexible=0,
    )
    for note in counted.notes:
        talk(note)


def _list(office: Office, wanted: Wanted, period: str, *, json: bool) -> None:
    """Every measure that has a number, in a line."""
    asked = asked_of(office, period)
    rows: list[dict[str, Any]] = []
    for name in every_name(office.town):
        meant = measure(office.town, name)
        counted = meant.count(Question(office.town, asked.period))
        if counted.value is not None:
            told = (meant.code, meant.measure.name(meant.of), counted.text, meant.measure.unit)
            rows.append(dict(zip(("measure", "name", "text", "unit"), told, strict=True)))
    if json:
        print_json(rows)
        return
    headers = {"name": _("Measure"), "measure": _("Code"), "text": _("Value")}
    if wanted.taken(rows, headers, asked.period.chinese):
        return
    print_table([[row[k] for k in headers] for row in rows], list(headers.values()), flexible=2)
    talk(asked.period.chinese)
