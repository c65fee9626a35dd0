"""Lists of units, zones and staff as offices keep them: read, shown, saved once."""

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cli_support import Zg


def book(path: Path, rows: list[list[Any]], *merged: str) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    made.save(path)
    return path


@pytest.fixture
def units(tmp_path: Path) -> Path:
    rows = [
        ["某镇责任单位名册", "", "", "", "", ""],
        ["序号", "单位名称", "平时叫法", "联络员（职务）", "联系电话", "单位性质"],
        [1, "治安所", "公安、警务室；安保 联防", "教导员", 13800000009, "机关站所"],
        [2, "保洁站", "扫街的/环卫工", "站长", 13800000010, "机关站所"],
        ["制表：", "某人", "", "", "2026年1月1日", ""],
    ]
    return book(tmp_path / "units.xlsx", rows, "A1:F1")


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    rows = [
        ["某镇责任区划分表", "", "", "", "", "", ""],
        ["编码", "责任区名称", "区域类型", "四至范围", "面积（㎡）", "包保单位", "路灯盏数"],
        [1, "中山街东段", "街道段", "东门至邮局", 12500, "公安", 30],
        [2, "中山街西段", "街道段", "邮局至供销楼", "1.2万平方米", "新成立的站", 28],
    ]
    return book(tmp_path / "zones.xlsx", rows, "A1:G1")


def test_a_list_of_units_is_read_as_it_is_kept(empty: Zg, units: Path) -> None:
    dry = empty("unit", "import", units, "--dry-run")
    assert dry.code == 0
    assert "new: 治安所" in dry.err
    assert empty("unit", "list").out.count("治安所") == 0
    assert empty("unit", "import", units).code == 0
    rows = empty("unit", "export", "--with-contacts").out.splitlines()
    assert "治安所,,公安、警务室、安保、联防,机关站所,,,教导员,13800000009,是" in rows
    assert "保洁站,,扫街的、环卫工,机关站所,,,站长,13800000010,是" in rows
    assert "Nothing new" in empty("unit", "import", units).err


def test_zones_get_codes_leads_and_say_what_was_not_taken(
    empty: Zg, units: Path, zones: Path
) -> None:
    empty("unit", "import", units)
    refused = empty("zone", "import", zones)
    assert refused.code == 3
    assert "新成立的站" in refused.err
    assert empty("zone", "export").out.count("中山街") == 0
    done = empty("zone", "import", zones, "--yes")
    assert done.code == 0, done.err
    assert "路灯盏数" in done.err
    out = empty("zone", "export").out
    assert "Z01,中山街东段,街道段,,东门至邮局,治安所,12500" in out
    assert "Z02,中山街西段,街道段,,邮局至供销楼,新成立的站,12000" in out
    assert "Nothing new" in empty("zone", "import", zones).err
    assert empty("check").code == 0


def test_a_zone_without_a_code_gets_the_next(empty: Zg, tmp_path: Path) -> None:
    empty("zone", "add", "Z07", "老街")
    listed = book(
        tmp_path / "z.xlsx", [["片区", "四至"], ["河东片", "河以东"], ["河西片", "河以西"]]
    )
    assert empty("zone", "import", listed).code == 0
    out = empty("zone", "export").out
    assert "Z08,河东片" in out
    assert "Z09,河西片" in out


def test_what_changes_is_shown_from_and_to(empty: Zg, units: Path, tmp_path: Path) -> None:
    empty("unit", "import", units)
    rows = [["单位名称", "联络员"], ["治安所", "所长"], ["保洁站", "站长"]]
    dry = empty("unit", "import", book(tmp_path / "u.xlsx", rows), "--dry-run")
    assert "教导员 → 所长" in dry.err
    assert "1 row is the same" in dry.err


def test_a_header_can_be_told(empty: Zg, tmp_path: Path) -> None:
    rows = [["单位名称", "甲乙丙"], ["治安所", "公安"]]
    made = book(tmp_path / "u.xlsx", rows)
    first = empty("unit", "import", made, "--dry-run")
    assert "甲乙丙" in first.err
    assert empty("unit", "import", made, "--map", "甲乙丙=别名").code == 0
    assert "公安" in empty("unit", "export").out
    assert empty("unit", "import", made, "--map", "甲乙丙=没有").code == 3


def test_every_row_that_does_not_fit_is_told_and_nothing_saved(empty: Zg, tmp_path: Path) -> None:
    rows = [["责任区名称", "面积"], ["甲片", "很大"], ["乙片", "100"], ["", "5"]]
    result = empty("zone", "import", book(tmp_path / "z.xlsx", rows))
    assert result.code == 3
    assert "row 2" in result.err
    assert "row 4" in result.err
    assert "乙片" not in empty("zone", "export").out


def test_staff_go_out_and_come_in(empty: Zg, tmp_path: Path) -> None:
    rows = [["登录名", "姓名", "权限", "所在单位"], ["wang", "内勤甲", "内勤、督查员", ""]]
    assert empty("staff", "import", book(tmp_path / "s.xlsx", rows)).code == 0
    out = empty("staff", "export").out
    assert "wang,内勤甲,clerk、inspector" in out or "wang,内勤甲,内勤、督查员" in out
    (tmp_path / "s.csv").write_text(out, encoding="utf-8-sig")
    assert "Nothing new" in empty("staff", "import", tmp_path / "s.csv").err


def test_what_is_here_already_is_told_before_it_is_added_again(empty: Zg) -> None:
    empty("zone", "add", "Z01", "老街")
    first = empty("add", "沟盖板缺失影响行人通行", "--zone", "Z01", "-l", "12号门前").out.strip()
    again = empty("add", "沟盖板缺失影响行人", "--zone", "Z01", "-l", "12号门前")
    assert again.code == 0
    assert first in again.err
    other = empty("add", "墙上贴满广告", "--zone", "Z01", "-l", "70号")
    assert first not in other.err


LEDGER = "点位,问题描述,检查时间\n桥头,垃圾满溢,2026-3-2\n"


def test_a_folder_is_taken_file_by_file(empty: Zg, tmp_path: Path) -> None:
    empty("zone", "add", "Z01", "老街")
    folder = tmp_path / "来件"
    folder.mkdir()
    (folder / "a.csv").write_text(LEDGER, encoding="utf-8")
    (folder / "b.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    (folder / "c.csv").write_text(LEDGER.replace("桥头", "桥尾"), encoding="utf-8")
    (folder / "~$c.xlsx").write_bytes(b"x")
    book(folder / "d.xlsx", [])
    result = empty("import", folder, "--zone", "Z01", "--source", "日常巡查", "--category", "宣传")
    assert result.code == 3
    assert "b.csv was not saved" in result.err
    assert "~$c.xlsx" in result.err
    assert "d.xlsx: sheet Sheet is empty" in result.err
    rows = empty("export", "-c", "zone,category,source,location", "-f", "csv").out.splitlines()[1:]
    assert sorted(rows) == ["Z01,宣传,日常巡查,桥头", "Z01,宣传,日常巡查,桥尾"]
    assert len(empty("history", "--json").out) > 0


def test_a_file_of_a_folder_is_held_against_what_the_files_before_it_left(
    empty: Zg, tmp_path: Path
) -> None:
    empty("zone", "add", "Z01", "老街")
    folder = tmp_path / "来件"
    folder.mkdir()
    (folder / "a.csv").write_text(LEDGER, encoding="utf-8")
    (folder / "b.csv").write_text(LEDGER.replace("垃圾满溢", "垃圾满溢未清"), encoding="utf-8")
    other = LEDGER.replace("垃圾满溢", "垃圾桶满溢").replace("3-2", "3-9")
    (folder / "c.csv").write_text(other, encoding="utf-8")
    report = tmp_path / "存疑.xlsx"
    result = empty("import", folder, "--zone", "Z01", "--report", report)
    assert result.code == 3
    # A file's row that was changed in the next file is told once it is known, and so is one like it.
    assert "b.csv, row 2: R-0001 is different here: Description" in result.err
    assert "c.csv, row 2: Description: R-0001 is much like it" in result.err
    assert "b.csv was not saved" in result.err
    head, *rows = openpyxl.load_workbook(report).active.iter_rows(values_only=True)
    assert [row[head.index("出处")] for row in rows] == ["b.csv, row 2"]


def test_what_is_said_for_the_whole_file_fills_only_what_is_empty(
    empty: Zg, tmp_path: Path
) -> None:
    for code, name in (("Z01", "老街"), ("Z02", "新街")):
        empty("zone", "add", code, name)
    text = "责任区,点位,问题描述,检查时间\n新街,桥头,垃圾,2026-3-2\n,桥尾,油污,\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    result = empty("import", tmp_path / "a.csv", "--zone", "老街", "--found", "2026-3-5")
    assert result.code == 0
    rows = empty("export", "-c", "zone,location,found_on", "-f", "csv").out.splitlines()[1:]
    assert sorted(rows) == ["Z01,桥尾,2026-03-05", "Z02,桥头,2026-03-02"]


def test_an_old_word_file_is_read_or_named(empty: Zg, tmp_path: Path) -> None:
    rows = "".join(
        r"\trowd\cellx2000\cellx4000 " + r"\cell ".join(cells) + r"\cell\row"
        for cells in ((r"\u28857?\u20301?", r"\u38382?\u39064?\u25551?\u36848?"), ("a", "b"))
    )
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi " + rows + "}", encoding="ascii")
    result = empty("import", tmp_path / "a.rtf", "--dry-run")
    assert ("1 new" in result.err) != ("save it as .docx" in result.err)


@pytest.mark.parametrize("packed", ["xl\\worksheets\\sheet1.xml"])
def test_a_workbook_packed_with_backslashes_is_read(empty: Zg, tmp_path: Path, packed: str) -> None:
    made = book(tmp_path / "a.xlsx", [["点位", "问题描述"], ["桥头", "垃圾"]])
    crooked = tmp_path / "b.xlsx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(crooked, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            info.filename = name.replace("/", "\\")
            new.writestr(info, old.read(name))
        assert packed in new.namelist()
    assert "1 new" in empty("import", crooked, "--dry-run").err


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000100"
    "05fe02fea7356bd10000000049454e44ae426082"
)


def test_photos_of_a_folder_find_their_items_and_a_false_one_stops_none(
    empty: Zg, tmp_path: Path
) -> None:
    empty("zone", "add", "Z01", "石桥村")
    first = empty("add", "垃圾满溢", "--zone", "Z01", "-l", "下湾桥头").out.strip()
    folder = tmp_path / "照片"
    folder.mkdir()
    (folder / f"{first.lower().replace('-', '')} 整改前.png").write_bytes(PNG)
    (folder / f"{first} 空.png").write_bytes(b"")
    (folder / "石桥村 下湾桥头 整改前.png").write_bytes(PNG)
    result = empty("attach", folder)
    assert result.code == 3
    assert "1 file kept" in result.err
    assert f"It may be of {first}" in result.err
    assert empty("files", first).out.count("png") == 1


def test_what_is_told_of_a_column_holds_for_sheets_headed_alike(empty: Zg, tmp_path: Path) -> None:
    text = "点位,甲乙丙,检查时间,丁戊己\n桥头,垃圾,2026-3-2,2026-3-5\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    told = ("--map", "甲乙丙=问题描述", "--map", "丁戊己=整改时限")
    assert empty("import", "a.csv", *told).code == 0
    again = text.replace("桥头", "桥尾").replace("3-2", "3-3")
    (tmp_path / "b.csv").write_text(again, encoding="utf-8")
    (record,) = json.loads(empty("import", "b.csv", "--dry-run", "--json").out)["records"]
    assert (record["description"], record["due_on"]) == ("垃圾", "2026-03-05")
    other = "责任区,点位,问题描述,检查时间,丁戊己\n,巷口,油污,2026-3-2,2026-3-5\n"
    (tmp_path / "c.csv").write_text(other, encoding="utf-8")
    (record,) = json.loads(empty("import", "c.csv", "--dry-run", "--json").out)["records"]
    assert record["due_on"] is None


def test_a_file_of_the_wrong_kind_is_named(empty: Zg, units: Path, tmp_path: Path) -> None:
    refused = empty("import", units)
    assert refused.code == 3
    assert "zg unit import" in refused.err
    text = "检查时间,点位,存在问题,责任单位,整改时限\n2026-3-2,桥头,垃圾,治安所,3天\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    for noun in ("unit", "zone"):
        result = empty(noun, "import", "a.csv")
        assert result.code == 3
        assert "zg import" in result.err


def test_a_list_names_the_row_that_does_not_go_with_the_others(empty: Zg, tmp_path: Path) -> None:
    file = tmp_path / "片区.csv"
    file.write_text("名称,面积\n甲路,35亩\n乙路,约800\n甲路,\n", "utf-8")
    done = empty("zone", "import", file, "--yes", lang="zh")
    assert done.code == 3
    assert "片区.csv 第 4 行: 甲路" in done.err
    assert "35亩→23333.3" in done.err
    assert "约800→800" in done.err
    assert not empty("zone", "list").out


def test_of_several_units_in_a_cell_the_first_leads(empty: Zg, tmp_path: Path) -> None:
    file = tmp_path / "片区.csv"
    file.write_text("片区,包片单位,上级\n甲路,执法队、环卫所,\n乙路,环卫所,甲路\n", "utf-8")
    done = empty("zone", "import", file, "--yes", lang="zh")
    assert done.code == 0, done.err
    assert "执法队、环卫所→执法队" in done.err
    assert "上级 Z01 甲路" in done.err
    assert "?" not in done.err
