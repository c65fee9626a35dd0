"""What an approved request does, by its kind."""

from core.actions.loop.decisions import Approve
from core.deciding.circulars import appeals
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop import aside, handover, inspection, leaving, levels
from core.deciding.loop.decisions import Effect, carry_out, waiting
from core.model import RequestKind
from core.workflow import TABLE, approvers

EFFECTS: dict[str, Effect] = {
    RequestKind.RETURN: handover.returned,
    RequestKind.REASSIGN: handover.reassigned,
    RequestKind.EXTEND: handover.extended,
    RequestKind.SUSPEND: aside.suspended,
    RequestKind.VOID: leaving.voided,
    RequestKind.SUPERVISE: levels.supervised,
    RequestKind.CONFIRM: inspection.confirmed,
    RequestKind.APPEAL: appeals.upheld,
}


@decides
def approve(draft: Draft, action: Approve) -> None:
    """同意: the request takes effect, on the item as it is now."""
    request, item = waiting(draft, action.request)
    role = draft.require(approvers(item, request.kind) or TABLE[request.kind].roles)
    carry_out(draft, item, request, role, EFFECTS[request.kind], action.note)
