"""What offices write above, over and below the rows of a ledger."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from front_door import (
    HEAD,
    PLAIN,
    TODAY,
    WORDINGS,
    codes,
    data_of,
    ledger,
    office,
    read,
    sheet_of,
)
from tests_support import FOUNDER

from core.ledger.record import KEYS
from core.ledger.row_reader import Reader
from store.errors import FileRefused
from store.history.repository import Repository
from store.ledgers.coming_in.reading import read_ledger
from store.ledgers.coming_in.tables.holds import Known
from store.ledgers.headers import HEADERS, LEDGER_WORDS


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Repository]:
    yield from office(tmp_path)


# Headers

_WORDED = [
    line.split("\t")
    for line in WORDINGS.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("field", "header"), _WORDED)
def test_a_header_means_what_offices_mean_by_it(field: str, header: str) -> None:
    meaning = LEDGER_WORDS.meaning(header)
    match field:
        case "?":
            assert meaning is not None
            assert len(meaning.fields) > 1
        case "-":
            assert meaning is None or meaning.field == ""
        case _:
            assert meaning is not None
            assert meaning.fields == (field,)


@pytest.mark.parametrize("key", KEYS)
def test_the_header_that_is_written_is_read(key: str) -> None:
    for header in (HEADERS[key], f"*{HEADERS[key]}（必填）", " ".join(HEADERS[key])):
        meaning = LEDGER_WORDS.meaning(header)
        assert meaning is not None
        assert (meaning.field, meaning.sure) == (key, True)


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("由哪家办", ["城管中队", "环卫所", "派出所"], "lead_unit"),
        ("哪一片", ["Z01", "Z02", "Z01"], "zone"),
        ("归类", ["占道经营", "市容环境", "宣传"], "category"),
    ],
)
def test_a_column_is_known_by_what_it_holds_and_told(
    town: Repository, header: str, values: list[str], field: str
) -> None:
    rows = [["点位", "问题描述", "检查时间", header]]
    rows += [["桥头", f"垃圾{at}", "2026-11-2", value] for at, value in enumerate(values)]
    found = ledger(town, data_of(sheet_of(rows)))
    assert [(c.header, c.why, c.fields) for c in found.columns] == [(header, "guessed", (field,))]
    intake = Reader(town.town, FOUNDER, TODAY).read(found.rows)
    assert all(entry.record[field] for entry in intake.entries)


def test_what_may_be_two_things_is_asked_unless_one_is_taken(town: Repository) -> None:
    head = ["点位", "问题描述", "责任单位", "检查时间"]
    body = PLAIN[:4]
    asked = ledger(town, data_of(sheet_of([[*head, "整改时间"], [*body, "2026-11-25"]])))
    assert [(c.header, c.why) for c in asked.columns] == [("整改时间", "asked")]
    rows = [[*head, "整改时限", "整改时间"], [*body, "2026-11-24", "2026-11-25"]]
    (entry,) = read(town, rows).entries
    assert entry.record["feedback_on"] == date(2026, 11, 25)
    worded = [[*head, "整改时间"], [*body, "3个工作日"]]
    (entry,) = read(town, worded).entries
    assert entry.record["due_on"] == date(2026, 11, 25)


def test_nothing_is_offered_that_does_not_fit(town: Repository) -> None:
    rows = [["点位", "问题描述", "截止日期", "责任主体"], ["桥头", "垃圾", "2026-12-1", "市容局"]]
    found = ledger(town, data_of(sheet_of(rows)))
    assert {(c.header, c.fields) for c in found.columns} == {
        ("截止日期", ("due_on",)),
        ("责任主体", ("lead_unit",)),
    }
    (entry,) = Reader(town.town, FOUNDER, TODAY).read(found.rows).entries
    (unknown,) = [d for d in entry.doubts if d.field == "lead_unit"]
    assert (unknown.value, unknown.near) == ("市容局", "")


def test_a_safety_ledger_is_read(town: Repository) -> None:
    rows = [
        ["现场隐患排查与治理统计表", "", "", "", "", "", "", ""],
        ["序号", "项目名称：某镇", "", "填报人：甲", "", "", "填报时间：2026年3月25日", ""],
        [
            "",
            "隐患内容",
            "排查日期",
            "责任单位",
            "责任人",
            "整改期限",
            "整改措施与要求",
            "隐患状态",
        ],
        [
            1,
            "桂花街西段沟盖板缺失2处",
            "2026-03-20",
            "城管中队",
            "甲",
            "2026-03-23",
            "补齐",
            "关闭",
        ],
    ]
    (entry,) = read(town, rows, "a.xlsx", "D2:F2", "B2:C2", "G2:H2", "A2:A3", "A1:H1").entries
    record = entry.record
    assert record["description"] == "桂花街西段沟盖板缺失2处"
    assert record["location"] == "桂花街西段"
    assert (record["requirement"], record["measure"]) == ("补齐", "补齐")
    assert (record["responsible"], record["due_on"]) == ("甲", date(2026, 3, 23))
    assert entry.claim == "done"
    assert ("place_from_text", "location") in codes(entry)


def test_an_unknown_text_column_is_asked_for_by_its_headers(town: Repository) -> None:
    rows = [
        ["点位", "甲乙丙", "丁戊己", "责任单位"],
        ["桥头", "垃圾满溢多日", "没有人来管", "城管中队"],
    ]
    data = data_of(sheet_of(rows))
    with pytest.raises(FileRefused) as caught:
        ledger(town, data)
    assert caught.value.code == "no_column"
    assert caught.value.fields["headers"] == ("点位", "甲乙丙", "丁戊己", "责任单位")
    partly = ledger(town, data, partly=True)
    assert len(partly.rows) == 1
    told = read_ledger(data, "a.xlsx", known=Known({"": {"甲乙丙": "description"}}))
    assert [c.header for c in told.columns] == ["丁戊己"]


def test_a_list_of_zones_is_no_ledger(town: Repository) -> None:
    rows = [
        ["编码", "责任区名称", "类型", "四至范围", "牵头单位"],
        ["1", "中山街东段", "街道段", "东门至邮局一线", "派出所"],
    ]
    with pytest.raises(FileRefused):
        ledger(town, data_of(sheet_of(rows)))


# Feet, notes, headings


def test_what_stands_below_the_records_is_skipped_and_listed(town: Repository) -> None:
    rows = [
        HEAD,
        [1, "占道经营", "2026.5.20", "文化路", "摊点占道", "城管队", "当天", ""],
        ["单位负责人（签名）：", "", "", "", "经办人：", "", "日期：  年  月  日", ""],
        ["责任单位（公章）", "", "", "", "2026年6月1日", "", "", ""],
        ["说明", "整改情况由各单位如实填写", "", "", "", "", "", ""],
        ["制表", "", "", "某人", "", "", "", ""],
    ]
    intake = read(town, rows)
    assert len(intake.entries) == 1
    assert [(s.row, s.why.code, s.rejected) for s in intake.skipped] == [
        (row, "note", False) for row in (3, 4, 5, 6)
    ]


def test_a_value_over_several_fields_belongs_to_none(town: Repository) -> None:
    rows = [
        ["序号", "点位", "问题描述", "责任单位", "整改时限", "状态"],
        [1, "桂花街1号", "沟盖板缺失1处", "城管中队", "2026-12-10", "整改中"],
        ["说明：", "问题类型：按照占道、沟渠、垃圾等分类填写。", "", "", "", ""],
        ["", "问题状态：根据复查结果填写开放或关闭。", "", "", "", ""],
    ]
    intake = read(town, rows, "a.xlsx", "B4:F4", "A3:A4", "B3:F3")
    assert len(intake.entries) == 1
    assert [s.why.code for s in intake.skipped] == ["note", "note"]


def test_a_heading_holds_until_the_next_whatever_it_says(town: Repository) -> None:
    def row(at: int) -> list[Any]:
        return [at, "", "2026.5.20", "文化路", f"问题{at}", "城管队", "当天", ""]

    rows = [
        HEAD,
        ["一、占道经营", *[""] * 7],
        row(1),
        ["二、其它问题", *[""] * 7],
        row(2),
        ["（三）市容环境类问题（共1个）", *[""] * 7],
        row(3),
        ["其他方面存在的问题", *[""] * 7],
        row(4),
    ]
    entries = read(town, rows).entries
    assert [entry.record["category"] for entry in entries] == ["占道经营", None, "市容环境", None]
    assert [("other_section", "category") in codes(entry) for entry in entries] == [
        False,
        True,
        False,
        True,
    ]
