"""One record going into another: what goes along is told and asked about first."""

from collections import Counter

from core.model import Unit, Zone
from core.registers import Tables
from core.registers.leaning import resting_on
from tui.cli.frame.office import Office
from tui.exits import make_sure
from tui.words.i18n import _
from tui.words.texts import listed, quote, resting_name


def sure_of_merger(
    office: Office, table: str, old: Unit | Zone, new: Unit | Zone, *, yes: bool
) -> None:
    """Ask where something rests on what goes into another. Raises `RuleError("declined")`."""
    rests = resting_on(Tables(office.town.tables, office.today), table, old.id)
    if not rests:
        return
    counts = Counter(each.table for each in {(r.table, r.record): r for r in rests}.values())
    along = listed(f"{resting_name(table)} {count}" for table, count in counts.items())
    question = _("{old} goes into {new}, and with it: {along}. Go on?")
    make_sure(question.format(old=quote(old.name), new=quote(new.name), along=along), yes=yes)
