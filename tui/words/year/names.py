"""What is done to shops, duties, campaigns, the log, indicators, pledges and summaries; translated when shown."""

from tui.words.i18n import N_

YEAR_VERBS: dict[str, str] = {
    "sign_shops": N_("sign the agreement"),
    "plate_shops": N_("put up the plate"),
    "check_shop": N_("check a shop"),
    "transfer_shop": N_("another keeper"),
    "close_shop": N_("close a shop"),
    "set_terms": N_("set the terms"),
    "open_campaign": N_("begin a campaign"),
    "edit_campaign": N_("change a campaign"),
    "tick": N_("make it the same everywhere"),
    "cover_zone": N_("enter coverage"),
    "lay_drug": N_("lay out a drug"),
    "count_traces": N_("count traces"),
    "sample_rooms": N_("look at rooms again"),
    "close_campaign": N_("close a campaign"),
    "add_log": N_("enter a line"),
    "correct_log": N_("correct a line"),
    "void_log": N_("make a line void"),
    "set_target": N_("set a target"),
    "sign_pledge": N_("sign a pledge"),
    "tell_facts": N_("enter facts"),
    "split_zone": N_("divide a zone"),
    "attach_files": N_("attach evidence"),
    "draft_summary": N_("draft a summary"),
    "redraft_summary": N_("draft a summary anew"),
    "edit_summary": N_("edit a summary"),
    "sign_summary": N_("sign a summary"),
}
"""What is done to the year's registers, by the name the history has for it."""

YEAR_FIELDS: dict[str, str] = {
    "kinds": N_("Kinds of lines of your own, with their chapter"),
    "unified": N_("The same everywhere in a campaign"),
    "seasons": N_("Seasons of campaigns"),
    "agreement": N_("Agreements hold"),
    "shop_red": N_("Red flag from (points)"),
    "shop_black": N_("Black flag below (points)"),
    "shop_months": N_("Black months before the market office is told"),
    "profile_kinds": N_("Zones that add up to the town"),
    "archive_order": N_("Archive by chapter or year first"),
    "archive_points": N_("Points of the archive"),
    "liaison_reads": N_("What a liaison reads"),
    "figures": N_("Figures"),
    "people": N_("People"),
    "agreements": N_("Agreements"),
    "terms": N_("Cycle"),
    "targets": N_("Targets"),
    "measure": N_("Unit"),
    "amount": N_("Amount"),
    "fact": N_("Fact"),
    "streets_done": N_("Streets"),
    "households_done": N_("Households"),
    "rooms_done": N_("Rooms"),
    "bait_done": N_("Bait stations"),
    "vectors": N_("Against"),
    "when": N_("Before or after"),
    "kg": N_("Drug (kg)"),
    "point": N_("Point"),
    "season": N_("Season"),
    "body": N_("Paragraphs"),
    "facts": N_("Facts"),
}
"""What fields and settings of the year are called."""
YEAR_QUEUES: dict[str, str] = {
    "duty_missed": N_("Duties missed"),
    "duty_due": N_("Duties due"),
    "pests": N_("Pests in season"),
    "figures_missing": N_("Reports missing"),
    "shops_unsigned": N_("Shops unsigned"),
    "shops_handover": N_("Shops to hand over"),
    "pledges_missing": N_("Pledges missing"),
}
"""What of the year waits today."""
ADDED_BY: dict[str, str] = {
    "sum": N_("added up"),
    "last": N_("the latest"),
    "mean": N_("mean"),
}
"""How figures of an indicator make its number."""
BETTER: dict[str, str] = {"more": N_("the more the better"), "less": N_("the less the better")}
REPORTED_EVERY: dict[str, str] = {
    "": N_("not regularly"),
    "month": N_("each month"),
    "quarter": N_("each quarter"),
    "half": N_("each half-year"),
    "year": N_("each year"),
}
"""How often an indicator is reported."""
