"""What `zg import` says of the files it was given: to people, as JSON, and as a sheet to mend."""

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from core.errors import Doubt
from core.ledger.outcome import Entry, Incoming, Intake
from core.ledger.record import KEYS
from core.ledger.weight import OF_COLUMNS, Weight, weight_of
from store.ledgers.coming_in.tables.columns import ToldOf
from store.ledgers.going_out.doubtful import DoubtfulRow
from store.ledgers.going_out.values import text
from tui.cli.frame.office import talk
from tui.ledger.incoming_file import Source
from tui.words.i18n import _
from tui.words.ledger.columns import column_words
from tui.words.ledger.doubting import doubt_text
from tui.words.ledger.passed import passed_text
from tui.words.texts import name_of, quote

MOST_ALIKE = 3
"""Rows with the same mild doubt that are told one by one."""
MOST_SAID = 50
"""Doubts listed one by one before only their count is said."""


def place_of(source: Source, sheet: str | None, row: int) -> str:
    """File, sheet and row."""
    where = f"{quote(source.name)} {quote(sheet)}" if sheet else quote(source.name)
    return _("{where}, row {row}").format(where=where, row=row)


def lines_of(source: Source, intake: Intake) -> list[str]:
    """Every doubt with file, sheet, row and column, the heaviest first."""
    rejected = [
        _("{place}: rejected: {why} ({text})").format(
            place=place_of(source, skip.sheet, skip.row),
            why=doubt_text(skip.why),
            text=quote(skip.text),
        )
        for skip in intake.rejected
    ]
    clashes = [
        _("{place}: {number} is different here: {fields}").format(
            place=place_of(source, entry.sheet, entry.row),
            number=quote(entry.number),
            fields="; ".join(differing(entry, key) for key in entry.differs),
        )
        for entry in intake.entries
        if entry.differs and entry.action == "conflict"
    ]
    weighed = _doubts(source, intake)
    weighed += [(Weight.GUESSED, column_text(source, c)) for c in source.ledger.columns]
    weighed.sort(key=lambda each: each[0])
    # What keeps the file from being saved comes first, what asks for nothing last.
    return [*rejected, *clashes, *(line for _weight, line in weighed)]


def tell_lines(lines: Sequence[str]) -> None:
    """The first of them, and how many more there are."""
    for line in lines[:MOST_SAID]:
        talk(line)
    if len(lines) > MOST_SAID:
        talk(_("... and {count} more.").format(count=len(lines) - MOST_SAID))


def tell(source: Source, intake: Intake) -> None:
    """Every doubt, the heaviest first; then what the file comes to."""
    tell_lines(lines_of(source, intake))
    tell_lines(_passed_lines(source, intake))
    for passed in source.ledger.passed_over:
        talk(passed_text(source.name, passed))
    if not source.ledger.rows and not source.ledger.passed_over:
        talk(_("{file}: there is no row below the header.").format(file=quote(source.name)))
    counts = {
        action: sum(e.action == action for e in intake.entries)
        for action in ("new", "update", "same", "conflict")
    }
    talk(
        _(
            "{file}: {new} new, {update} fed back, {same} already here, {conflict} in conflict, {skipped} rows "
            "skipped, {rejected} rejected."
        ).format(
            file=quote(source.name),
            skipped=len(intake.skipped) - len(intake.rejected),
            rejected=len(intake.rejected),
            **counts,
        )
    )


def _passed_lines(source: Source, intake: Intake) -> list[str]:
    """Rows that were taken for no record and hold something, each with what it says."""
    return [
        _("{place}: no row, {why}: {text}").format(
            place=place_of(source, skip.sheet, skip.row),
            why=doubt_text(skip.why),
            text=quote(skip.text),
        )
        for skip in intake.skipped
        if not skip.rejected and skip.text and skip.why.code in _PASSED
    ]


_PASSED = frozenset({"section", "note", "no_problem", "total"})
"""Why a row is no record although something stands in it."""


def _doubts(source: Source, intake: Intake) -> list[tuple[Weight, str]]:
    """What is in doubt, a line each; what is the same in very many rows is one line."""

    def likeness(doubt: Doubt) -> tuple[str, str, str]:
        return doubt.code, doubt.field, "" if doubt.code in OF_COLUMNS else doubt.value

    often = Counter(likeness(doubt) for entry in intake.entries for doubt in entry.doubts)
    lines: list[tuple[Weight, str]] = []
    told: set[tuple[str, str, str]] = set()
    for entry in intake.entries:
        for doubt in entry.doubts:
            like = likeness(doubt)
            if often[like] <= MOST_ALIKE:
                place = place_of(source, entry.sheet, entry.row)
                lines.append((weight_of(doubt), f"{place}: {doubt_text(doubt)}"))
            elif like not in told:
                told.add(like)
                said = replace(doubt, value=_several(intake, like)) if not like[2] else doubt
                text = _("{file}: {doubt} ({count} rows)").format(
                    file=quote(source.name), doubt=doubt_text(said).strip(), count=often[like]
                )
                lines.append((weight_of(doubt), text))
    return lines


def _several(intake: Intake, like: tuple[str, str, str]) -> str:
    """The first of the values that one line is said of."""
    values = dict.fromkeys(
        doubt.value
        for entry in intake.entries
        for doubt in entry.doubts
        if (doubt.code, doubt.field) == like[:2] and doubt.value
    )
    first = list(values)[:MOST_ALIKE]
    return "、".join(first) + (" …" if len(values) > len(first) else "")


def differing(entry: Entry, key: str) -> str:
    """A field in which a row is not what stands here, with both."""
    here, there = (text(key, values.get(key)) for values in (entry.here, entry.record))
    return f"{name_of(key)} {quote(here)} / {quote(there)}"


def column_text(source: Source, column: ToldOf) -> str:
    """What became of a column, and how it is told what it is."""
    where = f"{quote(source.name)} {quote(column.sheet)}" if column.sheet else quote(source.name)
    return f"{where}: {column_words(column)}"


def tell_of_maps(intakes: list[Intake]) -> None:
    """How names nobody knows are told once and for all."""
    unknown = {
        doubt.value: doubt.near
        for intake in intakes
        for entry in intake.entries
        for doubt in entry.doubts
        if doubt.code == "unknown" and doubt.field in ("lead_unit", "co_units")
    }
    if unknown:
        name, near = next(
            ((n, near) for n, near in unknown.items() if near), (next(iter(unknown)), "")
        )
        told = shlex.quote(f"{quote(name)}={near or '…'}")
        said = _(
            "Names that are not known are told once with --map, such as --map {told}; new units with zg unit add."
        )
        talk(said.format(told=told))


def rows_in_doubt(source: Source, intake: Intake, *, saved: bool) -> Iterator[DoubtfulRow]:
    """Rows to mend: all with a doubt, or, where the rest was saved, those that were not."""
    rows = {(r.sheet, r.row): r for r in source.ledger.rows if isinstance(r, Incoming)}
    reasons: dict[tuple[str | None, int], dict[str, list[str]]] = {}
    for skip in intake.rejected:
        _add(reasons, skip.sheet, skip.row, (skip.why,))
    for entry in intake.entries:
        if entry.action == "conflict":
            found = _add(reasons, entry.sheet, entry.row, entry.doubts)
            for key in entry.differs:
                found.setdefault(key, []).append(
                    _("{value} here").format(value=quote(text(key, entry.here.get(key))))
                )
        elif entry.doubts and not saved:
            _add(reasons, entry.sheet, entry.row, entry.doubts)
    for (sheet, row), why in sorted(
        reasons.items(), key=lambda each: (each[0][0] or "", each[0][1])
    ):
        words = {key: "；".join(said) for key, said in why.items()}
        yield _row(place_of(source, sheet, row), rows[sheet, row], words)


def _row(where: str, row: Incoming, words: dict[str, str]) -> DoubtfulRow:
    """A row with what it has from beyond its cells; pictures stay in the file they came in."""
    cells = dict(row.cells)
    if row.sender_leads and row.sender and not cells.get("lead_unit"):
        cells["lead_unit"] = row.sender
    for picture in row.pictures:
        names = [n for n in str(cells.get(picture.side, "")).split("、") if n != picture.name]
        cells[picture.side] = "、".join(names)
        words.setdefault(picture.side, _("the picture is in the file it came in"))
    return DoubtfulRow(
        where, {key: value for key, value in cells.items() if value != ""}, words, row.mark
    )


def _add(
    reasons: dict[tuple[str | None, int], dict[str, list[str]]],
    sheet: str | None,
    row: int,
    doubts: tuple[Doubt, ...],
) -> dict[str, list[str]]:
    found = reasons.setdefault((sheet, row), {})
    for doubt in doubts:
        found.setdefault(doubt.field, []).append(doubt_text(replace(doubt, field="")))
    return found


def as_json(source: Source, intake: Intake) -> dict[str, Any]:
    """The intake as `--json` prints it (docs/format.md 5)."""
    return {
        "file": source.name,
        "records": [
            {
                "source_sheet": entry.sheet,
                "source_row": entry.row,
                "action": entry.action,
                **{key: entry.record[key] for key in KEYS},
                "state_claim": entry.claim,
                "warnings": [doubt_text(doubt) for doubt in entry.doubts],
            }
            for entry in intake.entries
        ],
        "columns": [
            {"sheet": c.sheet, "header": c.header, "why": c.why, "fields": list(c.fields)}
            for c in source.ledger.columns
        ],
        "sheets_passed": [
            {"sheet": p.sheet, "hidden": p.hidden, "empty": p.empty}
            for p in source.ledger.passed_over
        ],
        "skipped": [
            {
                "sheet": skip.sheet,
                "row": skip.row,
                "why": doubt_text(skip.why),
                "text": skip.text,
                "rejected": skip.rejected,
            }
            for skip in intake.skipped
        ],
    }
