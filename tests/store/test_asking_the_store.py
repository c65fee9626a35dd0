"""What a board's thread is asked for and cannot answer."""

import threading

import pytest
from tests_support import FOUNDER, Office

from store.errors import Busy
from tui.messages import Died
from tui.session.session import Session


def failing(error: BaseException) -> None:
    raise error


def test_what_cannot_be_read_is_raised_where_it_was_asked_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda _said: None)
    session = Session(office.repository, lambda _town: FOUNDER)
    session.start(told.append)
    with pytest.raises(Busy):
        session._asked(lambda: failing(Busy("busy", seconds=0)))
    assert session.anew().seq == office.town.seq
    with pytest.raises(ZeroDivisionError):
        session._asked(lambda: failing(ZeroDivisionError()))
    with pytest.raises(RuntimeError):
        session.anew()
    assert any(isinstance(message, Died) for message in told)
    session.stop()
