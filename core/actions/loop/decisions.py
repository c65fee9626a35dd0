"""What was asked for is approved, refused or recalled."""

from core.actions.action import Action


class Approve(Action, frozen=True, kw_only=True):
    """Agree to a request, which then takes effect."""

    request: int


class Refuse(Action, frozen=True, kw_only=True):
    """Say no to a request."""

    request: int
    reason: str = ""


class Recall(Action, frozen=True, kw_only=True):
    """Take one's own request back before it is decided."""

    request: int
