"""What an office's own Word file may compute: it names values and repeats over rows, and nothing grows."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST = 20_000
"""Characters an operator or a filter may make at once."""


class Listed(Exception):
    """A list, a row or something else of the program where words or numbers belong."""


class Unbounded(Exception):
    """An operator or a filter that would make something endless."""


def _refused(value: object) -> Listed:
    return Listed(repr(value)[:40])


class Rows(list[Any]):
    """A list that can be gone through and counted, and is never written out as the program has it."""

    def __str__(self) -> str:
        raise _refused(list(self))

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        return Rows(found) if isinstance(at, slice) else found


class TemplateRow(dict[str, Any]):
    """What a row has, by name; never written out whole."""

    def __str__(self) -> str:
        raise _refused(dict(self))


def _in_rows(filtered: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose list, or what makes one, is of rows too."""

    @wraps(filtered)
    def run(*args: Any, **options: Any) -> Any:
        made = filtered(*args, **options)
        return Rows(made) if isinstance(made, list | tuple | Iterator) else made

    return run


class _Bounded(ImmutableSandboxedEnvironment):
    """Operators with bounds; no function of its own."""

    intercepted_binops = frozenset({"*", "**", "%", "+", "//"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**":
            raise Unbounded(operator)
        if operator == "%" and isinstance(left, str):
            raise Unbounded(operator)
        if operator == "*":
            sized = next((v for v in (left, right) if isinstance(v, str | list | tuple)), None)
            times = next((v for v in (left, right) if isinstance(v, int)), 1)
            if sized is not None and len(sized) * max(1, abs(times)) > LONGEST:
                raise Unbounded(operator)
        made = super().call_binop(context, operator, left, right)
        if isinstance(made, int) and abs(made) > 10**15:
            raise Unbounded(operator)
        if isinstance(made, str | list | tuple) and len(made) > LONGEST:
            raise Unbounded(operator)
        return made


_FILTERS = (
    "default", "d", "e", "escape", "first", "float", "int", "join", "last", "length", "count", "lower",
    "replace", "round", "string", "title", "trim", "upper", "truncate", "sum", "sort", "unique", "list",
    "map", "select", "selectattr", "reject", "rejectattr", "groupby", "batch", "abs", "min", "max",
)  # fmt: skip
"""What words and rows may be passed through; none makes more of them than there is."""


def environment(*, strict: bool) -> Any:
    """The only environment a template is read and filled in with."""
    made = _Bounded(
        autoescape=True, undefined=StrictUndefined if strict else Undefined, finalize=_written
    )
    made.globals.clear()
    made.filters = {name: _in_rows(made.filters[name]) for name in _FILTERS}
    return made


def _written(value: Any) -> Any:
    """A value where it is written out: words and numbers, nothing else the program has."""
    if not isinstance(value, str | int | float | Undefined | None):
        raise _refused(value)
    return "" if value is None else value
