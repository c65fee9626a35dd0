"""What rounds, finds, points and the keys of a scheme are called; translated when shown."""

from core.model import RoundKind, RoundState
from tui.words.i18n import N_

ROUND_STATES: dict[RoundState, str] = {
    RoundState.PLANNED: N_("planned"),
    RoundState.UNDERWAY: N_("underway"),
    RoundState.SCORED: N_("scored"),
    RoundState.PUBLISHED: N_("published"),
    RoundState.FINAL: N_("final"),
    RoundState.CANCELLED: N_("not held"),
}
"""How far a round has come."""

KINDS_OF_ROUNDS: dict[RoundKind, str] = {
    RoundKind.MONTH: N_("monthly"),
    RoundKind.QUARTER: N_("quarterly"),
    RoundKind.HALF: N_("half-yearly"),
    RoundKind.YEAR: N_("yearly"),
    RoundKind.SPECIAL: N_("special"),
    RoundKind.COVERT: N_("unannounced"),
    RoundKind.WEEKEND: N_("weekend"),
}
"""What a round is."""

FACTORS: dict[str, str] = {
    "repeat": N_("repeated"),
    "outside": N_("from above or the media"),
    "within": N_("within its deadline"),
    "manual": N_("by hand"),
}
"""Why a find counts as often as it does."""

WITHOUT: dict[str, str] = {
    "waived": N_("waived"),
    "void": N_("void"),
    "merged": N_("merged"),
}
"""Why a find takes nothing off."""

POINT_KINDS: dict[str, str] = {
    "praise": N_("praise"),
    "leader": N_("named by a leader, not put right"),
    "fake": N_("false report"),
    "shirk": N_("shirked"),
    "adjust": N_("adjustment"),
    "other": N_("other"),
}
"""What points are added or taken off for."""

SCHEME_KEYS: dict[str, str] = {
    "name": N_("Name"),
    "reference": N_("Reference"),
    "weights": N_("Weights of the categories"),
    "zones": N_("Share of the zones"),
    "ontime": N_("Share of in time"),
    "close": N_("Share of closed"),
    "first": N_("Share of passed at once"),
    "files": N_("Share of the papers"),
    "bonus_cap": N_("Most points added"),
    "coverage": N_("Points a place needs"),
    "small_n": N_("Base that is not small"),
    "repeat_factor": N_("Factor of a repetition"),
    "outside_factor": N_("Factor of what comes from above"),
    "within_factor": N_("Factor within a deadline"),
    "max_factor": N_("Highest factor"),
    "repeat_days": N_("Days for a repetition"),
    "double_sources": N_("Sources that count as from above"),
    "red": N_("Red list from"),
    "black": N_("Black list below"),
    "list_by": N_("Lists by"),
    "talk_rate": N_("A talk below (in time)"),
    "talk_last": N_("A talk after months last"),
    "report_last": N_("A report after months last"),
    "rank_by": N_("Places by"),
    "rank_within": N_("Places among"),
    "ties": N_("Ties"),
    "objection_days": N_("Working days for objections"),
    "round_day": N_("Day of the monthly round"),
    "stack_rounds": N_("All rounds that fall due"),
    "points": N_("Points of each kind"),
}
"""The keys of a scheme, in their order."""

ROUND_VERBS: dict[str, str] = {
    "plan_round": N_("plan a round"),
    "edit_round": N_("change a round"),
    "start_round": N_("start a round"),
    "visit_zone": N_("see a zone"),
    "add_find": N_("enter a find"),
    "edit_find": N_("change a find"),
    "waive_find": N_("waive a find"),
    "drop_find": N_("drop a find"),
    "mark_unit": N_("mark papers"),
    "score_round": N_("end scoring"),
    "publish_round": N_("publish a round"),
    "finalise_round": N_("make a round final"),
    "reopen_round": N_("open a round again"),
    "cancel_round": N_("cancel a round"),
    "set_scheme": N_("set the scheme"),
    "draft_circular": N_("draft a circular"),
    "edit_circular": N_("change a circular"),
    "publish_circular": N_("publish a circular"),
    "sign_circular": N_("sign a circular"),
    "plan_year": N_("plan the year's rounds"),
}
"""What is done to rounds, finds, schemes and circulars."""

SCHEME_WORDS: dict[str, str] = {
    "close": N_("closed share"),
    "ontime": N_("in time share"),
    "score": N_("score"),
    "all": N_("all units"),
    "kind": N_("units of a type"),
    "group": N_("units of a group"),
    "skip": N_("1, 2, 2, 4"),
    "dense": N_("1, 2, 2, 3"),
}
"""What a key of a scheme may say."""
