"""Files of the shops: the list to take along on a check, the credit record for the market office."""

from collections.abc import Sequence

from core.errors import RuleError
from core.measures.subjects.shops import flag
from core.model import Role, Shop
from core.roles import require_role
from store.errors import FileRefused
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_rows
from store.papers.shops.credit import NAME, write_credit
from tui.places.writing import tell_written, write_to
from tui.verbs.fields import Answers, Field, Form
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.tables.rows import agreement_said
from tui.words.texts import name_of, say
from tui.year.stretch import YearPlace

HEADS = {
    "code": "编号",
    "name": "商户名称",
    "zone": "责任区",
    "address": "门牌号",
    "until": "责任书至",
    "flag": "旗",
    "score": "得分",
    "finding": "发现",
}
TITLE = "门前三包检查单"
FORMS = ("xlsx", "docx", "csv")


def write_list(place: YearPlace, shops: Sequence[Shop]) -> None:
    """The shops in sight as a list with room for points and finds."""
    town, today = place.town, place.today
    rows = [
        {
            "code": s.label,
            "name": s.name,
            "zone": town.zones[s.zone].name,
            "address": s.address or None,
            "until": agreement_said(s, today),
            "flag": flag(s, today, town.settings) or None,
            "score": None,
            "finding": None,
        }
        for s in shops
    ]
    write_to(
        place,
        f"{TITLE}.xlsx",
        FORMS,
        lambda form: write_rows(rows, Format(form), HEADS, title=TITLE),
    )


def write_credit_to(place: YearPlace, path: str = NAME, problem: str = "") -> None:
    """Ask a leader where to, and write the credit record with its letter."""
    from tui.verbs.screen import FormScreen

    try:
        require_role(place.session.actor, (Role.LEADER,))
    except RuleError as error:
        place.tell(say(error), warning=True)
        return

    def answered(answers: Answers | None) -> None:
        if answers is None:
            return
        try:
            done = write_credit(place.town, place.today, expanded(answers["path"]), force=False)
        except FileRefused as error:
            write_credit_to(place, answers["path"], say(error))
            return
        for each in done:
            tell_written(place, str(each))

    field = Field(key="path", label=name_of("path"), required=True, value=path, hint="xlsx")
    form = Form(_("Credit record"), (field,))
    place.app.push_screen(FormScreen(form, "", problem), answered)
