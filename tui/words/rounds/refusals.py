"""What is said where a round, a figure or a circular refuses."""

from tui.words.i18n import N_

OF_ROUNDS: dict[str, str] = {
    "bad_period": N_("{value} is no such period; write 2026-03, 2026-Q1, 2026-H1, 2026 or 上月."),
    "no_round": N_("There is no round {value}; zg round list shows them."),
    "several_rounds": N_("Several rounds are of {value}; say which: {expected}."),
    "round_is": N_("{number} is {state}; that cannot be done with it now."),
    "frozen": N_("{number} is final; nothing in it moves any more."),
    "year_planned": N_("Every round of {value} is planned already; nothing was changed."),
    "year_or_kind": N_("Say a year, or one round by --kind."),
    "round_has_finds": N_("{value} has finds or visits already; they would hang in the air."),
    "round_in_circular": N_("{number} rests on {value} being final; withdraw the circular first."),
    "zones_unseen": N_(
        "{number}: nobody has said yet whether these were seen: {zones} (o and v on the sheet, zg round visit)."
    ),
    "zone_not_in_round": N_("{value} is not inspected in {number}."),
    "own_zone": N_("{value} is your own unit's; somebody else must score it."),
    "objections_run": N_("{number} is open to objections until {until}; after that it can go on."),
    "appeals_undecided": N_("{number}: {count} appeals wait for a decision (zg appeal)."),
    "round_unscored": N_("{number} is {state}; score it or cancel it first."),
    "not_to_sign": N_("{reasons}\nSo it cannot be signed yet."),
    "month_signed": N_("{value} is signed as {number}; what comes later belongs to a later month."),
    "not_scored": N_("{number} does not score {value}."),
    "seen_with_finds": N_("{value} has finds in {number}, so it was seen."),
    "another_zone": N_("{number} is not in {value}."),
    "no_find": N_("There is no find {value}; zg round show lists them."),
    "cell_filled": N_(
        "{zone} {category}: {value} points are off already; change that in the round."
    ),
    "before_step": N_("{number}: {on} lies before {before}, the day of the step before."),
    "month_needed": N_("{value} is not a month; scores are of one month, such as 2026-03."),
    "unknown_lines": N_("--by takes unit, zone, category or group, not {value}."),
    "not_begun": N_("{value} has not begun."),
    "wrong_sign": N_("{value} points have the wrong sign for what they are given for."),
    "not_between": N_("{value} does not lie between {least} and {most}."),
    "off_beyond": N_("{category}: {value} does not lie between 0 and {most}."),
    "unknown_indicator": N_("{value} is no indicator; there are {expected}."),
    "not_late": N_("{number} is not counted late."),
    "not_published": N_("Nothing is published yet that could be appealed against."),
    "appeal_too_late": N_("{number} could be appealed against until {until}."),
    "appealed_before": N_("That has been appealed against before; once is all there is."),
    "one_matter": N_("Say items, --find or --points; one of them."),
    "circular_there": N_("There is a circular of {value} already: {number}."),
    "no_circular": N_("There is no circular of {value}."),
    "circular_of_period": N_("That follows from a period: zg appraisal draft, publish and sign."),
    "period_runs": N_("{value} runs until {until}; it can be published after that."),
    "since_needed": N_("Say from which month on: --since 2026-03."),
    "bad_pair": N_("{value} is not a name and a number, such as 市容环境=30."),
    "bad_scheme_file": N_("{value} is no scheme as zg scheme export writes it."),
}
