"""What is said below the figures: the assignments one counts, and where a score comes from."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.finding.terms import Term, written
from core.papers.adjustments import details_of
from core.stats.portable import label_of_line
from core.stats.scoring.scores import Score
from core.stats.shares import in_points, printed, rounded
from core.stats.statistics import INDICATORS, NOTED, RANKING
from core.stats.tabulated import By, FigureLine, FigureTable
from core.town.town import Town
from tui.terminal.display import shown
from tui.words.i18n import N_, _
from tui.words.rounds.figures import indicator_name, whole_name
from tui.words.rounds.names import POINT_KINDS
from tui.words.texts import overdue_text

HEADS = (
    N_("Iss."),
    N_("Need"),
    N_("Cl."),
    N_("In t."),
    N_("Late"),
    N_("Rew."),
    N_("Cl. %"),
    N_("In t.%"),
)
"""Headings of those, as short as their columns."""
LISTED = (
    "overdue_open",
    "need",
    "closed",
    "ontime",
    "overdue_closed",
    "issued",
    "rework",
    "awaiting",
    "suspended",
    "stockpiled",
    "extended",
    "open",
    "out_overdue",
    "late_recorded",
    "exempted",
    "late_multiple",
    "relapsed",
    "helping",
)
"""Figures that Tab goes round; the assignments of one are listed below."""
MOST_LISTED = 200
"""Assignments told at the most."""


def line_name(town: Town, table: FigureTable, line: FigureLine) -> str:
    """What a line of a table is called."""
    if line is table.total:
        return whole_name(table)
    return label_of_line(town, table, line.key) or str(_("none"))


def listed_said(
    town: Town, table: FigureTable, line: FigureLine, code: str
) -> list[tuple[str, str]]:
    """A figure of a line with the assignments it counts, and what else should be known of them."""
    names = line.cell(code).listed if line.told else ()
    head = f"{shown(line_name(town, table, line))} · {indicator_name(code)} {line.count(code)}"
    items = {name.rpartition("/")[0] for name in names}
    if len(items) not in (0, len(names)):
        head += "  " + _("{count} items").format(count=len(items))
    said = [("head", head)]
    said += [("text", assignment_said(town, name, table.until)) for name in names[:MOST_LISTED]]
    if len(names) > MOST_LISTED:
        more = _("{count} more; Enter shows all on the board.").format(
            count=len(names) - MOST_LISTED
        )
        said.append(("text", more))
    notes = [f"{indicator_name(each)} {line.count(each)}" for each in NOTED]
    return [*said, ("text", shown("  ".join(notes)))]


def differs(line: FigureLine, then: Mapping[str, Any] | None) -> str:
    """What a signed paper said otherwise of a line: 应销号 3, 按期 2; nothing where it said the same."""
    if then is None:
        return ""
    figures = then["figures"]
    said = [
        f"{indicator_name(c)} {figures[c]}"
        for c in RANKING
        if c in figures and figures[c] != line.text(c)
    ]
    return "  ".join(said)


def assignment_said(town: Town, name: str, day: date) -> str:
    """One assignment that a figure counts."""
    told = details_of(town, name, day)
    until = told["due"][5:] or "-"
    done = _done(told)
    late = f"  {overdue_text(told['late'])}" if told["late"] else ""
    where = told["location"] or told["description"]
    return shown(
        _("{name}  {unit}  issued {issued}  due {due}  {done}{late}  {where}").format(
            name=name,
            unit=told["unit"],
            issued=told["issued_on"][5:] or "-",
            due=until,
            done=done,
            late=late,
            where=where,
        )
    )


def _done(told: dict[str, Any]) -> str:
    """What became of it."""
    if told["done"]:
        return str(_("done {day}").format(day=told["done"][5:]))
    if told["claimed"]:
        return str(_("fed back {day}, awaiting check").format(day=told["claimed"][5:]))
    return str(_("not fed back"))


def score_said(score: Score | None, label: str, needed: int) -> list[tuple[str, str]]:
    """Where a score comes from, part by part; `needed` hundredths must be comparable for a place."""
    if score is None:
        return [("head", shown(label)), ("text", _("Scores are of units and months."))]
    names = {"zones": _("Zones"), "rectify": _("Rectified"), "files": _("Files")}
    said = [("head", f"{shown(label)}  {printed(score.score) or '-'}")]
    for part in score.parts:
        seen = "、".join(part.of) if part.code == "zones" else ""
        earned = f"{printed(part.earned)} / {printed(part.available)}"
        said += [("text", shown(f"{names[part.code]} {earned}  {seen}"))]
    said.append(
        (
            "text",
            shown(
                _("Base {base} of comparable {available}; plus {plus}, minus {minus}").format(
                    base=printed(score.base) or "-",
                    available=printed(score.available),
                    plus=printed(score.plus),
                    minus=printed(score.minus),
                )
            ),
        )
    )
    for extra in score.extras:
        kind = _(POINT_KINDS[extra.kind]) if extra.kind in POINT_KINDS else extra.why
        why = extra.why if extra.kind in POINT_KINDS else ""
        said.append(("text", shown(f"{in_points(extra.points)}  {kind} {why}")))
    if not score.placed:
        said.append(("text", _why_unplaced(score, needed)))
    return said


def _why_unplaced(score: Score, needed: int) -> str:
    if rounded(score.available) < needed:
        text = _("Not placed: {available} comparable, {needed} are needed.")
        return str(text.format(available=printed(score.available), needed=in_points(needed)))
    return str(_("Not placed: it had nothing to close, or is out of use."))


def query_of(town: Town, table: FigureTable, line: FigureLine, code: str, unit: str = "") -> str:
    """The query that shows the items of a figure; `unit` where the whole table is of one."""
    basis = "/批次" if table.cohort else ""
    terms = [Term("stat", f"{INDICATORS[code].chinese}@{table.span.code}{basis}")]
    if unit:
        terms.append(Term("unit", unit))
    if line is not table.total and line.key is None:
        labels = dict.fromkeys(name.rpartition("/")[0] for name in line.cell(code).listed)
        terms.append(Term("no", "|".join(labels)))
    elif line is not table.total:
        match table.by:
            case By.UNIT if unit:
                pass
            case By.UNIT if isinstance(line.key, int):
                terms.append(Term("unit", town.units[line.key].name))
            case By.ZONE if isinstance(line.key, int):
                terms.append(Term("zone", town.zones[line.key].code))
            case By.CATEGORY:
                terms.append(Term("cat", str(line.key)))
            case _:
                names = [u.name for u in town.units.values() if u.group == line.key]
                terms.append(Term("unit", "|".join(names)))
    return " ".join(written(term) for term in terms)
