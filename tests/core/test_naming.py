"""Units and claims as people write them."""

import pytest

from core.model import Unit
from core.naming import Directory, claim_of, read_units

DIRECTORY = Directory(
    [
        Unit(id=1, name="城管中队", aliases=("城管办", "城管队")),
        Unit(id=2, name="环卫所"),
        Unit(id=3, name="市场监管所", aliases=("市监所",)),
        Unit(id=4, name="旧单位", active=False),
    ]
)


@pytest.mark.parametrize(
    ("text", "lead", "co", "unknown"),
    [
        ("环卫所", 2, (), ()),
        ("城管队", 1, (), ()),
        ("城管办、环卫所", 1, (2,), ()),
        ("城管队（牵头）、市监所（配合）", 1, (3,), ()),
        ("市监所(配合)，城管队(牵头)", 1, (3,), ()),
        ("牵头：城管中队 配合：环卫所", 1, (2,), ()),
        ("环卫所\n城管中队", 2, (1,), ()),
        ("环卫队", None, (), ("环卫队",)),
        ("环卫队、城管中队", None, (1,), ("环卫队",)),
        ("旧单位", None, (), ("旧单位",)),
        ("城管", None, (), ("城管",)),
        ("", None, (), ()),
    ],
)
def test_units_in_a_cell(
    text: str, lead: int | None, co: tuple[int, ...], unknown: tuple[str, ...]
) -> None:
    named = read_units(text, DIRECTORY)
    assert (named.lead, named.co, named.unknown) == (lead, co, unknown)


def test_a_name_of_two_units_stands_for_neither() -> None:
    twice = Directory(
        [Unit(id=1, name="一", aliases=("所",)), Unit(id=2, name="二", aliases=("所",))]
    )
    assert twice.find("所") is None


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("是", "done"),
        ("√", "done"),
        ("已整改", "done"),
        ("整改到位", "done"),
        ("已完成", "done"),
        ("已销号", "done"),
        ("已整改到位", "done"),
        ("正在整改", "in_progress"),
        ("整改中", "in_progress"),
        ("部分整改", "in_progress"),
        ("基本完成", "in_progress"),
        ("否", "not_done"),
        ("×", "not_done"),
        ("未整改", "not_done"),
        ("", None),
        ("集中清运", None),
        ("已上报", None),
        ("已安排整改", None),
    ],
)
def test_claims(text: str, claim: str | None) -> None:
    assert claim_of(text) == claim
