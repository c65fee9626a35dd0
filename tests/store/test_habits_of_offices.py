"""Habits of offices: how they say that it is done, who and by when, what stands over rows, beside and below them."""

import io
from datetime import date

import docx
import pytest
from rows_support import HEAD, ROW, known, moved, read, said
from tests_support import FOUNDER, NOW, TODAY, Office

from core.ledger.line import QuickReader
from core.ledger.outcome import Filing, Incoming
from core.ledger.row_reader import Reader
from core.words.claims import claim_of, sounds_done
from store.errors import FileRefused
from store.ledgers.coming_in.reading import read_ledger

# Words of being done


@pytest.mark.parametrize(
    ("word", "claim"),
    [
        ("☑是 □否", "done"),
        ("□是 ☑否", "not_done"),
        ("是√", "done"),
        ("☑", "done"),
        ("已整改✔", "done"),
        ("现场整改到位", "done"),
        ("现场已清洗", "done"),
        ("已整改（未销号）", "done"),
        ("次日整改完毕", "done"),
        ("3天内整改完毕", "done"),
        ("20日已整改", "done"),
        ("11月18日已通知，11月19日已整改", "done"),
        ("责令其立即清理，已清理", "done"),
        ("整改率100%", "done"),
        ("正在整改，已完成50%", "in_progress"),
    ],
)
def test_a_word_claims_what_it_says(word: str, claim: str) -> None:
    assert claim_of(word) == claim


@pytest.mark.parametrize(
    "word",
    [
        "商户已整改",
        "垃圾已清运",
        "井盖已换",
        "已清理3车垃圾",
        "已张贴标识40张",
        "已按要求整改",
        "已拆除并恢复原状",
        "已督促整改到位",
        "搞好了",
        "弄完了",
        "换了",
        "挪走了",
        "垃圾清理干净，地面已冲洗",
    ],
)
def test_something_was_done_whoever_did_it_and_however_much(word: str) -> None:
    assert claim_of(word) is None
    assert sounds_done(word)


@pytest.mark.parametrize(
    "word",
    [
        "已报",
        "已初步整改",
        "已到现场",
        "已联系施工队",
        "商户已承诺整改",
        "已督促商户整改",
        "已清理，未恢复",
        "问题已反馈社区",
        "已清理，仍有少量残留",
        "已拖走2辆，剩1辆",
        "已于11月17日清理，11月25日前完成硬化",
        "已责成业主整改",
        "已落实专人负责",
        "第一次未整改，第二次已整改",
    ],
)
def test_steps_on_the_way_are_not_it(word: str) -> None:
    assert claim_of(word) is None
    assert not sounds_done(word)


# Lines over rows


def test_a_counted_heading_nobody_knows_ends_the_name_before_it(office: Office) -> None:
    head = HEAD.replace(",责任单位", "").replace("责任区,", "")
    row = "1,2026-03-20,桥头{0},垃圾满溢未清运{0},市容环境,2026-04-05"
    lines = [head, "环卫所", row.format(1), "二、县公路局", row.format(2)]
    first, second = read(office, "\n".join(lines)).entries
    assert first.record["lead_unit"] == "环卫所"
    assert second.record["lead_unit"] is None
    assert ("nobody_of_section", "lead_unit") in said(second)


def test_a_heading_may_name_several_units(office: Office) -> None:
    head = HEAD.replace(",责任单位", "")
    row = "1,2026-03-20,Z01,桥头,垃圾满溢未清运,市容环境,2026-04-05"
    (entry,) = read(office, "\n".join([head, "一、环卫所、城管中队", row])).entries
    assert (entry.record["lead_unit"], entry.record["co_units"]) == ("环卫所", ["城管中队"])


def test_the_day_of_filing_and_a_cut_off_are_days_of_no_row(office: Office) -> None:
    head = "序号,检查时间,点位,存在问题,责任单位,整改时限"
    row = "1,,桥头,垃圾满溢未清运,环卫所,"
    above = ["填报：环卫所    时间：2026年3月25日,,,,,", "截止时间：2026年3月26日,,,,,"]
    (entry,) = read(office, "\n".join([*above, head, row])).entries
    assert (entry.record["found_on"], entry.record["due_on"]) == (None, None)


def test_rows_that_are_only_numbered_or_only_counted_are_none(office: Office) -> None:
    lines = [HEAD, ROW, "2,,,,,,,", ",,,,合计1处,,,"]
    intake = read(office, "\n".join(lines))
    assert len(intake.entries) == 1
    assert [skip.why.code for skip in intake.skipped] == ["blank", "total"]
    assert not intake.rejected


def test_a_table_that_counts_lists_no_problem(office: Office) -> None:
    lines = [
        "排名,责任单位,问题总数,已整改,未整改,整改率,存在问题",
        "1,环卫所,16,13,3,81.3%,进度较慢",
    ]
    with pytest.raises(FileRefused) as caught:
        read(office, "\n".join(lines))
    assert caught.value.code == "no_header"


# Days and deadlines


def test_a_day_without_its_month_is_of_the_sheets(office: Office) -> None:
    lines = ["3月问题清单,,,,,,,", HEAD, ROW.replace("2026-03-20", "6日")]
    (entry,) = read(office, "\n".join(lines)).entries
    assert entry.record["found_on"] == date(2026, 3, 6)
    assert ("month_of_sheet", "found_on") in said(entry)


@pytest.mark.parametrize(
    ("requirement", "due"),
    [("4月7日前清理完毕", date(2026, 4, 7)), ("立行立改", date(2026, 3, 20)), ("加强管理", None)],
)
def test_a_deadline_said_in_the_requirement_is_taken_and_told(
    office: Office, requirement: str, due: date | None
) -> None:
    head, row = HEAD.replace("整改时限", "整改要求"), ROW.replace("2026-04-05", requirement)
    (entry,) = read(office, f"{head}\n{row}").entries
    assert entry.record["due_on"] == due
    assert (("due_inside", "due_on") in said(entry)) == (due is not None)


@pytest.mark.parametrize(
    ("header", "written", "due"),
    [
        ("整改时限（工作日）", "3", date(2026, 3, 25)),
        ("整改期限（天）", "3", date(2026, 3, 23)),
        ("整改时限", "限期15天", date(2026, 4, 7)),
        ("整改时限", "24小时内整改完毕", date(2026, 3, 21)),
        ("整改时限", "3日内清走", date(2026, 3, 23)),
        ("整改时限", "下月10日前", date(2026, 4, 10)),
        ("整改时限", "今日", date(2026, 3, 20)),
    ],
)
def test_deadlines_as_they_are_written(
    office: Office, header: str, written: str, due: date
) -> None:
    text = f"{HEAD.replace('整改时限', header)}\n{ROW.replace('2026-04-05', written)}"
    (entry,) = read(office, text).entries
    assert entry.record["due_on"] == due


def test_when_it_is_done_is_a_deadline_where_nothing_says_how_it_goes(office: Office) -> None:
    listed = HEAD.replace("整改时限", "完成时间")
    (entry,) = read(office, f"{listed}\n{ROW}").entries
    assert (entry.record["due_on"], entry.record["feedback_on"]) == (date(2026, 4, 5), None)
    filled_in = listed + ",整改情况"
    (entry,) = read(
        office, f"{filled_in}\n{ROW.replace('2026-04-05', '2026-03-25')},已整改"
    ).entries
    assert (entry.record["due_on"], entry.record["feedback_on"]) == (None, date(2026, 3, 25))


# Who


@pytest.mark.parametrize("written", ["柳河镇环卫所", "环卫所（所长）", "环卫所 13900000001"])
def test_a_unit_with_its_town_a_person_or_a_telephone_is_that_unit_and_told(
    office: Office, written: str
) -> None:
    (entry,) = read(office, f"{HEAD}\n{ROW.replace('环卫所', written)}").entries
    assert entry.record["lead_unit"] == "环卫所"
    assert ("unit_as", "lead_unit") in said(entry)


def test_a_unit_calls_itself_ours_and_nobody_helps(office: Office) -> None:
    cells = {
        "location": "桥头",
        "description": "垃圾",
        "lead_unit": "本单位",
        "co_units": "无需配合",
    }
    row = Incoming(2, cells, filing=Filing("环卫所"))
    (entry,) = Reader(office.town, FOUNDER, TODAY).read([row]).entries
    assert (entry.record["lead_unit"], entry.record["co_units"]) == ("环卫所", [])
    assert not {("unknown", "lead_unit"), ("unknown", "co_units")} & said(entry)


# What comes again


def test_what_an_item_not_issued_yet_does_not_know_is_told(office: Office) -> None:
    head, row = HEAD + ",整改情况", ROW.replace("Z01", "").replace("2026-04-05", "{0},{1}")
    first = read(office, f"{head}\n{row.format('2026-04-05', '正在清理')}")
    office.repository.commit(first.wishes, FOUNDER, NOW)
    (again,) = read(office, f"{head}\n{row.format('2026-04-05', '正在清理')}").entries
    assert (again.action, said(again) & {("same_says", "progress")}) == ("same", set())
    (later,) = read(office, f"{head}\n{row.format('2026-04-10', '已清理')}").entries
    assert {("same_says", "progress"), ("same_says", "due_on")} <= said(later)


@pytest.mark.parametrize(
    ("struck", "closed"),
    [
        ("√", date(2026, 3, 22)),
        ("是", date(2026, 3, 22)),
        ("已销号3月24日", date(2026, 3, 24)),
        ("否", None),
    ],
)
def test_what_moves_in_is_closed_where_it_was_struck_off(
    office: Office, struck: str, closed: date | None
) -> None:
    text = f"{HEAD},完成时间,是否销号\n{ROW},2026-03-22,{struck}"
    (entry,) = moved(office, text).entries
    assert entry.record["closed_on"] == closed


# Forms and lines


def test_a_form_about_one_problem_is_one_row(office: Office) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=4)
    for cells in (
        ("责任单位", "环卫所", "检查时间", "2026年3月20日"),
        ("问题地点", "桥头", "完成时限", "2026年4月7日"),
        ("存在问题", "垃圾满溢未清运", "", ""),
        ("整改要求", "清运干净", "", ""),
        ("请于收到之日起三日内书面回复", "", "", ""),
        ("整改要求", "并消毒", "", ""),
    ):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    rows = read_ledger(out.getvalue(), "a.docx", known=known(office)).rows
    (entry,) = Reader(office.town, FOUNDER, TODAY).read(rows).entries
    record = entry.record
    assert (record["location"], record["description"]) == ("桥头", "垃圾满溢未清运")
    assert (record["lead_unit"], record["due_on"]) == ("环卫所", date(2026, 4, 7))
    assert record["requirement"] == "清运干净"
    assert "请于收到之日起三日内书面回复" in (record["note"] or "")
    assert "整改要求：并消毒" in (record["note"] or "")


@pytest.mark.parametrize(
    ("line", "problem", "lead", "co", "due"),
    [
        ("桥头 垃圾桶倒了 环卫所 今天弄", "垃圾桶倒了", "环卫所", [], TODAY),
        ("桥头 垃圾桶倒了 环卫所 周五补", "垃圾桶倒了", "环卫所", [], date(2026, 4, 3)),
        (
            "桥头 快递堆人行道，城管中队牵头，环卫所配合，3天",
            "快递堆人行道",
            "城管中队",
            ["环卫所"],
            date(2026, 4, 3),
        ),
        (
            "桥头 渣车撒漏 城管中队 环卫所配合 24小时",
            "渣车撒漏",
            "城管中队",
            ["环卫所"],
            date(2026, 4, 1),
        ),
        ("桥头 没有禁烟牌（城管中队，4月3日前）", "没有禁烟牌", "城管中队", [], date(2026, 4, 3)),
        ("桥头 有个坑 环卫所 4月3日前补", "有个坑", "环卫所", [], date(2026, 4, 3)),
    ],
)
def test_a_line_says_who_helps_and_what_is_to_be_done_by_then(
    office: Office, line: str, problem: str, lead: str, co: list[str], due: date
) -> None:
    report = QuickReader(office.town, TODAY).read(line)
    units = office.town.units
    assert (report.location, report.description) == ("桥头", problem)
    assert report.proposed is not None
    assert report.proposed.lead is not None
    assert units[report.proposed.lead].name == lead
    assert [units[key].name for key in report.proposed.co] == co
    assert report.proposed.due == due


def test_a_line_says_how_far_it_is_and_chatter_says_nothing(office: Office) -> None:
    reader = QuickReader(office.town, TODAY)
    report = reader.read("桥头 果皮箱满了 环卫所 已清理")
    assert report.proposed is not None
    assert (report.description, report.proposed.progress, report.proposed.claim) == (
        "果皮箱满了",
        "已清理",
        "done",
    )
    assert reader.read("桥头 路灯 已损坏").description == "路灯 已损坏"
    for line in ("网格员 09:12", "好的，马上去", "收到"):
        assert reader.read(line).lacking


# Columns


def test_who_leads_is_whoever_the_header_says_leads(office: Office) -> None:
    text = f"{HEAD},牵头单位\n{ROW.replace('环卫所', '城管中队')},环卫所"
    (entry,) = read(office, text).entries
    assert (entry.record["lead_unit"], entry.record["co_units"]) == ("环卫所", ["城管中队"])


@pytest.mark.parametrize("header", ["检查单位", "来文单位", "抄送单位"])
def test_who_looked_or_wrote_is_not_responsible(office: Office, header: str) -> None:
    (entry,) = read(office, f"{HEAD.replace('责任单位', header)}\n{ROW}").entries
    assert entry.record["lead_unit"] is None
    assert entry.record["note"] == f"{header}：环卫所"


def test_who_is_supervised_is_responsible_where_nobody_else_is(office: Office) -> None:
    (entry,) = read(office, f"{HEAD.replace('责任单位', '督办单位')}\n{ROW}").entries
    assert entry.record["lead_unit"] == "环卫所"


def test_a_header_half_of_which_is_known_is_that(office: Office) -> None:
    (entry,) = read(office, f"{HEAD.replace('点位', '背街小巷/点位')}\n{ROW}").entries
    assert entry.record["location"] == "桥头"


def test_a_zone_counted_or_dated_stands_over_rows(office: Office) -> None:
    head = HEAD.replace("责任区,", "")
    row = "1,2026-03-20,桥头{0},垃圾满溢未清运{0},市容环境,环卫所,2026-04-05"
    lines = [head, "1.第一段,,,,,,", row.format(1), "一、第二段（3月16日）,,,,,,", row.format(2)]
    intake = read(office, "\n".join(lines))
    assert [entry.record["zone"] for entry in intake.entries] == ["Z01", "Z02"]


def test_a_deadline_in_hours_begins_at_the_clock(office: Office) -> None:
    head = HEAD.replace("整改时限", "处置时限（小时）")
    text = "\n".join(
        [
            head,
            ROW.replace("2026-03-20", "2026/3/20 23:10:00").replace("2026-04-05", "12"),
            ROW.replace("2026-03-20", "2026/3/20 8:10").replace("2026-04-05", "12"),
        ]
    )
    entries = read(office, text).entries
    assert [e.record["due_on"] for e in entries] == [date(2026, 3, 21), date(2026, 3, 20)]


def test_columns_that_are_ticked_say_how_far_it_is(office: Office) -> None:
    head = f"{HEAD},已整改,正在整改,未整改"
    rows = [
        f"{ROW.replace('桥头', f'桥头{at}')},{ticks}"
        for at, ticks in enumerate(("√,,", ",√,", ",,√"))
    ]
    entries = read(office, "\n".join([head, *rows])).entries
    assert [entry.claim for entry in entries] == ["done", "in_progress", "not_done"]


@pytest.mark.parametrize("word", ["符合要求", "合格", "不扣分", "暂未发现问题", "较好"])
def test_a_score_without_a_fault_is_no_problem(office: Office, word: str) -> None:
    (skipped,) = read(office, f"{HEAD}\n{ROW.replace('垃圾满溢未清运', word)}").skipped
    assert skipped.why.code == "no_problem"


def test_lines_above_a_word_table_hold_for_its_rows(office: Office) -> None:
    document = docx.Document()
    for line in ("2026年3月20日，县爱卫办暗访组到我镇督查，发现问题如下：", "一、环卫所（1件）"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=3)
    for cells in (("点位", "存在问题", "整改时限"), ("桥头", "垃圾满溢未清运", "3天")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    rows = read_ledger(out.getvalue(), "a.docx", known=known(office)).rows
    (entry,) = Reader(office.town, FOUNDER, TODAY).read(rows).entries
    assert (entry.record["lead_unit"], entry.record["found_on"]) == ("环卫所", date(2026, 3, 20))
    assert entry.record["due_on"] == date(2026, 3, 23)
    assert ("found_above", "found_on") in said(entry)


@pytest.mark.parametrize(
    "line",
    [
        "请于3月20日前整改到位，届时组织督查",
        "2026年3月20日印发督查通报",
        "填报：环卫所  3月20日检查",
    ],
)
def test_a_day_above_that_is_of_no_look_is_no_find(office: Office, line: str) -> None:
    text = f"{line},,,,,,,\n{HEAD}\n{ROW.replace('2026-03-20', '')}"
    (entry,) = read(office, text).entries
    assert entry.record["found_on"] is None


def test_a_pasted_line_says_who_and_by_when_behind_its_commas(office: Office) -> None:
    text = "11月26日巡查情况：\n1. 桥头街12号门口快递堆人行道，城管中队牵头，环卫所配合，3天内完成\n2. 桥头：垃圾未清"
    first, _second = read(office, text, "a.txt").entries
    assert first.record["description"] == "桥头街12号门口快递堆人行道"
    assert (first.record["lead_unit"], first.record["co_units"]) == ("城管中队", ["环卫所"])


def test_a_closing_day_before_the_find_is_told(office: Office) -> None:
    (entry,) = moved(office, f"{HEAD},销号日期,状态\n{ROW},2026-03-18,已销号").entries
    assert ("closed_too_early", "closed_on") in said(entry)


def test_places_and_problems_in_one_column_are_the_problem(office: Office) -> None:
    head = HEAD.replace("点位,存在问题", "点位及存在问题").replace("责任区,", "")
    row = "1,2026-03-20,桥头街12号门前垃圾满溢未清运,市容环境,环卫所,2026-04-05"
    (entry,) = read(office, f"{head}\n{row}").entries
    assert entry.record["description"] == "桥头街12号门前垃圾满溢未清运"
    assert entry.record["location"] == "桥头街12号门前"
    assert ("place_from_text", "location") in said(entry)


def test_what_stands_behind_a_state_that_moves_in_is_kept(office: Office) -> None:
    (entry,) = moved(office, f"{HEAD},状态\n{ROW},未完成（冬季停工）").entries
    assert "未完成（冬季停工）" in (entry.record["note"] or "")
