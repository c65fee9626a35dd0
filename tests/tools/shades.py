"""Writes tui/terminal/shades.py: how each class of the first frame is drawn, as Textual draws it; `make shades`."""

import asyncio
import sys
import tempfile
from pathlib import Path
from pprint import pformat

from rich.color import ColorSystem
from rich.style import Style

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from board_support import demo  # noqa: E402

from core.roles import ALL_HANDS, Actor  # noqa: E402
from store.history.repository import Repository  # noqa: E402
from tui.app import ZhenggaiApp  # noqa: E402
from tui.board.widgets.board_view import BoardView  # noqa: E402
from tui.board.widgets.headings import ColumnStrip  # noqa: E402
from tui.frame.key_bar import KeyBar  # noqa: E402
from tui.frame.lines import TitleBar  # noqa: E402
from tui.session.session import Session  # noqa: E402

TARGET = ROOT / "tui" / "terminal" / "shades.py"
SYSTEMS = {
    "truecolor": (ColorSystem.TRUECOLOR, False),
    "256": (ColorSystem.EIGHT_BIT, False),
    "16": (ColorSystem.STANDARD, False),
    "few": (ColorSystem.STANDARD, True),
}
"""By the name of a terminal's colours, how Rich calls them and whether there are only sixteen."""


async def styles(store: Path, *, few_colours: bool) -> dict[str, Style]:
    """The style of every class, as a running board has it."""
    session = Session(Repository(store), lambda _town: Actor("founder", ALL_HANDS))
    app = ZhenggaiApp(session, few_colours=few_colours)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        view, bar = app.screen.query_one(BoardView), app.screen.query_one(KeyBar)
        found = {
            "": view._views[0].rich_style,
            "title": app.screen.query_one(TitleBar).rich_style,
            "strip": app.screen.query_one(ColumnStrip).rich_style,
        }
        for name in sorted(BoardView.COMPONENT_CLASSES):
            found[name.removeprefix("board--")] = view.get_component_rich_style(name)
        for name in ("key", "text"):
            found[f"bar-{name}"] = bar.get_component_rich_style(f"keys--{name}")
    session.stop()
    return found


def codes() -> dict[str, dict[str, str]]:
    """The codes of every class by the colours of a terminal."""
    with tempfile.TemporaryDirectory() as folder:
        store = demo(Path(folder) / "town", 5)
        by_few = {
            few: asyncio.run(styles(store, few_colours=few))
            for few in sorted({few for _system, few in SYSTEMS.values()})
        }
    return {
        name: {each: code(style, system) for each, style in by_few[few].items()}
        for name, (system, few) in SYSTEMS.items()
    }


def code(style: Style, system: ColorSystem) -> str:
    """The codes of a style on a terminal."""
    style._ansi = None  # it keeps those of the system it was asked for first
    return style._make_ansi_codes(system)


def page() -> str:
    """The module."""
    table = pformat(codes(), sort_dicts=False, width=96)
    return (
        '"""How each class of the first frame is drawn; made by tests/tools/shades.py from the style sheet."""\n\n'
        f"SHADES: dict[str, dict[str, str]] = {table}\n"
        '"""By the colours of a terminal (`tui.terminal.probe.colours`), codes of SGR by class."""\n'
    )


if __name__ == "__main__":
    TARGET.write_text(page(), "utf-8")
