"""Rows of coverage as they are typed and shown, 205/210, and what a campaign asks of traces."""

from core.model import AFTER, BEFORE, COVERED, Campaign, Cover
from core.words.cells import read_whole
from tui.verbs.fields import Answers, Choice, Field
from tui.words.i18n import _

NAMES = {
    "streets": "Streets",
    "households": "Households",
    "rooms": "Rooms",
    "bait": "Bait stations",
}
"""What a row counts."""


def reached(cover: Cover, what: str) -> str:
    """Done and planned: 205/210."""
    plan, done = getattr(cover, f"{what}_plan"), getattr(cover, f"{what}_done")
    if plan is None and done is None:
        return ""
    return f"{'' if done is None else done}/{'' if plan is None else plan}"


def cover_lines(cover: Cover) -> tuple[Field, ...]:
    """A line of a form for each of what a row counts."""
    hint = _("done/planned")
    return tuple(
        Field(key=what, label=_(NAMES[what]), value=reached(cover, what), hint=hint)
        for what in COVERED
    )


def told(cover: Cover, answers: Answers) -> dict[str, int | None]:
    """What the lines say that was not so. Raises `RuleError`."""
    found: dict[str, int | None] = {}
    for what in COVERED:
        if answers[what] and answers[what] != reached(cover, what):
            found |= pair(answers[what], what)
    return found


def pair(text: str, what: str) -> dict[str, int | None]:
    """Done and planned of 205/210, of 205 done alone, of /210 planned alone. Raises `RuleError`."""
    done, slash, plan = text.partition("/")
    found: dict[str, int | None] = {}
    if slash and plan.strip():
        found[f"{what}_plan"] = read_whole(plan, what)
    if done.strip():
        found[f"{what}_done"] = read_whole(done, what)
    return found


def last_drug(held: Campaign, field: str = "name") -> str:
    """The drug that was laid out last."""
    return str(getattr(held.drugs[-1], field)) if held.drugs else ""


def trace_lines(held: Campaign) -> tuple[Field, ...]:
    """What is asked of places with traces, of how many; at first before the campaign, then after it."""
    when = BEFORE if not any(d.when == BEFORE for d in held.densities) else AFTER
    method = held.densities[-1].method if held.densities else "粉迹法"
    vectors = tuple(Choice(v, v) for v in held.vectors)
    moments = (Choice(BEFORE, BEFORE), Choice(AFTER, AFTER))
    return (
        Field(key="share", label=_("Found/checked"), required=True, hint="12/200"),
        Field(key="when", label=_("Before or after"), choices=moments, value=when, required=True),
        Field(key="vector", label=_("Of which"), choices=vectors, value=held.vectors[0]),
        Field(key="method", label=_("Method"), value=method),
    )
