"""Writing something to a file from a place: its path is asked for until it can be written."""

from collections.abc import Callable, Sequence

from core.errors import RuleError
from store.errors import FileRefused
from store.ledgers.going_out.writing import save
from tui.places.place import Place
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.texts import name_of, say


def write_to(
    place: Place[str | None],
    path: str,
    forms: Sequence[str],
    make: Callable[[str], bytes],
    problem: str = "",
) -> None:
    """Ask for a path, and write there what `make` gives for its ending."""
    from tui.verbs.screen import FormScreen

    field = Field(
        key="path", label=name_of("path"), required=True, value=path, hint=", ".join(forms)
    )

    def answered(answers: Answers | None) -> None:
        if answers is None:
            return
        wanted = answers["path"]
        form = wanted.rpartition(".")[2].lower()
        try:
            if form not in forms:
                raise FileRefused("unknown_format", file=wanted, expected=tuple(forms))
            save(make(form), expanded(wanted), force=False)
        except (FileRefused, RuleError) as error:
            write_to(place, wanted, forms, make, say(error))
            return
        place.tell(_("Written to {path}.").format(path=shown(wanted)))

    place.app.push_screen(
        FormScreen(Form(_("Write it to a file"), (field,)), "", problem), answered
    )
