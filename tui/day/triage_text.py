"""What triage says: an item with what is suggested for it, and what was done in a queue."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from msgspec import Struct, field

from core.actions.action import verb_of
from core.changes import Changes
from core.day import triage
from core.day.routing import Reason
from core.day.sameness import closed_like, near_open
from core.day.triage import Plan
from core.model import Event, Item, State
from core.town.town import Town
from core.workflow import default_of
from tui.day.line_text import like_text
from tui.frame.details import Paragraphs, of_item
from tui.terminal.display import shown
from tui.verbs.fields import kind_name
from tui.verbs.suggesting import reason_text
from tui.words.i18n import _, ngettext
from tui.words.texts import listed, name_of, verb_name

NOT_HANDLED = frozenset({"split", "correct", "attach", "note"})
"""What leaves an item in its queue: it is only set right."""


class Progress(Struct):
    """Where a person is in the queues; kept while the board is open."""

    queue: str = ""
    item: int | None = None
    skipped: set[int] = field(default_factory=set)
    steps: dict[int, list[Event]] = field(default_factory=dict)
    """What was done, by transaction; what is taken back is not there any more."""

    @property
    def _events(self) -> list[Event]:
        return [event for events in self.steps.values() for event in events]

    @property
    def handled(self) -> set[int]:
        """Items something was done to; they do not come again in another queue."""
        return {event.record for event in self._events if event.action not in NOT_HANDLED}

    @property
    def done(self) -> dict[str, int]:
        """How often each verb was done."""
        return Counter(event.action for event in self._events)

    @property
    def issued(self) -> dict[int, list[int]]:
        """Items issued, by the unit each was given to last."""
        given = {e.record: e.unit_after for e in self._events if e.action == "assign"}
        found: dict[int, list[int]] = {}
        for item, unit in given.items():
            if unit is not None:
                found.setdefault(unit, []).append(item)
        return found

    def count(self, changes: Changes) -> None:
        """What was done in a transaction."""
        self.steps[changes.seq] = [e for e in changes.events if e.table == "items"]

    def take_back(self, changes: Changes) -> set[int]:
        """What a transaction takes back was not done; the items it was done to."""
        gone = self.steps.pop(changes.undoes or 0, [])
        items = {event.record for event in gone}
        self.skipped -= items
        return items


def of_plan(
    item: Item, plan: Plan, town: Town, today: date, events: Sequence[Event] | None
) -> Paragraphs:
    """An item, what Enter does to it and why, and what is like it."""
    found: Paragraphs = [("head", shown(f"{item.label} {item.location}"))]
    found.append(("text", shown(item.description, lines=True)))
    found.append(("head", _("Enter: {what}").format(what=_what(item, plan, town, today))))
    found += [("text", line) for line in _suggested(item, plan, town)]
    near = near_open(town, item)
    if near:
        found.append(("head", _("Alike, open in this zone (m merges)")))
        found += [("text", shown(f"{i.label} {i.location} {i.description}")) for i in near]
    gone = closed_like(town, item, today) if item.state in (State.REPORTED, State.ACCEPTED) else []
    if gone:
        found.append(("head", _("Struck off within 90 days (P on the board opens one again)")))
        found += [("text", like_text(each)) for each in gone]
    return [*found, *of_item(item, town, today, events)[1:]]


def _what(item: Item, plan: Plan, town: Town, today: date) -> str:
    verbs = dict.fromkeys(verb_of(a) for a in triage.actions(town, item, plan, today))
    return " + ".join(verb_name(verb) for verb in verbs or (triage.OTHERWISE,))


def _suggested(item: Item, plan: Plan, town: Town) -> list[str]:
    """The fields of the plan with their reasons, each with the key that changes it."""
    if item.state not in (State.REPORTED, State.ACCEPTED):
        return []
    found = plan.suggestion
    unit = town.units.get(plan.lead or 0)
    who = shown(unit.name) if unit else ""
    helping = [town.units[u].name for u in plan.co if u in town.units]
    if helping and plan.lead == found.lead:
        who += f" + {shown(listed(helping))}"
    rows = (
        (
            "c",
            "category",
            shown(kind_name(plan.category, plan.subcategory)),
            found.category_why if plan.subcategory == found.subcategory else None,
        ),
        ("n", "lead_unit", who, found.lead_why if plan.lead == found.lead else None),
        (
            "d",
            "due",
            shown(plan.deadline),
            _due_why(plan),
        ),
        ("r", "requirement", shown(plan.requirement or default_of("assign", "requirement")), None),
    )
    lines = []
    if item.zone is None and item.state == State.REPORTED:
        zone = town.zones.get(plan.zone or 0)
        said = (
            _("{zone} (the place begins with it)").format(zone=f"{zone.code} {zone.name}")
            if zone
            else ""
        )
        lines.append(shown(f"e {name_of('zone')}: {said or _('not set')}"))
    for key, name, value, why in rows:
        value = value or _("not set")
        text = f"{key} {name_of(name)}: {value}"
        lines.append(f"{text} ({shown(reason_text(why))})" if why else text)
    if plan.written is not None:
        wrote = plan.written
        words = [f"{name_of('issued_on')} {wrote.issued_on}", f"{name_of('due')} {wrote.due}"]
        if wrote.done:
            done = wrote.done_on or _("done")
            words.append(f"{name_of('progress')} {done}")
        lines.append(_("The ledger says: {text}").format(text=listed(words)))
    if found.suspend_days is not None:
        lines.append(_("The rule says: suspend with a plan (H)."))
    return lines


def _due_why(plan: Plan) -> Reason | None:
    """Why the deadline of a plan is what it is."""
    if plan.taken_up is not None:
        return Reason("proposed")
    return plan.suggestion.due_why if plan.deadline == plan.suggestion.deadline else None


def of_progress(progress: Progress, town: Town) -> Paragraphs:
    """What was done, and what each unit was given."""
    found: Paragraphs = [("head", _("Done"))]
    found += [("text", f"{verb_name(verb)}: {count}") for verb, count in progress.done.items()] or [
        ("text", _("nothing"))
    ]
    if progress.skipped:
        count = len(progress.skipped)
        text = ngettext("skipped: {count} (g again)", "skipped: {count} (g again)", count)
        found.append(("text", text.format(count=count)))
    for unit, given in progress.issued.items():
        found.append(("head", shown(f"{town.units[unit].name} ({len(given)})")))
        for number, key in enumerate(given, 1):
            item = town.items[key]
            due = item.assignment.due if item.assignment else None
            line = f"{number}. {item.label} {item.location}：{item.description} {due or ''}"
            found.append(("text", shown(line)))
    return found
