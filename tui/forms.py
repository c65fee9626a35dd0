"""What each verb asks for, and the action made of the answers. Pure: no widget, no store."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from core.actions import (
    Accept,
    Action,
    Assign,
    Correct,
    Fail,
    Fix,
    Inspect,
    Pass,
    Receive,
    Reject,
    Report,
    Submit,
    Withdraw,
)
from core.actions.road import REWORK_DUE
from core.categories import OTHER
from core.errors import RuleError
from core.model import Channel, Item, Role, Severity, VoidKind
from core.reading import Period, read_date, read_due
from core.roles import Actor, acting_role
from core.town import Moment, Town
from core.workflow import TABLE
from tui.fields import (
    Answers,
    Choice,
    Field,
    Form,
    Make,
    kind_name,
    kinds,
    names,
    severities,
    wording,
)
from tui.i18n import _
from tui.texts import channel_name


class Forms:
    """Forms of one town, filled in advance with what is known."""

    def __init__(self, town: Town, actor: Actor, moment: Moment) -> None:
        self._town = town
        self._actor = actor
        self._today = moment.today
        self._period = Period(moment.today, calendar=moment.calendar)

    def units(self) -> tuple[Choice, ...]:
        """Units in use, by name."""
        return tuple(
            Choice(u.id, u.name, (u.short, *u.aliases))
            for u in self._town.units.values()
            if u.active
        )

    def zones(self, current: int | None = None) -> tuple[Choice, ...]:
        """Zones in use, and the `current` one, by code and name."""
        return tuple(
            Choice(z.id, f"{z.code} {z.name}", (z.code, z.scope))
            for z in sorted(self._town.zones.values(), key=lambda z: z.code)
            if z.active or z.id == current
        )

    def unit_name(self, key: int | None) -> str:
        """The name of a unit."""
        unit = self._town.units.get(key or 0)
        return unit.name if unit else ""

    def zone_name(self, key: int | None) -> str:
        """Code and name of a zone."""
        zone = self._town.zones.get(key or 0)
        return f"{zone.code} {zone.name}" if zone else ""

    def due(self, text: str, start: date | None = None) -> date:
        """The day a deadline means. Raises `RuleError("bad_due")`."""
        read = read_due(text, start or self._today, self._period)
        if read.value is None:
            past = read.doubt is not None and read.doubt.code == "due_before_found"
            raise RuleError("due_past" if past else "bad_due", value=text)
        return read.value

    def day(self, text: str, field: str = "on") -> date | None:
        """A day as written; None where nothing is. Raises `RuleError("bad_date")`."""
        if not text.strip():
            return None
        read = read_date(text, Period(self._today))
        if read.value is None:
            raise RuleError("bad_date", field=field, value=text)
        return read.value

    def of(self, verb: str, items: Sequence[Item]) -> Form | Make:
        """The form of a verb, or how to make its action where nothing is missing."""
        builder: Callable[[Sequence[Item]], Form | Make] = getattr(self, f"_{verb}")
        return builder(items)

    def report(self, zone: int | None = None) -> Form:
        """登记."""
        fields = (
            Field(key="zone", label=_("Zone"), choices=self.zones(), value=self.zone_name(zone)),
            Field(key="location", label=_("Location")),
            Field(key="description", label=_("Description"), required=True),
            Field(key="category", label=_("Category"), choices=kinds()),
            Field(
                key="severity",
                label=_("Severity"),
                choices=severities(),
                value=Severity.MINOR.value,
            ),
            Field(key="source", label=_("Source"), value="日常巡查"),
            Field(key="found_on", label=_("Found on"), value=self._today.isoformat()),
        )
        return Form(_("Report a problem"), fields)

    def reported(self, answers: Answers) -> Report:
        """The action of the report form."""
        category, sub = answers["category"] or ("", "")
        return Report(
            zone=answers["zone"],
            location=answers["location"],
            description=answers["description"],
            category=category,
            subcategory=sub,
            severity=answers["severity"] or "",
            source=answers["source"],
            found_on=self.day(answers["found_on"], "found_on") or self._today,
        )

    def _accept(self, items: Sequence[Item]) -> Form | Make:
        fields = []
        if any(not i.category for i in items):
            fields.append(
                Field(key="category", label=_("Category"), choices=kinds(), required=True)
            )
        if any(i.zone is None for i in items):
            fields.append(Field(key="zone", label=_("Zone"), choices=self.zones(), required=True))
        if any(i.found_on is None for i in items):
            fields.append(
                Field(
                    key="found_on",
                    label=_("Found on"),
                    required=True,
                    value=self._today.isoformat(),
                )
            )

        def make(item: Item, answers: Answers) -> Action:
            category, sub = answers.get("category") or ("", "")
            if item.category:
                category, sub = "", ""
            return Accept(
                item=item.id,
                category=category,
                subcategory=sub or item.subcategory or OTHER,
                zone=answers.get("zone") if item.zone is None else None,
                found_on=None
                if item.found_on
                else self.day(answers.get("found_on", ""), "found_on"),
            )

        return Form(_("Accept: what is missing"), tuple(fields), make) if fields else make

    def _reject(self, items: Sequence[Item]) -> Form:
        kinds_of_void = tuple(Choice(k, k.value) for k in VoidKind if k != VoidKind.UNREPORTED)
        return Form(
            _("Do not take on"),
            (
                Field(
                    key="reason",
                    label=_("Reason"),
                    choices=kinds_of_void,
                    required=True,
                    value=VoidKind.NOT_ACCEPTED.value,
                ),
                Field(key="note", label=_("Note"), required=True),
            ),
            lambda item, a: Reject(item=item.id, reason=a["reason"], note=a["note"]),
        )

    def _fix(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Put right on the spot"),
            (
                Field(key="measure", label=_("Measure"), required=True),
                Field(key="photo", label=_("Photos after"), hint=_("names, joined by 、")),
            ),
            lambda item, a: Fix(item=item.id, measure=a["measure"], photos=names(a["photo"])),
        )

    def _assign(self, items: Sequence[Item]) -> Form:
        first = items[0]
        proposed = first.proposed if len(items) == 1 else None
        due = proposed.due.isoformat() if proposed and proposed.due else ""
        standard = first.close_standard if len(items) == 1 else ""
        fields = (
            Field(
                key="lead",
                label=_("Lead unit"),
                choices=self.units(),
                required=True,
                value=self.unit_name(proposed.lead) if proposed else "",
            ),
            Field(
                key="due", label=_("Due"), required=True, value=due, hint=_("date, 3wd, 3d, today")
            ),
            Field(
                key="requirement",
                label=_("Requirement"),
                value=(proposed.requirement if proposed else "") or standard,
            ),
            Field(key="note", label=_("Note")),
        )

        def make(item: Item, answers: Answers) -> Action:
            asked = item.proposed
            lead = answers["lead"]
            return Assign(
                item=item.id,
                lead=lead,
                co=asked.co if asked and asked.lead == lead else (),
                due=self.due(answers["due"]),
                deadline=wording(answers["due"]),
                requirement=answers["requirement"] or item.close_standard,
                responsible=asked.responsible if asked else "",
                note=answers["note"],
            )

        return Form(_("Assign to a unit"), fields, make)

    def _on_behalf(self, verb: str) -> tuple[Field, ...]:
        """How the unit's word arrived, where a clerk enters it."""
        if acting_role(self._actor, TABLE[verb].roles) == Role.LIAISON:
            return ()
        channels = tuple(Choice(c, channel_name(c), (c.value,)) for c in Channel)
        return (
            Field(
                key="channel",
                label=_("Channel"),
                choices=channels,
                required=True,
                value=channel_name(Channel.WECHAT),
            ),
        )

    def _receive(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Signed for"),
            (
                Field(key="on", label=_("Date"), value=self._today.isoformat()),
                *self._on_behalf("receive"),
            ),
            lambda item, a: Receive(item=item.id, on=self.day(a["on"]), channel=a.get("channel")),
        )

    def _submit(self, items: Sequence[Item]) -> Form:
        proposed = items[0].proposed if len(items) == 1 else None
        done = proposed.feedback_on if proposed and proposed.feedback_on else self._today
        fields = (
            Field(
                key="measure",
                label=_("Measure"),
                required=True,
                value=proposed.measure if proposed else "",
            ),
            Field(key="on", label=_("Done on"), value=done.isoformat()),
            Field(
                key="photo",
                label=_("Photos after"),
                hint=_("names, joined by 、"),
                value="、".join(proposed.photos_after) if proposed else "",
            ),
            *self._on_behalf("submit"),
        )
        return Form(
            _("The unit reports it done"),
            fields,
            lambda item, a: Submit(
                item=item.id,
                measure=a["measure"],
                on=self.day(a["on"]),
                photos=names(a["photo"]),
                progress=item.proposed.progress if item.proposed else "",
                channel=a.get("channel"),
            ),
        )

    def _withdraw(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Take the feedback back"),
            (
                Field(key="reason", label=_("Reason"), required=True),
                *self._on_behalf("withdraw"),
            ),
            lambda item, a: Withdraw(item=item.id, reason=a["reason"], channel=a.get("channel")),
        )

    def _pass(self, items: Sequence[Item]) -> Form:
        fields = [Field(key="finding", label=_("Finding"), value="符合销号标准")]
        if any(self._undated(item) for item in items):
            fields.append(
                Field(
                    key="feedback_on",
                    label=_("Done on"),
                    required=True,
                    value=self._today.isoformat(),
                )
            )
        return Form(
            _("Passed: strike off"),
            tuple(fields),
            lambda item, a: Pass(
                item=item.id,
                finding=a["finding"],
                feedback_on=self.day(a.get("feedback_on", ""), "feedback_on")
                if self._undated(item)
                else None,
            ),
        )

    @staticmethod
    def _undated(item: Item) -> bool:
        claim = item.assignment.claim if item.assignment else None
        return claim is not None and claim.on is None

    def _rework_fields(self, key: str, label: str) -> tuple[Field, ...]:
        return (
            Field(key=key, label=label, required=True),
            Field(
                key="due",
                label=_("Work until"),
                required=True,
                value=REWORK_DUE,
                hint=_("date, 3wd, 3d, today"),
            ),
        )

    def _fail(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Failed: rework"),
            self._rework_fields("reason", _("Reason")),
            lambda item, a: Fail(item=item.id, reason=a["reason"], work_until=self.due(a["due"])),
        )

    def _inspect(self, items: Sequence[Item]) -> Form:
        results = (Choice(True, _("passed")), Choice(False, _("failed")))
        return Form(
            _("Inspect before the unit reports"),
            (
                Field(key="passed", label=_("Result"), choices=results, required=True),
                *self._rework_fields("finding", _("Finding")),
            ),
            lambda item, a: Inspect(
                item=item.id,
                passed=a["passed"],
                finding=a["finding"],
                work_until=None if a["passed"] else self.due(a["due"]),
            ),
        )

    def _correct(self, items: Sequence[Item]) -> Form:
        item = items[0]
        fields = [
            Field(
                key="zone",
                label=_("Zone"),
                choices=self.zones(item.zone),
                value=self.zone_name(item.zone),
            ),
            Field(key="location", label=_("Location"), value=item.location),
            Field(key="description", label=_("Description"), value=item.description, required=True),
            Field(
                key="category",
                label=_("Category"),
                choices=kinds((item.category, item.subcategory)),
                value=kind_name(item.category, item.subcategory),
            ),
            Field(key="severity", label=_("Severity"), choices=severities(), value=item.severity),
            Field(
                key="found_on",
                label=_("Found on"),
                value=item.found_on.isoformat() if item.found_on else "",
            ),
        ]
        if item.assignment is not None:
            due = item.assignment.due
            fields += [
                Field(key="due", label=_("Due"), value=due.isoformat() if due else ""),
                Field(key="requirement", label=_("Requirement"), value=item.assignment.requirement),
            ]
        fields.append(
            Field(key="reason", label=_("Reason"), hint=_("needed for deadline and category"))
        )
        return Form(_("Correct {number}").format(number=item.label), tuple(fields), self._corrected)

    def _corrected(self, item: Item, answers: Answers) -> Action:
        category, sub = answers["category"] or ("", "")
        values: dict[str, Any] = {
            "zone": answers["zone"],
            "location": answers["location"],
            "description": answers["description"],
            "category": category,
            "subcategory": sub,
            "severity": answers["severity"] or "",
            "found_on": self.day(answers["found_on"], "found_on"),
        }
        if item.assignment is not None:
            values["requirement"] = answers["requirement"]
            issued = item.assignment.issued_on
            if answers["due"]:
                values["due"] = self.due(answers["due"], issued)
        changed = {
            name: value
            for name, value in values.items()
            if value
            != (
                getattr(item.assignment, name)
                if name in ("requirement", "due")
                else getattr(item, name)
            )
        }
        return Correct(item=item.id, fields=changed, reason=answers["reason"])
