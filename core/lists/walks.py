"""Rows of a list somebody walked with (巡查单): what was seen, as an inspector's look (docs/street.md 2).

合格 passes, 不合格 with its reason fails, 未到 and nothing say nothing, a filled blank line is a report.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from core.actions.action import Action
from core.actions.loop.feedback import Note
from core.actions.loop.inspection import MEETS_STANDARD, Fail, Inspect, Pass
from core.actions.loop.road import Report
from core.asks import HELD, REWORK_DUE
from core.day.proofs import photo_doubts
from core.errors import Doubt, NotFound, RuleError
from core.ledger.outcome import Incoming
from core.lists.coming import Cells, RowReader
from core.lists.list_reading import Reading
from core.model import Item, State
from core.words.categories import CATEGORIES
from core.words.cells import text_of
from core.words.deadlines import due_written
from core.words.numbers import CODE, id_of, letters_of
from core.words.text import TICKS, key_of

HEADERS = {
    "number": "问题编号|编号",
    "location": "点位|地点|位置",
    "description": "问题|问题描述|存在问题",
    "unit": "责任单位|单位",
    "state": "状态",
    "standard": "销号标准",
    "category": "类别|问题类别",
    "code": "核对码",
    "finding": "现场情况|检查情况|现场检查情况",
}
LOOK_BACK = "回头看"
"""What a list says of a problem that was struck off."""
_ON_WALK = "巡查"
_LOOKED_AT = (State.RECTIFYING, State.AWAITING)
"""States in which a look on the spot decides something; in others what was seen is noted."""
_NOTHING = re.compile(r"|未到|未去|未查|没去|没到|未检查|[-—/]+")
_REST = r"(?:(?:[：:，,；;。.\s]+|(?=[（(]))(?P<rest>.*))?"
_GOOD = re.compile(
    rf"(?:经?复[查核])?(?:已?\s*合\s*格|通过|已?整改到位|已整改(?:完成)?|已销号|ok|[{TICKS}]){_REST}",
    re.DOTALL | re.IGNORECASE,
)
_BAD = re.compile(
    rf"(?:经?复[查核])?(?P<word>不\s*合\s*格|未通过|未整改(?:到位)?|没有整改|整改不到位|反弹|×|✗|✘){_REST}",
    re.DOTALL,
)
_BLANK = re.compile(r"(?P<round>[^新]*)新(?P<zone>\S+?)-\d+")
"""What stands for a number in a blank line: the round, where it is one's, and the zone."""


def blank_number(zone: str, at: int, round_number: str = "") -> str:
    """What stands for a number in a blank line: 新Z03-1, 2027-01新Z03-1."""
    return f"{round_number}新{zone}-{at}"


class WalkRows(RowReader):
    """Rows of a list somebody walked with, on a day."""

    NEEDED = ("number", "finding")

    def __init__(self, reading: Reading, on: date | None = None) -> None:
        self._reading = reading
        self._on = on
        self._reported = {
            (item.zone, key_of(item.location), key_of(item.description), item.found_on)
            for item in reading.town.open_items()
        }

    @property
    def _day(self) -> date:
        """The day of the walk: as it was said, else as the list says below, else today."""
        filed = self._reading.until
        return (
            self._on
            or (filed if filed and filed <= self._reading.today else None)
            or self._reading.today
        )

    def doubts(self, cells: Cells) -> Iterator[Doubt]:
        """What was struck off meanwhile is not looked back at; a look back is one with a photo only (T23, T24)."""
        item = self._found(cells)
        try:
            said = verdict(text_of(cells, "finding"))
        except RuleError:  # told with what the row asks for
            return
        if item is None or said is None:
            return
        if item.state in _LOOKED_AT:
            yield from photo_doubts(self._reading.town, item) if said[0] else ()
            return
        if item.state != State.CLOSED:
            yield Doubt("walk_noted", item.label, "finding")
        elif self._gone(item, cells):
            yield Doubt("walk_closed", item.label, "finding")
        else:
            yield Doubt("walk_photo", item.label, "finding")

    def actions(self, cells: dict[str, Any]) -> list[Action]:
        """What a row says was seen. Raises `RuleError`."""
        blank = _BLANK.fullmatch(text_of(cells, "number"))
        if blank is not None:
            return self._new(cells, blank["zone"], blank["round"])
        said = verdict(text_of(cells, "finding"))
        if said is None:
            return []
        item = self._item(cells)
        good, words = said
        if self._gone(item, cells) or self._known(item, good):
            return []
        return [self._look(item, words, good=good)]

    def _found(self, cells: Cells) -> Item | None:
        """The item of a row, by its number, else by its code."""
        town = self._reading.town
        found = town.find(text_of(cells, "number"))
        if found is not None:
            return found
        key = id_of(text_of(cells, "code"))
        return town.held(key) if key is not None else None

    def _item(self, cells: Cells) -> Item:
        """The same; refused where nothing is found, or number and code differ."""
        number, code = text_of(cells, "number"), text_of(cells, "code")
        item = self._found(cells)
        if item is None:
            raise NotFound("no_item", number=number or code)
        if code and id_of(code) is None:
            raise RuleError("walk_code", value=code, number=item.label)
        if code and id_of(code) != item.id:
            raise RuleError("walk_code_differs", value=code, number=item.label)
        return item

    def _gone(self, item: Item, cells: Cells) -> bool:
        """Whether it was struck off since the list was printed."""
        state = text_of(cells, "state")
        return item.state == State.CLOSED and bool(state) and LOOK_BACK not in state

    def _known(self, item: Item, good: bool) -> bool:
        """Whether the same look is here already."""
        day = self._day
        if any(
            line.on == day and line.text.startswith((LOOK_BACK, _ON_WALK)) for line in item.diary
        ):
            return True
        looks: list[tuple[date | None, bool]] = [(r.on, r.held) for r in item.rechecks]
        looks += [(i.on, i.passed) for a in item.assignments for i in a.inspections]
        return (day, good) in looks

    def _look(self, item: Item, words: str, *, good: bool) -> Action:
        day = self._day
        again = None if good else due_written(REWORK_DUE, day, self._reading.period)
        if item.state == State.CLOSED:
            seen = "，".join(filter(None, (HELD if good else "反弹", words)))
            return Note(item=item.id, line=f"{LOOK_BACK}：{seen}", on=day)
        if item.state == State.AWAITING:
            if good:
                return Pass(
                    item=item.id,
                    finding=words or MEETS_STANDARD,
                    feedback_on=day if item.undated else None,
                    on=day,
                )
            return Fail(item=item.id, reason=words, work_until=again, on=day)
        if item.state != State.RECTIFYING:
            seen = "，".join(filter(None, ("合格" if good else "不合格", words)))
            return Note(item=item.id, line=f"{_ON_WALK}：{seen}", on=day)
        finding = words or (MEETS_STANDARD if good else "")
        return Inspect(item=item.id, passed=good, finding=finding, work_until=again, on=day)

    def _new(self, cells: Cells, zone: str, round_number: str) -> list[Action]:
        """A blank line somebody filled in; 现场情况 says what, where the column of problems is empty."""
        town, day = self._reading.town, self._day
        finding = text_of(cells, "finding")
        location = text_of(cells, "location")
        description = text_of(cells, "description") or finding.removeprefix("新问题").lstrip(
            "：:，, "
        )
        if not location and not description:
            return []
        where = self._reading.zone(zone)
        key = (where.id, key_of(location), key_of(description), day)
        if key in self._reported:
            return []
        self._reported.add(key)
        held = next((r.id for r in town.rounds.values() if r.number == round_number), None)
        return [
            Report(
                zone=where.id,
                location=location,
                description=description,
                category=next((c for c in CATEGORIES if c == text_of(cells, "category")), ""),
                source=_ON_WALK,
                found_on=day,
                round=held,
                on=day,
            )
        ]


def verdict(said: str) -> tuple[bool, str] | None:
    """Whether what was seen is good, and the words; None where nothing was looked at.

    Raises `RuleError("walk_word")` for what says neither.
    """
    text = said.strip()
    if _NOTHING.fullmatch(text):
        return None
    good = _GOOD.fullmatch(text)
    if good is not None:
        return True, (good["rest"] or "").strip()
    bad = _BAD.fullmatch(text)
    if bad is None:
        raise RuleError("walk_word", value=text)
    return False, (bad["rest"] or "").strip() or bad["word"]


_LINE = re.compile(
    r"[□☑■√]?\s*\d*[.、]?\s*(?P<number>(?:CW|R)-[\d-]+|\S*新\S+-\d+)?\s*(?P<text>.*)"
)
SEEN = "现场情况"
"""Before what was seen, in a list as text."""
_SEEN = re.compile(rf"{SEEN}[：:]\s*(?P<text>.*)")


def is_walked(text: str) -> bool:
    """Whether a text is a list somebody walked with: it has lines for what was seen."""
    return _SEEN.search(text) is not None


_FRESH = re.compile(r"点位[：:]\s*(?P<location>.*?)\s*问题[：:]\s*(?P<description>.*)")


def rows_of_lines(lines: Iterable[str]) -> list[Incoming]:
    """Rows of a list as text: retyped, or read from a scan; each found by its number or by its code."""
    found: list[dict[str, str]] = []
    at: list[int] = []
    for number, line in enumerate(lines, 1):
        seen = _SEEN.search(line)
        if seen is not None and found:
            found[-1]["finding"] = seen["text"].strip()
            continue
        head = _LINE.fullmatch(line.strip())
        code = next((m for m in CODE.findall(line) if id_of(m) is not None), "")
        if head is None or not (head["number"] or code):
            continue
        cells = {"number": head["number"] or "", "code": code, "finding": ""}
        fresh = _FRESH.search(head["text"])
        if fresh is not None:
            cells |= {key: text.strip(" _　") for key, text in fresh.groupdict().items()}
        found.append(cells)
        at.append(number)
    return [
        Incoming(row=number, cells={k: v for k, v in cells.items() if v})
        for number, cells in zip(at, found, strict=True)
    ]


def code_of(item: Item) -> str:
    """What finds a row again where its number cannot be read."""
    return letters_of(item.id)
