"""Brings the Chinese catalogue up to the sources and compiles it; run by hand or `make messages`.

New messages are added empty and named; a test fails until they are translated.
"""

import ast
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "tui" / "locale" / "zh_CN" / "LC_MESSAGES" / "zhenggai.po"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}


def _within_f_strings() -> set[object]:
    """Messages within f-strings, which the extractor reads on newer Pythons only."""
    found: set[object] = set()
    for folder in ("core", "store", "tui"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    found |= {_said(call) for call in ast.walk(node)} - {None}
    return found


def _said(node: ast.AST) -> object:
    """The text of a call of `_`."""
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
    first = node.args[0] if named and isinstance(node, ast.Call) and node.args else None
    return first.value if isinstance(first, ast.Constant) else None


def source_ids() -> set[object]:
    """Every message of the sources: a string, or a tuple of one and many."""
    return _within_f_strings() | {
        message
        for folder in ("core", "store", "tui")
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, [("**.py", "python")], keywords=KEYWORDS
        )
    }


def main() -> int:
    with CATALOGUE.open("rb") as file:
        old = read_po(file)
    known = {m.id: m.string for m in old if m.id}
    new = Catalog(locale="zh_CN", project="zhenggai", domain="zhenggai", fuzzy=False)
    new.creation_date = new.revision_date = old.creation_date
    missing = []
    for message in sorted(source_ids(), key=str):
        text = known.get(message)
        if not text:
            missing.append(message)
        new.add(message, text or "")  # type: ignore[arg-type]
    with CATALOGUE.open("wb") as file:
        write_po(file, new, sort_output=True, width=100)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, new)
    for message in missing:
        print("untranslated:", message, file=sys.stderr)
    return len(missing)


if __name__ == "__main__":
    sys.exit(bool(main()))
