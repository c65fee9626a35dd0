"""What an office's own Word file may compute: it names values and repeats over rows, and nothing grows."""

from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST = 20_000
"""Characters an operator or a filter may make at once."""
LISTED = "a list: "


class Unbounded(Exception):
    """An operator or a filter that would make something endless."""


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
    made.filters = {name: made.filters[name] for name in _FILTERS if name in made.filters}
    return made


def _written(value: Any) -> Any:
    """A value where it is written out: words and numbers, never a list as the program has it."""
    if isinstance(value, list | tuple | dict):
        raise TypeError(f"{LISTED}{str(value)[:40]}")
    return value
