"""登记 and the straight road: what is known is filled in."""

from collections.abc import Mapping, Sequence

from core.actions import (
    Accept,
    Action,
    Assign,
    Fix,
    Reject,
    Report,
)
from core.day.routing import Suggestion
from core.day.triage import written_of
from core.errors import RuleError
from core.model import REJECTED_AS, Item, Proposed, Severity, VoidKind
from core.town.placing import zone_of
from core.words.categories import OTHER
from core.words.deadlines import wording
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import (
    Answers,
    Choice,
    Field,
    Form,
    Make,
    kind_name,
    kinds,
    names,
    severities,
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
        fields = (
            Field(
                key="zone",
                label=_("Zone"),
                choices=self.zones(),
                value=self.zone_name(known.zone),
            ),
            Field(key="location", label=_("Location"), value=known.location),
            Field(
                key="description",
                label=_("Description"),
                required=True,
                value=known.description,
            ),
            Field(
                key="category",
                label=_("Category"),
                choices=kinds(),
                value=kind_name(known.category, known.subcategory),
            ),
            Field(
                key="severity",
                label=_("Severity"),
                choices=severities(),
                value=known.severity or Severity.MINOR.value,
            ),
            Field(key="source", label=_("Source"), value=known.source),
            Field(
                key="found_on",
                label=_("Found on"),
                value=(known.found_on or self._today).isoformat(),
            ),
            self.unit_field(_("Lead unit"), proposed.lead, required=False),
            self.due_field(_("Due"), due, required=False),
        )
        return Form(_("Report a problem"), fields)

    def reported(self, answers: Answers, known: Report) -> Report:
        """The action of the report form; what is `known` and not asked for stays."""
        category, sub = answers["category"] or ("", "")
        before = known.proposed or Proposed()
        lead, due = answers["lead"], answers["due"]
        proposed = Proposed(
            lead=lead,
            co=before.co if lead == before.lead else (),
            due=self.due(due) if due else None,
            deadline=wording(due),
        )
        report = Report(
            zone=answers["zone"],
            location=answers["location"],
            description=answers["description"],
            category=category,
            subcategory=sub,
            severity=answers["severity"] or "",
            source=answers["source"],
            found_on=self.day(answers["found_on"], "found_on") or self._today,
            proposed=None if proposed == Proposed() else proposed,
        )
        if "place" in report.lacking:
            raise RuleError("missing_place", field="zone")
        return report

    def _accept(self, items: Sequence[Item]) -> Form | Make:
        guesses = {i.id: self.suggestion(i) for i in items if not i.category}
        silent = [i for i in items if i.id in guesses and not guesses[i.id].category]
        asked = (self._category_field(items, guesses, silent), self._zone_field(items))
        fields = [field for found, _why in asked for field in found]
        why = "\n".join(why for _found, why in asked if why)
        if any(i.found_on is None for i in items):
            fields.append(
                Field(
                    key="found_on",
                    label=_("Found on"),
                    required=True,
                    value=self._today.isoformat(),
                )
            )

        def chosen_kind(item: Item, answers: Answers) -> tuple[str, str]:
            """What is chosen holds for all, or where it is asked of some, for those."""
            guess = guesses.get(item.id)
            if guess is None:
                return "", ""
            own = (guess.category, guess.subcategory)
            return own if silent and item not in silent else answers.get("category") or own

        def make(item: Item, answers: Answers) -> Action:
            category, sub = chosen_kind(item, answers)
            return Accept(
                item=item.id,
                category=category,
                subcategory=sub or item.subcategory or OTHER,
                zone=answers.get("zone") if item.zone is None else None,
                found_on=None
                if item.found_on
                else self.day(answers.get("found_on", ""), "found_on"),
            )

        return Form(_("Accept: what is missing"), tuple(fields), make, why) if fields else make

    def _category_field(
        self, items: Sequence[Item], guesses: Mapping[int, Suggestion], silent: Sequence[Item]
    ) -> tuple[list[Field], str]:
        """The line that asks for the kind: of one problem, of all, or of those of which nothing is suggested."""
        if not guesses:
            return [], ""
        if len(items) == 1:
            guess = guesses[items[0].id]
            why = (
                suggestion_text(guess, self._town, only_category=True) if guess.category_why else ""
            )
            value = kind_name(guess.category, guess.subcategory) if why else ""
            return [self._kind_field(_("Category"), value=value, required=True)], why
        if not silent:
            hint = _("as suggested for each")
            return [self._kind_field(_("Category"), hint=hint, required=False)], ""
        labels = listed([item.label for item in silent])
        why = _("No category is suggested for {numbers}; what is chosen is theirs.")
        return [self._kind_field(_("Category"), required=True)], why.format(numbers=labels)

    def _kind_field(self, label: str, *, required: bool, value: str = "", hint: str = "") -> Field:
        return Field(
            key="category", label=label, choices=kinds(), required=required, value=value, hint=hint
        )

    def _zone_field(self, items: Sequence[Item]) -> tuple[list[Field], str]:
        """The line that asks where: of one problem, or of those of several that do not say."""
        bare = [item for item in items if item.zone is None]
        if not bare:
            return [], ""
        choices = self.zones()
        likely = zone_of(self._town, items[0]) if len(items) == 1 else None
        value = next((c.name for c in choices if c.value == likely), "")
        why = ""
        if len(bare) < len(items):
            why = _("{numbers} have no zone; what is chosen is theirs.")
            why = why.format(numbers=listed([item.label for item in bare]))
        field = Field(key="zone", label=_("Zone"), choices=choices, required=True, value=value)
        return [field], why

    def _reject(self, items: Sequence[Item]) -> Form:
        reasons = tuple(Choice(k, k.value) for k in REJECTED_AS)
        return Form(
            _("Do not take on"),
            (
                Field(
                    key="reason",
                    label=_("Reason"),
                    choices=reasons,
                    required=True,
                    value=VoidKind.NOT_ACCEPTED.value,
                ),
                Field(key="note", label=_("Note"), required=True),
            ),
            lambda item, a: Reject(item=item.id, reason=a["reason"], note=a["note"]),
        )

    def _assign(self, items: Sequence[Item]) -> Form:
        """An empty line takes each item's own suggestion; of several those without one are refused by name."""
        found = {item.id: self.suggestion(item) for item in items}
        first = found[items[0].id]
        same = all((s.lead, s.deadline) == (first.lead, first.deadline) for s in found.values())
        proposed = items[0].proposed if len(items) == 1 else None
        wrote = written_of(items[0]) if len(items) == 1 else None
        due = first.deadline if same else ""
        if proposed and proposed.due:
            due = proposed.due.isoformat()
        fields = (
            Field(
                key="lead",
                label=_("Lead unit"),
                choices=self.units(),
                required=len(items) == 1,
                value=self.unit_name(first.lead) if same else "",
                hint=_("as suggested for each"),
            ),
            Field(
                key="due",
                label=_("Due"),
                required=len(items) == 1,
                value=due,
                hint=_("date, 3wd, 3d, today"),
            ),
            Field(
                key="requirement",
                label=_("Requirement"),
                value=((proposed.requirement if proposed else "") or first.requirement)
                if len(items) == 1
                else "",
                hint=_("as suggested for each") if len(items) > 1 else "",
            ),
            *(
                (Field(key="on", label=_("Issued on"), value=wrote.issued_on.isoformat()),)
                if wrote
                else ()
            ),
            Field(key="note", label=_("Note")),
        )

        def make(item: Item, answers: Answers) -> Action:
            suggested = found[item.id]
            asked = item.proposed
            lead = answers["lead"] or suggested.lead
            wanted = answers["due"] or suggested.deadline
            return Assign(
                item=item.id,
                lead=lead,
                co=suggested.co if lead == suggested.lead else (),
                due=self.due(wanted) if wanted else None,
                deadline=wording(wanted),
                requirement=answers["requirement"] or suggested.requirement,
                responsible=asked.responsible if asked else "",
                note=answers["note"],
                on=self.day(answers["on"]) if answers.get("on") else None,
            )

        why = suggestion_text(first, self._town) if len(items) == 1 else ""
        return Form(_("Assign to a unit"), fields, make, why)

    def _fix(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Put right on the spot"),
            (
                Field(key="measure", label=_("Measure"), required=True),
                Field(
                    key="photo",
                    label=_("Photos after"),
                    hint=_("files on this server, joined by 、"),
                ),
            ),
            lambda item, a: Fix(item=item.id, measure=a["measure"], photos=names(a["photo"])),
        )
