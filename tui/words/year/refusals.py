"""What is said where shops, duties, campaigns, lines of the log, indicators, pledges and summaries refuse."""

from tui.words.i18n import N_

OF_THE_YEAR: dict[str, str] = {
    "bad_credit_no": N_("{value} is no credit number: 18 characters, the last of which proves it."),
    "shop_closed": N_("{number} closed on {on}."),
    "shop_twice": N_("{value} stands twice in this list, in one zone."),
    "signed_already": N_("{number} signed on {on} already."),
    "posted_already": N_("{number} has its plate already."),
    "photo_of_report": N_("A photo belongs to the problem that is reported: add --report."),
    "not_posted": N_("{number} has no plate to be taken down."),
    "no_agreement": N_("{number} has no agreement yet that evidence could belong to."),
    "unknown_filter": N_("{value} chooses nothing; write {expected}, or plain words."),
    "bad_cycle": N_(
        "{value} is no cycle; write 每工作日, 每周日, 每月25日, 每月末, 每季, 每半年, 每年04-30 or dates."
    ),
    "bad_cycle_day": N_("{value} is no day of such a cycle."),
    "no_instance": N_("{value} does not fall due then."),
    "late_key": N_("{value} could be done until {until}; enter it for the time it was done."),
    "campaign_closed": N_("{number} was closed on {on}."),
    "campaign_gaps": N_(
        "{number} still lacks {count} things: {value}; a leader may close it with a reason."
    ),
    "zone_within": N_("{value} lies within {above}, which has a row of its own."),
    "more_than_plan": N_("{value}: more is done than planned."),
    "no_indicator": N_("There is no indicator {value}; zg indicator list shows them."),
    "counted_indicator": N_("{value} is counted by the program; no figures are entered for it."),
    "people_here": N_("At {value} heads are a figure: write 出动人员60人次 instead of people."),
    "span_needed": N_("{value} is of a stretch: write its first and last day, 3月1日至3月31日."),
    "figure_twice": N_("{value} stands twice in one line."),
    "same_span": N_("{value} of {span} was told already in {number}; correct that one."),
    "overlap": N_("{value} of {span} in {number} crosses these days; neither holds the other."),
    "figure_differs": N_("{value}: {number} has {now}; correct it with zg log correct {number}."),
    "total_differs": N_("The total says {value}, the months come to {now}."),
    "bad_amount": N_("{value} is no amount; write 300余吨, 2.5万㎡, 452/500 or a number."),
    "other_dimension": N_("{value} does not measure what {unit} does."),
    "not_own_unit": N_("You enter what your own unit did."),
    "log_void": N_("{number} is void."),
    "kind_needed": N_("Say what it was: {expected}."),
    "same_line": N_("{number} says the same already; --again saves another one."),
    "code_stays": N_("The code {value} is for good; retire the indicator and add another."),
    "bad_season": N_("{value} is no season; write 03-01..04-30."),
    "bad_plan": N_(
        "{value} is no plan: twelve numbers since January, none less than the one before."
    ),
    "one_part": N_("{value} is divided into two parts at the least."),
    "no_file_named": N_("Name a file, or --default for what an office usually has."),
    "no_pledge": N_("{value} has not signed a pledge for {year}; zg pledge sign signs it."),
    "no_part": N_("There is no part {value}."),
    "retired_zone": N_("{value} is retired; choose another zone."),
    "no_measure": N_("There is no measure {value}; zg trace shows them."),
    "no_summary": N_("There is no summary {value}; zg summary draft makes one."),
    "no_summary_alone": N_("There is no summary; zg summary draft makes one."),
    "summary_signed": N_("The summary of {value} is signed: {number}."),
    "summary_moved": N_(
        "{count} numbers have moved since {number} was drafted: {value}; draft it anew and read it."
    ),
    "summary_gaps": N_("{number} still has gaps ({count}): {value}; fill them in or accept them."),
    "no_paragraph": N_("There is no paragraph {value}; zg summary show names them."),
    "several_gaps": N_("{value} stands in several paragraphs ({expected}); say which with --key."),
    "no_indicator_near": N_("There is no indicator {value}; near it are {expected}."),
    "bad_score": N_("A check is worth 0 to 100 points, not {value}."),
    "no_gap": N_("There is no such gap: {value}."),
    "holds_more": N_("{file} holds {value}, which is no part of the archive; name another folder."),
    "other_summary": N_("{file} is of another period: {value}."),
    "no_bookmarks": N_("{file} does not say which paragraph is which; take one that export wrote."),
}
