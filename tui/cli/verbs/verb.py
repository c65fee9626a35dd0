"""What every verb does on the command line: several numbers, one transaction."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from core.actions import Action
from core.changes import Changes
from core.errors import DoneBefore
from core.finding.phrases import offered
from core.model import Item, RequestState, Role
from core.model.parts import worked_on
from core.roles import acting_role
from core.workflow import TABLE
from store.history.journals.lock import WAIT
from tui.cli.frame.completing import from_store
from tui.cli.frame.office import Office, open_office, talk
from tui.cli.frame.options import As, Json, Lang, Numbers, On, Store, Wait, Yes
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json
from tui.evidence import evidenced
from tui.exits import make_sure
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
        """Register `zg NAME NUMBER...`.

        The function gets the open office, the day it happened and its own options, and returns
        what becomes of each item. The options of every verb stand behind its own.
        """

        def take(prepare: Callable[..., Make]) -> Callable[..., Make]:
            self.command(name, help_text)(_command(prepare))
            return prepare

        return take


def _command(prepare: Callable[..., Make]) -> Callable[..., None]:
    """A function with the options of `prepare` among those that every verb has."""

    def command(
        numbers: Numbers,
        on: On = None,
        as_role: As = None,
        yes: Yes = False,
        json: Json = False,
        store: Store = None,
        lang: Lang = None,
        wait: Wait = WAIT,
        **own: Any,
    ) -> None:
        with open_office(store, lang, as_role, wait) as office:
            make = prepare(office, office.day(on), **own)
            items = office.items(numbers)
            sure_of_many(len(items), yes=yes)
            _act(office, items, make, json)

    first, *every, _own = inspect.signature(command).parameters.values()
    own = list(inspect.signature(prepare).parameters.values())[2:]
    parameters = (first, *own, *every)
    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    return command


def complete_phrases(of: str) -> Callable[[str], list[str]]:
    """Sentences of the office for a line: measure, requirement, finding or reason."""
    return from_store(lambda town: offered(town, of))


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
        _tell_reminded(office, items, changes)
    after = changed_items(office, changes) or [office.town.item(item.id) for item in items]
    if json:
        print_json(office.records(after))
        return
    before = {c.id: getattr(c.old, "number", "") for c in changes.of("items")}
    for item in after:
        if item.number != before.get(item.id, item.number):
            print(item.number)


def _tell_reminded(office: Office, items: Sequence[Item], changes: Changes) -> None:
    """Which of several had been reminded of today already."""
    made = {change.id for change in changes.of("items")}
    for item in items:
        if item.id not in made:
            talk(say(DoneBefore("reminded_today", number=item.label)))


def changed_items(office: Office, changes: Changes) -> list[Item]:
    """The items a transaction touched, as they are now; of what stands in parts the parts."""
    return worked_on(office.town.item(change.id) for change in changes.of("items"))


def on_behalf(office: Office, verb: str, for_unit: str | None, channel: str) -> dict[str, Any]:
    """For whom a clerk speaks and how it arrived; a liaison speaks for themselves."""
    if acting_role(office.actor, TABLE[verb].roles) == Role.LIAISON:
        return {}
    return {
        "on_behalf_of": office.unit(for_unit).id if for_unit else None,
        "channel": office.channel(channel),
    }
