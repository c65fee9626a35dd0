"""What a ledger claims of its own progress: words of being done, of going on and of not being done."""

import re
from functools import lru_cache

from core.patterns import later
from core.words.text import TICKS

DONE, IN_PROGRESS, NOT_DONE = "done", "in_progress", "not_done"

_NOT_DONE = later(
    r"(否|[×✗xX]|没有?|没.*完|没有?(?:完成|整改|处理|解决|落实|到位|动|弄|清|做|改|行动).*"
    r"|(?:暂|仍|还|至今|逾期|到期|依然)*未.*|尚未.*|拒不.*|拒绝.*|待整改|待处理|待处置|待办|待落实|待解决|开放|open|no|n|false)$",
    re.IGNORECASE,
)
_IN_PROGRESS = later(
    r".*(正在|整改中|部分|基本|推进中|处置中|整治中|进行中|大部|处理中|办理中|施工中|清理中|落实中|协调中|返工|重新整改|再次整改|退回整改)|在办$"
)
_VERBS = (
    "整改|完成|办结|办毕|处理|处置|解决|落实|清理|清运|清除|清扫|清洗|清掏|清淤|打扫|打捞|修复|修补|修好|修剪|修整|维修|更换|拆除|规范|撤除|搬离"
    "|搬走|拖离|拖走|清走|移走|移除|补齐|补种|补植|疏通|覆盖|取缔|劝离|平整|粉刷|刷新|张贴|安装|加装|加盖|整治|整理|恢复|复位|扶正|入位|关闭|封闭"
    "|闭环|结案|归档|销号|销案|销账|销|填埋|填平|掩埋|消杀|消毒|投药|喷洒|扑灭|冲洗|冲刷|加固|硬化|焊接|迁移|封堵|铲除|割除|除草|签订|上墙"
    "|转移|清零|撤离|归位|增设|配备|复绿|改正|纠正|摆放整齐"
)
_DONE = later(
    rf"(?:是|[{TICKS}]|ok|搞定了?|100%|(?:已经?)?改(?:了|好了?|完了?)|已改|已立行立改|(?:整改|完成)率100%|[现当]场(?:已经?)?(?:{_VERBS})+(?:到位|完成|完毕)?了?|(?:已于?|已经?|均已|现已|全部|都已)?(?:{_VERBS})+(?:到位|完成|完毕|结束|好|干净|了|完|整齐)?了?"
    r"|(?:已经?|均已|全部)(?:到位|完)|已办理|整改到位|到位|完毕|待复查|待销号|申请销号|待验收|awaiting|closed|done|y|yes|true)$",
    re.IGNORECASE,
)
_SOUNDS_DONE = later(
    r"[一-龥]{0,6}?(?:现|均|都|业|全部)?已经?(?:全部|及时|当场|现场|即时|按照?要求|自行|主动|当[天日])*(?P<what>[一-龥]{1,9})了?$"
    r"|[一-龥]{0,4}(?P<short>[一-龥]{1,2}[好完走掉净平齐]|[清换补修拆搬移扫改装贴填挪])了$"
)
"""已 and a few words, who or what before it: something was done, and mostly the thing itself; or 搞好了, 换了."""
_WHOLLY = ("到位", "完毕", "完成", "干净", "整齐")
"""Ends of words by which also what was told to somebody else has been done: 已督促整改到位."""
_FIGURES = later(
    r"\d+(?:\.\d+)?(?:余|多)?[一-龥]{0,3}$|(?<=[一-龥])\d+(?:\.\d+)?(?:余|多)?(?:[个处张块盏米车次吨袋只株棵辆台套片堆]|公斤|平方米?|立方米?)"
)
"""How much of it was done: 已清理3车垃圾."""
_TICK = later(f"[{TICKS}]")
_BOX_FIRST = later(rf"\s*[□☐■{TICKS}]")
_TICKED, _TICKED_BEFORE = (
    later(rf"[■{TICKS}]\s*([一-龥]{{1,6}})"),
    later(rf"([一-龥]{{1,6}})\s*[■{TICKS}]"),
)
"""The word that is ticked of several, its box before or behind it."""
_STEPS = later(
    r"联系|通知|签(?!订|到)|安排|上报|^报(?!废)|到现场|到场|报告|汇报|报送|协调|转|交办|下发|告知|约谈|制定|启动|开始|列入|纳入|申请|申报|招标|督促|要求|责令|下达|签收|收到|派|知"
    r"|开工|动工|进场|施工|受理|登记|巡查|检查|查看|着手|组织|准备|计划|打算|期|挂账|退|移交|委托|函|提交|提请|询价|设计|研究|部署|沟通|对接|采购|订购"
    r"|购买|购置|约定|立案|处罚|罚款|警告|劝导|教育|宣传|发|责任|明确|确定|同意|承诺|答应|答复|回复|反馈|核实|核查|阅|悉|看|介入|跟进|关注|启|勘察|踏勘|勘查|测量|预算|招投标|摸底|动员|报批|修订|立项|报修|一半|备案|拍照|停工|回访|方案|责成|专人|叮嘱|嘱咐"
)
"""Steps on the way, after which the thing itself is still to be done."""
_WHEN = later(
    r"[（(]?(?:(?:20)?\d{2}[年./-])?(?:\d{1,2}[月./-]\d{1,2}[日号]?|\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?)[)）]?"
    r"|昨天|昨日|今天|今日|前天|当天|当日|(?:次日|第二天)(?=.*(?:已|完|毕|到位|了))|上午|下午|上周[一二三四五六日天]?"
    r"|(?<![月\d])\d{1,2}[日号](?=已|完)|\d{1,3}(?:天|个?工作日|小时)内|按期|如期|按时"
)
"""A day said beside a word of progress."""
_SHOWN = later(
    r"[（(](?:[^（()）]{0,6}(?:照片|图片|见图|附图|图|附件)[^（()）]{0,4}|[未待](?:销号|复查|验收|复核))[)）]"
)
"""Where what was done is shown, and what others have still to do: （附照片）, （未销号）."""
_MARKS = later(r"[\s。.！!；;，,]+")
_BEFORE = later(
    r"^\s*(?:[①-⑳]|[（(]?\d{1,2}[)）、])?\s*(?:[“\"「]|(?:(?:据|经)?(?:单位|社区|村)?(?:反馈|回复|答复)|经?(?:现场)?核实|经查看?)[:：]?(?=已|均|全部|整改))?"
)
"""What stands before a word of progress: a figure, a quotation mark, who says so."""
_BUT = later(
    r"反弹|回潮|复发|又|再次|未|没|不|部分|剩|其余|残留|仍|\d[日号]?前|[底末中]前|初步|暂时|临时|正在|尚|待(?!复查|复核|验收|销号|审核|核查|确认)|还"
    r"|(?<![拆清铲割扫消移排去解根挖])除|拟|将|计划|预计"
)
"""Words by which something done is not all of it."""
_PIECES = later(r"[，,。；;！!、\n]")


def said_on(text: str) -> str:
    """The day written beside a word of progress, such as 11.26 of 已整改 11.26; empty where there is none."""
    found = _WHEN.search(text)
    return found.group().strip("（()）") if found else ""


def without_day(text: str) -> str:
    """A word of progress without the day beside it."""
    return _WHEN.sub("", text).strip()


CLOSED_WORDS = frozenset({"已销号", "销号", "已销案", "销案", "已销账", "closed"})
"""States of a ledger that moves in by which an item is closed; any other word of being done waits for a look."""


@lru_cache(4096)
def claim_of(text: str) -> str | None:
    """What a ledger claims of its own progress; None where it says nothing certain.

    A claim is never a closing: 已销号 in somebody's sheet is 待复查 here.
    """
    text = _SHOWN.sub("", _BEFORE.sub("", ticked(text))).rstrip('”"」')
    word = _MARKS.sub("", text)
    if not word:
        return None
    if _NOT_DONE.match(word):
        return NOT_DONE
    if word == "整改":
        return None
    if _is_done(text):
        return DONE
    if _IN_PROGRESS.match(word):
        return IN_PROGRESS
    first, *rest = _pieces(text)
    if rest and _is_done(first) and not _BUT.search("".join(rest)):
        return DONE
    if rest and _is_done(rest[-1]) and not _BUT.search(text):
        return DONE  # 11月18日已通知，11月19日已整改
    return None


@lru_cache(4096)
def sounds_done(text: str) -> bool:
    """Whether a text that claims nothing certain says that something was done, such as 已打捞上岸."""
    first, *rest = _pieces(_BEFORE.sub("", ticked(text))) or [""]
    if _BUT.search(_WHEN.sub("", first) + "".join(rest)):
        return False
    return any(map(_piece_sounds_done, (first, *rest[-1:])))


def _piece_sounds_done(piece: str) -> bool:
    said = _SOUNDS_DONE.match(_FIGURES.sub("", _MARKS.sub("", _WHEN.sub("", piece))))
    what = said["what"] or said["short"] if said else ""
    return bool(what) and (what.endswith(_WHOLLY) or not _STEPS.search(what))


def ticked(text: str) -> str:
    """A text of boxes as the word that is ticked: ☑是 □否 is 是; a tick by itself stays."""
    if not _TICK.search(text) and not ("■" in text and "□" in text):
        return text
    chosen = (_TICKED if _BOX_FIRST.match(text) else _TICKED_BEFORE).search(text)
    if chosen is not None:
        return chosen[1]
    return "√" if "☑" in text else text


def is_qualified(text: str) -> bool:
    """Whether a text says that something is not, or not wholly, so."""
    return _BUT.search(text) is not None


def _is_done(text: str) -> bool:
    bare = _MARKS.sub("", _WHEN.sub("", text))
    return bool(bare and _DONE.match(bare))


def _pieces(text: str) -> list[str]:
    return [part.strip() for part in _PIECES.split(text.strip()) if part.strip()]
