"""File formats: told by content when reading, by suffix or option when writing."""

from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from store.errors import FileRefused

if TYPE_CHECKING:
    from store.ledgers.zipped import Archive

LARGEST_FILE = 50 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Format(StrEnum):
    """What `zg export` writes."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MD = "md"
    DOCX = "docx"

    @property
    def binary(self) -> bool:
        """Whether it may not go to a terminal."""
        return self in (Format.XLSX, Format.DOCX)


class Content(StrEnum):
    """What a file turns out to hold."""

    WORKBOOK = "workbook"
    WORD = "word"
    HTML = "html"
    TEXT = "text"
    JSON = "json"


def format_of(name: str) -> Format:
    """The format a suffix stands for. Raises `FileRefused("unknown_format")`."""
    suffix = PurePath(name).suffix.lower().lstrip(".")
    try:
        return Format("md" if suffix == "markdown" else suffix)
    except ValueError:
        raise FileRefused("unknown_format", file=name, expected=tuple(Format)) from None


def content_of(data: bytes, name: str) -> Content:
    """What the bytes are, whatever the file is called. Raises `FileRefused`."""
    if len(data) > LARGEST_FILE:
        raise FileRefused("too_big", file=name, limit=LARGEST_FILE // (1 << 20))
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise FileRefused("empty_file", file=name)
    if data.startswith(b"PK"):
        from store.ledgers.zipped import Archive  # not needed to write one

        return _in_zip(Archive(data, name), name)
    if data.startswith(_OLE):
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data:
            raise FileRefused("encrypted", file=name)
        return Content.WORKBOOK
    head = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:512]
    if head[:1] in (b"[", b"{"):
        return Content.JSON
    lowered = head.lower()
    if b"schemas-microsoft-com:office:spreadsheet" in lowered:
        raise FileRefused("xml_file", file=name)
    if b"<html" in lowered or b"<table" in lowered or b"<!doctype" in lowered:
        return Content.HTML
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise FileRefused("not_a_ledger", file=name)
    return Content.TEXT


def _in_zip(archive: "Archive", name: str) -> Content:
    if "xl/workbook.xml" in archive or "content.xml" in archive:
        return Content.WORKBOOK
    if "word/document.xml" in archive:
        return Content.WORD
    raise FileRefused("not_a_ledger", file=name)
