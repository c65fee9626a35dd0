"""工作总结 as Markdown: numbers stand as {measure=number}, so that words can be rewritten around them."""

from collections.abc import Iterator
from typing import Any

from core.words.text import visible
from store.papers.paper import Block, Level
from store.papers.summary.body import OURS, Evidence, blocks, table_of, title_of


def as_markdown(evidence: Evidence) -> bytes:
    """The bytes of a .md; a comment before a paragraph says which one it is."""
    return visible("\n".join(_lines(evidence)) + "\n").encode()


def _lines(evidence: Evidence) -> Iterator[str]:
    yield f"# {title_of(evidence)}"
    for block in blocks(evidence):
        yield ""
        match block.level:
            case Level.FIRST:
                yield f"## {block.text}"
            case Level.SECOND:
                yield f"### {block.text.rstrip('。')}"
            case Level.TEXT if block.key and not block.key.startswith(OURS):
                yield f"<!-- {block.key} -->"
                yield with_holes(block)
            case Level.TEXT:
                yield f"> {block.text}"
    table = table_of(evidence)
    if table.rows:
        yield from ("", f"## {table.title}", "")
        yield _row(table.header)
        yield _row(["-"] * len(table.header))
        yield from map(_row, table.rows)
    yield from (line for below in table.below for line in ("", below))


def with_holes(block: Block) -> str:
    """A paragraph with its numbers as {measure=number}."""
    text, at = "", 0
    for number in block.numbers:
        text += block.text[at : number.start]
        text += f"{{{number.name}={block.text[number.start : number.end]}}}"
        at = number.end
    return text + block.text[at:]


def _row(cells: Any) -> str:
    return "| " + " | ".join(cells) + " |"
