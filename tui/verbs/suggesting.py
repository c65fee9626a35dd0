"""What is suggested for an item, and why, in words."""

from core.day.routing import Reason, Suggestion
from core.town.town import Town
from tui.words.i18n import N_, _
from tui.words.texts import listed

REASONS = {
    "proposed": N_("as the ledger says"),
    "route": N_("route {value}"),
    "zone": N_("answers for {value}"),
    "last": N_("as with {value}"),
    "rule": N_("rule {value}"),
    "word": N_("the text says {value}"),
    "perhaps": N_("perhaps, since the text says {value}"),
    "decided": N_("like {value}"),
}
"""Why something is suggested."""


def reason_text(reason: Reason) -> str:
    """A reason in words."""
    return _(REASONS[reason.code]).format(value=reason.value)


def suggestion_text(found: Suggestion, town: Town, *, only_category: bool = False) -> str:
    """What is suggested, each with its reason."""
    parts = []
    if found.category_why is not None:
        kind = f"{found.category}/{found.subcategory}"
        parts.append(f"{kind} ({reason_text(found.category_why)})")
    if not only_category:
        unit = town.units.get(found.lead or 0)
        if unit is not None and found.lead_why is not None:
            parts.append(f"{unit.name} ({reason_text(found.lead_why)})")
        if found.due_why is not None:
            parts.append(f"{found.deadline} ({reason_text(found.due_why)})")
        if found.suspend_days is not None:
            text = _("suspend with a plan within {days} days (rule)")
            parts.append(text.format(days=found.suspend_days))
    return _("Suggested: {text}").format(text=listed(parts)) if parts else ""
