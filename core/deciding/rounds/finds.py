"""What is found in a round, and how often it counts (docs/rounds.md 2)."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from core.actions.loop.road import Report
from core.actions.rounds import AddFind, DropFind, EditFind, WaiveFind
from core.calendar.spans import Span
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.keeping import edited
from core.deciding.loop.road import report
from core.deciding.rounds.states import known, not_before
from core.deciding.rounds.visits import begin, code_of, was_seen
from core.deciding.tidying import between
from core.errors import Incomplete, NotFound, RuleError
from core.model import (
    ROUND_KINDS,
    Find,
    Item,
    Role,
    Round,
    RoundState,
    Scheme,
)
from core.roles import ON_SITE
from core.rounds.factors import FACTOR_WHYS, Proposal, deduct_of, proposed, twins
from core.stats.scoring.scores import scheme_of
from core.words.categories import category_of

R = RoundState
MOST_PLACES, MOST_DEDUCT, MOST_FACTOR = 999, 100_00, 10_00
"""At the most: places of one find, hundredths of a point for one place, hundredths of a factor."""


@decides
def add_find(draft: Draft, action: AddFind) -> Find:
    """A find and, where it is about none that is known, the report of its item."""
    held, role = begin(draft, action.round, action.zone)
    day = draft.day(action.on)
    not_before(held.number, day, held.started_on)
    by = action.by or draft.actor.login
    item = _whole(draft, action.item)
    category, sub = _kind(held, action, item)
    if category not in held.weights:
        raise RuleError("not_scored", number=held.number, value=category)
    if item is not None and item.zone not in (None, action.zone):
        raise RuleError("another_zone", number=item.label, value=code_of(draft, action.zone))
    scheme = scheme_of(draft.town, Span.month_of(held.held_on))
    proposal = _proposal(draft, held, action, item, sub, day, scheme)
    if item is None and not action.itemless:
        item = _reported(draft, action, held, category, sub, day)
    elif item is None and not action.text:
        raise Incomplete("missing", verb="add_find", number=held.number, fields=("description",))
    usual = deduct_of(draft.town, category, sub)
    find = Find(
        id=draft.new_id("finds"),
        round=held.id,
        zone=action.zone,
        category=category,
        subcategory=sub,
        item=item.id if item is not None else None,
        text=action.text if item is None else "",
        on=day,
        by=by,
        deduct=usual if action.deduct is None else action.deduct,
        count=action.count,
        factor=proposal.factor,
        factor_why=proposal.why,
        twin=proposal.twin,
        note=action.note,
        waived_on=day if action.waived_why else None,
        waived_why=action.waived_why,
    )
    _entered(draft, held, find, role)
    return find


def _whole(draft: Draft, key: int | None) -> Item | None:
    """The problem behind an item: of a part its whole, which is found once."""
    item = draft.item(key) if key is not None else None
    return draft.item(item.part_of) if item is not None and item.part_of is not None else item


def _entered(draft: Draft, held: Round, find: Find, role: Role) -> None:
    """Keep a find; its zone was seen."""
    _check(find)
    was_seen(draft, held, find.zone, find.on, find.by)
    draft.put("finds", find)
    item = draft.get("items", find.item) if find.item is not None else None
    draft.note(
        held,
        "add_find",
        role,
        table="rounds",
        on=find.on,
        reference=item.label if isinstance(item, Item) else "",
        reason=f"{code_of(draft, find.zone)} {find.category}",
        note=find.text or find.note,
    )


def _kind(held: Round, action: AddFind, item: Item | None) -> tuple[str, str]:
    """Category and 小类: as said, else those of the item."""
    category = action.category or category_of(action.subcategory)
    sub = action.subcategory
    if item is not None and not category:
        category = item.category
    if item is not None and not sub and category == item.category:
        sub = item.subcategory
    if not category:
        raise Incomplete("missing", verb="add_find", number=held.number, fields=("category",))
    return category, sub


def _proposal(
    draft: Draft,
    held: Round,
    action: AddFind,
    item: Item | None,
    sub: str,
    day: date,
    scheme: Scheme,
) -> Proposal:
    """How often it counts: as the inspector says, else as it is proposed."""
    source = action.source or (item.source if item is not None else "")
    twin = item
    if item is None:
        near = twins(draft.town, action.zone, sub, day, scheme.repeat_days)
        key = action.twin if action.twin is not None else near[0].id if near else None
        twin = _whole(draft, key)
    elif action.twin is not None:
        twin = _whole(draft, action.twin)
    pieces = [draft.item(part) for part in twin.parts] if twin is not None else []
    found = proposed(scheme, day, twin=twin, source=source, pieces=pieces)
    if item is not None and found.twin == item.id:
        found = Proposal(found.factor, found.why, None)
    if action.factor is None:
        return found
    if action.factor_why and action.factor_why in FACTOR_WHYS:
        return Proposal(action.factor, action.factor_why, found.twin)
    if action.factor == found.factor:
        return found
    if not action.note:
        raise Incomplete("missing", verb="add_find", number=held.number, fields=("note",))
    return Proposal(action.factor, "manual", found.twin)


def _reported(
    draft: Draft, action: AddFind, held: Round, category: str, sub: str, day: date
) -> Item:
    return report(
        draft,
        Report(
            on=action.on,
            zone=action.zone,
            location=action.location,
            description=action.text,
            category=category,
            subcategory=sub,
            severity=action.severity,
            source=action.source or ROUND_KINDS[held.kind],
            found_on=day,
            reporter=action.by,
            photos=action.photos,
            round=held.id,
        ),
    )


def _check(find: Find) -> None:
    """Refuse figures that cannot be. Raises `RuleError("not_between")`."""
    between(find.deduct / 100, 0, MOST_DEDUCT // 100, "deduct")
    between(find.count, 1, MOST_PLACES, "count")
    between(find.factor / 100, 0, MOST_FACTOR // 100, "factor")


def _find(draft: Draft, key: int) -> Find:
    found = draft.get("finds", key)
    if not isinstance(found, Find) or not found.active:
        raise NotFound("no_find", value=str(key))
    return found


EDITABLE = ("deduct", "count", "factor", "factor_why", "twin", "note", "text", "category")
"""What may be changed of a find while its round is underway."""


@decides
def edit_find(draft: Draft, action: EditFind) -> None:
    """Another deduction, count or factor."""
    find = _find(draft, action.find)
    held, role = begin(draft, find.round, find.zone)
    fields: dict[str, Any] = {k: v for k, v in action.fields.items() if k in EDITABLE}
    if "factor" in fields and "factor_why" not in fields and fields["factor"] != find.factor:
        fields["factor_why"] = "manual"
    if fields.get("category", find.category) not in held.weights:
        raise RuleError("not_scored", number=held.number, value=fields["category"])
    after = edited(draft, "finds", find.id, fields, "edit_find", role)
    assert isinstance(after, Find)
    _check(after)


@decides
def waive_find(draft: Draft, action: WaiveFind) -> None:
    """免扣: by the inspectors while the round is underway, by a leader until it is final."""
    find = _find(draft, action.find)
    held = known(draft, find.round, R.UNDERWAY, R.SCORED, R.PUBLISHED)
    role = draft.require(ON_SITE if held.state == R.UNDERWAY else (Role.LEADER,))
    waive(draft, find, held, action.reason, draft.day(action.on), role)


def waive(draft: Draft, find: Find, held: Round, reason: str, day: date, role: Role) -> None:
    """A find that takes nothing off any more."""
    if not reason:
        raise Incomplete("missing", verb="waive_find", number=held.number, fields=("reason",))
    if find.waived_on is not None:
        raise RuleError("nothing_changed", number=held.number)
    draft.put("finds", replace(find, waived_on=day, waived_why=reason))
    _told(draft, held, find, "waive_find", role, reason)


@decides
def drop_find(draft: Draft, action: DropFind) -> None:
    """Entered by mistake; until the round is final."""
    find = _find(draft, action.find)
    held = known(draft, find.round, R.UNDERWAY, R.SCORED, R.PUBLISHED)
    role = draft.require(ON_SITE if held.state == R.UNDERWAY else (Role.LEADER,))
    draft.put("finds", replace(find, active=False))
    _told(draft, held, find, "drop_find", role, action.reason)


def _told(draft: Draft, held: Round, find: Find, verb: str, role: Role, reason: str) -> None:
    item = draft.get("items", find.item) if find.item is not None else None
    draft.note(
        held,
        verb,
        role,
        table="rounds",
        reference=item.label if isinstance(item, Item) else "",
        reason=reason,
        note=f"{code_of(draft, find.zone)} {find.category}",
    )
