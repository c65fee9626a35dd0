"""记一笔: a line as it is typed, read back before it is saved."""

from collections.abc import Sequence
from typing import Any

from core.actions.action import Action
from core.actions.wish import Wish
from core.actions.year import AddLog
from core.deciding import decide_all
from core.errors import Incomplete, RuleError
from core.measures.subjects.logs import chapters
from core.model import File, Shows
from core.year.said import read_line, same_line, uncounted
from store.errors import StoreError
from tui.photo_files import kept_photo
from tui.places.place import Place
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form
from tui.words.i18n import _
from tui.words.tables.said import not_counted, read_back, unsaid
from tui.words.texts import say


def enter_line(
    place: Place[str | None],
    text: str = "",
    problem: str = "",
    beside: dict[str, Any] | None = None,
    kind: str = "",
) -> None:
    """Ask for a line, read it back, then save it; `beside` are attributes it has anyway, `kind` its kind."""
    from tui.verbs.screen import FormScreen

    hint = _("3月7日 大扫除 环卫所 死角30余处 60人次")
    field = Field(key="line", label=_("In one line"), required=not kind, value=text, hint=hint)

    def answered(answers: Answers | None) -> None:
        if answers is None:
            return
        line = answers["line"]
        try:
            action = _action(place, line, beside or {}, kind)
            made = _tried(place, action)
        except RuleError as error:
            enter_line(place, line, say(error), beside, kind)
            return
        _read_back(place, action, made, lambda: enter_line(place, line, "", beside, kind))

    place.app.push_screen(
        FormScreen(Form(_("Enter what happened"), (field,)), "", problem), answered
    )


def _action(place: Place[str | None], line: str, beside: dict[str, Any], kind: str) -> AddLog:
    town = place.session.town
    said = read_line(line, town, place.session.moment.today)
    meant = said.kind or kind
    if not meant:
        raise Incomplete("kind_needed", value=line, expected=tuple(chapters(town)))
    told = {name: value for name, value in said.fields.items() if value not in ("", None, [])}
    return AddLog(kind=meant, on=said.on, fields={**beside, **told})


def _tried(place: Place[str | None], action: AddLog) -> Any:
    """The line as it would be saved. Raises `RuleError`."""
    session = place.session
    changes = decide_all(session.town, [Wish(action)], session.actor, session.moment)
    return changes.of("logs")[0].new


def _read_back(place: Place[str | None], action: AddLog, made: Any, again: Any) -> None:
    """The line in words, with room for its evidence; Enter saves, Esc goes back to the words."""
    from tui.verbs.screen import FormScreen

    town = place.session.town
    equal = same_line(town, made)
    notes = [read_back(town, made)]
    if uncounted(made.title):
        notes.append(not_counted(made))
    if equal is not None:
        notes.append(_("{number} says the same already.").format(number=equal.label))
    field = Field(key="file", label=_("Evidence"), hint=_("a file on this server; may stay empty"))
    form = Form(_("Save it?"), (field,), note=shown("  ".join(notes)))

    def answered(answers: Answers | None) -> None:
        if answers is None:
            again()
            return
        try:
            files = kept(place, answers["file"])
        except (RuleError, StoreError) as error:
            place.tell(say(error), warning=True)
            _read_back(place, action, made, again)
            return
        actions: Sequence[Action] = [
            AddLog(kind=action.kind, on=action.on, fields={**action.fields, "files": files})
        ]
        place.submit(actions)
        told = "" if files else unsaid(town, made).partition(":")[0]
        if told:
            place.tell(shown(told))

    place.app.push_screen(FormScreen(form, "", ""), answered)


def kept(place: Place[str | None], paths: str) -> tuple[File, ...]:
    """Files that are named, kept beside the store. Raises `FileRefused`, `NotSaved`."""
    named = [part.strip() for part in paths.split("、") if part.strip()]
    photos = place.session.photos
    return tuple(kept_photo(photos, path, Shows.AFTER, papers=True) for path in named)
