"""Rows below the last record: notes, who filled a sheet in, signatures, a date and a seal."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any

from store.ledgers.coming_in.tables.heading import full

_WORDS = (
    "续表|接上表|续上表|说明|备注|注|附注|注释|填表说明|填报说明|填报人|填报单位|填表人?|填报时间|填报日期|审核人?|审核单位|审批|复核人?|校对"
    "|制表人?|制表单位|制表时间|制表日期|制作人|经办人?|签字|签发人?|签收人?|签名|单位负责人|部门负责人|主要负责人|分管负责人"
    "|负责人|联系人|联系电话|电话|分管领导|主管领导|领导意见|领导签字|领导批示|审核意见|单位意见|打印时间|统计时间|报送单位"
    "|报送人|报送时间|日期|单位公章|责任单位|检查人员?|记录人|统计人|汇总人|督查人员?|带队领导|参加人员"
)
_MARKED = r"(?:[（(][^（()）]{0,8}[)）])?"
_NOTE = re.compile(rf"(?:{_WORDS}){_MARKED}[:：]")
_WORD = re.compile(rf"(?:{_WORDS}){_MARKED}[:：]?")
_ENDS_AS_LABEL = re.compile(rf"(?:{_WORDS}){_MARKED}[:：]$")
_ATTESTED = re.compile(
    r"以上(?:情况|内容|问题)?(?:属实|均属实|无误)|情况属实"
    r"|(?:以上|上述)(?:已|共)?(?:销号|整改|完成)?共?\d+[件处个条项]$"
    r"|(?:以上|上述)(?:各?项?(?:问题|内容|情况|事项|单位|隐患)|各).{0,30}(?:请|须|务必|应|望|限|完毕|到位)"
)
_PAIR = re.compile(r"[^:：]{1,12}[:：].*", re.DOTALL)
_SEAL = re.compile(r".*(?<![未没无])[（(]?(?:公章|盖章|签章|印章|签字|签名)[)）]?[:：]?\s*$")
_DAY = re.compile(r"\D{0,6}(?:\d{2,4}|\s*)\s*[年./-]\s*\d{0,2}\s*[月./-]\s*\d{0,2}\s*日?\s*")
_SIGNED = re.compile(r"[一-龥]{2,8}[:：].{0,20}|第\d+页.{0,6}(?:共\d+页)?", re.DOTALL)
"""Somebody's name or a day behind what they are, a page: what sheets end with."""
_PAGE = re.compile(r"[-—]?第\d+页[，,、/]?(?:共\d+页)?[-—]?")
_NUMBER = re.compile(r"[（(]?\s*\d{1,5}(?:\.0)?\s*[)）.、]?")
_BLANKS = re.compile(r"\s+")
_TOTAL = re.compile(
    r"(?:本(?:月|周|期|次|年|季度|页|批|日)|全[镇乡县区市村年]|以上)?(?:(?i:total|sum)|平均|小计|合计|总计|共计|累计|汇总)(?:扣分|得分|分|数量|问题数?)?"
    r"[:：]?(?:\d+[个件条处项起]?)?|(?:总?得分|总分|总扣分|(?:整改|完成|销号|办结)率)[:：]?(?:\d+(?:\.\d+)?[%分]?)?"
)
_ENDS_TOTAL = re.compile(r"(?:小计|合计|总计|共计)[:：]?(?:\d+[个件条处项起户家]?)?$")
_COUNT_ONLY = re.compile(r"共?\d+(?:\.\d+)?[个件条处项起]?")
_ALL = re.compile(r"共\d+[个件条处项起]")
TOTALS = frozenset("小合总共累平本全以汇得整完销办TtSs")

_NO_PROBLEM = re.compile(
    r"无|/|-+|—+|没有|暂无|(?:未发现|没有发现|无|没发现|未见|暂无)(?:明显)?(?:问题|异常)|良好|正常|达标|合格|不扣分|无扣分|符合(?:要求|标准|规定)?|基本符合|达到要求|满分|没问题|较好|好|已落实|(?:干净)?整洁|干净|√|0"
    r"|暂?未发现(?:问题|鼠迹|蟑迹|蝇|蚊|异常)?|基本符合(?:要求|标准)|(?:今日|当日)?未(?:检查|巡查|抽查|督查)"
    r"|因.{1,6}(?:未|没有?)(?:检查|巡查|出巡)|无明显问题[，,、；;].{2,8}(?:到位|良好|整洁|干净|正常)"
)
LONGEST_NOTHING = 18  # characters by which a row says that nothing is wrong


def says_nothing(told: str) -> bool:
    """Whether what a row says of a problem is that there is none."""
    return len(told) < LONGEST_NOTHING and bool(_NO_PROBLEM.fullmatch(told))


def is_total_word(cell: Any) -> bool:
    """Whether a cell holds nothing but such a word as 小计."""
    return isinstance(cell, str) and bool(_TOTAL.fullmatch(_BLANKS.sub("", cell)))


def ordinal_in(row: Sequence[Any], at: int | None) -> int | None:
    """The number a row is counted by, in the column that counts; None where it has none."""
    cell = str(row[at]).strip() if at is not None and at < len(row) and full(row[at]) else ""
    return (
        int(float(found))
        if (found := cell.strip("（()）.、 ")) and _NUMBER.fullmatch(cell)
        else None
    )


class Feet:
    """What of a sheet stands below its records."""

    def __init__(
        self,
        rows: Sequence[Sequence[Any]],
        first: int,
        ordinal: int | None,
        columns: Mapping[int, str],
    ) -> None:
        """`ordinal` is the column that only counts, where there is one."""
        self._ordinal = ordinal
        counted: tuple[int, ...] = () if ordinal is None else (ordinal,)
        if ordinal is None:
            counted = tuple(at for at, key in columns.items() if key in ("description", "name"))
        upwards = reversed(range(first, len(rows)))
        self._last = next(
            (at for at in upwards if _is_record(rows[at], counted, ordinal)), len(rows)
        )

    def behind(self, index: int) -> bool:
        """Whether a row stands below the last that is numbered."""
        return index > self._last

    def is_only_number(self, cells: Mapping[int, Any]) -> bool:
        """Whether a row is numbered, and nothing stands in it yet."""
        return set(cells) == {self._ordinal} and bool(
            _NUMBER.fullmatch(str(cells[self._ordinal]).strip())  # type: ignore[index]
        )

    def begins_with_word(self, cells: Mapping[int, Any]) -> bool:
        """Whether a word of notes stands where rows are numbered."""
        word = cells.get(self._ordinal) if self._ordinal is not None else None
        return isinstance(word, str) and bool(_WORD.fullmatch(_BLANKS.sub("", word)))

    @staticmethod
    def is_labelled(cells: Mapping[int, Any]) -> bool:
        """Whether a row only says who or when: words of notes, each with its value behind it."""
        texts = (_BLANKS.sub("", str(cell)) for cell in cells.values())
        first = next(texts)
        if _ATTESTED.match(first):
            return True
        if first[-1:] in ":：" and _ENDS_AS_LABEL.search(first):
            return True
        if len(cells) % 2 or not _WORD.fullmatch(first):
            return False
        return all(map(_WORD.fullmatch, islice(texts, 1, None, 2)))

    def is_total(self, cells: Mapping[int, Any], told: str) -> bool:
        """Whether a row counts others: it begins with such a word, or has one beside nothing but a count.

        `cells` are those that say nothing of a problem, `told` what the row says of one.
        """
        plain = [_BLANKS.sub("", str(cell)) for cell in cells.values()]
        counted = any(map(_NUMBER.fullmatch, plain)) and self._ordinal in (None, next(iter(cells)))
        bare = _BLANKS.sub("", told)
        if told and (_TOTAL.fullmatch(bare) or _ALL.fullmatch(bare)) and not counted:
            return True
        if plain and _TOTAL.fullmatch(plain[0]):
            return True
        counts = not told or bool(_COUNT_ONLY.fullmatch(_BLANKS.sub("", told)))
        return counts and any(_TOTAL.fullmatch(text) or _ENDS_TOTAL.search(text) for text in plain)

    @staticmethod
    def is_signed(texts: Collection[str]) -> bool:
        """Whether a row below the records holds only who, when and which page."""
        return all(_SIGNED.fullmatch(_BLANKS.sub("", text)) for text in texts)

    @staticmethod
    def is_note(first: str, texts: Collection[str]) -> bool:
        """Whether a row without a problem of its own is a note."""
        plain = _BLANKS.sub("", first)
        return bool(_NOTE.match(plain) or _PAGE.fullmatch(plain) or Feet.is_foot(texts))

    @staticmethod
    def is_foot(texts: Collection[str]) -> bool:
        """Whether a row holds only what is signed, dated and sealed."""
        plain = [_BLANKS.sub("", text) for text in texts]
        signed = any(_NOTE.match(text) or _SEAL.fullmatch(text) for text in plain)
        return signed and all(
            _PAIR.fullmatch(t) or _SEAL.fullmatch(t) or _DAY.fullmatch(t) for t in plain
        )


def _is_record(row: Sequence[Any], counted: Collection[int], ordinal: int | None) -> bool:
    for at in counted:
        if at < len(row) and full(row[at]):
            text = str(row[at]).strip()
            filled = {n: cell for n, cell in enumerate(row) if full(cell)}
            told = not _NOTE.match(text) and not Feet.is_labelled(filled)
            if _NUMBER.fullmatch(text) if at == ordinal else told:
                return True
    return False
