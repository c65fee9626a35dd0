"""What a ledger says that nobody knows, asked once of whoever sits at the terminal, as `--map` would say it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import typer

from core.errors import RuleError
from core.ledger.outcome import Intake
from core.words.categories import CATEGORIES
from store.ledgers.headers import HEADERS
from tui.cli.frame.office import Office, talk
from tui.cli.ledger.mapping import mapping_of
from tui.ledger.incoming_file import Source
from tui.words.i18n import N_, _, ngettext
from tui.words.texts import listed, quote, say

MOST_ASKED = 20
"""Words asked about at once, those of most rows first; the others are told."""
NONE = "-"
"""The answer that leaves a word unknown."""
UNIT, ZONE = N_("Which unit is {word}?"), N_("Which zone is {word}?")
CATEGORY = N_("Which category is {word}?")
_ASKED = {
    "lead_unit": UNIT,
    "co_units": UNIT,
    "zone": ZONE,
    "zone_name": ZONE,
    "category": CATEGORY,
}


class _Word(NamedTuple):
    """Something written that nobody knows."""

    text: str
    question: str
    near: str
    """What it may be meant as."""
    known: Callable[[str], bool]
    """Whether what `--map` would be told names what is asked for; may raise `RuleError`."""


def asked_columns(sources: Sequence[Source]) -> list[str]:
    """What columns that may be two things are, as `--map` takes it."""
    text = _("Column {word}: {fields}?")
    found = {
        column.header: [HEADERS[field] for field in column.fields]
        for source in sources
        for column in source.ledger.columns
        if column.why == "asked" and column.header and set(column.fields) <= HEADERS.keys()
    }
    return _answers(
        _Word(
            header,
            text.format(word=quote(header), fields=listed(names)),
            names[0],
            lambda told: told.rpartition("=")[2] in HEADERS.values(),
        )
        for header, names in found.items()
    )


def asked_names(office: Office, intakes: Sequence[Intake]) -> list[str]:
    """What units, zones and categories nobody knows are, as `--map` takes it."""
    words = list(_unknown(office, intakes))
    if not words:
        return []
    text = ngettext(
        "{count} name is not known here; Enter takes what is proposed, - leaves it. It is remembered.",
        "{count} names are not known here; Enter takes what is proposed, - leaves one. They are remembered.",
        len(words),
    )
    talk(text.format(count=len(words)))
    return _answers(words[:MOST_ASKED])


def _unknown(office: Office, intakes: Sequence[Intake]) -> Iterator[_Word]:
    """Words nobody knows, each once for what is asked of it, those of most rows first."""
    found = Counter(
        (_ASKED[doubt.field], doubt.value, doubt.near)
        for intake in intakes
        for entry in intake.entries
        for doubt in entry.doubts
        if doubt.code == "unknown" and doubt.field in _ASKED
    )
    for (question, text, near), _count in found.most_common():
        asked = _(question).format(word=quote(text))
        if question == CATEGORY:
            asked += f" ({listed(list(CATEGORIES))})"
        yield _Word(text, asked, near, partial(_names, office, question))


def _names(office: Office, question: str, told: str) -> bool:
    """Whether an answer names a unit where one is asked for, else a zone or a category. Raises `RuleError`."""
    mapping = mapping_of(office, [told])
    return bool(mapping.units if question == UNIT else mapping.words)


def _answers(words: Iterable[_Word]) -> list[str]:
    """What whoever sits there says of each; those that are left out are not among it."""
    return [told for word in words if (told := _answer(word))]


def _answer(word: _Word) -> str:
    """One word as whoever sits there says it; asked again where the answer is nothing known."""
    while True:
        said = typer.prompt(word.question, default=word.near or NONE, err=True).strip()
        told = f"{word.text}={said}"
        if said == NONE:
            return ""
        try:
            if word.known(told):
                return told
            raise RuleError("bad_target", value=said)
        except RuleError as error:
            talk(say(error))
