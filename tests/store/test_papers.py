"""Papers on paper: every number, place, day and text of the evidence is in them, whatever the text is."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from tests_support import NOW, TODAY, Office

from core.actions.papers import DraftPaper, SignPaper, WithdrawPaper
from core.model import NOTICES, Document, DocumentKind
from core.papers.made_from import said
from core.words.text import visible
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_rows
from store.papers.compose import numeral, paper_of
from store.papers.issuing import REGISTER, register, written
from store.papers.paper import plain_text
from store.papers.word import as_docx

HOSTILE = "a<b>&amp;{{ x }}{% y %}\n第二行\t=1+1 “引号”…" + "长" * 10_000


def evidence(
    kind: DocumentKind = DocumentKind.SUPERVISION, count: int = 3, **changed: Any
) -> dict[str, Any]:
    item = {
        "zone": "第二段",
        "location": "桂花街西段沿街电杆",
        "description": "小广告清除不彻底，仍有11处残留，影响街面观感",
        "category": "市容环境",
        "subcategory": "",
        "severity": "一般",
        "unit": "城管中队",
        "responsible": "",
        "requirement": "按标准整改到位",
        "close_standard": "清除并覆色",
        "found_on": "2026-03-02",
        "issued_on": "2026-03-03",
        "due": "2026-03-05",
        "work_until": "2026-03-05",
        "overdue": True,
        "overdue_days": 2,
        "reworks": 1,
        "reopened": 0,
        "level": 1,
        "finding": "仍有11处",
        "looked_on": "2026-03-09",
        "claimed": False,
        "closed": False,
    }
    return {
        "office": "示例镇创卫办",
        "copies": "镇党政办",
        "contact": "督查组 0000-0000000",
        "kind": kind.value,
        "number": "创卫办督〔2026〕12号",
        "day": "2026-03-10",
        "unit": "城管中队",
        "leader_post": "中队长",
        "work_until": "2026-03-12",
        "reason": "逾期",
        "reference": "党委会纪要3号",
        "text": "约谈情况如下",
        "items": [item | {"number": f"CW-2026-{n:04d}"} for n in range(1, count + 1)],
    } | changed


def text_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", NOTICES)
def test_everything_it_is_made_from_is_in_it(kind: DocumentKind) -> None:
    facts = evidence(kind)
    if kind == DocumentKind.ASSIGNMENT:
        facts["number"] = "交办单2026年第5批"
    paper = paper_of(facts)
    for said_there in (text_of(as_docx(paper)), plain_text(paper)):
        for item in facts["items"]:
            assert item["description"] in said_there
            assert item["location"] in said_there
            if kind != DocumentKind.EXPOSURE:
                assert item["number"] in said_there
        assert "2026年3月10日" in said_there
        assert facts["number"] in said_there
        if kind in (DocumentKind.SUPERVISION, DocumentKind.ASSIGNMENT, DocumentKind.TALK):
            assert facts["unit"] in said_there


@pytest.mark.parametrize("kind", NOTICES)
def test_no_text_breaks_or_drives_a_paper(kind: DocumentKind) -> None:
    facts = evidence(kind, text=HOSTILE, copies=HOSTILE[:40])
    for item in facts["items"]:
        item["description"] = HOSTILE + "\x1b[2J\ud800"
        item["location"] = "<w:p/>{{ office }}"
    data = as_docx(paper_of(facts))
    found = text_of(data)
    assert "{{ office }}" in found
    assert "a<b>&amp;{{ x }}{% y %}" in found
    assert visible("\x1b") in found
    assert "\x1b" not in found + plain_text(paper_of(facts)) or "\x1b" not in found


def test_the_same_paper_is_the_same_bytes() -> None:
    assert as_docx(paper_of(evidence())) == as_docx(paper_of(evidence()))


def test_page_fonts_and_lines_are_as_the_standard_has_them() -> None:
    document = docx.Document(io.BytesIO(as_docx(paper_of(evidence()))))
    page = document.sections[0]
    sides = (page.top_margin, page.left_margin, page.bottom_margin, page.right_margin)
    assert [round(side.mm) for side in sides] == [37, 28, 35, 26]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert document.settings.odd_and_even_pages_header_footer
    fonts = {
        run._element.rPr.rFonts.get(qn("w:eastAsia"))
        for paragraph in document.paragraphs
        for run in paragraph.runs
    }
    assert fonts == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"}
    headings = [p for p in document.paragraphs if p.text.startswith(("一、", "二、", "三、"))]
    assert len(headings) == 3
    assert all(p.paragraph_format.keep_with_next for p in headings)
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in document.tables)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_pages_as_they_are_printed(tmp_path: Path) -> None:
    """22 lines a page, no heading alone at its foot, the receipt on a page of its own."""
    (tmp_path / "a.docx").write_bytes(as_docx(paper_of(evidence(count=30))))
    words = ["soffice", "--headless", "--convert-to", "pdf", "a.docx"]
    home = f"-env:UserInstallation=file://{tmp_path / 'office'}"
    subprocess.run([*words, home], cwd=tmp_path, check=True, capture_output=True, timeout=110)
    told = subprocess.run(
        ["pdftotext", "-layout", "a.pdf", "-"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    pages = [
        [line.strip() for line in page.splitlines() if line.strip()] for page in told.split("\f")
    ]
    body = pages[1]
    assert body[-1].replace(" ", "") == "—2—"
    assert len(body) == 23
    assert not any(
        page and page[-2].startswith(("一、", "二、", "三、")) for page in pages if len(page) > 1
    )
    (slip,) = [n for n, page in enumerate(pages) if page and page[0].replace(" ", "") == "附件2"]
    assert "整改情况反馈回执" in pages[slip][1].replace(" ", "")
    told_there = ["".join(page).replace(" ", "") for page in pages[:slip]]
    headed = [page for page in told_there if "问题编号" in page and "整改时限" in page]
    rows = [page for page in told_there if "2026-03-" in page]
    assert len(rows) >= 2
    assert headed[-len(rows) :] == rows  # the header of the table stands on each of its pages


def test_a_paper_that_holds_no_more_says_so(office: Office) -> None:
    key = office.issued()
    made = (
        office.do(
            DraftPaper(kind=DocumentKind.ASSIGNMENT, unit=2, items=(key,), text="到我办领取展板")
        )
        .of("documents")[0]
        .id
    )
    office.do(SignPaper(document=made))
    photos = office.repository.photos
    before = text_of(written(office.town.documents[made], office.town, TODAY, "docx", photos))
    assert "到我办领取展板" in before
    office.do(WithdrawPaper(document=made, reason="写错"))
    document = office.town.documents[made]
    for form in ("docx", "txt"):
        data = written(document, office.town, TODAY, form, photos)
        assert "（作废）" in (text_of(data) if form == "docx" else data.decode())


def test_register_and_sheets(office: Office) -> None:
    key = office.issued()
    for _ in range(2):
        made = (
            office.do(DraftPaper(kind=DocumentKind.ASSIGNMENT, unit=2, items=(key,)))
            .of("documents")[0]
            .id
        )
        office.do(SignPaper(document=made))
    office.do(WithdrawPaper(document=1, reason="写错"))
    rows = register(list(office.town.documents.values()), office.town)
    book = openpyxl.load_workbook(io.BytesIO(write_rows(rows, Format.XLSX, REGISTER)))
    header, *found = book.active.values
    at = header.index("状态")
    assert [(row[0], row[at]) for row in found] == [
        ("交办单2026年第1批", "作废"),
        ("交办单2026年第2批", "已签发"),
    ]
    document = office.town.documents[2]
    assert isinstance(document, Document)
    sheet = openpyxl.load_workbook(
        io.BytesIO(written(document, office.town, TODAY, "xlsx", office.repository.photos))
    ).active
    assert sheet.max_row == 2
    assert said(document, office.town, NOW.date())["items"][0]["number"] in [
        c.value for c in sheet[2]
    ]


def test_a_brief_has_its_issue_and_what_is_in_it() -> None:
    text = "一、我镇开展集中整治\n出动60人次。\n二、市场整治见效\n新增垃圾桶12个。"
    facts = evidence(DocumentKind.BRIEF, text=text, number="2026年第7期", total=31)
    told = plain_text(paper_of(facts))
    assert "2026年第7期（总第31期）" in told
    assert (
        told.index("本期要目") < told.index("● 市场整治见效") < told.index("一、我镇开展集中整治")
    )


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text
