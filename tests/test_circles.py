"""No circle of imports in any folder, however late something is imported; import-linter holds the order."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter

from test_house import ROOT, modules


def named() -> dict[str, ast.Module]:
    """Every module by its name."""
    found = {}
    for path in modules():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = ast.parse(path.read_text("utf-8"))
    return found


def imported(node: ast.AST) -> Iterator[str]:
    """What a module imports, also within functions; what only types need is not there when it runs."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.ImportFrom) and child.module:
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        elif isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        else:
            yield from imported(child)


def test_there_is_no_circle() -> None:
    trees = named()
    rests: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, tree in trees.items():
        for target in imported(tree):
            there = target if target in trees else target.rpartition(".")[0]
            if there not in trees:
                continue
            mine, other = name.split("."), there.split(".")
            for at, (a, b) in enumerate(zip(mine, other, strict=False)):
                if a != b:
                    rests[".".join(mine[:at])][a].add(b)
                    break
    assert len(rests) > 50
    for graph in rests.values():
        TopologicalSorter(graph).prepare()  # raises `CycleError`, which names them


def test_no_module_imports_the_package_it_is_in() -> None:
    trees = named()
    for name, tree in trees.items():
        for target in imported(tree):
            there = target if target in trees else target.rpartition(".")[0]
            assert not name.startswith(f"{there}."), f"{name} imports {there}"


def test_a_circle_would_be_seen() -> None:
    tree = ast.parse("def f():\n    from core.a import b\nif TYPE_CHECKING:\n    import core.c\n")
    assert list(imported(tree)) == ["core.a.b"]
