"""档案, the hub: shops, duties, campaigns, the log, indicators, pledges, the summary, the archive, a line each."""

from core.measures import Question
from core.measures.indicators import indicators
from core.measures.progress import Reached, targets_of, with_targets
from core.measures.subjects import archive as of_archive
from core.measures.subjects import campaigns as of_campaigns
from core.measures.subjects import duties as of_duties
from core.measures.subjects import shops as of_shops
from core.measures.subjects.office_work import pledges_of
from core.measures.subjects.standard_points import Held, owing_pledges
from core.model import Document, DocumentState, Log
from core.year.body import gaps_of, typed_in
from core.year.drafting import draw
from core.year.evidence import summary_in
from core.year.stretch_numbers import Numbers
from core.year.waiting import due_today
from tui.frame import keys, year_keys
from tui.places.screens import screen_of
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.papers import DOCUMENT_STATES
from tui.words.texts import listed, queue_name
from tui.words.year.reached import HELD, REACHED
from tui.year.stretch import YearPlace
from tui.year.tracing import Traced

LINES = (
    "shops",
    "duties",
    "campaigns",
    "logs",
    "indicators",
    "pledges",
    "summary",
    "archive",
)
"""The places of the hub, in its order."""
MEASURES = {
    "shops": "三包.签订率",
    "duties": "工作.完成率",
    "indicators": "目标.达",
    "pledges": "责任书.单位",
    "archive": "档案.缺项",
}
"""The number that `=` opens on a line."""


class HubScreen(Traced):
    """Returns a query for the board where a number led to one."""

    NAME = "The year's archive"
    KEYS = year_keys.HUB
    BINDINGS = keys.bindings(year_keys.HUB)

    def fill(self) -> None:
        """A line a place, with its live numbers."""
        asked = self.question
        said = {
            "shops": self._shops,
            "duties": self._duties,
            "campaigns": self._campaigns,
            "logs": self._logs,
            "indicators": self._indicators,
            "pledges": self._pledges,
            "summary": self._summary,
            "archive": self._archive,
        }
        rows = [
            (n, (str(n), _(NAMES[name]), shown("  ".join(said[name](asked)))))
            for n, name in enumerate(LINES, 1)
        ]
        self.show_rows(("", _("Place"), _("How it stands")), (2, 14, 0), rows)

    def _shops(self, asked: Question) -> list[str]:
        held = of_shops.valid(asked)
        if not held:
            return [_("no shop yet")]
        told = [_("{count} shops").format(count=len(held))]
        told.append(f"{_('agreements signed')} {of_shops.signed_rate(asked).text}")
        black, over = of_shops.black(asked), of_shops.handover(asked)
        if black.value:
            told.append(f"{_('black flags')} {black.text}")
        if over.value:
            told.append(f"{_('to hand over')} {over.text}")
        return told

    def _duties(self, asked: Question) -> list[str]:
        if not of_duties.there(asked):
            return [_("no duty yet")]
        waits = due_today(self.town, self.today)
        told = [f"{_('falling due')} {len(waits.duty_due)}"]
        if waits.duty_missed:
            told.append(f"{_('missed lately')} {len(waits.duty_missed)}")
        return [*told, f"{_('share done')} {of_duties.rate(asked).text}"]

    def _campaigns(self, asked: Question) -> list[str]:
        held = of_campaigns.campaigns_in(asked)
        if not held:
            return [_("no campaign yet")]
        last = held[-1]
        lacks = of_campaigns.missing(self.town, last)
        rates = (
            (_("rooms reached"), of_campaigns.rooms(asked, last.label)),
            (_("households reached"), of_campaigns.households(asked, last.label)),
        )
        known = next((each for each in rates if each[1].value is not None), rates[0])
        told = [last.label, f"{known[0]} {known[1].text}"]
        if lacks and last.closed_on is None:
            told.append(_("lacks {count}").format(count=len(lacks)))
        return told

    def _logs(self, asked: Question) -> list[str]:
        held = [log for log in self.town.all(Log) if log.stands and log.on in asked.period]
        month = [log for log in held if (log.on.year, log.on.month) == _month(self)]
        bare = sum(not log.files for log in held)
        told = [
            f"{_('this month')} {len(month)}",
            f"{_('in this period')} {len(held)}",
        ]
        return [*told, f"{_('without evidence')} {bare}"] if bare else told

    def _indicators(self, asked: Question) -> list[str]:
        found = with_targets(asked)
        if not any(
            targets_of(held, asked.period.year, asked.day) for held in indicators(self.town)
        ):
            return [_("no target yet")]
        told = [_("{count} with a target").format(count=len(found))]
        for state in Reached:
            count = sum(each.state == state for each in found)
            if count:
                told.append(f"{_(REACHED[state])} {count}")
        late = len(due_today(self.town, self.today).figures_missing)
        return [*told, f"{_('reports missing')} {late}"] if late else told

    def _pledges(self, asked: Question) -> list[str]:
        signed = len(pledges_of(self.town, asked.period))
        owing = len(owing_pledges(self.town, asked.period))
        return [f"{_('pledges signed')} {signed}/{signed + owing}"]

    def _summary(self, asked: Question) -> list[str]:
        paper = summary_in(self.town.all(Document), self.period.code)
        if paper is None:
            return [_("not drafted yet")]
        told = [paper.number, _(DOCUMENT_STATES[paper.state])]
        if paper.state == DocumentState.DRAFTED and self.town.complete:
            numbers = Numbers(asked)
            lacking = len(draw(asked, numbers).lacking)
            open_marks = sum(not mark.accepted for mark in gaps_of(paper, numbers))
            typed = len(list(typed_in(paper, numbers)))
            for word, count in (
                (_("no number"), lacking),
                (_("gaps"), open_marks),
                (_("typed numbers"), typed),
            ):
                told += [f"{word} {count}"] if count else []
        return [part for part in told if part]

    def _archive(self, asked: Question) -> list[str]:
        if not self.town.complete:
            return [_("Reading ...")]
        states = [p.asks(asked).held for p in of_archive.points_of(self.town)]
        return [f"{_(HELD[held])} {states.count(held)}" for held in Held]

    def said(self) -> list[str]:
        """What waits today on this line."""
        name = LINES[(self.rows.cursor or 1) - 1]
        waits = [
            (code, names)
            for code, names, place in due_today(self.town, self.today).named
            if place == name and not self.period.over
        ]
        return [f"{queue_name(code)}: {listed(list(names[:12]))}" for code, names in waits]

    def measure_here(self) -> str:
        """The number of a line."""
        return MEASURES.get(LINES[(self.rows.cursor or 1) - 1], "")

    def action_choose(self) -> None:
        """The place of the line."""
        self.action_line(self.rows.cursor or 1)

    def action_line(self, number: int) -> None:
        """A place by its number."""
        self.open_over(screen_of(LINES[number - 1])(self.session, self.period))

    def action_log(self) -> None:
        """A line of what happened."""
        from tui.year.quick import enter_line

        enter_line(self)


NAMES = {
    "shops": "Shops",
    "duties": "Recurring duties",
    "campaigns": "Pest campaigns",
    "logs": "Log",
    "indicators": "Indicators and targets",
    "pledges": "Pledges",
    "summary": "Work summary",
    "archive": "Archive for the visit",
}
"""What the places are called."""


def _month(screen: YearPlace) -> tuple[int, int]:
    return screen.period.last.year, screen.period.last.month
