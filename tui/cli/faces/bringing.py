"""A list of a register read, shown and saved: what every importer does."""

import sys
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from core.actions.action import Action
from core.actions.registers import Add
from core.actions.wish import Wish
from core.errors import Incomplete, RuleError
from core.ledger.outcome import Incoming
from core.lists.coming import ListedRow, ListKind
from core.words.directory import Directory
from core.words.text import key_of
from store.history.prepared import Prepared
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.coming_in.reading import Ledger
from store.ledgers.formats import LARGEST_FILE
from store.ledgers.headers import first_header, vocabulary
from store.ledgers.wording import Vocabulary, folded
from tui.cli.faces.changes_shown import show
from tui.cli.faces.sheeted import Sheeted
from tui.cli.faces.telling import tell_doubts
from tui.cli.frame.office import Office, talk
from tui.clock import check_clock
from tui.exits import at_terminal, confirm
from tui.ledger.incoming_file import known_in, read_list
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext
from tui.words.ledger.columns import column_words
from tui.words.ledger.passed import passed_text
from tui.words.texts import quote, say


def given(file: str) -> tuple[bytes, str]:
    """What a file holds, or stdin, and what it is called. Raises `FileRefused`."""
    if file == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1), "-"
    return read_bytes(expanded(file)), PurePath(file).name


def bring_in(
    office: Office, file: str, listed: ListKind, how: Sheeted, *, dry_run: bool, yes: bool = False
) -> None:
    """A list in one transaction: what does not fit is all told, and refuses it whole.

    Raises `RuleError`, `FileRefused`.
    """
    words = vocabulary(listed.headers, listed.table)
    known = known_in(office.town, headers_told(listed.headers, words, how.told))
    data, name = given(file)
    table = read_list(data, name, listed, known, sheet=how.sheet, encoding=how.encoding)
    came = listed.come(office, [row for row in table.rows if isinstance(row, Incoming)])
    _tell(name, listed, table, came)
    actions = listed.asked_for(came)
    actions = [*_unknown_units(office, _named(name, came), yes=yes or dry_run), *actions]
    if not actions:
        talk(_("Nothing new.") if came else _("There is no row in it."))
        return
    wishes = [Wish(action) for action in actions]
    prepared = _previewed(office, name, listed, came, wishes)
    show(office, prepared.changes, every=dry_run)
    if not dry_run:
        check_clock(office.repository, office.now)
        office.repository.commit(
            wishes,
            office.actor,
            office.now,
            wait=office.wait,
            prepared=prepared,
            op="import",
            source=name,
        )
        if office.repository.snapshot_due():
            office.repository.write_snapshot()
    same = sum(each.state == "same" for each in came)
    _counted(len(actions), same, dry_run=dry_run)


def _previewed(
    office: Office, name: str, listed: ListKind, came: Sequence[ListedRow], wishes: Sequence[Wish]
) -> Prepared:
    """What saving would do. Where a row does not go with those before it, that row is told.

    Raises `RuleError("rows_wrong")`.
    """

    def decided(wishes: Sequence[Wish]) -> Prepared:
        return office.repository.preview(wishes, office.actor, office.now, op="import", source=name)

    def fails(count: int) -> bool:
        try:
            decided([*before, *map(Wish, listed.asked_for(came[:count]))])
        except RuleError:
            return True
        return False

    try:
        return decided(wishes)
    except RuleError as error:
        before = wishes[: len(wishes) - len(listed.asked_for(came))]
        at = bisect_left(range(len(came) + 1), True, key=fails)
        if not 0 < at <= len(came):
            raise
        talk(f"{_place(name, came[at - 1])}: {say(error)}")
        raise RuleError("rows_wrong", count=1) from error


def _tell(name: str, listed: ListKind, table: Ledger, came: Sequence[ListedRow]) -> None:
    """What is doubted, left out, refused and passed over. Raises `RuleError("rows_wrong")`."""
    tell_doubts(name, listed.headers, came)
    wrong = 0
    for each in came:
        if each.refused is not None:
            wrong += 1
            talk(f"{_place(name, each)}: {say(each.refused)}")
    for column in table.columns:
        talk(f"{quote(name)}: {column_words(column, kept='note' in listed.headers)}")
    for passed in table.passed_over:
        talk(passed_text(name, passed))
    if wrong:
        raise RuleError("rows_wrong", count=wrong)


def _place(name: str, came: ListedRow) -> str:
    return _("{where}, row {row}").format(where=quote(name), row=came.row.row)


def _named(name: str, came: Sequence[ListedRow]) -> dict[str, str]:
    """Units that rows name, with the first place."""
    found: dict[str, str] = {}
    for each in came:
        for unit in each.leads:
            found.setdefault(unit, _place(name, each))
    return found


def headers_told(
    headers: Mapping[str, str], words: Vocabulary, said: Sequence[str]
) -> dict[str, str]:
    """Fields by header, as `--map` says. Raises `RuleError`."""
    found: dict[str, str] = {}
    for each in said:
        text, equals, target = each.rpartition("=")
        field = words.headers.get(key_of(target))
        if not equals or not key_of(text):
            raise Incomplete("bad_map", value=each)
        if not field:
            expected = tuple(first_header(names) for names in headers.values())
            raise RuleError("unknown_column", value=target, expected=expected)
        found[folded(text)] = field
    return found


def _counted(count: int, same: int, *, dry_run: bool) -> None:
    """How many changes there were, and rows that said nothing new."""
    if same:
        told = ngettext("{count} row is the same.", "{count} rows are the same.", same)
        talk(told.format(count=same))
    said = (
        ngettext("{count} change would be made.", "{count} changes would be made.", count)
        if dry_run
        else ngettext("{count} change.", "{count} changes.", count)
    )
    talk(said.format(count=count))


def _unknown_units(office: Office, named: Mapping[str, str], *, yes: bool) -> list[Action]:
    """Units that rows name and nobody knows, to be added where that is wanted. Raises `RuleError`."""
    known = Directory(office.town.units.values())
    names = [name for name in named if name and known.find(name) is None]
    for name in names:
        talk(f"{named[name]}: {say(RuleError('no_unit', value=name))}")
    if not names:
        return []
    asked = at_terminal()
    if not yes and not (asked and confirm(_("Add these units?"), default=True)):
        raise RuleError("unknown_units", count=len(names))
    return [Add(table="units", fields={"name": name}) for name in names]
