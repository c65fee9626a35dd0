"""What a header means: by its words first, then by what its column holds.

Offices write one thing in a hundred ways. A header is folded (blanks, brackets and what stands in them,
stars); then it is looked for among the headers of its table; then it is read as what it is made of, the
words of a step (检查, 交办, 完成 …) before the noun of a field (时间, 单位, 情况 …), with words that say
nothing (具体, 所属, 存在的 …) taken out. What has two meanings is settled by what stands below it, or
asked (docs/domain.md 8).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from msgspec import Struct

from core.patterns import later
from core.words.text import key_of

_BRACKETS = later(r"[(\[【〔<《][^()\[\]【】〔〕<>《》]*[)\]】〕>》]")
PAIR = later(r"[:：]\s*\S")
"""A cell that says what something is, such as 填报人：甲, heads no column."""
_OR = later(r"[/、或|／]")
LEADING = ("牵头", "主责")
"""How the name of a column begins that says who leads of several."""
LONGEST = 24
"""Characters of a header; longer texts are no headers."""


class Meaning(Struct, frozen=True):
    """What a header may mean."""

    fields: tuple[str, ...]
    """One field, or several that it may be; an empty one is a column that says nothing."""
    sure: bool = False
    """Whether it is one of the names of its field, not only like them."""
    rank: int = 0
    """Of several that mean one field, the lowest is it."""

    @property
    def field(self) -> str | None:
        """The one field it means; None where there are several."""
        return self.fields[0] if len(self.fields) == 1 else None


class Vocabulary:
    """The headers of one kind of table."""

    def __init__(
        self,
        headers: Mapping[str, str],
        patterns: Sequence[tuple[str, re.Pattern[str]]] = (),
        *,
        nothing: re.Pattern[str] | None = None,
    ) -> None:
        """`headers` are fields by header as `key_of` compares it, `patterns` what headers are made of,
        `nothing` headers that are known to be no field."""
        self.headers = dict(headers)
        self._patterns = patterns
        self._nothing = nothing
        self._known: dict[str, Meaning | None] = {}

    @cached_property
    def _cores(self) -> dict[str, str]:
        """Fields by what is left of their headers without what says nothing."""
        return {_core(header): field for header, field in self.headers.items() if _core(header)}

    def with_headers(self, told: Mapping[str, str]) -> "Vocabulary":
        """The same with headers that were told."""
        return (
            Vocabulary({**self.headers, **told}, self._patterns, nothing=self._nothing)
            if told
            else self
        )

    @property
    def fields(self) -> frozenset[str]:
        """Every field a header may be."""
        return frozenset(self.headers.values())

    def name_of(self, field: str) -> str:
        """The first header of a field."""
        return next((header for header, key in self.headers.items() if key == field), field)

    def rank(self, text: str) -> int:
        """Which of the names of its field a header is: the lowest says it best, who leads before all."""
        plain = folded(text)
        if plain.startswith(LEADING):
            return -1
        return next(
            (at for at, header in enumerate(self.headers) if header == plain), len(self.headers)
        )

    def never(self, text: str) -> frozenset[str]:
        """Fields a column is not by what it holds: where its header is known to be no field, who is responsible."""
        known = self._nothing is not None and self._nothing.fullmatch(folded(text))
        return frozenset({"lead_unit", "co_units"}) if known else frozenset()

    def meaning(self, text: object) -> Meaning | None:
        """What a cell means as a header; None where it means nothing known."""
        if not isinstance(text, str):
            return None
        if text not in self._known:
            self._known[text] = self._meaning(text)
        return self._known[text]

    def _meaning(self, text: str) -> Meaning | None:
        whole = key_of(text)
        if whole in self.headers and (whole or text.strip()):
            return Meaning((self.headers[whole],), sure=True)
        if len(text) > LONGEST * 2 or PAIR.search(text):
            return None
        for plain in dict.fromkeys((folded(text), whole)):
            if not plain or len(plain) > LONGEST:
                continue
            if plain in self.headers:
                return Meaning((self.headers[plain],), sure=True)
            for rank, (field, made) in enumerate(self._patterns):
                if made.fullmatch(plain):
                    return Meaning(tuple(field.split("|")), rank=rank)
            if self._nothing is not None and self._nothing.fullmatch(plain):
                return None
            parts = [self.headers.get(key_of(part)) for part in _OR.split(text) if key_of(part)]
            known = list(dict.fromkeys(filter(None, parts)))
            if len(parts) > 1 and (all(parts) or len(known) == 1):  # 俗称/简称 is the first of them
                return Meaning((known[0],))
            core = _core(plain)
            if self._cores.get(core):
                return Meaning((self._cores[core],))
        return None


@lru_cache(4096)
def folded(text: str) -> str:
    """A header without blanks, marks, and what stands in brackets, in lower case."""
    plain = unicodedata.normalize("NFKC", text)
    before = ""
    while before != plain:
        before, plain = plain, _BRACKETS.sub("", plain)
    return key_of(plain)


_QUALIFIERS = later(
    r"^(?:具体|详细|所属|所在|主要|有关|相关|现场|本次|其中|实际)+的?|(?:名称|登记|一栏|填写)$"
)


@lru_cache(4096)
def _core(header: str) -> str:
    """A header without words that say nothing before and behind its noun."""
    return _QUALIFIERS.sub("", header)


def made_of(*fields: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns of headers: words by their names in `{}`, blanks where words that say nothing may stand."""
    found = []
    for field, text in fields:
        for name, words in _WORDS.items():
            text = text.replace(f"{{{name}}}", f"(?:{words})")
        found.append((field, later(_SOFT + text.replace(" ", _SOFT) + _SOFT)))
    return tuple(found)


def _words(text: str) -> str:
    return "|".join(sorted(text.split(), key=len, reverse=True))


_SOFT = r"(?:具体|详细|所属|所在|主要|有关|相关|现场|本次|存在的?|发现的?|要求|原|整改|问题|隐患|诉求|投诉|工单|事件|群众|突出|的|及|与|和)*"
"""Words that may stand anywhere in a header and say nothing."""
_WORDS = {
    name: _words(words)
    for name, words in {
        "TIME": "时间 日期 年月日 时 日 时间点 具体时间",
        "LIMIT": "时限 期限 限期 限时 工期 时效 时间要求 时间节点 时限要求 日期要求 截止期 截止期限",
        "FOUND": "检查 巡查 巡检 发现 督查 督导 排查 暗访 抽查 走访 上报 登记 受理 来件 收件 录入 曝光 反映"
        " 采集 巡视 摸排 普查 自查 查出 测评 考评 评估 提出 来电 来访 举报 投诉 诉求",
        "ISSUE": "交办 下发 派发 派单 转办 分办 分派 移交 签发 通知 下达 交付 派遣 转交 批转 立案",
        "DUE": "要求 应 拟 计划 限 限定 限期 截止 截至 最迟 最晚 到期 预计 规定 最后 承诺 拟定",
        "DONE": "完成 办结 反馈 到位 回复 回告 回报 回函 报结 答复 结束 完工 办毕 整改完成 整改到位 处理完成 处置完成 完毕",
        "DOING": "整改 整治 处理 处置 办理 落实 治理 解决 办",
        "LOOK": "复查 复核 验收 核查 回访 核验 复检 复验 核实 查验 回头看",
        "CLOSE": "销号 销案 结案 销账 归档 闭环 关闭",
        "UNIT": "单位 部门 主体 站所 机构 科室 责任主体 村居 村社区",
        "CITIZEN": "来电 来访 举报 投诉 诉求 反映 信访 报料",
        "PERSON": "人 人员 者 员 人姓名 人员姓名 人签字 人员签字 人签名",
        "PHOTO": "照片 图片 图 影像 影像资料 相片 对比照 图像 附图 照 图示",
        "HOW": "情况 结果 进展 进度 成效 效果 结论",
    }.items()
}
LEDGER_PATTERNS = made_of(
    ("found_on", "{FOUND} {TIME}"),
    ("issued_on", "{ISSUE} {TIME}"),
    ("requirement|due_on", "(?:{DOING})?要求(?:及|和|与){LIMIT}"),
    ("due_on", "(?:{DONE}|{DOING}|{ISSUE}|{CLOSE})? {LIMIT}"),
    ("due_on", "(?:{DOING})?{DUE}(?:{DOING})?(?:{DONE})? (?:{TIME}|{LIMIT})前?"),
    ("due_on", "{DONE}(?:{DUE}) (?:{TIME}|{LIMIT})"),
    ("due_on|feedback_on", "{DOING}{TIME}"),
    ("due_on", "(?:{DOING})?(?:到期|截止)(?:{TIME})?|应(?:办结|完成|整改到位)"),
    ("feedback_on", "(?:实际|单位)?(?:{DOING})?(?:{DONE})+(?:{HOW})? {TIME}"),
    ("feedback_on", "实际(?:{DOING}) {TIME}"),
    ("feedback_on", "(?:{DOING})(?:{HOW}) {TIME}"),
    ("inspected_on", "(?:{LOOK})+(?:{HOW})? {TIME}"),
    ("closed_on", "{CLOSE}(?:{HOW})? {TIME}"),
    ("reporter", "(?!{CITIZEN})(?:{FOUND}) {PERSON}"),
    ("inspector", "(?:{LOOK}|{CLOSE}) (?:{PERSON}|负责人|组)"),
    (
        "source",
        "(?:信息|线索|案件|来件|任务)? (?:来源|渠道|途径)(?:渠道|途径|类别|类型|分类|方式)?",
    ),
    ("source", "(?:{FOUND})(?:类型|方式|形式|类别|批次|轮次|级别|性质|途径)"),
    (
        "external_no",
        r"\d*(?:工单|来件|来文|案件|信访|热线|交办单?|转办单?|受理|投诉|线索|任务|派单|督办单?|通知单|整改单|文件)"
        "(?:编号|号|文号|号码|流水号|编码|单号)",
    ),
    ("external_no", "单号|文号|流水号|件号|案号"),
    ("number", "(?:台账|系统|本级)? (?:编号|编码|代码|号)"),
    (
        "zone",
        "(?:责任|包保|管辖|网格|负责|包片)?(?:责任区|片区|网格|责任区域|责任片)(?:名称|编号|编码)?",
    ),
    ("description", "(?:点位|地点|位置)[及和与、].*问题"),
    (
        "location",
        "(?:检查|发生|事发|案发|案件|事件|点位|{FOUND})? (?:地点|地址|点位|位置|部位|场所|地段|方位|地方|点|路段|所在地|在地|发生地|事发地)"
        "(?:名称|描述|信息|说明)?",
    ),
    ("location", "(?:楼栋|楼宇|楼号|桩号|门牌|单元)(?:位置|地点|号)?"),
    ("location", "(?:道路|街道|街路|小区|门店|店铺|店招|店|商户|门头|街巷)(?:名称|名)"),
    ("location", "(?:被检|受检|被查|检查)(?:场所|点位?|商户|门店|经营户)(?:名称)?"),
    ("location|lead_unit", "(?:被|受)(?:检查?|查|督查)(?:单位|对象)|检查对象"),
    (
        "description",
        "(?:检查|排查|暗访|反映|突出|违规|督查|自查|查出|什么)?存?在?(?:的)?(?:问题|隐患|不足|短板|事项|事由)"
        "(?:内容|描述|情况|详情|清单|表现|概述|摘要|说明|简述|明细|现状|简介)?",
    ),
    (
        "description",
        "(?:病害|缺陷|现象|乱象|违规|违法)(?:行为|点|项)?(?:描述|情况|内容|说明|表现)?|扣分(?:原因|说明|事由|点|项)(?:描述|说明|内容)?",
    ),
    ("description", "(?:内容|描述|详情|事由|事项|现状|案由)"),
    ("description", "(?:标题|概要|主题|摘要|题目)"),
    ("description", "(?:{FOUND})发现(?:的)?问题"),
    ("description", "(?:检查|现场|排查|督查)(?:情况|结果|内容|描述)|(?:案件|事件)(?:描述|内容)"),
    (
        "category",
        "(?:违规|案件|案卷|工单|所属|项目)?(?:类别|分类|类型|种类|大类|类目|条线|一级分类)(?:名称)?",
    ),
    ("subcategory", "(?:小类|子类|细类|二级分类|二级类别|细目)(?:名称)?"),
    ("severity", "(?:严重|危害|风险|轻重|紧急|重要)?(?:等级|级别|程度|严重性|轻重)"),
    ("category|severity", "性质"),
    (
        "lead_unit",
        "(?:责任|主责|牵头|承办|主办|主管|主体|第一|包保|经办|接收|属地|归口|{DOING})+(?:责任)? {UNIT}(?:名称)?",
    ),
    ("lead_unit", "牵头|主办|承办"),
    ("co_units", "协办|配合|协助"),
    ("lead_unit", "责任主体|主体责任|(?:单位|部门)名称|部门"),
    (
        "co_units",
        "(?:需|拟|应|请|要)?(?:配合|协办|协助|协同|协调|参与|联动|会办|协作)的?(?:责任|整改)? {UNIT}(?:名称)?",
    ),
    (
        "responsible",
        "(?:{DOING}|责任|主要|直接|单位|具体|包保|分管|包片|经办|承办)*"
        "(?:责任人|负责人|领导|经办人|承办人|网格员|路长|段长|街长|点长|包保人|包保干部)"
        "(?:姓名|及(?:联系)?电话|及联系方式)?",
    ),
    ("both", "(?:{DOING})? 措施(?:及|与|和|、)?要求|(?:{DOING})? 要求(?:及|与|和|、)?措施"),
    ("progress|description", "情况说明"),
    ("requirement", "(?:{DOING}|工作|督办|督查|交办)*(?:工作)?(?:要求|意见|建议|标准)(?:内容)?"),
    ("close_standard", "(?:{LOOK}|{CLOSE}|达标)(?:标准|要求|条件)"),
    ("measure", "(?:{DOING}|拟?采取|解决|治理|工作)*的? (?:措施|办法|方案|举措|对策)(?:内容)?"),
    ("progress", "(?:{DOING}|完成|反馈|推进|治理|工作|办结)+ (?:{HOW}|说明)"),
    (
        "progress",
        "(?:目前|当前|最新|近期)?(?:进展|进度)(?:情况)?|整改{HOW}|{DOING}(?:反馈|回复|答复|回音)(?:情况|内容)?",
    ),
    ("progress", "是否(?:已|按期|按时)?(?:{DOING}|{DONE})+"),
    ("progress", "完成与否|整改与否"),
    ("state", "(?:{DOING}|{DONE}|当前|目前|任务|案件|案卷|工单)?(?:状态|状况)"),
    ("state", "(?:是否)?(?:{CLOSE})(?:情况|状态|与否)?"),
    ("inspection", "(?:{LOOK})(?:{HOW}|意见|记录|说明|评价)"),
    ("inspection", "{LOOK}"),
    ("inspection", "是否(?:通过)?(?:{LOOK})(?:通过|合格)?"),
    ("photos_before", "(?:{DOING}|治理)前(?:后)?(?:现场)?(?:{PHOTO})?"),
    ("photos_before", "(?:问题|隐患|现场|{FOUND})(?:的)? (?:{PHOTO})"),
    ("photos_after", "(?:{DOING}|治理|{LOOK})后(?:现场)?(?:{PHOTO})?"),
    ("photos_after", "(?:{DONE}|{CLOSE}|结果|{DOING}) (?:{PHOTO})"),
    ("photos_before|photos_after", "(?:{DOING}|治理)?前后(?:对比)?(?:{PHOTO})|(?:{PHOTO})资料"),
    ("lead_unit|responsible", "(?:{DOING})?责任单位(?:及|和|与)(?:责任人|负责人)"),
    ("photos_before|photos_after", "{PHOTO}|佐证(?:材料|{PHOTO})?"),
    ("note", "(?:备注|附注|备考|补充|其他|其它|情况)?说明|备考|附注|备 注 信息|其[他它]"),
)
"""What headers of a ledger are made of; the first that fits holds, `a|b` is one or the other."""
LEDGER_NOTHING = later(
    r".*(?:电话|联系方式|手机号?|扣分|分值|得分|签字|签收|签名|盖章|经费|资金|金额|经纬?度|坐标)|.*(?:单位|组)意见"
    rf"|(?:{_WORDS['FOUND']}|填报|来文|发文|转办|交办|抄送|移交|报送|审核|验收|复查|监督|主送)(?:单位|组|部门|机关)|整改|要求|发现|存在|问题数量?|数量|个数"
)
"""Headers that are no field: their cells are kept in the note."""
