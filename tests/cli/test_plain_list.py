"""A line of `zg list` that is read without Typer says what Typer makes of it."""

import sys
from itertools import product

import pytest
from cli_support import Result, Zg

from tui.cli.day import plain_list
from tui.main import main
from tui.words import i18n

QUERIES = (
    (),
    ("overdue",),
    ("unit:城管", "state:rectifying"),
    ("zone:Z01|zone:Z02", "占道"),
    ("requests",),
    ("state:closed",),
    ("",),
    ("list",),
    ("zone:Z99",),
    ("due:nonsense",),
    ("nobody:x",),
    ('"open',),
)
BEHIND = (
    (),
    ("-a",),
    ("--all", "--json"),
    ("--lang", "zh"),
    ("--lang=fr",),
    ("--as", "leader"),
    ("--as=nobody",),
    ("--as", ""),
    ("--store", "/nowhere/at/all"),
    ("--store=",),
)
FOR_TYPER = (
    ("list", "--help"),
    ("list", "-n", "1"),
    ("list", "-c", "number"),
    ("list", "-overdue"),
    ("list", "--", "overdue"),
    ("list", "--nothing"),
    ("list", "--store"),
    ("list", "-an", "1"),
    ("-a", "list"),
    ("today", "list"),
    (),
)


def _done(capfdbinary: pytest.CaptureFixture[bytes], *args: str) -> Result:
    """What the program as a whole makes of a line."""
    with pytest.raises(SystemExit) as end:
        main(args)
    sys.stdout.flush()
    out, err = capfdbinary.readouterr()
    assert isinstance(end.value.code, int)
    return Result(end.value.code, out.decode(), err.decode())


def test_a_plain_line_says_what_typer_makes_of_it(
    town: Zg, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = set()
    for query, behind in product(QUERIES, BEHIND):
        line = ("list", *query, *behind)
        assert plain_list.read(line) is not None
        spoken = "zh" if behind == ("--lang", "zh") else "en"
        monkeypatch.setenv("LANG", "en_US.UTF-8")
        mine = _done(capfdbinary, *line)
        assert mine == town(*line, lang=spoken), line
        codes.add(mine.code)
    assert codes >= {0, 3, 6}


def test_options_before_the_command_are_read(
    town: Zg, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    line = ("--lang", "zh", "--as=handler", "list", "overdue")
    assert plain_list.read(line) == plain_list.PlainLine(["overdue"], lang="zh", acting="handler")
    assert _done(capfdbinary, *line) == town(*line, lang="zh")
    i18n.use("en")


@pytest.mark.parametrize("line", FOR_TYPER)
def test_what_is_left_to_typer(line: tuple[str, ...]) -> None:
    assert plain_list.read(line) is None
