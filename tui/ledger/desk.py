"""A ledger coming in, before it is saved: every row and what it comes to, doubts to be settled one by one."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from core.errors import RuleError
from core.ledger.desk import Desk, DeskLine
from core.ledger.moving_in import Mover
from core.ledger.outcome import Entry, Incoming, Skipped
from core.ledger.record import KEYS
from core.ledger.rows.borne import outdated
from core.words.dates import day_written
from store.errors import StoreError
from store.ledgers.headers import HEADERS
from tui.frame import keys
from tui.frame.key_bar import KeyBar
from tui.ledger.incoming_file import Source, known_in, source_of, with_pictures
from tui.ledger.on_desk import OnDesk
from tui.ledger.questions import (
    CHOICES,
    WHOLE,
    cells_of,
    mend_form,
    mended,
    said_of,
    state_text,
    unknown_names,
    whole_form,
)
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.words.i18n import _, ngettext
from tui.words.texts import name_of, say

_OF_CONFLICT = ("take('theirs')", "take('ours')", "choose_sure")
_ORDER = ("new", "update", "conflict", "doubtful", "rejected", "same", "left_out", "skipped")
_OPEN = frozenset({"conflict", "doubtful", "rejected"})
"""States of a row that asks for something."""


def _is_merged(result: Entry | Skipped) -> bool:
    return isinstance(result, Entry) and result.is_merged


class IncomingScreen(OnDesk):
    """Returns nothing; what was saved comes to the board as everything does."""

    NAME = "Ledger coming in"
    KEYS = keys.INCOMING
    BINDINGS = keys.bindings(keys.INCOMING)

    def __init__(self, session: Session, data: bytes, name: str, *, moves_in: bool = False) -> None:
        """`moves_in` takes states and days as they stand. Raises `FileRefused`."""
        super().__init__(session)
        self._moves_in = moves_in
        self._data = data
        self.source = self._read_file(data, name, {})
        ledger = self.source.ledger
        self._desk = Desk(list(ledger.rows), ledger.senders, ledger.layouts)
        self._lines: list[DeskLine] = []

    def _read_file(self, data: bytes, name: str, told: dict[str, str]) -> Source:
        return source_of(data, name, known_in(self.session.town, told), partly=True)

    @property
    def asking(self) -> list[int]:
        """Rows in conflict, in doubt or rejected."""
        return [at for at, line in enumerate(self._lines) if line.state in _OPEN]

    @property
    def heading(self) -> str:
        """The file, and how many rows come to what."""
        counts = Counter(line.state for line in self._lines)
        told = [f"{state_text(state)} {counts[state]}" for state in _ORDER if counts[state]]
        moving = (_("Moving in"),) if self._moves_in else ()
        return "  ".join((*moving, shown(self.source.name), *told))

    def look(self) -> None:
        """Read every row anew against the town as it is."""
        rows = [row for row in self.source.ledger.rows if isinstance(row, Incoming)]
        try:
            handed = self.session.as_of(outdated(rows, self.session.town))
        except StoreError:
            handed = {}
        town, moment = self.session.town, self.session.moment
        mover = self._mover if self._moves_in else None
        self._lines = self._desk.read(town, self.session.actor, moment.today, None, handed, mover)

    def _mover(self, units: Mapping[str, int]) -> Mover:
        session = self.session
        today, mark = session.moment.today, self.source.mark
        return Mover(session.town, session.actor, today, mark, mapped=units, headers=HEADERS)

    def fill(self) -> None:
        """Show every row, or those in doubt."""
        heads = (
            _("State"),
            _("Row"),
            *map(name_of, ("location", "description", "lead_unit", "due_on")),
        )
        rows = []
        for at, line in enumerate(self._lines):
            if self._only and line.state not in _OPEN:
                continue
            rows.append((at, (state_text(line.state), str(line.row.row), *cells_of(line))))
        self.rows.show(heads, (8, -4, 16, 0, 10, 10), rows)
        self.say_row()

    @property
    def _line(self) -> DeskLine | None:
        at = self.rows.cursor
        return self._lines[at] if at is not None and at < len(self._lines) else None

    def say_row(self) -> None:
        """What is in doubt, and the keys that fit."""
        line = self._line
        self.message.show(said_of(line) if line is not None else [])
        self._say_keys()

    def _say_keys(self) -> None:
        """The keys that fit the row: those of a conflict only where there is one."""
        line = self._line
        clash = line is not None and line.state == "conflict"
        asked = _OF_CONFLICT if clash else ("choose_sure",) if line and line.joinable else ()
        wanted = [k for k in self.KEYS if k.bar or k.action in asked]
        if asked:
            wanted.sort(key=lambda k: k.action not in asked)
        bar = self.query_one(KeyBar)
        bar.show(wanted)
        bar.refresh()

    # Settling

    def action_mend(self) -> None:
        """The cells of the row, as they were written."""
        if self.busy:
            return
        at, line = self.rows.cursor, self._line
        if at is None or line is None or not isinstance(line.row, Incoming):
            return
        town = self.session.town
        form = mend_form(line, town.units.values(), town.zones.values())

        def answered(answers: Answers) -> None:
            changed = mended(line, answers)
            if changed:
                self._desk.mend(at, changed)
                self.look_again()

        doubted = tuple(d.field for d in line.doubts if d.field)
        self.ask_for(form, answered, doubted)

    def action_unit(self) -> None:
        """A name nobody knows stands for a unit, here and from now on."""
        if self.busy:
            return
        line = self._line
        names = unknown_names(line) if line is not None else []
        if not names:
            self.tell(_("No unknown unit in this row."), warning=True)
            return
        near = next((d.near for d in line.doubts if d.value == names[0]), "") if line else ""
        field = replace(self.forms.unit_field(shown(names[0])), value=near)
        form = Form(_("Which unit is meant?"), (field,), note=_("Remembered for whoever sent it."))

        def answered(answers: Answers) -> None:
            self._desk.tell_unit(names[0], answers["lead"])
            self.look_again()

        self.ask_for(form, answered)

    def action_column(self) -> None:
        """A column nobody knows is a field, here and from now on."""
        if self.busy:
            return
        unread = list(dict.fromkeys(column.header for column in self.source.ledger.unread))
        if not unread:
            self.tell(_("Every column is known."), warning=True)
            return
        form = Form(
            _("Which field is the column?"),
            (
                Field(
                    key="header",
                    label=_("Column"),
                    choices=tuple(Choice(header, shown(header)) for header in unread),
                    required=True,
                    value=shown(unread[0]),
                ),
                Field(
                    key="field",
                    label=_("Field"),
                    choices=tuple(Choice(key, name_of(key), (HEADERS[key],)) for key in KEYS),
                    required=True,
                ),
            ),
            note=_("Remembered for whoever sent it; the file is read anew."),
        )

        def answered(answers: Answers) -> None:
            told = {**self._desk.headers, answers["header"]: answers["field"]}
            self.source = self._read_file(self._data, self.source.name, told)
            rows = list(self.source.ledger.rows)
            self._desk.tell_header(answers["header"], answers["field"], rows)
            self.look_again()

        self.ask_for(form, answered)

    def action_whole(self) -> None:
        """What holds for every row that leaves it empty."""
        if self.busy:
            return
        town = self.session.town
        form = whole_form(self._desk.values, town.units.values(), town.zones.values())

        def answered(answers: Answers) -> None:
            values = {key: str(answers[key] or "") for key in WHOLE}
            if values["found_on"]:
                try:
                    day = day_written(values["found_on"], self.session.moment.today, "found_on")
                except RuleError as error:
                    self.tell(say(error), warning=True)
                    return
                values["found_on"] = day.isoformat()
            self._desk.tell_values(values)
            self.look_again()

        self.ask_for(form, answered)

    def action_split(self) -> None:
        """A row of several problems as a row each."""
        if self.busy:
            return
        at = self.rows.cursor
        if at is None or self._desk.split(at) < 2:
            self.tell(_("The row holds one problem."), warning=True)
            return
        self.look_again()

    def action_choose_sure(self) -> None:
        """The row is the item it looks like."""
        self._choose("sure")

    def action_take(self, side: str) -> None:
        """What the file says holds, or what stands here."""
        self._choose(side)

    def _choose(self, what: str) -> None:
        if self.busy:
            return
        at, line = self.rows.cursor, self._line
        if at is None or line is None:
            return
        clash = isinstance(line.result, Entry) and line.result.action == "conflict"
        if not clash and not (what == "sure" and line.joinable):
            self.tell(_("The row is not in conflict with anything here."), warning=True)
            return
        self._desk.choose(at, CHOICES[what])
        self.look_again()

    def action_back(self) -> None:
        """Take the last thing said back."""
        if self.busy:
            return
        told = self._desk.headers
        if not self._desk.back():
            self.tell(_("Nothing to take back here."), warning=True)
            return
        if self._desk.headers != told:
            self.source = self._read_file(self._data, self.source.name, self._desk.headers)
        self.look_again()

    # Saving

    def action_save(self) -> None:
        """Everything in one step, after showing what is not among it."""
        if self.busy:
            return
        lines = [line for line in self._lines if not line.left_out]
        good = [line for line in lines if isinstance(line.result, Entry) and line.result.wishes]
        if not good and not self._desk.told:
            self.tell(_("Nothing new."), warning=True)
            return
        lost = sum(line.state == "rejected" for line in lines)
        clash = sum(
            isinstance(line.result, Entry) and line.result.action == "conflict" for line in lines
        )
        doubted = sum(line.pressing for line in good)
        notes = [
            ngettext("{count} row is saved.", "{count} rows are saved.", len(good)).format(
                count=len(good)
            )
        ]
        if doubted:
            notes.append(
                _("In doubt among them, what could not be read left empty: {count}.").format(
                    count=doubted
                )
            )
        if lost:
            notes.append(_("Not saved, since they are no records: {count}.").format(count=lost))
        if clash:
            notes.append(
                _("Not saved, since they differ from what is here: {count}.").format(count=clash)
            )
        if len(notes) == 1:
            self._send(good)
            return
        form = Form(
            _("Save the ledger"), (), note="\n".join(notes), hint=_("Enter save, Esc go back")
        )
        self.ask_for(form, lambda answers: self._send(good))

    def _send(self, good: Sequence[DeskLine]) -> None:
        wishes = list(self._desk.told)
        said: list[str] = []
        try:
            for line in sorted(good, key=lambda each: _is_merged(each.result)):
                assert isinstance(line.result, Entry)
                assert isinstance(line.row, Incoming)
                item = self.session.town.items.get(line.result.item or 0)
                wishes += with_pictures(
                    self.session.photos,
                    self.source,
                    line.row,
                    line.result.wishes,
                    item.files if item else (),
                    said.append,
                )
        except (RuleError, StoreError) as error:
            self.tell(say(error), warning=True)
            return
        op = "move_in" if self._moves_in else "import"
        self._ticket = self.session.submit(wishes, op=op, source=self.source.mark)
        self.tell(said[0] if said else _("Saving .."), warning=bool(said))
