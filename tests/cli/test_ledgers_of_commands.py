"""Ledgers in and out on the command line, and their photos."""

import base64
import io
import json
from datetime import date
from pathlib import Path

import docx
import openpyxl
import xlsxwriter
from cli_support import Zg, first

LEDGER = (
    "点位,存在问题,责任单位,整改时限,检查时间,问题类别,责任区,是否整改\n"
    "桂花街1号,占道摆摊,城管队,3个工作日,2026-03-20,占道经营,Z01,已整改\n"
    "桂花街2号,垃圾,环卫队,长期,2026-03-20,市容环境,Z01,\n"
)


JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4


TINY = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one dot."""


def test_import_says_what_it_doubts(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LEDGER, encoding="gb18030")
    dry = town("import", "a.csv", "--dry-run", "--json", "--on", "2026-03-31")
    report = json.loads(dry.out)
    assert dry.code == 0
    assert report["file"] == "a.csv"
    assert [r["action"] for r in report["records"]] == ["new", "new"]
    assert [r["source_row"] for r in report["records"]] == [2, 3]
    assert report["records"][0]["state_claim"] == "done"
    assert report["records"][0]["due_on"] == "2026-03-25"
    assert report["records"][1]["lead_unit"] is None
    assert any("环卫队" in w for w in report["records"][1]["warnings"])
    result = town("import", "a.csv")
    assert result.code == 0
    assert "a.csv, row 3: Lead unit: 环卫队 is not known here" in result.err
    assert "2 items saved" in result.err
    again = town("import", "a.csv")
    assert "Nothing new" in again.err
    assert json.loads(town("list", "占道摆摊", "--json").out)[0]["state"] == "awaiting"
    assert town("undo", "--yes").code == 0
    assert town("list", "占道摆摊", "桂花街1号").out == ""


def test_import_from_standard_input(town: Zg) -> None:
    result = town("import", "-", "--json", stdin=LEDGER.encode())
    assert json.loads(result.out)["file"] == "-"
    assert town("list", "占道摆摊").out


def test_a_rejected_row_saves_nothing(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LEDGER + "桂花街3号,,,,,,,\n", encoding="utf-8")
    result = town("import", "a.csv")
    assert result.code == 3
    assert "row 4: rejected: Description: is empty" in result.err
    assert town("list", "占道摆摊", "桂花街1号").out == ""
    assert town("import", "a.csv", "--accept-good").code == 0
    assert town("list", "占道摆摊", "桂花街1号").out


def test_strict_allows_no_doubt(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LEDGER, encoding="utf-8")
    assert town("import", "a.csv", "--strict").code == 3


def test_a_known_number_with_other_values_is_a_conflict(town: Zg, tmp_path: Path) -> None:
    number = first(town, "state:rectifying")
    (tmp_path / "a.csv").write_text(
        f"问题编号,点位,问题描述\n{number},别处,别的\n", encoding="utf-8"
    )
    result = town("import", "a.csv")
    assert result.code == 4
    assert number in result.err


def test_several_files_are_one_step(town: Zg, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(
            LEDGER.replace("桂花街", f"{name}街"), encoding="utf-8"
        )
    result = town("import", "a.csv", "b.csv", "--json")
    assert [r["file"] for r in json.loads(result.out)] == ["a.csv", "b.csv"]
    assert town("undo", "--yes").code == 0
    assert town("list", "占道摆摊", "a街1号|b街1号").out == ""


def test_export_and_move_in(town: Zg, tmp_path: Path) -> None:
    for form in ("xlsx", "csv", "json", "jsonl"):
        assert town("export", "-o", f"out.{form}").code == 0
        other = str(tmp_path / f"other-{form}")
        assert town("demo", "--at", other, "--no-board", "--items", 0).code == 0
        assert town("import", f"out.{form}", "--migrate", "--store", other).code == 0
        again = json.loads(town("export", "-f", "json", "--store", other).out)
        before = json.loads(town("export", "-f", "json").out)
        for row in (*again, *before):
            del row["revision"]
        assert again == before
        assert town("import", f"out.{form}", "--migrate", "--store", other).code == 3


def test_moving_in_is_for_leaders(town: Zg, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LEDGER, encoding="utf-8")
    assert town("import", "a.csv", "--migrate", "--as", "clerk").code == 5
    assert town("import", "a.csv", "--migrate").code == 0
    assert town("check").code == 0
    town("export", "-o", "out.json")
    other = str(tmp_path / "other")
    town("demo", "--at", other, "--no-board", "--items", 0)
    assert town("import", "out.json", "--migrate", "--store", other, "--as", "clerk").code == 5


def test_export_writes_whole_files_once(town: Zg, tmp_path: Path) -> None:
    assert town("export", "unit:环卫所", "-o", "a.xlsx").code == 0
    assert town("export", "-o", "a.xlsx").code == 3
    assert town("export", "-o", "a.xlsx", "--force").code == 0
    assert town("export", "-c", "number,state", "-f", "md").out.startswith("| 问题编号 | 状态 |")
    out = town("export").out
    assert out.startswith("问题编号,")


def test_a_returned_export_is_the_same(town: Zg) -> None:
    town("export", "-o", "a.xlsx")
    result = town("import", "a.xlsx")
    assert result.code == 0, result.err
    assert "66 already here" in result.err


def test_a_ledger_a_unit_goes_out_and_comes_back(town: Zg, tmp_path: Path) -> None:
    result = town("export", "--by-unit", "out")
    assert result.code == 0
    files = dict(line.split("\t") for line in result.out.splitlines())
    assert len(files) > 3
    for path, count in files.items():
        unit = Path(path).stem
        mine = town("list", f"lead:{unit}", "-c", "state").out.splitlines()
        assert len([s for s in mine if s in ("Rectifying", "Awaiting check")]) == int(count)
    assert town("export", "--by-unit", "out").code == 3
    assert town("export", "--by-unit", "out", "--force").code == 0
    again = town("import", *files)
    assert again.code == 0
    assert "Nothing new" in again.err
    assert town("export", "state:rectifying", "--ledger", "-o", "l.xlsx").code == 0
    assert town("export", "--ledger", "-o", "l.csv").code == 3


def test_what_a_sender_writes_is_told_once(town: Zg, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(
        "填报单位：三社区\n检查时间,摸查处所,问题说什么,责任单位\n2026.3.2,路口,垃圾满溢,保洁三组\n"
    )
    (record,) = json.loads(town("import", sheet, "--dry-run", "--json").out)["records"]
    assert record["lead_unit"] is None
    told = town(
        "import",
        sheet,
        "--map",
        "摸查处所=点位",
        "--map",
        "问题说什么=问题描述",
        "--map",
        "保洁三组=环卫所",
    )
    assert told.code == 0
    assert town("list", "路口", "-c", "lead_unit").code == 0
    rows = json.loads(town("sender", "list", "--json").out)
    assert {(r["sender"], r["text"], r["header"] or r["unit"]) for r in rows} == {
        ("三社区", "摸查处所", "点位"),
        ("三社区", "问题说什么", "问题描述"),
        ("三社区", "保洁三组", "环卫所"),
    }
    sheet.write_text(sheet.read_text().replace("满溢", "成堆"))
    (record,) = json.loads(town("import", sheet, "--dry-run", "--json").out)["records"]
    assert (record["location"], record["lead_unit"]) == ("路口", "环卫所")
    sheet.write_text(sheet.read_text().replace("三社区", "四社区"))
    (record,) = json.loads(town("import", sheet, "--dry-run", "--json").out)["records"]
    assert record["lead_unit"] is None
    assert town("sender", "forget", "三社区", "保洁三组").code == 0
    assert len(json.loads(town("sender", "list", "--json").out)) == 2
    assert town("sender", "forget", "五社区").code == 6
    assert town("import", sheet, "--map", "垃圾").code == 2


def test_what_is_in_doubt_is_written_to_be_mended(town: Zg, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(
        "检查时间,地点,问题,责任单位,整改时限,网格员\n"
        "2026.3.2,路口,垃圾满溢,环卫索,3天,老周\n"
        "2026.3.2,,垃圾成堆,环卫所,3天,老周\n"
    )
    result = town("import", sheet, "--report", "r.xlsx")
    assert result.code == 3
    assert "网格员" in result.err
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    header, *rows = book.active.iter_rows(values_only=True)
    at = {name: column for column, name in enumerate(header)}
    assert "环卫所" in rows[0][at["责任单位存疑"]]
    assert rows[1][at["点位存疑"]]
    assert town("import", sheet, "--report", "r.xlsx").code == 3  # never over a file
    book.active.cell(2, at["责任单位"] + 1).value = "环卫所"
    book.active.cell(3, at["点位"] + 1).value = "巷尾"
    book.save(tmp_path / "r.xlsx")
    assert town("import", "r.xlsx").code == 0
    records = json.loads(town("list", "found:2026-03-02..2026-03-02", "--json").out)
    assert {(r["location"], r["description"]) for r in records} >= {
        ("路口", "垃圾满溢"),
        ("巷尾", "垃圾成堆"),
    }
    assert all("存疑" not in (r["note"] or "") for r in records)


def test_rows_go_out_in_order_and_together_with_what_they_come_to(town: Zg, tmp_path: Path) -> None:
    due = json.loads(town("export", "state:rectifying", "--sort=-整改时限", "-f", "json").out)
    days = [record["due_on"] for record in due]
    assert days == sorted(days, reverse=True)
    assert len(days) > 3
    out = town("export", "--group", "unit", "-c", "责任单位,问题编号,返工次数").out
    lines = [line.split(",") for line in out.splitlines()[1:]]
    assert lines[-1][0] == f"合计：{len(json.loads(town('export', '-f', 'json').out))}项"
    parts = [line for line in lines if line[0].startswith("小计")]
    units = [line[0] for line in lines if line[0][:2] not in ("小计", "合计")]
    assert [int(part[0][3:-1]) for part in parts] == [
        units.count("" if part[1] == "（空）" else part[1]) for part in parts
    ]
    assert int(lines[-1][2]) == sum(int(part[2]) for part in parts)
    assert town("export", "--group", "unit", "-o", "g.xlsx").code == 0
    again = json.loads(town("import", "g.xlsx", "--dry-run", "--json").out)
    assert len(again["skipped"]) == len(parts) + 1
    assert not any(skip["rejected"] for skip in again["skipped"])
    assert {record["action"] for record in again["records"]} == {"same"}
    assert town("export", "-c", "nothing").code == 3
    assert town("export", "--sheets", "-o", "s.xlsx").code == 2


def test_a_sheet_or_a_table_for_each_group(town: Zg, tmp_path: Path) -> None:
    assert town("export", "--group", "类别", "--sheets", "-o", "s.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    records = json.loads(town("export", "-f", "json").out)
    for sheet in book:
        header, *rows = sheet.iter_rows(values_only=True)
        found = {row[header.index("问题类别")] or "（空）" for row in rows}
        assert found == {sheet.title}
    assert sum(sheet.max_row - 1 for sheet in book) == len(records)
    assert town("export", "--group", "类别", "--sheets", "-o", "s.docx").code == 0
    tables = docx.Document(str(tmp_path / "s.docx")).tables
    assert len(tables) == len(book.sheetnames)
    assert sum(len(table.rows) - 1 for table in tables) == len(records)
    texts = {row.cells[4].text for table in tables for row in table.rows[1:]}
    assert texts == {record["description"] for record in records}


def test_a_blank_ledger_is_filled_in_and_comes_back(town: Zg, tmp_path: Path) -> None:
    assert town("export", "--template", "-o", "blank.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "blank.xlsx")
    sheet = book["问题台账"]
    lists = {v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"}
    assert len(lists) == 6
    at = {cell.value: cell.column for cell in sheet[3]}
    units = [row[0].value for row in book["选项"].iter_rows(min_col=5, max_col=5, min_row=2)]
    for header, value in {
        "检查时间": date(2026, 3, 2),
        "点位": "桥头",
        "问题描述": "=垃圾",
        "责任单位": units[0],
        "整改时限": "3个工作日",
    }.items():
        cell = sheet.cell(4, at[header])
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.save(tmp_path / "blank.xlsx")
    (record,) = json.loads(town("import", "blank.xlsx", "--dry-run", "--json").out)["records"]
    assert record["lead_unit"] == units[0]
    assert (record["description"], record["due_on"]) == ("=垃圾", "2026-03-05")


def test_mobile_numbers_stay_here_unless_asked_for(town: Zg, tmp_path: Path) -> None:
    sheet = tmp_path / "a.csv"
    sheet.write_text(
        "检查时间,地点,问题,责任单位,时限,问题类别,责任区,责任人\n"
        "2026.3.2,路口,电话13812345678公示牌倒伏,环卫所,2026-4-1,市容环境,Z01,岗长 138 1234 5678\n"
    )
    assert town("import", sheet).code == 0
    for form in ("csv", "json", "md"):
        struck = town("export", "13812345678", "-f", form)
        assert "5678" in struck.out
        assert "1234 5678" not in struck.out
        assert "13812345678" not in struck.out
        assert "2" in struck.err
        assert "13812345678" in town("export", "13812345678", "-f", form, "--with-contacts").out
    assert town("export", "13812345678", "--ledger", "-o", "l.xlsx").code == 0
    assert "Nothing new" in town("import", "l.xlsx").err  # what was struck out is no difference


def test_photos_come_by_name_and_go_out_again(town: Zg, tmp_path: Path) -> None:
    mending, done = first(town, "state:rectifying"), first(town, "state:awaiting")
    folder = tmp_path / "照片"
    folder.mkdir()
    for number, name in enumerate(
        (
            f"{mending} 整改前.jpg",
            f"{mending.lower()}整改后(2).JPG",
            f"{done}.png",
            "IMG_1.jpg",
            "CW-2026-9999.jpg",
        )
    ):
        (folder / name).write_bytes(JPEG + bytes([number]))
    (folder / "说明.txt").write_text("x")
    result = town("attach", folder)
    assert result.code == 0
    assert "IMG_1.jpg" in result.err
    assert "CW-2026-9999" in result.err
    listed = json.loads(town("files", mending, done, "--json").out)
    assert [(r["number"], r["shows"]) for r in listed] == [
        (mending, "before"),
        (mending, "after"),
        (done, "after"),
    ]
    assert "all here" in town("attach", folder).err
    assert "整改后(2).JPG" in town("show", mending).out
    assert town("files", mending, done, "-o", "out").code == 0
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {f"{mending} 整改前 1.jpg", f"{mending} 整改后 1.jpg", f"{done} 整改后 1.jpg"}
    assert town("files", mending, "-o", "out").code == 3
    assert town("attach", mending, folder / "IMG_1.jpg", "--before").code == 0
    assert town("attach", mending, folder / "说明.txt").code == 3
    assert town("attach", mending, "--before", "--after").code == 2
    assert town("attach", "IMG_2.jpg").code in (3, 6)
    assert town("check").code == 0


def test_pictures_of_a_ledger_are_kept_with_its_items(town: Zg, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["检查时间", "责任区", "点位", "问题", "类别", "整改前照片"])
    sheet.write_row(1, 0, ["2026-3-2", "Z01", "桥头", "垃圾", "市容环境"])
    sheet.insert_image(1, 5, "a.png", {"image_data": io.BytesIO(TINY)})
    book.close()
    assert town("import", "a.xlsx").code == 0
    (record,) = json.loads(town("export", "桥头", "found:2026-03-02..2026-03-02", "-f", "json").out)
    assert record["photos_before"] == ["F2"]
    (file,) = json.loads(town("files", record["number"], "--json").out)
    assert (file["name"], file["shows"], file["size"]) == ("F2", "before", len(TINY))
    assert "Nothing new" in town("import", "a.xlsx").err
    assert town("check").code == 0
