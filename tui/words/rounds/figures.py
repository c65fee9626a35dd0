"""Rounds, indicators and periods in words."""

from core.calendar.spans import Length, Span
from core.model import RoundState
from core.stats.statistics import INDICATORS, Statistic
from core.stats.tabulated import By, FigureTable
from tui.words import i18n
from tui.words.i18n import N_, _
from tui.words.rounds.names import FACTORS, ROUND_STATES, WITHOUT

LINES: dict[By, str] = {
    By.UNIT: N_("Unit"),
    By.ZONE: N_("Zone"),
    By.CATEGORY: N_("Category"),
    By.GROUP: N_("Group"),
}
"""What the lines of a table of figures are."""
_QUARTERS = ("1st", "2nd", "3rd", "4th")


def round_state_name(state: RoundState) -> str:
    """How far a round has come."""
    return _(ROUND_STATES[state])


def factor_name(why: str) -> str:
    """Why a find counts as often as it does."""
    return _(FACTORS[why]) if why in FACTORS else why


def without_name(why: str) -> str:
    """Why a find takes nothing off."""
    return _(WITHOUT[why]) if why in WITHOUT else why


def indicator_name(code: str) -> str:
    """What an indicator is called."""
    return label_of(INDICATORS[code])


def label_of(indicator: Statistic) -> str:
    """The name of an indicator in the language in use."""
    return indicator.chinese if i18n.language() == i18n.CHINESE else indicator.english


def by_name(by: By) -> str:
    """What the lines of a table are."""
    return _(LINES[by])


def whole_name(table: FigureTable) -> str:
    """What the total below a table is of."""
    return _("Whole town") if table.whole else _("Together")


def span_name(span: Span) -> str:
    """A stretch of months."""
    if i18n.language() == i18n.CHINESE:
        return span.chinese
    match span.length:
        case Length.QUARTER:
            return f"{_QUARTERS[span.nth - 1]} quarter of {span.year}"
        case Length.HALF:
            return f"{_QUARTERS[span.nth - 1]} half of {span.year}"
        case _:
            return span.code
