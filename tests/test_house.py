"""How the house is kept: small files, functions and folders, one name for a thing. The exceptions may only shrink."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from core.registers import REGISTERS

ROOT = Path(__file__).parents[1]
MOST_LINES, MOST_OF_A_FUNCTION, MOST_MODULES = 300, 40, 12
MOST_OF_A_TEST_FILE = 500
MOST_EXCEPTIONS, MOST_LINES_EXCEPTED = 42, 3710
"""Set lower whenever the list has become shorter, never higher."""
EXCEPTIONS = ROOT / "tests" / "data" / "house.txt"
"""A file, a function or a folder that is larger than it should be, the size it has now, and why it may."""

NOUNS = ROOT / "tests" / "data" / "nouns.txt"
"""A name several modules have, how many, and what it is wherever it stands."""


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


def names_of_families() -> set[str]:
    """A family of verbs and a register have one name on every floor."""
    loop = {path.stem for path in (ROOT / "core" / "actions" / "loop").glob("*.py")}
    return (
        loop | set(REGISTERS) | {register.noun for register in REGISTERS.values()} | {"login_keys"}
    )


def test_a_module_has_the_name_of_another_only_where_it_is_the_same_noun() -> None:
    counts = Counter(path.stem for path in modules() if not path.stem.startswith("__"))
    recurring = {name: count for name, count in counts.items() if count > 1}
    nouns: dict[str, int] = {}
    for line in NOUNS.read_text("utf-8").splitlines():
        name, count, noun = line.split(" ", 2)
        assert len(noun.split()) > 2, f"{name}: what is it, wherever it stands?"
        nouns[name] = int(count)
    known = dict.fromkeys(names_of_families(), max(recurring.values())) | nouns
    assert not {name: n for name, n in recurring.items() if n > known.get(name, 0)}
    assert nouns == {name: recurring.get(name, 0) for name in nouns}, "take them off the list"


def test_the_list_of_what_may_be_large_only_shrinks() -> None:
    sizes = [int(line.split(" ")[1]) for line in EXCEPTIONS.read_text("utf-8").splitlines()]
    assert len(sizes) <= MOST_EXCEPTIONS
    assert sum(sizes) <= MOST_LINES_EXCEPTED


def test_the_page_about_the_house_names_files_that_are_there() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    files = {path.relative_to(ROOT).as_posix() for path in modules()}
    files |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")}
    named = set(re.findall(r"`([a-z_/]+\.py)`", page))
    assert len(named) > 100
    assert not {name for name in named if not any(f"/{f}".endswith(f"/{name}") for f in files)}


def test_no_case_is_passed_over_in_silence() -> None:
    """A match that does nothing with whatever it does not know has let faults through before."""
    silent = [
        f"{path.relative_to(ROOT).as_posix()}:{case.pattern.lineno}"
        for path in modules()
        for case in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(case, ast.match_case)
        and isinstance(case.pattern, ast.MatchAs)
        and case.pattern.pattern is None
        and [type(step) for step in case.body] == [ast.Pass]
    ]
    assert not silent
