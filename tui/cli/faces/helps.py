"""What help says of the options of registers, where the name of a field does not say enough."""

from core.registers import Register, RegisterField
from tui.words.i18n import N_, _
from tui.words.texts import field_label

HELPS = {
    "units.name": N_("Its full name."),
    "units.short": N_("A short name."),
    "units.aliases": N_("Another name; may be repeated."),
    "units.kind": N_("机关站所, 村居, 学校, 企业 or 部门垂管."),
    "units.group": N_("Working group."),
    "units.leader_post": N_("Post of the leader in charge."),
    "units.liaison_post": N_("Post of the liaison."),
    "units.phone": N_("Telephone."),
    "zones.code": N_("A new code."),
    "zones.name": N_("Its name."),
    "zones.kind": N_("街道段, 重点场所, 村, 社区, 片区 or 路段."),
    "zones.parent": N_("The zone it is part of."),
    "zones.scope": N_("Its bounds."),
    "zones.area": N_("Square metres."),
    "zones.households": N_("Households."),
    "zones.population": N_("Inhabitants."),
    "zones.note": N_("A note."),
    "rules.kind": N_("same_day, hours, work_days, natural_days or suspend."),
    "rules.value": N_("Days or hours."),
    "rules.condition": N_("When it holds, in words."),
    "rules.close_standard": N_("What must be so for it to be struck off."),
    "rules.severity": N_("Severity."),
    "rules.deduct": N_("Points off a find."),
    "rules.evidence": N_("What proves it."),
    "rules.chapter": N_("Chapter of the standard."),
    "routes.lead": N_("The unit that leads."),
    "routes.zone": N_("Zone, by code or name."),
    "routes.zone_kind": N_("A type of zone, such as 村."),
    "routes.co": N_("A unit that helps; may be repeated."),
    "routes.note": N_("A note."),
    "staff.login": N_("Login name on this server."),
    "staff.roles": N_("clerk, inspector, liaison, leader, viewer or admin; may be repeated."),
    "staff.name": N_("Name or post."),
    "staff.unit": N_("Unit, by name or alias."),
    "staff.expires": N_("The last day on which they may come in."),
    "views.name": N_("What it is called."),
    "views.query": N_("What it shows."),
    "active": N_("In use or retired."),
}
"""By table and field, or by the field of every table."""
METAVARS = {
    "zones.code": "CODE",
    "zones.area": "M2",
    "rules.kind": "KIND",
    "rules.severity": "一般|较重|严重",
    "rules.deduct": "POINTS",
    "rules.chapter": "1-7",
    "staff.roles": "ROLE",
    "views.query": "QUERY",
}
"""What stands for a value in help, where its kind does not say enough."""


def help_of(register: Register, each: RegisterField) -> str:
    """What help says of a field."""
    own = HELPS.get(f"{register.table}.{each.name}") or HELPS.get(each.name)
    return _(own) if own else field_label(each)


def metavar_of(register: Register, each: RegisterField) -> str:
    """What stands for its value; empty where its kind says enough."""
    return METAVARS.get(f"{register.table}.{each.name}", "")
