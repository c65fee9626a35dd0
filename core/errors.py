"""Refusals: what a rule says no to, as fields and never as a sentence."""

from typing import Any

from msgspec import Struct


class Refusal(Struct, frozen=True):
    """A rule's no. `code` names the rule, `fields` what a sentence about it needs."""

    code: str
    fields: dict[str, Any] = {}


class RuleError(Exception):
    """Raised by deciding; carries the refusal, the faces make the sentence."""

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, fields)


class Doubt(Struct, frozen=True):
    """Why a value was not taken, or was taken with a question."""

    code: str
    value: str = ""
    field: str = ""
    """Key of the portable record it is about, or empty for the whole row."""
    near: str = ""
    """What is known and written much like it; never taken by itself."""
