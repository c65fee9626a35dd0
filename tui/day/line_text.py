"""What quick entry shows back: the fields a line was understood as, and what it still lacks."""

from collections.abc import Sequence

from core.actions.loop.road import Report
from core.model import Item, State
from core.town.town import Town
from tui.frame.details import Paragraphs
from tui.terminal.display import shown
from tui.verbs.fields import kind_name
from tui.words.i18n import _
from tui.words.texts import listed, name_of, quote, state_name


def fields_of(report: Report, town: Town) -> list[tuple[str, str]]:
    """What a line says, by field; what it does not say is left out."""
    zone = town.zones.get(report.zone or 0)
    proposed = report.proposed
    lead = town.units.get((proposed.lead or 0) if proposed else 0)
    helping = [town.units[u].name for u in proposed.co] if proposed else []
    due = proposed.due.isoformat() if proposed and proposed.due else ""
    if proposed and proposed.deadline:
        due = f"{due} ({proposed.deadline})"
    values = {
        "zone": f"{zone.code} {zone.name}" if zone else "",
        "location": report.location,
        "description": report.description,
        "category": kind_name(report.category, report.subcategory),
        "severity": report.severity,
        "found_on": report.found_on.isoformat() if report.found_on else "",
        "lead_unit": lead.name if lead else "",
        "co_units": listed(helping),
        "due": due,
        "progress": proposed.progress if proposed else "",
    }
    return [(name, shown(value)) for name, value in values.items() if value]


def unread_text(report: Report) -> str:
    """What of a line nobody understood; it is kept as it was written."""
    unread = report.proposed.unread if report.proposed else {}
    words = listed(f"{quote(text)} ({name_of(key)}?)" for key, text in unread.items())
    return _("not understood: {words}").format(words=words) if unread else ""


def like_text(item: Item) -> str:
    """That something like a report is here already."""
    state = state_name(item.state)
    template = _("Perhaps here already: {number} ({state}) {place} {text}")
    if item.state == State.CLOSED and item.closed_on is not None:
        template = _("Struck off on {day}: {number} {place} {text}")
    said = template.format(
        number=item.label,
        state=state,
        day=item.closed_on,
        place=item.location,
        text=item.description,
    )
    return shown(said)


def of_report(report: Report, town: Town) -> Paragraphs:
    """One report, a field a line."""
    found: Paragraphs = [("text", f"{name_of(k)}: {v}") for k, v in fields_of(report, town)]
    unread = unread_text(report)
    return [*found, *([("head", unread)] if unread else []), *_missing(report)]


def of_reports(reports: Sequence[Report], town: Town, at: int) -> Paragraphs:
    """Several reports, a line each; `at` is the one in hand."""
    return [
        (
            "head" if report.lacking or number == at else "text",
            f"{'>' if number == at else ' '}{number + 1}. {in_a_line(report, town)}",
        )
        for number, report in enumerate(reports)
    ]


def in_a_line(report: Report, town: Town) -> str:
    """What a line says, field by field, and what it lacks, in one line."""
    said = [f"{name_of(n)} {value}" for n, value in fields_of(report, town) if n != "found_on"]
    unread = unread_text(report)
    return "；".join([*said, *([unread] if unread else []), *(t for _kind, t in _missing(report))])


def _missing(report: Report) -> Paragraphs:
    return [("head", missing_text(report))] if report.lacking else []


def missing_text(report: Report) -> str:
    """What a report still lacks."""
    return _("missing: {fields}").format(fields=listed(name_of(name) for name in report.lacking))
