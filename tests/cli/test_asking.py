"""What is asked at a terminal before it is done, and what `--yes` answers."""

import pytest
import typer
from cli_support import Zg

from tui.cli.frame.running import program


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody sits at the terminal and says no; the questions."""
    asked: list[str] = []

    def no(question: str, **_more: object) -> bool:
        asked.append(question)
        return False

    program(typer, [])  # whoever has the name has it by now
    monkeypatch.setattr("tui.exits.at_terminal", lambda: True)
    monkeypatch.setattr(typer, "confirm", no)
    return asked


def reported(zg: Zg, count: int) -> list[str]:
    lines = "\n".join(f"Z01 桂花街{n}号 垃圾满溢" for n in range(count))
    done = zg("add", "-", "--yes", stdin=lines.encode())
    assert done.code == 0, done.err
    return done.out.split()


@pytest.fixture
def office(empty: Zg) -> Zg:
    empty("unit", "add", "环卫所")
    empty("unit", "add", "城管中队")
    empty("zone", "add", "Z01", "第一段", "--unit", "环卫所")
    empty("zone", "add", "Z02", "第二段")
    return empty


def test_a_verb_asks_before_many(office: Zg, terminal: list[str]) -> None:
    numbers = reported(office, 21)
    words = ("accept", *numbers, "--category", "暴露垃圾")
    refused = office(*words)
    assert (refused.code, terminal) == (3, ["Do it to 21 items at once?"])
    assert "state" not in refused.out
    assert office(*words[:21], "--category", "暴露垃圾").code == 0, "twenty are not many"
    assert office("accept", numbers[20], "--category", "暴露垃圾").code == 0
    void = ("void", *office("list", "-c", "number").out.split(), "--reason", "误报", "--note", "错")
    assert office(*void).code == 3
    assert office(*void, "--yes").code == 0
    assert len(terminal) == 2


def test_a_merger_tells_what_goes_along_and_asks(office: Zg, terminal: list[str]) -> None:
    reported(office, 2)
    assert office("unit", "merge", "环卫所", "--into", "城管中队").code == 3
    assert office("zone", "merge", "Z01", "--into", "Z02").code == 3
    assert "zone led 1" in terminal[0]
    assert "open item 2" in terminal[1]
    assert office("unit", "merge", "环卫所", "--into", "城管中队", "--yes").code == 0
    assert office("zone", "merge", "Z01", "--into", "Z02", "--yes").code == 0
    assert len(terminal) == 2


def test_without_a_terminal_nothing_is_asked(office: Zg) -> None:
    numbers = reported(office, 25)
    assert office("accept", *numbers, "--category", "暴露垃圾").code == 0
    assert office("unit", "merge", "环卫所", "--into", "城管中队").code == 0
