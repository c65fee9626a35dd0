"""Refusals: what a rule says no to, as fields and never as a sentence."""

from enum import StrEnum
from typing import Any

from msgspec import Struct


class RefusalKind(StrEnum):
    """What kind of no it is; a command ends by it (docs/commands.md)."""

    INPUT = "input"
    """What was given cannot be taken."""
    INCOMPLETE = "incomplete"
    """Something is missing of what was asked, or is asked in a way that cannot be."""
    CLASH = "clash"
    """It does not go with how things stand."""
    NOT_ALLOWED = "not allowed"
    """Others may do it."""
    NOT_FOUND = "not found"
    """What it is about is not there."""
    DONE_BEFORE = "done before"
    """Nothing is changed, and what was asked for is so."""


class Refusal(Struct, frozen=True):
    """A rule's no. `code` names the rule, `fields` what a sentence about it needs."""

    code: str
    fields: dict[str, Any] = {}
    kind: RefusalKind = RefusalKind.INPUT


class RuleError(Exception):
    """Raised by deciding; carries the refusal, the faces make the sentence. By itself, a no to what was given."""

    kind = RefusalKind.INPUT

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, fields, self.kind)

    def about(self, field: str) -> "RuleError":
        """The same of a field that is known by who asked."""
        no = self.refusal
        return RuleError.of(Refusal(no.code, {**no.fields, "field": field}, no.kind))

    @staticmethod
    def of(refusal: Refusal) -> "RuleError":
        """A refusal that was decided before."""
        error = RuleError(refusal.code)
        error.refusal = refusal
        return error


class Incomplete(RuleError):
    """Something is missing of what was asked."""

    kind = RefusalKind.INCOMPLETE


class Clash(RuleError):
    """It does not go with how things stand."""

    kind = RefusalKind.CLASH


class NotAllowed(RuleError):
    """Others may do it."""

    kind = RefusalKind.NOT_ALLOWED


class NotFound(RuleError):
    """What it is about is not there."""

    kind = RefusalKind.NOT_FOUND


class DoneBefore(RuleError):
    """Nothing is changed, and what was asked for is so."""

    kind = RefusalKind.DONE_BEFORE


class Doubt(Struct, frozen=True):
    """Why a value was not taken, or was taken with a question."""

    code: str
    value: str = ""
    field: str = ""
    """Key of the portable record it is about, or empty for the whole row."""
    near: str = ""
    """What is known and written much like it; never taken by itself."""
