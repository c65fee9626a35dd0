"""Numbers as people write them."""

import pytest
from tests_support import Office

from core.words.numbers import is_short, neighbours, slips, written_out


@pytest.mark.parametrize(
    "text",
    [
        "cw-2026-46",
        "CW20260046",
        "CW－２０２６－４６",
        "cw 2026 0046",
        "CW—2026—46",
        "CW202646",
        "ｃｗ2026-046",
    ],
)
def test_a_number_is_written_out(text: str) -> None:
    assert written_out(text) == "CW-2026-0046"


@pytest.mark.parametrize(
    "text", ["-5", "2026-46", "", "垃圾", "9" * 5000, "CW-2026-", "1e3", "x" * 300]
)
def test_what_is_none_stays(text: str) -> None:
    assert not written_out(text).startswith("CW-2026-00")
    assert slips(text) == () or written_out(text) not in slips(text)


def test_every_writing_finds_the_item(office: Office) -> None:
    key = office.accepted()
    for text in ("cw-2026-1", "CW20260001", "CW－2026－１", "CW-2026-001", "r1", "R－1"):
        found = office.town.find(text)
        assert found is not None and found.id == key, text
    assert office.town.find("CW-2025-1") is None
    assert office.town.find_short("1") == office.item(key)
    assert office.town.find_short("2026-1") == office.item(key)
    assert is_short("１") and not is_short("-1")


def test_one_slip_of_the_pen_is_near_and_not_found(office: Office) -> None:
    key = office.accepted()
    for text in ("CW-2O26-0001", "CW-2026-OOO1", "CW-2026-000l", "R-OOO1"):
        assert office.town.find(text) is None
        assert office.town.near(text) == [office.item(key)], text
    assert office.town.near("XW-2027-0002") == []


@pytest.mark.parametrize(
    "text",
    [
        "CW-202-0049",
        "CW-2025-0049",
        "CV-2026-0049",
        "C-2026-0049",
        "W-2026-0049",
        "CW-2026-00491",
        "CW-2062-0049",
        "CW-2026-0094",
    ],
)
def test_one_stroke_off_has_the_number_as_a_neighbour(text: str) -> None:
    assert "CW-2026-0049" in set(neighbours(text))
    assert written_out(text) not in set(neighbours(text))


@pytest.mark.parametrize("text", ["", "49", "XC-2026-0049", "2026年第49期", "CW-2026-0049" * 9])
def test_what_is_no_number_of_ours_has_none(text: str) -> None:
    assert "CW-2026-0049" not in set(neighbours(text))


@pytest.mark.parametrize("text", ["第49号", "编号:49", "#49", "49号", "No.49", "问题编号 49"])
def test_what_stands_around_a_number_is_no_part_of_it(text: str) -> None:
    assert is_short(text) and written_out(text) == "49"
    assert written_out("编号CW-26-49号") == "CW-2026-0049"
