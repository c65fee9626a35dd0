"""Sheets and papers with several tables: another header in mid-sheet, a next page, what stands over each."""

import io
from datetime import date

import docx
import pytest
from ledger_support import xlsx
from rows_support import HEAD, ROW, known, moved, read, said
from tests_support import FOUNDER, TODAY, Office

from core.ledger.line import QuickReader
from core.ledger.outcome import Intake
from core.ledger.row_reader import Reader
from core.model import Unit
from core.words.directory import Directory
from store.ledgers.coming_in.reading import read_ledger
from store.ledgers.coming_in.tables.cells import Values

LINE = "序号,检查时间,点位,存在问题,责任单位,整改时限"


def paper(*blocks: str | list[str]) -> bytes:
    """A Word file of paragraphs and tables."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        rows = [line.split(",") for line in block]
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def of(office: Office, data: bytes, name: str = "a.docx") -> Intake:
    rows = read_ledger(data, name, known=known(office)).rows
    return Reader(office.town, FOUNDER, TODAY).read(rows)


def told(intake: Intake, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(entry.record[field] for field in fields) for entry in intake.entries]


def test_a_wider_header_below_does_not_swallow_the_table_above(office: Office) -> None:
    lines = [
        "周报",
        "一、上周未完成",
        "序号,点位,存在问题,责任单位",
        "1,桥头1号,沟盖破损,环卫所",
        "2,桥头2号,沟盖破损,环卫所",
        "二、本周新发现",
        "序号,点位,存在问题,责任单位,整改时限",
        "1,桥头3号,小广告多,城管中队,2026-04-02",
    ]
    found = told(read(office, "\n".join(lines)), "location", "lead_unit", "due_on")
    assert found == [
        ("桥头1号", "环卫所", None),
        ("桥头2号", "环卫所", None),
        ("桥头3号", "城管中队", date(2026, 4, 2)),
    ]


def test_a_heading_says_the_day_of_the_rows_below_it(office: Office) -> None:
    lines = [
        LINE,
        "一、上周（检查时间：3月18日）,,,,,",
        "1,,桥头1号,沟盖破损,环卫所,2026-04-02",
        "二、本周,,,,,",
        "1,,桥头2号,沟盖破损,环卫所,2026-04-02",
    ]
    found = told(read(office, "\n".join(lines)), "found_on")
    assert found == [(date(2026, 3, 18),), (None,)]


@pytest.mark.parametrize(
    "heading",
    ["第一段（共3处，已整改2处）", "第一段：共3处", "一、第一段（3处，已整改2处）"],
)
def test_a_heading_counts_what_stands_below_it(office: Office, heading: str) -> None:
    head = LINE.replace(",责任单位", "")
    row = "1,2026-03-20,桥头,垃圾满溢未清运,2026-04-05"
    (entry,) = read(office, f"{head}\n{heading},,,,\n{row}").entries
    assert entry.record["zone"] == "Z01"


def test_a_table_without_a_header_goes_on_with_the_one_before(office: Office) -> None:
    one = [LINE, "1,2026-03-20,桥头1号,沟盖破损,环卫所,2026-04-02"]
    two = ["2,2026-03-21,桥头2号,小广告多,城管中队,2026-04-03", "3,2026-03-21,桥头3号,积水,,"]
    intake = of(office, paper(one, "", two))
    assert told(intake, "location", "lead_unit") == [
        ("桥头1号", "环卫所"),
        ("桥头2号", "城管中队"),
        ("桥头3号", None),
    ]
    other = ["7,2026-03-21,桥头2号,小广告多,城管中队,2026-04-03"]
    ledger = read_ledger(paper(one, "", other), "a.docx", known=known(office))
    assert [passed.sheet for passed in ledger.passed_over] == ["表2"]


def test_the_day_above_the_first_table_of_a_paper_is_that_of_all(office: Office) -> None:
    one = [LINE, "1,,桥头1号,沟盖破损,环卫所,2026-04-02"]
    two = [LINE, "1,,桥头2号,积水,城管中队,2026-04-02"]
    data = paper("检查时间：2026年3月19日", "一、环卫所", one, "二、城管中队", two)
    assert told(of(office, data), "found_on") == [(date(2026, 3, 19),)] * 2


@pytest.mark.parametrize("label", ["填报单位（盖章）：环卫所", "填报单位(公章): 环卫所"])
def test_who_filled_it_in_stands_behind_where_the_seal_goes(office: Office, label: str) -> None:
    head, row = LINE.replace(",责任单位", ""), "1,2026-03-20,桥头,垃圾满溢未清运,2026-04-05"
    (entry,) = read(office, f"{label},,,,\n{head}\n{row}").entries
    assert entry.record["lead_unit"] == "环卫所"


def test_that_nobody_is_named_is_told(office: Office) -> None:
    (entry,) = read(office, f"{HEAD}\n{ROW.replace('环卫所', '')}").entries
    assert ("nobody_named", "lead_unit") in said(entry)
    (entry,) = read(office, f"{HEAD}\n{ROW}").entries
    assert ("nobody_named", "lead_unit") not in said(entry)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("已销号", "closed"),
        ("已销号，3月回头看", "closed"),
        ("同意销号（3.28）", "closed"),
        ("销号申请中", "rectifying"),
        ("销号审核中", "rectifying"),
        ("销号不通过", "rectifying"),
        ("销号资料准备中", "rectifying"),
        ("销号后反弹", "rectifying"),
    ],
)
def test_only_what_is_struck_off_moves_in_as_closed(office: Office, word: str, state: str) -> None:
    (wish,) = moved(office, f"{HEAD},状态\n{ROW},{word}").wishes
    assert wish.action.item.state.value == state


def test_an_empty_column_keeps_the_pairs_of_a_form_apart(office: Office) -> None:
    lines = [
        "创卫问题整改通知单,,,,",
        "责任单位,环卫所,,检查时间,2026-03-20",
        "问题地点,桥头,,完成时限,2026年4月7日",
        "存在问题,垃圾满溢未清运,,,",
        "整改要求,,,督查人,督查员甲",
    ]
    found = told(read(office, "\n".join(lines)), "location", "lead_unit", "found_on", "due_on")
    assert found == [("桥头", "环卫所", date(2026, 3, 20), date(2026, 4, 7))]


def test_what_is_told_behind_a_pasted_line_is_cut_off_and_nothing_else(office: Office) -> None:
    text = "1. 桥头12号：垃圾；杂物堆放，环卫所，3天\n2. 桥头：垃圾未清"
    first = read(office, text, "a.txt").entries[0].record
    assert (first["location"], first["description"]) == ("桥头12号", "垃圾；杂物堆放")
    assert first["lead_unit"] == "环卫所"


def test_a_cell_of_blanks_holds_nobody_up() -> None:
    said_of = Values(())._by_header
    for text in ("是" + " " * 200_000 + "x", "是（" * 100_000):
        assert said_of("state", "是否销号", text) == text
    assert said_of("state", "是否销号", " 是 （11月3日）") == "已销号11月3日"


def test_a_spreadsheet_goes_on_over_its_pages(office: Office) -> None:
    data = xlsx([[*LINE.split(",")], [1, "2026-03-20", "桥头", "积水", "环卫所", "2026-04-02"]])
    assert len(of(office, data, "a.xlsx").entries) == 1


def test_the_same_words_under_two_headings_are_two_problems(office: Office) -> None:
    one = ["序号,存在问题,责任单位,整改时限", "1,垃圾桶满溢,环卫所,2026-04-02"]
    intake = of(office, paper("一、东门片", one, "二、西门片", one))
    assert len(intake.entries) == 2
    assert ("repeat", "") in said(intake.entries[1])


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("当天已整改", date(2026, 3, 20)),
        ("当日下午已清理", date(2026, 3, 20)),
        ("次日整改完毕", date(2026, 3, 21)),
        ("昨天已整改", None),
    ],
)
def test_a_day_that_counts_from_the_row_is_not_todays(
    office: Office, word: str, day: date | None
) -> None:
    (entry,) = read(office, f"{HEAD},整改情况\n{ROW},{word}").entries
    assert entry.claim == "done"
    assert entry.record["feedback_on"] == day


@pytest.mark.parametrize(
    "line",
    [
        "1.桥头12号：垃圾满溢，责任单位：环卫所，限2天内整改",
        "1.桥头12号：垃圾满溢。责任单位：环卫所。整改时限：4月2日前",
        "1.桥头12号：垃圾满溢（责任单位：环卫所；时限：4月2日）",
        "1.桥头12号：垃圾满溢【环卫所 4月2日前】".replace(" ", "，"),
        "1.桥头12号：垃圾满溢 @环卫所 3天",
        "1.桥头12号：垃圾满溢 —— 环卫所，5个工作日",
        "1.桥头12号：垃圾满溢，请环卫所今天内清理",
    ],
)
def test_who_and_when_behind_a_pasted_line_are_read_however_they_are_said(
    office: Office, line: str
) -> None:
    (entry,) = read(office, f"3月30日巡查情况\n{line}", "a.txt").entries
    record = entry.record
    assert (record["location"], record["description"]) == ("桥头12号", "垃圾满溢")
    assert (record["lead_unit"], record["found_on"]) == ("环卫所", date(2026, 3, 30))
    assert record["due_on"] is not None


def test_of_several_units_behind_a_pasted_line_the_one_that_leads_leads(office: Office) -> None:
    line = "3月30日巡查情况\n1.桥头12号：垃圾满溢，城管中队，环卫所牵头，3日内，4月2日前"
    (entry,) = read(office, line, "a.txt").entries
    assert (entry.record["lead_unit"], entry.record["co_units"]) == ("环卫所", ["城管中队"])
    assert ("no_deadline", "due_on") in said(entry)


def test_lines_typed_below_a_day_were_found_on_it(office: Office) -> None:
    lines = [
        "3月28日巡查情况",
        "1.桥头12号，垃圾满溢（环卫所，当天）",
        "2. 昨天 街口 积水 环卫所 2天",
    ]
    heading, first, second = QuickReader(office.town, TODAY).read_all(lines)
    assert heading.lacking
    assert (first.found_on, second.found_on) == (date(2026, 3, 28), date(2026, 3, 30))


def test_what_is_done_told_where_photos_go_is_how_it_goes(office: Office) -> None:
    (entry,) = read(office, f"{HEAD},整改后照片\n{ROW},已清运，地面冲洗干净").entries
    assert (entry.claim, entry.record["progress"]) == ("done", "已清运，地面冲洗干净")
    assert ("told_as_photo", "progress") in said(entry)
    (entry,) = read(office, f"{HEAD},整改后照片\n{ROW},IMG_01.jpg").entries
    assert (entry.claim, entry.record["photos_after"]) == (None, ["IMG_01.jpg"])


@pytest.mark.parametrize(
    ("looked", "day"),
    [("3月28日复查合格", date(2026, 3, 28)), ("3月28日已复查，销号", date(2026, 3, 28))],
)
def test_a_look_names_its_day_beside_what_was_found(office: Office, looked: str, day: date) -> None:
    (wish,) = moved(office, f"{HEAD},整改情况,复查情况\n{ROW},已整改,{looked}").wishes
    item = wish.action.item
    assert (item.state.value, item.closed_on) == ("closed", day)


@pytest.mark.parametrize("told", ["未检查", "基本符合要求", "无明显问题，保洁到位", "因下雨未巡查"])
def test_what_says_that_nothing_is_wrong_is_no_problem(office: Office, told: str) -> None:
    intake = read(office, f"{HEAD}\n{ROW}\n2,2026-03-20,Z01,桥尾,{told},,,")
    assert [len(intake.entries), *(skip.why.code for skip in intake.skipped)] == [1, "no_problem"]


@pytest.mark.parametrize(
    "row",
    [",,,,平均分,96,,", ",,,,得分,96,,", "总分,,,,96,,,", ",,,,整改率,90%,,", "第2页 共3页,,,,,,,"],
)
def test_a_row_below_that_only_counts_is_none(office: Office, row: str) -> None:
    intake = read(office, f"{HEAD}\n{ROW}\n{row}")
    assert len(intake.entries) == 1
    assert not intake.rejected


def test_a_log_of_one_day_says_the_time_of_each_row(office: Office) -> None:
    lines = [
        "2026年3月24日  星期二  天气：晴,,,,",
        "序号,时间,点位,存在问题,责任单位",
        "1,7:40,桥头,垃圾落地,环卫所",
        "2,15:30,桥尾,占道经营,城管中队",
    ]
    intake = read(office, "\n".join(lines))
    assert told(intake, "found_on") == [(date(2026, 3, 24),)] * 2
    assert "7:40" in str(intake.entries[0].record["note"])


def test_subtotals_among_zones_leave_their_column_one_of_zones(office: Office) -> None:
    lines = [
        "序号,片区,点位,存在问题,责任单位",
        "1,第一段,桥头,垃圾落地,环卫所",
        ",小计,,1个,",
        "2,第二段,桥尾,占道经营,城管中队",
        ",小计,,1个,",
    ]
    assert told(read(office, "\n".join(lines)), "zone") == [("Z01",), ("Z02",)]


def test_numbered_problems_in_the_prose_of_a_paper_are_read(office: Office) -> None:
    told_ = [
        "创卫督查通报",
        "3月18日，镇创卫办对全镇进行了督查。",
        "一、好的方面",
        "1.第一段保洁较好。",
        "二、存在问题",
        "（一）第一段",
        "1.桥头水沟盖板破损。（责任单位：环卫所）",
        "2.桥尾垃圾未清运。（责任单位：城管中队，整改时限：4月2日）",
        "三、工作要求",
        "1.提高认识：各单位要高度重视。",
    ]
    for after in ([], [[LINE, "1,,街口,占道经营,城管中队,2026-04-02"]]):
        found = told(of(office, paper(*told_, *after)), "description", "lead_unit", "found_on")
        assert [
            ("桥头水沟盖板破损", "环卫所", date(2026, 3, 18)),
            ("桥尾垃圾未清运", "城管中队", date(2026, 3, 18)),
        ] == [row for row in found if row[0].startswith("桥")]
        assert len(found) <= 3 + len(after)


def test_the_level_of_a_unit_may_be_said_or_not(office: Office) -> None:
    units = [Unit(id=1, name="镇司法所"), Unit(id=2, name="市场监管所")]
    directory = Directory(units)
    found = [directory.find(name) for name in ("司法所", "镇市场监管所", "市场监管所", "场监管所")]
    assert [unit.id if unit else None for unit in found] == [1, 2, 2, None]
    assert {"司法所", "镇司法所"} <= directory.names
