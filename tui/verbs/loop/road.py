"""登记 and the straight road: what is known is filled in."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.actions.action import Action
from core.actions.loop.road import Report
from core.day.routing import Suggestion
from core.day.triage import written_of
from core.errors import Incomplete
from core.model import Item, Proposed, Severity
from core.town.placing import zone_of
from core.words.deadlines import wording
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import (
    Answers,
    Form,
    Make,
    kind_name,
)
from tui.verbs.suggesting import suggestion_text
from tui.words.i18n import _
from tui.words.texts import listed


class RoadForms(FormBasics):
    """登记 and the straight road: what is known is filled in."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "accept": self._accept,
            "reject": self._reject,
            "assign": self._assign,
            "fix": self._fix,
        }

    def report(self, known: Report) -> Form:
        """登记, filled with what is `known`."""
        proposed = known.proposed or Proposed()
        due = proposed.deadline or (proposed.due.isoformat() if proposed.due else "")
        found = known.found_on or self._today
        lines = self.lines(
            "report",
            {
                "zone": self.zone_name(known.zone),
                "location": known.location,
                "description": known.description,
                "category": kind_name(known.category, known.subcategory),
                "severity": known.severity or Severity.MINOR.value,
                "source": known.source,
                "found_on": found.isoformat(),
                "lead": self.unit_name(proposed.lead),
                "due": due,
            },
        )
        return Form(_("Report a problem"), lines)

    def reported(self, answers: Answers, known: Report) -> Report:
        """The action of the report form; what is `known` and not asked for stays."""
        said = self.said("report", answers)
        category, sub = said.pop("category") or ("", "")
        before = known.proposed or Proposed()
        lead, due = said.pop("lead"), said.pop("due")
        proposed = Proposed(
            lead=lead,
            co=before.co if lead == before.lead else (),
            due=self.due(due) if due else None,
            deadline=wording(due),
        )
        said |= {"category": category, "subcategory": sub, "severity": said["severity"] or ""}
        said["found_on"] = said["found_on"] or self._today
        report = Report(**said, proposed=None if proposed == Proposed() else proposed)
        if "place" in report.lacking:
            raise Incomplete("missing", verb="report", number="", fields=("place",))
        return report

    def _accept(self, items: Sequence[Item]) -> Form | Make:
        guesses = {i.id: self.suggestion(i) for i in items if not i.category}
        silent = [i for i in items if i.id in guesses and not guesses[i.id].category]

        def chosen_kind(item: Item, answers: Answers) -> tuple[str, str]:
            """What is chosen holds for all, or where it is asked of some, for those."""
            guess = guesses.get(item.id)
            if guess is None:
                return "", ""
            own = (guess.category, guess.subcategory)
            return own if silent and item not in silent else answers.get("category") or own

        def make(item: Item, answers: Answers) -> Action:
            category, sub = chosen_kind(item, answers)
            kept = [name for name in ("zone", "found_on") if getattr(item, name)]
            known = {"category": category, "subcategory": sub, **dict.fromkeys(kept)}
            return self.wish("accept", item, answers, **known)

        likely, why = self._likely_kind(items, guesses, silent)
        known = {
            "category": likely,
            "zone": self.zone_name(zone_of(self._town, items[0]) if len(items) == 1 else None),
            "found_on": self._today.isoformat(),
        }
        lines = self.lines(
            "accept",
            known,
            without=[*self._known_of_all(items), *([] if guesses else ["category"])],
            required={"category": len(items) == 1 or bool(silent)},
            hints={} if len(items) == 1 or silent else {"category": _("as suggested for each")},
        )
        note = "\n".join(filter(None, (why, self._without_zone(items))))
        return Form(_("Accept: what is missing"), lines, make, note) if lines else make

    @staticmethod
    def _known_of_all(items: Sequence[Item]) -> list[str]:
        """What every problem says already."""
        return [
            name
            for name in ("zone", "found_on")
            if all(getattr(item, name) is not None for item in items)
        ]

    def _likely_kind(
        self, items: Sequence[Item], guesses: Mapping[int, Suggestion], silent: Sequence[Item]
    ) -> tuple[str, str]:
        """The kind that is filled in, and why; of several whose the chosen one is."""
        if len(items) == 1 and guesses:
            guess = guesses[items[0].id]
            if not guess.category_why:
                return "", ""
            why = suggestion_text(guess, self._town, only_category=True)
            return kind_name(guess.category, guess.subcategory), why
        if not silent:
            return "", ""
        why = _("No category is suggested for {numbers}; what is chosen is theirs.")
        return "", why.format(numbers=listed([item.label for item in silent]))

    @staticmethod
    def _without_zone(items: Sequence[Item]) -> str:
        """Which of several do not say where."""
        bare = [item for item in items if item.zone is None]
        if not bare or len(bare) == len(items):
            return ""
        why = _("{numbers} have no zone; what is chosen is theirs.")
        return why.format(numbers=listed([item.label for item in bare]))

    def _reject(self, items: Sequence[Item]) -> Form:
        lines = self.lines("reject", required={"reason": True})
        return Form(_("Do not take on"), lines, self.as_asked("reject"))

    def _assign(self, items: Sequence[Item]) -> Form:
        """An empty line takes each item's own suggestion; of several those without one are refused by name."""
        found = {item.id: self.suggestion(item) for item in items}
        first = found[items[0].id]
        alone = len(items) == 1
        same = all((s.lead, s.deadline) == (first.lead, first.deadline) for s in found.values())
        proposed = (items[0].proposed if alone else None) or Proposed()
        wrote = written_of(items[0]) if alone else None
        asked_by = proposed.due.isoformat() if proposed.due else ""
        as_each = _("as suggested for each")
        lines = self.lines(
            "assign",
            {
                "lead": self.unit_name(first.lead) if same else "",
                "due": asked_by or (first.deadline if same else ""),
                "requirement": (proposed.requirement or first.requirement) if alone else "",
                "on": wrote.issued_on.isoformat() if wrote else "",
            },
            without=() if wrote else ("on",),
            required={"lead": alone, "due": alone},
            hints={"lead": as_each, "requirement": "" if alone else as_each},
        )

        def make(item: Item, answers: Answers) -> Action:
            suggested, asked = found[item.id], item.proposed or Proposed()
            lead = answers["lead"] or suggested.lead
            known: dict[str, Any] = {
                "lead": lead,
                "co": suggested.co if lead == suggested.lead else (),
                "due": answers["due"] or suggested.deadline,
                "requirement": answers["requirement"] or asked.requirement or suggested.requirement,
                "responsible": asked.responsible,
            }
            written = None if alone or answers["due"] else written_of(item)
            if written is not None:  # each of several as its own ledger has it
                known |= {"due": written.due.isoformat(), "on": written.issued_on}
            return self.wish("assign", item, answers, **known)

        why = suggestion_text(first, self._town) if alone else ""
        return Form(_("Assign to a unit"), lines, make, why)

    def _fix(self, items: Sequence[Item]) -> Form:
        return Form(_("Put right on the spot"), self.lines("fix"), self.as_asked("fix"))
