"""Photos of an item: before and after, each once, with a name of its own."""

from datetime import date

import pytest
from tests_support import LIAISON, TODAY, VIEWER, Office

from core.actions.loop.feedback import Submit
from core.actions.loop.photos import Attach
from core.errors import RuleError
from core.ledger.record import Projector
from core.model import Channel, File, Shows, State

NEAR, FAR = "a" * 64, "b" * 64


def photo(name: str = "1.jpg", digest: str = NEAR, shows: Shows = Shows.BEFORE) -> File:
    return File(name=name, digest=digest, kind="jpg", size=3, shows=shows)


def test_a_photo_of_the_problem_stands_among_its_photos(office: Office) -> None:
    key = office.reported(photos=("旧.jpg",))
    office.do(Attach(item=key, files=(photo(),)))
    item = office.item(key)
    assert item.photos_before == ("旧.jpg", "1.jpg")
    assert [(f.name, f.on) for f in item.files] == [("1.jpg", TODAY)]
    office.undo()
    assert (office.item(key).photos_before, office.item(key).files) == (("旧.jpg",), ())


def test_the_same_content_is_kept_once_and_names_are_told_apart(office: Office) -> None:
    key = office.reported()
    office.do(Attach(item=key, files=(photo(), photo("2.jpg"), photo(digest=FAR))))
    assert [f.name for f in office.item(key).files] == ["1.jpg", "1(2).jpg"]
    with pytest.raises(RuleError, match="nothing_changed"):
        office.do(Attach(item=key, files=(photo(),)))


def test_photos_of_what_was_done_go_with_the_next_feedback(office: Office) -> None:
    key = office.issued(due=date(2026, 4, 10))
    office.do(Attach(item=key, files=(photo(shows=Shows.AFTER),)), actor=LIAISON)
    assert Projector(office.town, TODAY).record(office.item(key))["photos_after"] == []
    office.do(Submit(item=key, measure="已清运", channel=Channel.WECHAT))
    office.do(Attach(item=key, files=(photo("2.jpg", FAR, Shows.AFTER),)))
    assert office.item(key).state == State.AWAITING
    record = Projector(office.town, TODAY).record(office.item(key))
    assert record["photos_after"] == ["1.jpg", "2.jpg"]


@pytest.mark.parametrize("name", ["", "a、b.jpg", "\x1b[2J.jpg", "x" * 400])
def test_strange_names_do_no_harm(office: Office, name: str) -> None:
    key = office.reported()
    office.do(Attach(item=key, files=(photo(name),)))
    (kept,) = office.item(key).files
    assert kept.name.isprintable()
    assert "、" not in kept.name
    assert 0 < len(kept.name) <= 50


def test_who_may_not(office: Office) -> None:
    key = office.reported()
    for actor in (VIEWER, LIAISON):
        with pytest.raises(RuleError):
            office.do(Attach(item=key, files=(photo(),)), actor=actor)
