"""The language people are spoken to in, set once before anything is drawn and switchable later."""

import gettext as _gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tui.compiled import Compiled, English

IN_CHINESE = Path(__file__).parents[1] / "locale" / "zh_CN" / "LC_MESSAGES" / "zhenggai.mo"
CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)


class _Spoken:
    """The catalogue in use; English is the language of the sources."""

    language = CHINESE
    catalogue = English()


@cache
def _catalogue(language: str) -> English:
    return English() if language == ENGLISH else Compiled(IN_CHINESE)


def use(language: str) -> None:
    """Speak `zh` or `en` from now on."""
    _Spoken.language = language
    _Spoken.catalogue = _catalogue(language)


def language() -> str:
    """The language in use."""
    return _Spoken.language


def _(message: str) -> str:
    """The message in the language in use."""
    return _Spoken.catalogue.gettext(message) if message else ""  # of "" a catalogue tells its head


def chinese(message: str) -> str:
    """The message in Chinese, whatever is spoken."""
    return _catalogue(CHINESE).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The message for a count."""
    return _Spoken.catalogue.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802  # gettext's own name
    """Marks a message that is translated where it is used."""
    return message


def chosen(asked: str | None, own: str, environment: Mapping[str, str]) -> str:
    """`--lang`, else the person's setting, else English where the locale says so, else Chinese."""
    for wish in (asked, own):
        if wish and wish[:2].lower() in LANGUAGES:
            return wish[:2].lower()
    locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)),
        "",
    )
    return ENGLISH if locale.lower().startswith("en") else CHINESE


def lend_to_typer() -> None:
    """Make the parts of Typer that speak through gettext use our catalogue; call before its import."""
    if _Spoken.language == ENGLISH:
        return
    catalogue = _Spoken.catalogue
    _gettext.gettext = catalogue.gettext
