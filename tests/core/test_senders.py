"""What senders of ledgers write is told once."""

import pytest
from tests_support import FOUNDER, TODAY, VIEWER, Office

from core.actions.registers import Forget, Remember
from core.errors import RuleError
from core.ledger.outcome import Filing, Incoming
from core.ledger.row_reader import Reader


def lead(office: Office, written: str, sender: str = "") -> str | None:
    row = Incoming(
        2, {"location": "桥头", "description": "垃圾", "lead_unit": written}, filing=Filing(sender)
    )
    (entry,) = Reader(office.town, FOUNDER, TODAY).read([row]).entries
    unit: str | None = entry.record["lead_unit"]
    return unit


def test_a_name_told_once_is_known_from_then_on(office: Office) -> None:
    assert lead(office, "城管局三队") is None
    office.do(Remember(units={"城管局 三队": 1}))
    assert lead(office, "城管局三队") == "城管中队"
    office.undo()
    assert lead(office, "城管局三队") is None


def test_the_same_name_is_another_unit_next_door(office: Office) -> None:
    office.do(
        Remember(sender="一社区", units={"三队": 1}), Remember(sender="二社区", units={"三队": 2})
    )
    assert [lead(office, "三队", sender) for sender in ("一社区", "二社区", "")] == [
        "城管中队",
        "环卫所",
        None,
    ]


def test_writings_are_forgotten_one_by_one_or_all(office: Office) -> None:
    office.do(Remember(sender="一社区", headers={"问题点": "location"}, units={"三队": 1}))
    office.do(Forget(sender=1, words=("三队",)))
    assert office.town.sender("一社区").headers == {"问题点": "location"}
    assert lead(office, "三队", "一社区") is None
    office.do(Forget(sender=1))
    assert office.town.sender("一社区").headers == {}
    with pytest.raises(RuleError, match="nothing_changed"):
        office.do(Forget(sender=1))


@pytest.mark.parametrize(
    "action", [Remember(headers={"a": "nothing"}), Remember(units={"a": 99}), Forget(sender=9)]
)
def test_what_does_not_exist_is_not_remembered(office: Office, action: Remember | Forget) -> None:
    with pytest.raises(RuleError):
        office.do(action)


def test_a_viewer_remembers_nothing(office: Office) -> None:
    with pytest.raises(RuleError):
        office.do(Remember(units={"三队": 1}), actor=VIEWER)


def test_a_near_name_is_asked_about_and_never_taken(office: Office) -> None:
    row = Incoming(
        2,
        {
            "location": "桥头",
            "description": "垃圾",
            "lead_unit": "城管中对",
            "category": "市容环镜",
        },
    )
    (entry,) = Reader(office.town, FOUNDER, TODAY).read([row]).entries
    assert {(d.field, d.near) for d in entry.doubts if d.code == "unknown"} == {
        ("lead_unit", "城管中队"),
        ("category", "市容环境"),
    }
    assert entry.record["lead_unit"] is None


@pytest.mark.parametrize(
    ("sheet", "unit"), [("环卫所", "环卫所"), ("Sheet1", None), ("规建办", "村镇建设办")]
)
def test_a_sheet_named_after_a_unit_is_its(office: Office, sheet: str, unit: str | None) -> None:
    row = Incoming(2, {"location": "桥头", "description": "垃圾"}, sheet, sender_leads=True)
    (entry,) = Reader(office.town, FOUNDER, TODAY).read([row]).entries
    assert entry.record["lead_unit"] == unit
    assert ("unit_of_sheet" in {d.code for d in entry.doubts}) == (unit is not None)
