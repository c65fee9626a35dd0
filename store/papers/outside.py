"""What a Word file brings in from elsewhere, or would run: a template with any of it is refused by name.

What is read is what Word reads: relations, the references to them, and each field's instruction put
together from its runs, in the template and in the paper made from it.
"""

import re
from collections.abc import Iterator
from typing import Any

from store.errors import FileRefused
from store.ledgers.zipped import Archive

FIELDS = frozenset(
    [
        "ADVANCE",
        "AUTHOR",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
        "BIBLIOGRAPHY",
        "CITATION",
        "COMMENTS",
        "COMPARE",
        "CREATEDATE",
        "DATE",
        "EDITTIME",
        "EQ",
        "FILENAME",
        "FILESIZE",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "FORMTEXT",
        "HYPERLINK",
        "IF",
        "INDEX",
        "KEYWORDS",
        "LASTSAVEDBY",
        "LISTNUM",
        "NOTEREF",
        "NUMCHARS",
        "NUMPAGES",
        "NUMWORDS",
        "PAGE",
        "PAGEREF",
        "PRINTDATE",
        "REF",
        "REVNUM",
        "SAVEDATE",
        "SECTION",
        "SECTIONPAGES",
        "SEQ",
        "STYLEREF",
        "SUBJECT",
        "SYMBOL",
        "TA",
        "TC",
        "TEMPLATE",
        "TIME",
        "TITLE",
        "TOA",
        "TOC",
        "XE",
    ]
)
"""Kinds of fields that only compute from the document itself."""
BROUGHT_IN = frozenset(
    [
        "afchunk",
        "altchunk",
        "attachedtemplate",
        "attachedtoolbars",
        "activexcontrol",
        "activexcontrolbinary",
        "control",
        "externallinkpath",
        "frame",
        "keymapcustomizations",
        "mailmergesource",
        "mailmergeheadersource",
        "mailmergerecipientdata",
        "oleobject",
        "package",
        "subdocument",
        "vbaproject",
        "wordvbadata",
    ]
)
"""Kinds of relations, in small letters, that bring in another file or a program."""
ELEMENTS = frozenset({"altChunk", "OLEObject", "control", "subDoc"})
"""Elements that stand for one."""
CLICKED = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
"""Elements that only lead somewhere when a reader clicks."""
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_INSTRUCTION = ("instrText", "delInstrText")
_PLACEHOLDER = re.compile(r"\{[{%]")


def refuse_outside(archive: Archive, name: str) -> None:
    """Refuse what would go out with every paper: macros, objects, fields and files from elsewhere.

    Links that a reader clicks stay. Raises `FileRefused`: `template_outside`, or `not_a_template` where a part
    is no XML.
    """
    outside: dict[str, set[str]] = {}
    parts: dict[str, Any] = {}
    for member in archive.names():
        lower = member.lower()
        if lower.endswith("vbaproject.bin") or "/embeddings/" in lower or "/activex/" in lower:
            raise FileRefused("template_outside", file=name, value=member)
        if lower.endswith(".rels"):
            outside[_owner(member)] = _relations(_parsed(archive, member, name), name)
        elif lower.endswith(".xml"):
            parts[member] = _parsed(archive, member, name)
    for member, root in parts.items():
        for found in _brought_in(root, outside.get(member, set())):
            raise FileRefused("template_outside", file=name, value=found[:60])


def _parsed(archive: Archive, member: str, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(archive.read(member), parser)
    except etree.LxmlError as error:
        raise FileRefused("not_a_template", file=name, why="Word") from error


def _owner(member: str) -> str:
    """The part whose relations a file holds: `word/_rels/document.xml.rels` is of `word/document.xml`."""
    return member.replace("_rels/", "").removesuffix(".rels")


def _relations(root: Any, name: str) -> set[str]:
    """The identities of relations that lead outside by a click; others are refused."""
    clicked = set()
    for relation in root.iter("{*}Relationship"):
        kind = relation.get("Type", "").rpartition("/")[2]
        external = relation.get("TargetMode", "").lower() == "external"
        if external and kind == "hyperlink":
            clicked.add(relation.get("Id", ""))
        elif external or kind.lower() in BROUGHT_IN:
            value = f"{kind} {relation.get('Target', '')}"
            raise FileRefused("template_outside", file=name, value=value[:80])
    return clicked


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _brought_in(root: Any, outside: set[str]) -> Iterator[str]:
    """What a part brings in: objects, references that are no links, fields."""
    for element in root.iter("{*}*"):
        local = _local(element)
        if local in ELEMENTS:
            yield local
        if local not in CLICKED:
            for key, value in element.attrib.items():
                if key.startswith(_RELATIONS) and value in outside:
                    yield f"{local} {value}"
    for instruction in _instructions(root):
        kind = instruction.split()[0].upper() if instruction.split() else ""
        harmless = not kind or kind in FIELDS or kind.startswith("=")
        if _PLACEHOLDER.search(instruction) or not harmless:
            yield instruction


def _instructions(root: Any) -> Iterator[str]:
    """Instructions of fields, each put together from its runs; a field in a field stands for itself."""
    opened: list[list[str]] = []
    for element in root.iter("{*}*"):
        local = _local(element)
        if local == "fldSimple":
            yield next((v for k, v in element.attrib.items() if k.endswith("}instr")), "")
        elif local == "fldChar":
            kind = next((v for k, v in element.attrib.items() if k.endswith("}fldCharType")), "")
            if kind == "begin":
                opened.append([])
            elif kind == "end" and opened:
                yield "".join(opened.pop()).strip()
        elif local in _INSTRUCTION:
            text = "".join(element.itertext())
            if opened:
                opened[-1].append(text)
            else:
                yield text.strip()
    for parts in opened:
        yield "".join(parts).strip()
