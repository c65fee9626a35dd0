"""Pictures in a workbook: which cell each stands in, and where in the file it is."""

import posixpath
import re
from html import unescape

from store.disk.fence import Send, fenced_parts
from store.errors import FileRefused
from store.ledgers.zipped import Archive

DRAWN = "xl/cellimages.xml"
"""Where WPS keeps the pictures of its DISPIMG formulas."""
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ANCHOR = re.compile(
    rb"<xdr:(?:oneCell|twoCell)Anchor\b.*?</xdr:(?:oneCell|twoCell)Anchor>", re.DOTALL
)
_FROM = re.compile(
    rb"<xdr:from>.*?<xdr:col>(\d{1,5})</xdr:col>.*?<xdr:row>(\d{1,7})</xdr:row>", re.DOTALL
)
_EMBED = re.compile(rb'\br:embed="([^"]+)"')
_CELL_IMAGE = re.compile(rb"<etc:cellImage\b.*?</etc:cellImage>", re.DOTALL)
_NAME = re.compile(rb'\bname="([^"]+)"')
_ID = re.compile(r'DISPIMG\(\s*"([^"]+)"')


def attribute(tag: bytes, name: str) -> str:
    """The value of an attribute of a tag; empty where it has none."""
    found = re.search(rf'\b{re.escape(name)}="([^"]*)"'.encode(), tag)
    return unescape(found.group(1).decode("utf-8", "replace")) if found else ""


def relations(archive: Archive, part: str) -> dict[str, str]:
    """The members a part refers to, by the ids it uses."""
    folder, base = posixpath.split(part)
    found = {}
    for tag in _RELATION.findall(archive.read(f"{folder}/_rels/{base}.rels")):
        target = attribute(tag, "Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found[attribute(tag, "Id")] = posixpath.normpath(path)
    return found


def anchored(archive: Archive, sheet: str) -> dict[tuple[int, int], list[str]]:
    """The pictures laid over a sheet, by the cell their corner stands in, from 0."""
    found: dict[tuple[int, int], list[str]] = {}
    for drawing in relations(archive, sheet).values():
        if "/drawings/" not in drawing:
            continue
        named = relations(archive, drawing)
        for anchor in _ANCHOR.findall(archive.read(drawing)):
            corner, embed = _FROM.search(anchor), _EMBED.search(anchor)
            path = named.get(embed.group(1).decode("utf-8", "replace"), "") if embed else ""
            if corner and path:
                found.setdefault((int(corner.group(2)), int(corner.group(1))), []).append(path)
    return found


def drawn(archive: Archive) -> dict[str, str]:
    """The pictures of DISPIMG formulas, by the id the formula names."""
    named = relations(archive, DRAWN)
    found = {}
    for image in _CELL_IMAGE.findall(archive.read(DRAWN)):
        name, embed = _NAME.search(image), _EMBED.search(image)
        if name and embed:
            path = named.get(embed.group(1).decode("utf-8", "replace"), "")
            found[name.group(1).decode("utf-8", "replace")] = path
    return found


def id_of(formula: bytes) -> str:
    """The id a DISPIMG formula names."""
    found = _ID.search(unescape(formula.decode("utf-8", "replace")))
    return found.group(1) if found else ""


class Pictures:
    """The pictures of one file, unpacked in a child, all at once where the first is asked for."""

    def __init__(self, data: bytes, name: str, paths: tuple[str, ...]) -> None:
        self._data = data
        self._name = name
        self._paths = paths
        self._found: dict[str, bytes] | None = None

    def read(self, path: str) -> bytes:
        """What a picture holds; nothing where it cannot be unpacked."""
        if self._found is None:
            try:
                parts, _none = fenced_parts(self._unpack, self._name)
            except FileRefused:
                parts = []
            self._found = dict(parts)
        return self._found.get(path, b"")

    def _unpack(self, send: Send) -> None:
        archive = Archive(self._data, self._name)
        for path in self._paths:
            try:
                send([(path, archive.read(path))])
            except FileRefused:  # the row keeps the name of its picture
                continue
