"""What follows from the steps of an item: read again from the journal it is the same, undone it is undone."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests_support import FOUNDER, INSPECTOR, NOW, TODAY, Office, open_again

from core.actions.loop.aside import Resume, Suspend
from core.actions.loop.feedback import Submit
from core.actions.loop.inspection import Pass
from core.actions.loop.leaving import Merge, Revive, Void
from core.actions.loop.road import Reject
from core.actions.wish import Wish
from core.model import Channel, VoidKind

LATER = timedelta(days=1)


def after(office: Office, days: int, *actions: Any) -> None:
    now = NOW + days * LATER
    office.repository.commit([Wish(action) for action in actions], FOUNDER, now)


def undo_after(office: Office, days: int) -> None:
    last = office.repository.transactions()[-1]
    after(office, days, office.repository.undoing(last.seq))


def as_read(office: Office) -> None:
    again = open_again(office)
    assert again.town == office.town
    again.close()
    office.repository.write_snapshot()
    again = open_again(office)
    again.load_closed()
    assert again.town == office.town
    again.close()


def suspend(key: int) -> Suspend:
    return Suspend(item=key, reason="等管网", measure="围挡", plan_on=TODAY + 90 * LATER)


def spans(office: Office, key: int) -> list[tuple[int, int | None]]:
    return [
        ((p.since - TODAY).days, (p.until - TODAY).days if p.until else None)
        for p in office.item(key).pauses
    ]


def test_a_pause_begins_and_ends(office: Office) -> None:
    key = office.issued()
    after(office, 1, suspend(key))
    assert spans(office, key) == [(1, None)]
    after(office, 5, Resume(item=key, due=TODAY + 20 * LATER))
    assert spans(office, key) == [(1, 5)]
    after(office, 7, suspend(key))
    assert spans(office, key) == [(1, 5), (7, None)]
    as_read(office)


def test_taking_back_takes_back_what_followed(office: Office) -> None:
    key = office.issued()
    after(office, 1, suspend(key))
    undo_after(office, 2)
    assert spans(office, key) == []
    undo_after(office, 3)
    assert spans(office, key) == [(1, None)]
    after(office, 5, Resume(item=key, due=TODAY + 20 * LATER))
    undo_after(office, 6)
    assert spans(office, key) == [(1, None)]
    undo_after(office, 8)
    assert spans(office, key) == [(1, 5)]
    as_read(office)


@pytest.mark.parametrize("verb", ["void", "merge"])
def test_who_leaves_is_no_longer_suspended(office: Office, verb: str) -> None:
    key, main = office.issued(), office.issued()
    after(office, 1, suspend(key))
    gone = (
        Void(item=key, reason=VoidKind.FALSE_ALARM, note="看错")
        if verb == "void"
        else Merge(item=key, main=main)
    )
    after(office, 3, gone)
    assert spans(office, key) == [(1, 3)]
    assert office.item(key).left_on == TODAY + 3 * LATER
    after(office, 4, Revive(item=key, reason="查实"))
    assert spans(office, key) == [(1, None)]
    assert office.item(key).left_on is None
    as_read(office)


def test_the_day_of_leaving(office: Office) -> None:
    key = office.reported()
    after(office, 4, Reject(item=key, note="不属实", on=date(2026, 4, 2)))
    assert office.item(key).left_on == date(2026, 4, 2)
    undo_after(office, 5)
    assert office.item(key).left_on is None
    as_read(office)


def test_feedback_entered_later_than_it_says(office: Office) -> None:
    key = office.issued()
    told = Submit(item=key, measure="清", channel=Channel.PHONE, on=TODAY)
    after(office, 0, told)
    assert office.item(key).entered == {}
    other = office.issued()
    after(office, 2, Submit(item=other, measure="清", channel=Channel.PHONE, on=TODAY))
    assert office.item(other).entered == {"1/1": TODAY + 2 * LATER}
    undo_after(office, 2)
    assert office.item(other).entered == {}
    as_read(office)
    office.do(Pass(item=key), actor=INSPECTOR)
    as_read(office)
