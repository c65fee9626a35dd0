"""A document as a file: Word, plain text, or the sheet that belongs to it; and the register of all."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from core.model import Document, DocumentKind, DocumentState
from core.papers.made_from import said
from core.town.town import Town
from core.words.text import visible
from store.disk.photos import Photos, template_file
from store.errors import FileRefused
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_rows
from store.papers.circular.book import appraisal_book
from store.papers.circular.message import appraisal_message
from store.papers.compose import paper_of
from store.papers.paper import Paper, plain_text, rows_of
from store.papers.summary.book import summary_book
from store.papers.summary.markdown import as_markdown
from store.papers.templates import filled
from store.papers.word import as_docx

KIND_NAMES: dict[DocumentKind, str] = {
    DocumentKind.ASSIGNMENT: "交办单",
    DocumentKind.SUPERVISION: "督办通知书",
    DocumentKind.CIRCULAR: "通报批评",
    DocumentKind.TALK: "约谈记录",
    DocumentKind.EXPOSURE: "曝光台",
    DocumentKind.BRIEF: "简报",
    DocumentKind.APPRAISAL: "考核通报",
    DocumentKind.SUMMARY: "工作总结",
}
STATE_NAMES: dict[DocumentState, str] = {
    DocumentState.DRAFTED: "草稿",
    DocumentState.PUBLISHED: "公示",
    DocumentState.SIGNED: "已签发",
    DocumentState.SERVED: "已送达",
    DocumentState.RECEIVED: "已回执",
    DocumentState.WITHDRAWN: "作废",
}
FORMS = ("docx", "txt", "xlsx")
"""What a paper is written as."""
REGISTER: dict[str, str] = {
    "number": "文号",
    "kind": "文种",
    "unit": "责任单位",
    "count": "问题数",
    "items": "问题编号",
    "signed_on": "签发日期",
    "work_until": "要求完成",
    "served_on": "送达日期",
    "received_on": "回执日期",
    "stage": "状态",
    "withdrawn_why": "作废原因",
    "digest": "校验码",
}
"""Columns of the register, in its order."""


def paper(document: Document, town: Town, day: date) -> Paper:
    """What is on a document: as it was signed, or as a draft stands today."""
    return paper_of(_told(document, town, day))


def _told(document: Document, town: Town, day: date) -> dict[str, Any]:
    """The evidence, with a number that says so where the paper holds no more."""
    evidence = said(document, town, day)
    if document.state == DocumentState.WITHDRAWN:
        return evidence | {"number": f"{document.label}（作废）"}
    return evidence


def written(document: Document, town: Town, day: date, form: str, photos: Photos) -> bytes:
    """A document as `docx`, `txt` or, where it has a table, `xlsx`. Raises `KeyError` for others.

    A signed one is written on the template it was signed on, kept among the `photos`; in the usual
    layout where that cannot be filled in.
    """
    evidence = _told(document, town, day)
    made = paper_of(evidence)
    if form == "docx":
        template = evidence.get("template")
        if template:
            with suppress(FileRefused):  # a paper that is signed can always be written
                return filled(photos.read(template_file(template)), evidence)
        return as_docx(made)
    if form == "txt":
        return visible(_text(evidence, made)).encode()
    if form == "md" and evidence["kind"] == DocumentKind.SUMMARY:
        return as_markdown(evidence)
    if form != "xlsx":
        raise KeyError(form)
    if evidence["kind"] == DocumentKind.SUMMARY:
        return summary_book(evidence)
    if evidence["kind"] == DocumentKind.APPRAISAL:
        return appraisal_book(evidence)
    header, rows = rows_of(made)
    headers = dict(zip(header, header, strict=True))
    cells: list[dict[str, Any]] = [dict(zip(header, row, strict=True)) for row in rows]
    return write_rows(cells, Format.XLSX, headers, title=made.title)


def _text(evidence: dict[str, Any], made: Paper) -> str:
    """As a message; a circular as a short one."""
    if evidence["kind"] == DocumentKind.APPRAISAL:
        return appraisal_message(evidence)
    return plain_text(made)


def prove(document: Document, town: Town, photos: Photos) -> None:
    """Write a paper that is about to be signed in each of its forms, in memory.

    Raises `FileRefused` where one cannot be written: then it is not signed.
    """
    evidence = said(document, town, document.signed_on or date.min)
    template = evidence.get("template")
    if template:
        filled(photos.read(template_file(template)), evidence)
    for form in ("docx", "txt"):
        try:
            written(document, town, document.signed_on or date.min, form, photos)
        except ValueError as error:
            raise FileRefused("paper_unwritable", file=document.label) from error


def late(document: Document, day: date) -> bool:
    """Whether its receipt should be in: it was asked for by a day that has passed."""
    waits = document.state in (DocumentState.SIGNED, DocumentState.SERVED)
    return waits and document.work_until is not None and document.work_until < day


def register(documents: Sequence[Document], town: Town) -> list[dict[str, Any]]:
    """The register: a row each, withdrawn ones too, by kind, year and number."""
    ordered = sorted(documents, key=lambda d: (d.kind, d.year, d.seq, d.id))
    return [
        {
            "number": document.label,
            "kind": KIND_NAMES[document.kind],
            "unit": town.units[document.unit].name if document.unit in town.units else None,
            "count": len(document.items),
            "items": "、".join(town.item(key).label for key in document.items) or None,
            "signed_on": document.signed_on,
            "work_until": document.work_until,
            "served_on": document.served_on,
            "received_on": document.received_on,
            "stage": STATE_NAMES[document.state],
            "withdrawn_why": document.withdrawn_why or None,
            "digest": document.digest or None,
        }
        for document in ordered
    ]
