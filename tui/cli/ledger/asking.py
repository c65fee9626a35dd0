"""What a ledger says that nobody knows, asked once of whoever sits at the terminal, as `--map` would say it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import typer

from core.errors import RuleError
from core.ledger.outcome import Intake
from core.words.categories import CATEGORIES
from store.ledgers.headers import HEADERS
from tui.cli.frame.office import Office, talk
from tui.cli.ledger.mapping import mapping_of
from tui.ledger.file import Source
from tui.words.i18n import N_, _, ngettext
from tui.words.texts import listed, quote, say

MOST_ASKED = 20
"""Words asked about at once, those of most rows first; the others are told."""
NONE = "-"
"""The answer that leaves a word unknown."""
_ASKED = {
    "lead_unit": N_("Which unit is {word}?"),
    "co_units": N_("Which unit is {word}?"),
    "zone": N_("Which zone is {word}?"),
    "zone_name": N_("Which zone is {word}?"),
    "category": N_("Which category is {word}?"),
}


class _Word(NamedTuple):
    """Something written that nobody knows."""

    text: str
    field: str
    question: str
    near: str
    """What it may be meant as."""


def asked_columns(sources: Sequence[Source]) -> list[str]:
    """What columns that may be two things are, as `--map` takes it."""
    words = {
        column.header: _Word(
            column.header,
            "",
            _("Column {word}: {fields}?").format(
                word=quote(column.header), fields=listed([HEADERS[each] for each in column.fields])
            ),
            HEADERS[column.fields[0]],
        )
        for source in sources
        for column in source.ledger.columns
        if column.why == "asked" and column.header and set(column.fields) <= HEADERS.keys()
    }
    return [told for word in words.values() if (told := _answer(None, word))]


def asked_names(office: Office, intakes: Sequence[Intake]) -> list[str]:
    """What units, zones and categories nobody knows are, as `--map` takes it."""
    words = list(_unknown(intakes))
    if not words:
        return []
    count = len(words)
    text = ngettext(
        "{count} name is not known here; Enter takes what is proposed, - leaves it. It is remembered.",
        "{count} names are not known here; Enter takes what is proposed, - leaves one. They are remembered.",
        count,
    )
    talk(text.format(count=count))
    return [told for word in words[:MOST_ASKED] if (told := _answer(office, word))]


def _unknown(intakes: Sequence[Intake]) -> Iterator[_Word]:
    """Words nobody knows, each once, those of most rows first."""
    found: Counter[tuple[str, str, str]] = Counter(
        (doubt.field, doubt.value, doubt.near)
        for intake in intakes
        for entry in intake.entries
        for doubt in entry.doubts
        if doubt.code == "unknown" and doubt.field in _ASKED
    )
    told: set[tuple[str, str]] = set()
    for (field, text, near), _count in found.most_common():
        asked = _(_ASKED[field]).format(word=quote(text))
        if (asked, text) in told:
            continue
        told.add((asked, text))
        if field == "category":
            asked += f" ({listed(list(CATEGORIES))})"
        yield _Word(text, field, asked, near)


def _answer(office: Office | None, word: _Word) -> str:
    """One word as whoever sits there says it; asked again where the answer is nothing known."""
    while True:
        said = typer.prompt(word.question, default=word.near or NONE, err=True).strip()
        if said == NONE:
            return ""
        told = f"{word.text}={said}"
        try:
            if not _is_known(office, word, told):
                raise RuleError("bad_target", value=said)
        except RuleError as error:
            talk(say(error))
            continue
        return told


def _is_known(office: Office | None, word: _Word, told: str) -> bool:
    """Whether an answer names what was asked for. Raises `RuleError`."""
    if office is None:
        return told.rpartition("=")[2] in HEADERS.values()
    mapping = mapping_of(office, [told])
    return bool(mapping.units if word.field in ("lead_unit", "co_units") else mapping.words)
