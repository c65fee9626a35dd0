"""A file of any kind as rows with names; what of it was not read is said."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from core.ledger.outcome import Incoming, Skipped
from store.disk.fence import Send, fenced_parts
from store.errors import FileRefused
from store.ledgers.coming_in.documents import html_grids, word_grids
from store.ledgers.coming_in.grids import Grid, check_sheets, workbook_grids
from store.ledgers.coming_in.innards import MOST_ROWS
from store.ledgers.coming_in.kinds import is_ledger, refuse_lists
from store.ledgers.coming_in.objects import rows_of_objects
from store.ledgers.coming_in.old_word import as_docx, is_old_word
from store.ledgers.coming_in.pasted import list_in, reads_as_list
from store.ledgers.coming_in.separated import decoded, text_grids
from store.ledgers.coming_in.tables.columns import ToldOf
from store.ledgers.coming_in.tables.form_sheets import formed
from store.ledgers.coming_in.tables.halves import halves
from store.ledgers.coming_in.tables.heading import full
from store.ledgers.coming_in.tables.holds import Known
from store.ledgers.coming_in.tables.sections import Sections
from store.ledgers.coming_in.tables.table import Table
from store.ledgers.formats import LARGEST_FILE, Content, content_of
from store.ledgers.headers import LEDGER_WORDS
from store.ledgers.wording import Vocabulary
from store.ledgers.zipped import Archive

TEXT = "正文"
"""What the text of a Word file is called that stands outside its tables."""


class PassedSheet(Struct, frozen=True):
    """A sheet that was not read: it holds no ledger, or it is hidden and does."""

    sheet: str
    hidden: bool = False
    empty: bool = False
    """Whether nothing stands in it."""


class Ledger(Struct, frozen=True):
    """A file read: its rows in order, and the sheets and columns that were not read as such."""

    rows: tuple[Incoming | Skipped, ...]
    passed_over: tuple[PassedSheet, ...] = ()
    columns: tuple[ToldOf, ...] = ()
    """What is to be told of columns: guessed, asked, not known."""

    @property
    def unread(self) -> list[ToldOf]:
        """Columns that went into the note."""
        return [column for column in self.columns if not column.taken]

    @property
    def senders(self) -> list[str]:
        """Who filled its sheets in; nobody is empty."""
        return list(dict.fromkeys(r.sender for r in self.rows if isinstance(r, Incoming))) or [""]

    @property
    def layouts(self) -> list[str]:
        """Whose headers they are: senders, and the layouts of sheets that name none."""
        return list(
            dict.fromkeys(r.filing.whose for r in self.rows if isinstance(r, Incoming))
        ) or [""]


NEEDED = frozenset({"description"})
"""Fields without which a sheet is no ledger."""
NOTHING_KNOWN = Known()
Taking = Callable[[Sequence[Incoming | Skipped]], None]
"""Looks at rows as they come in."""


def read_ledger(
    data: bytes,
    name: str,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    known: Known = NOTHING_KNOWN,
    partly: bool = False,
    taking: Taking | None = None,
) -> Ledger:
    """Every row behind the header of every sheet that has one. Raises `FileRefused`.

    With `partly`, also where no column is known to say what the problem is. `taking` is given rows by the
    hundreds while the next are read, and none when the reading begins.
    """
    return read_table(
        data,
        name,
        LEDGER_WORDS,
        NEEDED,
        sheet=sheet,
        encoding=encoding,
        known=known,
        partly=partly,
        taking=taking,
    )


def read_table(
    data: bytes,
    name: str,
    words: Vocabulary,
    needed: frozenset[str],
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    known: Known = NOTHING_KNOWN,
    partly: bool = False,
    taking: Taking | None = None,
) -> Ledger:
    """A file by its own headers; `partly` also where a needed column is not known. Raises `FileRefused`."""
    readable = _as_readable(data, name)
    rows, ledger = fenced_parts(
        lambda send: _read(
            readable, name, words, needed, sheet, encoding, known, send, partly=partly
        ),
        name,
        taking,
    )
    return replace(ledger, rows=tuple(rows))


def _as_readable(data: bytes, name: str) -> bytes:
    """A file as a kind that is read here: old Word files as .docx. Raises `FileRefused`."""
    return as_docx(data, name) if len(data) <= LARGEST_FILE and is_old_word(data) else data


def _read(
    data: bytes,
    name: str,
    words: Vocabulary,
    needed: frozenset[str],
    sheet: str | None,
    encoding: str | None,
    known: Known,
    send: Send,
    *,
    partly: bool = False,
) -> Ledger:
    """In the child: everything but the rows, which are sent as they are read."""
    content = content_of(data, name)
    if data.startswith(b"PK"):
        data = Archive(data, name).slashed()
    if content == Content.JSON:
        words = words.with_headers(known.headers.get("", {}))
        _send_all(rows_of_objects(data, name, words, needed, encoding), send, name)
        return Ledger(())
    found = _grids(content, data, name, encoding)
    check_sheets(found, name)
    if sheet is not None:
        names = tuple(str(g.sheet) for g in found)
        found = [g for g in found if g.sheet == sheet]
        if not found:
            raise FileRefused("no_sheet", file=name, value=sheet, expected=names)
    if words is not LEDGER_WORDS and any(is_ledger(grid, words) for grid in found):
        raise FileRefused("is_ledger", file=name)
    tables, headed, passed = _tables(
        found, content, name, words, needed, known, every=sheet is not None
    )
    listed: list[Incoming | Skipped] | None = None
    paper = content == Content.WORD
    if paper or (content == Content.TEXT and not tables):
        lines = _lines(data, name, content, found[-1], encoding)
        if "location" in words.fields:
            sections = Sections(words, known)
            listed = list_in(lines, sections, known.units, TEXT if tables else None, paper=paper)
        unread = [PassedSheet(TEXT)] if listed is None and tables and reads_as_list(lines) else []
        passed = [*passed, *unread] if listed is None or tables else []
    if not tables and partly:
        tables, passed = headed, [p for p in passed if p.sheet not in {t.sheet for t in headed}]
    empty = content == Content.WORKBOOK and not any(map(_holds, found))
    if not tables and empty:
        return Ledger((), tuple(PassedSheet(grid.sheet or "", empty=True) for grid in found))
    if not tables and listed is None:
        _refuse_unread(found, headed, content, name, words, needed)
    rows = chain((row for table in tables for row in table.rows()), listed or ())
    _send_all(rows, send, name)
    return Ledger((), tuple(passed), tuple(c for table in tables for c in table.told))


def _lines(data: bytes, name: str, content: Content, text: Grid, encoding: str | None) -> list[str]:
    """The text of a file, outside its tables, by lines."""
    if content == Content.WORD:
        return ["\t".join(map(str, row)) for row in text.rows]
    return decoded(data, name, encoding).splitlines()


def _tables(
    found: Sequence[Grid],
    content: Content,
    name: str,
    words: Vocabulary,
    needed: frozenset[str],
    known: Known,
    *,
    every: bool,
) -> tuple[list[Table], list[Table], list[PassedSheet]]:
    """The tables that can be read, those that lack a column, and the sheets passed over; hidden ones where `every`."""
    tables: list[Table] = []
    headed: list[Table] = []
    passed: list[PassedSheet] = []
    before: Table | None = None
    for grid in (half for whole in found for half in halves(formed(whole, words))):
        over = before if content == Content.WORD else None  # one text from top to bottom
        table = Table.of(grid, words, needed, known, name, over)
        table = before = table or (before.going_on(grid) if before else None)
        if table is not None and table.whole and (grid.shown or every):
            tables.append(table)
            continue
        if table is not None and not table.whole:
            headed.append(table)
        if grid.sheet is not None and any(any(map(full, row)) for row in grid.rows):
            passed.append(PassedSheet(grid.sheet, hidden=table is not None and table.whole))
    return tables, headed, passed


def _refuse_unread(
    found: Sequence[Grid],
    headed: Sequence[Table],
    content: Content,
    name: str,
    words: Vocabulary,
    needed: frozenset[str],
) -> NoReturn:
    """Say what a file lacks. Raises `FileRefused`."""
    if words is LEDGER_WORDS:
        refuse_lists(found, name)
    best = max(headed, key=lambda table: len(table.headers), default=None)
    missing = tuple(sorted(needed - best.fields if best else needed))
    if best is not None:
        first = next(iter(best.open_headers or best.headers))
        raise FileRefused(
            "no_column",
            file=name,
            missing=missing,
            headers=best.headers,
            example=f"{first}={words.name_of(missing[0])}",
        )
    prose = content == Content.TEXT and all(sum(map(full, row)) < 2 for row in found[-1].rows)
    code = "no_header_or_list" if prose else "no_header"
    raise FileRefused(code, file=name, missing=missing)


def _send_all(rows: Iterable[Incoming | Skipped], send: Send, name: str) -> None:
    """Send rows by the hundreds, so that they are taken in while the next are read."""
    count = 0
    rest = iter(rows)
    while part := list(islice(rest, ROWS_SENT)):
        count += sum(isinstance(row, Incoming) for row in part)
        if count > MOST_ROWS:
            raise FileRefused("too_many_rows", file=name, sheet="", limit=MOST_ROWS)
        send(part)


ROWS_SENT = 500
"""Rows of one part."""


def _holds(grid: Grid) -> bool:
    """Whether anything stands in a sheet."""
    return any(any(map(full, row)) for row in grid.rows)


def _grids(content: Content, data: bytes, name: str, encoding: str | None) -> list[Grid]:
    match content:
        case Content.WORKBOOK:
            return workbook_grids(data, name)
        case Content.WORD:
            return word_grids(data, name)
        case Content.HTML:
            return html_grids(data, name, encoding)
        case _:
            return text_grids(data, name, encoding)
