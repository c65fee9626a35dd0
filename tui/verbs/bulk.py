"""Acting on many cards: which of them would be refused and why, before anything is sent."""

from collections.abc import Sequence

from msgspec import Struct

from core.actions.action import Action
from core.actions.wish import Wish
from core.deciding import decide
from core.errors import RuleError
from core.model import Item
from core.roles import Actor
from core.town.town import Moment, Town
from core.workflow import refusal
from tui.terminal.display import shown
from tui.verbs.fields import Form
from tui.words.i18n import ngettext
from tui.words.texts import say, verb_name

MOST = 8
"""Refused cards named one by one."""


class Rejection(Struct, frozen=True):
    """A card that is left out, and why, in a sentence."""

    item: Item
    why: str


def tried(
    actions: Sequence[Action], items: Sequence[Item], town: Town, actor: Actor, moment: Moment
) -> tuple[list[Action], list[Rejection]]:
    """The actions that would go through, each by itself, and the cards of the others."""
    good: list[Action] = []
    bad: list[Rejection] = []
    for action, item in zip(actions, items, strict=True):
        try:
            decide(town, Wish(action), actor, moment)
        except RuleError as error:
            bad.append(Rejection(item, say(error)))
        else:
            good.append(action)
    return good, bad


def why_none(rejected: Sequence[Rejection]) -> str:
    """What is said where none of the cards can go ahead: the first one's reason, and how many more there are."""
    first, *others = rejected
    return "  ".join([first.why, *([_and_more(len(others))] if others else [])])


def _and_more(count: int) -> str:
    return str(ngettext("and {count} more", "and {count} more", count).format(count=count))


def preview(verb: str, count: int, rejected: Sequence[Rejection]) -> Form:
    """What is asked before the good ones of many go ahead."""
    lines = [
        why if (why := r.why).startswith(r.item.label) else f"{shown(r.item.label)}: {why}"
        for r in rejected[:MOST]
    ]
    if len(rejected) > MOST:
        lines.append(_and_more(len(rejected) - MOST))
    title = ngettext(
        "{verb}: {count} is refused", "{verb}: {count} are refused", len(rejected)
    ).format(verb=verb_name(verb), count=len(rejected))
    hint = ngettext(
        "Enter: go on with the other {count}, Esc leave all",
        "Enter: go on with the other {count}, Esc leave all",
        count,
    ).format(count=count)
    return Form(title, (), None, "\n".join(lines), hint)


def meant(items: Sequence[Item], verb: str, actor: Actor, town: Town) -> list[Item]:
    """The items, with the whole of a part where a verb is not done to a part."""

    def one(item: Item) -> Item:
        no = refusal(item, verb, actor) if item.part_of is not None else None
        return town.whole_of(item) if no is not None and no.code == "a_part" else item

    return list({each.id: each for each in map(one, items)}.values())
