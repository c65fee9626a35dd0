"""How the house is kept: small files, functions and folders, one name for a thing. The exceptions may only shrink."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_LINES, MOST_OF_A_FUNCTION, MOST_MODULES = 300, 40, 12
MOST_OF_A_TEST_FILE = 500
EXCEPTIONS = ROOT / "tests" / "data" / "house.txt"
"""A file, a function or a folder that is larger than it should be, the size it has now, and why it may."""


def modules() -> Iterator[Path]:
    for package in ("core", "store", "tui"):
        yield from sorted((ROOT / package).rglob("*.py"))


def too_large() -> dict[str, int]:
    found: dict[str, int] = {}
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text("utf-8")
        lines = text.count("\n")
        if lines > MOST_LINES:
            found[name] = lines
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                if size > MOST_OF_A_FUNCTION:
                    found[f"{name}:{node.name}"] = size
    for path in sorted((ROOT / "tests").rglob("*.py")):
        lines = path.read_text("utf-8").count("\n")
        if lines > MOST_OF_A_TEST_FILE:
            found[path.relative_to(ROOT).as_posix()] = lines
    folders = Counter(path.parent for path in modules() if path.name != "__init__.py")
    for folder, count in folders.items():
        if count > MOST_MODULES and folder.name not in ("model", "registers"):
            found[folder.relative_to(ROOT).as_posix() + "/"] = count
    return found


def test_nothing_grows() -> None:
    known: dict[str, int] = {}
    for line in EXCEPTIONS.read_text("utf-8").splitlines():
        name, size, reason = line.split(" ", 2)
        assert len(reason.split()) > 2, f"{name}: why may it be so large?"
        known[name] = int(size)
    now = too_large()
    assert not {name: size for name, size in now.items() if size > known.get(name, 0)}
    assert not known.keys() - now.keys(), "these are small by now: take them off the list"


def test_a_class_has_a_name_of_its_own() -> None:
    names: dict[str, list[str]] = {}
    for path in modules():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                names.setdefault(node.name, []).append(path.relative_to(ROOT).as_posix())
    assert not {name: where for name, where in names.items() if len(where) > 1}
