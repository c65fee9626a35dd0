"""The program as it was when a board began: an upgrade under an open board must not mix two versions of it.

What the board has not needed yet is held as compressed code, which an import then takes instead of what lies on
the disk by then. Loading it all would do as well and take ten times the memory, fifty times over in a full office.
"""

import importlib
import marshal
import sys
import zlib
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

PACKAGES = ("core", "store", "tui", "textual", "rich")
"""What is loaded in part while a board is open: the program, and the libraries that draw it."""
NOT_OURS = ("tui.cli", "tui.gate", "tui.main", "store.samples", "textual.demo", "rich.__main__")
"""What a board never needs: the commands, and what shows something off."""


class _KeptLoader(SourceFileLoader):
    """Loads a module from code that is held."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        code = super().get_code(name)
        self._code = zlib.compress(marshal.dumps(code), 1)

    def get_code(self, fullname: str) -> CodeType:
        """Its code, for the one time it is loaded."""
        code: CodeType = marshal.loads(zlib.decompress(self._code))  # made here
        self._code = b""
        return code


class KeptCode(MetaPathFinder):
    """Finds modules among those that are held."""

    def __init__(self) -> None:
        self._loaders: dict[str, _KeptLoader] = {}

    def keep(self) -> None:
        """Hold every module that is not loaded; from now on imports look here first."""
        for name, path in modules():
            if name not in sys.modules:
                self._loaders[name] = _KeptLoader(name, path)
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module is loaded from; None where it is not held."""
        loader = self._loaders.pop(fullname, None)
        return spec_from_file_location(fullname, loader.path, loader=loader) if loader else None


def modules() -> Iterator[tuple[str, str]]:
    """Every module of those packages that a board may still need, loaded or not, with its file."""
    for package in PACKAGES:
        for place in importlib.import_module(package).__path__:
            root = Path(place)
            for path in sorted(root.rglob("*.py")):
                parts = (package, *path.relative_to(root).with_suffix("").parts)
                name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
                if not name.startswith(NOT_OURS):
                    yield name, str(path)


_kept = KeptCode()


def keep_code() -> None:
    """Hold what is not loaded yet; once is enough."""
    if _kept not in sys.meta_path:
        _kept.keep()
