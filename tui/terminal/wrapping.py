"""Text cut and broken by terminal cells, by Chinese rules."""

from rich.cells import cell_len, set_cell_size

NO_START = frozenset("，。、；：！？）】》〉」』〕”’…—·,.;:!?)]}%％℃")
"""Characters no line begins with."""
NO_END = frozenset("（【《〈「『〔“‘([{")
"""Characters no line ends with."""


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` cells: cut with .., or filled with blanks."""
    if width > 4 and cell_len(text) > width:
        return set_cell_size(text, width - 2) + ".."
    return set_cell_size(text, width)


def fit_right(text: str, width: int) -> str:
    """`text` at the end of exactly `width` cells."""
    return (
        " " * max(0, width - cell_len(text)) + text if cell_len(text) <= width else fit(text, width)
    )


def spread(left: str, right: str, width: int) -> str:
    """`left` and `right` at the two ends of `width` cells; `left` gives way."""
    room = max(0, width - cell_len(right) - (1 if right else 0))
    return fit(fit(left, room) + (" " if right else "") + right, width)


def wrap(text: str, width: int, most: int | None = None) -> list[str]:
    """Lines of at most `width` cells; at most `most` of them, the last cut off with ...

    Words of letters and digits stay whole where they fit on a line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrapped(paragraph, max(2, width)))
    if most is not None and len(lines) > most:
        last = lines[most - 1]
        while last and cell_len(last) > width - 2:
            last = last[:-1]
        lines = [*lines[: most - 1], last + ".."]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, width):
        if cell_len(line) + cell_len(piece) <= width:
            line += piece
            continue
        if piece == " ":
            continue
        kept, carried = _broken(line, piece)
        lines.append(kept.rstrip())
        line = carried + piece
    lines.append(line)
    return lines


def _broken(line: str, piece: str) -> tuple[str, str]:
    """Where to break so that neither side breaks the rules; what is carried to the next line."""
    at = len(line)
    starts = piece
    while at > 1 and (starts[0] in NO_START or line[at - 1] in NO_END):
        at -= 1
        starts = line[at:] + piece
        if len(line) - at > 4:
            return line, ""
    return line[:at], line[at:]


def _pieces(text: str, width: int) -> list[str]:
    """Single characters, but words of letters and digits in one; so is a number with its dashes."""
    pieces: list[str] = []
    word = ""
    for char in text:
        inner = char == "-" and word != ""
        if (inner or (char.isascii() and char.isalnum())) and cell_len(word) < width:
            word += char
            continue
        if word:
            pieces.append(word)
            word = char if char.isascii() and char.isalnum() else ""
            if word:
                continue
        pieces.append(char)
    if word:
        pieces.append(word)
    return pieces
