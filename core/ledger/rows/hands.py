"""What whoever imports may do by it."""

from datetime import date

from msgspec import Struct

from core.model import Role
from core.roles import Actor, acting_role
from core.workflow import TABLE


class Hands(Struct, frozen=True):
    """What whoever imports may do, and on which day they do it."""

    today: date
    accept: bool
    assign: bool
    submit: bool
    liaison: bool

    @classmethod
    def of(cls, actor: Actor, today: date) -> "Hands":
        """What a person may do on a day."""
        roles = {
            verb: acting_role(actor, TABLE[verb].roles) for verb in ("accept", "assign", "submit")
        }
        may = {verb: role is not None for verb, role in roles.items()}
        return cls(today, **may, liaison=roles["submit"] == Role.LIAISON)
