"""The program as it was when a board began: an upgrade under an open board must not mix two versions of it.

What the board has not needed yet is held as compressed code, which an import then takes instead of what lies on
the disk by then. Loading it all would do as well and take ten times the memory, fifty times over in a full office.
"""

import importlib
import marshal
import pkgutil
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

PACKAGES = ("core", "store", "tui", "textual", "rich")
"""What is loaded in part while a board is open: the program, and the libraries that draw it. What writes Word and Excel
files is looked for on the disk when it is wanted."""
NOT_OURS = ("tui.cli", "tui.gate", "tui.main", "store.samples", "textual.demo", "rich.__main__")
"""What a board never needs: the commands, and what shows something off."""


class _KeptLoader(Loader):
    """Loads a module from code that is held; what else is asked of a loader, the module's own answers."""

    def __init__(self, name: str, own: Any) -> None:
        self._own = own
        self.code = zlib.compress(marshal.dumps(own.get_code(name)), 1)

    def exec_module(self, module: ModuleType) -> None:
        """Run the code, once: what was loaded is not held any more."""
        exec(marshal.loads(zlib.decompress(self.code)), module.__dict__)
        self.code = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own, name)


class KeptCode(MetaPathFinder):
    """Finds modules among those that are held."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[ModuleSpec, _KeptLoader]] = {}

    def keep(self) -> None:
        """Hold every module that is not loaded; from now on imports look here first.

        One that is half written just now, by the very upgrade this guards against, is passed over.
        """
        for spec in modules():
            if spec.name not in sys.modules and hasattr(spec.loader, "get_code"):
                with suppress(ImportError, SyntaxError, ValueError, EOFError, OSError):
                    self.held[spec.name] = spec, _KeptLoader(spec.name, spec.loader)
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module is loaded from; None where it is not held."""
        spec, loader = self.held.get(fullname, (None, None))
        if spec is None or loader is None or not loader.code:
            return None
        found = copy(spec)
        found.loader = loader
        return found


def modules() -> Iterator[ModuleSpec]:
    """Every module of those packages that a board may still need, loaded or not."""
    for package in PACKAGES:
        yield from _below(package, importlib.import_module(package).__path__)


def _below(package: str, places: Iterable[str]) -> Iterator[ModuleSpec]:
    for found in pkgutil.iter_modules(places, f"{package}."):
        finder: Any = found.module_finder
        spec = None if found.name.startswith(NOT_OURS) else finder.find_spec(found.name)
        if spec is not None:
            yield spec
            if found.ispkg:
                yield from _below(found.name, spec.submodule_search_locations or ())


_kept = KeptCode()


def keep_code() -> None:
    """Hold what is not loaded yet; once is enough."""
    if _kept not in sys.meta_path:
        _kept.keep()
