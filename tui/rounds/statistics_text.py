"""What is said below the figures: the assignments one counts, and where a score comes from."""

from datetime import date

from core.finding.query import Term, written
from core.papers.adjustments import details_of
from core.stats.cells import By, Line, Table
from core.stats.figures import in_points, printed
from core.stats.indicators import INDICATORS
from core.stats.scores import Score
from core.town.town import Town
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.rounds.names import POINT_KINDS
from tui.words.texts import overdue_text


def assignment_said(town: Town, name: str, day: date) -> str:
    """One assignment that a figure counts."""
    told = details_of(town, name, day)
    until = told["due"][5:] or "-"
    done = told["done"][5:] or _("not fed back")
    late = f"  {overdue_text(told['late'])}" if told["late"] else ""
    where = told["location"] or told["description"]
    return shown(
        _("{name}  issued {issued}  due {due}  {done}{late}  {where}").format(
            name=name,
            issued=told["issued_on"][5:] or "-",
            due=until,
            done=done,
            late=late,
            where=where,
        )
    )


def score_said(score: Score | None, label: str) -> list[tuple[str, str]]:
    """Where a score comes from, part by part."""
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
        said.append(
            ("text", _("Not placed: nothing to close, out of use, or too little to compare."))
        )
    return said


def query_of(town: Town, table: Table, line: Line, code: str) -> str:
    """The query that shows the items of a figure."""
    basis = "/批次" if table.cohort else ""
    terms = [Term("stat", f"{INDICATORS[code].chinese}@{table.span.code}{basis}")]
    if line is not table.total and line.key is not None:
        match table.by:
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
