"""Rows and lines as offices write them: what stands over rows, beside them and below them, and words of being done."""

import io
from datetime import date
from typing import Any

import docx
import pytest
from rows_support import HEAD, ROW, known, moved, read, said
from tests_support import FOUNDER, NOW, TODAY, Office

from core.ledger.outcome import Incoming, RowChoice
from core.ledger.record import Projector
from core.ledger.row_reader import Reader
from core.model import State
from core.soundness import record_faults
from store.ledgers.coming_in.reading import read_ledger

# Words of being done


@pytest.mark.parametrize(
    ("word", "day", "claim", "doubt"),
    [
        ("已打捞", "2026-03-22", "done", None),
        ("已更换灯泡", "2026-03-22", "done", ("sounds_done", "progress")),
        ("", "2026-03-22", "done", ("done_by_day", "feedback_on")),
        ("整改中", "2026-03-22", "in_progress", ("word_against_day", "feedback_on")),
        ("整改后又反弹", "2026-03-22", None, ("word_against_day", "feedback_on")),
        ("已通知施工队", "", None, None),
        ("拒不整改", "", "not_done", None),
    ],
)
def test_a_word_and_a_day_of_completion(
    office: Office, word: str, day: str, claim: str | None, doubt: tuple[str, str] | None
) -> None:
    entry = read(office, f"{HEAD},整改情况,完成日期\n{ROW},{word},{day}\n").entries[0]
    assert entry.claim == claim
    about = {each for each in said(entry) if each[1] in ("progress", "feedback_on")}
    assert about - {("claim_without", "feedback_on")} == ({doubt} if doubt else set())


def test_a_returned_row_that_names_only_the_day_is_fed_back(office: Office) -> None:
    item = office.item(office.issued())
    record = Projector(office.town, TODAY).record(item)
    cells = {key: value for key, value in record.items() if value not in (None, [], "")}
    cells |= {"state": "整改中", "feedback_on": "2026-03-30"}
    row = Incoming(3, cells, "台账", mark=f"{item.label}|{item.revision}")
    entry = Reader(office.town, FOUNDER, TODAY).read([row]).entries[0]
    assert (entry.action, entry.claim) == ("update", "done")


def test_a_returned_row_needs_no_text_beside_its_number(office: Office) -> None:
    item = office.item(office.issued())
    row = Incoming(
        3, {"number": item.label, "progress": "已整改", "feedback_on": "2026-03-30"}, "台账"
    )
    intake = Reader(office.town, FOUNDER, TODAY).read([row])
    assert not intake.rejected
    assert intake.entries[0].action == "update"


# What moves in


def test_what_was_merged_nobody_knows_where_is_void_and_told(office: Office) -> None:
    intake = moved(office, f"{HEAD},状态\n{ROW},已合并\n")
    assert ("merged_nowhere", "merged_into") in said(intake.entries[0])
    office.repository.commit(intake.wishes, FOUNDER, NOW, op="move_in")
    (item,) = office.town.items.values()
    assert (item.state, item.void_kind) == (State.VOID, "重复登记")
    assert not list(record_faults(office.town.tables))


@pytest.mark.parametrize(
    ("word", "look", "state"),
    [
        ("已闭环", "", State.AWAITING),
        ("已销号", "", State.CLOSED),
        ("返工", "不合格", State.RECTIFYING),
        ("已整改", "不合格", State.RECTIFYING),
    ],
)
def test_how_far_a_row_is_that_moves_in(office: Office, word: str, look: str, state: State) -> None:
    intake = moved(office, f"{HEAD},完成日期,状态,复查情况\n{ROW},2026-03-25,{word},{look}\n")
    action: Any = intake.entries[0].wish and intake.entries[0].wish.action
    assert action.item.state == state


# Lines over and under rows


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("城管队（2处）", "lead_unit", "城管中队"),
        ("环卫站：", "lead_unit", "环卫所"),
        ("第二段", "zone_name", "第二段"),
        ("检查时间：2026年3月18日", "found_on", date(2026, 3, 18)),
        ("整改时限：3月30日前", "due_on", date(2026, 3, 30)),
    ],
)
def test_a_line_says_what_the_rows_below_leave_empty(
    office: Office, line: str, field: str, value: object
) -> None:
    intake = read(
        office, f"序号,点位,存在问题,问题类别\n{line},,,\n1,桥头,垃圾满溢未清运,市容环境\n"
    )
    assert [skip.why.code for skip in intake.skipped] == ["section"]
    assert intake.entries[0].record[field] == value


def test_a_day_above_the_header_is_the_day_of_the_find(office: Office) -> None:
    intake = read(
        office,
        "督查日期：2026年3月18日  督查人员：甲,,,\n序号,点位,存在问题,责任单位\n1,桥头,乱堆,环卫所\n",
    )
    assert intake.entries[0].record["found_on"] == date(2026, 3, 18)


@pytest.mark.parametrize(
    "foot",
    [
        "本月合计,,,,14处,,,",
        "全镇总计,,,,1,,,",
        "以上共计,,,,1处,,,",
        "汇总,,,,共1处,,,",
        "村主任：,,,,报送日期：3月25日,,,",
        "片区长：,,,,村支书：,,,",
        ",,,,以上问题请于3日内整改完毕,,,",
        "打印日期：2026-03-25,,,,第1页 共1页,,,",
        ",,,以上已销号10件,,,,",
    ],
)
def test_what_stands_below_the_rows_is_no_row(office: Office, foot: str) -> None:
    intake = read(office, f"{HEAD}\n{ROW}\n{foot}\n")
    assert not intake.rejected
    assert (len(intake.entries), len(intake.skipped)) == (1, 1)


def test_two_halves_of_a_sheet_are_both_read(office: Office) -> None:
    head, left, right = "点位,存在问题,责任单位", "桥头,垃圾,环卫所", "桥尾,占道,城管队"
    intake = read(office, f"{head},,{head}\n{left},,{right}\n桥西,乱堆,环卫所,,,,\n")
    read_as = [(e.record["location"], e.record["lead_unit"]) for e in intake.entries]
    assert read_as == [("桥头", "环卫所"), ("桥西", "环卫所"), ("桥尾", "城管中队")]
    assert len({(e.sheet, e.row) for e in intake.entries}) == len(intake.entries)


def test_who_filled_in_a_word_file_filled_in_all_its_tables(office: Office) -> None:
    file = docx.Document()
    file.add_paragraph("填报单位：环卫所")
    for place in ("桥头", "桥尾"):
        table = file.add_table(rows=2, cols=3)
        for at, text in enumerate(("序号", "点位", "存在问题")):
            table.cell(0, at).text = text
        for at, text in enumerate(("1", place, "垃圾满溢未清运")):
            table.cell(1, at).text = text
        file.add_paragraph("又一页")
    out = io.BytesIO()
    file.save(out)
    rows = read_ledger(out.getvalue(), "a.docx", known=known(office)).rows
    intake = Reader(office.town, FOUNDER, TODAY).read(rows)
    assert [e.record["lead_unit"] for e in intake.entries] == ["环卫所", "环卫所"]


# Columns, names and kinds


def test_of_two_places_the_one_that_holds_zones_is_the_zone(office: Office) -> None:
    text = "序号,区域,地点,存在问题,检查时间\n1,第一段,桥头,乱堆,2026-03-20\n2,第二段,桥尾,乱贴,2026-03-20\n"
    found = [(e.record["zone"], e.record["location"]) for e in read(office, text).entries]
    assert found == [("Z01", "桥头"), ("Z02", "桥尾")]


def test_the_exact_name_of_a_column_holds_against_a_loose_one(office: Office) -> None:
    text = "序号,点位,存在问题,数量,单位,责任单位\n1,桥头,小广告,3,处,环卫所\n"
    entry = read(office, text).entries[0]
    assert entry.record["lead_unit"] == "环卫所"
    assert "单位：处" in entry.record["note"]


def test_whoever_is_to_help_does_not_lead_and_a_caller_registers_nothing(office: Office) -> None:
    text = "工单号,来电时间,诉求内容,地址,需协调单位,来电人\nLH001,2026-03-20,夜市占道,桥头,城管队,某某\n"
    record = read(office, text).entries[0].record
    assert (record["lead_unit"], record["co_units"], record["reporter"]) == (
        None,
        ["城管中队"],
        None,
    )
    assert "某某" in record["note"]


@pytest.mark.parametrize(
    ("written", "category", "below", "doubt"),
    [
        ("市容环境-暴露垃圾", "市容环境", "暴露垃圾", None),
        ("1.市容环境", "市容环境", None, None),
        ("店外经营", "占道经营", "店外经营", "category_as"),
        ("占道", "占道经营", None, "category_as"),
        ("环境卫生", None, None, "unknown"),
        ("市容环境、占道经营", None, None, "unknown"),
    ],
)
def test_kinds_as_people_write_them(
    office: Office, written: str, category: str | None, below: str | None, doubt: str | None
) -> None:
    entry = read(office, f"{HEAD}\n{ROW.replace('市容环境', written)}\n").entries[0]
    assert (entry.record["category"], entry.record["subcategory"]) == (category, below)
    assert {code for code, field in said(entry) if field == "category"} - {"stays_reported"} == (
        {doubt} if doubt else set()
    )


@pytest.mark.parametrize(
    ("written", "code", "doubt"),
    [
        ("第一段（Z01）", "Z01", None),
        ("Z01第一段", "Z01", None),
        ("第一段（牌坊下）", "Z01", "zone_as"),
        ("第三段", None, "unknown"),
    ],
)
def test_zones_as_people_write_them(
    office: Office, written: str, code: str | None, doubt: str | None
) -> None:
    entry = read(office, f"{HEAD}\n{ROW.replace('Z01', written)}\n").entries[0]
    assert entry.record["zone"] == code
    assert {c for c, field in said(entry) if field == "zone"} - {"stays_reported"} == (
        {doubt} if doubt else set()
    )


def test_a_place_that_is_called_as_a_zone_is_in_it(office: Office) -> None:
    entry = read(office, "序号,点位,存在问题\n1,第二段,乱堆乱放成片\n").entries[0]
    assert entry.record["zone"] == "Z02"


def test_a_senders_number_that_stands_twice_is_told(office: Office) -> None:
    text = "工单号,检查时间,点位,存在问题\nLH0001,2026-03-20,桥头,乱堆\nLH0001,2026-03-21,桥尾,又有人反映\n"
    first, second = read(office, text).entries
    assert ("order_twice", "external_no") in said(second)
    assert ("order_twice", "external_no") not in said(first)


# Lists out of a chat


def test_numbered_lines_with_who_and_by_when_in_brackets(office: Office) -> None:
    text = "【3月26日巡查情况】\n①桥头供销社门口，果皮箱满冒（环卫所，立即）\n②桥尾，灯不亮（规建办，3日内）\n"
    intake = read(office, text, "群.txt")
    found = [
        (e.record["location"], e.record["description"], e.record["lead_unit"], e.record["found_on"])
        for e in intake.entries
    ]
    day = date(2026, 3, 26)
    assert found == [
        ("桥头供销社门口", "果皮箱满冒", "环卫所", day),
        ("桥尾", "灯不亮", "村镇建设办", day),
    ]


def test_a_number_whose_dot_stands_before_a_figure_is_one_where_it_is_the_next(
    office: Office,
) -> None:
    text = "1、桥头：乱堆\n2.12号楼后：垃圾满溢\n3.24小时便利店：店外经营\n"
    places = [e.record["location"] for e in read(office, text, "群.txt").entries]
    assert places == ["桥头", "12号楼后", "24小时便利店"]


@pytest.mark.parametrize("line", ["二、食品卫生", "环卫站负责以下问题", "某某站："])
def test_another_line_ends_what_the_one_before_said(office: Office, line: str) -> None:
    text = f"一、市容环境\n1、桥头：乱堆\n{line}\n2、桥尾：垃圾\n"
    first, second = read(office, text, "群.txt").entries
    assert (first.record["category"], second.record["category"]) == ("市容环境", None)


def test_a_day_holds_until_another_round_is_named(office: Office) -> None:
    text = "3月20日巡查情况\n1、桥头：乱堆\n本周巡查情况\n1、桥尾：垃圾\n"
    days = [e.record["found_on"] for e in read(office, text, "群.txt").entries]
    assert days == [date(2026, 3, 20), None]


def test_a_heading_under_another_keeps_what_that_says(office: Office) -> None:
    lines = [
        "一、市容环境,,",
        "（一）第一段,,",
        "1,桥头,乱堆",
        "（二）第二段,,",
        "2,桥尾,乱贴",
        "二、宣传,,",
        "3,桥西,栏旧",
    ]
    intake = read(office, "序号,点位,存在问题\n" + "\n".join(lines) + "\n")
    found = [(e.record["category"], e.record["zone"]) for e in intake.entries]
    assert found == [("市容环境", "Z01"), ("市容环境", "Z02"), ("宣传", None)]


@pytest.mark.parametrize("line", ["★肉品区（3户）", "【蔬菜区】", "主次干道"])
def test_a_line_that_names_nothing_known_is_passed_over_and_told(office: Office, line: str) -> None:
    intake = read(office, f"序号,点位,存在问题\n{line},,\n1,桥头,乱堆\n")
    assert [(skip.why.code, skip.text) for skip in intake.skipped] == [("section", line)]
    assert ("other_section", "category") in said(intake.entries[0])


def test_a_rows_own_place_holds_against_the_heading(office: Office) -> None:
    text = "序号,点位,存在问题\n一、第一段,,\n1,桥头,乱堆\n2,第二段,乱贴\n"
    assert [e.record["zone"] for e in read(office, text).entries] == ["Z01", "Z02"]


@pytest.mark.parametrize(
    "row",
    ["1,第一段,", "1,,三、四号楼之间堆物", "桥头路灯不亮成片,,", "本月新开餐馆,,油烟扰民严重"],
)
def test_what_looks_like_a_line_and_lacks_something_is_not_swallowed(
    office: Office, row: str
) -> None:
    intake = read(office, f"序号,点位,存在问题\n1,桥头,乱堆\n{row}\n2,桥尾,乱贴\n")
    told = [skip for skip in intake.skipped if skip.rejected]
    assert len(intake.entries) + len(told) == 3
    assert all(skip.text for skip in told)


@pytest.mark.parametrize(
    "row", ["第一段合计,,3处", "1,小计,2处", "合计,,", "第一段小计：2处,,", "Total,,2"]
)
def test_a_count_of_others_is_no_row(office: Office, row: str) -> None:
    intake = read(office, f"序号,点位,存在问题\n1,桥头,乱堆\n{row}\n2,桥尾,乱贴\n")
    assert [skip.why.code for skip in intake.skipped] == ["total"]
    assert len(intake.entries) == 2


def test_a_heading_merged_over_a_word_table_is_no_row(office: Office) -> None:
    file = docx.Document()
    table = file.add_table(rows=3, cols=4)
    for at, text in enumerate(("序号", "点位", "存在问题", "责任单位")):
        table.cell(0, at).text = text
    table.cell(1, 0).text = "一"
    table.cell(1, 1).merge(table.cell(1, 3)).text = "市容环境方面"
    for at, text in enumerate(("1", "桥头", "垃圾满溢未清运", "环卫所")):
        table.cell(2, at).text = text
    out = io.BytesIO()
    file.save(out)
    rows = read_ledger(out.getvalue(), "a.docx", known=known(office)).rows
    intake = Reader(office.town, FOUNDER, TODAY).read(rows)
    assert [e.record["category"] for e in intake.entries] == ["市容环境"]


def test_a_reply_in_a_row_known_by_its_text_only_is_taken(office: Office) -> None:
    """A ledger that grows from week to week says anew how it goes; a remark of its own is told."""
    text = f"{HEAD},整改情况,责任人,备注\n{ROW},{{}}\n"
    first = read(office, text.format(",,"))
    office.repository.commit(first.wishes, FOUNDER, NOW, op="import")
    again = read(office, text.format("剩1处未清,张站长,居民不配合"))
    assert again.entries[0].action == "update"
    assert ("same_says", "note") in said(again.entries[0])
    office.repository.commit(again.wishes, FOUNDER, NOW, op="import")
    (item,) = office.town.items.values()
    assert item.assignment is not None
    assert (item.assignment.progress, item.assignment.responsible) == ("剩1处未清", "张站长")
    assert read(office, text.format("剩1处未清,张站长,")).entries[0].action == "same"


def test_an_edited_row_is_its_item_also_where_everything_is_agreed_to(office: Office) -> None:
    text = f"{HEAD},整改情况\n{ROW},{{}}\n"
    office.repository.commit(read(office, text.format("")).wishes, FOUNDER, NOW, op="import")
    (item,) = office.town.items.values()
    longer = text.replace("垃圾满溢未清运", "垃圾满溢未清运，有异味").format("已清运，清理干净")
    rows = read_ledger(longer.encode(), "a.csv", known=known(office)).rows
    reader = Reader(office.town, FOUNDER, TODAY)
    intake = reader.read(rows, {(None, 2): RowChoice.SURE})
    (entry,) = intake.entries
    assert (entry.action, entry.item) == ("update", item.id)
    assert ("edited", "description") in said(entry)
    office.repository.commit(intake.wishes, FOUNDER, NOW, op="import")
    assert office.item(item.id).state == State.AWAITING
    assert not office.item(item.id).note


def test_a_deadline_before_the_issue_is_told(office: Office) -> None:
    entry = read(
        office, f"{HEAD},交办时间\n{ROW.replace('2026-04-05', '立即')},2026-03-22\n"
    ).entries[0]
    assert ("due_before_issue", "due_on") in said(entry)


def test_is_it_struck_off_no_says_nothing_of_the_work(office: Office) -> None:
    entry = read(office, f"{HEAD},完成日期,是否销号\n{ROW},2026-03-22,否\n").entries[0]
    assert entry.claim == "done"
