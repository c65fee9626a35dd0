"""迎检档案: every point of the standard with what there is of three years."""

from pathlib import Path

from core.actions.year import AddLog
from core.measures import Question
from core.measures.subjects.archive import chapters_of, points_of, year_of
from core.measures.subjects.standard_points import Holding, Point
from store.errors import FileRefused
from store.papers.archive.writing import write_archive
from tui.frame import keys, year_keys
from tui.frame.page import ReadingScreen
from tui.messages import Committed
from tui.places.writing import offered_back
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.texts import name_of, say
from tui.words.year.reached import HELD
from tui.year.quick import kept
from tui.year.tracing import Traced

YEARS = 3


class ArchiveScreen(Traced):
    """Returns nothing for the board."""

    NAME = "Archive for the visit"
    KEYS = year_keys.ARCHIVE
    BINDINGS = keys.bindings(year_keys.ARCHIVE)

    @property
    def _years(self) -> list[int]:
        return [self.period.year - back for back in range(YEARS - 1, -1, -1)]

    def fill(self) -> None:
        """A row a point, a column a year."""
        if not self.town.complete:
            self.show_rows((_("Reading ..."),), (0,), [])
            return
        self._points = list(points_of(self.town))
        names = chapters_of(self.town)
        rows = []
        for at, point in enumerate(self._points, 1):
            states = [_(HELD[self._held(point, year).held]) for year in self._years]
            cells = (point.code, names[point.chapter], point.name, *states)
            rows.append((at, tuple(shown(cell) for cell in cells)))
        heads = (_("Point"), _("Chapter"), _("What it asks for"), *map(str, self._years))
        self.show_rows(heads, (5, 24, 0, 6, 6, 6), rows)

    def _held(self, point: Point, year: int) -> Holding:
        return point.asks(Question(self.town, year_of(year, self.today)))

    @property
    def _point(self) -> Point | None:
        at = self.rows.cursor
        if not self.town.complete or not at:
            return None
        return self._points[at - 1]

    def said(self) -> list[str]:
        """What there is of the year, and what is missing."""
        point = self._point
        if point is None:
            return []
        found = self._held(point, self.period.year)
        lines = [
            f"{point.code} {point.name}  {self.period.year}  {_(HELD[found.held])}  {found.lacking}"
        ]
        return [*lines, "、".join(found.records[:40])] if found.records else lines

    def measure_here(self) -> str:
        """How many points lack something."""
        return "档案.缺项"

    def take_in(self, message: Committed) -> None:
        """Show what was saved."""
        self.fill()
        if message.own and message.changes.of("logs"):
            self.tell_named(message.changes, "logs")

    def action_choose(self) -> None:
        """The records of a point, year by year."""
        point = self._point
        if point is None:
            return
        lines: list[tuple[str, str]] = []
        for year in self._years:
            found = self._held(point, year)
            lines.append(("head", f"{year} {_(HELD[found.held])} {shown(found.lacking)}"))
            lines += [("text", shown(ref)) for ref in found.records]
        self.app.push_screen(ReadingScreen(f"{point.code} {point.name}", lines))

    def action_add(self) -> None:
        """A document under this point."""
        point = self._point
        if point is None:
            return
        fields = (
            Field(key="file", label=_("Files"), required=True, hint=_("files, joined by 、")),
            Field(key="title", label=name_of("title"), required=True),
            Field(key="reference", label=name_of("reference")),
            Field(key="on", label=_("Day"), required=True, value=self.today.isoformat()),
        )

        def make(answers: Answers) -> list[AddLog]:
            said = {
                "title": answers["title"],
                "reference": answers["reference"],
                "chapter": point.chapter,
                "files": kept(self, answers["file"]),
            }
            return [AddLog(kind=point.kind, on=self.forms.day(answers["on"]), fields=said)]

        self.ask(Form(f"{_('File a document')} {point.code} {point.name}", fields), make)

    def action_write(self) -> None:
        """The whole archive as a folder or a zip."""
        from tui.verbs.screen import FormScreen

        field = Field(
            key="path",
            label=name_of("path"),
            required=True,
            value="迎检档案.zip",
            hint="DIR, FILE.zip",
        )

        def answered(answers: Answers | None) -> None:
            if answers is None:
                return
            target: Path = expanded(answers["path"])
            try:
                count = write_archive(
                    self.town, self.today, self._years, self.session.photos, target, force=False
                )
            except FileRefused as error:
                self.tell(say(error), warning=True)
                return
            told = _("{count} files written to {path}.")
            text = told.format(count=count, path=shown(answers["path"]))
            self.tell(" ".join(filter(None, (text, offered_back(self, str(target))))))

        self.app.push_screen(FormScreen(Form(_("Write the archive"), (field,)), ""), answered)
