"""Forms of the rest of the loop: moving, standing aside, leaving, pressing, looking back, deciding."""

from collections.abc import Sequence

from core.actions import (
    Action,
    Appeal,
    Criticise,
    Extend,
    Merge,
    Reassign,
    Remind,
    Resume,
    Return,
    Revive,
    Summon,
    Supervise,
    Suspend,
    Trigger,
    Void,
)
from core.day.routing import Reason, Suggestion
from core.model import VOIDED_AS, Item
from core.town.facts import Facts
from core.town.town import Town
from core.words.deadlines import wording
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Answers, Choice, Field, Form, Make
from tui.words.i18n import N_, _
from tui.words.texts import listed

REASONS = {
    "proposed": N_("as the ledger says"),
    "route": N_("route {value}"),
    "zone": N_("answers for {value}"),
    "last": N_("as with {value}"),
    "rule": N_("rule {value}"),
    "word": N_("the text says {value}"),
    "perhaps": N_("perhaps, since the text says {value}"),
    "decided": N_("like {value}"),
}
"""Why something is suggested."""


def reason_text(reason: Reason) -> str:
    """A reason in words."""
    return _(REASONS[reason.code]).format(value=reason.value)


def suggestion_text(found: Suggestion, town: Town, *, only_category: bool = False) -> str:
    """What is suggested, each with its reason."""
    parts = []
    if found.category_why is not None:
        kind = f"{found.category}/{found.subcategory}"
        parts.append(f"{kind} ({reason_text(found.category_why)})")
    if not only_category:
        unit = town.units.get(found.lead or 0)
        if unit is not None and found.lead_why is not None:
            parts.append(f"{unit.name} ({reason_text(found.lead_why)})")
        if found.due_why is not None:
            parts.append(f"{found.deadline} ({reason_text(found.due_why)})")
        if found.suspend_days is not None:
            text = _("suspend with a plan within {days} days (rule)")
            parts.append(text.format(days=found.suspend_days))
    return _("Suggested: {text}").format(text=listed(parts)) if parts else ""


class LoopForms(FormBasics):
    """Forms of one town for the verbs off the straight road."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "return": self._return,
            "reassign": self._reassign,
            "extend": self._extend,
            "suspend": self._suspend,
            "resume": self._resume,
            "merge": self._merge,
            "void": self._void,
            "revive": self._revive,
            "remind": self._remind,
            "supervise": self._supervise,
            "criticise": self._criticise,
            "summon": self._summon,
            "appeal": self._appeal,
        }

    def _return(self, items: Sequence[Item]) -> Form:
        return Form(
            _("The unit gives it back"),
            (
                self._reason(),
                self.unit_field(_("Proposed unit"), required=False),
                *self._on_behalf("return"),
            ),
            lambda item, a: Return(
                item=item.id, reason=a["reason"], unit=a["lead"], channel=a.get("channel")
            ),
        )

    def _reassign(self, items: Sequence[Item]) -> Form:
        suggested = self.suggestion(items[0])
        current = items[0].assignment
        lead = suggested.lead if current and suggested.lead != current.lead else None
        return Form(
            _("Give it to another unit"),
            (
                self.unit_field(_("Lead unit"), lead),
                self.due_field(_("Due"), suggested.deadline if len(items) == 1 else ""),
                self._reason(),
            ),
            lambda item, a: Reassign(
                item=item.id,
                lead=a["lead"],
                due=self.due(a["due"]),
                deadline=wording(a["due"]),
                reason=a["reason"],
            ),
        )

    def _extend(self, items: Sequence[Item]) -> Form:
        def make(item: Item, answers: Answers) -> Action:
            held = item.assignment.due if item.assignment else None
            return Extend(
                item=item.id,
                due=self.due(answers["due"], held),
                deadline=wording(answers["due"]),
                reason=answers["reason"],
                channel=answers.get("channel"),
            )

        return Form(
            _("Ask for a later deadline"),
            (self.due_field(_("New deadline")), self._reason(), *self._on_behalf("extend")),
            make,
            _("Days count from the deadline that is."),
        )

    def _suspend(self, items: Sequence[Item]) -> Form:
        days = self.suggestion(items[0]).suspend_days
        return Form(
            _("Suspend with a plan"),
            (
                self._reason(),
                Field(key="measure", label=_("Meanwhile"), required=True),
                Field(
                    key="plan",
                    label=_("Planned for"),
                    required=True,
                    value=f"{days}d" if days else "",
                    hint=_("a day within a year"),
                ),
                Field(key="reference", label=_("Funds, project")),
            ),
            lambda item, a: Suspend(
                item=item.id,
                reason=a["reason"],
                measure=a["measure"],
                plan_on=self.due(a["plan"]),
                reference=a["reference"],
            ),
        )

    def _resume(self, items: Sequence[Item]) -> Form:
        fresh = any(not i.assignment or i.assignment.ended_on for i in items)
        suggested = self.suggestion(items[0])
        fields = [self.due_field(_("New deadline"), suggested.deadline)]
        if fresh:
            fields.insert(0, self.unit_field(_("Lead unit"), suggested.lead))
        return Form(
            _("Back to work"),
            tuple(fields),
            lambda item, a: Resume(
                item=item.id,
                due=self.due(a["due"]),
                deadline=wording(a["due"]),
                lead=a.get("lead"),
            ),
        )

    def _merge(self, items: Sequence[Item]) -> Form:
        zone, mine = items[0].zone, {item.id for item in items}
        others = tuple(
            Choice(i.id, f"{i.label} {i.location or i.description}", (i.label, i.description))
            for i in self._town.wholes_of(self._town.open_items())
            if i.zone == zone and i.id not in mine
        )
        return Form(
            _("The same problem twice"),
            (Field(key="main", label=_("Item that stays"), choices=others, required=True),)
            if others
            else (),
            lambda item, a: Merge(item=item.id, main=a["main"]),
            "" if others else _("There is no other open item in this zone."),
        )

    def _void(self, items: Sequence[Item]) -> Form:
        kinds = tuple(Choice(k, k.value) for k in VOIDED_AS)
        return Form(
            _("Does not count"),
            (
                Field(key="reason", label=_("Reason"), choices=kinds, required=True),
                Field(key="note", label=_("Note"), required=True),
            ),
            lambda item, a: Void(item=item.id, reason=a["reason"], note=a["note"]),
        )

    def _revive(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Back to where it came from"),
            (self._reason(),),
            lambda item, a: Revive(item=item.id, reason=a["reason"]),
        )

    def _remind(self, items: Sequence[Item]) -> Make:
        return lambda item, a: Remind(item=item.id)

    def _supervise(self, items: Sequence[Item]) -> Form:
        facts = Facts(self._town, self._today)
        late = all(facts.overdue(item) for item in items)
        triggers = tuple(Choice(t, t.value) for t in Trigger)
        return Form(
            _("Supervision notice"),
            (
                Field(
                    key="reason",
                    label=_("Reason"),
                    choices=triggers,
                    required=True,
                    value=Trigger.OVERDUE.value if late else "",
                ),
                self.due_field(_("Work until"), "3个工作日"),
                Field(key="reference", label=_("Notice"), hint=_("its number, if it has one")),
            ),
            lambda item, a: Supervise(
                item=item.id,
                reason=a["reason"],
                work_until=self.due(a["due"]),
                reference=a["reference"],
            ),
        )

    def _criticise(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Named in a circular"),
            (Field(key="reference", label=_("Approval"), required=True),),
            lambda item, a: Criticise(item=item.id, reference=a["reference"]),
        )

    def _summon(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Talked to, or handed over"),
            (
                Field(key="record", label=_("Record"), required=True),
                self.due_field(_("Promised for"), required=False),
            ),
            lambda item, a: Summon(
                item=item.id,
                record=a["record"],
                work_until=self.due(a["due"]) if a["due"] else None,
            ),
        )

    def _appeal(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Its lateness should not count"),
            (self._reason(), *self._on_behalf("appeal")),
            lambda item, a: Appeal(item=item.id, reason=a["reason"], channel=a.get("channel")),
        )
