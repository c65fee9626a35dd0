"""工作总结: its paragraphs, each edited, traced or left out; drafted anew, signed, written to files."""

from collections.abc import Sequence

from core.actions.papers import DraftSummary, EditSummary, SignSummary
from core.model import Document, DocumentState, Paragraph
from core.year.body import OpenMark, gaps_of, moved, typed_in
from core.year.clauses import filled, names_in
from core.year.drafting import draw
from core.year.evidence import summary_in
from core.year.stretch_numbers import Numbers
from core.year.usual_sentences import PARTS, PROBLEMS
from store.papers.issuing import paper as paper_said
from store.papers.issuing import written
from store.papers.paper import plain_text
from tui.frame import keys, year_keys
from tui.frame.page import ReadingScreen
from tui.messages import Committed
from tui.places.writing import write_to
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Choice, Field, Form
from tui.words.i18n import _
from tui.words.papers import DOCUMENT_STATES
from tui.words.texts import listed
from tui.year.tracing import Traced

FORMS = ("docx", "md", "txt", "xlsx")


class SummaryScreen(Traced):
    """Returns a query for the board where a number led to one."""

    NAME = "Work summary"
    KEYS = year_keys.SUMMARY
    BINDINGS = keys.bindings(year_keys.SUMMARY)

    _marks: Sequence[OpenMark] = ()
    _lacking: Sequence[str] = ()

    @property
    def _paper(self) -> Document | None:
        return summary_in(self.town.all(Document), self.period.code)

    def _drafted(self) -> Document | None:
        """The summary of the stretch; where there is none it is said how one begins."""
        if self._paper is None:
            self.tell(_("There is no summary of this stretch yet: n drafts it."), warning=True)
        return self._paper

    @property
    def heading(self) -> str:
        """The stretch, how far it is, what it lacks."""
        paper = self._paper
        if paper is None:
            return super().heading
        told = [super().heading, paper.number, _(DOCUMENT_STATES[paper.state])]
        if paper.state == DocumentState.DRAFTED:
            open_marks = sum(not mark.accepted for mark in self._marks)
            for word, count in ((_("no number"), len(self._lacking)), (_("gaps"), open_marks)):
                told += [f"{word} {count}"] if count else []
        return "  ".join(filter(None, told))

    def fill(self) -> None:
        """A row a paragraph, by part."""
        paper = self._paper
        self._numbers = Numbers(self.question)
        self._marks = gaps_of(paper, self._numbers) if paper else []
        self._lacking = ()
        if not self.town.complete:
            self.show_rows((_("Reading ..."),), (0,), [])
            return
        rows = []
        self._body = list(paper.body) if paper else []
        if paper is not None and paper.state == DocumentState.DRAFTED:
            self._lacking = draw(self.question, self._numbers).lacking
        for at, each in enumerate(self._body, 1):
            text = filled(each.text, self._numbers)
            rows.append((at, (each.part, _state(each), shown(text))))
        self.show_rows((_("Part"), "", _("Text")), (10, 6, 0), rows)

    @property
    def _paragraph(self) -> Paragraph | None:
        at = self.rows.cursor
        return self._body[at - 1] if at and at <= len(self._body) else None

    def said(self) -> list[str]:
        """The whole paragraph, its numbers with their lines, and what it lacks."""
        if not self.town.complete:
            return [_("Reading ...")]
        paper, each = self._paper, self._paragraph
        if paper is None:
            return [_("It is not drafted yet; n drafts it.")]
        lines = []
        if each is not None:
            lines.append(filled(each.text, self._numbers))
            for name in names_in(each.text):
                counted = self._numbers(name)
                refs = [f"{line.ref} {line.value}" for line in counted.lines[:6]]
                more = " …" if len(counted.lines) > len(refs) else ""
                lines.append(f" {name} {counted.text}: {listed(refs)}{more}")
        if self._lacking:
            told = [self._numbers.meant(code) for code in self._lacking]
            names = [m.measure.name(m.of) for m in told if m]
            lines.append(f"{_('no number')}: {listed(names)}")
        typed = [f"{t.key} {t.text}" for t in typed_in(paper, self._numbers)]
        if typed:
            lines.append(f"{_('typed numbers')}: {listed(typed)}")
        return lines

    def take_in(self, message: Committed) -> None:
        """Show what was saved."""
        self.fill()
        if message.own and message.changes.of("documents"):
            self.tell_named(message.changes, "documents")

    def measure_here(self) -> str:
        """The only number of a paragraph."""
        each = self._paragraph
        names = names_in(each.text) if each else []
        return names[0] if len(names) == 1 else ""

    def action_trace(self) -> None:
        """A number of the paragraph; which one is asked where there are several."""
        each = self._paragraph
        names = [n for n in names_in(each.text) if self._numbers.meant(n)] if each else []
        if len(names) < 2:
            super().action_trace()
            return
        from tui.verbs.screen import FormScreen
        from tui.year.tracing import TraceScreen

        choices = tuple(Choice(n, f"{n} {self._numbers(n).text}", (n,)) for n in names)
        field = Field(
            key="name",
            label=_("Which number"),
            choices=choices,
            required=True,
            value=choices[0].name,
        )

        def leaving(query: str | None) -> None:
            if query is not None:
                self.dismiss(query)

        def answered(answers: Answers | None) -> None:
            if answers is not None:
                screen = TraceScreen(self.session, answers["name"], self.period)
                self.app.push_screen(screen, leaving)

        self.app.push_screen(
            FormScreen(Form(_("Where the number comes from"), (field,)), ""), answered
        )

    def action_draft(self) -> None:
        """Draft it, or draft it anew."""
        self.submit([DraftSummary(period=self.period.code)])

    def action_choose(self) -> None:
        """Its words, with numbers as {measure}; nothing gives the program's back."""
        paper, each = self._paper, self._paragraph
        if paper is None:
            self.action_draft()
            return
        if each is None or paper.state != DocumentState.DRAFTED:
            return
        hint = _("numbers stand as {measure}; empty for the program's words")
        field = Field(key="text", label=each.part, value=each.text, hint=hint, long=True)
        self.ask(
            Form(_("Edit the words"), (field,)),
            lambda a: (
                [EditSummary(document=paper.id, texts={each.key: a["text"]})]
                if a["text"] != each.text
                else []
            ),
        )

    def action_add(self) -> None:
        """A paragraph of one's own."""
        paper, each = self._drafted(), self._paragraph
        if paper is None:
            return
        used = {p.key for p in paper.body}
        key = next(f"自拟{n}" for n in range(1, 1000) if f"自拟{n}" not in used)
        parts = tuple(Choice(p.key, p.key) for p in PARTS)
        here = each.part if each else PROBLEMS
        fields = (
            Field(key="text", label=_("Text"), required=True, long=True),
            Field(key="part", label=_("Part"), choices=parts, required=True, value=here),
        )
        self.ask(
            Form(_("A paragraph of one's own"), fields),
            lambda a: [
                EditSummary(document=paper.id, texts={key: a["text"]}, parts={key: a["part"]})
            ],
        )

    def action_off(self) -> None:
        """Leave it out, or take it back."""
        paper, each = self._drafted(), self._paragraph
        if paper is not None and each is not None:
            self.submit([EditSummary(document=paper.id, off={each.key: not each.off})])

    def action_next_gap(self) -> None:
        """The next paragraph with something to look at."""
        open_keys = {mark.key for mark in self._marks if not mark.accepted}
        here = self.rows.cursor or 0
        order = [*range(here + 1, len(self._body) + 1), *range(1, here + 1)]
        for at in order:
            if self._body[at - 1].key in open_keys:
                self.rows.go_to(at)
                return
        self.tell(_("Nothing is missing."))

    def action_accept(self) -> None:
        """The gap of this paragraph may stay, and why."""
        paper, each = self._paper, self._paragraph
        marks = [m for m in self._marks if each and m.key == each.key and not m.accepted]
        if paper is None or not marks:
            self.tell(_("There is no gap here."))
            return
        names = tuple(mark.name for mark in marks)
        field = Field(key="reason", label=_("Reason"), required=True)
        self.ask(
            Form(f"{_('Accept the gap')} {listed([m.mark for m in marks])}", (field,)),
            lambda a: [
                EditSummary(document=paper.id, accepted=dict.fromkeys(names, str(a["reason"])))
            ],
        )

    def action_diff(self) -> None:
        """Numbers that have moved since the draft, and by which lines."""
        paper = self._drafted()
        if paper is None:
            return
        lines = []
        for each in moved(paper.numbers, self._numbers):
            signs = (("+", each.came), ("-", each.gone), ("~", each.changed))
            why = " ".join(f"{sign}{ref}" for sign, refs in signs for ref in refs)
            lines.append(f"{each.name}: {each.before} → {each.now}  {why}")
        said = [("text", shown(line)) for line in lines or [_("Nothing has moved.")]]
        self.app.push_screen(ReadingScreen(_("What has moved"), said))

    def action_sign(self) -> None:
        """Sign it."""
        paper = self._drafted()
        if paper is None:
            return
        field = Field(key="on", label=_("Day"), required=True, value=self.today.isoformat())
        self.ask(
            Form(f"{_('Sign')} {self.period.chinese}", (field,)),
            lambda a: [SignSummary(document=paper.id, on=self.forms.day(a["on"]))],
        )

    def action_write(self) -> None:
        """Word, Markdown, text or a workbook."""
        paper = self._drafted()
        if paper is not None:
            town, today, photos = self.town, self.today, self.session.photos
            write_to(
                self,
                f"{paper.period}工作总结.docx",
                FORMS,
                lambda form: written(paper, town, today, form, photos),
            )

    def action_copy(self) -> None:
        """The text on the clipboard."""
        paper = self._drafted()
        if paper is not None:
            self.app.copy_to_clipboard(plain_text(paper_said(paper, self.town, self.today)))
            self.tell(_("Copied."))


def _state(each: Paragraph) -> str:
    if each.off:
        return _("left out")
    if each.own:
        return _("own")
    if each.edited:
        return _("edited")
    return _("new") if each.new else ""
