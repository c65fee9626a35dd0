"""What one call of `zg import` asks for, and what it makes of a file: read, checked, saved."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from core.actions.wish import Wish
from core.errors import Clash, RuleError
from core.ledger.moving_in import Mover
from core.ledger.outcome import (
    Choices,
    Entry,
    Incoming,
    Intake,
    RowChoice,
    Skipped,
    filled,
    is_unconfirmed,
)
from core.ledger.row_reader import Reader
from core.ledger.rows.borne import outdated
from core.model import Item
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.coming_in.reading import Taking
from store.ledgers.coming_in.tables.holds import Known
from store.ledgers.formats import LARGEST_FILE
from store.ledgers.headers import HEADERS
from tui.cli.frame.office import Office, talk
from tui.cli.ledger.asking import asked_columns, asked_names
from tui.cli.ledger.import_told import MOST_SAID, place_of
from tui.cli.ledger.mapping import Mapping, known_headers, mapping_of
from tui.clock import check_clock
from tui.exits import at_terminal, confirm, progress
from tui.ledger.incoming_file import Source, source_of, with_pictures
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext
from tui.words.texts import quote


@dataclass(kw_only=True, slots=True)
class Importing:
    """One call of `zg import`: what holds for each of its files."""

    office: Office
    mapping: Mapping
    today: date
    year: int | None = None
    values: dict[str, str]
    """What fills the empty cells of a file."""
    sheet: str | None = None
    encoding: str | None = None
    migrate: bool = False
    accept_good: bool = False
    strict: bool = False
    yes: bool = False
    asks: bool = False
    """Whether somebody is there who can be asked about words nobody knows."""
    called: str = ""
    """What the file on standard input is called."""
    _begun: "_Begun | None" = None
    """What looks at rows while their file is read."""
    _answers: dict[tuple[str, tuple[str | None, int]], bool] = field(default_factory=dict)

    def read(self, name: str) -> Source:
        """A file or `-`, read whole. Raises `FileRefused`."""
        known = known_headers(self.office, self.mapping)
        if self.migrate or self.values:
            taking = None
        else:
            self._begun = self._begun or self._begin()
            taking = self._begun.expect
        found = read_source(name, self.sheet, self.encoding, known, taking, called=self.called)
        rows = tuple(filled(found.ledger.rows, self.values))
        return replace(found, ledger=replace(found.ledger, rows=rows))

    def learn(self, told: Sequence[str]) -> None:
        """What was said of words nobody knew, as `--map` takes it: it holds from here on, and is remembered."""
        new, old = mapping_of(self.office, told), self.mapping
        self.mapping = Mapping(
            old.headers | new.headers, old.units | new.units, old.words | new.words
        )
        self._begun = None

    def asked(self, names: Sequence[str]) -> tuple[list[Source], list[Intake]]:
        """The files and what they come to; whoever sits at the terminal is asked about what nobody knows.

        Raises `FileRefused`, `RuleError`.
        """
        sources = [self.read(name) for name in names]
        if self.asks and (told := asked_columns(sources)):
            self.learn(told)
            sources = [self.read(name) for name in names]
        with progress(_("Reading")):
            intakes = self.intakes(sources)
        if self.asks and (told := asked_names(self.office, intakes)):
            self.learn(told)
            intakes = self.intakes(sources)
        return sources, intakes

    def intakes(self, sources: Sequence[Source]) -> list[Intake]:
        """What the files come to, one behind the other, likely matches confirmed where somebody says so."""
        if self.migrate:
            return [self._moved(source) for source in sources]
        intakes = self._intakes(sources)
        sure = self._confirmed(sources, intakes)
        return self._intakes(sources, sure) if any(sure) else intakes

    def check(self, sources: Sequence[Source], intakes: Sequence[Intake]) -> None:
        """Save nothing where a row was rejected, is in conflict or, if strict, in doubt. Raises `RuleError`."""
        rejected = sum(len(intake.rejected) for intake in intakes)
        if rejected and not self.accept_good:
            raise RuleError("rows_rejected", count=rejected)
        conflicts = sum(len(intake.conflicts) for intake in intakes)
        if conflicts and not self.accept_good:
            codes = {d.code for intake in intakes for e in intake.conflicts for d in e.doubts}
            raise Clash("rows_perhaps" if "perhaps" in codes else "rows_conflict", count=conflicts)
        doubts = sum(len(entry.doubts) for intake in intakes for entry in intake.entries)
        doubts += sum(len(source.ledger.columns) for source in sources)
        if self.strict and doubts:
            raise RuleError("rows_doubted", count=doubts)

    def save(self, sources: Sequence[Source], intakes: Sequence[Intake]) -> None:
        """One transaction, decided before the lock is taken."""
        office, repository = self.office, self.office.repository
        items = [
            wish
            for source, intake in zip(sources, intakes, strict=True)
            for wish in _wishes(office, source, intake)
        ]
        wishes = [*self.mapping.wishes(sources), *items]
        if not wishes:
            talk(_("Nothing new."))
            return
        saved = sum(bool(entry.wishes) for intake in intakes for entry in intake.entries)
        options = {
            "op": "move_in" if self.migrate else "import",
            "source": "; ".join(source.mark for source in sources),
        }
        check_clock(repository, office.now)
        with progress(_("Saving")):
            prepared = repository.preview(wishes, office.actor, office.now, **options)
            repository.commit(
                wishes, office.actor, office.now, wait=office.wait, prepared=prepared, **options
            )
            if repository.snapshot_due():
                repository.write_snapshot()
        talk(ngettext("{count} item saved.", "{count} items saved.", saved).format(count=saved))

    def _intakes(self, sources: Sequence[Source], sure: Sequence[Choices] = ()) -> list[Intake]:
        begun, self._begun = self._begun or self._begin(), None
        rows = [r for s in sources for r in s.ledger.rows if isinstance(r, Incoming)]
        begun.handed.update(self.office.repository.as_of(outdated(rows, self.office.town)))
        return [
            begun.reader.read(source.ledger.rows, sure[at] if sure else None)
            for at, source in enumerate(sources)
        ]

    def _begin(self) -> "_Begun":
        office, mapping = self.office, self.mapping
        handed: dict[int, Item] = {}
        reader = Reader(
            office.town, office.actor, self.today, self.year, mapping.units, handed, mapping.words
        )
        return _Begun(reader, handed)

    def _moved(self, source: Source) -> Intake:
        mover = Mover(
            self.office.town,
            self.office.actor,
            self.today,
            source.mark,
            year=self.year,
            mapped=self.mapping.units,
            words=self.mapping.words,
            headers=HEADERS,
        )
        return mover.read(source.ledger.rows)

    def _confirmed(self, sources: Sequence[Source], intakes: Sequence[Intake]) -> list[Choices]:
        """The likely matches that hold; each is asked once, of whoever sits at the terminal."""
        likely = {
            (source.mark, (entry.sheet, entry.row)): entry
            for source, intake in zip(sources, intakes, strict=True)
            for entry in intake.entries
            if is_unconfirmed(entry)
        }
        fresh = [entry for key, entry in likely.items() if key not in self._answers]
        if fresh:
            answer = self.yes or _asked(fresh)
            self._answers.update(dict.fromkeys(likely.keys() - self._answers.keys(), answer))
        return [
            {key: RowChoice.SURE for key in intake.unconfirmed if self._answers[source.mark, key]}
            for source, intake in zip(sources, intakes, strict=True)
        ]


class _Begun(NamedTuple):
    """A reader of the files of one import, and the items as they were handed out that it is to know of."""

    reader: Reader
    handed: dict[int, Item]

    def expect(self, rows: Sequence[Incoming | Skipped]) -> None:
        """Look at rows as they are read; before the first, load what decides on them."""
        if not rows:
            import_module("core.deciding")
        self.reader.expect(rows)


def _asked(likely: Sequence[Entry]) -> bool:
    """Whether whoever sits at the terminal says that likely matches hold."""
    if not at_terminal():
        return False
    for entry in likely[:MOST_SAID]:
        talk(
            _("row {row}: {place} {text} - perhaps {number}").format(
                row=entry.row,
                place=quote(entry.record["location"] or ""),
                text=quote(entry.record["description"] or ""),
                number=quote(entry.number),
            )
        )
    return confirm(_("Are they what they look like?"))


def read_source(
    name: str,
    sheet: str | None,
    encoding: str | None,
    known: Known,
    taking: Taking | None = None,
    *,
    called: str = "",
) -> Source:
    """A file or `-`, read whole and `called` so; `taking` looks at its rows meanwhile. Raises `FileRefused`."""
    if name == "-":
        data, name = sys.stdin.buffer.read(LARGEST_FILE + 1), called or name
    else:
        data = read_bytes(expanded(name))
    return source_of(data, name, known, sheet=sheet, encoding=encoding, taking=taking)


def files_of(names: Sequence[str]) -> Iterator[str]:
    """The files that are named, and those of folders; what Excel leaves beside an open file is told."""
    for name in names:
        folder = is_folder(name)
        where = Path(name) if name == "-" else expanded(name)
        inside = sorted(p for p in where.iterdir() if p.is_file()) if folder else [where]
        for path in inside:
            if path.name.startswith("~$"):
                talk(_beside_open(path.name))
            elif not folder:
                yield name
            elif not path.name.startswith("."):
                yield str(path)


def _beside_open(name: str) -> str:
    said = _("{file} is what Excel keeps beside a file that is open; it was passed over.")
    return said.format(file=quote(name))


def is_folder(name: str) -> bool:
    try:
        return name != "-" and expanded(name).is_dir()
    except (OSError, ValueError):  # too long, or no name at all
        return False


def _wishes(office: Office, source: Source, intake: Intake) -> list[Wish]:
    """What a file asks for, with the pictures of its rows."""
    if source.pictures is None:
        return intake.wishes
    rows = {(r.sheet, r.row): r for r in source.ledger.rows if isinstance(r, Incoming)}
    found: list[Wish] = []
    for entry in intake.entries:
        row = rows[entry.sheet, entry.row]
        said: list[str] = []
        item = office.town.items.get(entry.item or 0)
        held = item.files if item else ()
        found += with_pictures(
            office.repository.photos, source, row, entry.wishes, held, said.append
        )
        for line in said:
            talk(f"{place_of(source, entry.sheet, entry.row)}: {line}")
    return found
