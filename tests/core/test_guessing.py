"""Categories guessed from what people write."""

from pathlib import Path

import pytest
from tests_support import TODAY, Office

from core.actions.loop.road import Accept
from core.day.routing import suggest
from core.words.guessing import guess

PHRASES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data" / "phrases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_most_of_what_patrols_write_is_filed_right_and_hardly_any_wrong() -> None:
    assert len(PHRASES) >= 300
    guesses = [(guess(text), wanted) for text, wanted in PHRASES]
    right = sum(found is not None and found.category == wanted for found, wanted in guesses)
    wrong = sum(
        found is not None and found.sure and found.category != wanted for found, wanted in guesses
    )
    assert right >= 0.9 * len(PHRASES)
    assert wrong <= 0.02 * len(PHRASES)


@pytest.mark.parametrize(
    ("text", "location", "sub"),
    [
        ("井盖破损", "", "井盖缺损"),
        ("垃圾", "49号路灯杆下", "暴露垃圾"),
        ("49号路灯杆下 垃圾", "", "暴露垃圾"),
        ("建筑垃圾", "污水厂围墙外", "暴露垃圾"),
        ("占道经营5处", "", "店外经营"),
        ("垃圾未清", "", "暴露垃圾"),
        ("旱厕", "村口", "公厕管理"),
        ("柴草乱堆", "", "乱堆乱放"),
        ("排水沟污水外溢", "石塘村二组", "排水管网"),
        ("排水沟污水外溢", "农贸市场", "下水不畅"),
        ("过期食品", "小卖部", "其他"),
    ],
)
def test_the_problem_tells_and_the_place_does_not(text: str, location: str, sub: str) -> None:
    found = guess(text, location)
    assert found is not None
    assert found.subcategory == sub


def test_an_uncertain_guess_is_marked_and_raises_no_severity(office: Office) -> None:
    key = office.reported(description="有点脏", category="", subcategory="")
    found = suggest(office.town, office.item(key), TODAY)
    assert found.category_why is not None
    assert found.category_why.code == "perhaps"
    assert found.severity == office.item(key).severity


def test_what_the_office_decided_before_goes_first(office: Office) -> None:
    text = "门前三包牌子掉漆看不清字"
    first = office.reported(description=text, category="", subcategory="")
    office.do(Accept(item=first, category="宣传", subcategory="宣传栏陈旧"))
    again = office.reported(description=text + "了", category="", subcategory="")
    found = suggest(office.town, office.item(again), TODAY)
    assert (found.category, found.subcategory) == ("宣传", "宣传栏陈旧")
    assert found.category_why is not None
    assert found.category_why.code == "decided"
