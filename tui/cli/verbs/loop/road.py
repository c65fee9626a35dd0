"""`zg accept|reject|fix|assign`: the straight road."""

from core.actions.action import Action
from core.day.triage import claimed, plan_of
from core.model import Item, State
from core.town.placing import zone_of
from tui.cli.frame.office import Office, talk
from tui.cli.verbs.asks import Said
from tui.cli.verbs.verb import Make, VerbCommands
from tui.verbs.suggesting import suggestion_text
from tui.words.i18n import _

COMMANDS = VerbCommands()
COMMANDS.as_asked("reject", _("Do not take on, with a reason."))
COMMANDS.as_asked("fix", _("Put right on the spot and struck off at once."))


@COMMANDS.verb("accept", _("Take on as a case; prints the item number."))
def accept(office: Office, given: Said) -> Make:
    """立案 T2."""
    main, sub = given["category"] or ("", "")

    def make(item: Item) -> Action:
        zone = given["zone"] or zone_of(office.town, item)
        return given.wish(item, category=main, subcategory=sub, zone=zone)

    return make


@COMMANDS.verb("assign", _("Issue to a unit with a deadline."))
def assign(office: Office, given: Said) -> Make:
    """交办 T5. What is not said is taken from what a ledger proposed, else from what is suggested."""

    def make(item: Item) -> Action | list[Action]:
        plan = plan_of(office.town, item, office.today)
        lead, due = given["lead"], given["due"]
        wrote = plan.written if due is None else None
        if item.state == State.ACCEPTED and (lead is None or due is None):
            talk(f"{item.label}: {suggestion_text(plan.suggestion, office.town)}")
        proposed = item.proposed.responsible if item.proposed else ""
        issue = given.wish(
            item,
            lead=lead or plan.lead,
            co=given["co"] or (plan.co if lead in (None, plan.lead) else ()),
            due=due or plan.deadline,
            requirement=given["requirement"] or plan.requirement,
            responsible=given["responsible"] or proposed,
            on=given.day or (wrote.issued_on if wrote else None),
        )
        return [issue, *claimed(item, wrote)] if wrote else issue

    return make
