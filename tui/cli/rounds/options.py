"""What the commands of rounds and figures share: rounds by their number, stretches by their name."""

from typing import Annotated, Any

import typer

from core.calendar.spans import RELATIVE, Span, read_span
from core.errors import Incomplete, NotFound, RuleError
from core.model import ROUND_KINDS, Item, Round, RoundKind
from core.rounds.year_plan import round_called
from core.sight.whose import line_of
from tui.cli.frame.completing import from_store, of_words
from tui.cli.frame.office import Office
from tui.words.i18n import _
from tui.words.rounds.figures import span_name
from tui.words.rounds.names import KINDS_OF_ROUNDS
from tui.words.texts import code_called

complete_rounds = from_store(lambda town: [r.number for r in town.rounds.values() if r.active])
RoundNumber = Annotated[
    str,
    typer.Argument(
        metavar="ROUND",
        show_default=False,
        help=_("Number of a round such as 2026-11-月小查, or its period where that is one."),
        autocompletion=complete_rounds,
    ),
]
PeriodOption = Annotated[
    str,
    typer.Option(
        "--period",
        metavar="PERIOD",
        show_default=False,
        help=_("2026-03, 2026-Q1, 2026-H1, 2026, 本月, 上月; this month by default."),
        autocompletion=of_words(RELATIVE),
    ),
]


def round_of(office: Office, text: str) -> Round:
    """The round a number stands for. Raises `NotFound("no_round")`, `Incomplete("several_rounds")`."""
    found = round_called(office.town.rounds, text)
    if not found:
        raise NotFound("no_round", value=text)
    if len(found) > 1:
        raise Incomplete("several_rounds", value=text, expected=tuple(r.number for r in found))
    return found[0]


def span_of(office: Office, text: str) -> Span:
    """The stretch an option names; this month where it names none."""
    span = read_span(text or "本月", office.today)
    if span.first > office.today:
        raise RuleError("not_begun", value=span_name(span))
    return span


def kind_of_round(text: str) -> RoundKind:
    """A kind of round by its code or either of its names. Raises `RuleError("unknown_word")`."""
    by_chinese = next((kind for kind, name in ROUND_KINDS.items() if name == text), None)
    found = by_chinese or code_called(text, KINDS_OF_ROUNDS)
    if found is None:
        raise RuleError(
            "unknown_word", field="kind", value=text, expected=tuple(ROUND_KINDS.values())
        )
    return RoundKind(found)


def line_asked(office: Office, name: str | None) -> int | None:
    """The unit whose line alone is told. Raises `RuleError("no_unit")`, `NotAllowed("figures_of_others")`."""
    asked = office.any_unit(name).id if name else None
    return line_of(office.whole, office.actor, asked)


def keep_of(office: Office, zone: str | None, category: str) -> Any:
    """Which items are looked at; None for all."""
    if not zone and not category:
        return None
    key = office.any_zone(zone).id if zone else None
    main, sub = office.kind(category)

    def keep(item: Item) -> bool:
        if key is not None and item.zone != key:
            return False
        return (not main or item.category == main) and (not sub or item.subcategory == sub)

    return keep
