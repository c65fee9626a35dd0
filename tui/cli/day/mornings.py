"""The day's work at a glance, and what to look back at: today, lookback."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Annotated, Any

import typer

from core.day.agenda import agenda
from core.day.lookback_sample import sample
from core.day.month import Asking, asked_today
from core.day.today import Queue, queues
from core.model import Item, State
from core.town.striking import closing_day
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import NEGATED_WORDS, Query
from tui.cli.frame.output import Encoding, Force, FormatOption, form_of, put, suffix_of
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext
from tui.words.queues import first_of
from tui.words.texts import listed, name_of, query_text, queue_name

COMMANDS = Commands(own=("today",))
ALWAYS = ("due_today", "overdue", "reported", "accepted", "awaiting")
"""Queues told of even when they are empty."""
WALKED = (
    "number",
    "zone",
    "zone_name",
    "location",
    "description",
    "lead_unit",
    "closed_on",
    "close_standard",
)
"""Columns of a list to walk."""


Ics = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE.ics",
        show_default=False,
        help=_("Two months ahead as a calendar for the telephone."),
    ),
]


@COMMANDS.command("today", _("The morning's queues: what is due, late, or waits for us."))
@opens(saves=True, json=True)
def today(
    office: Office,
    line: Annotated[
        bool,
        typer.Option("--line", show_default=False, help=_("One line, for the greeting at login.")),
    ] = False,
    output: Ics = "",
    force: Force = False,
    *,
    json: bool,
) -> None:
    """今日."""
    if json or output:  # every item is told there
        office.repository.load_closed()
    if output:
        _write_calendar(office, output, force=force)
        return
    found = [q for q in queues(office.town, office.today) if q.items or q.code in ALWAYS]
    asked = asked_today(office.town, office.today, own=office.own_only)
    if json:
        print_json([*(_record(office, q) for q in found), *map(_of_month, asked)])
    elif line:
        print(_in_a_line(office, found, asked))
    else:
        rows = [(q.code, str(q.count), query_text(q.query), first_of(q)) for q in found]
        rows += [(e.code, str(e.count), _way(e), "  ".join(e.names[:MOST])) for e in asked]
        print_table(
            [(queue_name(code), *rest) for code, *rest in rows],
            [_("Queue"), _("Items"), _("Query"), _("First")],
            flexible=3,
        )


def _in_a_line(office: Office, found: Sequence[Queue], asked: Sequence[Asking]) -> str:
    words = [f"{queue_name(q.code)} {q.count}" for q in found if q.items]
    words += [f"{queue_name(each.code)} {each.count}" for each in asked]
    waiting = listed(words) or _("nothing waits")
    return f"{office.town.settings.office}  {waiting}"


def _write_calendar(office: Office, output: str, *, force: bool) -> None:
    """Deadlines, look-backs, rounds and duties as .ics. Raises `FileRefused`."""
    suffix_of(output, ("ics",))
    found = agenda(office.town, office.today)
    from store.ledgers.going_out.agenda import as_calendar  # only where a file is asked for
    from store.ledgers.going_out.writing import save

    save(as_calendar(found, office.town.settings.office, office.now), expanded(output), force=force)
    talk(ngettext("{count} entry.", "{count} entries.", len(found)).format(count=len(found)))


_WAYS = {
    "rounds": "zg round list",
    "circulars": "zg appraisal list",
    "appeals": "zg appeal",
    "duties": "zg duty due",
    "campaigns": "zg campaign list",
    "indicators": "zg progress",
    "shops_unsigned": "zg shop list unsigned",
    "shops": "zg shop list flag:黑",
    "pledges": "zg pledge list",
}
"""How to see what is not about items."""
MOST = 6
"""Names told of a queue."""


def _way(asked: Asking) -> str:
    return _WAYS.get(asked.code) or _WAYS[asked.place]


def _of_month(asked: Asking) -> dict[str, Any]:
    return {
        "queue": asked.code,
        "query": None,
        "count": asked.count,
        "names": list(asked.names),
        "items": [],
    }


def _record(office: Office, queue: Queue) -> dict[str, Any]:
    return {
        "queue": queue.code,
        "query": queue.query,
        "count": queue.count,
        "items": office.records(queue.items),
    }


@COMMANDS.command(
    "lookback",
    _("A sample of what was struck off, to be looked at again; all that was supervised."),
    context_settings=NEGATED_WORDS,
)
@opens(json=True)
def lookback(
    office: Office,
    query: Query = None,
    days: Annotated[
        int,
        typer.Option(
            "--days", metavar="N", min=1, max=3660, help=_("Struck off within so many days.")
        ),
    ] = 90,
    share: Annotated[
        int, typer.Option("--share", metavar="PERCENT", min=1, max=100, help=_("Of each unit."))
    ] = 15,
    seed: Annotated[
        int | None,
        typer.Option(
            "--seed",
            metavar="N",
            show_default=False,
            help=_("The same seed gives the same sample; by default that of this month."),
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|-",
            show_default=False,
            help=_("Write it to a file; the suffix chooses the format."),
        ),
    ] = "",
    form: FormatOption = None,
    encoding: Encoding = "",
    force: Force = False,
    *,
    json: bool,
) -> None:
    """回头看抽样."""
    since = office.today - timedelta(days=days)
    pool = [i for i in office.matching(query or (), every=True) if _closed_since(i, since)]
    number = seed if seed is not None else office.today.year * 100 + office.today.month
    found = sample(pool, share / 100, Random(number))
    talk(
        _("{count} of {total}, seed {seed}.").format(count=len(found), total=len(pool), seed=number)
    )
    records = office.records(found)
    if output or form:
        chosen = form_of(output or "-", form)
        put(
            output or "-",
            chosen,
            lambda: _written(records, chosen, office.town.settings.office, encoding),
            force=force,
        )
    elif json:
        print_json(records)
    else:
        print_table(
            [[str(record[key] or "") for key in WALKED[:-1]] for record in records],
            [name_of(key) for key in WALKED[:-1]],
            flexible=4,
        )


def _written(records: Sequence[Any], form: Any, title: str, encoding: str) -> bytes:
    """What to look back at, as a file."""
    from store.ledgers.going_out.writing import write_records

    return write_records(records, form, title=title, columns=WALKED, encoding=encoding)


def _closed_since(item: Item, since: Any) -> bool:
    return (
        item.state == State.CLOSED
        and not item.rechecks
        and (closed := closing_day(item)) is not None
        and closed >= since
    )
