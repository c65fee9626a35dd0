"""A paper as its parts, whatever it is written on: Word, plain text for a chat, or the screen."""

from collections.abc import Sequence
from datetime import date
from enum import IntEnum

from msgspec import Struct


class Level(IntEnum):
    """How deep a paragraph stands: text, 一、, （一）."""

    TEXT = 0
    FIRST = 1
    SECOND = 2


class Number(Struct, frozen=True):
    """A number within a paragraph, by the measure it is."""

    start: int
    end: int
    name: str


class Block(Struct, frozen=True):
    """A paragraph; one with a `key` is found again in the file by it, its numbers by theirs."""

    text: str
    level: Level = Level.TEXT
    key: str = ""
    numbers: tuple[Number, ...] = ()


class PaperTable(Struct, frozen=True):
    """A table in the body, or an attachment."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """Shares of the width of the page."""
    below: tuple[str, ...] = ()
    """Lines under it, such as who signs."""
    size: float = 12
    """Points of its letters."""
    landscape: bool = False
    """Whether its page lies on its side, where it is attached."""


class Paper(Struct, frozen=True, kw_only=True):
    """What is on a paper, in the order of GB/T 9704-2012."""

    mark: str
    """发文机关标志, in red."""
    number: str
    title: str
    to: str = ""
    """主送机关; empty where it goes to everybody."""
    blocks: tuple[Block | PaperTable, ...] = ()
    """Paragraphs, and tables in the body."""
    attachments: tuple[str, ...] = ()
    """Named below the text, in their order."""
    office: str = ""
    """Who signs."""
    day: str = ""
    """2026年3月5日."""
    note: str = ""
    """附注, in brackets below the date."""
    copies: str = ""
    """抄送."""
    tables: tuple[PaperTable, ...] = ()


def plain_text(paper: Paper) -> str:
    """The paper as text that is pasted into a chat; tables as lists."""
    lines = [paper.title]
    if paper.number:
        lines.append(paper.number)
    lines.append("")
    if paper.to:
        lines.append(f"{paper.to}：")
    for block in paper.blocks:
        lines += [block.title, *_as_list(block)] if isinstance(block, PaperTable) else [block.text]
    lines += ["", *(line for line in (paper.office, paper.day, paper.note) if line)]
    for table in paper.tables:
        lines += ["", table.title, *_as_list(table)]
    if paper.copies:
        lines.append(f"抄送：{paper.copies}")
    return "\n".join(lines).strip() + "\n"


def _as_list(table: PaperTable) -> list[str]:
    """A line a row; of places, the name stands behind the place without its heading."""
    ranked = table.header[0] == "名次"
    lines = []
    for row in table.rows:
        head, rest = row[0], list(zip(table.header, row, strict=True))[2 if ranked else 1 :]
        told = "；".join(f"{name}：{cell.rstrip('。；;')}" for name, cell in rest if cell)
        if ranked:
            lines.append(f"{head} {row[1]}：{told}".strip())
        else:
            lines.append(f"{head}. {told}")
    return lines


def rows_of(paper: Paper) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Header and rows of the first table of a paper, for a sheet."""
    table = next(iter(paper.tables), None)
    return (table.header, list(table.rows)) if table else ((), [])


_NUMERALS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """1 to 99 as 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    text = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else ""
    return text + (_NUMERALS[ones - 1] if ones else "")


def chinese_day(iso: str) -> str:
    """2026-03-05 as 2026年3月5日; nothing stays nothing."""
    day = date.fromisoformat(iso) if iso else None
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def short_day(iso: str, of: str) -> str:
    """A day in a text whose own day is `of`; it bears its year wherever that is another one."""
    day = date.fromisoformat(iso)
    short = f"{day.month}月{day.day}日"
    return short if of.startswith(f"{day.year}-") else f"{day.year}年{short}"


def one_line(text: str) -> str:
    """Text of an item within a paragraph."""
    return " ".join(text.split())
