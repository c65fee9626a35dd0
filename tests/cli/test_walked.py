"""A list somebody walked with comes back: as a sheet, a Word table, retyped text; in one step."""

import json
from pathlib import Path

import docx
import openpyxl
import pytest
from cli_support import Zg

from core.words.numbers import id_of, letters_of


def ok(result: object) -> str:
    assert result.code == 0, result.err  # type: ignore[attr-defined]
    return str(result.out)  # type: ignore[attr-defined]


@pytest.fixture
def office(empty: Zg) -> Zg:
    """Four problems in a zone: three fed back, one still with its unit."""
    ok(empty("unit", "add", "环卫所"))
    ok(empty("zone", "add", "Z01", "第一段", "--kind", "街道段"))
    for at in range(1, 5):
        ok(empty("add", f"第一段 街口{at} 垃圾", "--on", "2026-03-01"))
        ok(empty("accept", f"R-000{at}", "--category", "环境卫生", "--on", "2026-03-01"))
        number = f"CW-2026-000{at}"
        given = ("--unit", "环卫所", "--due", "2026-03-04", "--on", "2026-03-01")
        ok(empty("assign", number, *given))
        if at < 4:
            ok(
                empty(
                    "submit", number, "--measure", "清了", "--for", "环卫所", "--on", "2026-03-03"
                )
            )
    return empty


def states(office: Zg) -> dict[str, str]:
    found = json.loads(ok(office("list", "-a", "--json")))
    return {r["number"]: r["state"] for r in found if r["number"]}


SEEN = {
    "CW-2026-0001": "合格",
    "CW-2026-0002": "不合格：仍有积水",
    "CW-2026-0003": "未到",
    "CW-2026-0004": "合格",
    "新Z01-2": "新问题：垃圾桶破损",
}


def filled(path: str) -> None:
    """Fill the list in as a sheet or a Word file."""
    if path.endswith("xlsx"):
        book = openpyxl.load_workbook(path)
        for row in book.worksheets[0].iter_rows(min_row=2):
            values = [str(cell.value or "") for cell in row]
            row[-1].value = SEEN.get(values[1])
            if values[1] == "新Z01-1":
                row[2].value, row[3].value = "桥头", "井盖缺失"
        book.save(path)
        return
    document = docx.Document(path)
    for row in document.tables[0].rows:
        cells = row.cells
        if cells[1].text in SEEN:
            cells[-1].text = SEEN[cells[1].text]
        if cells[1].text == "新Z01-1":
            cells[2].text, cells[3].text = "桥头", "井盖缺失"
    document.save(path)


@pytest.mark.parametrize("form", ["xlsx", "docx", "txt"])
def test_what_was_seen_is_an_inspectors_look(office: Zg, tmp_path: Path, form: str) -> None:
    name = f"巡查.{form}"
    ok(office("zone", "walk", "Z01", "-o", name))
    if form == "txt":
        lines = (tmp_path / name).read_text("utf-8").splitlines()
        numbers = [n for n in SEEN if n.startswith("CW")]
        for number in numbers:
            at = next(i for i, line in enumerate(lines) if number in line)
            to = next(i for i in range(at, len(lines)) if "现场情况：" in lines[i])
            lines[to] += SEEN[number]
        at = next(i for i, line in enumerate(lines) if "CW-2026-0001" in line)
        lines[at] = lines[at].replace("CW-2026-0001", "CW-2O26-OOO1")  # as a scan reads it
        for number, place, what in (("新Z01-1", "桥头", "井盖缺失"), ("新Z01-2", "", "垃圾桶破损")):
            at = next(i for i, line in enumerate(lines) if number + " " in line)
            lines[at] = f"□ 9. {number} 点位：{place}  问题：{what}"
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    else:
        filled(name)
    told = office("zone", "walked", name, "--on", "2026-03-05")
    assert told.code == 0, told.err
    assert states(office)["CW-2026-0001"] == "closed"
    assert states(office)["CW-2026-0002"] == "rectifying"
    assert states(office)["CW-2026-0003"] == "awaiting"
    assert states(office)["CW-2026-0004"] == "closed"
    second = json.loads(ok(office("show", "CW-2026-0002", "--json")))[0]
    assert second["inspection"] == "仍有积水" and second["reworks"] == 1
    found = json.loads(ok(office("list", "--json")))
    new = {r["description"]: r for r in found if r["state"] == "reported"}
    assert set(new) == {"井盖缺失", "垃圾桶破损"}
    assert new["井盖缺失"]["location"] == "桥头" and new["井盖缺失"]["zone"] == "Z01"
    assert "Nothing new" in office("zone", "walked", name, "--on", "2026-03-05").err
    ok(office("undo"))
    assert states(office)["CW-2026-0001"] == "awaiting"
    assert not [r for r in json.loads(ok(office("list", "--json"))) if r["state"] == "reported"]


def test_what_was_seen_of_a_problem_nobody_has_yet_is_noted(office: Zg) -> None:
    ok(office("add", "第一段 墙角 乱贴", "--on", "2026-03-01"))
    ok(office("zone", "walk", "Z01", "-o", "a.xlsx"))
    book = openpyxl.load_workbook("a.xlsx")
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[1].value == "R-0005":
            row[-1].value = "不合格：还在"
    book.save("a.xlsx")
    told = office("zone", "walked", "a.xlsx", "--on", "2026-03-05")
    assert told.code == 0 and "R-0005 is with no unit now" in told.err, told.err
    assert json.loads(ok(office("show", "R-0005", "--json")))[0]["diary"] == (
        "2026-03-05 巡查：不合格，还在"
    )
    assert "Nothing new" in office("zone", "walked", "a.xlsx", "--on", "2026-03-05").err


def test_an_ordinary_import_names_the_way_to_take_it_back(office: Zg) -> None:
    ok(office("zone", "walk", "Z01", "-o", "a.xlsx"))
    told = office("import", "a.xlsx")
    assert told.code != 0 and "zg zone walked a.xlsx" in told.err


def test_one_as_text_is_not_taken_for_a_ledger(office: Zg) -> None:
    ok(office("zone", "walk", "Z01", "-o", "a.txt"))
    before = states(office)
    told = office("import", "a.txt")
    assert told.code != 0 and "zg zone walked a.txt" in told.err
    assert states(office) == before


def test_a_dry_run_says_where_each_problem_will_stand(office: Zg) -> None:
    ok(office("zone", "walk", "Z01", "-o", "a.xlsx"))
    filled("a.xlsx")
    told = office("zone", "walked", "a.xlsx", "--on", "2026-03-05", "--dry-run")
    assert "CW-2026-0001 (Awaiting check → Closed)" in told.err, told.err
    assert "CW-2026-0002 (Awaiting check → Rectifying" in told.err and "2026-03-09" in told.err
    assert "井盖缺失" in told.err
    assert states(office)["CW-2026-0001"] == "awaiting"


def test_words_that_say_neither_refuse_the_list_whole(office: Zg) -> None:
    ok(office("zone", "walk", "Z01", "-o", "a.xlsx"))
    book = openpyxl.load_workbook("a.xlsx")
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[1].value in ("CW-2026-0001", "CW-2026-0002"):
            row[-1].value = "合格" if row[1].value == "CW-2026-0001" else "还行吧"
    book.save("a.xlsx")
    told = office("zone", "walked", "a.xlsx", "--on", "2026-03-05")
    assert told.code != 0 and "还行吧 says neither" in told.err
    assert states(office)["CW-2026-0001"] == "awaiting"


def test_what_was_struck_off_meanwhile_is_told_and_left(office: Zg) -> None:
    ok(office("zone", "walk", "Z01", "-o", "a.xlsx"))
    ok(office("pass", "CW-2026-0001", "--on", "2026-03-04"))
    filled("a.xlsx")
    told = office("zone", "walked", "a.xlsx", "--on", "2026-03-05")
    assert told.code == 0 and "CW-2026-0001 was struck off since" in told.err


def test_a_code_finds_its_row_and_tells_a_misread_letter() -> None:
    for key in (1, 31, 5_000, 923_520):
        code = letters_of(key)
        assert id_of(code) == key and id_of(code.lower()) == key
        for at, letter in enumerate(code):
            other = "3" if letter != "3" else "4"
            assert id_of(code[:at] + other + code[at + 1 :]) is None
        if code[0] != code[1]:
            assert id_of(code[1] + code[0] + code[2:]) is None
