"""An office's own Word files: checked when they are put in, filled with text and nothing else."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from tests_support import TODAY, Office

from core.actions.papers import DraftPaper, SignPaper
from core.actions.registers import ChangeSettings
from core.model import NOTICES, Document, DocumentKind
from store.care.check import check
from store.disk.photos import template_file
from store.errors import FileRefused
from store.papers.issuing import written
from store.papers.templates import check_template, filled, sample
from tui.words.texts import say

HOSTILE = "a<b>&amp;{{ office }}{% if %}\n第二行" + "长" * 200


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", NOTICES)
def test_the_one_to_begin_with_is_sound(kind: DocumentKind) -> None:
    found = check_template(sample(kind), kind, "a.docx")
    assert (found.missing, found.unknown) == ((), ())


def test_what_is_missing_and_what_is_unknown_is_named() -> None:
    data = word("{{ numbr }} {{ day }}", "{{ unit }}")
    found = check_template(data, DocumentKind.SUPERVISION, "a.docx")
    assert found.missing == ("number", "items")
    assert found.unknown == ("numbr",)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 cut",
        b"text",
        word("{{ number"),
        word("{% for %}"),
        word("{% import 'x' %}"),
        word("{{ number }}{{ day }}{{ count + '件' }}{{ items }}"),
        word("{{ number }}{{ day }}{% for i in items %}{{ i.foo }}{% endfor %}"),
    ],
)
def test_a_file_that_is_no_template_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        check_template(data, DocumentKind.SUPERVISION, "a.docx")


def signed(office: Office) -> Document:
    key = office.issued(description=HOSTILE, location="<w:p/>{{ x }}")
    made = (
        office.do(DraftPaper(kind=DocumentKind.ASSIGNMENT, unit=2, items=(key,)))
        .of("documents")[0]
        .id
    )
    office.do(SignPaper(document=made))
    found = office.town.documents[made]
    assert isinstance(found, Document)
    return found


def test_a_paper_stays_on_the_template_it_was_signed_on(office: Office) -> None:
    photos = office.repository.photos
    data = word(
        "本镇自用 {{ number }} {{ day }}",
        "{%p for item in items %}",
        "{{ item.told }}",
        "{%p endfor %}",
    )
    digest = photos.keep_template(data)
    office.do(ChangeSettings(fields={"templates": {"assignment": digest}}))
    document = signed(office)
    office.do(ChangeSettings(fields={"templates": {}}))
    made = written(document, office.town, TODAY, "docx", photos)
    told = text_of(made)
    assert told.startswith("本镇自用 交办单2026年第1批 2026年3月31日")
    assert "a<b>&amp;{{ office }}{% if %}" in told
    assert "<w:p/>{{ x }}" in told
    assert made == written(document, office.town, TODAY, "docx", photos)
    assert check(office.path).sound
    photos.path(template_file(digest)).unlink()
    assert "photo_gone" in {f.code for f in check(office.path).findings if f.grave}


def test_templates_can_reach_nothing_but_what_they_are_given(office: Office) -> None:
    document = signed(office)
    data = word("{{ number }} {{ day }} {{ items }} {{ ''.__class__.__mro__ }}")
    with pytest.raises(FileRefused):
        filled(data, json.loads(document.evidence))


def test_a_template_that_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileRefused):
        check_template(b"", DocumentKind.BRIEF, "a.docx")


# What a template may not do


def with_member(data: bytes, name: str, content: bytes) -> bytes:
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


GOOD = "{{ number }}{{ day }}{% for i in items %}{{ i.no }}{% endfor %}"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{{ 'x' * 2000000000 }}", "template_unbounded"),
        ("{{ 9 ** 9 ** 9 }}", "template_unbounded"),
        ("{{ '%1000000000d' % 1 }}", "template_unbounded"),
        ("{{ lipsum() }}", ""),
        ("{% for i in range(1000000000) %}x{% endfor %}", ""),
        ("{{ 'x'.rjust(2000000000) }}", "too_much"),
        ("{{ items }}", "template_lists"),
        ("{{ items[0] }}", "template_lists"),
        ("{{ [day] }}", "template_lists"),
        ("{{ items ~ '' }}", "template_lists"),
        ("{{ items[0] ~ '' }}", "template_lists"),
        ("{{ items[:1] ~ '' }}", "template_lists"),
        ("{{ items|join('、') }}", "template_lists"),
        ("{{ items|map(attribute='number')|list|string }}", "template_lists"),
        ("{{ items|map(attribute='number') }}", "template_lists"),
        ("{{ unit.upper }}", "template_lists"),
        ("{% for i in items %}{{ i.foo }}{% endfor %}", "template_unknown"),
        ("{{ number", "template_syntax"),
        ("{% for i in items %}", "template_syntax"),
    ],
)
def test_what_computes_without_bound_is_refused(line: str, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        found = check_template(word(GOOD, line), DocumentKind.SUPERVISION, "a.docx")
        if found.unknown:  # range and lipsum are names nobody knows
            raise FileRefused("unknown")
    assert caught.value.code == code or not code
    if code:
        said = say(caught.value)
        assert "a.docx" in said
        assert "jinja" not in said and "expected" not in said


def test_what_hides_behind_a_condition_ends_at_signing(office: Office) -> None:
    hidden = "{% if items|length > 2 %}{{ 'x'.rjust(2000000000) }}{% endif %}"
    data = word(GOOD, hidden)
    found = check_template(data, DocumentKind.SUPERVISION, "a.docx")
    assert (found.missing, found.unknown) == ((), ())
    digest = office.repository.photos.keep_template(data)
    office.do(ChangeSettings(fields={"templates": {"supervision": digest}}))
    items = tuple(office.issued(due=date(2026, 3, 29)) for _ in range(3))
    made = office.do(
        DraftPaper(kind=DocumentKind.SUPERVISION, unit=2, items=items, work_until=date(2026, 4, 7))
    )
    key = made.of("documents")[0].id
    with pytest.raises(FileRefused, match="too_much"):
        office.do(SignPaper(document=key))
    assert office.town.documents[key].number == ""


def test_loops_in_loops_end(office: Office) -> None:
    line = "".join(f"{{% for a{n} in items %}}" for n in range(40)) + "x" + "{% endfor %}" * 40
    with pytest.raises(FileRefused):
        check_template(word(GOOD, line), DocumentKind.SUPERVISION, "a.docx")


RELS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(
    "kind", ["attachedTemplate", "image", "oleObject", "aFChunk", "frame", "subDocument"]
)
def test_what_comes_from_outside_is_refused_by_name(kind: str) -> None:
    data = word(GOOD)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        rels = whole.read(RELS)
    more = f'<Relationship Id="rX" Type="{OFFICE}/{kind}" Target="http://evil/x" TargetMode="External"/>'
    spoiled = with_member(
        data, RELS, rels.replace(b"</Relationships>", more.encode() + b"</Relationships>")
    )
    with pytest.raises(FileRefused) as caught:
        check_template(spoiled, DocumentKind.SUPERVISION, "a.docx")
    assert caught.value.code == "template_outside"
    assert "http://evil/x" in say(caught.value)


def instruction(*texts: str) -> bytes:
    return b"".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>".encode() for text in texts)


BEGIN, END = (
    f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>".encode() for kind in ("begin", "end")
)


@pytest.mark.parametrize(
    "paragraph",
    [
        BEGIN + instruction("DD", "EAUTO c:\\x") + END,
        BEGIN + instruction("{{ 'DD' ~ 'EAUTO' }} c:\\x") + END,
        BEGIN + instruction("&#68;DEAUTO c:\\x") + END,
        BEGIN + instruction("DD<!-- -->EAUTO c:\\x") + END,
        BEGIN + instruction("IF 1=1 ") + BEGIN + instruction(" dde x") + END + END,
        BEGIN + instruction("IMPORT http://evil/x.png") + END,
        BEGIN + instruction("DATABASE \\c x"),
        b"<w:fldSimple w:instr=' dde c:\\x '><w:r><w:t>x</w:t></w:r></w:fldSimple>",
        b"<w:fldSimple w:instr='{{ number }}'><w:r><w:t>x</w:t></w:r></w:fldSimple>",
        b"<w:altChunk/>",
    ],
)
def test_fields_are_read_as_word_reads_them(paragraph: bytes) -> None:
    data = word(GOOD)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        document = whole.read("word/document.xml")
    spoiled = document.replace(b"</w:body>", b"<w:p>" + paragraph + b"</w:p></w:body>")
    assert spoiled != document
    with pytest.raises(FileRefused, match="template_outside"):
        check_template(
            with_member(data, "word/document.xml", spoiled), DocumentKind.SUPERVISION, "a.docx"
        )


def test_an_outside_picture_called_a_link_is_no_link() -> None:
    data = word(GOOD)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        rels, document = whole.read(RELS), whole.read("word/document.xml")
    link = f'<Relationship Id="rX" Type="{OFFICE}/hyperlink" Target="http://x/x.png" TargetMode="External"/>'
    picture = (
        f'<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="{OFFICE}"'
        ' r:id="rX"/></w:pict></w:r></w:p></w:body>'
    )
    data = with_member(
        data, RELS, rels.replace(b"</Relationships>", link.encode() + b"</Relationships>")
    )
    data = with_member(data, "word/document.xml", document.replace(b"</w:body>", picture.encode()))
    with pytest.raises(FileRefused, match="template_outside"):
        check_template(data, DocumentKind.SUPERVISION, "a.docx")


def test_links_stay_macros_and_fields_go() -> None:
    data = word(GOOD)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        rels, document = whole.read(RELS), whole.read("word/document.xml")
    link = f'<Relationship Id="rX" Type="{OFFICE}/hyperlink" Target="http://gov/x" TargetMode="External"/>'
    linked = with_member(
        data, RELS, rels.replace(b"</Relationships>", link.encode() + b"</Relationships>")
    )
    assert check_template(linked, DocumentKind.SUPERVISION, "a.docx").missing == ()
    for run in (
        b"<w:r><w:t>{{ items|map(attribute='number')|join }}</w:t></w:r>",
        BEGIN + instruction("PAGE") + END,
    ):
        kept = document.replace(b"</w:body>", b"<w:p>" + run + b"</w:p></w:body>")
        found = check_template(
            with_member(data, "word/document.xml", kept), DocumentKind.SUPERVISION, "a.docx"
        )
        assert found.missing == ()
    field = b"<w:p><w:r><w:instrText>DDEAUTO c:\\x.exe</w:instrText></w:r></w:p></w:body>"
    for spoiled in (
        with_member(data, "word/vbaProject.bin", b"x"),
        with_member(data, "word/embeddings/oleObject1.bin", b"x"),
        with_member(data, "word/document.xml", document.replace(b"</w:body>", field)),
    ):
        with pytest.raises(FileRefused, match="template_outside"):
            check_template(spoiled, DocumentKind.SUPERVISION, "a.docx")
