"""Tables that are printed, or written to a file, with the columns one asks for, in one's own order."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from core.errors import RuleError
from core.words.text import key_of
from tui.cli.frame.output import Encoding, Force, FormatOption, export_table
from tui.cli.frame.tables import figure_text, print_table
from tui.words import i18n
from tui.words.i18n import _

_Columns = Annotated[
    str,
    typer.Option(
        "--columns",
        "-c",
        metavar="KEYS",
        show_default=False,
        help=_("Columns in your own order, joined by commas: keys or headers."),
    ),
]
_Out = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="FILE|-", show_default=False, help=_("Write it to a file.")
    ),
]
OPTIONS: tuple[tuple[str, Any, Any], ...] = (
    ("columns", _Columns, ""),
    ("output", _Out, ""),
    ("form", FormatOption, None),
    ("encoding", Encoding, ""),
    ("force", Force, False),
)
Row = Mapping[str, Any]


class Wanted(NamedTuple):
    """Which columns, and where to."""

    columns: str = ""
    output: str = ""
    form: str | None = None
    encoding: str = ""
    force: bool = False

    def taken(self, rows: Sequence[Row], headers: Mapping[str, str], title: str) -> bool:
        """Write the rows where a file was asked for, print them where columns were; else False.

        Raises `RuleError("unknown_column")`, `FileRefused`.
        """
        keys = _chosen(self.columns, headers)
        if self.output or self.form:
            told = [{key: row[key] for key in keys} for row in rows]
            named = {key: headers[key] for key in keys}
            output, form = self.output or "-", self.form
            export_table(told, named, output, form, self.encoding, force=self.force, title=title)
            return True
        if self.columns:
            names = [headers[k] if i18n.language() == i18n.CHINESE else k for k in keys]
            print_table([[figure_text(row[key]) for key in keys] for row in rows], names)
            return True
        return False


NOTHING = Wanted()


def _chosen(text: str, headers: Mapping[str, str]) -> list[str]:
    if not text:
        return list(headers)
    called = {key_of(header): key for key, header in headers.items()} | {k: k for k in headers}
    found = []
    for part in text.replace("，", ",").replace("、", ",").split(","):
        if not part.strip():
            continue
        key = called.get(key_of(part)) or called.get(part.strip())
        if key is None:
            expected = tuple(headers.values() if i18n.language() == i18n.CHINESE else headers)
            raise RuleError("unknown_column", value=part.strip(), expected=expected)
        found.append(key)
    return found or list(headers)
