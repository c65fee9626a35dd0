"""What every verb does on the command line: several numbers, one transaction."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from core.actions.action import Action
from core.changes import Changes
from core.errors import DoneBefore
from core.model import Item, RequestState
from core.model.parts import worked_on
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Numbers, Yes
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json
from tui.cli.verbs.asks import Said, asking
from tui.exits import make_sure
from tui.photo_evidence import evidenced
from tui.words.history import provisional_texts
from tui.words.i18n import _
from tui.words.texts import say, verb_name

Make = Callable[[Item], Action | list[Action]]
"""What becomes of one item."""


class VerbCommands(Commands):
    """Commands of one module; those about items are named by `verb`."""

    def verb(
        self, name: str, help_text: str
    ) -> Callable[[Callable[..., Make]], Callable[..., Make]]:
        """Register `zg NAME NUMBER...` with what the verb asks.

        The function gets the open office and what was said, and returns what becomes of each item. Options that
        it has besides stand before those of the verb.
        """

        def take(prepare: Callable[..., Make]) -> Callable[..., Make]:
            self.command(name, help_text)(_command(name, prepare))
            return prepare

        return take

    def as_asked(self, name: str, help_text: str) -> None:
        """Register a verb that does with each item what was said."""
        self.verb(name, help_text)(lambda office, given: given.wish)


def _command(verb: str, prepare: Callable[..., Make]) -> Callable[..., None]:
    """A command with the options of a verb, behind those `prepare` has besides."""
    besides = list(inspect.signature(prepare).parameters.values())[2:]

    @asking(verb, besides)
    def command(
        office: Office,
        numbers: Numbers,
        given: Said,
        *,
        yes: Yes = False,
        json: bool = False,
        **own: Any,
    ) -> None:
        make = prepare(office, given, **own)
        items = office.items(numbers)
        sure_of_many(len(items), yes=yes)
        _act(office, items, make, json)

    return opens(saves=True, json=True)(command)


MANY = 20
"""Items beyond which a verb asks first."""


def sure_of_many(count: int, *, yes: bool) -> None:
    """Ask before very many items are changed at once. Raises `RuleError("declined")`."""
    if count > MANY:
        make_sure(_("Do it to {count} items at once?").format(count=count), yes=yes)


def _tell_lists(office: Office, changes: Changes) -> None:
    """How each unit that was given something gets its list."""
    given = [item.assignment for item in changed_items(office, changes)]
    leads = {each.lead for each in given if each is not None}
    for unit in sorted(key for key in leads if key is not None):
        told = _("For its assignment list: zg notice draft --kind 交办 --unit {unit}")
        talk(told.format(unit=office.town.units[unit].name))


def _act(office: Office, items: list[Item], make: Make, json: bool) -> None:
    """One transaction over all the items; prints numbers that were made, or records."""
    made = [make(item) for item in items]
    steps = [
        step
        for item, each in zip(items, made, strict=True)
        for action in (each if isinstance(each, list) else [each])
        for step in evidenced(action, item, office.keep)
    ]
    changes = office.commit(steps)
    for change in changes.of("requests"):
        if getattr(change.new, "state", "") == RequestState.ASKED:
            talk(
                _("{number}: {verb} waits for approval.").format(
                    number=office.town.item(change.new.item).label,  # type: ignore[attr-defined]
                    verb=verb_name(change.new.kind),  # type: ignore[attr-defined]
                )
            )
    for line in provisional_texts(changes):
        talk(line)
    if changes.op == "assign":
        _tell_lists(office, changes)
    if changes.op == "remind":
        _tell_reminded(items, changes)
    after = changed_items(office, changes) or [office.town.item(item.id) for item in items]
    if json:
        print_json(office.records(after))
        return
    before = {c.id: getattr(c.old, "number", "") for c in changes.of("items")}
    for item in after:
        if item.number != before.get(item.id, item.number):
            print(item.number)


def _tell_reminded(items: Sequence[Item], changes: Changes) -> None:
    """Which of several had been reminded of today already."""
    made = {change.id for change in changes.of("items")}
    for item in items:
        if item.id not in made:
            talk(say(DoneBefore("reminded_today", number=item.label)))


def changed_items(office: Office, changes: Changes) -> list[Item]:
    """The items a transaction touched, as they are now; of what stands in parts the parts."""
    return worked_on(office.town.item(change.id) for change in changes.of("items"))
