"""Photos of before and after: what they say, sheets of them, and what speaks against them."""

import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from cli_support import Zg
from PIL import Image

from store.disk.pictures import looked_at, made_small
from store.errors import FileRefused


def picture(
    seed: int, *, taken: str = "2026:03:02 09:00:00", turn: int = 1, size: int = 600
) -> bytes:
    """A photo of a pattern of its own, as a telephone writes it."""
    small = Image.new("L", (9, 8))
    small.putdata([(seed * 37 + x * 53 + x * x * seed * 11) % 256 for x in range(72)])
    whole = small.resize((size, size * 3 // 4), Image.Resampling.BICUBIC).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = turn, "Owner"
    exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8825)[2] = (30.0, 12.0, 5.0)
    out = io.BytesIO()
    whole.save(out, "JPEG", exif=exif)
    return out.getvalue()


def ok(result: object) -> str:
    assert result.code == 0, result.err  # type: ignore[attr-defined]
    return str(result.out)  # type: ignore[attr-defined]


@pytest.fixture
def office(empty: Zg) -> Zg:
    """A town with one problem that has been reported done, and photos beside it."""
    for name, data in (
        ("前.jpg", picture(3)),
        ("后.jpg", picture(8, taken="2026:03:04 08:00:00", turn=6)),
        ("旧.jpg", picture(13, taken="2020:01:01 08:00:00")),
        ("像.jpg", picture(3, size=400)),
        ("坏.jpg", b"\xff\xd8\xff" + b"\x00" * 4000),
    ):
        Path(name).write_bytes(data)
    ok(empty("unit", "add", "环卫所"))
    ok(empty("zone", "add", "Z01", "第一段", "--kind", "街道段"))
    return empty


def test_a_photo_says_when_it_was_taken_and_what_it_looks_like() -> None:
    one, same = looked_at(picture(3), "a.jpg"), looked_at(picture(3, size=400), "b.jpg")
    other = looked_at(picture(8), "c.jpg")
    assert str(one.taken) == "2026-03-02"
    assert (int(one.look, 16) ^ int(same.look, 16)).bit_count() <= 5
    assert (int(one.look, 16) ^ int(other.look, 16)).bit_count() > 10


def test_small_photos_stand_upright_and_tell_nothing_of_their_owner() -> None:
    small = Image.open(io.BytesIO(made_small(picture(8, turn=6), "a.jpg", 300)))
    assert small.size == (225, 300)
    assert not small.getexif()
    kept = Image.open(io.BytesIO(made_small(picture(8, turn=6), "a.jpg", 300, exif=True)))
    assert kept.getexif()[0x013B] == "Owner" and 0x0112 not in kept.getexif()


def bomb() -> bytes:
    """A PNG that says it is larger than any memory."""
    out = io.BytesIO()
    Image.new("1", (10, 10)).save(out, "PNG")
    data = bytearray(out.getvalue())
    data[16:24] = (200_000).to_bytes(4, "big") + (200_000).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [bomb(), picture(3)[:400], b"\xff\xd8\xff" + b"\x00" * 999, b"BM" + b"\xff" * 200, b"%PDF-1.4"],
    ids=["bomb", "truncated", "no jpeg", "no bmp", "a scan"],
)
def test_hostile_pictures_are_one_sentence(data: bytes) -> None:
    assert looked_at(data, "x").look == ""
    with pytest.raises(FileRefused) as refused:
        made_small(data, "x.jpg", 300)
    assert refused.value.code in ("picture_unreadable", "too_much")


def test_pairs_go_out_as_word_and_as_a_workbook(office: Zg) -> None:
    for number in range(6):
        told = ok(office("add", f"第一段 街口{number} 垃圾", "--on", "2026-03-01"))
        name = told.split()[-1]
        ok(office("attach", name, "前.jpg", "--before"))
        if number:
            ok(office("attach", name, "后.jpg", "--after"))
    ok(office("add", "第一段 无照片 垃圾", "--on", "2026-03-01"))
    told = office("export", "--photos", "-o", "对比.docx")
    assert "1 item has no photo" in told.err and told.code == 0, told.err
    made = docx.Document("对比.docx")
    assert len(made.tables) == 6
    assert "整改后（无照片）" in made.tables[0].cell(1, 1).text
    with zipfile.ZipFile("对比.docx") as archive:
        pictures = [archive.read(n) for n in archive.namelist() if "/media/" in n]
    assert all(b"Exif" not in each for each in pictures)
    ok(office("export", "--photos", "-o", "对比.xlsx"))
    sheet = openpyxl.load_workbook("对比.xlsx").worksheets[0]
    assert len(sheet._images) == 11
    assert office("export", "--photos", "-o", "对比.csv").code != 0


def test_a_photo_that_cannot_be_shown_is_told_and_left_empty(office: Zg) -> None:
    name = ok(office("add", "第一段 街口 垃圾", "--on", "2026-03-01")).split()[-1]
    ok(office("attach", name, "坏.jpg", "--before"))
    told = office("export", "--photos", "-o", "对比.docx")
    assert told.code == 0 and "坏.jpg" in told.err and "decoded" in told.err


def test_the_same_picture_at_a_closed_problem_is_told(office: Zg) -> None:
    for at in (1, 2):
        ok(office("add", f"第一段 街口{at} 垃圾", "--on", "2026-03-01"))
        ok(office("accept", f"R-000{at}", "--category", "环境卫生", "--on", "2026-03-01"))
        number = f"CW-2026-000{at}"
        ok(
            office(
                "assign", number, "--unit", "环卫所", "--due", "2026-03-09", "--on", "2026-03-01"
            )
        )
        done = ("--measure", "已清运", "--on", "2026-03-04", "--for", "环卫所")
        ok(office("submit", number, *done))
        ok(office("attach", number, "后.jpg", "--after", "--on", "2026-03-04"))
    ok(office("pass", "CW-2026-0001", "--on", "2026-03-05"))
    told = office("pass", "CW-2026-0002", "--on", "2026-03-05")
    assert "the same picture twice: 后.jpg / CW-2026-0001 后.jpg" in told.err


def test_what_speaks_against_a_photo_is_told_at_re_inspection(office: Zg) -> None:
    name = ok(office("add", "第一段 街口 垃圾", "--on", "2026-03-01")).split()[-1]
    ok(office("attach", name, "前.jpg", "--before"))
    ok(office("accept", name, "--category", "环境卫生", "--on", "2026-03-01"))
    ok(office("assign", name, "--unit", "环卫所", "--due", "2026-03-09", "--on", "2026-03-01"))
    done = ("submit", name, "--measure", "已清运", "--on", "2026-03-03")
    ok(office(*done, "--for", "环卫所"))
    for photo in ("后.jpg", "旧.jpg", "像.jpg", "前.jpg"):
        ok(office("attach", name, photo, "--after", "--on", "2026-03-04"))
    number = json.loads(ok(office("list", "--json")))[0]["number"]
    told = office("pass", number, "--on", "2026-03-05")
    assert told.code == 0, told.err
    assert "后.jpg 2026-03-04: taken after the day it was reported done" in told.err
    assert "旧.jpg 2020-01-01: taken before the problem was found" in told.err
    assert "pictures much alike: 像.jpg / 前.jpg" in told.err
    assert "the same picture twice: 前.jpg / 前.jpg" in told.err
