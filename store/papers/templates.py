"""An office's own Word file for a kind of paper: checked when it is put in, filled with the evidence.

Placeholders are those of docxtpl, `{{ number }}` and `{% for item in items %}`. What is filled in is text and nothing
else: it is never read as a placeholder again, and no markup of it reaches the file.
"""

import io
import re
from typing import Any

from msgspec import Struct

from core.model import NOTICES, DocumentKind
from core.words.text import visible
from store.disk.fence import fenced
from store.errors import FileRefused
from store.ledgers.zipped import Archive
from store.papers.compose import Evidence, paper_of, told, where
from store.papers.outside import refuse_outside
from store.papers.paper import Block, Paper, PaperTable, chinese_day
from store.papers.word import as_docx
from store.papers.word_parts import same_always

KNOWN = (
    "office",
    "number",
    "day",
    "title",
    "unit",
    "leader_post",
    "work_until",
    "reason",
    "reference",
    "text",
    "copies",
    "contact",
    "count",
    "late",
    "items",
    "paragraphs",
)
"""Placeholders a template may use."""
OF_ITEM = (
    "no",
    "number",
    "where",
    "told",
    "zone",
    "location",
    "description",
    "category",
    "requirement",
    "close_standard",
    "issued_on",
    "due",
    "work_until",
    "overdue_days",
    "reworks",
    "finding",
    "unit",
)
"""What an item of `items` has."""
_NEEDED = ("number", "day")
_OF_ITEMS = frozenset(NOTICES) - {DocumentKind.BRIEF}


LARGEST_PAPER = 20 << 20
"""Bytes of a paper made by a template."""


class Findings(Struct, frozen=True):
    """What is wrong with the placeholders of a template."""

    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def check_template(data: bytes, kind: DocumentKind, name: str) -> Findings:
    """The placeholders a template lacks, and those nothing is known for. Raises `FileRefused`."""
    return fenced(lambda: _checked(data, kind, name), name)


def _checked(data: bytes, kind: DocumentKind, name: str) -> Findings:
    archive = Archive(data, name)
    archive.check_parts()
    if "word/document.xml" not in archive:
        raise FileRefused("not_a_template", file=name, why="Word")
    refuse_outside(archive, name)
    try:
        used = _template(data).get_undeclared_template_variables(_environment())
        if all(key in KNOWN for key in used):
            made = _rendered(data, _trial(kind), strict=True)
            refuse_outside(Archive(made, name), name)
    except FileRefused:
        raise
    except Exception as error:  # whatever a damaged file or a wrong placeholder makes of it
        raise _refusal(error, archive, name) from error
    needed = (*_NEEDED, *(("items",) if kind in _OF_ITEMS and "paragraphs" not in used else ()))
    return Findings(
        tuple(key for key in needed if key not in used),
        tuple(sorted(key for key in used if key not in KNOWN)),
    )


def filled(data: bytes, evidence: Evidence) -> bytes:
    """A template with everything filled in. Raises `FileRefused`."""
    return fenced(lambda: _filled(data, evidence), paper_of(evidence).title)


def _filled(data: bytes, evidence: Evidence) -> bytes:
    name = paper_of(evidence).title
    archive = Archive(data, name)
    archive.check_parts()
    refuse_outside(archive, name)
    try:
        whole = same_always(_rendered(data, evidence, strict=False))
    except Exception as error:
        raise _refusal(error, archive, name) from error
    if len(whole) > LARGEST_PAPER:
        raise FileRefused("too_much", file=name)
    refuse_outside(Archive(whole, name), name)  # what a placeholder spelt out
    return whole


def _rendered(data: bytes, evidence: Evidence, *, strict: bool) -> bytes:
    template = _template(data)
    template.render(_context(evidence), _environment(strict=strict), autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _trial(kind: DocumentKind) -> Evidence:
    """Evidence to try a template on: two items with everything filled in."""
    words = dict.fromkeys(
        ("zone", "location", "description", "category", "requirement", "unit"), "字"
    )
    words |= dict.fromkeys(
        ("close_standard", "finding", "severity", "subcategory", "responsible"), "字"
    )
    words |= dict.fromkeys(
        ("found_on", "issued_on", "due", "work_until", "looked_on"), "2026-03-05"
    )
    counts = dict.fromkeys(("overdue_days", "reworks", "reopened", "level"), 1)
    item = words | counts | {"overdue": True, "claimed": False, "closed": False}
    about = dict.fromkeys(
        ("office", "copies", "contact", "unit", "leader_post", "reason", "reference", "text"), "字"
    )
    return about | {
        "kind": kind.value,
        "number": "1",
        "template": "",
        "total": 1,
        "day": "2026-03-05",
        "work_until": "2026-03-05",
        "items": [item | {"number": f"CW-2026-000{n}"} for n in (1, 2)],
    }


def sample(kind: DocumentKind) -> bytes:
    """A template to begin with: the usual layout with its placeholders."""
    blocks = [
        Block("{%p for line in paragraphs %}"),
        Block("{{ line }}"),
        Block("{%p endfor %}"),
    ]
    rows: tuple[tuple[str, ...], ...] = ()
    if kind in _OF_ITEMS:
        rows = (
            ("{%tr for item in items %}", "", "", "", ""),
            (
                "{{ item.no }}",
                "{{ item.number }}",
                "{{ item.where }}",
                "{{ item.description }}",
                "{{ item.work_until }}",
            ),
            ("{%tr endfor %}", "", "", "", ""),
        )
    header = ("序号", "问题编号", "点位", "问题", "时限")
    tables = (PaperTable("问题清单", header, rows, (5, 13, 22, 36, 12)),) if rows else ()
    return as_docx(
        Paper(
            mark="{{ office }}",
            number="{{ number }}",
            title="{{ title }}",
            to="{{ unit }}",
            blocks=tuple(blocks),
            attachments=("问题清单",) if rows else (),
            office="{{ office }}",
            day="{{ day }}",
            tables=tables,
        )
    )


def _context(evidence: Evidence) -> dict[str, Any]:
    from store.papers.sandbox import Rows, TemplateRow

    made = paper_of(evidence)
    days = ("day", "work_until", "issued_on", "due", "found_on")

    def text(key: str, value: Any) -> Any:
        if key in days:
            return visible(chinese_day(value))
        return visible(value) if isinstance(value, str) else value

    items = [
        TemplateRow(
            {key: text(key, value) for key, value in item.items()}
            | {
                "no": number,
                "where": visible(where(item)),
                "told": visible(told(item, evidence["day"])),
            }
        )
        for number, item in enumerate(evidence["items"], 1)
    ]
    context = {key: text(key, value) for key, value in evidence.items() if key != "items"}
    return context | {
        "number": visible(made.number),
        "title": visible(made.title),
        "items": Rows(items),
        "count": len(items),
        "late": sum(item["overdue"] for item in evidence["items"]),
        "paragraphs": Rows(
            visible(block.text) for block in made.blocks if isinstance(block, Block)
        ),
    }


def _template(data: bytes) -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate(io.BytesIO(data))


def _environment(*, strict: bool = False) -> Any:
    from store.papers.sandbox import environment

    return environment(strict=strict)


def _refusal(error: Exception, archive: Archive, name: str) -> FileRefused:
    """Why a template cannot be filled in: which paragraph, and what is wrong there."""
    from store.papers.sandbox import Listed, Unbounded

    if isinstance(error, MemoryError | RecursionError):
        return FileRefused("too_much", file=name)
    told = str(error)
    unknown = _UNKNOWN.search(told)
    paragraph = _paragraph(archive, unknown.group(1) if unknown else "")
    if isinstance(error, Unbounded):
        return FileRefused("template_unbounded", file=name, value=told)
    if isinstance(error, Listed):
        return FileRefused("template_lists", file=name, value=told)
    if unknown:
        return FileRefused(
            "template_unknown",
            file=name,
            value=unknown.group(1),
            paragraph=paragraph,
            expected=OF_ITEM,
        )
    if type(error).__name__ in ("TemplateSyntaxError", "TemplateAssertionError"):
        return FileRefused("template_syntax", file=name, paragraph=_broken(archive))
    return FileRefused("template_fails", file=name, paragraph=paragraph or _broken(archive))


_UNKNOWN = re.compile(r"has no attribute '([^']{1,60})'|'([^']{1,60})' is undefined")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def _paragraphs(archive: Archive) -> list[str]:
    """The paragraphs of a Word file as people read them."""
    from lxml import etree

    try:
        root = etree.fromstring(archive.read("word/document.xml"))
    except etree.LxmlError:
        return []
    texts = ("".join(t.text or "" for t in p.iter(f"{_W}t")) for p in root.iter(f"{_W}p"))
    return [text for text in texts if text.strip()]


def _paragraph(archive: Archive, word: str) -> str:
    """The first paragraph that uses a word as a placeholder, cut short."""
    if not word:
        return ""
    return next((p[:60] for p in _paragraphs(archive) if word in "".join(_TAG.findall(p))), "")


def _broken(archive: Archive) -> str:
    """The first paragraph whose placeholders do not close, else the first that has any."""
    told = [p for p in _paragraphs(archive) if "{" in p]
    odd = (p for p in told if p.count("{{") != p.count("}}") or p.count("{%") != p.count("%}"))
    return next(odd, told[0] if told else "")[:60]
