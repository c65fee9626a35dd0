"""Ledgers that were once read wrong, each as it must be read."""

import io
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from tests_support import FOUNDER, TODAY, Office

from core.actions.registers import Add
from core.ledger.outcome import Entry, Incoming, Skipped
from core.ledger.row_reader import Reader
from core.ledger.rows.splitting import problems_in
from core.words.claims import claim_of
from core.words.directory import Directory
from core.words.text import without_phones
from store.errors import FileRefused
from store.ledgers.coming_in.reading import TEXT, read_ledger
from store.ledgers.formats import Format
from store.ledgers.going_out.contacts import without_contacts
from store.ledgers.going_out.values import cell
from store.ledgers.going_out.writing import write_rows


def rows(data: bytes | str, name: str = "a.csv", **options: Any) -> list[Incoming | Skipped]:
    content = data.encode() if isinstance(data, str) else data
    return list(read_ledger(content, name, **options).rows)


def cells(data: bytes | str, name: str = "a.csv") -> list[dict[str, Any]]:
    return [row.cells for row in rows(data, name) if isinstance(row, Incoming)]


def entry(office: Office, **row: Any) -> Entry:
    base = {"found_on": "2026-3-20", "location": "桥头", "description": "垃圾"}
    (found,) = Reader(office.town, FOUNDER, TODAY).read([Incoming(2, {**base, **row})]).entries
    return found


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("1. 3号巷：垃圾", "3号巷"),
        ("1、24小时便利店门口：垃圾", "24小时便利店门口"),
        ("（2）101路公交站：垃圾", "101路公交站"),
        ("3 滨河路：垃圾", "滨河路"),
    ],
)
def test_a_place_keeps_the_digits_it_begins_with(line: str, place: str) -> None:
    text = f"3月10日巡查：发现以下问题\n{line}\n3号楼：门破\n"
    found = rows(text, "a.txt")
    assert [r.cells.get("location") for r in found if isinstance(r, Incoming)] == [place]


def test_another_header_in_mid_sheet_is_the_header_of_what_is_below() -> None:
    text = "点位,问题描述,责任单位\nA店,占道,城管\n问题描述,点位,责任单位\n油污,B店,环卫所\n"
    assert [(c["location"], c["description"]) for c in cells(text)] == [
        ("A店", "占道"),
        ("B店", "油污"),
    ]


def test_same_as_above_and_who_signs() -> None:
    text = "点位,问题描述\n桥头,垃圾\n同上,油污\n填表人：甲  审核人：乙,\n联系电话：0000,\n"
    assert [c["location"] for c in cells(text)] == ["桥头", "桥头"]
    assert [d.code for r in rows(text) if isinstance(r, Incoming) for d in r.doubts] == ["as_above"]
    numbered = "问题编号,点位,问题描述\nCW-2026-0001,桥头,垃圾\nCW-2026-0002,同上,油污\n"
    assert [c["location"] for c in cells(numbered)] == ["桥头", "同上"]
    assert sum(isinstance(r, Skipped) for r in rows(text)) == 2


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        ("填报单位：柏树村（盖章）", "柏树村"),
        ("填报单位：        填报人：张三", ""),
        ("填报单位：,,填报日期：3月", ""),
        ("填报单位：,柏树村,填报日期：3月", "柏树村"),
    ],
)
def test_who_filled_it_in(line: str, sender: str) -> None:
    (row,) = [r for r in rows(f"{line}\n点位,问题描述\n桥头,垃圾\n") if isinstance(r, Incoming)]
    assert row.sender == sender


def test_word_tables_with_tracked_changes_and_fields() -> None:
    document = docx.Document()
    document.add_paragraph("1.桂花路：井盖缺失")
    table = document.add_table(2, 2)
    for at, text in enumerate(("点位", "问题描述")):
        table.cell(0, at).text = text
    table.cell(1, 0).text = "桥头"
    table.cell(1, 1).text = "垃圾"
    paragraph = table.cell(1, 1).paragraphs[0]._p
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>满溢</w:t></w:r></w:ins>"))
    paragraph.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>旧</w:delText></w:r></w:del>")
    )
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    table._tbl.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:tr>{cell.format('巷尾')}{cell.format('油污')}</w:tr>"
            "</w:sdtContent></w:sdt>"
        )
    )
    out = io.BytesIO()
    document.save(out)
    found = read_ledger(out.getvalue(), "a.docx")
    told = [r.cells for r in found.rows if isinstance(r, Incoming)]
    assert told == [
        {"location": "桥头", "description": "垃圾满溢"},
        {"location": "巷尾", "description": "油污"},
    ]
    assert TEXT in [passed.sheet for passed in found.passed_over]


def test_a_web_table_within_a_cell_hides_no_row() -> None:
    page = (
        "<table><tr><th>点位<th>问题描述<th>备注</tr><tr><td>A店<td>占道<td>"
        "<table><tr><td>内</td></tr></table></td></tr><tr><td>B店<td>油污<td></tr></table>"
    )
    assert [c["location"] for c in cells(page, "a.xls")] == ["A店", "B店"]


def test_what_is_no_mark_or_no_state_is_told(office: Office) -> None:
    (row,) = cells("点位,问题描述,标识\n桥头,垃圾,重点\n")
    assert row["note"] == "标识：重点"
    found = entry(office, state="已移交县住建局办理", level="县级挂牌")
    assert {(d.code, d.field) for d in found.doubts} >= {
        ("not_said", "state"),
        ("not_taken", "level"),
    }


def test_what_nobody_could_read_is_kept_as_it_was_written(office: Office) -> None:
    found = entry(office, due_on="长期坚持", lead_unit="城管、无名所", found_on="上周五")
    assert found.wish is not None
    office.repository.commit([found.wish], FOUNDER, date_time())
    (item,) = office.town.items.values()
    assert item.proposed.unread == {
        "due_on": "长期坚持",
        "lead_unit": "城管、无名所",
        "found_on": "上周五",
    }


def date_time() -> Any:
    from tests_support import NOW

    return NOW


def test_units_whose_names_hold_what_divides_names(office: Office) -> None:
    office.do(*(Add(table="units", fields={"name": n}) for n in ("市监/食药所", "市监", "食药所")))
    directory = Directory(office.town.units.values())
    named = directory.read("市监/食药所")
    assert (directory.units[named.lead or 0].name, named.co) == ("市监/食药所", ())
    led = directory.read("环卫所、无名所（牵头）")
    assert (led.lead, led.unknown) == (None, ("无名所",))
    assert [directory.units[u].name for u in led.co] == ["环卫所"]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("已完成，疏通并补齐盖板", "done"),
        ("已整改。现场干净", "done"),
        ("已整改，部分未到位", None),
        ("已完成，还需补种", None),
    ],
)
def test_done_with_words_behind_it(text: str, claim: str | None) -> None:
    assert claim_of(text) in (claim, "in_progress" if claim is None else claim)


@pytest.mark.parametrize("value", ["1E999", "inf", "NaN"])
def test_numbers_beyond_all_bounds_are_no_fault(office: Office, value: str) -> None:
    book = write_rows(
        [{"found_on": 46083, "location": "桥头", "description": "垃圾"}],
        Format.XLSX,
        {"found_on": "检查时间", "location": "点位", "description": "问题描述"},
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>46083</v>", f"<v>{value}</v>".encode()))
    try:
        found = rows(out.getvalue(), "a.xlsx")
    except FileRefused:
        return
    (told,) = Reader(office.town, FOUNDER, TODAY).read(found).entries
    assert told.record["found_on"] is None
    assert told.doubts


def test_encodings_that_are_none() -> None:
    for name in ("undefined", "nothing"):
        with pytest.raises(FileRefused, match="unknown_encoding"):
            rows("点位,问题描述\n桥头,垃圾\n", encoding=name)
        with pytest.raises(FileRefused, match="unknown_encoding"):
            write_rows([{"a": "桥"}], Format.CSV, {"a": "甲"}, encoding=name)


@pytest.mark.parametrize(
    "number",
    ["13812345678", "+8613812345678", "138 1234 5678", "138.1234.5678", "１３８１２３４５６７８"],
)
def test_mobile_numbers_however_they_are_written(number: str) -> None:
    struck = without_phones(f"电话{number}。")
    assert "****" in struck
    assert "12345" not in struck.replace(" ", "").replace(".", "")
    columns = {"note": ["路灯 12 盏", None], "photos_before": [[], [f"{number}_1.jpg"]]}
    found, count = without_contacts(columns)
    assert count == 1
    assert found["note"] == columns["note"]
    assert "****" in found["photos_before"][1][0]


def test_what_stands_before_the_first_of_several_goes_with_each() -> None:
    assert problems_in("北侧三处，1.护栏缺失；2.油污") == ["北侧三处：护栏缺失", "北侧三处：油污"]


def test_a_number_twice_in_two_sheets_is_told(office: Office) -> None:
    key = office.issued(due=date(2026, 4, 10))
    number = office.item(key).label
    twice = [
        Incoming(
            2,
            {
                "number": number,
                "location": "桂花街12号",
                "description": "垃圾桶满溢",
                "measure": "清",
                "progress": "已整改",
                "feedback_on": "2026-3-30",
            },
            sheet,
        )
        for sheet in ("甲", "乙")
    ]
    first, second = Reader(office.town, FOUNDER, TODAY).read(twice).entries
    assert (first.action, second.action) == ("update", "conflict")
    assert "number_twice" in {d.code for d in second.doubts}
    assert cell("photos_after", ["a", "b"]) == "a、b"


def test_an_old_claim_is_no_new_one_after_rework(office: Office) -> None:
    from core.actions.loop.correcting import Correct
    from core.actions.loop.feedback import Submit
    from core.actions.loop.inspection import Fail
    from core.ledger.record import Projector
    from core.model import Channel

    key = office.issued(due=date(2026, 4, 10))
    office.do(
        Submit(
            item=key,
            measure="已清",
            progress="已整改",
            channel=Channel.LEDGER,
            on=date(2026, 3, 29),
        )
    )
    office.do(Fail(item=key, reason="未清净", work_until=date(2026, 4, 12)))
    record = Projector(office.town, TODAY).record(office.item(key))
    handed = {k: v for k, v in record.items() if v not in (None, [], "") and k != "revision"}
    again = Incoming(3, {**handed, "measure": "已联系施工队"}, "台账")
    (found,) = Reader(office.town, FOUNDER, TODAY).read([again]).entries
    assert found.wish is not None
    assert isinstance(found.wish.action, Correct)  # how the work goes on, no claim
    assert found.wish.action.fields == {"measure": "已联系施工队"}
    done = Incoming(3, {**handed, "measure": "再次清运", "feedback_on": "2026-3-31"}, "台账")
    (found,) = Reader(office.town, FOUNDER, TODAY).read([done]).entries
    assert found.action == "update"
