"""The sheet of a round as lines of text: for the terminal, and to be pasted into a message."""

from core.model import Round
from core.stats.figures import in_points, printed
from core.stats.round_sheet import Sheet, SheetRow
from tui.terminal.wrapping import fit, fit_right
from tui.words.i18n import _
from tui.words.rounds.figures import round_state_name

SHORT = 2
"""Characters of a category over a narrow column."""
NARROW, NAMED = 5, 14
"""Cells of a column, and of a zone's name."""


def cell_text(sheet: Sheet, row: SheetRow, category: str) -> str:
    """What was taken off: nothing, / where it does not apply, ! where it is capped, - where nobody was."""
    if not row.seen:
        return "-"
    if category in row.na:
        return "/"
    off = row.off(category)
    if not off:
        return ""
    capped = off > sheet.weights[category] / 100
    return _plain(printed(off)) + ("!" if capped else "")


def _plain(text: str) -> str:
    return text.rstrip("0").rstrip(".")


def heading(held: Round, sheet: Sheet) -> str:
    """2026-11-月小查  打分 9/12."""
    seen = sum(bool(row.on) for row in sheet.rows)
    return f"{held.number}  {round_state_name(held.state)} {seen}/{len(sheet.rows)}"


def sheet_lines(held: Round, sheet: Sheet) -> list[str]:
    """The whole sheet: a heading, the categories with their weights, a zone a line."""
    places = sheet.places()
    categories = list(sheet.weights)
    lead = fit(_("Code"), 5) + fit(_("Zone"), NAMED)
    head = lead + "".join(fit_right(c[:SHORT], NARROW) for c in categories)
    weights = " " * (5 + NAMED) + "".join(
        fit_right(in_points(sheet.weights[c]), NARROW) for c in categories
    )
    lines = [
        heading(held, sheet),
        head + fit_right(_("Score"), 8) + fit_right(_("Pl."), 4),
        weights,
    ]
    for row in sheet.rows:
        cells = "".join(fit_right(cell_text(sheet, row, c), NARROW) for c in categories)
        score = sheet.printed(row) or _("unseen")
        place = str(places.get(row.zone, ""))
        lines.append(
            fit(row.code, 5)
            + fit(row.name, NAMED)
            + cells
            + fit_right(score, 8)
            + fit_right(place, 4)
        )
    return [line.rstrip() for line in lines]
