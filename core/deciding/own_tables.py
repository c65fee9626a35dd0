"""Documents of tables that are not the board's own: kept, changed and taken away, never lost."""

from msgspec.structs import replace

from core.actions.own_tables import KeepSide
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.errors import NotFound
from core.model import Role, Side

KEEPERS = (Role.CLERK, Role.INSPECTOR, Role.LIAISON, Role.LEADER, Role.ADMIN)


@decides
def keep(draft: Draft, action: KeepSide) -> None:
    """Leave a document as it is asked for."""
    role = draft.require(KEEPERS)
    if action.record is None:
        old = Side(id=draft.new_id("side"), table=action.table, key=action.key)
    else:
        found = draft.get("side", action.record)
        if not isinstance(found, Side):
            raise NotFound("no_record", table="side", value=str(action.record))
        old = found
    body = old.body if action.body is None else action.body
    new = replace(old, body=body, removed=action.body is None)
    draft.put("side", new)
    draft.note(new, "keep_side", role, table="side")
