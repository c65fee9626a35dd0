"""Forms of a look on the spot: passed, failed, inspected before the unit reports."""

from collections.abc import Sequence

from msgspec.structs import replace

from core.actions import Fail, Fix, Inspect, Note, Pass, Recheck, Reopen
from core.actions.road import MEETS_STANDARD, REWORK_DUE
from core.day.proofs import photo_doubts
from core.finding.phrases import LEARNT, offered
from core.model import Item
from core.registers.phrases import LINES
from core.town.town import Town
from core.words.deadlines import wording
from tui.terminal.display import shown
from tui.verbs.basics import Builders, FormBasics
from tui.verbs.fields import Choice, Field, Form, names
from tui.words.i18n import _
from tui.words.ledger.doubting import doubt_text
from tui.words.texts import name_of

_MOST = 4
"""Doubts that a form says."""


def proof_lines(town: Town, item: Item) -> list[str]:
    """What speaks against photos of after."""
    return [shown(doubt_text(doubt)) for doubt in photo_doubts(town, item)]


def proof_note(town: Town, items: Sequence[Item]) -> str:
    """The same of several items, as a note of a form."""
    several = len(items) > 1
    unread = not town.complete and any(item.files for item in items)
    lines = [_("Photos of what was closed are not compared yet.")] if unread else []
    lines += [
        f"{item.label} {line}" if several else line
        for item in items
        for line in proof_lines(town, item)
    ]
    return "\n".join(lines[:_MOST])


def with_phrases(town: Town, verb: str, field: Field) -> Field:
    """A line of text with the sentences that are offered in it."""
    if field.key not in LINES or field.choices or field.long:
        return field
    return replace(field, offers=tuple(offered(town, field.key, often=verb in LEARNT)))


class LookForms(FormBasics):
    """Forms of the inspector, and a line of the diary, which anybody may write."""

    @property
    def builders(self) -> Builders:
        """How the form of each verb is made."""
        return {
            "note": self._note,
            "fix": self._fix,
            "pass": self._pass,
            "fail": self._fail,
            "inspect": self._inspect,
            "recheck": self._recheck,
            "reopen": self._reopen,
        }

    def _note(self, items: Sequence[Item]) -> Form:
        day = Field(key="on", label=_("Day"), required=True, value=self._today.isoformat())
        last = max((i.diary[-1] for i in items if i.diary), key=lambda d: d.on, default=None)
        told = (self.unit_field(_("Told by"), required=False), *self._on_behalf("note"))
        liaison = len(told) == 1  # who speaks for nobody else
        return Form(
            _("How it goes"),
            (
                Field(key="line", label=name_of("line"), required=True),
                day,
                *(() if liaison else told),
            ),
            lambda item, a: Note(
                item=item.id,
                line=a["line"],
                on=self.day(a["on"]),
                on_behalf_of=a.get("lead"),
                channel=a.get("channel"),
            ),
            note=f"{last.on.isoformat()} {shown(last.text)}" if last is not None else "",
        )

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

    def _pass(self, items: Sequence[Item]) -> Form:
        fields = [
            Field(
                key="finding",
                label=_("Finding"),
                required=True,
                value=MEETS_STANDARD,
                hint=_("what you saw on the spot"),
            )
        ]
        if any(item.undated for item in items):
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
            note=proof_note(self._town, items),
            make=lambda item, a: Pass(
                item=item.id,
                finding=a["finding"],
                feedback_on=self.day(a.get("feedback_on", ""), "feedback_on")
                if item.undated
                else None,
            ),
        )

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

    def _photo(self) -> Field:
        return Field(
            key="photo",
            label=_("Photos"),
            required=True,
            hint=_("files on this server, joined by 、"),
        )

    def _recheck(self, items: Sequence[Item]) -> Form:
        return Form(
            _("Looked back: it held"),
            (self._photo(), Field(key="finding", label=_("Finding"), value="保持")),
            lambda item, a: Recheck(item=item.id, photos=names(a["photo"]), finding=a["finding"]),
        )

    def _reopen(self, items: Sequence[Item]) -> Form:
        held = items[0].assignment
        suggested = self.suggestion(items[0])
        return Form(
            _("Looked back: it came back"),
            (
                self._photo(),
                self._reason(),
                self.unit_field(_("Lead unit"), held.lead if held else suggested.lead),
                self.due_field(_("Due"), suggested.deadline),
            ),
            lambda item, a: Reopen(
                item=item.id,
                photos=names(a["photo"]),
                reason=a["reason"],
                lead=a["lead"],
                due=self.due(a["due"]),
                deadline=wording(a["due"]),
            ),
        )
