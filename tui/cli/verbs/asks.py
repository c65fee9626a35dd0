"""What a verb asks, as the options of its command, and what was said of it, read."""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Annotated, Any, get_args

import typer

from core.actions.action import ItemAction
from core.actions.wishing import wish_of
from core.asks import ASKS, CHANNEL, NOTE, SPOKEN_FOR, Ask, AskKind
from core.model import Item
from core.registers.phrases import LINES
from core.workflow import speaks_for_itself
from tui.cli.frame.completing import from_store, of_words
from tui.cli.frame.office import Office
from tui.cli.frame.opening import NAMED
from tui.cli.frame.options import (
    Category,
    ChannelOption,
    Co,
    Due,
    On,
    Photos,
    Severity,
    Unit,
    Zone,
    complete_numbers,
    reason_of,
)
from tui.verbs.labels import help_of

K = AskKind
AS_EVERYWHERE: dict[AskKind, Any] = {
    K.CATEGORY: Category,
    K.CHANNEL: ChannelOption,
    K.DUE: Due,
    K.FILES: Photos,
    K.SEVERITY: Severity,
    K.UNIT: Unit,
    K.UNITS: Co,
    K.ZONE: Zone,
}
"""Options that mean the same in every command, by the kind of what is asked."""
METAVARS = {K.TEXT: "TEXT", K.DAY: "DATE", K.WORD: "REASON", K.ITEM: "NUMBER", K.COUNT: "N"}
SHORT = {"location": "-l"}
BEHIND = ("note", "on")
"""What every verb asks, behind what is its own."""


def asking(
    verb: str,
    besides: Sequence[inspect.Parameter] = (),
    *,
    note: bool = True,
    on: bool = True,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A function for `tui.cli.frame.opening.opens` from one that gets as `given` what was said of what a verb asks.

    The options of the verb stand behind those of its own and those it has `besides`.
    """

    def take(function: Callable[..., None]) -> Callable[..., None]:
        asked = [*_options(verb), *_behind(verb, note=note, on=on)]
        names = [parameter.name for parameter in asked]

        def command(office: Office, **said: Any) -> None:
            given = Said(office, verb, {name: said.pop(name) for name in names})
            function(office, given=given, **said)

        office, *every = inspect.signature(function).parameters.values()
        own = [p for p in every if p.name != "given" and p.kind != p.VAR_KEYWORD]
        in_order = [p.replace(kind=NAMED) for p in (*own, *besides, *asked)]
        command.__signature__ = inspect.Signature([office, *in_order])  # type: ignore[attr-defined]
        return command

    return take


def _options(verb: str) -> Iterator[inspect.Parameter]:
    """The options of a verb that are its own, in the order it asks."""
    for ask in ASKS[verb]:
        if ask.command and ask.kind != K.OWN and ask.name not in BEHIND:
            yield _parameter(ask.name, _shape(verb, ask), ask.usual or None)


def _behind(verb: str, *, note: bool, on: bool) -> Iterator[inspect.Parameter]:
    """The note and the day, which are the same of every verb that has them."""
    if note:
        yield _parameter("note", _shape(verb, NOTE))
    if on:
        yield _parameter("on", On)


def _parameter(name: str, shape: Any, default: Any = None) -> inspect.Parameter:
    return inspect.Parameter(name, NAMED, default=default, annotation=shape)


def _shape(verb: str, ask: Ask) -> Any:
    """What Typer makes an option of."""
    if ask.kind in AS_EVERYWHERE:
        shape, info = get_args(AS_EVERYWHERE[ask.kind])[:2]
        info = copy(info)
        info.help = help_of(verb, ask) or info.help
    else:
        shape = int | None if ask.kind == K.COUNT else str | None
        info = typer.Option(metavar=METAVARS[ask.kind], help=help_of(verb, ask))
        info.autocompletion = _completion(ask)
    info.default = ...  # Typer keeps the first name of an option here, where it has any
    info.show_default = bool(ask.usual) and ask.kind != K.DUE
    info.param_decls = (f"--{ask.called.replace('_', '-')}", *filter(None, [SHORT.get(ask.name)]))
    return Annotated[shape, info]


def _completion(ask: Ask) -> Any:
    if ask.kind == K.TEXT and ask.name in LINES:
        return complete_phrases(ask.name)
    if ask.kind == K.WORD:
        return of_words(ask.words)
    return complete_numbers if ask.kind == K.ITEM else None


def complete_phrases(of: str) -> Any:
    """Sentences of the office for a line: measure, requirement, finding or reason."""
    from core.finding.phrases import offered

    return from_store(lambda town: offered(town, of))


class Said:
    """What was said of what a verb asks, read. Raises `RuleError` where a name or a day means nothing."""

    def __init__(self, office: Office, verb: str, said: Mapping[str, Any]) -> None:
        self._office = office
        self._verb = verb
        self._said = {
            ask.name: self._read(ask, said[ask.name])
            for ask in (*ASKS[verb], NOTE)
            if said.get(ask.name) not in (None, [])
        }
        if SPOKEN_FOR.name in said and speaks_for_itself(office.actor, verb):
            self._said.pop(SPOKEN_FOR.name, None)
            self._said.pop(CHANNEL.name, None)

    def __getitem__(self, name: str) -> Any:
        """What was said; None where nothing was."""
        return self._said.get(name)

    @property
    def day(self) -> date | None:
        """The day it happened, where that was said."""
        day: date | None = self["on"]
        return day

    def wish(self, item: Item, **known: Any) -> ItemAction:
        """The wish it makes of an item; `known` is taken before what was said."""
        return wish_of(self._verb, item, self._said | known, self._office.period)

    def _read(self, ask: Ask, text: Any) -> Any:
        office = self._office
        match ask.kind:
            case K.UNIT:
                return office.unit(text).id
            case K.UNITS:
                return tuple(office.unit(name).id for name in text)
            case K.ZONE:
                return office.zone(text).id
            case K.CATEGORY:
                return office.kind(text)
            case K.DAY:
                return office.day(text, ask.name)
            case K.WORD:
                return reason_of(text, ask.words)
            case K.CHANNEL:
                return office.channel(text)
            case K.ITEM:
                return office.items([text])[0].id
            case K.FILES:
                return tuple(text)
            case K.DUE:
                return text if text.strip() else office.due(text, None)  # which says what is wrong
            case K.SEVERITY:
                return text or None
            case K.TEXT | K.COUNT | K.OWN:
                return text
