"""A list coming in, on the board: shops, figures, activities and every register's sheet; looked at, mended, saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from core.actions.action import Action, ItemAction, verb_of
from core.actions.registers import Add, Edit
from core.actions.wish import Wish
from core.ledger.desk import Desk
from core.ledger.outcome import Incoming
from core.lists.coming import ListedRow, ListKind
from core.lists.list_reading import Reading
from core.words.cells import plain
from core.words.directory import Directory
from store.ledgers.headers import first_header
from tui.frame import keys
from tui.frame.lines import TitleBar
from tui.ledger.incoming_file import known_in, read_list
from tui.ledger.on_desk import OnDesk
from tui.ledger.questions import doubt_of, state_text
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.words.i18n import _, ngettext
from tui.words.ledger.doubting import doubt_text
from tui.words.texts import name_of, say, verb_name, word_called

if TYPE_CHECKING:
    pass

_ORDER = ("new", "update", "rejected", "same", "left_out")
_SHOWN = 4
"""Columns of a row beside its state and number."""


class ListScreen(OnDesk):
    """Returns nothing; what was saved comes to the places as everything does."""

    NAME = "List coming in"
    KEYS = keys.LIST_COMING
    BINDINGS = keys.bindings(keys.LIST_COMING)

    def __init__(self, session: Session, data: bytes, name: str, listed: ListKind) -> None:
        """Raises `FileRefused`."""
        super().__init__(session)
        self._data, self._file, self._listed = data, name, listed
        self._desk = Desk([*self._read_file({})], [""])
        self._came: dict[int, ListedRow] = {}

    def _read_file(self, told: Mapping[str, str]) -> list[Incoming]:
        """Its rows; `told` are fields by header, said here."""
        known = known_in(self.session.town, told)
        self._table = read_list(self._data, self._file, self._listed, known, partly=True)
        return [row for row in self._table.rows if isinstance(row, Incoming)]

    def look(self) -> None:
        """Read every row anew against the town as it is."""
        session = self.session
        reading = Reading(session.town, session.moment.today, word_called)
        at = {id(row): n for n, row in enumerate(self._desk.rows)}
        kept = [row for n, row in enumerate(self._desk.rows) if n not in self._desk.omitted]
        came = self._listed.come(reading, [row for row in kept if isinstance(row, Incoming)])
        self._came = {at[id(each.row)]: each for each in came}

    def _state(self, at: int) -> str:
        return self._came[at].state if at in self._came else "left_out"

    @property
    def asking(self) -> list[int]:
        """Rows that do not fit or are doubted."""
        return [
            at for at, each in sorted(self._came.items()) if each.refused is not None or each.doubts
        ]

    @property
    def heading(self) -> str:
        """The file, and how many rows come to what."""
        counts = Counter(self._state(at) for at in range(len(self._desk.rows)))
        told = [f"{state_text(state)} {counts[state]}" for state in _ORDER if counts[state]]
        return "  ".join((shown(self._file), *told))

    @property
    def _columns(self) -> list[str]:
        """Fields the file has, as it has them, the needed ones first."""
        rows = [row for row in self._desk.rows if isinstance(row, Incoming)]
        held = dict.fromkeys(key for row in rows for key in row.cells)
        every = [key for key in held if key in self._listed.headers]
        return sorted(every, key=lambda key: key not in self._listed.needed)

    def _length(self, key: str) -> int:
        """Characters of the longest text of a column."""
        rows = (row for row in self._desk.rows if isinstance(row, Incoming))
        return max((len(plain(row.cells.get(key))) for row in rows), default=0)

    def _header(self, key: str) -> str:
        return shown(first_header(self._listed.headers[key]))

    def fill(self) -> None:
        """Show every row, or those that ask for something."""
        columns = self._columns[:_SHOWN]
        asking = set(self.asking)
        rows = []
        for at, row in enumerate(self._desk.rows):
            if isinstance(row, Incoming) and (not self._only or at in asking):
                cells = (shown(plain(row.cells.get(key))) for key in columns)
                mark = "?" if at in asking and self._state(at) != "rejected" else ""
                rows.append((at, (mark + state_text(self._state(at)), str(row.row), *cells)))
        heads = (_("State"), _("Row"), *(self._header(key) for key in columns))
        longest = max(range(len(columns)), key=lambda n: self._length(columns[n]), default=0)
        widths = (8, -4, *(0 if n == longest else 14 for n in range(len(columns))))
        self.query_one(TitleBar).say(self.heading)
        self.rows.show(heads, widths, rows)
        self.say_row()

    def say_row(self) -> None:
        """What is to be said of the row under the cursor."""
        at = self.rows.cursor
        if at is None:
            self.message.show([("text", _("There is no row in it."))])
            return
        row, came = self._desk.rows[at], self._came.get(at)
        told = []
        if came is not None:
            told += [say(came.refused)] if came.refused is not None else []
            told += [doubt_of(each, self._listed.headers) for each in came.doubts]
            told += [line for action in came.actions for line in self._changed(action)]
        paragraphs = [("text", shown(line)) for line in told]
        if isinstance(row, Incoming):
            cells = ((key, plain(row.cells.get(key))) for key in self._columns)
            rest = "  ".join(f"{self._header(key)} {shown(text)}" for key, text in cells if text)
            paragraphs.append(("text", rest))
        self.message.show(paragraphs)

    def _changed(self, action: Action) -> list[str]:
        """What an edit puts in place of what; the step that is taken with a problem."""
        if isinstance(action, ItemAction):
            until = getattr(action, "work_until", None)
            words = (
                verb_name(verb_of(action)),
                name_of("work_until") if until else "",
                until or "",
            )
            return [" ".join(str(word) for word in words if word)]
        if not isinstance(action, Edit):
            return []
        held = self.session.town.tables[action.table].get(action.record)
        return [
            f"{self._header(key)}: {_plain(getattr(held, key, None))} / {_plain(value)}"
            for key, value in action.fields.items()
            if key in self._listed.headers
        ]

    # Settling

    def action_mend(self) -> None:
        """The cells of the row, as they were written."""
        at = self.rows.cursor
        row = self._desk.rows[at] if at is not None else None
        if self.busy or at is None or not isinstance(row, Incoming):
            return
        came = self._came.get(at)
        doubts = came.doubts if came is not None else ()
        said = {doubt.field: doubt_text(replace(doubt, field="")) for doubt in doubts}
        columns = [
            *self._listed.needed,
            *(k for k in self._columns if k not in self._listed.needed),
        ]
        fields = tuple(
            Field(
                key=key,
                label=self._header(key),
                value=plain(row.cells.get(key)),
                hint=said.get(key, ""),
            )
            for key in columns
        )
        note = say(came.refused) if came is not None and came.refused is not None else ""

        def answered(answers: Answers) -> None:
            before = {key: plain(row.cells.get(key)) for key in columns}
            changed = {key: answers[key] for key in columns if answers[key] != before[key]}
            if changed:
                self._desk.mend(at, changed)
                self.look_again()

        self.ask_for(Form(_("Mend the row"), fields, note=note), answered)

    def action_column(self) -> None:
        """A column nobody knows is a field."""
        if self.busy:
            return
        unread = list(dict.fromkeys(column.header for column in self._table.unread))
        if not unread:
            self.tell(_("Every column is known."), warning=True)
            return
        columns = tuple(Choice(header, shown(header)) for header in unread)
        targets = tuple(Choice(key, self._header(key)) for key in self._listed.headers)
        form = Form(
            _("Which field is the column?"),
            (
                Field(
                    key="header",
                    label=_("Column"),
                    choices=columns,
                    required=True,
                    value=columns[0].name,
                ),
                Field(key="field", label=_("Field"), choices=targets, required=True),
            ),
            note=_("The file is read anew."),
        )

        def answered(answers: Answers) -> None:
            header, field = answers["header"], answers["field"]
            rows = self._read_file({**self._desk.headers, header: field})
            self._desk.tell_header(header, field, [*rows])
            self.look_again()

        self.ask_for(form, answered)

    def action_back(self) -> None:
        """Take the last thing said back."""
        if self.busy:
            return
        told = self._desk.headers
        if not self._desk.back():
            self.tell(_("Nothing to take back here."), warning=True)
            return
        if self._desk.headers != told:
            self._read_file(self._desk.headers)
        self.look_again()

    # Saving

    def action_save(self) -> None:
        """Everything that fits in one step, after saying what does not."""
        if self.busy:
            return
        came = [each for _at, each in sorted(self._came.items())]
        actions = self._listed.asked_for(came)
        units = Directory(self.session.town.units.values())
        named = dict.fromkeys(name for each in came for name in each.leads)
        added = [name for name in named if units.find(name) is None]
        if not actions:
            self.tell(_("Nothing new."), warning=True)
            return
        wishes = [Wish(Add(table="units", fields={"name": name})) for name in added]
        wishes += [Wish(action) for action in actions]
        lost = sum(each.refused is not None for each in came)
        notes = []
        if added:
            told = _("Units nobody knows yet, added with it: {names}.")
            notes.append(told.format(names=shown("、".join(added))))
        if lost:
            told = ngettext(
                "{count} row does not fit and is not saved.",
                "{count} rows do not fit and are not saved.",
                lost,
            )
            notes.append(told.format(count=lost))
        if not notes:
            self._send(wishes)
            return
        form = Form(
            _("Save the list"), (), note="\n".join(notes), hint=_("Enter save, Esc go back")
        )
        self.ask_for(form, lambda answers: self._send(wishes))

    def _send(self, wishes: list[Wish]) -> None:
        self._ticket = self.session.submit(wishes, op="import", source=self._file)
        self.tell(_("Saving .."))


def _plain(value: object) -> str:
    """A value of a record beside a cell."""
    return shown(plain(value)) or _("nothing")
