"""Words of a summary brought back from Word or Markdown (docs/year.md 5)."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from core.year.clauses import HOLE
from core.year.usual_sentences import FIRST, PARTS
from store.disk.fence import fenced
from store.errors import FileRefused
from store.ledgers.zipped import Archive
from store.papers.summary.body import LATE, OURS, Evidence, blocks
from store.papers.word_marks import NUMBER, PARAGRAPH

_COMMENT = re.compile(r"<!--\s*(\S+)\s*-->")
_HEADING = re.compile(r"#{2,3}\s+(.+)")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADS = {part.heading: part.key for part in PARTS if part.heading}
_NUMBERED = re.compile(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)|。$")
"""What stands around a heading."""


TITLED = f"{OURS}.标题"
"""The key of what stands above a summary."""


class Came(Struct, frozen=True):
    """A paragraph as it came back: which one, in which part, its words with holes, and numbers as they stand."""

    key: str
    part: str
    text: str
    numbers: tuple[tuple[str, str], ...] = ()
    """Measure and number as it stands in the file."""


def own_of(came: list[Came], evidence: Evidence, name: str) -> tuple[list[Came], list[str]]:
    """What is a clerk's of what came, and lines of the program's lists that were changed and cannot be.

    Raises `FileRefused("other_summary")` where it is of another period.
    """
    title = next((each.text for each in came if each.key == TITLED), "")
    if title and f"{evidence['chinese']}工作总结" not in title:
        raise FileRefused("other_summary", file=name, value=title)
    ours = {block.text for block in blocks(evidence)}
    theirs = [c for c in came if c.key.startswith(f"{OURS}.") and c.key != TITLED]
    kept = [c for c in came if not c.key.startswith(f"{OURS}.")]
    return kept, [c.text for c in theirs if c.text and c.text not in ours]


def read_back(data: bytes, name: str) -> list[Came]:
    """The paragraphs of a file. Raises `FileRefused`: `no_bookmarks` where none says which it is."""
    came = (
        _markdown(data.decode("utf-8", "replace"))
        if name.lower().endswith((".md", ".markdown"))
        else fenced(lambda: _word(data, name), name)
    )
    if not any(each.key and not each.key.startswith(OURS) for each in came):
        raise FileRefused("no_bookmarks", file=name)
    return came


def _markdown(text: str) -> list[Came]:
    found: list[Came] = []
    part = PARTS[0].key
    key = ""
    for line in text.splitlines():
        said = line.strip()
        comment = _COMMENT.fullmatch(said)
        heading = _HEADING.fullmatch(said)
        if said.startswith("# "):
            found.append(Came(TITLED, part, said[2:].strip()))
        elif comment is not None:
            key = comment[1]
        elif heading is not None:
            part, key = _part_of(heading[1], part), ""
        elif said.startswith("> "):
            found.append(Came(f"{OURS}.{part}", part, said[2:].strip()))
        elif said and not said.startswith(("|", "注：")):
            found.append(_came(key, part, said))
            key = ""
    return found


def _part_of(heading: str, before: str) -> str:
    return _HEADS.get(_NUMBERED.sub("", heading.strip()), before)


def _came(key: str, part: str, said: str) -> Came:
    numbers = tuple(
        (found[1], found[0][len(found[1]) + 2 : -1])
        for found in HOLE.finditer(said)
        if "=" in found[0]
    )
    return Came(key, part, HOLE.sub(lambda found: f"{{{found[1]}}}", said), numbers)


def _word(data: bytes, name: str) -> list[Came]:
    from lxml import etree

    archive = Archive(data, name)
    archive.check_parts()
    if "word/document.xml" not in archive:
        raise FileRefused("not_a_template", file=name, why="Word")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(archive.read("word/document.xml"), parser)
    except etree.LxmlError as error:
        raise FileRefused("not_a_template", file=name, why="Word") from error
    return list(_paragraphs(root))


def _paragraphs(root: Any) -> Iterator[Came]:
    """Paragraphs of the body up to the first heading of attachments; tables are none."""
    part = PARTS[0].key
    begun = False
    for paragraph in root.iter(f"{_W}p"):
        if next(paragraph.iterancestors(f"{_W}tbl"), None) is not None:
            continue
        came = _paragraph(paragraph)
        text = came.text.strip()
        if text.startswith("附件"):
            return
        heading = _NUMBERED.sub("", text)
        if heading in _HEADS:
            part, begun = _HEADS[heading], True
        elif came.key:
            begun = True
            yield Came(came.key, part, text, came.numbers)
        elif not begun and "工作总结" in text:
            begun = True
            yield Came(TITLED, part, text)
        elif begun and text and heading not in _FIXED:
            yield Came("", part, text)


_FIXED = frozenset({FIRST, LATE})


def _paragraph(paragraph: Any) -> Came:
    """The words of a paragraph between its bookmarks; what stands in a number's is a hole."""
    key, text = "", ""
    numbers: list[tuple[str, str]] = []
    inside: dict[str, str] = {}
    """Numbers whose bookmark is open, by its id."""
    said: dict[str, str] = {}
    for element in paragraph.iter():
        tag = element.tag
        if tag == f"{_W}bookmarkStart":
            name = element.get(f"{_W}name", "")
            if name.startswith(f"{PARAGRAPH}_"):
                key = _unnamed(name)
            elif name.startswith(NUMBER) and "_" in name:
                mark = element.get(f"{_W}id", "")
                inside[mark], said[mark] = _unnamed(name), ""
        elif tag == f"{_W}bookmarkEnd":
            mark = element.get(f"{_W}id", "")
            if mark in inside:
                measure = inside.pop(mark)
                if said[mark].strip():
                    numbers.append((measure, said[mark].strip()))
                    text += f"{{{measure}}}"
        elif tag == f"{_W}t" and element.text:
            if inside:
                for mark in inside:
                    said[mark] += element.text
            else:
                text += element.text
    return Came(key, "", text, tuple(numbers))


def _unnamed(name: str) -> str:
    return name.partition("_")[2].replace("__", ".")
