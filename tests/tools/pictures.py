"""Makes the pictures of the READMEs from the board itself: `make pictures`."""

import asyncio
import re
import sys
import tempfile
from html import unescape
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from board_support import Board, demo, opened  # noqa: E402

from tui.words import i18n  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
SIZE = (100, 28)
KEYS: dict[str, tuple[str, ...]] = {"board": (), "triage": ("t",), "zones": ("z",)}
"""What is pressed for each picture."""
_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Fonts from elsewhere: whoever reads the page has one of their own."""
_TEXT = re.compile(r"<text [^>]*>(.*?)</text>", re.DOTALL)


def picture_of(board: Board) -> str:
    """The screen as SVG that needs nothing from elsewhere."""
    svg = board.app.export_screenshot(title="整改", simplify=True)
    svg = re.sub(r"terminal-\d+-", "terminal-", svg)
    return _FACES.sub("", svg).replace("Fira Code", "monospace")


def text_of(svg: str) -> str:
    """What a picture says, without its blanks."""
    return "".join("".join(map(unescape, _TEXT.findall(svg))).split())


async def pictures() -> dict[str, str]:
    """Every picture by its name."""
    found = {}
    i18n.use(i18n.CHINESE)
    with tempfile.TemporaryDirectory() as scratch:
        town = demo(Path(scratch) / "town")
        for name, keys in KEYS.items():
            async with opened(town, SIZE) as board:
                await board.keys(*keys)
                await board.still()
                found[name] = picture_of(board)
    return found


def main() -> None:
    """Write them."""
    PICTURES.mkdir(exist_ok=True)
    for name, svg in asyncio.run(pictures()).items():
        (PICTURES / f"{name}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
