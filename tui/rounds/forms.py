"""Forms of rounds: planning, a find, marks, a reason."""

from collections.abc import Sequence
from typing import Any

from core.actions.action import Action
from core.actions.rounds import AddFind, EditFind, EditRound, MarkUnit, PlanRound
from core.calendar.spans import Span
from core.model import ROUND_KINDS, Find, Item, Round, RoundKind
from core.rounds.factors import proposed, twins
from core.stats.scoring.scores import scheme_of
from core.stats.shares import in_points, read_points
from core.town.called import zone_called
from core.town.town import Moment, Town
from core.words.categories import CATEGORIES
from core.words.cells import read_whole
from tui.verbs.basics import FormBasics
from tui.verbs.fields import Answers, Choice, Field, Form, kind_name, kinds, names
from tui.words.i18n import _
from tui.words.rounds.figures import factor_name
from tui.words.rounds.names import KINDS_OF_ROUNDS
from tui.words.texts import name_of


class RoundForms:
    """Forms in a town as it is now."""

    def __init__(self, town: Town, moment: Moment, basics: FormBasics) -> None:
        self._town, self._moment, self._basics = town, moment, basics

    def plan(self) -> Form:
        """One round more."""
        choices = tuple(
            Choice(kind, _(KINDS_OF_ROUNDS[kind]), (kind.value, ROUND_KINDS[kind]))
            for kind in RoundKind
        )
        first = Field(
            key="kind",
            label=_("Kind of round"),
            choices=choices,
            required=True,
            value=_(KINDS_OF_ROUNDS[RoundKind.SPECIAL]),
        )
        day = Field(
            key="plan_on",
            label=_("Day planned"),
            required=True,
            value=self._moment.today.isoformat(),
        )
        return Form(_("Plan a round"), (first, day, *self._scope(None)))

    def edit(self, held: Round) -> Form:
        """Another day or scope."""
        day = Field(
            key="plan_on", label=_("Day planned"), required=True, value=held.plan_on.isoformat()
        )
        return Form(_("Change a round"), (day, *self._scope(held)))

    def _scope(self, held: Round | None) -> tuple[Field, ...]:
        codes = [self._town.zones[key].code for key in held.zones] if held else []
        return (
            Field(key="name", label=name_of("name"), value=held.name if held else ""),
            Field(
                key="zones",
                label=_("Zones"),
                value="、".join(codes),
                hint=_("codes joined by commas; empty for all"),
            ),
            Field(
                key="categories",
                label=_("Categories"),
                value="、".join(held.categories if held else ()),
                hint=_("empty for all nine"),
            ),
            Field(key="members", label=_("Guests"), value=held.members if held else ""),
        )

    def planned(self, answers: Answers) -> Action:
        """What planning asks for. Raises `RuleError`."""
        day = self._basics.day(answers["plan_on"], "plan_on") or self._moment.today
        return PlanRound(kind=answers["kind"], plan_on=day, **self._scoped(answers))

    def edited(self, held: Round, answers: Answers) -> list[Action]:
        """What changing asks for; nothing where it is the same. Raises `RuleError`."""
        fields = {
            "plan_on": self._basics.day(answers["plan_on"], "plan_on"),
            **self._scoped(answers),
        }
        changed = {k: v for k, v in fields.items() if getattr(held, k) != v}
        return [EditRound(round=held.id, fields=changed)] if changed else []

    def _scoped(self, answers: Answers) -> dict[str, Any]:
        zones = [zone_called(self._town.zones.values(), n).id for n in names(answers["zones"])]
        return {
            "name": answers["name"],
            "zones": tuple(dict.fromkeys(zones)),
            "categories": names(answers["categories"]),
            "members": answers["members"],
        }

    def find(self, held: Round, category: str, zone: int) -> Form:
        """A find in a cell: the text is all it needs."""
        usual = tuple(c for c in kinds() if c.value[0] == category)
        main = Choice((category, ""), category)
        opened = [i for i in self._town.open_items() if i.zone == zone and i.category == category]
        return Form(
            f"{held.number} {self._basics.zone_name(zone)}",
            (
                Field(key="text", label=_("Found"), required=not opened),
                Field(
                    key="kind",
                    label=name_of("subcategory"),
                    choices=(main, *usual) if category else kinds(),
                    value=kind_name(category, "") if category else "",
                ),
                Field(key="location", label=name_of("location")),
                Field(key="count", label=_("Places"), value="1"),
                *_figures(),
                *_about(opened),
                Field(
                    key="itemless",
                    label=_("No item"),
                    choices=(
                        Choice(True, _("yes"), ("y", "是")),
                        Choice(False, _("no"), ("n", "否")),
                    ),
                    value=_("no"),
                ),
                Field(key="note", label=name_of("note")),
            ),
            note=self._usual(held, category, zone),
        )

    def _usual(self, held: Round, category: str, zone: int) -> str:
        """What is open in the cell, which a find may repeat."""
        scheme = scheme_of(self._town, Span.month_of(held.held_on))
        said = []
        subs = CATEGORIES.get(category, ())
        for sub in subs:
            for item in twins(self._town, zone, sub, self._moment.today, scheme.repeat_days)[:1]:
                found = proposed(
                    scheme, self._moment.today, twin=item, pieces=self._town.pieces_of(item)
                )
                if found.why:
                    times = f"×{in_points(found.factor)} {factor_name(found.why)}"
                    said.append(f"{sub}: {times} ({item.label})")
        return "  ".join(said[:3])

    def found(self, held: Round, zone: int, answers: Answers) -> Action:
        """What a find asks for. Raises `RuleError`."""
        category, sub = answers["kind"] or ("", "")
        about = answers.get("item")
        deduct, factor = answers["deduct"], answers["factor"]
        return AddFind(
            round=held.id,
            zone=zone,
            category=category,
            subcategory=sub,
            item=about,
            itemless=bool(answers["itemless"]) and about is None,
            location=answers["location"],
            text=answers["text"],
            deduct=read_points(deduct, "deduct"),
            count=_places(answers),
            factor=read_points(factor, "factor"),
            note=answers["note"],
        )

    def change(self, find: Find) -> Form:
        """Another deduction, count or factor."""
        return Form(
            _("Change a find"),
            (
                Field(key="deduct", label=_("Points off"), value=in_points(find.deduct)),
                Field(key="count", label=_("Places"), value=str(find.count)),
                Field(key="factor", label=_("Factor"), value=in_points(find.factor)),
                Field(key="note", label=name_of("note"), value=find.note),
            ),
        )

    def changed(self, find: Find, answers: Answers) -> list[Action]:
        """What changing a find asks for. Raises `RuleError`."""
        fields = {
            "deduct": read_points(answers["deduct"], "deduct"),
            "count": _places(answers),
            "factor": read_points(answers["factor"], "factor"),
            "note": answers["note"],
        }
        changed = {k: v for k, v in fields.items() if v is not None and getattr(find, k) != v}
        return [EditFind(find=find.id, fields=changed)] if changed else []

    def marks(self, held: Round, known: dict[int, int]) -> Form:
        """A mark for each unit that leads a zone of the round; what is left empty has none."""
        leads = {
            lead.id: lead
            for key in held.zones
            if (lead := self._town.lead_of(key, self._moment.today)) is not None
        }
        fields = tuple(
            Field(
                key=str(key),
                label=unit.name,
                value=in_points(known[key]) if key in known else "",
                hint="0 - 10",
            )
            for key, unit in leads.items()
        )
        return Form(_("Marks for papers"), fields)

    def marked(self, held: Round, known: dict[int, int], answers: Answers) -> list[Action]:
        """The marks that were given or changed. Raises `RuleError`."""
        found: list[Action] = []
        for key, text in answers.items():
            points = read_points(text, "points")
            if points is not None and known.get(int(key)) != points:
                found.append(MarkUnit(round=held.id, unit=int(key), points=points))
        return found


def _figures() -> tuple[Field, ...]:
    """What a find takes off, where it is not as proposed."""
    return (
        Field(key="deduct", label=_("Points off"), hint=_("by its rule where empty")),
        Field(key="factor", label=_("Factor"), hint=_("as proposed where empty")),
    )


def _about(opened: Sequence[Item]) -> tuple[Field, ...]:
    """Which open item it is about, where there is one."""
    choices = tuple(_choice(item) for item in opened)
    label = _("Open item")
    return (Field(key="item", label=label, choices=choices),) if choices else ()


def _choice(item: Item) -> Choice:
    return Choice(item.id, f"{item.label} {item.location or item.description}", (item.label,))


def _places(answers: Answers) -> int:
    """How many places; one where nobody says."""
    count = read_whole(answers["count"], "count")
    return 1 if count is None else count


def reason_form(title: str) -> Form:
    """Why."""
    return Form(title, (Field(key="reason", label=_("Reason"), required=True),))
