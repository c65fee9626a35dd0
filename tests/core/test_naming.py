"""Units and claims as people write them."""

import pytest

from core.model import Unit, Zone
from core.words.claims import claim_of
from core.words.directory import Directory, Named, read_units
from core.words.placing import Gazetteer

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


def test_brackets_behind_a_zones_name_do_not_matter_unless_another_is_called_so() -> None:
    zones = [
        Zone(id=1, code="Z01", name="省道沿线（城乡结合部）"),
        Zone(id=2, code="Z02", name="老街"),
        Zone(id=3, code="Z03", name="老街（东段）"),
        Zone(id=4, code="Z04", name="新街（东）"),
        Zone(id=5, code="Z05", name="新街（西）"),
    ]
    known = Gazetteer(zones)
    assert known.find("省道沿线") == 1
    assert (known.find("老街"), known.find("老街（东段）")) == (2, 3)
    assert known.find("新街") is None


def test_a_unit_of_ones_own_town_and_units_beside_each_other() -> None:
    units = [Unit(id=1, name="执法队"), Unit(id=2, name="环卫所"), Unit(id=3, name="镇中学")]
    known = Directory(units)
    assert known.read("镇执法队").lead == 1
    assert known.read("镇中学").lead == 3
    assert known.read("执法队 环卫所") == Named(1, (2,))
    assert known.read("执法队会同环卫所") == Named(1, (2,))
    assert known.read("执法队 没听过的队").unknown
