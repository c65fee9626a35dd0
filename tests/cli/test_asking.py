"""What is asked at a terminal before it is done, and what `--yes` answers."""

from pathlib import Path

import pytest
import typer
from cli_support import Zg

from tui.cli.running import program


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody sits at the terminal and says no; the questions."""
    asked: list[str] = []

    def no(question: str, **_more: object) -> bool:
        asked.append(question)
        return False

    program(typer, [])  # whoever has the name has it by now
    monkeypatch.setattr("tui.exits.at_terminal", lambda: True)
    monkeypatch.setattr("tui.exits.confirm", no)
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


LEDGER = (
    "序号,检查时间,责任区,点位,存在问题,问题类别,责任单位,整改时限\n"
    "1,2026-11-20,第一路,桥头,乱堆乱放成片,市貌,扫地队,2026-12-05\n"
    "2,2026-11-20,第一路,桥尾,垃圾满溢未清运,市貌,扫地队,2026-12-05\n"
)


def test_what_a_ledger_says_that_nobody_knows_is_asked_once_and_remembered(
    office: Zg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = {"unit": ["环卫所", "没有的"], "zone": ["Z01"], "category": ["市容环境"]}

    def answer(question: str, **_more: object) -> str:
        asked.append(question)
        return answers[question.split()[1]].pop()

    (tmp_path / "台账.csv").write_text(LEDGER, "utf-8")
    program(typer, [])
    monkeypatch.setattr("tui.cli.ledger.importing.at_terminal", lambda: True)
    monkeypatch.setattr(typer, "prompt", answer)
    done = office("import", "台账.csv")
    assert done.code == 0, done.err
    about = {question.split("?")[0] for question in asked}
    assert about == {"Which unit is 扫地队", "Which zone is 第一路", "Which category is 市貌"}
    assert "没有的" in done.err
    listed = office("list", "-c", "zone,category,lead_unit").out.splitlines()
    assert listed == ["Z01\t市容环境\t环卫所"] * 2
    again = LEDGER.replace("桥头", "桥东").replace("桥尾", "桥西")
    (tmp_path / "台账.csv").write_text(again, "utf-8")
    assert office("import", "台账.csv").code == 0
    assert len(asked) == 4, "what was said once is not asked again"


def test_nobody_is_asked_where_everything_was_said_beforehand(
    office: Zg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "台账.csv").write_text(LEDGER, "utf-8")
    program(typer, [])
    monkeypatch.setattr("tui.cli.ledger.importing.at_terminal", lambda: True)
    monkeypatch.setattr(typer, "prompt", lambda *_a, **_k: pytest.fail("asked"))
    assert office("import", "台账.csv", "--yes").code == 0
    assert office("import", "台账.csv", "--json", "--dry-run").code == 0


def test_another_answer_to_yes_or_no_is_asked_again_in_the_language_in_use(
    office: Zg, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(office, 21)
    answers = iter(["也许", "是"])
    monkeypatch.setattr("tui.exits.at_terminal", lambda: True)
    monkeypatch.setattr(typer, "prompt", lambda *_a, **_k: next(answers))
    numbers = office("list", "-c", "number").out.split()
    done = office("void", *numbers, "--reason", "误报", "--note", "错", lang="zh")
    assert done.code == 0, done.err
    assert "请答 y 或 n" in done.err
    assert next(answers, None) is None
