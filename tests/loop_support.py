"""Short words for tests of the loop."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests_support import INSPECTOR, NOW, Office

from core.actions.action import Action
from core.actions.loop.inspection import Pass
from core.actions.wish import Wish
from core.errors import RuleError
from core.roles import Actor

DUE = date(2026, 4, 2)


def refused(office: Office, action: Action, actor: Actor, now: datetime = NOW) -> str:
    before = office.town.seq
    with pytest.raises(RuleError) as caught:
        office.repository.commit([Wish(action)], actor, now)
    assert office.town.seq == before
    return caught.value.refusal.code


def on_day(office: Office, day: date, action: Action, actor: Actor) -> None:
    """Do something on another day."""
    now = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    office.repository.commit([Wish(action)], actor, now)


def asked(office: Office, key: int) -> Any:
    (request,) = office.town.pending(key)
    return request


def closed(office: Office, **fields: Any) -> int:
    key = office.fed_back(**fields)
    office.do(Pass(item=key, finding="好"), actor=INSPECTOR)
    return key
