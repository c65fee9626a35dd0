"""`zg attach L-0004 FILE`: evidence of log lines, pledges, agreements, and of what a duty asked for last."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from core.actions.year import AttachFiles
from core.errors import Incomplete, NotFound
from core.model import Duty, Log
from tui.cli.frame.office import Office, talk
from tui.cli.year.options import kept, record
from tui.words.i18n import ngettext

LABEL = re.compile(r"\s*([LSPWlspw])-?(\d{1,6})\s*")
_TABLES = {"L": "logs", "S": "shops", "P": "pledges", "W": "duties"}


def attached(office: Office, what: Sequence[str], on: date | None) -> bool:
    """Keep files with what a label names; False where the first word is none. Raises `RuleError`, `FileRefused`."""
    found = LABEL.fullmatch(what[0])
    if found is None:
        return False
    if len(what) < 2:
        raise Incomplete("nothing_given")
    table = _TABLES[found[1].upper()]
    width = 2 if table == "duties" else 4
    label = f"{found[1].upper()}{'' if table == 'duties' else '-'}{int(found[2]):0{width}d}"
    held: Any = record(office, table, label, retired=True)
    if isinstance(held, Duty):
        table, held = "logs", _last_of(office, held)
    files = kept(office, what[1:])
    office.commit([AttachFiles(table=table, record=held.id, files=files, on=on)])
    count = len(files)
    talk(ngettext("{count} file kept.", "{count} files kept.", count).format(count=count))
    return True


def _last_of(office: Office, duty: Duty) -> Log:
    """The line by which a duty was done last."""
    done = [
        log
        for log in office.town.all(Log)
        if log.duty == duty.id and log.stands and not log.excused
    ]
    if not done:
        raise NotFound("no_record", table="logs", value=duty.label)
    return max(done, key=lambda log: (log.on, log.id))
