"""Rounds, figures, circulars, points and schemes on the command line."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from cli_support import Result, Zg

TODAY = date.today()
MONTH = f"{TODAY:%Y-%m}"
ROUND = f"{MONTH}-暗访"


def month(*, back: int) -> str:
    at = TODAY.year * 12 + TODAY.month - 1 - back
    return f"{at // 12}-{at % 12 + 1:02d}"


def ok(result: Result) -> str:
    assert result.code == 0, result.err
    return result.out


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def underway(town: Zg) -> Zg:
    """A round of two zones that was started."""
    started(town, ROUND)
    return town


def started(town: Zg, number: str) -> None:
    ok(town("round", "plan", "--kind", "暗访", "--on", TODAY, "--zone", "Z01", "--zone", "Z02"))
    ok(town("round", "start", number))


def find(town: Zg, *words: str, number: str = ROUND) -> None:
    ok(town("round", "find", number, "Z01", *words))


def sheet(town: Zg, number: str, *options: str) -> str:
    return ok(town("round", "export", number, "-f", "csv", *options)).replace(number, "检查")


def test_a_year_is_planned_once(empty: Zg) -> None:
    ok(empty("zone", "add", "Z01", "第一段"))
    assert len(ok(empty("round", "plan", "2027")).splitlines()) == 12
    again = empty("round", "plan", "2027")
    assert (again.code, again.out) == (0, "")
    kinds = [r["kind"] for r in json.loads(ok(empty("round", "list", "--json")))]
    assert (kinds.count("月小查"), kinds.count("季普查")) == (8, 2)


def test_a_round_from_its_plan_to_its_end(underway: Zg, tmp_path: Path) -> None:
    find(underway, "垃圾桶满溢", "--category", "暴露垃圾", "--location", "桂花街1号")
    find(underway, "栏杆破损", "--category", "基础设施", "--no-item", "--count", "2")
    assert underway("round", "score", ROUND).code == 2
    ok(underway("round", "visit", ROUND, "Z02", "--na", "集贸市场"))
    ok(underway("round", "mark", ROUND, "城管中队", "8.5"))
    told = json.loads(ok(underway("round", "show", ROUND, "--json")))
    assert [r["基础设施"] for r in told["scores"]] == [3, 5]
    assert told["scores"][1]["集贸市场"] == "/"
    assert "桂花街1号" in ok(underway("round", "walk", ROUND))
    item = ok(underway("list", f"round:{ROUND}", "-c", "number")).split()
    assert len(item) == 1
    assert json.loads(ok(underway("show", item[0], "--json")))[0]["round"] == ROUND
    ok(underway("round", "score", ROUND))
    assert underway("round", "find", ROUND, "Z01", "x", "--category", "宣传").code == 4
    ok(underway("round", "publish", ROUND))
    early = underway("round", "finalise", ROUND)
    assert (early.code, "objections" in early.err) == (5, True)
    ok(underway("round", "reopen", ROUND, "--reason", "漏记一处"))
    ok(underway("round", "cancel", ROUND, "--reason", "改期"))
    assert json.loads(ok(underway("round", "show", ROUND, "--json")))["state"] == "cancelled"
    for _ in range(3):
        ok(underway("undo", "--yes"))
    assert json.loads(ok(underway("round", "show", ROUND, "--json")))["state"] == "scored"
    ok(underway("check"))


def test_a_sheet_and_its_finds_go_out_and_come_into_an_equal_round(
    underway: Zg, tmp_path: Path
) -> None:
    find(underway, "垃圾桶满溢", "--category", "暴露垃圾")
    find(underway, "栏杆破损", "--category", "基础设施", "--no-item", "--count", "3")
    find(underway, "小广告", "--category", "市容环境", "--no-item", "--deduct", "30")
    ok(underway("round", "visit", ROUND, "Z02", "--unseen", "--why", "修路封闭"))
    finds = [f["find"] for f in json.loads(ok(underway("round", "show", ROUND, "--json")))["finds"]]
    ok(underway("round", "waive", finds[1], "--reason", "当场整改"))
    ok(underway("round", "export", ROUND, "-o", "sheet.xlsx"))
    ok(underway("round", "export", ROUND, "--finds", "-o", "finds.csv"))
    other = f"{ROUND}-2"
    started(underway, other)
    ok(underway("round", "import", other, "finds.csv"))
    ok(underway("round", "import", other, "sheet.xlsx"))
    for options in ((), ("--finds",)):
        assert sheet(underway, other, *options) == sheet(underway, ROUND, *options)
    for name in ("finds.csv", "sheet.xlsx"):
        assert "Nothing new" in underway("round", "import", other, name).err
    scores = f"{ROUND}-3"
    started(underway, scores)
    told = underway("round", "import", scores, "sheet.xlsx")
    assert (told.code, "scores" in told.err) == (0, True)
    assert sheet(underway, scores) == sheet(underway, ROUND)


def test_a_blank_sheet_is_filled_in(underway: Zg, tmp_path: Path) -> None:
    ok(underway("round", "export", ROUND, "--blank", "-o", "blank.xlsx"))
    book = openpyxl.load_workbook("blank.xlsx")
    page = book.active
    assert page is not None
    at = {cell.value: cell.column for cell in page[1]}
    page.cell(2, at["市容环境"], 2.5)
    book.save("filled.xlsx")
    told = underway("round", "import", ROUND, "filled.xlsx")
    assert told.code == 0
    assert "row 3: nothing stands there" in told.err
    seen = {r["责任区"]: r["已检查"] for r in rows(sheet(underway, ROUND))}
    assert seen == {"Z01": "是", "Z02": "否"}
    page.cell(3, at["已检查"], "是")
    book.save("filled.xlsx")
    ok(underway("round", "import", ROUND, "filled.xlsx"))
    got = rows(sheet(underway, ROUND))
    assert [r["市容环境"] for r in got] == ["22.5", "25"]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("责任区", "Z03", "is not inspected"),
        ("责任区", "Z99", "Z99"),
        ("市容环境", "-1", "does not lie between 0 and 25"),
        ("市容环境", "26", "does not lie between 0 and 25"),
        ("市容环境", "多", "多 is not a number"),
    ],
)
def test_a_sheet_with_a_fault_changes_nothing(
    underway: Zg, column: str, value: str, said: str
) -> None:
    before = sheet(underway, ROUND)
    row = {"责任区": "Z01", "市容环境": "1"} | {column: value}
    Path("bad.csv").write_text(
        f"{','.join(row)}\n{','.join(row.values())}\nZ02,1\n", encoding="utf-8"
    )
    told = underway("round", "import", ROUND, "bad.csv")
    assert told.code not in (0, 1)
    assert "bad.csv, row 2" in told.err
    assert said in told.err
    assert sheet(underway, ROUND) == before


@pytest.mark.parametrize(
    "words",
    [
        ("round", "mark", ROUND, "城管中队", "11"),
        ("round", "mark", ROUND, "城管中队", "abc"),
        ("round", "mark", ROUND, "城管中队", ""),
        ("round", "plan", "²"),
        ("scheme", "set", "stack_rounds", "也许", "--since", MONTH),
        ("scheme", "set", "red", "500", "--since", MONTH),
        ("round", "find", ROUND, "Z01", "x", "--category", "宣传", "--deduct", "-1"),
        ("round", "find", ROUND, "Z01", "x", "--category", "宣传", "--no-item", "--deduct", "101"),
        ("round", "find", ROUND, "Z03", "x", "--category", "宣传"),
        ("round", "find", ROUND, "Z01", "--category", "宣传", "--no-item"),
        ("round", "start", ROUND),
        ("round", "show", "2026-13"),
        ("round", "plan", "--kind", "抽查", "--on", "2026-03-01"),
        ("stats", "--period", "2026-13"),
        ("stats", "list", "没有这项"),
        ("appraisal", "show", "1999-01"),
        ("points", "add", "城管中队", "2026-13", "praise"),
        ("points", "add", "城管中队", MONTH, "没有这项"),
        ("points", "add", "城管中队", MONTH, "praise", "--points", "-5"),
        ("stats", "--period", month(back=-1)),
        ("stats", "-c", "没有这列"),
        ("stats", "score", "--period", f"{TODAY.year}-Q1"),
        ("approve", "--find", "999"),
        ("approve",),
        ("scheme", "set", "没有这项", "3", "--since", MONTH),
        ("scheme", "set", "objection_days", "几天", "--since", MONTH),
    ],
)
def test_a_wrong_word_gets_a_sentence_and_changes_nothing(
    underway: Zg, words: tuple[str, ...]
) -> None:
    before = ok(underway("history"))
    for lang in ("en", "zh"):
        told = underway(*words, lang=lang)
        assert told.code in (2, 3, 4, 5, 6), told.err
        assert told.out == ""
        assert "Traceback" not in told.err
        assert len(told.err.strip().splitlines()) == 1, told.err
    assert ok(underway("history")) == before


def test_every_number_opens_into_its_list(town: Zg) -> None:
    period = month(back=1)
    table = json.loads(ok(town("stats", "--period", period, "--json")))
    held = 0
    for row in table:
        for indicator in ("issued", "need", "closed", "ontime", "overdue_open"):
            listed = json.loads(
                ok(
                    town(
                        "stats",
                        "list",
                        indicator,
                        "--period",
                        period,
                        "--unit",
                        row["unit"],
                        "--json",
                    )
                )
            )
            assert len(listed) == row[indicator]
            held += len(listed)
    assert held
    for indicator in ("issued", "overdue_open"):
        whole = sum(row[indicator] for row in table)
        numbers = ok(town("list", f"stat:{indicator}@{period}", "--all", "-c", "number")).split()
        listed = json.loads(ok(town("stats", "list", indicator, "--period", period, "--json")))
        assert len(listed) == whole
        assert set(numbers) == {row["name"].partition("/")[0] for row in listed}
    written = rows(ok(town("stats", "--period", period, "-o", "-", "-f", "csv")))
    assert [r["交办数"] for r in written] == [str(r["issued"]) for r in table]
    for form in ("zone", "category", "group"):
        other = json.loads(ok(town("stats", "--period", period, "--by", form, "--json")))
        assert sum(row["issued"] for row in other) == sum(row["issued"] for row in table)


def test_scores_trend_and_the_offices_own_work(town: Zg) -> None:
    period = month(back=1)
    scores = {
        r["unit"]: r for r in json.loads(ok(town("stats", "score", "--period", period, "--json")))
    }
    table = json.loads(ok(town("stats", "--period", period, "--json")))
    assert table
    assert all(row["score"] == scores[row["unit"]]["score"] for row in table)
    assert len(json.loads(ok(town("stats", "trend", "--months", "3", "--json")))) == 3
    assert ok(town("stats", "office"))


def test_points_change_a_score_and_back(town: Zg) -> None:
    def score() -> float:
        found = json.loads(ok(town("stats", "score", "--json")))
        return float(next(r["score"] for r in found if r["unit"] == "城管中队"))

    before = score()
    number = ok(town("points", "add", "城管中队", MONTH, "praise", "--why", "市里表扬")).strip()
    assert score() == before + 2
    ok(town("points", "export", "-o", "points.xlsx"))
    ok(town("points", "retire", number))
    assert score() == before
    ok(town("points", "import", "points.xlsx"))
    assert score() == before + 2
    assert "Nothing new" in town("points", "import", "points.xlsx").err


def test_a_scheme_holds_from_its_month_on(town: Zg) -> None:
    shown = json.loads(ok(town("scheme", "show", "--json")))
    ok(town("scheme", "set", "objection_days", "5", "--since", month(back=-1)))
    assert json.loads(ok(town("scheme", "show", "--json"))) == shown
    ok(town("scheme", "export", "-o", "scheme.json"))
    assert "Nothing new" in town("scheme", "import", "scheme.json", "--since", MONTH).err
    assert len(ok(town("scheme", "list")).splitlines()) >= 1
    weights = town("scheme", "set", "weights", "市容环境=30、占道经营=15", "--since", MONTH)
    assert weights.code in (0, 3), weights.err


def test_a_circular_from_its_draft_to_its_adjustment(town: Zg) -> None:
    period = month(back=1)
    circulars = {c["period"]: c for c in json.loads(ok(town("appraisal", "list", "--json")))}
    if circulars[period]["state"] == "draft":
        ok(town("appraisal", "publish", period))
    early = town("appraisal", "sign", period)
    assert (early.code, "objections" in early.err) == (5, True)
    text = ok(town("appraisal", "show", period))
    assert "城管中队" in text
    for name in ("a.docx", "a.xlsx", "a.txt"):
        ok(town("appraisal", "export", period, "-o", name))
        assert Path(name).stat().st_size > 100
    assert len(openpyxl.load_workbook("a.xlsx").sheetnames) == 7
    signed = next(p for p, c in circulars.items() if c["state"] == "signed")
    before = ok(town("appraisal", "show", signed))
    ok(town("points", "add", "城管中队", month(back=0), "praise"))
    assert town("points", "add", "城管中队", signed, "praise").code == 4
    assert ok(town("appraisal", "show", signed)) == before
    rounds = json.loads(ok(town("round", "list", "--json")))
    held = next(r["round"] for r in rounds if r["plan_on"].startswith(signed))
    told = json.loads(ok(town("round", "show", held, "--json")))["finds"][0]
    words = ("--find", told["find"], "--reason", "不在责任区内", "--as", "clerk")
    late = town("appeal", *words)
    assert (late.code, late.out) == (5, "")
    late = json.loads(ok(town("stats", "list", "late", "--period", period, "--json")))
    closed = set(ok(town("list", "state:closed", "-c", "number")).split())
    found = next(row for row in late if row["name"].split("/")[0] in closed)
    number, no = found["name"].split("/")
    words = ("--no", no, "--reason", "交办时已改", "--as", "clerk")
    ok(town("appeal", number, *words))
    assert town("appeal", number, *words).code == 4
    waiting = json.loads(ok(town("show", number, "--json")))
    assert "交办时已改" in json.dumps(waiting, ensure_ascii=False)
    ok(town("approve", number))
    after = json.loads(ok(town("stats", "list", "late", "--period", period, "--json")))
    assert f"{number}/{no}" not in {row["name"] for row in after if not row["exempt"]}
    ok(town("appraisal", "withdraw", signed, "--reason", "重发"))
    ok(town("undo", "--yes"))
    ok(town("appraisal", "adjust", signed))
    ok(town("check"))


def test_appeals_about_finds_and_points_are_decided_by_their_numbers(town: Zg) -> None:
    period = month(back=1)
    held = next(
        r["round"]
        for r in json.loads(ok(town("round", "list", "--json")))
        if r["plan_on"].startswith(period)
    )
    finds = json.loads(ok(town("round", "show", held, "--json")))["finds"]
    first, second = [f["find"] for f in finds if not f["waived_why"]][:2]
    entry = json.loads(ok(town("points", "list", "--json")))
    points = next(str(p["code"]) for p in entry if p["month"] == period)
    if json.loads(ok(town("round", "show", held, "--json")))["state"] != "published":
        ok(town("appraisal", "publish", period))
    for words in (("--find", first), ("--find", second), ("--points", points)):
        ok(town("appeal", *words, "--reason", "不在责任区内", "--as", "clerk"))
    waiting = ok(town("appeal"))
    assert all(f"--find {find}" in waiting for find in (first, second))
    assert f"--points {points}" in waiting
    assert "3" in town("appraisal", "sign", period).err
    ok(town("approve", "--find", first))
    ok(town("refuse", "--find", second, "--reason", "照片清楚"))
    ok(town("approve", "--points", points))
    after = {f["find"]: f for f in json.loads(ok(town("round", "show", held, "--json")))["finds"]}
    assert (after[first]["off"], after[first]["waived_why"]) == (0, "不在责任区内")
    assert after[second]["waived_why"] is None
    assert ok(town("appeal")) == ""
    assert held in ok(town("history", held))
    ok(town("check"))


def test_a_table_goes_out_in_ones_own_columns(town: Zg) -> None:
    period = month(back=1)
    told = ok(town("stats", "--period", period, "-c", "得分,责任单位,ontime_rate", "-f", "csv"))
    assert told.splitlines()[0] == "得分,责任单位,按期整改率"
    full = json.loads(ok(town("stats", "--period", period, "--json")))
    assert [r["责任单位"] for r in rows(told)] == [r["unit"] for r in full]
    ok(town("stats", "score", "--period", period, "-c", "名次,责任单位", "-o", "a.xlsx"))
    page = openpyxl.load_workbook("a.xlsx").active
    assert page is not None
    assert [c.value for c in page[1]] == ["名次", "责任单位"]
    assert len(ok(town("stats", "list", "issued", "--period", period, "-c", "name,unit")).split())


def test_a_step_never_lies_before_the_one_behind_it(underway: Zg) -> None:
    find(underway, "栏杆破损", "--category", "基础设施", "--no-item")
    ok(underway("round", "visit", ROUND, "Z02"))
    early = f"{month(back=2)}-10"
    words = ("round", "find", ROUND, "Z01", "x", "--category", "宣传", "--no-item")
    assert underway(*words, "--on", early).code == 3
    assert underway("round", "score", ROUND, "--on", early).code == 3
    ok(underway("round", "score", ROUND))
    assert underway("round", "publish", ROUND, "--on", early).code == 3


def test_a_signature_taken_back_leaves_a_void_paper_and_says_so(empty: Zg) -> None:
    period = month(back=1)
    since = month(back=2)
    ok(empty("scheme", "set", "objection_days", "0", "--since", since))
    ok(empty("appraisal", "draft", period))
    ok(empty("appraisal", "publish", period))
    number = ok(empty("appraisal", "sign", period)).strip()
    told = empty("undo", "--yes")
    assert told.code == 0
    assert "is void" in told.err
    states = [c["state"] for c in json.loads(ok(empty("appraisal", "list", "--json")))]
    assert states == ["withdrawn"]
    ok(empty("appraisal", "draft", period))
    ok(empty("appraisal", "publish", period))
    assert ok(empty("appraisal", "sign", period)).strip() != number
    ok(empty("check"))


def test_a_find_entered_by_mistake_is_dropped_and_its_item_stays(underway: Zg) -> None:
    find(underway, "垃圾桶满溢", "--category", "暴露垃圾")
    told = json.loads(ok(underway("round", "show", ROUND, "--json")))["finds"]
    ok(underway("round", "drop", told[0]["find"], "--reason", "记错区了"))
    assert json.loads(ok(underway("round", "show", ROUND, "--json")))["finds"] == []
    assert len(ok(underway("list", f"round:{ROUND}", "-c", "number")).split()) == 1
    assert underway("round", "drop", told[0]["find"], "--reason", "再来").code == 6


def test_what_does_not_add_up_to_a_hundred_is_told(town: Zg) -> None:
    assert "100" not in town("scheme", "show").err
    told = town("scheme", "set", "weights", "市容环境=30", "--since", MONTH)
    assert told.code == 0 and "105" in told.err
    assert "105" in town("scheme", "show").err
    told = town("scheme", "set", "files", "0", "--since", MONTH)
    assert told.code == 0 and "90" in told.err
