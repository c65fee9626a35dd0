"""文书 on the board: who is due for one, drafts, and every paper with its text; each step a key."""

from collections.abc import Sequence

from core.actions.action import Action
from core.actions.papers import DraftPaper, ReceivePaper, ServePaper, SignPaper, WithdrawPaper
from core.asks import NOTICE_DEADLINE
from core.errors import RuleError
from core.model import NOTICES, Document, DocumentKind, DocumentState, Item, Trigger
from core.papers.due import Candidate, by_addressee, candidates, trigger_of
from core.words.dates import iso
from store.errors import FileRefused
from store.ledgers.going_out.standard import safe_name
from store.ledgers.going_out.writing import save
from store.papers.issuing import FORMS, late, paper, written
from store.papers.paper import plain_text
from tui.frame import keys
from tui.frame.lines import RowList, TitleBar
from tui.messages import Committed
from tui.places.listing import Telling
from tui.places.writing import tell_written
from tui.rounds.next_steps import next_of_circular
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.whereabouts import expanded, fetching
from tui.words.i18n import _
from tui.words.papers import DOCUMENT_KINDS, DOCUMENT_STATES
from tui.words.texts import name_of, say

_KINDS = [(kind, name) for kind, name in DOCUMENT_KINDS.items() if kind in NOTICES]
_PICKED = -1
"""Row of the cards that were marked on the board; candidates follow with lower numbers."""


class PapersScreen(Telling):
    """Returns nothing; papers are saved as everything is."""

    NAME = "Papers"
    KEYS = keys.PAPERS
    BINDINGS = keys.bindings(keys.PAPERS)

    def __init__(self, session: Session, items: Sequence[Item], unit: int | None) -> None:
        """`items` were marked on the board; else begin with the `unit` of its card."""
        super().__init__(session)
        self._items = tuple(items)
        self._unit = unit
        self._due: list[Candidate] = []
        self._tickets: dict[int, str] = {}

    def begin(self) -> None:
        """Show the papers, and begin where something is due for the card one came from."""
        super().begin()
        for at, one in enumerate(self._due):
            if one.unit == self._unit and not self._items:
                self.rows.go_to(_PICKED - 1 - at)
                break

    def fill(self) -> None:
        """Marked cards, who is due, drafts, then papers, the latest first."""
        town, today = self.session.town, self.session.moment.today
        self._due = [] if self.own_only else candidates(town, today)
        rows: list[tuple[int, tuple[str, ...]]] = []
        if self._items:
            rows.append((_PICKED, (_("marked"), "", "", str(len(self._items)), "", "")))
        for at, one in enumerate(self._due):
            unit = shown(town.units[one.unit].name)
            kind = _(DOCUMENT_KINDS[one.kind])
            rows.append((_PICKED - 1 - at, (_("due"), kind, unit, str(len(one.items)), "", "")))
        held = [d for d in town.documents.values() if d.active]
        for document in sorted(held, key=lambda d: (d.state != DocumentState.DRAFTED, -d.id)):
            known = town.units.get(document.unit or 0)
            state = (
                _("receipt late") if late(document, today) else _(DOCUMENT_STATES[document.state])
            )
            until = iso(document.work_until) if document.work_until else ""
            told = (
                shown(document.label),
                _(DOCUMENT_KINDS[document.kind]),
                shown(known.name if known else ""),
            )
            rows.append((document.id, (*told, str(len(document.items)), until, state)))
        heads = (
            _("Paper"),
            name_of("kind"),
            name_of("unit"),
            name_of("count"),
            name_of("work_until"),
            _("State"),
        )
        self.rows.show(heads, (22, 12, 0, -4, 10, 8), rows)
        self._say()

    @property
    def _document(self) -> Document | None:
        return self.session.town.documents.get(self.rows.cursor or 0)

    @property
    def _candidate(self) -> Candidate | None:
        at = _PICKED - 1 - (self.rows.cursor or 0)
        return self._due[at] if 0 <= at < len(self._due) else None

    def _say(self) -> None:
        document, one = self._document, self._candidate
        if document is not None:
            text = plain_text(paper(document, self.session.town, self.session.moment.today))
        else:
            items = one.items if one else self._items if self.rows.cursor == _PICKED else ()
            text = "\n".join(f"{i.label} {i.location} {i.description}" for i in items)
            if not items and not self.rows.cursor:
                text = _("Nothing is due, and there are no papers yet.")
        self.message.show([("text", shown(text, lines=True))])

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """The text follows the cursor."""
        self.query_one(TitleBar).put_right(self.rows.place)
        self._say()

    def take_in(self, message: Committed) -> None:
        """Show what was saved; one's own paper comes under the cursor."""
        self.fill()
        changed = message.changes.of("documents")
        if changed and message.own:
            self.rows.go_to(changed[-1].id)
        if changed:
            self.tell_named(message.changes, "documents")

    # Steps

    def action_go_on(self) -> None:
        """What comes next: a draft, its signing, its file."""
        document = self._document
        if document is None:
            self.action_draft()
        elif document.state in (DocumentState.DRAFTED, DocumentState.PUBLISHED):
            self.action_sign()
        else:
            self.action_write()

    def action_draft(self) -> None:
        """A paper for what is due, or for the marked cards: one for each unit."""
        one = self._candidate
        items = one.items if one else self._items
        if not items:
            self.tell(_("Go to what is due, or mark cards on the board first."), warning=True)
            return
        kinds = tuple(Choice(k, _(name), (k.value,)) for k, name in _KINDS)
        kind = one.kind if one else DocumentKind.SUPERVISION
        triggers = tuple(Choice(t, t.value) for t in Trigger)
        form = Form(
            _("Draft a paper"),
            (
                Field(
                    key="kind",
                    label=name_of("kind"),
                    choices=kinds,
                    required=True,
                    value=_(DOCUMENT_KINDS[kind]),
                ),
                self.forms.due_field(
                    _("Work until"),
                    NOTICE_DEADLINE if kind != DocumentKind.ASSIGNMENT else "",
                    required=False,
                ),
                Field(key="reason", label=_("Reason"), choices=triggers, value=self._why(items)),
                Field(key="reference", label=_("Approval")),
                Field(key="text", label=_("Text")),
            ),
        )
        self.ask(form, lambda answers: self._drafts(items, answers), shown(self._about(items)))

    def _why(self, items: Sequence[Item]) -> str:
        """Why a notice is due for all of these; empty where nothing speaks for it."""
        today = self.session.moment.today
        found = {trigger_of(item, today) for item in items}
        return next(iter(found)) or "" if len(found) == 1 else ""

    def _about(self, items: Sequence[Item]) -> str:
        return "、".join(item.label for item in items[:4]) + (" .." if len(items) > 4 else "")

    def _drafts(self, items: Sequence[Item], answers: Answers) -> list[Action]:
        """One paper, or one for each unit where it goes to units."""
        kind = DocumentKind(answers["kind"])
        until = self.forms.due(answers["due"]) if answers["due"] else None
        return [
            DraftPaper(
                kind=kind,
                unit=unit,
                items=tuple(item.id for item in held),
                work_until=until,
                reason=(answers["reason"] or "") if kind == DocumentKind.SUPERVISION else "",
                reference=answers["reference"],
                text=answers["text"],
            )
            for unit, held in by_addressee(items, kind).items()
        ]

    def action_sign(self) -> None:
        """Take the number; a circular asks for its approval."""
        document = self._document
        if document is None:
            return
        if document.variant is not None:
            action = next_of_circular(document)
            self.submit([action] if action is not None else [])
            return
        if document.kind == DocumentKind.CIRCULAR and not document.reference:
            form = Form(
                _("Named in a circular"),
                (Field(key="reference", label=_("Approval"), required=True),),
            )
            key = document.id
            self.ask(form, lambda a: [SignPaper(document=key, reference=a["reference"])])
            return
        self.submit([SignPaper(document=document.id)])

    def action_serve(self) -> None:
        """It has reached its unit."""
        if self._document is not None:
            self.submit([ServePaper(document=self._document.id)])

    def action_receive(self) -> None:
        """The slip came back."""
        if self._document is not None:
            self.submit([ReceivePaper(document=self._document.id)])

    def action_withdraw(self) -> None:
        """It holds no more; the number stays taken."""
        document = self._document
        if document is None:
            return
        key, signed = document.id, bool(document.number)
        form = Form(
            _("Withdraw the paper"),
            (Field(key="reason", label=_("Reason"), required=signed),),
        )
        self.ask(
            form, lambda a: [WithdrawPaper(document=key, reason=a["reason"])], shown(document.label)
        )

    # Out of here

    def action_copy(self) -> None:
        """The text to the clipboard of the person's own computer."""
        document = self._document
        if document is not None:
            self.app.copy_to_clipboard(
                plain_text(paper(document, self.session.town, self.session.moment.today))
            )
            self.tell(_("Sent to your clipboard. Nothing there? E lets you select the text."))

    def action_write(self) -> None:
        """To a file on this server; its ending says what as."""
        document = self._document
        if document is None:
            return
        path = f"~/{safe_name(document.label)}.docx"
        self._ask_path(document, path)

    def _ask_path(self, document: Document, path: str, problem: str = "") -> None:
        from tui.verbs.screen import FormScreen

        field = Field(
            key="path", label=name_of("path"), required=True, value=path, hint="docx, txt, xlsx"
        )

        def answered(answers: Answers | None) -> None:
            if answers is not None:
                self._write(document, answers["path"])

        self.app.push_screen(
            FormScreen(Form(_("Write it to a file"), (field,)), "", problem), answered
        )

    def _write(self, document: Document, path: str) -> None:
        form = path.rpartition(".")[2].lower()
        try:
            if form not in FORMS:
                raise FileRefused("unknown_format", file=path, expected=FORMS)
            about = (document, self.session.town, self.session.moment.today, form)
            save(written(*about, self.session.photos), expanded(path), force=False)
        except (FileRefused, RuleError) as error:
            self._ask_path(document, path, say(error))
            return
        if fetching(path):
            tell_written(self, path)
            return
        self.action_copy()
        self.tell(_("Written to {path}; the text is on your clipboard.").format(path=shown(path)))
