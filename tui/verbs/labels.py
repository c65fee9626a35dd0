"""What verbs ask, in words: how a form calls it, what it says of it, and what the help of a command says."""

from core.asks import Ask, AskKind
from tui.words.i18n import N_, _
from tui.words.texts import listed, name_of

LABELS = {
    "fix.photos": N_("Photos after"),
    "assign.on": N_("Issued on"),
    "return.unit": N_("Proposed unit"),
    "return.on": N_("Given back on"),
    "submit.on": N_("Done on"),
    "submit.photos": N_("Photos after"),
    "note.on": N_("Day"),
    "note.on_behalf_of": N_("Told by"),
    "inspect.passed": N_("Result"),
    "extend.due": N_("New deadline"),
    "extend.on": N_("Asked for on"),
    "suspend.measure": N_("Meanwhile"),
    "suspend.reference": N_("Funds, project"),
    "resume.due": N_("New deadline"),
    "supervise.reference": N_("Notice"),
    "criticise.reference": N_("Approval"),
    "summon.work_until": N_("Promised for"),
    "main": N_("Item kept"),
    "path": N_("Path"),
    "photos": N_("Photos"),
    "record": N_("Record"),
}
"""Where a form calls it otherwise than `tui.words.names.FIELDS`; of one verb, or of all."""
HINTS = {
    "pass.finding": N_("what you saw on the spot"),
    "fix.measure": N_("or photos of after"),
    "suspend.plan_on": N_("a day within a year"),
    "supervise.reference": N_("its number, if it has one"),
    "correct.reason": N_("needed for deadline and category"),
    "path": N_("a file on this server"),
    AskKind.DUE: N_("date, 3wd, 3d, today"),
    AskKind.FILES: N_("files on this server, joined by 、"),
}
HELPS = {
    "report.found_on": N_("Day of the find; --on by default."),
    "split.requirement": N_("What is asked of every unit that has nothing of its own."),
    "note.on_behalf_of": N_("The unit that told it; nobody by default."),
    "fail.work_until": N_("The new day to work until; {usual} by default."),
    "inspect.work_until": N_("The new day to work until; {usual} by default."),
    "supervise.work_until": N_("The day to work until; {usual} by default."),
    "suspend.measure": N_("What is done meanwhile."),
    "suspend.reference": N_("The funds or the project it hangs on."),
    "correct.note": N_("The item's note."),
    "appeal.find": N_("A find of a round instead."),
    "appeal.points": N_("An entry of points instead."),
    "close_standard": N_("What must be so for it to be struck off."),
    "description": N_("What is wrong."),
    "external_no": N_("Number in the sender's books."),
    "feedback_on": N_("Day the unit was done, where it left that out."),
    "finding": N_("What was found on the spot."),
    "found_on": N_("Day of the find."),
    "location": N_("Where exactly."),
    "main": N_("The item that stays."),
    "measure": N_("What was done."),
    "no": N_("Which assignment of the item."),
    "note": N_("A note for the history."),
    "on_behalf_of": N_("The unit whose word this is; by default the lead unit."),
    "plan_on": N_("The day by which it is planned, within a year."),
    "progress": N_("How it stands now."),
    "reason": N_("Why."),
    "record": N_("What was said and promised, or where it was handed over."),
    "reference": N_("Number of the notice or of the approval."),
    "requirement": N_("What is asked of the unit."),
    "responsible": N_("Who answers for it there."),
    "source": N_("How it came up."),
}
"""What help says of an option; of one verb, or of all. Of the others it says what holds for their kind."""


def label_of(verb: str, ask: Ask) -> str:
    """What a form calls what a verb asks."""
    own = LABELS.get(f"{verb}.{ask.name}") or LABELS.get(ask.name)
    return _(own) if own else name_of(ask.name)


def hint_of(verb: str, ask: Ask) -> str:
    """What stands on an empty line."""
    own = HINTS.get(f"{verb}.{ask.name}") or HINTS.get(ask.name) or HINTS.get(ask.kind)
    return _(own) if own else ""


def help_of(verb: str, ask: Ask) -> str:
    """What help says of an option; empty where its kind says enough."""
    if ask.words:
        *words, last = ask.words
        return _("{words} or {last}.").format(words=listed(words), last=last)
    own = HELPS.get(f"{verb}.{ask.name}") or HELPS.get(ask.name)
    return _(own).format(usual=ask.usual) if own else ""
