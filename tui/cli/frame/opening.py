"""Commands that open the office: one decorator adds the options they all have."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from store.history.journals.lock import WAIT
from tui.cli.frame.office import open_office
from tui.cli.frame.options import As, Json, Lang, Store, Wait, Yes

NAMED = inspect.Parameter.KEYWORD_ONLY
_Shape = tuple[str, Any, Any]
"""A parameter: its name, what Typer makes it of, its default."""


def opens(
    *,
    saves: bool = False,
    json: bool = False,
    writes: bool = False,
    role: bool = True,
    via: str = "cli",
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command from a function of the open office and its own options, with those all have behind them: what is
    asked of a table that it `writes`, as `wanted`; the role, but for what everybody may do; `--yes`, where it has
    that; `--json`; the store, the language, and where it `saves` how long to wait. `via` stands in the history.
    """

    def take(function: Callable[..., None]) -> Callable[..., None]:
        _office, *every = inspect.signature(function).parameters.values()
        own = [p.replace(kind=NAMED) for p in every if p.name not in ("yes", "json", "wanted")]
        sure = any(p.name == "yes" for p in every)
        shapes = _behind(saves=saves, json=json, writes=writes, role=role, sure=sure)
        behind = [
            inspect.Parameter(n, NAMED, default=d, annotation=shape) for n, shape, d in shapes
        ]

        def command(
            store: str | None,
            lang: str | None,
            as_role: str | None = None,
            wait: float = WAIT,
            **said: Any,
        ) -> None:
            with open_office(store, lang, as_role, wait, via) as office:
                function(office, **(_tabled(said) if writes else said))

        parameters = [*own, *behind]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in parameters}
        command.__doc__ = function.__doc__
        return command

    return take


def _tabled(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with what was said of the table as one."""
    from tui.cli.frame.wanted import Wanted

    wanted = Wanted(**{name: said.pop(name) for name in Wanted._fields})
    return {**said, "wanted": wanted}


def _behind(*, saves: bool, json: bool, writes: bool, role: bool, sure: bool) -> Iterator[_Shape]:
    """What stands behind a command's own options, in one order everywhere."""
    if writes:
        from tui.cli.frame.wanted import OPTIONS

        yield from OPTIONS
    if role:
        yield "as_role", As, None
    if sure:
        yield "yes", Yes, False
    if json:
        yield "json", Json, False
    yield "store", Store, None
    yield "lang", Lang, None
    if saves:
        yield "wait", Wait, WAIT
