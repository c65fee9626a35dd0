"""Forty bad inputs: each a sentence that names what is wrong and where, nothing changed, nothing guessed."""

import io
import json
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from cli_support import Zg

HEAD = "检查时间,责任区,点位,问题描述,问题类别,责任单位,整改时限"
GOOD = "2026-3-2,Z01,桥头,垃圾满溢,市容环境,环卫所,2026-4-1"


def csv(*rows: str, head: str = HEAD, encoding: str = "utf-8") -> bytes:
    return "\n".join([head, *rows, ""]).encode(encoding)


def changed(column: int, value: str) -> bytes:
    """The good row with one cell written otherwise."""
    cells = GOOD.split(",")
    cells[column] = value
    return csv(",".join(cells))


def book(fill: Callable[[Any, Any], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("台账")
        sheet.write_row(0, 0, HEAD.split(","))
        sheet.write_row(1, 0, GOOD.split(","))
        fill(made, sheet)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A workbook with one part replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def nothing(made: Any, sheet: Any) -> None:
    """Leave a workbook as it is."""


def ole_with_password() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )


def lying_zip(data: bytes) -> bytes:
    """A workbook that says of its sheet to be smaller than it unpacks to."""
    name = "xl/worksheets/sheet1.xml"
    whole = bytearray(with_part(data, name, b"<worksheet>" + b" " * 5_000_000 + b"</worksheet>"))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        begin = whole.rindex(name.encode())
        while True:
            head = whole.rindex(mark, 0, begin)
            if struct.unpack_from("<I", whole, head + at)[0] > 1_000_000:
                struct.pack_into("<I", whole, head + at, 1000)
                break
            begin = head
    return bytes(whole)


REFUSED: list[tuple[int, str, bytes, str]] = [
    # number, name, content, what is said of it
    (3, "a.csv", csv(GOOD.replace("桥头", "x")).replace(b"x", b"Jos\xe9 "), "a.csv"),
    (4, "a.csv", csv(GOOD).replace("满溢".encode(), b"\xe6\xbb\xff\xff"), "line 2"),
    (11, "a.csv", csv('2026-3-2,Z01,"桥头,垃圾,,,'), "line"),
    (12, "a.csv", b"", "empty"),
    (13, "a.csv", b"1,2,3\n4,5,6\n", "Description"),
    (35, "a.csv", b"\x00\x01\x02\x03" * 200, "a.csv"),
    (35, "a.xlsx", b"PK\x03\x04" + b"cut" * 50, "a.xlsx"),
    (35, "a.xlsx", book(nothing)[:2000], "a.xlsx"),
    (35, "a.xlsx", ole_with_password(), "password"),
    (35, "a.xlsx", b"%PDF-1.7 ...", "a.xlsx"),
    (
        36,
        "a.xlsx",
        with_part(book(nothing), "xl/worksheets/sheet1.xml", b"0" * (201 << 20)),
        "unpack",
    ),
    (
        36,
        "a.xlsx",
        with_part(
            book(nothing), "xl/sharedStrings.xml", b"<sst><t>" + b"a" * (49 << 20) + b"</t></sst>"
        ),
        "32767",
    ),
    (36, "a.xlsx", lying_zip(book(nothing)), "a.xlsx"),
    (
        36,
        "a.xlsx",
        with_part(
            book(nothing),
            "xl/sharedStrings.xml",
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>',
        ),
        "entities",
    ),
    (36, "a.xlsx", book(lambda b, s: s.write(1_000_000, 3, "far")), "25000"),
    (36, "a.xlsx", book(lambda b, s: s.write(1, 16_000, "far")), "200"),
    (37, "a.json", b'[{"description": NaN}]', "JSON"),
    (37, "a.json", b'[{"description": 1e400, "location": "x"}]', "a.json"),
    (37, "a.json", b'[{"description": "a", "description": "b", "location": "x"}]', "description"),
    (37, "a.json", b"[" * 200_000, "a.json"),
    (37, "a.json", b'[{"description": "\\ud800", "location": "x"}]', "a.json"),
    (38, "a.csv", csv(*[GOOD] * 25_100), "25000"),
]


@pytest.mark.parametrize(("number", "name", "data", "says"), REFUSED, ids=lambda v: str(v)[:12])
def test_a_file_that_cannot_be_read_as_a_whole(
    town: Zg,
    tmp_path: Path,
    number: int,
    name: str,
    data: bytes,
    says: str,
) -> None:
    before = town("export", "-f", "json").out
    (tmp_path / name).write_bytes(data)
    result = town("import", name)
    assert result.code == 3, result
    assert says in result.err
    assert name in result.err
    assert len(result.err.splitlines()) <= 2
    assert "Traceback" not in result.err
    assert town("export", "-f", "json").out == before


ROWS: list[tuple[int, bytes, dict[str, Any], str]] = [
    # number, content, what the record has, what is said
    (1, csv(GOOD, encoding="utf-8-sig"), {"found_on": "2026-03-02"}, ""),
    (2, csv(GOOD, encoding="utf-16"), {"location": "桥头"}, ""),
    (5, csv(GOOD.replace("满溢", "满\0溢")), {"description": "垃圾满溢"}, "U+0000"),
    (6, csv(GOOD.replace("满溢", "\x1b]52;c;aGk=\x07满溢")), {}, "U+001B"),
    (7, csv(GOOD.replace("满溢", "满\u202e溢\x9b")), {"description": "垃圾满溢"}, "U+202E"),
    (8, csv(GOOD.replace(",", ";"), head=HEAD.replace(",", ";")), {"location": "桥头"}, ""),
    (8, csv(GOOD.replace(",", "\t"), head=HEAD.replace(",", "\t")), {"location": "桥头"}, ""),
    (9, csv(GOOD).replace(b"\n", b"\r\n"), {"location": "桥头"}, ""),
    (9, csv(GOOD).replace(b"\n", b"\r"), {"location": "桥头"}, ""),
    (10, changed(3, '"垃圾\n满溢"'), {"description": "垃圾\n满溢"}, ""),
    (14, csv(GOOD + ",老周", head=HEAD + ",甲乙丙"), {"note": "甲乙丙：老周"}, "甲乙丙"),
    (14, csv(GOOD + ",巷尾", head=HEAD + ",地点"), {"note": "地点：巷尾"}, "twice"),
    (15, csv(GOOD, head=HEAD.replace("点位", " 点　位 ")), {"location": "桥头"}, ""),
    (16, csv(GOOD + ",多出来的"), {"note": "第8列：多出来的"}, "column 8"),
    (16, csv("2026-3-2,Z01,桥头,垃圾满溢"), {"category": None}, ""),
    (17, csv("", GOOD, ",,,,,,"), {"location": "桥头"}, ""),
    (24, changed(5, "环卫索"), {"lead_unit": None}, "did you mean 环卫所"),
    (24, changed(4, "市容环镜"), {"category": None}, "did you mean 市容环境"),
    (24, changed(1, "第一断"), {"zone": None}, "第一段"),
    (26, changed(0, "2026-02-30"), {"found_on": None}, "2026-02-30"),
    (27, changed(0, "03/04/2026"), {"found_on": None}, "03/04/2026"),
    (27, changed(0, "01.12.26"), {"found_on": None}, "01.12.26"),
    (28, changed(0, "2026-W10-1"), {"found_on": None}, "2026-W10-1"),
    (28, changed(0, "20260302"), {"found_on": "2026-03-02"}, ""),
    (29, changed(0, "20206-3-2"), {"found_on": None}, "20206"),
    (29, changed(0, "0001-01-01"), {"found_on": None}, "0001"),
    (30, book(lambda b, s: s.write(1, 0, 46083)), {"found_on": "2026-03-02"}, ""),
    (33, changed(3, '"=HYPERLINK(""x"")"'), {"description": '=HYPERLINK("x")'}, ""),
    (33, changed(3, "-5 度"), {"description": "-5 度"}, ""),
    (33, changed(3, "+1 555"), {"description": "+1 555"}, ""),
    (33, changed(3, "@SUM(1)"), {"description": "@SUM(1)"}, ""),
    (
        34,
        book(lambda b, s: s.write_formula(1, 3, '="垃"&"圾"', None, "垃圾")),
        {"description": "垃圾"},
        "D2",
    ),
    (34, book(lambda b, s: s.write_formula(1, 4, "=NA()", None, "#N/A")), {"category": None}, "E2"),
]


@pytest.mark.parametrize(("number", "data", "holds", "says"), ROWS, ids=lambda v: str(v)[:14])
def test_a_row_is_taken_as_far_as_it_is_certain(
    town: Zg,
    tmp_path: Path,
    number: int,
    data: bytes,
    holds: dict[str, Any],
    says: str,
) -> None:
    name = "a.xlsx" if data.startswith(b"PK") else "a.csv"
    (tmp_path / name).write_bytes(data)
    result = town("import", name, "--dry-run", "--json")
    assert result.code == 0, result
    (record,) = json.loads(result.out)["records"]
    assert {key: record[key] for key in holds} == holds
    told = town("import", name, "--dry-run").err
    assert says in told
    assert "\x1b" not in told
    if says and number not in (14,):
        place = "row 3" if number == 17 else "row 2"
        assert place in told


@pytest.mark.parametrize(
    ("number", "data", "says"),
    [
        (
            18,
            csv("外-1," + GOOD, "外-1," + GOOD.replace("桥头", "巷尾"), head="问题编号," + HEAD),
            "row 2 too",
        ),
        (31, csv(GOOD, GOOD.replace("垃圾满溢", "  ")), "row 3"),
        (32, csv(GOOD, GOOD.replace("垃圾满溢", "长" * 200_000)), "row 3"),
        (38, csv(*[GOOD] * 50, GOOD.replace("垃圾满溢", "")), "row 52"),
    ],
    ids=lambda v: str(v)[:8],
)
def test_a_row_is_named_and_none_comes_in_by_halves(
    town: Zg,
    tmp_path: Path,
    number: int,
    data: bytes,
    says: str,
) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    before = town("export", "-f", "json").out
    result = town("import", "a.csv", *(["--strict"] if number == 18 else []))
    assert result.code == 3
    assert says in result.err
    assert all(len(line) < 400 for line in result.err.splitlines())
    assert town("export", "-f", "json").out == before


def test_19_a_number_that_is_here_is_told(town: Zg, tmp_path: Path) -> None:
    number = town("list", "state:rectifying", "-n", 1, "-c", "number").out.strip()
    (tmp_path / "a.csv").write_bytes(csv(f"{number}," + GOOD, head="问题编号," + HEAD))
    result = town("import", "a.csv")
    assert result.code == 4
    assert number in result.err


@pytest.mark.parametrize("number", ["12a", "-5", "1e3", "1_000", "٣", "9" * 5000])
def test_20_to_22_what_is_no_number_names_no_item(town: Zg, number: str) -> None:
    result = town("show", "--", number)
    assert result.code == 6
    assert len(result.err) < 200


def test_23_a_whole_number_out_of_a_spreadsheet(town: Zg, tmp_path: Path) -> None:
    data = book(lambda b, s: (s.write(0, 7, "来件编号"), s.write(1, 7, 12.0)))
    (tmp_path / "a.xlsx").write_bytes(data)
    (record,) = json.loads(town("import", "a.xlsx", "--dry-run", "--json").out)["records"]
    assert record["external_no"] == "12"


def test_39_paths_that_lead_nowhere(town: Zg, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("gone.csv", ".", "/dev/zero", "pipe", "x" * 300):
        result = town("import", name)
        assert result.code == 3, (name, result)
        assert len(result.err.splitlines()) == 1
    assert town("export", "-o", "no/where.xlsx").code in (3, 8)
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("list", "unit:[/red]"), 3),
        (("assign", "CW-2026-0001", "--due", "tomorow"), 3),
        (("show", "999999999"), 6),
        (("show", "--", "-1"), 6),
        (("nothing",), 2),
        (("list", "--nothing"), 2),
    ],
)
def test_40_words_that_mean_nothing(town: Zg, args: tuple[str, ...], code: int) -> None:
    result = town(*args)
    assert result.code == code, result
    assert len(result.err.splitlines()) == 1
