"""An office's own Word files: checked when they are put in, filled with text and nothing else."""

import io
import json
from pathlib import Path

import docx
import pytest
from tests_support import TODAY, Office

from core.actions import ChangeSettings, DraftPaper, SignPaper
from core.model import Document, DocumentKind
from store.checking import check
from store.errors import FileRefused
from store.papers.issuing import written
from store.papers.templates import check_template, filled, sample
from store.photos import template_file

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


@pytest.mark.parametrize("kind", DocumentKind)
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
