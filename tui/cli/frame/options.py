"""Options and arguments that mean the same in every command, and their completion."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from core.errors import RuleError
from core.model import Role
from core.model.event import CHANNEL_WORDS
from core.words.categories import CATEGORIES
from tui.cli.frame.completing import _query_words, from_store, of_words
from tui.words.i18n import LANGUAGES, _

K = TypeVar("K", bound=StrEnum)


def reason_of(text: str, known: Sequence[K]) -> K | None:
    """The reason a word names, None where none is given. Raises `RuleError("unknown_reason")`."""
    if not text:
        return None
    for reason in known:
        if reason == text:
            return reason
    raise RuleError("unknown_reason", value=text, expected=tuple(known))


NEGATED_WORDS = {"ignore_unknown_options": True}
"""For commands that take a query, whose terms may begin with a minus."""

complete_numbers = from_store(lambda town: town.open_numbers())
complete_units = from_store(lambda town: [u.name for u in town.units.values() if u.active])
complete_zones = from_store(lambda town: [z.code for z in town.zones.values() if z.active])


complete_query = from_store(_query_words)

Numbers = Annotated[
    list[str],
    typer.Argument(
        metavar="NUMBER...",
        help=_("Numbers of items, such as R-0012 or CW-2026-0003."),
        autocompletion=complete_numbers,
        show_default=False,
    ),
]
Query = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[QUERY]...",
        help=_("Words and terms such as unit:城管 state:awaiting overdue."),
        autocompletion=complete_query,
        show_default=False,
    ),
]
Store = Annotated[
    str | None,
    typer.Option("--store", metavar="DIR", help=_("The store to use."), show_default=False),
]
As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="ROLE",
        help=_("The role to act in, of those you hold."),
        autocompletion=of_words(Role),
        show_default=False,
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="zh|en",
        help=_("Language."),
        autocompletion=of_words(LANGUAGES),
        show_default=False,
    ),
]
Wait = Annotated[
    float,
    typer.Option(
        "--wait", metavar="SECONDS", help=_("How long to wait while somebody else is saving.")
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help=_("The day it happened; today by default, never later."),
        show_default=False,
    ),
]
Note = Annotated[
    str,
    typer.Option("--note", metavar="TEXT", help=_("A note for the history."), show_default=False),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=_("Why."), show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON."), show_default=False)]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask."), show_default=False)]
ChannelOption = Annotated[
    str,
    typer.Option(
        "--channel",
        metavar="微信|电话|台账|纸质",
        help=_("How the unit's word arrived."),
        autocompletion=of_words(CHANNEL_WORDS),
    ),
]
Zone = Annotated[
    str | None,
    typer.Option(
        "--zone",
        metavar="ZONE",
        help=_("Zone, by code or name."),
        autocompletion=complete_zones,
        show_default=False,
    ),
]
Unit = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help=_("Unit, by name or alias."),
        autocompletion=complete_units,
        show_default=False,
    ),
]
Category = Annotated[
    str,
    typer.Option(
        "--category",
        metavar="CATEGORY",
        help=_("Category, or the kind within one."),
        autocompletion=of_words([*CATEGORIES, *(k for v in CATEGORIES.values() for k in v)]),
        show_default=False,
    ),
]
Severity = Annotated[
    str,
    typer.Option(
        "--severity",
        metavar="一般|较重|严重",
        help=_("Severity."),
        autocompletion=of_words(("一般", "较重", "严重")),
        show_default=False,
    ),
]
Due = Annotated[
    str | None,
    typer.Option(
        "--due",
        metavar="DUE",
        help=_("A date, or 3wd, 3d, 当天, 3个工作日, 月底前."),
        autocompletion=of_words(("1wd", "2wd", "3wd", "5wd", "3d", "15d", "当天")),
        show_default=False,
    ),
]
Photos = Annotated[
    list[str] | None,
    typer.Option(
        "--photo",
        metavar="FILE",
        help=_("A photo on this server, which is kept; may be repeated."),
        show_default=False,
    ),
]
Every = Annotated[
    bool, typer.Option("--all", "-a", help=_("Retired ones too."), show_default=False)
]
Active = Annotated[
    bool | None,
    typer.Option("--active/--retired", show_default=False, help=_("In use or retired.")),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", show_default=False, help=_("Only show what would happen."))
]
Co = Annotated[
    list[str] | None,
    typer.Option(
        "--co", metavar="UNIT", help=_("A unit that helps; may be repeated."), show_default=False
    ),
]
RowNumber = Annotated[
    int, typer.Argument(metavar="NUMBER", help=_("Its number in the list."), show_default=False)
]
Sheet = Annotated[
    str | None,
    typer.Option("--sheet", metavar="NAME", show_default=False, help=_("Only this sheet.")),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding", metavar="NAME", show_default=False, help=_("Encoding of a csv file.")
    ),
]
