"""人员 and settings: who may do what, and what holds for the whole store."""

from core.actions.registers import ChangeSettings, Edit
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import OWN, Own, edited
from core.deciding.loop.road import active_unit
from core.model import Role, Staff
from core.roles import ADMINS


def _may_edit(draft: Draft, action: Edit) -> Role:
    """Everybody may choose their own language; the rest is an admin's."""
    me = draft.get("staff", action.record)
    own = isinstance(me, Staff) and me.login == draft.actor.login
    only_language = set(action.fields) == {"language"}
    return Role.VIEWER if only_language and own else draft.require(ADMINS)


def _check_unit(draft: Draft, staff: Staff) -> None:
    """Refuse to put somebody with a unit out of use."""
    if staff.active and staff.unit is not None:
        active_unit(draft, staff.unit)


OWN["staff"] = Own(check=_check_unit, role=_may_edit)


_FORMS = frozenset({"forms", "form_headers"})
_FORM_KEEPERS = (Role.CLERK, Role.LEADER, *ADMINS)
"""Who may take in and give up forms of somebody else's."""


@decides
def change_settings(draft: Draft, action: ChangeSettings) -> None:
    """What holds for the whole store."""
    role = draft.require(_FORM_KEEPERS if set(action.fields) <= _FORMS else ADMINS)
    edited(draft, "settings", 1, action.fields, "change_settings", role)
