"""One table of a ledger: which rows of it are records, and what stands in each."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec.structs import replace

from core.errors import Doubt
from core.ledger.outcome import Filing, Incoming, Skipped, told_of
from core.words.numbers import is_ours
from core.words.text import key_of
from store.ledgers.coming_in.grids import Grid, column
from store.ledgers.coming_in.tables.beside import Beside
from store.ledgers.coming_in.tables.cells import Values, as_above, mark_of
from store.ledgers.coming_in.tables.columns import ToldOf, settled
from store.ledgers.coming_in.tables.feet import (
    TOTALS,
    Feet,
    is_total_word,
    ordinal_in,
    says_nothing,
)
from store.ledgers.coming_in.tables.filing import filing_of, layout_of, sender_of
from store.ledgers.coming_in.tables.heading import (
    HEADER_WITHIN,
    LONGEST_AGAIN,
    Heading,
    counts,
    full,
    heading_of,
    heads_again,
)
from store.ledgers.coming_in.tables.holds import LOOKED_AT, Known
from store.ledgers.coming_in.tables.merged_values import Spans
from store.ledgers.coming_in.tables.sections import Sections, is_section
from store.ledgers.headers import COUNTS
from store.ledgers.wording import Vocabulary, folded

_FIGURE = re.compile(r"[\d.,]+")
_TELLING = frozenset({"description", "location", "zone", "zone_name"})
"""Fields that make a row more than a name or a date below the records."""
_IN_CHINESE = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?")


class Table:
    """A grid whose header is known."""

    def __init__(
        self,
        grid: Grid,
        rows: Sequence[list[Any]],
        heading: Heading,
        filing: Filing,
        words: Vocabulary,
        known: Known,
        needed: Collection[str],
    ) -> None:
        self._grid = grid
        self._rows = rows
        self._made = heading, filing, words, known, needed
        self._first = first = heading.first

        found = settled(heading, self._under, words, known, grid.sheet, needed)
        columns = found.columns
        self._know(columns)
        hidden = ((at, columns.get(at)) for at in sorted(grid.inside.hidden_columns))
        self.told: list[ToldOf] = [
            *found.told,
            *(ToldOf(grid.sheet, heading.names[at], "hidden", (key,)) for at, key in hidden if key),
        ]
        self.whole = set(needed) <= set(columns.values())
        """Whether it has every column its rows need."""
        self._names = heading.names
        self._repeated = heading.repeated
        self._heads = {text for row in heading.repeated for text in row.values()}
        self._words = words
        self._filing = filing
        self._above: dict[int, Any] = {}
        """Cells of the record before."""
        self._leads = self._has("lead_unit")
        self._beside = Beside(grid)
        self._sections = Sections(words, known)
        self._sections.look_over(grid.sheet, grid.above, grid.rows[: first - len(heading.repeated)])
        self._placeless = not {"location", "zone", "zone_name"} & set(columns.values())
        self._ordinal = next((at for at, key in columns.items() if key == ""), None)
        self._values = Values({at for at in columns if folded(self._names.get(at, "")) in COUNTS})
        self._feet = Feet(rows, first, self._ordinal, columns)
        self._spans = Spans(grid, columns, first)

    def _has(self, field: str) -> bool:
        """Whether anything stands in a column of a field."""
        own = [at for at, key in self._columns.items() if key == field]
        return any(any(map(full, column(self._rows, at, self._first))) for at in own)

    def _under(self, at: int) -> list[Any]:
        """What stands first in a column."""
        told = filter(full, column(self._rows, at, self._first))
        return list(islice((cell for cell in told if not is_total_word(cell)), LOOKED_AT))

    @classmethod
    def of(
        cls,
        grid: Grid,
        words: Vocabulary,
        needed: Collection[str],
        known: Known,
        name: str = "",
        before: "Table | None" = None,
    ) -> "Table | None":
        """The table of a grid, or None where no row among the first reads as a header.

        Who filled it in, when and of which day hold from the table `before` where it does not say so itself.
        """
        rows = grid.filled()
        words = words.with_headers(known.headers.get("", {}))
        alone = next(iter(needed)) if len(needed) == 1 and "description" not in needed else ""
        heading = heading_of(grid, rows, words, alone)
        first = heading.first if heading else HEADER_WITHIN
        above = [*([line] for line in grid.above), *grid.rows[:first]]
        sender = sender_of(above) or (before.sender if before else "")
        layout = "" if sender or heading is None else layout_of(heading.names.values())
        own = known.headers.get(key_of(sender or layout)) if sender or layout else None
        if own:
            words = words.with_headers(own)
            heading = heading_of(grid, rows, words, alone)
        if heading is None or (not alone and counts(heading)):
            return None
        filing = filing_of(above[: heading.first + len(grid.above)], sender, grid.sheet, name)
        filing = replace(filing, layout=layout)
        found = cls(grid, rows, heading, filing, words, known, needed)
        if before is not None:
            found._sections.after(before._sections)
        return found

    def going_on(self, grid: Grid) -> "Table | None":
        """The table of a grid without a header that counts on from here: the next page of this one."""
        at = self._ordinal
        rows = grid.filled()
        first = next((n for row in rows if (n := ordinal_in(row, at)) is not None), None)
        last = next((n for row in reversed(self._rows) if (n := ordinal_in(row, at))), None)
        widest = max((i for row in rows for i, cell in enumerate(row) if full(cell)), default=0)
        if first is None or last is None or first != last + 1 or widest > max(self._names):
            return None
        heading, filing, words, known, needed = self._made
        heading = replace(heading, first=0, repeated=())
        page = Table(grid, rows, heading, filing, words, known, needed)
        page._sections = self._sections
        page.told = []
        return page

    @property
    def sheet(self) -> str | None:
        """The sheet it stands on."""
        return self._grid.sheet

    @property
    def sender(self) -> str:
        """Who filled it in; empty where nobody is named."""
        return self._filing.sender

    @property
    def headers(self) -> tuple[str, ...]:
        """What its columns are called."""
        return tuple(dict.fromkeys(self._names.values()))

    @property
    def open_headers(self) -> tuple[str, ...]:
        """Those that are no field, the one below which most is written first."""
        written = {at: sum(len(str(c)) for c in self._under(at)) for at in self._names}
        found = [
            at for at in sorted(written, key=lambda at: -written[at]) if at not in self._columns
        ]
        return tuple(dict.fromkeys(self._names[at] for at in found))

    @property
    def fields(self) -> frozenset[str]:
        """The fields it has."""
        return frozenset(self._columns.values()) - {""}

    def rows(self) -> Iterator[Incoming | Skipped]:
        """Every row behind the header."""
        for index in range(self._first, len(self._rows)):
            cells = {
                at: cell
                for at, cell in enumerate(self._rows[index])
                if cell != "" and cell is not None and (type(cell) is not str or not cell.isspace())
            }
            spanned = self._spans.take(index, cells)
            alone = told_of(cells.values()) if spanned and len(cells) == 1 else ""
            if _IN_CHINESE.fullmatch(alone):  # 一 | 市容环境, merged over the other cells
                spanned, cells = f"{alone.rstrip('、.．')}、{spanned}", {}
            why = self._no_record(index, cells, spanned)
            if why is None:
                went_out = self._went_out(cells)
                doubts = [] if went_out else as_above(cells, self._above, self._columns)
                yield self._incoming(cells, index, doubts, spanned)
                self._above = cells
                continue
            if why == "header":
                self._turn_to(cells)
            if why == "section":
                self._sections.turn_to(spanned or str(next(iter(cells.values()))).strip())
            text = told_of([*cells.values(), *filter(None, [spanned])])
            yield Skipped(self._grid.number(index), Doubt(why), self._grid.sheet, text=text)

    def _no_record(self, index: int, cells: dict[int, Any], spanned: str) -> str | None:
        """Why a row is none: blank, header, total, note or section."""
        if not cells and not spanned:
            return "blank"
        if self._went_out(cells):
            return None
        if self._feet.is_only_number(cells) and not spanned:
            return "blank"
        if self._feet.begins_with_word(cells) or (cells and self._feet.is_labelled(cells)):
            return "note"
        if says_nothing(told := self._told(cells)):
            return "section" if is_section(str(next(iter(cells.values())))) else "no_problem"
        if not spanned and self._is_plain(cells) and not self._feet.behind(index):
            return None
        if self._repeats_header(cells) or heads_again(list(cells.values()), self._words):
            return "header"
        first = str(next(iter(cells.values()), spanned)).strip()
        said = {at: cell for at, cell in cells.items() if at not in self._described}
        if self._feet.is_total(said, told):
            return "total"
        texts = {str(cell).strip() for cell in cells.values()} | ({spanned} - {""})
        if not any(at in cells for at in self._described) or len(texts) == 1:
            if len(texts) == 1 and self._over(index, first, cells or {self._ordinal or 0: spanned}):
                return "section"
            if self._feet.is_note(first, texts) or (spanned and len(texts) == 1):
                return "note"
        if not self._feet.behind(index):
            return None
        fields = {self._columns.get(at) for at in cells}
        alone = len(texts) == 1 and fields.isdisjoint(_TELLING) and not _FIGURE.fullmatch(first)
        signed = self._feet.is_foot(texts) or self._feet.is_signed(texts)
        return "note" if alone or signed else None

    def _over(self, index: int, text: str, cells: dict[int, Any]) -> bool:
        """Whether the one text of a row stands over those below."""
        numbered = set(cells) == {self._ordinal} and not self._feet.behind(index)
        fields = {field for at in cells if (field := self._columns.get(at))}
        return self._sections.stands_over(text, fields, numbered=numbered)

    def _went_out(self, cells: dict[int, Any]) -> bool:
        """Whether a row bears a number as stores give them."""
        return any(is_ours(str(cells[at])) for at in self._numbered if at in cells)

    def _told(self, cells: dict[int, Any]) -> str:
        """What a row says is wrong."""
        return next((str(cells[at]).strip() for at in self._described if at in cells), "")

    def _is_plain(self, cells: dict[int, Any]) -> bool:
        """Whether a row is a record at the first look: its problem is longer than any header, and
        what it begins with is something else and no total."""
        told = next((cells[at] for at in self._described if at in cells), "")
        first = next(iter(cells.values()))
        if type(told) is not str or len(told) <= LONGEST_AGAIN or first == told:
            return False
        if told.strip() in self._heads:
            return False
        return type(first) is not str or first.lstrip()[:1] not in TOTALS

    def _turn_to(self, cells: dict[int, Any]) -> None:
        """Another header: the rows below it have its columns."""
        if not self._repeats_header(cells):
            texts = {at: str(cell).strip() for at, cell in cells.items()}
            means = {at: self._words.meaning(text) for at, text in texts.items()}
            self._know({at: m.field for at, m in means.items() if m and m.field is not None})
            self._names, self._repeated, self._above = texts, (texts,), {}
            self._heads = set(texts.values())

    def _know(self, columns: dict[int, str]) -> None:
        """The field of each column from here on."""
        self._columns = columns
        self._described = [at for at, key in columns.items() if key == "description"]
        self._numbered = [at for at, key in columns.items() if key == "number"]

    def _repeats_header(self, cells: dict[int, Any]) -> bool:
        """Whether at least two cells, and no other, say what the header says there."""
        for row in self._repeated:
            for at, cell in cells.items():
                if row.get(at) != str(cell).strip():
                    break
            else:
                return len(cells) >= 2
        return False

    def _incoming(
        self, row: dict[int, Any], index: int, doubts: list[Doubt], spanned: str
    ) -> Incoming:
        columns = self._columns
        cells, extra = self._values.of(row, columns, self._names, doubts)
        mark = mark_of(cells, extra)
        if spanned:
            doubts.append(Doubt("spans", spanned[:60]))
            extra.append(spanned)
        self._beside.note(index, columns, extra, doubts)
        if extra:
            cells["note"] = "；".join([*([str(cells["note"])] if "note" in cells else []), *extra])
        self._sections.fill(cells, doubts)
        pictures = self._beside.mark(index, columns, cells, doubts)
        return Incoming(
            self._grid.number(index),
            cells,
            self._grid.sheet,
            tuple(doubts),
            pictures,
            mark=mark,
            filing=self._filing,
            sender_leads=not self._leads,
            placeless=self._placeless,
        )
