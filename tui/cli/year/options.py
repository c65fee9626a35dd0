"""What the commands of the year share: stretches, records by their labels, files of evidence."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from core.calendar.periods import Stretch, read_period
from core.calendar.spans import RELATIVE
from core.measures import Question
from core.measures.indicators import indicator_called, indicators
from core.measures.subjects.campaigns import all_
from core.model import CHAPTER_OF, File, Indicator, Shows
from core.registers import REGISTERS
from core.town.called import called
from tui.cli.frame.completing import complete_records, from_store, of_words
from tui.cli.frame.office import Office
from tui.words.i18n import _

PeriodOption = Annotated[
    str,
    typer.Option(
        "--period",
        metavar="PERIOD",
        show_default=False,
        help=_("2026, 2026H1, 2026Q3, 2026-07, 2026-03-15..2026-04-14; this year by default."),
        autocompletion=of_words(RELATIVE),
    ),
]
Evidence = Annotated[
    list[str] | None,
    typer.Option(
        "--file",
        metavar="FILE",
        show_default=False,
        help=_("A photo, scan or office file that proves it; may be repeated."),
    ),
]
complete_indicators = from_store(lambda town: [i.code for i in indicators(town)])
complete_kinds = of_words(CHAPTER_OF)


OneShop = Annotated[
    str,
    typer.Argument(
        metavar="SHOP",
        show_default=False,
        help=_("Its number or name."),
        autocompletion=complete_records(REGISTERS["shops"]),
    ),
]
OneDuty = Annotated[
    str,
    typer.Argument(
        metavar="DUTY",
        show_default=False,
        help=_("Its number or name."),
        autocompletion=complete_records(REGISTERS["duties"]),
    ),
]
OneCampaign = Annotated[
    str,
    typer.Argument(
        metavar="CAMPAIGN",
        show_default=False,
        help=_("Year and season, such as 2026春."),
        autocompletion=from_store(lambda town: [c.label for c in all_(town)]),
    ),
]
OneLog = Annotated[
    str, typer.Argument(metavar="LOG", show_default=False, help=_("Its number, such as L-0004."))
]
OneIndicator = Annotated[
    str,
    typer.Argument(
        metavar="INDICATOR",
        show_default=False,
        help=_("Its code or name."),
        autocompletion=complete_indicators,
    ),
]


def period_of(office: Office, text: str) -> Stretch:
    """The stretch an option names; this year where it names none."""
    return read_period(text or str(office.today.year), office.today)


def asked_of(office: Office, text: str) -> Question:
    """What measures are asked of: the whole town, a stretch."""
    office.repository.load_closed()
    return Question(office.town, period_of(office, text))


def record(office: Office, table: str, text: str, *, retired: bool = False) -> Any:
    """The record a label or name stands for. Raises `NotFound`."""
    return called(office.town.tables, table, text.strip(), retired=retired)


def indicator_of(office: Office, text: str) -> Indicator:
    """The indicator of a code or name. Raises `NotFound("no_record")`."""
    return indicator_called(office.town, text)


def kept(office: Office, paths: Sequence[str] | None) -> tuple[File, ...]:
    """Files of evidence, kept beside the store. Raises `FileRefused`, `NotSaved`."""
    photos = office.repository.photos
    from tui.photo_files import kept_photo

    return tuple(kept_photo(photos, path, Shows.AFTER, papers=True) for path in paths or ())
