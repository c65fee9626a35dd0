"""`zg list` as it is given every day, without loading Typer: the words of a query, -a, and what every command takes.

A line with anything else in it is left to Typer, which reads these lines just so.
"""

from collections.abc import Sequence

from msgspec import Struct

from tui.cli.day.print_list import print_list
from tui.cli.everywhere import EVERYWHERE
from tui.cli.frame.ending import ended
from tui.cli.frame.office import open_office
from tui.exit_codes import ExitCode

FLAGS = {"-a": "every", "--all": "every", "--json": "json"}


class PlainLine(Struct):
    """What a line says."""

    query: list[str] = []
    every: bool = False
    json: bool = False
    store: str | None = None
    lang: str | None = None
    acting: str | None = None


def read(args: Sequence[str]) -> PlainLine | None:
    """A plain line; none where Typer is needed to read it or to tell what is wrong with it."""
    line, rest = PlainLine(), iter(args)
    words: list[str] = []
    for word in rest:
        name, equals, value = word.partition("=")
        if name in EVERYWHERE:
            said = value if equals else next(rest, None)
            if said is None:
                return None
            setattr(line, EVERYWHERE[name], said)
        elif words and word in FLAGS:
            setattr(line, FLAGS[word], True)
        elif word[:1] == "-":
            return None
        else:
            words.append(word)
    if words[:1] != ["list"]:
        return None
    line.query = words[1:]
    return line


def run(line: PlainLine) -> int:
    """List what a line asks for; the exit code."""

    def listed() -> int:
        with open_office(line.store, line.lang, line.acting) as office:
            print_list(office, line.query, every=line.every, json=line.json)
        return ExitCode.DONE

    return ended(listed)
