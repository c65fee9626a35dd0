"""Commands that open the office: one decorator adds the options they all have."""

import inspect
from collections.abc import Callable
from typing import Any

from store.history.journals.lock import WAIT
from tui.cli.frame.office import open_office
from tui.cli.frame.options import As, Json, Lang, Store, Wait

LOOKING: tuple[tuple[str, Any, Any], ...] = (
    ("as_role", As, None),
    ("store", Store, None),
    ("lang", Lang, None),
)
NAMED = inspect.Parameter.KEYWORD_ONLY
SAVING = (*LOOKING, ("wait", Wait, WAIT))


def opens(
    *, saves: bool = False, json: bool = False, writes: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command from a function of the open office and its own options.

    The role, the store, the language, and where it `saves` how long to wait, come behind its own; so does
    `--json`, which the function then gets as `json`, and what is asked of a table that it `writes`, as `wanted`.
    """

    tail = SAVING if saves else LOOKING
    tail = (*tail[:1], ("json", Json, False), *tail[1:]) if json else tail
    if writes:
        from tui.cli.frame.wanted import OPTIONS, Wanted

        tail = (*OPTIONS, *tail)

    def take(function: Callable[..., None]) -> Callable[..., None]:
        def command(
            as_role: str | None, store: str | None, lang: str | None, wait: float = WAIT, **own: Any
        ) -> None:
            if writes:
                own["wanted"] = Wanted(**{name: own.pop(name) for name in Wanted._fields})
            with open_office(store, lang, as_role, wait) as office:
                function(office, **own)

        _office, *own = inspect.signature(function).parameters.values()
        given = [p for p in own if p.name not in ("json", "wanted")]
        behind = (inspect.Parameter(n, NAMED, default=d, annotation=shape) for n, shape, d in tail)
        parameters = [*(p.replace(kind=NAMED) for p in given), *behind]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in parameters}
        command.__doc__ = function.__doc__
        return command

    return take
