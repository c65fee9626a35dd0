"""Writing something to a file from a place: its path is asked for until it can be written."""

from collections.abc import Callable, Sequence
from typing import Any

from core.errors import RuleError
from store.disk.files import check_target
from store.errors import FileRefused
from store.ledgers.going_out.writing import save
from tui.places.place import Place
from tui.terminal.display import shown
from tui.verbs.fields import Answers, Field, Form
from tui.whereabouts import Gate, expanded, fetching
from tui.words.i18n import _
from tui.words.texts import name_of, say


def write_to(
    place: Place[Any],
    path: str,
    forms: Sequence[str],
    make: Callable[[str], bytes],
    problem: str = "",
    *,
    long: bool = False,
) -> None:
    """Ask for a path, and write there what `make` gives for its ending; beside everything else where it takes `long`."""
    from tui.verbs.screen import FormScreen

    path = path if Gate.caller is None else path.removeprefix("~/")  # a name in their tray
    field = Field(
        key="path", label=name_of("path"), required=True, value=path, hint=", ".join(forms)
    )

    def answered(answers: Answers | None) -> None:
        if answers is None:
            return
        wanted = answers["path"]

        def ended(error: FileRefused | RuleError | None) -> None:
            if error is not None:
                write_to(place, wanted, forms, make, say(error), long=long)
            else:
                tell_written(place, wanted)

        if long:
            place.tell(_("Writing .."))
            place.run_worker(
                lambda: place.app.call_from_thread(ended, _written(wanted, forms, make)),
                thread=True,
            )
        else:
            ended(_written(wanted, forms, make))

    place.app.push_screen(
        FormScreen(Form(_("Write it to a file"), (field,)), "", problem), answered
    )


def offered_back(place: Place[Any], path: str) -> str:
    """How a file of one's tray is fetched, with that line on the clipboard; empty where there is no gate."""
    line = fetching(path)
    if not line:
        return ""
    place.app.copy_to_clipboard(line)
    return _("Fetch it (on your clipboard): {line}").format(line=shown(line))


def tell_written(place: Place[Any], path: str) -> None:
    """Say where a file is, and through the gate how it is fetched."""
    text = _("Written to {path}.").format(path=shown(path))
    place.tell(" ".join(filter(None, (text, offered_back(place, path)))))


def _written(
    wanted: str, forms: Sequence[str], make: Callable[[str], bytes]
) -> FileRefused | RuleError | None:
    """Why it could not be written, if it could not."""
    form = wanted.rpartition(".")[2].lower()
    try:
        if form not in forms:
            raise FileRefused("unknown_format", file=wanted, expected=tuple(forms))
        check_target(expanded(wanted), force=False)
        save(make(form), expanded(wanted), force=False)
    except (FileRefused, RuleError) as error:
        return error
    return None
