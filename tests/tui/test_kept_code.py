"""The program as it was when a board began."""

import os
import shutil
import subprocess
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path

import pytest

import core
import store
import tui
from tui.kept_code import NOT_OURS, KeptCode, keep_code

KEEPS_AND_LOADS = """
import importlib.util, shutil, sys
from pathlib import Path
import tui.session.session
from tui.kept_code import keep_code, modules
keep_code()
wanted = [spec.name for spec in modules()]
ours = [name for name in wanted if name.startswith(("core", "store", "tui"))]
for package in ("core", "store", "tui"):
    shutil.rmtree(Path(sys.modules[package].__file__).parent)
for name in ours:
    importlib.util.find_spec(name)  # a look alone loses nothing
    importlib.import_module(name)
print(*ours)
print(importlib.util.find_spec("textual.widgets._data_table").loader.__class__.__name__)
from core.deciding.deciders import DECIDERS
print(len(DECIDERS))
"""


def test_everything_put_off_is_the_program_that_was_begun_with(tmp_path: Path) -> None:
    """An upgrade of the program under an open board must not mix two versions of it."""
    names = set()
    for package in (core, store, tui):
        root = Path(package.__path__[0])
        shutil.copytree(root, tmp_path / root.name, ignore=shutil.ignore_patterns("__pycache__"))
        for path in root.rglob("*.py"):
            name = ".".join((root.name, *path.relative_to(root).with_suffix("").parts))
            names.add(name.removesuffix(".__init__"))
    done = subprocess.run(
        [sys.executable, "-c", KEEPS_AND_LOADS],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded, found_by, decided = done.stdout.splitlines()
    assert int(decided) > 90
    names -= {package.__name__ for package in (core, store, tui)}
    assert set(loaded.split()) == {name for name in names if not name.startswith(NOT_OURS)}
    assert found_by == "_KeptLoader"


def test_what_is_put_off_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr("tui.kept_code.modules", lambda: looked.append(1) or iter(()))
    monkeypatch.setattr("tui.kept_code._kept", KeptCode())
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    for _ in range(3):
        keep_code()
    assert looked == [1]


def test_a_module_that_is_half_written_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    specs = []
    for name, text in (("half", "def f(:\n"), ("whole", "x = 1\n")):
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
        loader = SourceFileLoader(f"tui.{name}", str(tmp_path / f"{name}.py"))
        specs.append(ModuleSpec(f"tui.{name}", loader))
    monkeypatch.setattr("tui.kept_code.modules", lambda: iter(specs))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    kept = KeptCode()
    kept.keep()
    assert set(kept.held) == {"tui.whole"}
