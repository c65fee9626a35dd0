"""Any sequence of allowed steps keeps every guard; any step and its undo is no step."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from loop_actions import days, item_actions, texts
from msgspec.structs import asdict
from tests_support import CLERK, INSPECTOR, LEADER, LIAISON, NOW, TODAY, VIEWER

from core.actions.coming_in import TakeIn
from core.actions.loop.correcting import Correct
from core.actions.loop.decisions import Approve, Recall, Refuse
from core.actions.loop.dividing import Split, UnitPart
from core.actions.loop.feedback import Submit
from core.actions.loop.inspection import Fail, Pass
from core.actions.loop.road import Accept, Assign, Report
from core.actions.wish import Undo, Wish
from core.changes import Changes
from core.deciding import decide, decide_all
from core.deciding.settling import REQUEST_SOURCES
from core.errors import RuleError
from core.ledger.moving_in import Mover
from core.ledger.outcome import Incoming
from core.ledger.record import FIELDS, Projector
from core.model import Channel, Item, Outcome, Settings, State, Unit, Zone
from core.model.parts import standing
from core.registers import unsound_tables
from core.roles import ALL_HANDS, Actor
from core.soundness import StepsFollowed, record_faults
from core.town.town import Moment, Town
from core.workflow import TABLE, offered, refusal

ACTORS = (CLERK, INSPECTOR, LEADER, LIAISON, VIEWER, Actor("all", ALL_HANDS))


def small_town() -> Town:
    town = Town()
    town.put("settings", Settings(id=1))
    for key, name in enumerate(("城管中队", "环卫所"), start=1):
        town.put("units", Unit(id=key, name=name))
        town.put("zones", Zone(id=key, code=f"Z0{key}", name=f"第{key}段"))
    return town


def taken_back(item: Item) -> dict[str, Any]:
    """What must be as it was behind an undo; a pause keeps where it ended, so that the undo is undone too."""
    kept = {k: v for k, v in asdict(item).items() if k not in ("revision", "number", "pauses")}
    return kept | {"pauses": [(p.since, p.until, p.reason) for p in item.pauses]}


class Loop(RuleBasedStateMachine):
    """Random people do random things to a few items."""

    def __init__(self) -> None:
        super().__init__()
        self.town = small_town()
        self.done: list[Changes] = []
        self.steps = StepsFollowed()

    @initialize()
    def begin(self) -> None:
        for _ in range(3):
            self._take(
                Report(
                    zone=1,
                    description="垃圾",
                    found_on=TODAY - timedelta(days=9),
                    on=TODAY - timedelta(days=9),
                ),
                CLERK,
            )

    def _take(self, action: Any, actor: Actor) -> Changes | None:
        try:
            changes = decide(self.town, Wish(action), actor, Moment(NOW, TODAY))
        except RuleError:
            return None
        changes = changes.numbered(self.town.seq + 1)
        self._check(action, actor, changes)
        self.town.apply(changes)
        self.done.append(changes)
        return changes

    def _check(self, action: Any, actor: Actor, changes: Changes) -> None:
        """What must be true of any accepted step."""
        verb = type(action).__name__.lower()
        for change in changes.of("items"):
            old, new = change.old, change.new
            assert isinstance(new, Item)
            if isinstance(old, Item) and verb in TABLE and new.id == getattr(action, "item", 0):
                assert refusal(old, verb, actor) is None
                assert verb in offered(old, actor)
            if isinstance(old, Item):
                self._check_levels(old, new, changes)
            if isinstance(action, Pass) and new.state == State.CLOSED and not new.parts:
                claim = old.assignment.claim  # type: ignore[union-attr]
                assert claim.by != actor.login or claim.on_behalf_of is not None
                assert claim.on_behalf_of is None or claim.on_behalf_of != actor.unit
        for event in changes.events:
            assert event.actor == actor.login
            assert event.role or isinstance(action, Undo) or event.action in ("follow", "lapse")
        pairs = [(c.old, c.new) for c in changes if c.table != "events"]
        assert list(self.steps.faults(pairs, changes.events)) == []

    @staticmethod
    def _check_levels(old: Item, new: Item, changes: Changes) -> None:
        """Level and highest level rise, but for a closing and an undo; of what stands in parts as theirs do."""
        undone = changes.undoes is not None
        assert new.level_max >= old.level_max or undone
        assert new.level >= old.level or new.state == State.CLOSED or undone or new.parts

    @rule(actor=st.sampled_from(ACTORS), yes=st.booleans(), text=texts, data=st.data())
    def decide_request(self, actor: Actor, yes: bool, text: str, data: Any) -> None:
        """Somebody decides what waits, or takes it back."""
        waiting = self.town.pending()
        if not waiting:
            return
        key = data.draw(st.sampled_from([r.id for r in waiting]))
        action = data.draw(
            st.sampled_from([Approve(request=key), Refuse(request=key, reason=text)])
            if yes
            else st.just(Recall(request=key))
        )
        self._take(action, actor)

    @rule(data=st.data(), actor=st.sampled_from(ACTORS), key=st.integers(1, 8))
    def act(self, data: Any, actor: Actor, key: int) -> None:
        """Anybody tries anything; a fourth item exists only after a relapse or in parts."""
        self._take(data.draw(item_actions(key)), actor)

    @rule(data=st.data(), key=st.integers(1, 8))
    def act_as_offered(self, data: Any, key: int) -> None:
        """Steps that have a chance, so that items come far."""
        self._take(data.draw(item_actions(key)), ACTORS[-1])

    @rule(key=st.integers(1, 3), data=st.data())
    def in_parts(self, key: int, data: Any) -> None:
        """A problem goes to both units."""
        last = ACTORS[-1]
        self._take(Accept(item=key, category="宣传", subcategory="其他"), last)
        dues = data.draw(st.lists(days, min_size=2, max_size=2))
        parts = tuple(UnitPart(lead=unit, due=due) for unit, due in enumerate(dues, 1))
        self._take(Split(item=key, parts=parts, on=TODAY - timedelta(days=5)), last)

    @rule(data=st.data(), actor=st.sampled_from(ACTORS), key=st.integers(1, 8))
    def act_and_undo(self, data: Any, actor: Actor, key: int) -> None:
        before = self.town.items.get(key)
        if before is None:
            return
        changes = self._take(data.draw(item_actions(key)), actor)
        if changes is None:
            return
        self._take(Undo(earlier=changes), actor)
        after = self.town.item(key)
        assert taken_back(after) == taken_back(before)

    @invariant()
    def items_are_whole(self) -> None:
        seen = set()
        for item in self.town.items.values():
            assert item.report_no or item.part_of
            assert item.number not in seen or not item.number
            seen.add(item.number)
            assert sum(a.ended_on is None for a in item.assignments) <= 1
            if item.parts:
                assert not item.assignments
                assert standing(item, self.town.pieces_of(item)) == item
                continue
            if item.state in (State.RECTIFYING, State.AWAITING):
                assert item.assignment is not None
                assert item.assignment.ended_on is None
            if item.state == State.AWAITING:
                assert item.assignment is not None
                assert item.assignment.claim is not None
                assert item.assignment.claim.outcome == Outcome.PENDING
            if item.state == State.CLOSED:
                assert item.closed_on is not None
                assert item.fix or (item.assignment and item.assignment.inspection)
                assert item.level == 0
        assert list(record_faults(self.town.tables)) == []
        assert not unsound_tables(self.town.tables, TODAY)
        for request in self.town.pending():
            assert self.town.item(request.item).state in REQUEST_SOURCES[request.kind]
        for state in State:
            assert {i.id for i in self.town.in_state(state)} == {
                i.id for i in self.town.items.values() if i.state == state and not i.parts
            }


Loop.TestCase.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
TestLoop = Loop.TestCase


plain_texts = st.text(st.characters(exclude_categories=("C", "Z")), max_size=12)
names_of_photos = st.lists(
    st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8), max_size=3
).map(tuple)


@given(note=plain_texts, photos=names_of_photos)
@settings(max_examples=50, deadline=None)
def test_every_portable_record_round_trips(note: str, photos: tuple[str, ...]) -> None:
    town = small_town()
    steps: list[Any] = [
        Report(zone=1, description="垃圾", note=note, photos=photos, found_on=date(2026, 3, 2)),
        Accept(item=1, category="宣传", subcategory="其他", on=date(2026, 3, 3)),
        Assign(item=1, lead=2, co=(1,), due=date(2026, 3, 5), on=date(2026, 3, 3)),
        Submit(item=1, measure="清", channel=Channel.WECHAT, photos=photos, on=date(2026, 3, 6)),
        Fail(item=1, reason="残留", work_until=date(2026, 3, 9), on=date(2026, 3, 7)),
        Submit(item=1, measure="再清", channel=Channel.PHONE, on=date(2026, 3, 8)),
        Pass(item=1, finding="好", on=date(2026, 3, 9)),
    ]
    actor = Actor("all", ALL_HANDS)
    for step in steps:
        town.apply(decide(town, Wish(step), actor, Moment(NOW, TODAY)).numbered(town.seq + 1))
        record = Projector(town, TODAY).record(town.item(1))
        twin = small_town()
        intake = Mover(twin, actor, TODAY, "x").read([Incoming(1, record)])
        assert not intake.skipped
        moved = decide(twin, intake.wishes[0], actor, Moment(NOW, TODAY)).numbered(1)
        twin.apply(moved)
        again = Projector(twin, TODAY).record(twin.item(1))
        for field in FIELDS:
            if field.key != "revision":
                assert again[field.key] == record[field.key], field.key


def test_several_steps_of_a_record_are_one_change() -> None:
    town, actor = small_town(), Actor("all", ALL_HANDS)
    known = Report(zone=1, description="x", category="市容环境", found_on=TODAY)
    steps = TakeIn(report=known, accept=Accept(item=0), assign=Assign(item=0, lead=1, due=TODAY))
    changes = decide(town, Wish(steps), actor, Moment(NOW, TODAY))
    (change,) = changes.of("items")
    assert change.old is None
    assert isinstance(change.new, Item)
    assert change.new.state == State.RECTIFYING
    assert [event.action for event in changes.events] == ["report", "accept", "assign"]
    again = decide_all(
        applied(town, changes),
        [Wish(Correct(item=1, fields={"note": note})) for note in ("a", "b")],
        actor,
        Moment(NOW, TODAY),
    )
    (change,) = again.of("items")
    assert change.old == town.items[1]
    assert isinstance(change.new, Item)
    assert change.new.note == "b"


def applied(town: Town, changes: Changes) -> Town:
    """The town behind a transaction."""
    town.apply(changes.numbered(town.seq + 1))
    return town
