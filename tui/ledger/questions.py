"""What a row of a ledger coming in is asked, and what the answers make of its cells. No widget, no store."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from core.errors import Doubt
from core.ledger.desk import DeskLine
from core.ledger.outcome import Entry, Incoming, RowChoice
from core.model import Unit, Zone
from core.words.categories import CATEGORIES
from core.words.cells import plain
from store.ledgers.going_out.values import text
from store.ledgers.headers import HEADERS, first_header
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.words.i18n import N_, _
from tui.words.ledger.doubting import doubt_text
from tui.words.texts import name_of, quote

KEYS = (
    "number",
    "found_on",
    "zone",
    "location",
    "description",
    "category",
    "lead_unit",
    "co_units",
    "due_on",
    "measure",
    "progress",
    "feedback_on",
    "source",
)
"""Cells that may be mended, in the order of the form."""
_STATES = {
    "new": N_("new"),
    "update": N_("changed"),
    "same": N_("same"),
    "conflict": N_("in conflict"),
    "doubtful": N_("in doubt"),
    "rejected": N_("rejected"),
    "skipped": N_("skipped"),
    "left_out": N_("left out"),
}
_PICKED = frozenset({"zone", "category", "lead_unit"})
"""Cells that are picked from what there is."""
CHOICES = {"sure": RowChoice.SURE, "theirs": RowChoice.THEIRS, "ours": RowChoice.OURS}
"""What may be said of a row in conflict."""


def state_text(state: str) -> str:
    """What a row is."""
    return _(_STATES[state])


def unknown_names(line: DeskLine) -> list[str]:
    """Names of units in a row that nobody here bears."""
    return [
        doubt.value
        for doubt in line.doubts
        if doubt.code == "unknown" and doubt.field in ("lead_unit", "co_units")
    ]


def _offered(units: Iterable[Unit], zones: Iterable[Zone]) -> dict[str, tuple[Choice, ...]]:
    """What some cells are picked from, by the names that stand in a sheet."""
    return {
        "zone": tuple(
            Choice(z.name, f"{z.code} {z.name}", (z.code, z.name)) for z in zones if z.active
        ),
        "category": tuple(Choice(name, name) for name in CATEGORIES),
        "lead_unit": tuple(Choice(u.name, u.name, u.names[1:]) for u in units if u.active),
    }


def mend_form(line: DeskLine, units: Iterable[Unit], zones: Iterable[Zone]) -> Form:
    """Every cell of a row as it was written, the doubtful ones saying why."""
    assert isinstance(line.row, Incoming)
    said = {doubt.field: doubt_text(doubt) for doubt in reversed(line.doubts) if doubt.field}
    offered = _offered(units, zones)
    fields = []
    for key in KEYS:
        written = _helping(line) if key == "co_units" else plain(line.row.cells.get(key))
        choices = offered.get(key, ())
        if choices:
            written = next((c.name for c in choices if c.value == _known(line, key)), "")
        hint = said.get(key) or said.get("zone_name" if key == "zone" else "", "")
        fields.append(Field(key=key, label=name_of(key), value=written, choices=choices, hint=hint))
    notes = [shown(doubt_text(doubt), lines=True) for doubt in line.doubts]
    return Form(_("Mend the row"), tuple(fields), note="\n".join(notes[:4]))


def _helping(line: DeskLine) -> str:
    """The helping units a row came to, also those that stand behind the one that leads."""
    if isinstance(line.result, Entry) and line.result.record["co_units"]:
        return "、".join(line.result.record["co_units"])
    return plain(line.row.cells.get("co_units")) if isinstance(line.row, Incoming) else ""


def _known(line: DeskLine, key: str) -> str | None:
    """What a row comes to in a field that is picked."""
    if not isinstance(line.result, Entry):
        cells = line.row.cells if isinstance(line.row, Incoming) else {}
        return plain(cells.get(key)) or None
    value = line.result.record["zone_name" if key == "zone" else key]
    return value if isinstance(value, str) else None


def mended(line: DeskLine, answers: Answers) -> dict[str, str]:
    """The cells that were changed."""
    assert isinstance(line.row, Incoming)
    changed = {}
    for key in KEYS:
        answer = answers[key]
        before = _known(line, key) if key in _PICKED else plain(line.row.cells.get(key))
        if key == "co_units":
            before = _helping(line)
        if (answer or "") != (before or ""):
            changed[key] = str(answer or "")
    if "lead_unit" in changed and "co_units" not in changed and answers["co_units"]:
        changed["co_units"] = str(
            answers["co_units"]
        )  # they may have stood in the cell of the lead
    return changed


def doubt_of(doubt: Doubt, headers: Mapping[str, str]) -> str:
    """What is in doubt in a list, behind the header it has for the column (`headers` by field, as `a|b`)."""
    if doubt.field not in headers:
        return doubt_text(doubt)
    return f"{first_header(headers[doubt.field])}: {doubt_text(replace(doubt, field=''))}"


WHOLE = ("zone", "lead_unit", "found_on", "source", "category")
"""What may be said for every row of a file that leaves it empty."""


def whole_form(said: Mapping[str, str], units: Iterable[Unit], zones: Iterable[Zone]) -> Form:
    """What holds for the whole file."""
    offered = _offered(units, zones)
    fields = []
    for key in WHOLE:
        choices = offered.get(key, ())
        value = said.get(key, "")
        if choices:
            value = next((c.name for c in choices if c.value == value), "")
        fields.append(Field(key=key, label=name_of(key), value=value, choices=choices))
    note = _("Fills what the rows leave empty; nothing that stands in the file is changed.")
    return Form(_("For the whole file"), tuple(fields), note=note)


def said_of(line: DeskLine) -> list[tuple[str, str]]:
    """Paragraphs about a row: its doubts, and where it and an item here differ."""
    found = [("text", shown(doubt_text(doubt), lines=True)) for doubt in line.doubts]
    result = line.result
    if isinstance(result, Entry) and result.differs:
        number = shown(result.number)
        found.append(("head", _("{number}: here / in the file").format(number=number)))
        for key in result.differs:
            there = quote(text(key, result.record[key]))
            if result.action == "conflict":
                here = quote(text(key, result.here.get(key)))
                found.append(("text", f"{name_of(key)}: {here} / {there}"))
            else:
                found.append(("text", f"{name_of(key)}: {there}"))
    if isinstance(line.row, Incoming):
        rest = [
            f"{HEADERS[key]} {plain(value)}"
            for key, value in line.row.cells.items()
            if key in HEADERS and plain(value)
        ]
        found.append(("text", shown("  ".join(rest))))
    return found


def cells_of(line: DeskLine) -> tuple[str, str, str, str]:
    """Place, text, unit and deadline of a row: what they come to, else as they were written."""
    if not isinstance(line.row, Incoming):
        return "", shown(f"{doubt_text(line.row.why)} {line.row.text}".rstrip()), "", ""
    written = {key: plain(value) for key, value in line.row.cells.items()}
    place, text_, lead, due = (
        written.get(key, "") for key in ("location", "description", "lead_unit", "due_on")
    )
    if isinstance(line.result, Entry):
        record = line.result.record
        place = record["location"] or record["zone_name"] or ""
        lead = record["lead_unit"] or (lead and f"{lead}?")
        due = record["due_on"].isoformat() if record["due_on"] else (due and f"{due}?")
    return shown(place), shown(text_), shown(lead), shown(due)
