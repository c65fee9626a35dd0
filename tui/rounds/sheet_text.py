"""The sheet of a round as lines of text: for the terminal, and to be pasted into a message."""

from core.model import Round
from core.stats.scoring.round_sheet import Sheet, SheetFind, SheetRow
from core.stats.shares import in_points, printed
from tui.terminal.display import shown
from tui.terminal.wrapping import fit, fit_right
from tui.words.i18n import _
from tui.words.rounds.figures import factor_name, round_state_name, without_name

SHORT = 2
"""Characters of a category over a narrow column."""
NARROW, NAMED = 5, 14
"""Cells of a column, and of a zone's name."""


def off_text(sheet: Sheet, row: SheetRow, category: str) -> str:
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
        cells = "".join(fit_right(off_text(sheet, row, c), NARROW) for c in categories)
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


def cell_said(sheet: Sheet, row: SheetRow, category: str, at: int) -> list[tuple[str, str]]:
    """A cell in words: what it is worth, what was taken off, its finds with the one in hand marked."""
    head = f"{row.code} {row.name} · {category} {in_points(sheet.weights[category])}"
    off = row.off(category)
    if category in row.na:
        head += f"  {_('does not apply')}"
    elif off:
        left = sheet.cell(row, category)
        head += _("  off {off}, left {left}").format(off=f"{float(off):g}", left=f"{float(left):g}")
    said = [("head", shown(head))]
    if not row.seen and row.on:
        said.append(("text", shown(_("Not seen: {why}").format(why=row.why))))
    finds = [find for find in row.finds if find.category == category]
    for number, find in enumerate(finds):
        mark = ">" if number == at else " "
        said.append(("text", shown(f"{mark} {find_said(find)}")))
    return said


def find_said(find: SheetFind) -> str:
    """A find in a line: its item, what it was, how its points come about."""
    times = f"{in_points(find.deduct)}×{find.count}×{in_points(find.factor)}"
    whole = without_name(find.without) if find.without else f"{find.off / 10000:g}"
    why = f" {factor_name(find.factor_why)}" if find.factor_why else ""
    return f"{find.number or '-'}  {find.text}  {times}{why} = {whole}"
