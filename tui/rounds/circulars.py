"""考核通报: drafted, published, signed, served; each step a key, the text below."""

from rich.cells import cell_len

from core.actions.loop.decisions import Approve, Refuse
from core.actions.papers import DraftCircular, EditCircular, WithdrawPaper
from core.calendar.spans import Length, Span
from core.day.month import appeals_waiting, undrafted
from core.model import Document, DocumentState, Request
from core.stats.recorded import span_of
from store.ledgers.going_out.standard import safe_name
from store.papers.issuing import FORMS, paper, written
from store.papers.paper import plain_text
from tui.frame import keys, round_keys
from tui.frame.lines import RowList, TitleBar
from tui.frame.page import ReadingScreen
from tui.messages import Committed
from tui.places.listing import Telling
from tui.places.writing import write_to
from tui.rounds.forms import reason_form
from tui.rounds.next_steps import next_of_circular
from tui.rounds.statistics_text import assignment_said
from tui.session.session import Session
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.words.i18n import _
from tui.words.papers import DOCUMENT_STATES
from tui.words.rounds.figures import span_name


class CircularsScreen(Telling):
    """Returns nothing; circulars are saved as everything is."""

    NAME = "Appraisal circulars"
    KEYS = round_keys.CIRCULARS
    BINDINGS = keys.bindings(round_keys.CIRCULARS)

    def __init__(self, session: Session, span: Span | None = None) -> None:
        super().__init__(session)
        self._span = span

    def begin(self) -> None:
        """Show the circulars, and begin with that of the period."""
        if not self.session.town.complete:
            self.session.read_all_closed()
        super().begin()
        for held in self._circulars:
            if self._span is not None and span_of(held) == self._span:
                self.rows.go_to(held.id)
                return
        if self._span is not None:
            text = _("{period} has no circular yet; n drafts it.")
            self.tell(text.format(period=span_name(self._span)))

    def fill(self) -> None:
        """The latest first."""
        town = self.session.town
        held = [d for d in town.documents.values() if d.active and d.variant is not None]
        self._circulars = sorted(held, key=lambda d: (span_of(d).last, d.id), reverse=True)
        rows = [
            (
                each.id,
                (
                    shown(each.label),
                    span_name(span_of(each)),
                    _(DOCUMENT_STATES[each.state]),
                    each.published_on.isoformat() if each.published_on else "",
                    each.objections_until.isoformat() if each.objections_until else "",
                    each.signed_on.isoformat() if each.signed_on else "",
                ),
            )
            for each in self._circulars
        ]
        heads = (
            _("Paper number"),
            _("Period"),
            _("State"),
            _("Published"),
            _("Objections until"),
            _("Signed"),
        )
        self.rows.show(heads, (0, 14, 8, 10, max(10, cell_len(heads[4])), 10), rows)
        self._say()

    @property
    def _circular(self) -> Document | None:
        return self.session.town.documents.get(self.rows.cursor or 0)

    def _text(self, held: Document) -> str:
        if not self.session.town.complete and not held.evidence:
            return _("Reading ...")
        return plain_text(paper(held, self.session.town, self.session.moment.today))

    def _say(self) -> None:
        held = self._circular
        waiting = appeals_waiting(self.session.town)
        said = []
        if waiting:
            said.append(
                (
                    "head",
                    _("Appeals that wait: {count}; a decides them.").format(count=len(waiting)),
                )
            )
        if held is not None:
            said.append(("text", shown(self._text(held), lines=True)))
        else:
            said.append(("text", _("There is no circular yet; n drafts that of the last month.")))
        self.message.show(said)

    def on_row_list_rested(self, event: RowList.Rested) -> None:
        """The text follows the cursor."""
        self.query_one(TitleBar).put_right(self.rows.place)
        self._say()

    def take_in(self, message: Committed) -> None:
        """Show what was saved; one's own comes under the cursor."""
        self.fill()
        changed = message.changes.of("documents")
        if changed and message.own:
            self.rows.go_to(changed[-1].id)
            self.tell_named(message.changes, "documents")

    def action_choose(self) -> None:
        """The whole text."""
        held = self._circular
        if held is not None:
            text = self._text(held)
            page = ReadingScreen(shown(held.label), [("text", shown(text, lines=True))], text)
            self.app.push_screen(page)

    def action_draft(self) -> None:
        """That of the period one came from, else of the latest month without one, else as one says."""
        today = self.session.moment.today
        left = undrafted(self.session.town, today)
        usual = self._span or (left[-1] if left else Span.around(today, Length.MONTH).before)
        if any(span_of(d) == usual and d.state != DocumentState.WITHDRAWN for d in self._circulars):
            usual = usual.after
        field = Field(
            key="period",
            label=_("Period"),
            required=True,
            value=usual.code,
            hint=_("2026-03, 2026-Q1, 2026-H1, 2026"),
        )
        self.ask(
            Form(_("Draft a circular"), (field,)),
            lambda answers: [DraftCircular(period=answers["period"])],
        )

    def action_step(self) -> None:
        """Publish, sign, serve: whatever comes next."""
        held = self._circular
        action = next_of_circular(held) if held is not None else None
        if action is not None:
            self.submit([action])
        else:
            self.tell(_("Nothing comes behind that."))

    def action_edit(self) -> None:
        """What went well, and what is asked for."""
        held = self._circular
        if held is None:
            return
        key, texts = held.id, held.texts
        form = Form(
            _("The clerk's words"),
            (
                Field(
                    key="good", label=_("What went well"), value=texts.get("good", ""), long=True
                ),
                Field(
                    key="next", label=_("What is asked for"), value=texts.get("next", ""), long=True
                ),
            ),
        )

        def make(answers: Answers) -> list[EditCircular]:
            said = {part: answers[part] for part in ("good", "next")}
            same = all(texts.get(part, "") == text for part, text in said.items())
            return [] if same else [EditCircular(document=key, texts=said)]

        self.ask(form, make, shown(held.label))

    def action_appeals(self) -> None:
        """Decide the oldest appeal that waits."""
        waiting = appeals_waiting(self.session.town)
        if not waiting:
            self.tell(_("No appeal waits."))
            return
        request = waiting[0]
        decisions = (
            Choice("yes", _("uphold"), ("y", "成立")),
            Choice("no", _("refuse"), ("n", "不成立")),
        )
        form = Form(
            _("Decide an appeal"),
            (
                Field(key="decision", label=_("Decision"), choices=decisions, required=True),
                Field(key="reason", label=_("Reason")),
            ),
            note=shown(self._about(request)),
        )

        def make(answers: Answers) -> list[Approve] | list[Refuse]:
            if answers["decision"] == "yes":
                return [Approve(request=request.id, note=answers["reason"])]
            return [Refuse(request=request.id, reason=answers["reason"])]

        self.ask(form, make)

    def _about(self, request: Request) -> str:
        """What an appeal is about, in a line."""
        town = self.session.town
        item = town.held(request.item) if request.item else None
        asked = request.asked
        what = ""
        if item is not None:
            what = assignment_said(town, f"{item.label}/{request.assignment}", request.asked_on)
        if asked.find is not None:
            what = _("find {number}").format(number=asked.find) + (f" {item.label}" if item else "")
        elif asked.points is not None:
            what = _("points {number}").format(number=asked.points)
        return f"{what}  {town.person(request.by)}  {request.reason}"

    def action_copy(self) -> None:
        """The message for a group to the clipboard."""
        held = self._circular
        if held is not None:
            self.app.copy_to_clipboard(self._written(held, "txt").decode())
            self.tell(_("Sent to your clipboard."))

    def _written(self, held: Document, form: str) -> bytes:
        session = self.session
        return written(held, session.town, session.moment.today, form, session.photos)

    def action_write(self) -> None:
        """Word, workbook or message."""
        held = self._circular
        if held is not None:
            path = f"~/{safe_name(held.number or held.period)}.docx"
            write_to(self, path, FORMS, lambda form: self._written(held, form))

    def action_withdraw(self) -> None:
        """It holds no more; the number stays taken."""
        held = self._circular
        if held is None:
            return
        key = held.id
        if held.state == DocumentState.DRAFTED:
            self.submit([WithdrawPaper(document=key)])
            return
        self.ask(
            reason_form(_("Withdraw the paper")),
            lambda a: [WithdrawPaper(document=key, reason=a["reason"])],
            shown(held.label),
        )
