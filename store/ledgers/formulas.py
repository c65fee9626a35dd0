"""Cells of csv that a spreadsheet would run, quoted on the way out and unquoted on the way in."""

from core.patterns import later

_FORMULA = later(
    "[\\s\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]"
)
"""How a cell begins that a spreadsheet may run: a sign, half or full width, also behind marks nobody sees."""


def unquoted(cell: str) -> str:
    """A CSV cell without the quote that keeps spreadsheets from running it."""
    if cell[:2] == '="' and cell[-1:] == '"' and len(cell) > 2:  # how csv keeps a text a text
        return cell[2:-1].replace('""', '"')
    guarded = cell[:1] == "'" and (_FORMULA.match(cell[1:]) or cell[1:2] == "'")
    return cell[1:] if guarded else cell


def guarded(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula; `unquoted` takes the quote off again."""
    if text[:1].isalnum():  # as nearly all begin
        return text
    if _FORMULA.match(text) or (text[:1] == "'" and (_FORMULA.match(text[1:]) or text[1:2] == "'")):
        return "'" + text
    return text
