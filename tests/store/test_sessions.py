"""Two sessions in any order: the store equals the same actions decided one after the other."""

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from tests_support import CLERK, FOUNDER, NOW, Office

import store.history.follower as following_module
import store.history.repository as repository_module
from core.actions.action import Action
from core.actions.loop.correcting import Correct
from core.actions.loop.road import Accept, Assign, Report
from core.actions.wish import Undo, Wish
from core.changes import Changes
from core.deciding import decide_all
from core.errors import RuleError
from core.town.town import Moment, Town
from store.care.check import check
from store.history.follower import RELOADED
from store.history.repository import Repository
from tui.session.sight import mirror

PEOPLE = (FOUNDER, CLERK)


class Sessions(RuleBasedStateMachine):
    """Two open repositories, and a plain town that takes the same actions in order of the lock."""

    @initialize()
    def found(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        self.rotate, repository_module.ROTATE = repository_module.ROTATE, 4000
        self.long, following_module.LONG = following_module.LONG, 0
        office = Office(self.place / "store")
        self.path = office.path
        self.sessions = [office.repository, Repository(self.path)]
        self.boards = [mirror(session.town) for session in self.sessions]
        self.model: Town = mirror(office.town)
        self.model.next_ids = dict(office.town.next_ids)

    def teardown(self) -> None:
        repository_module.ROTATE = self.rotate
        for who, session in enumerate(self.sessions):
            self.look(who)
            session.close()
        following_module.LONG = self.long
        assert check(self.path).sound
        shutil.rmtree(self.place)

    def do(self, who: int, action: Action) -> None:
        wish, actor = Wish(action), PEOPLE[who]
        moment = Moment.of(NOW, self.model)
        try:
            expected = decide_all(self.model, [wish], actor, moment)
        except RuleError as refused:
            with pytest.raises(RuleError) as caught:
                self.sessions[who].commit([wish], actor, NOW)
            assert caught.value.refusal.code == refused.refusal.code
            return
        own = self.sessions[who].commit([wish], actor, NOW)
        self.tell(who, [*self.sessions[who].missed(), own])
        self.model.apply(expected.numbered(self.model.seq + 1))

    def tell(self, who: int, found: list[Changes]) -> None:
        """What a board is told keeps it up to date, whatever it has put off."""
        for changes in found:
            if changes.op == RELOADED:
                self.sessions[who].load_closed()
                self.boards[who] = mirror(self.sessions[who].town)
            else:
                self.boards[who].apply(changes)

    @rule(who=st.integers(0, 1), text=st.sampled_from(["甲", "乙"]))
    def report(self, who: int, text: str) -> None:
        self.do(who, Report(zone=1, location=text, description=text, found_on=date(2026, 3, 1)))

    @rule(who=st.integers(0, 1), key=st.integers(1, 4))
    def accept(self, who: int, key: int) -> None:
        self.do(who, Accept(item=key, category="宣传", subcategory="其他"))

    @rule(who=st.integers(0, 1), key=st.integers(1, 4))
    def assign(self, who: int, key: int) -> None:
        self.do(who, Assign(item=key, lead=2, due=date(2026, 4, 2)))

    @rule(
        who=st.integers(0, 1),
        key=st.integers(1, 4),
        field=st.sampled_from(["note", "location"]),
        text=st.sampled_from(["", "丙", "丁"]),
    )
    def correct(self, who: int, key: int, field: str, text: str) -> None:
        self.do(who, Correct(item=key, fields={field: text}))

    @rule(who=st.integers(0, 1))
    def undo(self, who: int) -> None:
        session = self.sessions[who]
        session.refresh()
        last = session.undoable(PEOPLE[who].login)
        if last is not None:
            undo: Any = session.undoing(last.seq)
            assert isinstance(undo, Undo)
            self.do(who, undo)

    @rule(who=st.integers(0, 1))
    def snapshot(self, who: int) -> None:
        self.sessions[who].write_snapshot()

    @rule(who=st.integers(0, 1))
    def reopen(self, who: int) -> None:
        self.sessions[who].close()
        self.sessions[who] = Repository(self.path)
        self.sessions[who].load_closed()
        self.boards[who] = mirror(self.sessions[who].town)

    @rule(who=st.integers(0, 1))
    def look(self, who: int) -> None:
        session = self.sessions[who]
        self.tell(who, session.catch_up())
        session.load_closed()
        assert session.town == self.model
        board = self.boards[who].tables
        for name, rows in self.model.tables.items():
            assert {key: board[name].get(key) for key in rows} == rows


Sessions.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestSessions = Sessions.TestCase
