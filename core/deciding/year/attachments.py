"""佐证: files of log lines, pledges and agreements."""

from msgspec.structs import replace

from core.actions.year import AttachFiles
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.errors import NotFound, RuleError
from core.model import File, Log, Pledge, Role, Shop
from core.roles import DESK, LOGGERS


@decides
def attach_files(draft: Draft, action: AttachFiles) -> None:
    """Files more; the same content twice is one."""
    record = draft.get(action.table, action.record)
    day = draft.day(action.on)
    new = tuple(replace(file, on=day) for file in action.files)
    role: Role
    match record:
        case Log():
            role = draft.require(LOGGERS)
            after: Log | Pledge | Shop = replace(record, files=_more(record.files, new))
        case Pledge():
            role = draft.require(DESK)
            after = replace(record, files=_more(record.files, new))
        case Shop():
            role = draft.require(DESK)
            if not record.agreements:
                raise RuleError("no_agreement", number=f"{record.label} {record.name}")
            *before, last = record.agreements
            signed = replace(last, files=_more(last.files, new))
            after = replace(record, agreements=(*before, signed))
        case _:
            raise NotFound("no_record", table=action.table, value=str(action.record))
    if after == record:
        raise RuleError("nothing_changed", number=record.label)
    draft.put(action.table, after)
    draft.note(
        after,
        "attach_files",
        role,
        table=action.table,
        on=day,
        photos=tuple(file.name for file in new),
    )


def _more(held: tuple[File, ...], new: tuple[File, ...]) -> tuple[File, ...]:
    known = {file.digest for file in held}
    return (*held, *(file for file in new if file.digest not in known))
