"""The one way outside text reaches a screen: nothing in it drives the terminal or is markup."""

from collections.abc import Callable, Mapping

from core.words.text import visible

LOOK_ALIKES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "…": "..",
        "—": "-",
        "–": "-",
        "·": ".",
        "●": "*",
        "○": "o",
        "√": "v",
        "×": "x",
        "→": ">",
        "←": "<",
        "↑": "^",
        "↓": "v",
        "℃": "C",
        "°": "o",
        "★": "*",
        "☆": "*",
        "■": "#",
        "□": "o",
        "▲": "^",
        "△": "^",
        "▼": "v",
        "±": "+",
        "÷": "/",
        "≥": ">=",
        "≤": "<=",
        "≠": "!=",
        "①": "(1)",
        "②": "(2)",
        "③": "(3)",
        "④": "(4)",
        "⑤": "(5)",
        "⑥": "(6)",
        "⑦": "(7)",
        "⑧": "(8)",
        "⑨": "(9)",
        "⑩": "(10)",
        "Ⅰ": "I",
        "Ⅱ": "II",
        "Ⅲ": "III",
        "Ⅳ": "IV",
        "Ⅴ": "V",
        "§": "S",
        "¨": '"',
        "‖": "||",
        "〃": '"',
        "⟨": "<",
        "⟩": ">",
        "※": "*",
    }
)
"""Plain stand-ins for characters that some terminals draw twice as wide as libraries count."""


class _Terminal:
    wide_ambiguous = False


def draw_plain(wide_ambiguous: bool) -> None:
    """Whether this terminal draws ambiguous characters wide, so that look-alikes are shown."""
    _Terminal.wide_ambiguous = wide_ambiguous


def is_plain() -> bool:
    """Whether look-alikes are shown."""
    return _Terminal.wide_ambiguous


class Places:
    """Paths of this machine that nobody who came through the gate is shown (docs/gate.md 2)."""

    hidden: Mapping[str, Callable[[], str]] = {}
    """Each with what is said in its place."""


def printable(text: str) -> str:
    """Text as any exit may have it: no hostile character, no place of this machine where that is hidden."""
    for path, said in Places.hidden.items():
        if path in text:
            text = text.replace(path, said())
    return visible(text)


def shown(text: str, *, lines: bool = False) -> str:
    """Outside text as the screen may have it; line ends become blanks unless `lines`."""
    if text.isprintable() and not (Places.hidden or _Terminal.wide_ambiguous):
        return text
    text = printable(text)
    if not lines and not text.isprintable():
        text = " ".join(text.split())
    return text.translate(LOOK_ALIKES) if _Terminal.wide_ambiguous else text
